"""Whatever is recorded in whatever order, the figures are what a naive count of lists makes them.

``JALON_EXAMPLES=1000 pytest tests/storage/test_sessions_properties.py`` looks longer.
"""

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from storage import feedback, figures, outputs, presences, records, rosters, session_sums, sessions
from storage.errors import ChangedMeanwhile, StorageError
from storage.feedback import AlreadyAnswered, Feedback
from storage.outputs import Output
from storage.people import TeamRole
from storage.plan_files import load_plans
from storage.presences import Attendance, Counted, Present, Source, Unmatched
from storage.records import Kind, Record
from storage.rosters import Member
from storage.sessions import Day, NamesNotKept, Session
from tests import oracle
from tests.new_database import new_database
from tests.storage.making import meet

EXAMPLES = int(os.environ.get("JALON_EXAMPLES", "40"))

PLAN = load_plans(None).get("clc-2024-25")
IN_YEAR, AFTER = (
    int(datetime(2025, *day, 15, tzinfo=UTC).timestamp()) for day in ((2, 12), (7, 10))
)
EDGES = (
    date(2024, 6, 30),
    date(2024, 7, 1),
    date(2024, 9, 18),
    date(2024, 9, 30),
    date(2025, 2, 11),
    date(2025, 6, 30),
    date(2025, 7, 1),
)
TARGETS = ("pd-workshops", "pd-workshops", "onboarding-sessions", "plc-meetings", "cegep-workshop")

edges = st.sampled_from(EDGES)
instants = st.sampled_from([IN_YEAR, AFTER])


def _session(
    target: str, area: str, days: set[date], minutes: int, cancelled: bool, counted: bool
) -> Session:
    """A session as a handler makes it: the target says whether people are only counted."""
    return Session(
        target,
        "A title",
        area=area if target == "pd-workshops" else "",
        audience=("student",) if counted else ("cda",),
        days=tuple(Day(day, "", minutes) for day in sorted(days)),
        cancelled=cancelled,
        head_counts=target == "cegep-workshop",
    )


said_sessions = st.builds(
    _session,
    st.sampled_from(TARGETS),
    st.sampled_from(["outcome-area", "theme-of-choice", ""]),
    st.sets(edges, min_size=1, max_size=2),
    st.sampled_from([60, 75, 149, 150, 180]),
    st.sampled_from([False, False, False, True]),
    st.sampled_from([False, False, False, False, True]),
)
said_outputs = st.builds(
    Output,
    st.sampled_from([*oracle.TOOLS, outputs.SITE]),
    st.just("A tool"),
    published=st.none() | st.sampled_from(EDGES[:5]),
    url=st.sampled_from(["", "https://example.org/a"]),
)
said_members = st.builds(
    Member,
    st.just("Someone"),
    role=st.sampled_from(["cda", "cda", "cda", "principal"]),
    starts=st.none() | edges,
)


@dataclass
class Model:
    """What a record has been: what it says and whether it is voided, by version."""

    kind: Kind[Any]
    recorded: date
    history: list[tuple[Any, bool]]

    @property
    def says(self) -> Any:
        return self.history[-1][0]

    @property
    def counts(self) -> bool:
        return not self.history[-1][1]


