"""Partnerships: what is known of a partner beside the support it got; and agreements with it.

Of those one speaks with there, only their organisation is kept, never a name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from storage import partners, records
from storage.engine import Tx
from storage.errors import ChangedMeanwhile
from storage.limits import FIRST_DAY, LONGEST_TEXT, Impossible
from storage.people import Person
from storage.period_lock import Dated
from storage.plan import PartnerKind
from storage.records import Kind, Record
from storage.words import fold

LONGEST_NAME = 200  # of a partner


class Standing(StrEnum):
    """How far a partnership is."""

    POTENTIAL = "potential"
    NEW = "new"
    EXISTING = "existing"


@dataclass(frozen=True, slots=True)
class Partnership:
    """A partner by its name. ``seat``: the team sits on this table; ``contact`` an organisation.

    ``since`` and ``until`` are the first and the last day of that, None where it is not known.
    """

    partner: str
    table: bool = False
    standing: Standing = Standing.EXISTING
    seat: bool = False
    purpose: str = ""
    contact: str = ""
    since: date | None = None
    until: date | None = None

    def sits(self, first: date, last: date) -> bool:
        """Whether the team sits on this table on a day of a period."""
        begun = self.since is None or self.since <= last
        return self.seat and begun and (self.until is None or self.until >= first)


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement with a partner; ``signed`` is None while it is under discussion."""

    partner: str
    title: str = ""
    signed: date | None = None
    ends: date | None = None
    url: str = ""


def check(says: Partnership | Agreement, at: int) -> None:
    """Raise Impossible for what neither can say. Nothing is signed in the future."""
    if not fold(says.partner) or len(says.partner) > LONGEST_NAME:
        raise Impossible("partner")
    for field in fields(says):
        value = getattr(says, field.name)
        if isinstance(value, str) and (
            len(value) > LONGEST_TEXT or any(c == "\0" or "\ud800" <= c <= "\udfff" for c in value)
        ):
            raise Impossible(field.name)
    if isinstance(says, Partnership):
        if says.since and says.until and says.until < says.since:
            raise Impossible("until")
    else:
        tomorrow = datetime.fromtimestamp(at, UTC).date() + timedelta(days=1)
        if says.signed is not None and not FIRST_DAY <= says.signed <= tomorrow:
            raise Impossible("signed")
        if says.signed and says.ends and says.ends < says.signed:
            raise Impossible("ends")


def _partner(tx: Tx, name: str, *, table: bool, at: int) -> int:
    kind = PartnerKind.TABLE if table else PartnerKind.ORGANISATION
    return partners.find_or_add(tx, name, kind, at).id


def _count_partnership(tx: Tx, record: Record[Partnership], sign: int) -> None:
    if sign < 0:
        tx.run("DELETE FROM partnerships WHERE record = :id", id=record.id)
        return
    says = record.says
    if of_partner(tx, says.partner) is not None:
        raise ChangedMeanwhile  # another took its place
    _partner(tx, says.partner, table=says.table, at=record.created)
    tx.run(
        "INSERT INTO partnerships (record, partner, standing, seat)"
        " SELECT :record, id, :standing, :seat FROM partners WHERE folded = :folded",
        **_partnership(record),
    )


def _partnership(record: Record[Partnership]) -> dict[str, object]:
    says = record.says
    return {
        "record": record.id,
        "folded": fold(says.partner),
        "standing": says.standing.value,
        "seat": int(says.seat),
    }


def _count_agreement(tx: Tx, record: Record[Agreement], sign: int) -> None:
    if sign < 0:
        tx.run("DELETE FROM agreements WHERE record = :id", id=record.id)
        return
    _partner(tx, record.says.partner, table=False, at=record.created)
    tx.run(
        "INSERT INTO agreements (record, partner, signed)"
        " SELECT :record, id, :signed FROM partners WHERE folded = :folded",
        **_agreement(record),
    )


def _agreement(record: Record[Agreement]) -> dict[str, object]:
    says = record.says
    return {
        "record": record.id,
        "folded": fold(says.partner),
        "signed": says.signed and says.signed.isoformat(),
    }


PARTNERSHIP = Kind("partnership", Partnership, lambda role: role.logs, _count_partnership, check)


def _signed(tx: Tx, record: Record[Agreement]) -> Dated | None:
    return Dated(record.says.signed) if record.says.signed else None


AGREEMENT = Kind("agreement", Agreement, lambda role: role.logs, _count_agreement, check, _signed)


def tell(tx: Tx, says: Partnership, by: Person, at: int) -> Record[Partnership]:
    """Keep what is known of a partner, in the place of what was.

    Raises NotAllowed and Impossible.
    """
    before = of_partner(tx, says.partner)
    if before is None:
        return records.add(tx, PARTNERSHIP, says, by, at)
    return records.change(tx, PARTNERSHIP, before.id, before.version, says, by, at)


def of_partner(tx: Tx, name: str) -> Record[Partnership] | None:
    """What is known of the partner of this name, in any spelling, or None."""
    row = tx.row(
        "SELECT record FROM partnerships JOIN partners p ON p.id = partner WHERE folded = :folded",
        folded=fold(name),
    )
    return None if row is None else records.get(tx, PARTNERSHIP, row["record"])


def every(tx: Tx) -> list[Record[Partnership]]:
    """What is known of each partner, by name."""
    rows = tx.rows(
        "SELECT record FROM partnerships JOIN partners p ON p.id = partner ORDER BY folded"
    )
    return [records.get(tx, PARTNERSHIP, row["record"]) for row in rows]


def agreements_with(tx: Tx, name: str) -> list[Record[Agreement]]:
    """The agreements with a partner, those signed last first."""
    rows = tx.rows(
        "SELECT record FROM agreements JOIN partners p ON p.id = partner WHERE folded = :folded"
        " ORDER BY signed DESC NULLS LAST, record DESC",
        folded=fold(name),
    )
    return [records.get(tx, AGREEMENT, row["record"]) for row in rows]


def signed(tx: Tx, first: date, last: date) -> list[Record[Agreement]]:
    """The agreements signed in a period, the newest first."""
    rows = tx.rows(
        "SELECT record FROM agreements WHERE signed BETWEEN :first AND :last"
        " ORDER BY signed DESC, record DESC",
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return [records.get(tx, AGREEMENT, row["record"]) for row in rows]


def wrong(tx: Tx) -> Iterator[str]:
    """What both are looked up by and is not what their records say, as sentences."""
    named = " JOIN partners ON partners.id = partner"
    yield from records.unlike(tx, PARTNERSHIP, "partnerships" + named, _partnership)
    yield from records.unlike(tx, AGREEMENT, "agreements" + named, _agreement)
