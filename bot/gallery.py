"""Every card the product can show, made by having the conversation that the scenes hold."""

import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot import sample
from bot.dispatch import Dispatch
from bot.posting import make
from handlers.all import everything
from handlers.chat.cards import Action, Card, Form, Item, Progress
from handlers.chat.incoming import Dropped, Incoming, Kind, Place
from schedules.all import JOBS
from schedules.occurring import coming
from storage import addresses, delivered, deliveries, people
from storage.deliveries import Delivery, State
from storage.engine import Store, Tx
from storage.people import Newcomer, TeamRole
from storage.plan import Language
from storage.plan_files import Plans, load_plans

FOLDER = Path(__file__).with_name("scenes")
# In this order: a scene goes on from what those before it have left.
SCENES = (
    "hours",
    "outputs",
    "roster",
    "sessions",
    "attendance",
    "feedback",
    "partners",
    "surveys",
    "communities",
    "reports",
    "targets",
    "check",
    "interests",
    "practices",
    "reminders",
    "meetings",
    "pauses",
    "deliveries",
    "community_meetings",
    "channels",
    "pictures",
    "weekly",
    "narratives",
    "sent_reports",
)
NAMES = {
    TeamRole.STAFF: "Alex Roy",
    TeamRole.MANAGER: "Sam Roy",
    TeamRole.ADMIN: "Inès Gagnon",
    TeamRole.MEMBER: "Marie Tremblay",
    TeamRole.PENDING: "Nora Newell",
}

MOST_WAITING = 10_000

Shown = Card | Form


class Step(BaseModel):
    """One thing done: said in ``en`` or ``fr``, pressed, sent from no card of ours, submitted, a
    file of ``size`` bytes with this ``content`` dropped, or the bot ``added``; or a card that was
    there is looked at; or the bot speaks by itself.

    ``posted`` is the name of a post: the next one shown that waits for the person of this role, or
    for the ``channel``. The job ``due``, where it is said, occurs right before. ``became`` says
    what the newest post of a name has become by then: "feedback.question failed is_archived".

    ``keep`` names what is shown then, ``on`` the card that is pressed (else the one just shown);
    ``on_day`` moves the clock to that day; ``values`` pick the button, or fill the form;
    ``channel``: where others read along; ``email``: what the platform says is that person's.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    en: str = ""
    fr: str = ""
    press: str = ""
    forge: str = ""
    submit: bool = False
    drop: str = ""
    size: int = 4
    content: str = "1,2\n"
    added: bool = False
    look: bool = False
    posted: str = ""
    due: str = ""
    became: str = ""
    values: Mapping[str, str] = {}
    on: str = ""
    keep: str = ""
    role: TeamRole = TeamRole.STAFF
    on_day: date | None = None
    channel: bool = False
    email: str = ""


def steps(names: Sequence[str] = SCENES) -> list[Step]:
    """The steps of these scenes, or of the whole conversation, in order."""
    scenes = [tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")) for name in names]
    return [Step(**one) for scene in scenes for one in scene.get("step", ())]


async def cards(language: Language) -> Sequence[tuple[str, Shown]]:
    """Each card, with what was said or pressed to bring it up."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        try:
            await sample.fill(store, load_plans(None))
            talk = Talk(store, language)
            return [await talk.take(step) for step in steps()]
        finally:
            await store.close()


