"""Partners: the tables and organisations that support went to."""

from dataclasses import dataclass

from storage.engine import Tx
from storage.plan import PartnerKind
from storage.words import fold

PARTNERS = "partners"  # what look-ups of partners are recalled under


@dataclass(frozen=True, slots=True)
class Partner:
    """A table the team sits on, or an organisation."""

    id: int
    name: str
    kind: PartnerKind


def find_or_add(tx: Tx, name: str, kind: PartnerKind, at: int) -> Partner:
    """The partner of this name, in whatever spelling; a new one of this kind where unknown."""
    folded = fold(name)
    found = tx.row("SELECT * FROM partners WHERE folded = :folded", folded=folded)
    if found is None:
        found = tx.row(
            "INSERT INTO partners (name, folded, kind, created)"
            " VALUES (:name, :folded, :kind, :at) RETURNING id, name, kind",
            name=" ".join(name.split()),
            folded=folded,
            kind=kind,
            at=at,
        )
        assert found is not None
        tx.changed.add(PARTNERS)
    return Partner(found["id"], found["name"], PartnerKind(found["kind"]))


def names(tx: Tx) -> tuple[str, ...]:
    """Every partner's name."""
    return tuple(row["name"] for row in tx.rows("SELECT name FROM partners ORDER BY name"))


def kinds(tx: Tx) -> dict[str, PartnerKind]:
    """Whether each partner, by its name, is a table or an organisation."""
    rows = tx.rows("SELECT name, kind FROM partners")
    return {row["name"]: PartnerKind(row["kind"]) for row in rows}
