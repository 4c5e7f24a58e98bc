"""Random years, recorded through the chat with restarts in between: every figure is the oracle's.

What is said and pressed goes through the real router and store; beside it, plain lists keep what
was said, and the oracle counts them anew after every step. ``JALON_YEARS=2000`` looks longer.
"""

import os
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from handlers.chat.cards import Form
from storage import figures, people, report, rsvps
from storage.engine import Tx
from storage.people import Newcomer
from storage.report import ReportKind
from storage.rsvps import Answer as Answered
from tests import oracle
from tests.conversation import MANAGER, STAFF
from tests.random_year import COLLEAGUE, GUESTS, MEETINGS, PLANS, PROGRAMME, Held, Thing, Told, iso

YEARS = int(os.environ.get("JALON_YEARS", "150"))
STEPS = 14
PLAN = PLANS.get("clc-2024-25")
ANNUAL = ReportKind.ANNUAL
# The edges of the plan and of a month, and today.
DAYS = [
    date(2024, 6, 28), date(2024, 7, 1), date(2024, 9, 30), date(2024, 10, 1),
    date(2025, 1, 31), date(2025, 2, 11), date(2025, 2, 12),
]  # fmt: skip
NEXT = dict(pairwise(DAYS))
TO_COME = [date(2025, 2, 26), date(2025, 3, 19), date(2025, 6, 30)]
SURVEYS = {"survey-cdas": "CDAs", "survey-principals": "principals", "survey-reps": "board reps"}
ANSWERS = {"Coming": Answered.COMING, "Maybe": Answered.MAYBE, "Not coming": Answered.NOT_COMING}
AREAS = ("outcome-area", "theme-of-choice")
days = st.sampled_from(DAYS)


class Year(Told):
    """A year as it is told to the bot."""

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
        card = self.submit(form, MANAGER, role=role, starts=iso(starts), ends=iso(ends))
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
        if self.is_to_come(thing.says):
            assert "still to come" in self.submit(card, heads=str(heads)).text
            return
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
        counted = thing.says.target in ("cegep-workshop", "family-workshops")
        if counted or self.is_to_come(thing.says):
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
        day, human = max(day, opened), self.human(name)
        form = self.press(survey.card, "Record who did")
        card = self.submit(form, people=name, day=day.isoformat())
        done = any(
            one.about == number and one.says is not None and self.human(one.says[0]) == human
            for one in self.things
            if one.kind == "completion"
        )
        there = (starts or opened) <= opened <= (ends or opened)
        nobody = isinstance(card.reply.says, Form) or "Undo" not in card.labels
        if nobody and (done or role != oracle.ROLES[target] or not there):
            return  # who came since may hand in a journal all the same
        self.add("completion", card, (name, day))
        self.things[-1].about = number

    @precondition(lambda self: self.of("community"))
    @rule(data=st.data(), day=st.sampled_from([*DAYS, *TO_COME]))
    def someone_plans_a_meeting_of_a_community(self, data: st.DataObject, day: date) -> None:
        id, name = data.draw(st.sampled_from(self.of("community")))
        title = f"Number {self.number()}"
        card = self.say(f"/meeting {name}: {title}, {day} 1pm 90 min")
        self.add("session", card, Held(MEETINGS, "", (day,), 90, community=id, title=title))

    @precondition(lambda self: any(self.to_come(guest) for guest in GUESTS))
    @rule(
        data=st.data(), guest=st.sampled_from(GUESTS), label=st.sampled_from([*ANSWERS, *ANSWERS])
    )
    def a_member_says_whether_they_come(
        self, data: st.DataObject, guest: Newcomer, label: str
    ) -> None:
        there, card = self.to_come(guest), self.say("/meeting", guest)
        assert card.labels.count("Open") == min(len(there), 6), card.text
        if there and len(there) <= 6:
            thing = data.draw(st.sampled_from(there))
            looks = self.press(card, f"Open {thing.says.title}", guest)
            assert not self.press(looks, label, guest).reply.refused
            self.answers.setdefault(self.id(thing), {})[guest.name] = ANSWERS[label]

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

    @invariant()
    def a_report_says_the_same(self) -> None:
        lists = self.lists()
        made = self.loop.run(self.store.read(report.read, PLAN, ANNUAL, 0, self.chat.now.date()))
        expected = oracle.reached(lists, made.period.at)
        assert len(made.targets) == 25
        for figure in (one.figure for one in made.targets):
            assert figure.actual == expected[figure.target.id].actual
        for id in oracle.SESSIONS:
            held = [one for one in made.annexes.sessions if one.target.id == id]
            assert len(held) == len(oracle.held(lists, id, made.period.at))
        support = made.annexes.accompaniment
        for lines in (support.boards, support.roles, support.objectives):
            hours = Fraction(sum(one.minutes for one in lines), 60)
            assert hours == expected["accompaniment-hours"].actual
        hours = Fraction(sum(one.support.minutes for one in made.annexes.partners), 60)
        assert hours == expected["partner-hours"].actual

    @invariant()
    def every_community_has_its_own_meetings(self) -> None:
        lists, plan = self.lists(), PROGRAMME
        for at in (self.chat.now.date(), PLAN.ends):
            each = oracle.met(lists, plan.id, plan.starts, plan.ends, at)
            read = self.loop.run(self.store.read(figures.read, plan, at))
            figure = next(one for one in read if one.target.id == MEETINGS)
            assert figure.actual == oracle.together(each).actual
            parts = {int(one.part.id): (one.actual, one.part.goal) for one in figure.parts}
            assert parts == each

    @invariant()
    def every_answer_is_the_last_that_was_given(self) -> None:
        def given(tx: Tx, meeting: int) -> dict[str, Answered]:
            found = rsvps.answers(tx, meeting)
            return {people.get(tx, person).name: answer for person, answer in found.items()}

        for meeting, answers in self.answers.items():
            assert self.loop.run(self.store.read(given, meeting)) == answers


TestYear = Year.TestCase
TestYear.settings = settings(max_examples=YEARS, stateful_step_count=STEPS, deadline=None)
