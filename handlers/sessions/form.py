"""The form of a session: its fields, for recording one and for changing it; and that of a move."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from handlers import describe
from handlers.chat import values as given
from handlers.chat.cards import Form, Input, InputKind, Reply
from handlers.chat.context import Context
from handlers.chat.texts import capital
from handlers.lines.clock import read_time
from handlers.lines.grammar import read_minutes
from handlers.meetings import naming
from handlers.sessions import convening, words
from storage import communities
from storage.community import Community
from storage.engine import Tx
from storage.plan import Language
from storage.records import Record
from storage.sessions import Day, Session

LONGEST_TEXT = 1000
MOST_REGISTERED = 9999
TEXTS = ("title", "theme", "place", "agenda")
LINK = re.compile(r"https?://\S+")


def values_of(ctx: Context, says: Session) -> dict[str, str]:
    """A session as the values of the form's inputs."""
    return {
        "target": says.target,
        "area": says.area,
        "title": says.called(ctx.t.language),
        "theme": says.theme,
        "audience": ",".join(says.audience),
        "day": says.first.isoformat() if says.days else "",
        "more_days": ", ".join(one.day.isoformat() for one in says.days[1:]),
        "starts": says.days[0].starts if says.days else "",
        "length": ctx.t.duration(says.days[0].minutes) if says.days else "",
        "language": says.language,
        "place": says.link or says.place,
        "boards": ",".join(says.boards),
        "registered": str(says.registered) if says.registered else "",
        "community": str(says.community) if says.community else "",
        "agenda": says.agenda,
    }


