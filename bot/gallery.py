"""Every card the product can show, made by having the conversations that bring them up."""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.dispatch import Dispatch
from handlers.all import everything
from handlers.chat.cards import Action, Card, Form, Item, Progress
from handlers.chat.incoming import Incoming, Kind, Place
from handlers.chat.texts import Texts
from storage.engine import Store
from storage.people import Newcomer, TeamRole
from storage.plan import Language
from storage.plan_files import load_plans

AT = datetime(2025, 2, 12, 15, 0, tzinfo=UTC)

Shown = Card | Form


class Talk:
    """A conversation with a Jalon of its own, as a door would have it."""

    def __init__(self, dispatch: Dispatch, language: Language) -> None:
        self.dispatch = dispatch
        self._language = language
        self._count = 0

    async def say(self, text: str, role: TeamRole = TeamRole.STAFF) -> Shown:
        """What is answered to a message."""
        return await self._bring(role, kind=Kind.MESSAGE, text=text)

    async def press(
        self, card: Shown, name: str, role: TeamRole = TeamRole.STAFF, **choice: str
    ) -> Shown:
        """What is answered to the first button of this name (and with these values)."""
        assert isinstance(card, Card)
        for action in actions_of(card):
            if action.name == name and choice.items() <= action.values.items():
                return await self._bring(role, kind=Kind.PRESS, name=name, values=action.values)
        raise LookupError(name)

    async def submit(self, form: Shown, **typed: str) -> Shown:
        """What is answered to a filled-in form."""
        assert isinstance(form, Form)
        values = {one.name: one.value for one in form.inputs} | dict(form.values) | typed
        return await self._bring(TeamRole.STAFF, kind=Kind.SUBMIT, name=form.name, values=values)

    async def _bring(
        self,
        role: TeamRole,
        *,
        kind: Kind,
        name: str = "",
        text: str = "",
        values: Mapping[str, str] | None = None,
    ) -> Shown:
        self._count += 1
        who = Newcomer("gallery", role, role.title(), f"{self._language}-CA", role=role)
        place = Place("gallery", f"direct-{role}", direct=True)
        key = f"gallery-{self._count}"
        reply = await self.dispatch(Incoming(who, place, kind, key, name, text, values or {}))
        return reply.says


def actions_of(card: Card) -> list[Action]:
    """Every button of a card, those inside its blocks first."""
    within = [block for block in card.blocks if isinstance(block, Item | Progress)]
    return [*(action for block in within for action in block.actions), *card.actions]


async def cards(language: Language) -> Sequence[tuple[str, Shown]]:
    """Each card with a title that says what brought it up."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        try:
            dispatch = Dispatch(store, load_plans(None), everything(), lambda: AT)
            return await _converse(Talk(dispatch, language), Texts.load(language))
        finally:
            await store.close()


async def _converse(talk: Talk, t: Texts) -> list[tuple[str, Shown]]:
    french = t.language is Language.FR
    log, entries, progress, help_, language = (
        ("/noter", "/saisies", "/progres", "/aide", "/langue")
        if french
        else ("/log", "/entries", "/progress", "/help", "/language")
    )
    with_cda = "avec une ADC" if french else "with a CDA"
    shown: list[tuple[str, Shown]] = []

    def keep(title: str, says: Shown) -> Shown:
        shown.append((title, says))
        return says

    line = t("log.example")
    receipt = keep(line, await talk.say(line))
    keep(f"{line} (×2)", await talk.say(line))
    again = keep(t("log.again"), await talk.press(receipt, "entry.again"))
    form = keep(t("log.edit"), await talk.press(again, "entry.edit"))
    keep(t("log.form.save"), await talk.submit(form, duration="45 min"))
    keep(t("log.title.changed"), await talk.say(entries))
    undone = keep(t("log.undo"), await talk.press(receipt, "entry.undo"))
    keep(t("log.restore"), await talk.press(undone, "entry.undo"))
    keep(t("errors.title"), await talk.press(receipt, "entry.undo"))

    bare = keep(f"{log} 1h", await talk.say(f"{log} 1h"))
    keep(t("log.missing.role"), await talk.press(bare, "entry.fill", choice="cda"))
    keep(t("log.missing.partner"), await _as_partner(talk, log))
    keep(f"{log} CHSSN", await talk.say(f"{log} 1,5 h table CHSSN"))
    for words in (
        f"{log} 30 {with_cda}",
        f"{log} {with_cda}",
        f"{log} 2h 03/01",
        f"{log} 2h {'demain' if french else 'tomorrow'}",
        f"{log} {'toute la matinée' if french else 'all morning'} {with_cda}",
        f"{log} 0h {with_cda}",
        f"{log} 100h {with_cda}",
        f"{log} 2h 1900-01-01",
        f"{log} 2h 2025-02-30",
        f"{log} 11h {with_cda} NFSB",
        f"{with_cda} EMSB 2h",
        "merci" if french else "thanks",
        log,
        f"{log} {'aide' if french else 'help'}",
        f"{entries} 1900-13-45",
        f"{entries} {'le mois dernier' if french else 'last month'}",
        help_,
        f"{language}",
        f"{language} {'english' if french else 'français'}",
        f"{language} klingon",
    ):
        keep(words, await talk.say(words))
    back = "/language fr" if french else "/language en"
    await talk.say(back)
    empty = await talk.say(log)
    keep(t("log.form.title"), await talk.submit(empty, duration="?", day="", number_1="0"))
    keep("/lgo", await talk.say("/lgo 2h"))
    keep("/xyz", await talk.say("/xyz"))

    overview = keep(progress, await talk.say(progress))
    opened = await talk.press(overview, "progress.open", target="pd-workshops")
    detail = keep(t("progress.open"), opened)
    keep(t("progress.back"), await talk.press(detail, "progress.all"))
    opened = keep(t("progress.example"), await talk.say(t("progress.example")))
    keep(t("progress.entries"), await talk.press(opened, "progress.entries"))
    partner = "partenaires" if french else "partner"
    keep(f"{progress} {partner}", await talk.say(f"{progress} {partner}"))
    keep(f"{progress} xyz", await talk.say(f"{progress} xyz"))

    manager = TeamRole.MANAGER
    everyone = "tous" if french else "everyone"
    keep(f"{entries} {everyone}", await talk.say(f"{entries} {everyone}", manager))
    keep(f"{entries} xyz", await talk.say(f"{entries} xyz", manager))
    keep(f"{entries} staff", await talk.say(f"{entries} staff", manager))
    keep(t("help.role.member"), await talk.say(line, TeamRole.MEMBER))
    keep(t("help.waiting"), await talk.say(line, TeamRole.PENDING))
    asked = keep(t("help.role.manager"), await talk.say(help_, TeamRole.ADMIN))
    keep(t("help.given", name="", role=""), await talk.press(asked, "role.give", TeamRole.ADMIN))
    return shown


async def _as_partner(talk: Talk, log: str) -> Shown:
    card = await talk.say(f"{log} 50 min")
    return await talk.press(card, "entry.fill", field="kind")
