"""Random years, recorded through the chat with restarts in between: every figure is the oracle's.

What is said and pressed goes through the real router and store; beside it, plain lists keep what
was said, and the oracle counts them anew after every step. ``JALON_YEARS=2000`` looks longer.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from handlers.chat.cards import Form
from storage import figures
from storage.engine import Store
from storage.people import Newcomer, TeamRole
from storage.plan_files import load_plans
from storage.verify import problems
from tests import oracle
from tests.conversation import MANAGER, STAFF, Answer, Chat

YEARS = int(os.environ.get("JALON_YEARS", "200"))
STEPS = 14
PLAN = load_plans(None).get("clc-2024-25")
# The edges of the plan and of a month, and today.
DAYS = [
    date(2024, 6, 28), date(2024, 7, 1), date(2024, 9, 30), date(2024, 10, 1),
    date(2025, 1, 31), date(2025, 2, 11), date(2025, 2, 12),
]  # fmt: skip
NEXT = dict(pairwise(DAYS))
SURVEYS = {"survey-cdas": "CDAs", "survey-principals": "principals", "survey-reps": "board reps"}
AREAS = ("outcome-area", "theme-of-choice")
COLLEAGUE = Newcomer("test", "chris", "Chris Poe", "en-CA", role=TeamRole.STAFF)
GUESTS = [
    Newcomer("test", name, name.title(), guest=True, email=f"{name}@example.org")
    for name in ("ann", "bob", "cleo")
]
days = st.sampled_from(DAYS)


@dataclass
class Thing:
    """Something recorded: what it says by version (None: taken back), and its newest card.

    ``about`` is the number of the session that an attendance or feedback is of.
    """

    kind: str
    card: Answer = field(repr=False)
    by: Newcomer = field(repr=False)
    history: list[Any] = field(default_factory=list[Any])
    about: int = 0

    @property
    def says(self) -> Any:
        return self.history[-1]


@dataclass(frozen=True)
class Held:
    """What is said of a session; days in order."""

    target: str
    area: str
    days: tuple[date, ...]
    minutes: int
    cancelled: bool = False


class Year(RuleBasedStateMachine):
    """A year as it is told to the bot."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.things = [replace(one, history=[*one.history]) for one in self.begun()]
        self.asked: dict[int, dict[str, int | None]] = {}  # session: guest: score
        self.joined: Answer | None = None  # the card that says two colleagues are one person
        self.same: dict[str, str] = {}  # who of the roster is the same human as whom
        self.changed: set[str] = set()  # who was joined to another, so that older cards are stale
        self.said: list[tuple[str, Answer]] = []  # what the bot said by itself, and where
        self.count = 0
        self.start()

    def start(self) -> None:
        self.store = self.loop.run(self._open())
        self.chat = Chat(self.store)

    async def _open(self) -> Store:
        return Store(Path(self.folder.name))

    def stop(self) -> None:
        """Stop the bot; all that it keeps must prove right."""
        assert self.loop.run(self.store.read(problems)) == []
        self.loop.run(self.store.close())

    def teardown(self) -> None:
        self.stop()
        self.loop.close()
        self.folder.cleanup()

    def begun(self) -> list[Thing]:
        """Three of the network are on the chat: said once, and copied for each year."""
        if not BEGUN:
            folder = tempfile.TemporaryDirectory()
            BEGUN.append((folder, self.loop.run(_begin(Path(folder.name)))))
        folder, things = BEGUN[0]
        shutil.copytree(folder.name, self.folder.name, dirs_exist_ok=True)
        return things

    # What people say and press

    @rule(
        by=st.sampled_from([STAFF, COLLEAGUE]),
        kind=st.sampled_from(["accompaniment", "partner"]),
        day=days,
        minutes=st.integers(5, 40),
    )
    def someone_logs_hours(self, by: Newcomer, kind: str, day: date, minutes: int) -> None:
        who = "with a CDA at EMSB" if kind == "accompaniment" else "table CHSSN"
        card = self.say(f"/log {minutes} min {who} {day} re number {self.number()}", by)
        # What is logged while they are one stays with the one who is kept.
        self.add("entry", card, (kind, day, minutes), STAFF if self.joined else by)

    @precondition(lambda self: [one for one in self.things if one.kind == "entry" and one.says])
    @rule(data=st.data(), day=days)
    def someone_changes_the_day_of_an_entry(self, data: st.DataObject, day: date) -> None:
        entries = [one for one in self.things if one.kind == "entry" and one.says]
        thing = data.draw(st.sampled_from(entries))
        kind, _, minutes = thing.says
        self.become(thing, "Edit", (kind, day, minutes), day=day.isoformat())

    @rule()
    def two_accounts_turn_out_to_be_one_person_or_two(self) -> None:
        if self.joined is None:
            asked = self.say(f"/people link {STAFF.name} = {COLLEAGUE.name}", MANAGER)
            self.joined = self.press(asked, "Yes, join them", MANAGER)
            assert not self.joined.reply.refused, self.joined.text
        else:
            assert not self.press(self.joined, "Undo", MANAGER).reply.refused
            self.joined = None

    @rule(tool=st.sampled_from(oracle.TOOLS), day=st.none() | days, url=st.booleans())
    def someone_records_an_output(self, tool: str, day: date | None, url: bool) -> None:
        out = f", published {day}" if day else ""
        link = f", https://example.org/{self.number()}" if url else ""
        card = self.say(f"/output {tool}: Number {self.count}{link}{out}")
        self.add("output", card, (tool, day, url))

    @rule(
        role=st.sampled_from(["cda", "cda", "principal", "board_rep"]),
        starts=st.none() | days,
        ends=st.none() | days,
    )
    def someone_comes_to_the_roster(
        self, role: str, starts: date | None, ends: date | None
    ) -> None:
        if starts and ends and ends < starts:
            starts, ends = ends, starts
        name = f"Person {self.number()}"
        form = self.say(f"/people add {name}", MANAGER)
        card = self.submit(form, MANAGER, role=role, starts=_iso(starts), ends=_iso(ends))
        self.add("member", card, (role, starts, ends, name), MANAGER)

    @rule(
        area=st.sampled_from(AREAS),
        day=days,
        minutes=st.sampled_from([60, 149, 150, 180]),
    )
    def someone_records_a_workshop(self, area: str, day: date, minutes: int) -> None:
        self.hold(Held("pd-workshops", area, (day,), minutes))

    @rule(
        what=st.sampled_from(["plc-meetings", "plc-meetings", "onboarding-sessions",
                              "cegep-workshop", "family-workshops", "principal-webinars",
                              "transition-workshops", "board-rep-meetings"]),
        day=days,
        two=st.booleans(),
    )  # fmt: skip
    def someone_records_another_session(self, what: str, day: date, two: bool) -> None:
        both = (day, NEXT[day]) if two and day in NEXT else (day,)
        self.hold(Held(what, "", both, 90))

    @precondition(lambda self: len(self.alone()) > 1)
    @rule(data=st.data(), taken_back=st.booleans())
    def two_on_the_roster_turn_out_to_be_one(self, data: st.DataObject, taken_back: bool) -> None:
        two = data.draw(
            st.lists(st.sampled_from(self.alone()), min_size=2, max_size=2, unique=True)
        )
        asked = self.say(f"/people same {two[0]} = {two[1]}", MANAGER)
        card = self.press(asked, "One person", MANAGER)
        assert not card.reply.refused, card.text
        self.changed.add(two[1])
        if taken_back:
            assert not self.press(card, "Undo", MANAGER).reply.refused
        else:
            self.same[two[1]] = two[0]

    @precondition(lambda self: self.sessions())
    @rule(data=st.data(), day=days)
    def someone_moves_or_cancels_a_session(self, data: st.DataObject, day: date) -> None:
        thing = data.draw(st.sampled_from(self.sessions()))
        says: Held = thing.says
        if data.draw(st.booleans()):
            label = "It takes place after all" if says.cancelled else "Cancel it"
            self.become(thing, label, replace(says, cancelled=not says.cancelled))
            return
        by = day - says.days[0]
        moved = replace(says, days=tuple(one + by for one in says.days))
        self.become(thing, "Move", moved, day=day.isoformat())

    @precondition(lambda self: self.sessions())
    @rule(data=st.data(), heads=st.integers(1, 40))
    def someone_counts_heads(self, data: st.DataObject, heads: int) -> None:
        thing = data.draw(st.sampled_from(self.sessions()))
        card = self.press(self.press(thing.card, "Who came"), "Count heads")
        before = self.of_session("attendance", thing)
        kept = before.says[1] if before else frozenset[tuple[int, str]]()
        self.given("attendance", thing, self.submit(card, heads=str(heads)), (heads, kept))

    @precondition(lambda self: self.sessions() and self.members())
    @rule(data=st.data())
    def someone_names_who_came(self, data: st.DataObject) -> None:
        thing = data.draw(st.sampled_from(self.sessions()))
        members = st.sampled_from(self.members())
        named = data.draw(st.lists(members, min_size=1, max_size=3, unique_by=id))
        names = [one.says[3] for one in named]
        card = self.say(f"/attendance #{self.id(thing)} {', '.join(names)}")
        if thing.says.target in ("cegep-workshop", "family-workshops"):
            assert card.reply.refused, card.text
            return
        before = self.of_session("attendance", thing)
        heads, kept = before.says if before else (0, frozenset[tuple[int, str]]())
        every = [(day, name) for day in range(len(thing.says.days)) for name in names]
        self.given("attendance", thing, card, (heads, kept | frozenset(every)))

    @precondition(lambda self: self.sessions())
    @rule(data=st.data(), numbers=st.lists(st.integers(0, 9), min_size=3, max_size=3))
    def someone_gives_totals(self, data: st.DataObject, numbers: list[int]) -> None:
        positive, answered, asked = sorted(numbers)
        thing = data.draw(st.sampled_from(self.sessions()))
        said = f"/feedback #{self.id(thing)} {answered} of {asked + 1}, {positive} positive"
        card = self.say(said)
        if not self.is_over(thing.says):
            assert card.reply.refused, card.text
            return
        self.given("feedback", thing, card, (asked + 1, answered, positive))

    @precondition(lambda self: self.sessions())
    @rule(data=st.data(), scores=st.lists(st.integers(1, 5), max_size=3))
    def those_who_came_are_asked_and_answer(self, data: st.DataObject, scores: list[int]) -> None:
        thing = data.draw(st.sampled_from(self.sessions()))
        card = self.press(thing.card, "Feedback")
        ask = next((one for one in card.labels if one.startswith("Ask ")), "")
        there = self.of_session("attendance", thing)
        names = {name for _, name in there.says[1]} if there else set[str]()
        asked = self.asked.setdefault(self.id(thing), {})
        waiting = [one for one in GUESTS if one.name in names and one.name not in asked]
        assert bool(ask) == bool(waiting and self.is_over(thing.says)), card.text
        if not ask:
            return
        self.press(card, ask)
        asked |= dict.fromkeys((one.name for one in waiting), None)
        for guest, score in zip(waiting, scores, strict=False):
            question = self.question(guest, self.id(thing))
            label = next(one for one in question.labels if one.startswith(str(score)))
            assert not self.press(question, label, guest).reply.refused
            assert self.press(question, label, guest).reply.refused
            asked[guest.name] = score

    @rule(day=st.none() | days)
    def someone_records_an_agreement(self, day: date | None) -> None:
        name = f"Partner {self.number()}"
        card = self.say(f"/partner agreement with {name}" + (f" signed {day}" if day else ""))
        if "come near" in card.text:
            card = self.press(card, f"It is another one: {name}")
        self.add("agreement", card, day)

    @rule(
        what=st.sampled_from(["1", "2", "3", "plan"]),
        step=st.sampled_from(["sent", "posted"]),
        day=days,
    )
    def a_manager_marks_a_document(self, what: str, step: str, day: date) -> None:
        card = self.say(f"/report {what} {step} {day}", MANAGER)
        assert "Undo" in card.labels, card.text
        target = "action-plan" if what == "plan" else "dsrea-reports"
        kept = [one for one in self.things if one.kind == f"document {what}" and one.says]
        says = {**(kept[0].says if kept else {"target": target}), step: day}
        if kept:
            kept[0].card = card
            kept[0].history.append(says)
        else:
            self.things.append(Thing(f"document {what}", card, MANAGER, [says]))

    @rule(what=st.sampled_from([*SURVEYS, "journals-cdas"]), day=days)
    def a_survey_or_a_journal_goes_out(self, what: str, day: date) -> None:
        said = f"/survey open {SURVEYS[what]}" if what in SURVEYS else "/journal open"
        card = self.say(f"{said} {day}", MANAGER)
        if any(one.says[:2] == (what, day) for one in self.surveys()):
            assert card.reply.refused, card.text
            return
        self.add("survey", card, (what, day, self.number()), MANAGER)

    @precondition(lambda self: self.surveys() and self.members())
    @rule(data=st.data(), day=days)
    def somebody_hands_one_in(self, data: st.DataObject, day: date) -> None:
        survey = data.draw(st.sampled_from(self.surveys()))
        member = data.draw(st.sampled_from(self.members()))
        target, opened, number = survey.says
        role, starts, ends, name = member.says
        day = max(day, opened)
        form = self.press(survey.card, "Record who did")
        card = self.submit(form, people=name, day=day.isoformat())
        done = any(
            one.about == number and one.says is not None and one.says[0] == name
            for one in self.things
            if one.kind == "completion"
        )
        there = (starts or opened) <= opened <= (ends or opened)
        nobody = isinstance(card.reply.says, Form) or "Undo" not in card.labels
        if nobody and (done or role != oracle.ROLES[target] or not there):
            return  # who came since may hand in a journal all the same
        self.add("completion", card, (name, day))
        self.things[-1].about = number

    @precondition(lambda self: self.things)
    @rule(data=st.data())
    def someone_undoes(self, data: st.DataObject) -> None:
        thing = data.draw(st.sampled_from(self.things))
        if thing.kind == "member" and thing.history[0][3] in self.changed:
            return  # their newest card is not the one that is kept here
        label = next(one for one in thing.card.labels if one in ("Undo", "Restore"))
        card = self.press(thing.card, label, thing.by)
        becomes = thing.history[-2] if len(thing.history) > 1 else None
        if becomes is not None and thing.says is None and self.place_is_taken(thing):
            assert card.reply.refused, card.text
            return
        assert not card.reply.refused, card.text
        thing.card = card
        thing.history.append(becomes)

    @rule()
    def the_bot_is_restarted(self) -> None:
        self.stop()
        self.start()

    # What always holds

    @invariant()
    def every_figure_is_the_oracles(self) -> None:
        lists = self.lists()
        for at in (self.chat.now.date(), PLAN.ends):
            expected = oracle.reached(lists, at)
            read = self.loop.run(self.store.read(figures.read, PLAN, at))
            assert len(read) == len(expected) == 25
            for figure in read:
                parts = tuple(int(part.actual or 0) for part in figure.parts)
                pair = figure.numerator, figure.denominator
                found = oracle.Reached(figure.actual, pair, parts)
                assert (figure.target.id, found) == (figure.target.id, expected[figure.target.id])

    # How the lists go along

    def number(self) -> int:
        self.count += 1
        return self.count

    def say(self, text: str, who: Newcomer = STAFF) -> Answer:
        return self.loop.run(self.chat.say(text, who))

    def press(self, card: Answer, label: str, who: Newcomer = STAFF) -> Answer:
        return self.loop.run(self.chat.press(card, label, who))

    def submit(self, form: Answer, who: Newcomer = STAFF, **typed: str) -> Answer:
        return self.loop.run(self.chat.submit(form, who, **typed))

    def add(self, kind: str, card: Answer, says: Any, by: Newcomer = STAFF) -> None:
        assert not card.reply.refused, card.text
        assert "Undo" in card.labels, card.text
        self.things.append(Thing(kind, card, by, [says]))

    def become(self, thing: Thing, label: str, says: Any, **typed: str) -> None:
        card = self.press(thing.card, label, thing.by)
        thing.card = self.submit(card, thing.by, **typed) if typed else card
        assert not thing.card.reply.refused, thing.card.text
        thing.history.append(says)

    def hold(self, says: Held) -> None:
        card = self.submit(
            self.say("/workshop"),
            title=f"Number {self.number()}",
            target=says.target,
            area=says.area,
            day=says.days[0].isoformat(),
            more_days=", ".join(one.isoformat() for one in says.days[1:]),
            length=f"{says.minutes} min",
        )
        self.add("session", card, says)

    def given(self, kind: str, session: Thing, card: Answer, says: Any) -> None:
        """An attendance or totals were given: in the place of those that are there."""
        assert not card.reply.refused, card.text
        before = self.of_session(kind, session)
        if before is None:
            self.things.append(Thing(kind, card, STAFF, [says], self.id(session)))
            return
        before.card = card
        if says != before.says:
            before.history.append(says)

    def of_session(self, kind: str, session: Thing) -> Thing | None:
        """What counts of a session, also while the session itself is taken back."""
        id = self.id(session)
        there = (one for one in self.things if one.kind == kind and one.about == id)
        return next((one for one in there if one.says is not None), None)

    def place_is_taken(self, thing: Thing) -> bool:
        """Whether another of its kind and place counts, so that it cannot be restored."""
        others = (
            one
            for one in self.things
            if one is not thing and one.kind == thing.kind and one.about == thing.about
        )
        alone = thing.kind in ("attendance", "feedback") or thing.kind.startswith("document")
        return alone and any(one.says is not None for one in others)

    def is_over(self, says: Held) -> bool:
        return not says.cancelled and says.days[-1] <= self.chat.now.date()

    def id(self, session: Thing) -> int:
        return int(session.card.button("Edit").values["id"])

    def sessions(self) -> list[Thing]:
        return [one for one in self.things if one.kind == "session" and one.says is not None]

    def surveys(self) -> list[Thing]:
        return [one for one in self.things if one.kind == "survey" and one.says is not None]

    def members(self) -> list[Thing]:
        return [one for one in self.things if one.kind == "member" and one.says is not None]

    def alone(self) -> list[str]:
        """Those of the roster who were joined with nobody, by name."""
        names = [one.says[3] for one in self.members()]
        return [one for one in names if one not in self.same and one not in self.same.values()]

    def question(self, guest: Newcomer, session: int) -> Answer:
        """What a guest was asked about a session."""
        self.said += self.loop.run(self.chat.posted())
        for place, answer in self.said:
            if place == f"direct-{guest.id}" and (
                answer.card.actions[0].values["session"] == str(session)
            ):
                return answer
        raise AssertionError(guest)

    def of(self, kind: str) -> list[Any]:
        return [one.says for one in self.things if one.kind == kind and one.says is not None]

    def lists(self) -> oracle.Lists:
        today = self.chat.now.date()
        # Whoever was taken off the roster keeps their number: they are nobody else.
        every = [(n, one) for n, one in enumerate(self.things, 1) if one.kind == "member"]
        numbers = {one.history[0][3]: n for n, one in every}
        sent = [one.says for one in self.things if one.kind.startswith("document") and one.says]
        return oracle.Lists(
            sessions=[self._held(one, numbers) for one in self.sessions()],
            outputs=[
                oracle.Made(target, today, day, "https://example.org" if url else "")
                for target, day, url in self.of("output")
            ],
            members=[
                oracle.Known(numbers[name], *rest, numbers[self.same.get(name, name)])
                for *rest, name in (one.says for one in self.members())
            ],
            hours=self.of("entry"),
            agreements=[
                one.says for one in self.things if one.kind == "agreement" and one.says is not None
            ],
            surveys=[self._asked(one, numbers) for one in self.surveys()],
            sent=[(one["target"], one["sent"]) for one in sent if "sent" in one],
        )

    def _asked(self, thing: Thing, numbers: Mapping[str, int]) -> oracle.Asked:
        target, opened, id = thing.says
        done = [one for one in self.things if one.kind == "completion" and one.about == id]
        return oracle.Asked(
            target,
            opened,
            [(numbers[one.says[0]], one.says[1]) for one in done if one.says is not None],
        )

    def _held(self, thing: Thing, numbers: Mapping[str, int]) -> oracle.Held:
        says: Held = thing.says
        held = oracle.Held(
            says.target, [(day, says.minutes) for day in says.days], says.area, says.cancelled
        )
        if there := self.of_session("attendance", thing):
            held.here = [(day, numbers[name]) for day, name in there.says[1]]
        if totals := self.of_session("feedback", thing):
            held.totals = totals.says
        scores = self.asked.get(self.id(thing), {}).values()
        held.scores = [score for score in scores if score is not None]
        return held


BEGUN: list[tuple[tempfile.TemporaryDirectory[str], list[Thing]]] = []


async def _begin(folder: Path) -> list[Thing]:
    store, things = Store(folder), list[Thing]()
    chat = Chat(store)
    for who in (STAFF, COLLEAGUE, *GUESTS):
        await chat.say("/help", who)
    for guest in GUESTS:
        form = await chat.say(f"/people add {guest.name}, {guest.email}", MANAGER)
        card = await chat.submit(form, MANAGER, role="cda", starts="2024-08-26")
        says = ("cda", date(2024, 8, 26), None, guest.name)
        things.append(Thing("member", card, MANAGER, [says]))
    await store.close()
    return things


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


TestYear = Year.TestCase
TestYear.settings = settings(max_examples=YEARS, stateful_step_count=STEPS, deadline=None)
