"""What can be done to an entry: log it, change it, void it, and take any of that back.

An entry is never deleted. Every change keeps what was there before, so that each can be undone.
Whoever asks is checked here, whatever a button claimed.
"""

from dataclasses import replace

from storage import audit, limits, partners, people, period_lock, totals
from storage.engine import Tx
from storage.entries import Draft, Entry, cells, content, from_content, get
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.limits import Doubt as Doubt
from storage.limits import Duplicate as Duplicate
from storage.limits import Impossible as Impossible
from storage.limits import LongDay as LongDay
from storage.people import Person
from storage.period_lock import Dated
from storage.plan import PartnerKind
from storage.words import fold


def add(
    tx: Tx,
    draft: Draft,
    by: Person,
    at: int,
    *,
    request: int | None = None,
    sure: frozenset[Doubt] = frozenset(),
) -> Entry:
    """Log an entry. ``request``: the earlier request it goes on with, if any.

    Raises NotAllowed or Impossible; and Duplicate or LongDay, to be asked about, unless the person
    is ``sure``.
    """
    limits.check(draft, at)
    if not people.role_of(tx, by.id).logs:  # ``by`` may be older than a change of role
        raise NotAllowed
    draft, partner = _settled(tx, draft, at)
    if sure < frozenset(Doubt):
        so_far = totals.logged(tx, by.id, draft.day, draft.day)
        if Doubt.TWIN not in sure and so_far.entries:
            limits.doubt_twin(tx, draft, by, at)
        if Doubt.LONG_DAY not in sure:
            limits.doubt_long_day(so_far.minutes + draft.minutes)
    request = _request_of(tx, draft, by.id, request)
    id = tx.insert(
        "INSERT INTO entries (kind, day, minutes, person, partner, objective, request, said,"
        " version, created) VALUES (:kind, :day, :minutes, :person, :partner, :objective,"
        " :request, :said, 1, :created)",
        **_columns(draft),
        person=by.id,
        partner=partner,
        request=request,
        created=at,
    )
    entry = Entry(id, by.id, draft, request, 1, at, None)
    _write_lists(tx, entry)
    totals.add(tx, cells(entry), draft.minutes, 1)
    audit.append(tx, at, by.id, "add", f"entry/{entry.id}", content(entry))
    return entry


def change(
    tx: Tx,
    id: int,
    version: int,
    draft: Draft,
    by: Person,
    at: int,
    *,
    sure: frozenset[Doubt] = frozenset(),
) -> Entry:
    """Make the entry say something else. ``version`` is the one the person saw.

    Raises NotFound, ChangedMeanwhile, Impossible; and LongDay unless the person is ``sure``.
    """
    limits.check(draft, at)
    entry = _to_change(tx, id, version, by)
    if entry.voided is not None:
        raise ChangedMeanwhile
    if Doubt.LONG_DAY not in sure:
        others = totals.logged(tx, entry.person, draft.day, draft.day).minutes
        if entry.says.day == draft.day:
            others -= entry.says.minutes
        limits.doubt_long_day(others + draft.minutes)
    request = _request_of(tx, draft, entry.person, entry.request)
    return _become(tx, replace(entry, says=draft, request=request), entry, "change", by, at)


def void(tx: Tx, id: int, version: int, by: Person, at: int) -> Entry:
    """Take the entry out of every figure; it stays, marked. Raises NotFound, ChangedMeanwhile."""
    entry = _to_change(tx, id, version, by)
    if entry.voided is not None:
        raise ChangedMeanwhile
    return _become(tx, replace(entry, voided=at), entry, "void", by, at)


