"""Whether all that is kept still holds: the file, the totals, and the audit chain."""

import sqlite3
from collections.abc import Callable, Iterator
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter

from storage import (
    audit,
    channels,
    communities,
    documents,
    draws,
    entries,
    feedback,
    interests,
    kinds,
    links,
    narratives,
    outputs,
    partnerships,
    people,
    period_lock,
    practice_comments,
    practice_marks,
    practices,
    presences,
    quiet,
    records,
    rosters,
    rsvps,
    seats,
    sent_reports,
    session_sums,
    sessions,
    surveys,
    totals,
)
from storage.engine import Tx

SHOWN = 20  # of each check; how many more there are is said


# What is looked up and counted, made anew from the records.
LOOKED_UP: dict[str, Callable[[Tx], Iterator[str]]] = {
    "sessions": sessions.wrong,
    "attendances": presences.wrong,
    "feedback": feedback.wrong,
    "rosters": rosters.wrong,
    "outputs": outputs.unlike,
    "partners and agreements": partnerships.wrong,
    "surveys": surveys.wrong,
    "documents": documents.wrong,
    "narratives": narratives.wrong,
    "files of sent reports": sent_reports.wrong,
    "communities": communities.wrong,
    "interests": interests.wrong,
    "draws": draws.wrong,
    "offers": seats.wrong,
    "answers to meetings": rsvps.wrong,
    "pauses": quiet.wrong,
    "channels": channels.wrong,
    "practices": practices.wrong,
    "marks of practices": practice_marks.wrong,
    "comments on practices": practice_comments.wrong,
}


def problems(tx: Tx) -> list[str]:
    """What does not hold, as sentences; none where all is well.

    Reads everything once, a part at a time. What can't be read is one of the sentences.
    """
    checks: dict[str, Callable[[Tx], Iterator[str]]] = {
        "The file": _file,
        "The references": _references,
        "The totals": _totals,
        "The audit chain": _chain,
        "The entries": _entries,
        "The people": _people,
        "The links": _links,
        "The sent reports": _sent_reports,
        "The reasons": _reasons,
        "The records": _records,
        "The versions of records": _versions,
        "The sums of sessions": _session_sums,
        "The counts of outputs": _output_counts,
        **{f"The {name}": wrong for name, wrong in LOOKED_UP.items()},
    }
    return [sentence for part, check in checks.items() for sentence in _first(part, check(tx))]


def _first(part: str, found: Iterator[str]) -> Iterator[str]:
    try:
        yield from islice(found, SHOWN)
        if more := sum(1 for _ in found):
            yield f"There are {more} more like that."
    except (sqlite3.Error, ValueError) as error:
        yield f"{part} could not be checked to the end: {error}."


