"""Four meetings as they are proposed, with other days a press away; and as they are planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers import describe
from handlers.chat import values
from handlers.chat.cards import (
    Action,
    Block,
    Card,
    Facts,
    Form,
    Input,
    Item,
    Style,
    Text,
    Tone,
)
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.texts import capital
from handlers.meetings import four_days, receipt
from handlers.meetings.four_days import MONTHS
from handlers.meetings.receipt import Told
from handlers.sessions import words
from storage.calendar import is_school_day
from storage.community import Community
from storage.records import Record
from storage.sessions import Session


@dataclass(frozen=True, slots=True)
class Draft:
    """Meetings that are proposed: a day each in the order of MONTHS, None where there is none.

    ``kept`` are those of these months that are planned already; ``year`` is the one in which the
    school year begins.
    """

    community: Record[Community]
    year: int
    days: tuple[date | None, ...]
    kept: tuple[Record[Session] | None, ...]
    starts: str
    minutes: int
    link: str

    @property
    def planned(self) -> str:
        """The numbers of what is planned already, as a button carries them."""
        return ",".join(str(one.id) if one else "" for one in self.kept)


@dataclass(frozen=True, slots=True)
class Made:
    """Meetings that were planned together, as they stand, and who hears of them."""

    community: Record[Community]
    sessions: tuple[Record[Session], ...]
    told: Told | None


def open_days(ctx: Context) -> four_days.IsOpen:
    """Whether a meeting can still be planned on a day: a school day to come."""
    return lambda day: day > ctx.today and is_school_day(ctx.plans.in_force(day), day)


def show(ctx: Context, draft: Draft) -> Card:
    """Each month's meeting with buttons for other days, and one that plans them all."""
    t = ctx.t
    name = draft.community.says.name(t.language)
    rows = [
        ("starts", words.clock(ctx, draft.starts) or t("series.no_time")),
        ("length", words.length(ctx, draft.minutes)),
        ("place", draft.link),
    ]
    blocks: list[Block] = [
        Facts(tuple((t(f"session.field.{label}"), said) for label, said in rows if said))
    ]
    blocks += [_item(ctx, draft, place) for place in range(len(MONTHS))]
    count = sum(day is not None for day in draft.days)
    actions = [Action(t("series.form"), "series.form", _values(draft), hint=name)]
    if count:
        plan = Action(t("series.plan", count=count), "series.plan", _values(draft), Style.PRIMARY)
        actions.insert(0, plan)
    title = t("series.title", community=name, year=f"{draft.year}-{(draft.year + 1) % 100:02}")
    return Card(title, tuple(blocks), tuple(actions))


def form(
    ctx: Context, draft: Draft, filled: Mapping[str, str], errors: Mapping[str, str] | None = None
) -> Form:
    """The form for what all of them share."""
    t, errors = ctx.t, errors or {}
    inputs = tuple(
        Input(
            name,
            t(f"series.field.{name}"),
            value=filled.get(name, ""),
            required=name == "length",
            error=errors.get(name, ""),
        )
        for name in ("at", "length", "where")
    )
    title, cancel = t("series.form"), t("session.form.cancel")
    return Form("series.fill", title, inputs, t("series.save"), cancel, _values(draft))


def made(ctx: Context, made: Made) -> Card:
    """What was planned, with who hears of it; or what is left once all is taken back."""
    t = ctx.t
    gone = all(one.voided is not None for one in made.sessions)
    blocks: list[Block] = []
    for one in made.sessions:
        text = describe.session(t, one.says)
        detail = words.clock(ctx, one.says.starts)
        open_ = Action(t("session.open"), "session.open", {"id": str(one.id)}, hint=text)
        blocks.append(Item(text, detail, struck=gone, actions=() if gone else (open_,)))
    if made.told is not None:
        says = made.sessions[0].says
        blocks.append(Facts(tuple(receipt.rows(ctx, says, made.told, tells=True))))
        if not gone:
            blocks += [Text(note) for note in receipt.notes(ctx, says, made.told)]
    carried = {"made": ",".join(f"{one.id}:{one.version}" for one in made.sessions)}
    label = t("session.restore" if gone else "session.undo")
    undo = Action(label, "series.undo", carried, Style.PRIMARY if gone else Style.PLAIN)
    name = made.community.says.name(t.language)
    title = t("series.taken_back" if gone else "series.planned", community=name)
    return Card(title, tuple(blocks), (undo,), Tone.NEUTRAL if gone else Tone.GOOD)


def versions(text: str) -> Sequence[tuple[int, int]]:
    """The numbers and versions that an Undo carries; a stranger's word."""
    found: list[tuple[int, int]] = []
    for one in text.split(","):
        id, _, version = one.partition(":")
        if not (values.is_count(id) and values.is_count(version)):
            raise UserError("errors.no_such_button")
        found.append((int(id), int(version)))
    if not 1 <= len(found) <= len(MONTHS):
        raise UserError("errors.no_such_button")
    return found


def _item(ctx: Context, draft: Draft, place: int) -> Block:
    """One month: planned already, proposed with its other days, or nothing left of it."""
    t, kept, day = ctx.t, draft.kept[place], draft.days[place]
    if kept is not None:
        return Item(describe.session(t, kept.says), t("series.kept"))
    month = capital(t.month(four_days.month(draft.year, place)[0]))
    if day is None:
        return Item(month, t("series.none_left"))
    is_open = open_days(ctx)
    others = (
        ("earlier", four_days.in_weeks(draft.year, place, day, -1, is_open)),
        ("later", four_days.in_weeks(draft.year, place, day, 1, is_open)),
        ("next", four_days.day_after(draft.year, place, day, is_open)),
    )
    said = capital(t.full_date(day))
    actions = tuple(
        Action(t(f"series.{label}"), "series.show", _values(draft, place, other), hint=said)
        for label, other in others
        if other is not None
    )
    return Item(said, "", actions=actions)


def _values(draft: Draft, place: int | None = None, day: date | None = None) -> dict[str, str]:
    """What is proposed as a button carries it, with another day in one place."""
    if place is not None:
        draft = replace(draft, days=(*draft.days[:place], day, *draft.days[place + 1 :]))
    return {
        "community": str(draft.community.id),
        "year": str(draft.year),
        "days": ",".join(one.isoformat() if one else "" for one in draft.days),
        "kept": draft.planned,
        "starts": draft.starts,
        "minutes": str(draft.minutes),
        "link": draft.link,
    }
