"""Every card the product can show, made by having the conversation that the scenes hold."""

import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot import sample
from bot.dispatch import Dispatch
from handlers.all import everything
from handlers.chat.cards import Action, Card, Form, Item, Progress
from handlers.chat.incoming import Dropped, Incoming, Kind, Place
from storage.engine import Store
from storage.people import Newcomer, TeamRole
from storage.plan import Language
from storage.plan_files import load_plans

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
)
NAMES = {
    TeamRole.STAFF: "Alex Roy",
    TeamRole.MANAGER: "Sam Roy",
    TeamRole.ADMIN: "Inès Gagnon",
    TeamRole.MEMBER: "Marie Tremblay",
    TeamRole.PENDING: "Nora Newell",
}

Shown = Card | Form


class Step(BaseModel):
    """One thing done: said in ``en`` or ``fr``, pressed, sent from no card of ours, submitted, a
    file of ``size`` bytes with this ``content`` dropped, or the bot ``added``; or a card that was
    there is looked at.

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
    values: Mapping[str, str] = {}
    on: str = ""
    keep: str = ""
    role: TeamRole = TeamRole.STAFF
    on_day: date | None = None
    channel: bool = False
    email: str = ""


def steps() -> list[Step]:
    """The whole conversation's steps, in order."""
    scenes = [tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")) for name in SCENES]
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
        self._language = language
        self._now = sample.STARTS
        self._dispatch = Dispatch(store, load_plans(None), everything(), lambda: self._now)
        self._kept: dict[str, Shown] = {}
        self._count = 0

    async def take(self, step: Step) -> tuple[str, Shown]:
        """Do a step; return what brought the card up, and the card."""
        if step.on_day is not None:
            day = step.on_day
            self._now = sample.STARTS.replace(year=day.year, month=day.month, day=day.day)
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
        self._kept[""] = reply.says
        if step.keep:
            self._kept[step.keep] = reply.says
        return title, reply.says

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


def actions_of(card: Card) -> list[Action]:
    """Every button of a card, those inside its blocks first."""
    within = [block for block in card.blocks if isinstance(block, Item | Progress)]
    return [*(action for block in within for action in block.actions), *card.actions]