class Talk:
    """A conversation with a Jalon of its own, as a door would have it."""

    def __init__(self, store: Store, language: Language) -> None:
        self._store = store
        self._language = language
        self._now = sample.STARTS
        self._plans = load_plans(None)
        self._dispatch = Dispatch(store, self._plans, everything(), lambda: self._now)
        self._kept: dict[str, Shown] = {}
        self._count = 0

    async def take(self, step: Step) -> tuple[str, Shown]:
        """Do a step; return what brought the card up, and the card."""
        if step.on_day is not None:
            day = step.on_day
            self._now = sample.STARTS.replace(year=day.year, month=day.month, day=day.day)
        if step.became:
            await self._store.write(become, step.became, int(self._now.timestamp()))
        title, says = await (self._posted(step) if step.posted else self._answered(step))
        self._kept[""] = says
        if step.keep:
            self._kept[step.keep] = says
        return title, says

    async def _answered(self, step: Step) -> tuple[str, Shown]:
        title, kind, name, text, values = self._done(step)
        who = Newcomer(
            "gallery",
            step.role,
            NAMES[step.role],
            f"{self._language}-CA",
            role=step.role,
            email=step.email,
        )
        id = "channel" if step.channel else f"direct-{step.role}"
        place = Place("gallery", id, direct=not step.channel)
        self._count += 1
        key = f"gallery-{self._count}"
        files = (Dropped(step.drop, step.size, step.content.encode()),) if step.drop else ()
        reply = await self._dispatch(Incoming(who, place, kind, key, name, text, values, files))
        return title, reply.says

    async def _posted(self, step: Step) -> tuple[str, Shown]:
        def say(tx: Tx) -> Card:
            at = int(self._now.timestamp())
            occur(tx, step, self._plans, self._now)
            deliveries.reach(tx, ("gallery",), at)
            one = _waiting(tx, step)
            address = addresses.find(tx, one.platform, one.place)
            assert address is not None
            router = self._dispatch.router
            card, _ = make(tx, one.post, address, router, self._plans, self._now)
            assert card is not None
            deliveries.said(tx, one.id, f"gallery-{one.id}", at)
            return card

        return f"[{step.posted}]", await self._store.write(say)

    def _done(self, step: Step) -> tuple[str, Kind, str, str, Mapping[str, str]]:
        """A step's title, kind, name, text and values."""
        said = step.fr if self._language is Language.FR else step.en
        if said:
            return said, Kind.MESSAGE, "", said, {}
        if step.drop:
            return f"[{step.drop}]", Kind.DROP, "", "", {}
        if step.forge:
            return f"[{step.forge}]", Kind.PRESS, step.forge, "", step.values
        if step.added:
            return "[+ Jalon]", Kind.ADDED, "", "", {}
        card = self._kept[step.on]
        if step.submit:
            assert isinstance(card, Form)
            filled = {one.name: one.value for one in card.inputs} | dict(step.values)
            text = "\n".join(value for value in filled.values() if value)
            return f"[{card.submit}]", Kind.SUBMIT, card.name, text, dict(card.values) | filled
        assert isinstance(card, Card)
        if step.look:
            assert card.refresh is not None
            return f"[{card.title}]", Kind.PRESS, card.refresh.name, "", card.refresh.values
        for action in actions_of(card):
            if action.name == step.press and step.values.items() <= action.values.items():
                return f"[{action.label}]", Kind.PRESS, action.name, "", action.values
        raise LookupError(step.press)


def occur(tx: Tx, step: Step, plans: Plans, now: datetime) -> None:
    """Have the job that a step says is ``due`` occur, and what it says be due now."""
    for job in JOBS:
        if job.name == step.due and job.posts is not None:
            since = now.astimezone(UTC) - timedelta(seconds=1)
            one = next(coming(tx, job, plans, since))
            for post in job.posts(tx, plans, one):
                deliveries.put(tx, replace(post, due=0), int(now.timestamp()))


def become(tx: Tx, what: str, at: int) -> None:
    """Have the newest post of a name end in a state, for a reason."""
    says, state, *why = what.split()
    one = next(one for one in delivered.latest(tx, limit=MOST_WAITING) if one.post.says == says)
    if state == State.SENT:
        deliveries.said(tx, one.id, "gallery", at)
    else:
        deliveries.end(tx, one.id, State(state), at, " ".join(why))


def _waiting(tx: Tx, step: Step) -> Delivery:
    """What waits to be said under a step's name, to its role's person or in the channel."""
    person = people.find(tx, "gallery", step.role)
    whose = person.id if person else 0
    for one in reversed(delivered.latest(tx, {State.WAITING}, MOST_WAITING)):
        here = one.post.channel is not None if step.channel else one.post.person == whose
        if one.post.says == step.posted and one.platform == "gallery" and here:
            return one
    raise LookupError(step.posted)


def actions_of(card: Card) -> list[Action]:
    """Every button of a card, those inside its blocks first."""
    within = [block for block in card.blocks if isinstance(block, Item | Progress)]
    return [*(action for block in within for action in block.actions), *card.actions]
