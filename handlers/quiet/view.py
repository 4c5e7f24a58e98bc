"""Pauses as they are shown: what is paused until when, the offers, the receipt, and the form."""

from collections.abc import Sequence
from datetime import date, timedelta

from handlers.chat.cards import (
    Action,
    Block,
    Card,
    Example,
    Form,
    Input,
    InputKind,
    Item,
    Reply,
    Style,
    Text,
    Tone,
)
from handlers.chat.context import Context
from handlers.chat.texts import Texts, capital
from handlers.quiet.subjects import Subject
from storage.quiet import Quiet
from storage.records import Record

WEEKS = timedelta(days=14)


def overview(ctx: Context, there: Sequence[Subject]) -> Card:
    """Everything the person can pause, as it is, with the offers."""
    t = ctx.t
    if not there:
        return Card(t("quiet.title.all"), (Text(t("quiet.nothing")),))
    items = [item(t, one, ctx.today) for one in there]
    rest = (Text(t("quiet.or_say"), muted=True), Example(t("quiet.example")))
    return Card(t("quiet.title.all"), (Text(t("quiet.intro")), *items, *rest))


def item(t: Texts, one: Subject, today: date) -> Item:
    """A subject with how it stands, and what can be done."""
    if one.paused is None:
        return Item(one.text, t("quiet.on"), actions=offers(t, one.about, one.text, today))
    actions = (_resume(t, one.about, one.text), _other(t, one.about, one.text))
    return Item(one.text, until(t, one.paused.until), actions=actions)


def offers(t: Texts, about: str, hint: str, today: date) -> tuple[Action, ...]:
    """Until tomorrow, until Monday, two weeks, until they say."""
    monday = today + timedelta(days=7 - today.weekday())
    days = {
        "tomorrow": today + timedelta(days=1),
        "monday": monday,
        "two_weeks": today + WEEKS,
    }
    if days["tomorrow"] == monday:
        del days["tomorrow"]
    each = [(name, day.isoformat()) for name, day in days.items()]
    return tuple(
        Action(t(f"quiet.offer.{name}"), "quiet.set", {"about": about, "until": day}, hint=hint)
        for name, day in (*each, ("forever", ""))
    )


def until(t: Texts, day: date | None) -> str:
    """ "Paused until Monday 17 February 2025; that day I start again"."""
    return t("quiet.forever") if day is None else t("quiet.until", day=t.full_date(day))


def receipt(ctx: Context, record: Record[Quiet], text: str) -> Reply:
    """What is paused now, or that it is no longer, with the way back."""
    t, says = ctx.t, record.says
    of = {"id": str(record.id), "version": str(record.version)}
    undo = Action(t("quiet.undo"), "quiet.undo", of, hint=text)
    if record.voided is not None or not says.holds(ctx.today):
        blocks: tuple[Block, ...] = (Item(text, t("quiet.on")),)
        return Reply(Card(t("quiet.title.resumed"), blocks, (undo,), Tone.GOOD), replace=True)
    blocks = (Item(text, until(t, says.until)),)
    actions = (undo, _other(t, says.about, text), _resume(t, says.about, text))
    return Reply(Card(t("quiet.title.paused"), blocks, actions, Tone.GOOD), replace=True)


def which(ctx: Context, about: Sequence[tuple[str, str]], days: Sequence[date | None]) -> Reply:
    """Which subject is meant, or which day, of several."""
    t = ctx.t
    several = len(about) > 1
    actions = [
        Action(
            text if several else capital(t.full_date(day)) if day else t("quiet.offer.forever"),
            "quiet.set",
            {"about": one, "until": day.isoformat() if day else ""},
            hint="" if several else text,
        )
        for one, text in about
        for day in days[: 1 if several else None]
    ]
    return Reply(Card(t("quiet.which" if several else "quiet.which_day"), (), tuple(actions)))


def form(ctx: Context, about: str, text: str, day: str, error: str = "") -> Form:
    """Asks for the day on which it starts again."""
    t = ctx.t
    asked = Input(
        "until",
        t("quiet.form.day"),
        InputKind.DATE,
        day,
        required=True,
        hint=t("quiet.form.hint"),
        error=error,
    )
    save, cancel = t("quiet.form.save"), t("session.form.cancel")
    return Form("quiet.save", text, (asked,), save, cancel, {"about": about})


def _resume(t: Texts, about: str, hint: str) -> Action:
    return Action(t("quiet.resume"), "quiet.resume", {"about": about}, Style.PRIMARY, hint)


def _other(t: Texts, about: str, hint: str) -> Action:
    return Action(t("quiet.other_day"), "quiet.day", {"about": about}, hint=hint)
