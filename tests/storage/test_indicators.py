"""The indicators without a target against a naive recount of lists, whatever was recorded."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from storage import (
    entry_changes,
    feedback,
    indicators,
    outputs,
    presences,
    records,
    requests,
    rosters,
    session_sums,
    sessions,
    target_sessions,
)
from storage.engine import Tx
from storage.entries import Accompanied, Draft
from storage.entry_changes import Doubt
from storage.feedback import Feedback
from storage.outputs import SITE, Output
from storage.people import Person, TeamRole
from storage.plan import EntryKind, Measure
from storage.plan_files import load_plans
from storage.presences import Attendance, Counted, Present, Unmatched
from storage.rosters import Member
from storage.sessions import Day, Session
from storage.target_sessions import Why
from tests.new_database import new_database
from tests.storage.making import NOW, meet

PLAN = load_plans(None).get("clc-2024-25")
AT = date(2025, 2, 12)
TARGETS = {one.id: one for one in PLAN.target if one.measure is Measure.SESSIONS}
TARGETS[target_sessions.OTHER.id] = target_sessions.OTHER
DAYS = tuple(
    date.fromisoformat(day)
    for day in ("2024-06-30", "2024-07-01", "2024-11-05", "2025-02-12", "2025-02-13", "2025-07-01")
)
OFTEN = (*DAYS[1:4], *DAYS)  # most that is recorded is in the year
BOARDS = ("", "EMSB", "RSB", "NFSB")
NAMES = ("", "Ann Lee", "ann LEE", "Béa Roy", "Carl Ng")
ROLES = ("cda", "principal", "board_rep")
URL = "https://example.org/a"


@dataclass(frozen=True)
class Held:
    """A session and all that is known of it; ``present`` are (day, number of a member)."""

    target: str
    days: tuple[date, ...]
    minutes: int
    cancelled: bool
    typed: tuple[tuple[str, int], ...]
    present: frozenset[tuple[int, int]]
    odd: int
    replies: tuple[int, int, int] | None
    voided: bool


@dataclass(frozen=True)
class Known:
    """A member: the same human as the first one where ``same``."""

    name: str
    role: str
    board: str
    starts: date | None
    same: bool
    voided: bool


@dataclass(frozen=True)
class Logged:
    """An entry; ``goes_on``: with the request of the entry before."""

    kind: EntryKind
    day: date
    people: tuple[tuple[str, str, int], ...]
    boards: tuple[str, ...]
    requested: bool
    goes_on: bool
    partner: str
    voided: bool


@dataclass(frozen=True)
class Made:
    target: str
    published: date | None
    url: str


replied = st.tuples(st.integers(1, 9), st.integers(0, 9), st.integers(0, 9)).map(
    lambda one: (one[0], min(one[:2]), min(one))
)
held = st.builds(
    Held,
    st.sampled_from(
        ["pd-workshops", "onboarding-sessions", "plc-meetings", "plc-meetings", "other"]
    ),
    st.sets(st.sampled_from(OFTEN), min_size=1, max_size=2).map(lambda days: tuple(sorted(days))),
    st.sampled_from([75, 149, 150]),
    st.sampled_from([False, False, False, True]),
    st.dictionaries(st.sampled_from(BOARDS), st.integers(1, 4), max_size=2).map(
        lambda counts: tuple(counts.items())
    ),
    st.frozensets(st.tuples(st.integers(0, 1), st.integers(0, 3)), max_size=5),
    st.integers(0, 1),
    st.none() | replied,
    st.sampled_from([False, False, False, True]),
)
known = st.builds(
    Known,
    st.sampled_from(NAMES[1:]),
    st.sampled_from(ROLES),
    st.sampled_from(BOARDS),
    st.none() | st.sampled_from(DAYS),
    st.booleans(),
    st.sampled_from([False, False, False, True]),
)
logged = st.builds(
    Logged,
    st.sampled_from([EntryKind.ACCOMPANIMENT, EntryKind.ACCOMPANIMENT, EntryKind.PARTNER]),
    st.sampled_from([day for day in OFTEN if day <= AT]),
    st.lists(
        st.tuples(st.sampled_from(ROLES), st.sampled_from(["", *NAMES]), st.integers(1, 3)),
        max_size=2,
    ).map(tuple),
    st.sets(st.sampled_from(BOARDS[1:]), max_size=2).map(tuple),
    st.sampled_from([True, True, False]),
    st.sampled_from([True, True, False]),
    st.sampled_from(["", "CHSSN", "YMCA"]),
    st.sampled_from([False, False, True]),
)
made = st.builds(
    Made,
    st.sampled_from(["cda-tools", "capsules", SITE]),
    st.none() | st.sampled_from([day for day in DAYS if day <= AT]),
    st.sampled_from(["", URL]),
)


@settings(max_examples=100)
@given(
    st.lists(known, min_size=4, max_size=4),
    st.lists(held, max_size=5),
    st.lists(logged, max_size=8),
    st.lists(made, max_size=4),
)
def test_what_is_reported_is_what_the_lists_say(
    members: list[Known], there: list[Held], entries: list[Logged], out: list[Made]
) -> None:
    # A human is named by the first of them, who is not taken off the roster.
    members = [replace(members[0], same=False, voided=False), *members[1:]]
    with new_database() as tx:
        by = meet(tx, "Sam", TeamRole.MANAGER)
        ids = record(tx, by, members, there, entries, out)
        read = indicators.read(tx, PLAN, AT)
        for gathered in (*read.gathered, read.others):
            of = [one for one in there if one.target == gathered.target.id and not one.voided]
            check_gathered(tx, gathered, of, members, ids)
    check_requests(read.requests, entries, members)
    counting = [one for one in entries if not one.voided and in_year(one.day)]
    partners = [one for one in counting if one.kind is EntryKind.PARTNER]
    assert read.support.entries == len(partners)
    assert sorted(read.support.tables) == sorted({"CHSSN"} & {one.partner for one in partners})
    assert sorted(read.support.organisations) == sorted(
        {"YMCA"} & {one.partner for one in partners}
    )
    tools = {one.target.id: (one.recorded, one.published) for one in read.made}
    for id in ("cda-tools", "team-tools", "capsules"):
        mine = [one for one in out if one.target == id]
        published = [one for one in mine if one.published and one.url]
        recorded = [one for one in mine if one not in published]
        dated = [one for one in published if one.published and in_year(one.published)]
        assert tools[id] == (len(recorded) + len(dated), len(dated))
    site = [one.published or AT for one in out if one.target == SITE]
    assert read.site_updates == sum(1 for day in site if in_year(day))


def record(
    tx: Tx,
    by: Person,
    members: list[Known],
    there: list[Held],
    entries: list[Logged],
    out: list[Made],
) -> list[int]:
    """Record all of it, and take back what is voided; the numbers of the members."""
    kept: list[records.Record[Member]] = []
    for one in members:
        same = kept[0].id if one.same else 0
        says = Member(one.name, role=one.role, board=one.board, starts=one.starts, same_as=same)
        kept.append(rosters.add(tx, says, by, NOW))
    for one in there:
        days = tuple(Day(day, "", one.minutes // len(one.days)) for day in one.days)
        says = Session(one.target, "A title", days=days, cancelled=one.cancelled)
        session = records.add(tx, sessions.KIND, says, by, NOW)
        presences.take(tx, attendance(one, session.id, [each.id for each in kept]), by, NOW)
        if one.replies:
            feedback.take(tx, Feedback(session.id, *one.replies), by, NOW)
        if one.voided:
            records.void(tx, sessions.KIND, session.id, 1, by, NOW)
    for one, member in zip(members, kept, strict=True):
        if one.voided:
            records.void(tx, rosters.MEMBER, member.id, member.version, by, NOW)
    before = None
    for one in entries:
        draft = Draft(
            one.kind,
            one.day,
            60,
            tuple(Accompanied(role, name, 1 if name else n) for role, name, n in one.people),
            one.boards,
            one.partner if one.kind is EntryKind.PARTNER else "",
            one.kind is EntryKind.PARTNER and one.partner == "CHSSN",
            requested=one.requested,
        )
        before = before if one.goes_on else None
        entry = entry_changes.add(tx, draft, by, NOW, request=before, sure=frozenset(Doubt))
        before = entry.request or before
        if one.voided:
            entry_changes.void(tx, entry.id, entry.version, by, NOW)
    for one in out:
        says = Output(one.target, "A tool", published=one.published, url=one.url)
        records.add(tx, outputs.OUTPUT, says, by, NOW)
    return [one.id for one in kept]


def attendance(one: Held, session: int, ids: list[int]) -> Attendance:
    valid = [(day, n) for day, n in sorted(one.present) if day < len(one.days)]
    return Attendance(
        session,
        tuple(Counted(0, board, number) for board, number in one.typed),
        tuple(Present(day, ids[n]) for day, n in valid),
        tuple(Unmatched(0, f"Guest {n}") for n in range(one.odd)),
    )


def in_year(day: date) -> bool:
    return PLAN.starts <= day <= AT


def counts(one: Held) -> bool:
    target = TARGETS[one.target]
    long = one.minutes // len(one.days) * len(one.days) >= (target.minimum_minutes or 0)
    return in_year(one.days[-1]) and not one.cancelled and len(one.days) >= target.days and long


def human_of(members: list[Known], n: int) -> int:
    """The first of the members who are one human; one taken off the roster is alone."""
    return 0 if members[n].same and not members[n].voided else n


def check_gathered(
    tx: Tx,
    gathered: indicators.Gathered,
    there: list[Held],
    members: list[Known],
    ids: list[int],
) -> None:
    target = gathered.target
    counting = [one for one in there if counts(one)]
    assert gathered.sum.sessions == len(counting)
    boards: defaultdict[str, int] = defaultdict(int)
    none = participants = 0
    people: set[int] = set()
    roles: defaultdict[str, set[int]] = defaultdict(set)
    for one in counting:
        present = [(day, n) for day, n in one.present if day < len(one.days)]
        by_day = [sum(1 for day, _ in present if day == d) for d in range(len(one.days))]
        by_day[0] = max(by_day[0] + one.odd, sum(number for _, number in one.typed))
        heads = max(by_day)
        participants += heads
        of: dict[str, int] = {board: number for board, number in one.typed if board}
        for board in BOARDS[1:]:
            named = {
                human_of(members, n)
                for _, n in present
                if members[n].board == board and not members[n].voided
            }
            of[board] = max(of.get(board, 0), len(named))
        for board, number in of.items():
            boards[board] += number
        none += max(0, heads - sum(of.values()))
        for _, n in present:
            people.add(human_of(members, n))
            role = "" if members[n].voided else members[n].role
            roles[role].add(human_of(members, n))
    assert gathered.sum.participants == participants
    assert gathered.boards == {board: n for board, n in boards.items() if n}
    assert gathered.no_board == none
    assert gathered.people == len(people)
    assert gathered.roles == {role: len(one) for role, one in roles.items()}
    replies = [one.replies or (0, 0, 0) for one in counting]
    sums = (gathered.sum.asked, gathered.sum.answered, gathered.sum.positive)
    assert sums == tuple(sum(one[n] for one in replies) for n in range(3))
    fresh = {
        human_of(members, n)
        for n, one in enumerate(members)
        if one.role == "cda" and not one.voided and one.starts and in_year(one.starts)
    }
    expected = len(fresh & people) if target.id == "onboarding-sessions" else None
    assert gathered.newcomers == expected
    listed = target_sessions.of_target(tx, PLAN, target, AT)
    in_plan = [one for one in there if PLAN.starts <= one.days[-1] <= PLAN.ends]
    assert len(listed) == len(in_plan)
    assert sum(1 for one in listed if one.why is None) == len(counting)
    assert sum(one.participants or 0 for one in listed if one.why is None) == participants
    been = target_sessions.been(tx, PLAN, (target.id,), AT)
    assert {ids.index(human) for human in been} == people


def check_requests(read: requests.Requests, entries: list[Logged], members: list[Known]) -> None:
    numbered: list[tuple[int, Logged]] = []
    before: int | None = None
    for number, one in enumerate(entries):
        before = before if one.goes_on else None
        if one.requested:
            before = number if before is None else before
            numbered.append((before, one))
    asking = [
        (request, one)
        for request, one in numbered
        if one.kind is EntryKind.ACCOMPANIMENT and not one.voided and in_year(one.day)
    ]
    assert read.requests == len({request for request, _ in asking})
    assert read.entries == len(asking)
    named: defaultdict[str, set[int | str]] = defaultdict(set)
    unnamed: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for request, one in asking:
        for role in ROLES:
            for _, name, _ in (each for each in one.people if each[0] == role and each[1]):
                named[role].add(who(name, members))
            number = sum(n for of, name, n in one.people if of == role and not name)
            unnamed[role, request].append(number)
    for role in ROLES:
        most = sum(max(each) for (of, _), each in unnamed.items() if of == role)
        assert read.people.get(role, 0) == len(named[role]) + most
    for board in BOARDS[1:]:
        assert read.boards.get(board, 0) == len({r for r, one in asking if board in one.boards})
    assert read.boards.get("", 0) == len({r for r, one in asking if not one.boards})


def who(name: str, members: list[Known]) -> int | str:
    """The human of this name where the roster has one; else the name."""
    humans = {
        human_of(members, n)
        for n, one in enumerate(members)
        if one.name.casefold() == name.casefold() and not one.voided
    }
    return humans.pop() if len(humans) == 1 else name.casefold()


def names(found: Iterable[target_sessions.Held]) -> list[Why | None]:
    return [one.why for one in found]


def test_why_a_session_does_not_count(tx: Tx, alex: Person) -> None:
    def hold(target: str, *days: date, minutes: int = 180, cancelled: bool = False) -> None:
        lasting = tuple(Day(day, "", minutes) for day in days)
        says = Session(target, "A title", days=lasting, cancelled=cancelled)
        records.add(tx, sessions.KIND, says, alex, NOW)

    hold("pd-workshops", date(2025, 2, 13), minutes=60)
    hold("pd-workshops", date(2025, 2, 12))
    hold("pd-workshops", date(2025, 2, 11), minutes=149)
    hold("pd-workshops", date(2025, 2, 10), minutes=60, cancelled=True)
    hold("pd-workshops", date(2024, 6, 30))  # of the year before
    hold("onboarding-sessions", date(2025, 1, 22))
    hold("onboarding-sessions", date(2025, 1, 21), date(2025, 1, 23))
    workshops = target_sessions.of_target(tx, PLAN, TARGETS["pd-workshops"], AT)
    assert names(workshops) == [Why.TO_COME, None, Why.SHORT, Why.CANCELLED]
    orientations = target_sessions.of_target(tx, PLAN, TARGETS["onboarding-sessions"], AT)
    assert names(orientations) == [None, Why.FEW_DAYS]
    assert session_sums.by_area(tx, TARGETS["pd-workshops"], PLAN.starts, AT)[""].sessions == 1


def test_who_may_read_the_entries_that_answer_requests(
    tx: Tx, alex: Person, sam: Person, marie: Person
) -> None:
    draft = Draft(EntryKind.ACCOMPANIMENT, date(2025, 2, 3), 60, requested=True)
    mine = entry_changes.add(tx, draft, alex, NOW)
    theirs = entry_changes.add(tx, replace(draft, minutes=30), sam, NOW)
    entry_changes.add(tx, replace(draft, requested=False), sam, NOW)

    def read_by(person: Person) -> list[int]:
        found = requests.answering(tx, PLAN.starts, AT, person, limit=5)
        return [one.id for one in found]

    assert read_by(alex) == [mine.id]
    assert read_by(sam) == [theirs.id, mine.id]
    assert read_by(marie) == []


def test_who_asked_is_counted_once(tx: Tx, alex: Person, sam: Person) -> None:
    """By name, as whoever of the roster that is; those without a name, once a request."""
    first = rosters.add(tx, Member("Ann Lee", role="cda", ends=date(2024, 12, 20)), sam, NOW)
    back = Member("Ann Lee-Roy", role="cda", starts=date(2025, 2, 3), same_as=first.id)
    rosters.add(tx, back, sam, NOW)
    request = None
    for people in (
        (Accompanied("cda", "Ann Lee"), Accompanied("principal", number=2)),
        (Accompanied("cda", "ann lee-roy"), Accompanied("principal", number=3)),
    ):
        draft = Draft(EntryKind.ACCOMPANIMENT, DAYS[3], 60, people, ("EMSB", "RSB"), requested=True)
        request = entry_changes.add(
            tx, draft, alex, NOW, request=request, sure=frozenset(Doubt)
        ).request
    other = Draft(EntryKind.ACCOMPANIMENT, DAYS[3], 60, (Accompanied("cda"),), requested=True)
    entry_changes.add(tx, other, alex, NOW, sure=frozenset(Doubt))
    read = requests.read(tx, PLAN.starts, AT)
    assert (read.requests, read.entries) == (2, 3)
    assert read.people == {"principal": 3, "cda": 2}
    assert read.boards == {"": 1, "EMSB": 1, "RSB": 1}