def _file(tx: Tx) -> Iterator[str]:
    for row in tx.rows("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield f"SQLite says: {row[0]}."


def _references(tx: Tx) -> Iterator[str]:
    for row in tx.each("PRAGMA foreign_key_check"):
        yield f"Row {row[1]} of {row[0]} speaks of a row of {row[2]} that is not there."


def _totals(tx: Tx) -> Iterator[str]:
    for cell, kept, counted in totals.wrong(tx, entries.recount(tx)):
        yield (f"The total of {_cell(cell)} is {_sum(kept)}; the entries make it {_sum(counted)}.")


def _cell(cell: totals.Cell) -> str:
    kind, dimension, value, day = cell
    # Who logged, and a partner's name as it was typed, are not for a shell's screen.
    shown = "…" if dimension in (totals.PERSON, totals.PARTNER) else value
    return f"{kind} / {dimension} / {shown} / {day}"


def _sum(total: totals.Sum) -> str:
    return f"{total.minutes} minutes in {total.entries} entries"


def _chain(tx: Tx) -> Iterator[str]:
    for line in audit.broken_links(tx):
        yield f"Line {line} of the audit chain does not follow from the one before."


def _entries(tx: Tx) -> Iterator[str]:
    kept = ((entry.id, audit.digest(entries.content(entry))) for entry in entries.every(tx))
    yield from _unlike("entry", kept, audit.newest(tx, "entry"))


def _people(tx: Tx) -> Iterator[str]:
    kept = ((id, audit.digest(content)) for id, content in people.contents(tx))
    yield from _unlike("person", kept, audit.newest(tx, "person"))


def _links(tx: Tx) -> Iterator[str]:
    kept = ((id, audit.digest(content)) for id, content in links.contents(tx))
    yield from _unlike("link", kept, audit.newest(tx, "link"))
    for row in tx.rows(
        "SELECT id FROM people WHERE joined IS NOT NULL AND id IN ("
        "SELECT person FROM identities UNION SELECT person FROM addresses"
        " UNION SELECT person FROM requests UNION SELECT person FROM entries"
        " UNION SELECT person FROM records) ORDER BY id"
    ):
        yield f"Person {row['id']} was joined to another, and still has something."


def _sent_reports(tx: Tx) -> Iterator[str]:
    kept = ((id, audit.digest(content)) for id, content in sent_reports.contents(tx))
    yield from _unlike("report", kept, audit.newest(tx, "report"))


def _reasons(tx: Tx) -> Iterator[str]:
    kept = ((line, audit.digest(text)) for line, text in period_lock.contents(tx))
    yield from _unlike("reason", kept, audit.newest(tx, "reason"))


def _records(tx: Tx) -> Iterator[str]:
    for kind in kinds.ALL:
        kept = ((id, audit.digest(content)) for id, content in records.contents(tx, kind.name))
        yield from _unlike(kind.name, kept, audit.newest(tx, kind.name))
    known = {kind.name for kind in kinds.ALL}
    for row in tx.rows("SELECT kind, min(id) AS id FROM records GROUP BY kind ORDER BY kind"):
        if row["kind"] not in known:
            yield f"Record {row['id']} is of no known kind."


def _versions(tx: Tx) -> Iterator[str]:
    """What each record was before: as often as it has changed, and as the chain has it."""
    for row in tx.each(
        "SELECT r.id, r.kind, r.version, count(v.version) AS kept FROM records r"
        " LEFT JOIN record_versions v ON v.record = r.id AND v.version < r.version"
        " GROUP BY r.id, r.kind, r.version HAVING count(v.version) <> r.version - 1 ORDER BY r.id"
    ):
        yield f"Of {row['kind']} {row['id']} not every version is kept."
    owners = [person for person, _ in people.contents(tx)]
    for kind in kinds.ALL:
        chained: dict[int, set[str]] = {}
        for id, digest in audit.every(tx, kind.name):
            chained.setdefault(id, set()).add(digest)
        for row in records.old_contents(tx, kind.name):
            # Whose it was then is in the chain only: two people may have become one since.
            digests = (
                audit.digest(records.chained(row["content"], one, row["voided"]))
                for one in (row["person"], *owners)
            )
            if not any(digest in chained.get(row["record"], ()) for digest in digests):
                yield f"Version {row['version']} of {kind.name} {row['record']} is not what it was."


def _session_sums(tx: Tx) -> Iterator[str]:
    for sums in session_sums.wrong(tx):
        yield f"The sums of {sums} are not what the sessions make them."


def _output_counts(tx: Tx) -> Iterator[str]:
    for (target, day, out), kept, counted in outputs.wrong(tx):
        which = "published" if out else "not published"
        yield f"The count of {target} / {day} / {which} is {kept}; the records make it {counted}."


def _unlike(
    kind: str, kept: Iterator[tuple[int, str]], chained: Iterator[tuple[int, str]]
) -> Iterator[str]:
    """Walk the digests of what is kept and of what the chain says, both in order of numbers."""
    both = merge(
        ((id, "kept", digest) for id, digest in kept),
        ((id, "chained", digest) for id, digest in chained),
    )
    for id, found in groupby(both, key=itemgetter(0)):
        digests = {where: digest for _, where, digest in found}
        if "chained" not in digests:
            yield f"No line of the audit chain speaks of {kind} {id}."
        elif "kept" not in digests:
            yield f"The audit chain speaks of {kind} {id}, which is not there."
        elif digests["kept"] != digests["chained"]:
            yield f"{kind.capitalize()} {id} is not what the audit chain says it became."
