"""The audit chain: one line a change, each bound to the one before by SHA-256.

A line holds the digest of what the subject became, never its words, so a person's data can be
taken out of the tables later without breaking the chain.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator

from storage.engine import Tx

START = "0" * 64


def digest(content: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def _link(before: str, at: int, person: int | None, action: str, subject: str, what: str) -> str:
    return digest(f"{before}\n{at}\n{person or 0}\n{action}\n{subject}\n{what}")


def append(tx: Tx, at: int, person: int | None, action: str, subject: str, content: str) -> None:
    """Add a line: at ``at``, ``person`` did ``action``, and ``subject`` became ``content``."""
    what = digest(content)
    tx.run(
        "INSERT INTO audit (at, person, action, subject, digest, hash)"
        " VALUES (:at, :person, :action, :subject, :digest, :hash)",
        at=at,
        person=person,
        action=action,
        subject=subject,
        digest=what,
        hash=_link(head(tx), at, person, action, subject, what),
    )


def head(tx: Tx) -> str:
    """The hash of the newest line; it stands for the whole history."""
    row = tx.row("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1")
    return str(row["hash"]) if row else START


def newest_line(tx: Tx) -> int:
    """The number of the newest line; 0 before there is any."""
    row = tx.row("SELECT max(seq) AS line FROM audit")
    return int(row["line"] or 0) if row else 0


def holds(tx: Tx, hash: str) -> bool:
    """Whether a line of this hash is in the chain, so that all before it is as it was."""
    return hash == START or tx.row("SELECT 1 FROM audit WHERE hash = :hash", hash=hash) is not None


def broken_links(tx: Tx) -> Iterator[int]:
    """The numbers of the lines that do not follow from the one before."""
    before = START
    for row in tx.each("SELECT * FROM audit ORDER BY seq"):
        expected = _link(
            before, row["at"], row["person"], row["action"], row["subject"], row["digest"]
        )
        if row["hash"] != expected:
            yield row["seq"]
        before = row["hash"]


def newest(tx: Tx, kind: str) -> Iterator[tuple[int, str]]:
    """The number and the newest digest of every subject of a kind, such as ``entry``, in order."""
    prefix = f"{kind}/"
    for row in tx.each(
        "SELECT cast(substr(subject, :start) AS bigint) AS id, digest FROM audit WHERE seq IN ("
        "SELECT max(seq) FROM audit WHERE subject >= :first AND subject < :after GROUP BY subject)"
        " ORDER BY 1",
        start=len(prefix) + 1,
        first=prefix,
        after=prefix + "\U0010ffff",
    ):
        yield row["id"], row["digest"]


def last(tx: Tx, subject: str) -> int:
    """When the newest line about a subject, such as ``session/12``, was added; 0 for none."""
    row = tx.row("SELECT at FROM audit WHERE subject = :subject ORDER BY seq DESC", subject=subject)
    return row["at"] if row else 0


def lines(tx: Tx, kind: str) -> Counter[int]:
    """How many lines speak of each subject of a kind, by number."""
    return Counter(id for id, _ in every(tx, kind))


def every(tx: Tx, kind: str) -> Iterator[tuple[int, str]]:
    """The number and the digest of each line about a subject of a kind, in the order of lines."""
    prefix = f"{kind}/"
    for row in tx.each(
        "SELECT cast(substr(subject, :start) AS bigint) AS id, digest FROM audit"
        " WHERE subject >= :first AND subject < :after ORDER BY seq",
        start=len(prefix) + 1,
        first=prefix,
        after=prefix + "\U0010ffff",
    ):
        yield row["id"], row["digest"]