def undo(tx: Tx, id: int, version: int, by: Person, at: int) -> Entry:
    """Take back what made this version: its logging, a change, a void, or an undo.

    Raises NotFound, and ChangedMeanwhile where the entry has gone on since.
    """
    entry = _to_change(tx, id, version, by)
    before = tx.row(
        "SELECT content FROM entry_versions WHERE entry = :id AND version = :version",
        id=id,
        version=version - 1,
    )
    if before is None:
        return _become(tx, replace(entry, voided=at), entry, "void", by, at)
    draft, request, voided = from_content(before["content"])
    put_back = replace(entry, says=draft, request=request, voided=voided)
    return _become(tx, put_back, entry, "undo", by, at)


def _to_change(tx: Tx, id: int, version: int, by: Person) -> Entry:
    entry = get(tx, id, by)
    if entry.version != version:
        raise ChangedMeanwhile
    return entry


def _become(tx: Tx, after: Entry, before: Entry, action: str, by: Person, at: int) -> Entry:
    """Write what an entry has become, keep what it was, and move the totals along."""
    tx.run(
        "INSERT INTO entry_versions (entry, version, content) VALUES (:entry, :version, :content)",
        entry=before.id,
        version=before.version,
        content=content(before),
    )
    says, partner = _settled(tx, after.says, at)
    after = replace(after, says=says, version=before.version + 1)
    tx.run(
        "UPDATE entries SET kind = :kind, day = :day, minutes = :minutes, partner = :partner,"
        " objective = :objective, request = :request, said = :said, version = :version,"
        " voided = :voided WHERE id = :id",
        **_columns(after.says),
        partner=partner,
        request=after.request,
        version=after.version,
        voided=after.voided,
        id=after.id,
    )
    tx.run("DELETE FROM entry_people WHERE entry = :id", id=after.id)
    tx.run("DELETE FROM entry_boards WHERE entry = :id", id=after.id)
    _write_lists(tx, after)
    if before.voided is None:
        totals.add(tx, cells(before), -before.says.minutes, -1)
    if after.voided is None:
        totals.add(tx, cells(after), after.says.minutes, 1)
    subject = f"entry/{after.id}"
    audit.append(tx, at, by.id, action, subject, content(after))
    counted = [Dated(one.says.day) for one in (before, after)]
    period_lock.hold(tx, subject, counted, by, at, undo=action == "undo")
    return after


def _request_of(tx: Tx, draft: Draft, person: int, known: int | None) -> int | None:
    """The request that a draft answers: the known one, a new one, or none."""
    if not draft.requested:
        return None
    if known is not None:
        return known
    return tx.insert(
        "INSERT INTO requests (day, person) VALUES (:day, :person)",
        day=draft.day.isoformat(),
        person=person,
    )


def _settled(tx: Tx, draft: Draft, at: int) -> tuple[Draft, int | None]:
    """The draft as it will be read back, and its partner's number: one name for one partner."""
    boards = tuple(sorted(set(draft.boards)))
    if not fold(draft.partner):
        if (boards, "", False) == (draft.boards, draft.partner, draft.table):
            return draft, None
        return replace(draft, boards=boards, partner="", table=False), None
    kind = PartnerKind.TABLE if draft.table else PartnerKind.ORGANISATION
    found = partners.find_or_add(tx, draft.partner, kind, at)
    table = found.kind is PartnerKind.TABLE
    return replace(draft, boards=boards, partner=found.name, table=table), found.id


def _columns(draft: Draft) -> dict[str, object]:
    return {
        "kind": draft.kind,
        "day": draft.day.isoformat(),
        "minutes": draft.minutes,
        "objective": draft.objective,
        "said": draft.said,
    }


def _write_lists(tx: Tx, entry: Entry) -> None:
    for position, one in enumerate(entry.says.people):
        tx.run(
            "INSERT INTO entry_people (entry, position, role, name, number)"
            " VALUES (:entry, :position, :role, :name, :number)",
            entry=entry.id,
            position=position,
            role=one.role,
            name=one.name,
            number=one.number,
        )
    for board in entry.says.boards:
        tx.run(
            "INSERT INTO entry_boards (entry, board) VALUES (:entry, :board)",
            entry=entry.id,
            board=board,
        )