class Year(RuleBasedStateMachine):
    """Sessions, attendance, feedback, outputs and members are recorded, changed and taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.tx = self.opened.enter_context(new_database())
        self.by = meet(self.tx, "Sam", TeamRole.MANAGER)
        self.team = [meet(self.tx, f"Person {n}", TeamRole.MEMBER) for n in range(3)]
        self.models: dict[int, Model] = {}
        self.chat: dict[int, dict[int, int | None]] = {}  # session: person: score
        self.day = EDGES[0]

    def teardown(self) -> None:
        self.opened.close()

    # What people do

    @initialize(says=st.lists(said_sessions, max_size=3))
    def the_year_begins(self, says: list[Session]) -> None:
        for name in "abc":
            member = Member(name, role="cda", starts=EDGES[1])
            self._add(rosters.MEMBER, member, IN_YEAR)
        orientation = Session(
            "onboarding-sessions",
            "Orientation",
            days=(Day(EDGES[2], "", 360), Day(EDGES[3], "", 360)),
        )
        meetings = [
            Session("plc-meetings", "Meeting", days=(Day(day, "", 60),)) for day in EDGES[2:5]
        ]
        for one in (orientation, *meetings, *says):
            self._add(sessions.KIND, one, IN_YEAR)

    @rule(says=said_sessions, at=instants)
    def someone_records_a_session(self, says: Session, at: int) -> None:
        self._add(sessions.KIND, says, at)

    @rule(says=said_outputs, at=instants)
    def someone_records_an_output(self, says: Output, at: int) -> None:
        self._add(outputs.OUTPUT, says, at)

    @rule(says=said_members)
    def someone_comes_to_the_roster(self, says: Member) -> None:
        self._add(rosters.MEMBER, says, IN_YEAR)

    @precondition(lambda self: self._ids("session"))
    @rule(data=st.data(), file=st.sampled_from(["", "", "a", "b"]))
    def someone_gives_an_attendance(self, data: st.DataObject, file: str) -> None:
        session = data.draw(st.sampled_from(self._ids("session")))
        last = len(self.models[session].says.days) - 1
        days = st.sampled_from([*range(last + 1)] * 4 + [last + 1])
        members, there = self._ids("member"), st.just(())
        if members:
            present = st.builds(Present, days, st.sampled_from(members))
            there = st.lists(present, min_size=1, max_size=5).map(tuple)
        says = Attendance(
            session,
            data.draw(st.lists(st.builds(Counted, days, st.just("EMSB"), st.just(7))).map(tuple)),
            data.draw(there),
            data.draw(
                st.lists(st.builds(Unmatched, days, st.just("Someone")), max_size=1).map(tuple)
            ),
            Source.FILE if file else Source.TYPED,
            file,
        )
        done = self._try(lambda: presences.take(self.tx, says, self.by, AFTER))
        model = self.models[session]
        said = [one.day for one in (*says.counts, *says.present, *says.unmatched)]
        if isinstance(done, StorageError):
            assert (
                not model.counts
                or max(said, default=0) >= len(model.says.days)
                or (says.named and model.says.unnamed)
            )
            return
        self._taken(done, says, "attendance", again=bool(file))

    @precondition(lambda self: self._ids("session"))
    @rule(data=st.data(), numbers=st.lists(st.integers(0, 9), min_size=3, max_size=3))
    def someone_gives_totals(self, data: st.DataObject, numbers: list[int]) -> None:
        positive, answered, asked = sorted(numbers)
        session = data.draw(st.sampled_from(self._ids("session")))
        says = Feedback(session, asked + 1, answered, positive)
        done = self._try(lambda: feedback.take(self.tx, says, self.by, AFTER))
        if isinstance(done, StorageError):
            assert not self.models[session].counts
            return
        self._taken(done, says, "feedback", again=False)

    @precondition(lambda self: self._ids("session"))
    @rule(data=st.data(), who=st.integers(0, 2), score=st.none() | st.integers(1, 5))
    def someone_is_asked_or_answers(self, data: st.DataObject, who: int, score: int | None) -> None:
        session, person = data.draw(st.sampled_from(self._ids("session"))), self.team[who]
        asked = self.chat.setdefault(session, {})
        if score is None or person.id not in asked:
            feedback.ask(self.tx, session, [person.id])
            asked.setdefault(person.id, None)
            return
        done = self._try(
            lambda: feedback.answer(self.tx, session, person, score, "a comment", AFTER)
        )
        if asked[person.id] is not None:
            assert isinstance(done, AlreadyAnswered)
        else:
            assert done is None
            asked[person.id] = score

    @precondition(lambda self: self.models)
    @rule(data=st.data())
    def someone_changes(self, data: st.DataObject) -> None:
        says_of = {
            "session": said_sessions, "output": said_outputs, "member": said_members
        }  # fmt: skip
        ids = [id for id, one in self.models.items() if one.kind.name in says_of and one.counts]
        if not ids:
            return
        id = data.draw(st.sampled_from(ids))
        model = self.models[id]
        says = data.draw(says_of[model.kind.name])
        if data.draw(st.booleans()) and model.kind is sessions.KIND:
            says = replace(model.says, cancelled=not model.says.cancelled)
        self._became(
            id, lambda now: records.change(self.tx, model.kind, id, now, says, self.by, AFTER)
        )

    @precondition(lambda self: self.models)
    @rule(data=st.data())
    def someone_voids(self, data: st.DataObject) -> None:
        id = data.draw(st.sampled_from(sorted(self.models)))
        kind = self.models[id].kind
        self._became(id, lambda now: records.void(self.tx, kind, id, now, self.by, AFTER))

    @precondition(lambda self: self.models)
    @rule(data=st.data())
    def someone_undoes(self, data: st.DataObject) -> None:
        id = data.draw(st.sampled_from(sorted(self.models)))
        model = self.models[id]
        was = model.history[-2] if len(model.history) > 1 else (model.says, True)
        self._became(id, lambda now: records.undo(self.tx, model.kind, id, now, self.by, AFTER))
        assert not isinstance(model.history[-1][0], Output) or model.history[-1] == was

    @rule(day=edges)
    def another_day_is_asked_for(self, day: date) -> None:
        self.day = day

    # What always holds

    @invariant()
    def the_figures_are_what_the_lists_say(self) -> None:
        lists = self._lists()
        for at in (self.day, PLAN.ends):
            expected = oracle.reached(lists, at)
            for figure in figures.read(self.tx, PLAN, at):
                if (one := expected.get(figure.target.id)) is None:
                    assert figure == figures.Figure(figure.target)
                    continue
                parts = tuple(int(part.actual or 0) for part in figure.parts)
                pair = figure.numerator, figure.denominator
                assert (figure.target.id, oracle.Reached(figure.actual, pair, parts)) == (
                    figure.target.id,
                    one,
                )

    @invariant()
    def the_sums_are_those_of_the_sessions(self) -> None:
        assert list(session_sums.wrong(self.tx)) == []
        lists = self._lists()
        heads = sum(
            one.participants
            for one in lists.sessions
            if one.target == "plc-meetings" and not one.cancelled
        )
        plc = next(one for one in PLAN.target if one.id == "plc-meetings")
        summed = session_sums.by_area(self.tx, plc, EDGES[0], EDGES[-1]).values()
        assert sum(one.participants for one in summed) == heads

    # How the model goes along

    def _ids(self, kind: str) -> list[int]:
        return [id for id, one in self.models.items() if one.kind.name == kind]

    def _live(self, kind: str) -> dict[int, Any]:
        return {id: self.models[id].says for id in self._ids(kind) if self.models[id].counts}

    def _try(self, work: Callable[[], Any]) -> Any:
        """Do a unit of work in a savepoint, as the writer does; its result, or its refusal."""
        self.tx.run("SAVEPOINT unit")
        try:
            return work()
        except StorageError as error:
            note(f"refused: {error!r}")
            self.tx.run("ROLLBACK TO unit")
            return error
        finally:
            self.tx.run("RELEASE unit")

    def _add(self, kind: Kind[Any], says: Any, at: int) -> None:
        done = records.add(self.tx, kind, says, self.by, at)
        day = datetime.fromtimestamp(at, UTC).date()
        self.models[done.id] = Model(kind, day, [(says, False)])

    def _taken(self, done: Record[Any], says: Any, kind: str, *, again: bool) -> None:
        before = {id: one for id, one in self._live(kind).items() if one.session == says.session}
        if not before:
            known = {"attendance": presences.KIND, "feedback": feedback.KIND}[kind]
            assert done.id not in self.models
            self.models[done.id] = Model(known, EDGES[4], [(says, False)])
            return
        ((id, was),) = before.items()
        assert done.id == id
        if says != was and not (again and says.file == was.file):
            self.models[id].history.append((says, False))
        assert done.version == len(self.models[id].history)

    def _became(self, id: int, work: Callable[[int], Record[Any]]) -> None:
        model = self.models[id]
        done = self._try(lambda: work(len(model.history)))
        if isinstance(done, StorageError):
            self._check_refusal(id, done)
            return
        assert done.version == len(model.history) + 1
        model.history.append((done.says, done.voided is not None))

    def _check_refusal(self, id: int, error: StorageError) -> None:
        """Nothing is refused but what can't be: names where none are kept, or a place taken."""
        model = self.models[id]
        if isinstance(error, NamesNotKept):
            assert model.kind in (sessions.KIND, presences.KIND)
            return
        assert isinstance(error, ChangedMeanwhile)
        others = {
            other
            for other in self._ids(model.kind.name)
            if other != id
            and self.models[other].counts
            and getattr(self.models[other].says, "session", 0)
            == getattr(model.says, "session", None)
        }
        assert not model.counts or others

    def _lists(self) -> oracle.Lists:
        live_outputs = ((id, says) for id, says in self._live("output").items())
        return oracle.Lists(
            [self._held(id, says) for id, says in self._live("session").items()],
            [
                oracle.Made(says.target, self.models[id].recorded, says.published, says.url)
                for id, says in live_outputs
            ],
            [oracle.Known(id, says.role, says.starts) for id, says in self._live("member").items()],
        )

    def _held(self, id: int, says: Session) -> oracle.Held:
        held = oracle.Held(
            says.target,
            [(one.day, one.minutes) for one in says.days],
            says.area,
            says.cancelled,
        )
        for one in self._live("attendance").values():
            if one.session == id:
                held.here = [(there.day, there.member) for there in one.present]
                held.participants = max(_heads(one, 0), _heads(one, 1))
        for one in self._live("feedback").values():
            if one.session == id:
                held.totals = one.asked, one.answered, one.positive
        asked = self.chat.get(id, {})
        held.scores = [score for score in asked.values() if score is not None]
        return held


def _heads(says: Attendance, day: int) -> int:
    typed = sum(one.number for one in says.counts if one.day == day)
    members = {one.member for one in says.present if one.day == day}
    others = {one.name for one in says.unmatched if one.day == day}
    return max(typed, len(members) + len(others))


TestYear = Year.TestCase
TestYear.settings = settings(max_examples=EXAMPLES, stateful_step_count=30, deadline=None)
