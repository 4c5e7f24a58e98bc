"""What random years are made of: a bot that is told things, and lists of what it was told."""

import asyncio
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine

from handlers.chat.cards import Form
from handlers.reasons import GIVE
from storage.engine import Store
from storage.people import Newcomer, TeamRole
from storage.plan_files import SHIPPED, Plans, load_networks, load_plans, read_text
from storage.rolling import roll
from storage.rsvps import Answer as Answered
from storage.verify import problems
from tests import oracle
from tests.conversation import MANAGER, STAFF, Answer, Chat

PROGRAMME = roll(
    read_text(SHIPPED / "wellbeing-communities-2021-24.toml"), "2024-27", load_networks(None)
).plan
PLANS = Plans((*load_plans(None).all, PROGRAMME))
MEETINGS = "community-meetings"
COLLEAGUE = Newcomer("test", "chris", "Chris Poe", "en-CA", role=TeamRole.STAFF)
GUESTS = [
    Newcomer("test", name, name.title(), guest=True, email=f"{name}@example.org")
    for name in ("ann", "bob", "cleo")
]


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
    community: int = 0  # whose meeting it is
    title: str = ""


class Told(RuleBasedStateMachine):
    """A year as it is told to the bot, beside what was said."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.things = [replace(one, history=[*one.history]) for one in self.begun()]
        self.asked: dict[int, dict[str, int | None]] = {}  # session: guest: score
        self.answers: dict[int, dict[str, Answered]] = {}  # meeting: guest: whether they come
        self.joined: Answer | None = None  # the card that says two colleagues are one person
        self.same: dict[str, str] = {}  # who of the roster is the same human as whom
        self.changed: set[str] = set()  # who was joined to another, so that older cards are stale
        self.said: list[tuple[str, Answer]] = []  # what the bot said by itself, and where
        self.count = 0
        self.start()

    def start(self) -> None:
        self.store = self.loop.run(self._open())
        self.chat = Chat(self.store, plans=PLANS)

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
        """Three of the network are on the chat, and in one of two communities: said once."""
        if not BEGUN:
            folder = tempfile.TemporaryDirectory()
            BEGUN.append((folder, self.loop.run(_begin(Path(folder.name)))))
        folder, things = BEGUN[0]
        shutil.copytree(folder.name, self.folder.name, dirs_exist_ok=True)
        return things

    def number(self) -> int:
        self.count += 1
        return self.count

    def say(self, text: str, who: Newcomer = STAFF) -> Answer:
        return self.reasoned(self.loop.run(self.chat.say(text, who)), who)

    def press(self, card: Answer, label: str, who: Newcomer = STAFF) -> Answer:
        return self.reasoned(self.loop.run(self.chat.press(card, label, who)), who)

    def submit(self, form: Answer, who: Newcomer = STAFF, **typed: str) -> Answer:
        return self.reasoned(self.loop.run(self.chat.submit(form, who, **typed)), who)

    def reasoned(self, answer: Answer, who: Newcomer) -> Answer:
        """The answer once a reason is given, where a sent report was made from what is changed."""
        says = answer.reply.says
        if not isinstance(says, Form) or says.name != GIVE:
            return answer
        return self.loop.run(self.chat.submit(answer, who, reason_text="It was wrong"))

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

    def is_to_come(self, says: Held) -> bool:
        return says.days[0] > self.chat.now.date()

    def id(self, session: Thing) -> int:
        return int(session.card.button("Edit").values["id"])

    def sessions(self) -> list[Thing]:
        return [one for one in self.things if one.kind == "session" and one.says is not None]

    def to_come(self, guest: Newcomer) -> list[Thing]:
        """The meetings that one is asked about: as a member on their day, of one that counts."""
        members = [one.says[3] for one in self.members()]
        groups = [id for id, name in self.of("community") if name == "Elementary"]
        return [
            one
            for one in self.sessions()
            if one.says.community in groups
            and guest.name in members
            and not one.says.cancelled
            and self.chat.now.date() <= one.says.days[0]
        ]

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
            first = answer.card.actions[0]
            asked = first.name == "feedback.answer" and first.values["session"] == str(session)
            if place == f"direct-{guest.id}" and asked:
                return answer
        raise AssertionError(guest)

    def of(self, kind: str) -> list[Any]:
        return [one.says for one in self.things if one.kind == kind and one.says is not None]

    def human(self, name: str) -> str:
        """Who somebody on the roster is, under the name that both their lines are known by here."""
        return self.same.get(name, name)

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
                oracle.Known(numbers[name], *rest, numbers[self.human(name)])
                for *rest, name in (one.says for one in self.members())
            ],
            hours=self.of("entry"),
            agreements=[
                one.says for one in self.things if one.kind == "agreement" and one.says is not None
            ],
            surveys=[self._asked(one, numbers) for one in self.surveys()],
            sent=[(one["target"], one["sent"]) for one in sent if "sent" in one],
            communities=[
                oracle.Gathers(id, MEETINGS, PROGRAMME.id, (2024, 2026))
                for id, _ in self.of("community")
            ],
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
        held.community = says.community
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
    chat = Chat(store, plans=PLANS)
    for who in (STAFF, COLLEAGUE, *GUESTS):
        await chat.say("/help", who)
    for guest in GUESTS:
        form = await chat.say(f"/people add {guest.name}, {guest.email}", MANAGER)
        card = await chat.submit(form, MANAGER, role="cda", starts="2024-08-26")
        says = ("cda", date(2024, 8, 26), None, guest.name)
        things.append(Thing("member", card, MANAGER, [says]))
    for name, french in (("Elementary", "Primaire"), ("Secondary", "Secondaire")):
        said = f"/community new {name} / {french}, 2024-25 to 2026-27"
        card = await chat.say(said, MANAGER)
        says = (int(card.button("Edit").values["id"]), name)
        things.append(Thing("community", card, MANAGER, [says]))
    for guest in GUESTS:
        said = f"/community add {guest.name} to Elementary, since 2024-08-26"
        assert not (await chat.say(said, MANAGER)).reply.refused
    await store.close()
    return things


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""
