"""Any mix of counts, names, picks, files and undos: sums are a recount, and a file counts once.

``JALON_ATTENDANCES=2000 pytest tests/handlers/test_attendance_properties.py`` looks longer.
"""

import asyncio
import os
import tempfile
from collections.abc import Coroutine
from datetime import date
from pathlib import Path
from typing import TypeVar

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from handlers.chat.cards import InputKind
from storage import presences, records, rosters, sessions
from storage.engine import Store, Tx
from storage.people import TeamRole
from storage.presences import Attendance
from storage.records import Record
from storage.rosters import Member
from storage.sessions import Day, Session
from storage.verify import problems
from tests.conversation import STAFF, Answer, Chat
from tests.new_database import new_folder
from tests.storage.making import NOW, meet

T = TypeVar("T")

MIXES = int(os.environ.get("JALON_ATTENDANCES", "25"))
PEOPLE = [
    ("Marie Tremblay", "EMSB"),
    ("John O’Brien", "RSB"),
    ("Aïcha Diallo", "RSB"),
    ("Noémie Côté", ""),
]
NAMES = [*(name for name, _ in PEOPLE), "Priya Patel", "Zoé Zed"]
HELD = [
    Session("pd-workshops", "Asset mapping", days=(Day(date(2025, 2, 10), "09:00", 180),)),
    Session(
        "onboarding-sessions",
        "Orientation",
        audience=("cda",),
        days=(Day(date(2025, 2, 4), "09:00", 180), Day(date(2025, 2, 6), "09:00", 180)),
    ),
    Session(
        "family-workshops",
        "Reading",
        days=(Day(date(2025, 2, 8), "09:00", 180),),
        head_counts=True,
    ),
]
UNNAMED = 2
which = st.sampled_from(range(len(HELD)))
someone = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)


def report(day: date, stays: dict[str, int]) -> str:
    """Zoom's report of who stayed how many minutes."""
    rows = [
        f"{name},,{day} 09:00:00,{day} {9 + minutes // 60:02}:{minutes % 60:02}:00,{minutes},No"
        for name, minutes in stays.items()
    ]
    head = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"
    return "\n".join((head, *rows)) + "\n"