async def show(
    ctx: Context,
    values: Mapping[str, str],
    carried: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Reply:
    """The form, filled with ``values``; ``carried`` comes back with it untouched.

    For what is called a "meeting", or can be a community's, it asks of which and for its agenda.
    """
    there = await ctx.store.read(_communities, ctx, values)
    targets = {one.says.target for one in there}
    known = bool(values.get("community")) or values.get("target") in targets
    meeting = "meeting" in carried or ("id" in carried and known)
    return Reply(build(ctx, values, carried, errors, there if meeting else None))


def build(
    ctx: Context,
    values: Mapping[str, str],
    carried: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    of: Sequence[Record[Community]] | None = None,
) -> Form:
    """The form; with ``of``, whose it can be, as it is for a meeting."""
    t, errors = ctx.t, errors or {}

    def ask(
        name: str,
        kind: InputKind = InputKind.TEXT,
        choices: tuple[tuple[str, str], ...] = (),
        *,
        required: bool = False,
    ) -> Input:
        hint = t.texts.get(f"session.hint.{name}", "")
        assert isinstance(hint, str)
        label, value = t(f"session.field.{name}"), values.get(name, "")
        return Input(name, label, kind, value, choices, required, hint, errors.get(name, ""))

    network = ctx.plans.network
    roles = [(one.id, capital(describe.role(t, network, one.id, 2))) for one in network.role]
    boards = [(one.id, one.short[t.language]) for one in network.body]
    languages = [(one.value, t(f"session.language.{one}")) for one in Language]
    both = ("both", t("session.language.both"))
    editing = "id" in carried
    whose = [(str(one.id), one.says.name(t.language)) for one in of or ()]
    community = [ask("community", InputKind.CHOICE, tuple(whose))] if whose else []
    agenda = [ask("agenda", InputKind.LONG_TEXT)] if of is not None else []
    return Form(
        "session.save",
        t("session.form.edit" if editing else "session.form.title"),
        (
            *community,
            ask("title", required=not whose),
            ask("target", InputKind.CHOICE, tuple(words.targets(ctx).items()), required=not whose),
            ask("area", InputKind.CHOICE, tuple(words.parts(ctx).items())),
            ask("day", InputKind.DATE, required=True),
            ask("length", required=True),
            ask("starts"),
            ask("more_days"),
            ask("theme"),
            ask("audience", InputKind.CHOICES, tuple(roles)),
            ask("boards", InputKind.CHOICES, tuple(boards)),
            ask("place"),
            *agenda,
            ask("language", InputKind.CHOICE, (*languages, both)),
            ask("registered", InputKind.NUMBER),
        ),
        t("session.form.save" if editing else "session.form.submit"),
        t("session.form.cancel"),
        carried,
    )


async def read(ctx: Context, values: Mapping[str, str]) -> tuple[Session | None, dict[str, str]]:
    """What the inputs say: a session, or the errors by input.

    A community's meeting needs neither a target nor a title: the title stays empty then.
    """
    t, errors = ctx.t, dict[str, str]()
    said = {name: " ".join(values.get(name, "").split()) for name in values_of(ctx, EMPTY)}
    said["agenda"] = values.get("agenda", "").strip()
    whose: Record[Community] | None = None
    if said["community"]:
        there = await ctx.store.read(_communities, ctx, values)
        whose = next((one for one in there if str(one.id) == said["community"]), None)
        if whose is None:
            errors["community"] = t("session.why.choice")
        elif not said["target"]:
            said["target"] = convening.target_of(ctx, whose.says).id
    known: dict[str, Any] = {
        "target": words.targets(ctx),
        "area": {"": "", **words.parts(ctx)},
        "language": {"", "both", *Language},
    }
    errors |= {
        name: t("session.why.choice") for name, ids in known.items() if said[name] not in ids
    }
    for name, ids in (
        ("audience", {one.id for one in ctx.plans.network.role}),
        ("boards", {one.id for one in ctx.plans.network.body}),
    ):
        if not set(filter(None, said[name].split(","))) <= ids:
            errors[name] = t("session.why.choice")
    for name in TEXTS:
        if len(said[name]) > LONGEST_TEXT:
            errors[name] = t("session.why.too_much_text", most=t.number(LONGEST_TEXT))
    if not said["title"] and whose is None:
        errors["title"] = t("session.why.title")
    days, minutes, starts = _days(said), _minutes(ctx, said["length"]), clock(said["starts"])
    if not given.is_day(said["day"]):
        errors["day"] = t("session.why.day")
    elif days is None:
        errors["more_days"] = t("session.why.more_days")
    if minutes is None:
        errors["length"] = t("session.why.length")
    if starts is None:
        errors["starts"] = t("session.why.starts")
    registered = said["registered"]
    if registered and not (given.is_count(registered) and int(registered) <= MOST_REGISTERED):
        errors["registered"] = t("session.why.registered", most=t.number(MOST_REGISTERED))
    if errors or days is None or minutes is None or starts is None:
        return None, errors
    target = words.target(ctx, said["target"])
    link = LINK.fullmatch(said["place"])
    return Session(
        said["target"],
        said["title"],
        said["theme"],
        said["area"] if target and any(one.id == said["area"] for one in target.part) else "",
        tuple(filter(None, said["audience"].split(","))),
        tuple(Day(day, starts, minutes) for day in days),
        said["language"],
        "" if link else said["place"],
        said["place"] if link else "",
        tuple(filter(None, said["boards"].split(","))),
        int(registered) if registered else None,
        head_counts=target is not None and target.head_counts,
        community=whose.id if whose else 0,
        agenda=said["agenda"],
    ), {}


def moving(ctx: Context, title: str, values: Mapping[str, str], error: str = "") -> Form:
    """The form that asks for a session's new day and time; its "id" and "version" come back.

    ``error`` is about the time where the day can be read, else about the day.
    """
    t, on = ctx.t, values.get("day", "")
    of_time = given.is_day(on)
    day = Input(
        "day",
        t("session.field.day"),
        InputKind.DATE,
        on,
        required=True,
        error="" if of_time else error,
    )
    starts = Input(
        "starts",
        t("session.field.starts"),
        value=values.get("starts", ""),
        hint=t("session.hint.starts"),
        error=error if of_time else "",
    )
    carried = {name: values[name] for name in ("id", "version") if name in values}
    save, cancel = t("session.form.move"), t("session.form.cancel")
    return Form(
        "session.moved", t("session.move", title=title), (day, starts), save, cancel, carried
    )


def clock(text: str) -> str | None:
    """When it starts, "13:30"; "" of nothing, None of what is no time."""
    return read_time(text) if text else ""


def _communities(tx: Tx, ctx: Context, values: Mapping[str, str]) -> list[Record[Community]]:
    """Those that can plan a meeting, and the one that is chosen already."""
    there = naming.offered(tx, ctx)
    chosen = values.get("community", "")
    if given.is_count(chosen) and int(chosen) not in {one.id for one in there}:
        there += [one for one in communities.everyone(tx) if one.id == int(chosen)]
    return there


def _days(said: Mapping[str, str]) -> list[date] | None:
    """All days in order, or None where one is none or comes twice."""
    texts = [said["day"], *filter(None, said["more_days"].replace(",", " ").split())]
    if not all(map(given.is_day, texts)) or len(set(texts)) < len(texts):
        return None
    return sorted(map(date.fromisoformat, texts))


def _minutes(ctx: Context, said: str) -> int | None:
    """The minutes of a day: a half or full day as the plan has it, or as the grammar reads it."""
    minutes = words.of_day(ctx, said) or read_minutes(said, half_day_minutes=words.half_day(ctx))
    return minutes if isinstance(minutes, int) else None


EMPTY = Session("", "", days=())