class Attendances(RuleBasedStateMachine):
    """Three sessions: of one day, of two days with one between, and of parents."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.cards: list[Answer] = []
        self.start()
        self.ids = self.run(self.store.write(_begin))

    def start(self) -> None:
        self.store = self.run(self._open())
        self.chat = Chat(self.store)

    async def _open(self) -> Store:
        return Store(new_folder(Path(self.folder.name)))

    def teardown(self) -> None:
        self.run(self.store.close())
        self.loop.close()
        self.folder.cleanup()

    # What people say, press and drop

    @rule(one=which, emsb=st.integers(0, 9), rsb=st.integers(0, 9), more=st.integers(-2, 3))
    def heads_are_counted(self, one: int, emsb: int, rsb: int, more: int) -> None:
        whole = emsb + rsb + more
        if whole < 1:
            return
        boards = f"EMSB {emsb} " * (emsb > 0) + f"RSB {rsb}" * (rsb > 0)
        done = self.say(f"/attendance #{self.ids[one]} {whole} {boards}")
        if more < 0 and boards:
            assert done.reply.refused
            return
        self.keep(done)
        counts = self.of(one).counts
        for day in range(len(HELD[one].days)):
            assert sum(count.number for count in counts if count.day == day) == whole

    @rule(one=which, names=someone)
    def names_are_typed(self, one: int, names: list[str]) -> None:
        done = self.say(f"/attendance #{self.ids[one]} {', '.join(names)}")
        if one == UNNAMED:
            assert done.reply.refused
        else:
            self.keep(done)

    @rule(one=st.sampled_from([0, 1]), data=st.data())
    def names_are_ticked(self, one: int, data: st.DataObject) -> None:
        form = self.run(self.chat.press(self.opened(one), "Pick names"))
        ticked = {
            asked.name: ",".join(
                data.draw(st.lists(st.sampled_from([id for id, _ in asked.choices]), unique=True))
            )
            for asked in form.form.inputs
            if asked.kind is InputKind.CHOICES
        }
        done = self.run(self.chat.submit(form, STAFF, **ticked))
        if any(ticked.values()):
            self.keep(done)

    @rule(one=which, data=st.data())
    def a_report_is_dropped_twice(self, one: int, data: st.DataObject) -> None:
        day = data.draw(st.sampled_from([each.day for each in HELD[one].days]))
        stays = {name: data.draw(st.sampled_from([10, 89, 90, 180])) for name in data.draw(someone)}
        stayed = sum(minutes >= 90 for minutes in stays.values())
        before = self.record(one)
        taken = self.take_in(one, report(day, stays))
        assert (taken is None) == (stayed == 0)
        if taken is None:
            return
        after = self.record(one)
        assert after is not None
        self.take_in(one, report(day, stays))
        assert self.record(one) == after
        if after != before:
            place = [each.day for each in HELD[one].days].index(day)
            says = after.says
            assert stayed == sum(
                len([found for found in there if found.day == place])
                for there in (says.present, says.unmatched)
            ) + sum(found.number for found in says.counts if found.day == place)
            self.keep(taken)

    @precondition(lambda self: self.cards)
    @rule(data=st.data())
    def something_is_undone(self, data: st.DataObject) -> None:
        card = data.draw(st.sampled_from(self.cards))
        label = "Undo" if "Undo" in card.labels else "Restore"
        done = self.run(self.chat.press(card, label))
        if not done.reply.refused:  # the attendance has gone on since
            self.cards.append(done)

    @precondition(lambda self: self.cards)
    @rule(data=st.data())
    def an_unknown_name_is_someone(self, data: st.DataObject) -> None:
        unknown = [one for one in (0, 1) if self.of(one).unmatched]
        if not unknown:
            return
        one = data.draw(st.sampled_from(unknown))
        name, came = self.of(one).unmatched[0].name, self.of(one).participants
        asked = self.run(self.chat.press(self.opened(one), "Who is it?"))
        form = self.run(self.chat.press(asked, "Someone else"))
        member = data.draw(st.sampled_from(self.run(self.store.read(rosters.everyone)))).id
        self.keep(self.run(self.chat.submit(form, STAFF, member=str(member))))
        assert name not in {found.name for found in self.of(one).unmatched}
        assert came - 1 <= self.of(one).participants <= came

    @rule()
    def the_bot_is_restarted(self) -> None:
        self.run(self.store.close())
        self.start()

    # What always holds

    @invariant()
    def all_that_is_kept_holds(self) -> None:
        assert self.run(self.store.read(problems)) == []

    @invariant()
    def nobody_is_named_among_parents(self) -> None:
        kept = self.run(self.store.read(_dump))
        assert not any(name in line for name in NAMES for line in kept.get(self.ids[UNNAMED], ()))
        assert not self.of(UNNAMED).named

    # How it is asked

    def run(self, doing: Coroutine[None, None, T]) -> T:
        return self.loop.run(doing)

    def say(self, text: str) -> Answer:
        return self.run(self.chat.say(text))

    def keep(self, done: Answer) -> None:
        assert not done.reply.refused, done.text
        assert "Undo" in done.labels, done.text
        self.cards.append(done)

    def opened(self, one: int) -> Answer:
        return self.say(f"/attendance #{self.ids[one]}")

    def record(self, one: int) -> Record[Attendance] | None:
        return self.run(self.store.read(presences.of_session, self.ids[one]))

    def of(self, one: int) -> Attendance:
        found = self.record(one)
        return found.says if found else Attendance(self.ids[one])

    def take_in(self, one: int, content: str) -> Answer | None:
        """Take a report in for the session; None where it offers nothing to take in."""
        offered = self.run(self.chat.drop(content, text=f"#{self.ids[one]}"))
        shown = self.run(self.chat.press(offered, "This one"))
        if "Take in" not in shown.labels:
            return None
        return self.run(self.chat.press(shown, "Take in"))


def _begin(tx: Tx) -> list[int]:
    by = meet(tx, "Manager", TeamRole.MANAGER)
    for name, board in PEOPLE:
        rosters.add(tx, Member(name, role="cda", board=board), by, NOW)
    return [records.add(tx, sessions.KIND, one, by, NOW).id for one in HELD]


def _dump(tx: Tx) -> dict[int, list[str]]:
    """Every version of every attendance there is, as text, by session."""
    found: dict[int, list[str]] = {}
    rows = tx.rows(
        "SELECT r.id, r.content, v.content AS before FROM records r"
        " LEFT JOIN record_versions v ON v.record = r.id WHERE r.kind = 'attendance'"
    )
    for row in rows:
        session = presences.KIND.read(row["content"]).session
        found.setdefault(session, []).extend((row["content"], row["before"] or ""))
    return found


TestAttendances = Attendances.TestCase
# Shorter ones are not looked for: each try makes a database.
TestAttendances.settings = settings(
    max_examples=MIXES,
    stateful_step_count=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
