"""/survey done, /journal done: who handed one in, by name or by themself; which one is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.chat import values
from handlers.chat.cards import Action, Card, Item, Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.surveys import form, line, matching, recording, standing, view, words
from handlers.surveys.matching import Named
from handlers.surveys.standing import Mine, Standing
from handlers.surveys.words import What
from storage.engine import Tx

router = Router()

NAMES = "said"  # what a line says of names, on the buttons that ask which survey is meant


@dataclass(frozen=True, slots=True)
class Said:
    """What "done …" is about: some of one survey, or one of several; oneself without people."""

    among: list[Standing]
    people: list[Named]
    mine: list[Mine]
    day: date | None


async def said(ctx: Context, what: What, text: str) -> Reply:
    """Record the people a line names; where it names nobody, the person who says it."""
    read = await ctx.store.read(_read, ctx, what, text)
    if read.people:
        recording.check(ctx)
        if len(read.among) > 1:
            return _which(ctx, read.among, "survey.said", {NAMES: text})
        return await recording.take(ctx, read.among[0], read.people, {"survey": _id(read.among[0])})
    if read.mine:
        return await _own(ctx, read)
    if not ctx.person.role.logs:
        raise UserError("survey.not_yours")
    if len(read.among) > 1:
        return _which(ctx, read.among, "survey.people", {})
    return Reply(_people(ctx, read.among[0]))


@router.action("survey.said")
async def said_of(msg: Incoming, ctx: Context) -> Reply:
    """The survey was chosen: record for it the people whom the line named."""
    recording.check(ctx)
    text = values.text(msg.values, NAMES)
    one = await ctx.store.read(standing.get, ctx, values.whole(msg.values, "survey"))
    people = await ctx.store.read(_named, ctx, one, text)
    return await recording.take(ctx, one, people, {"survey": _id(one)})


@router.action("survey.people")
async def ask_people(msg: Incoming, ctx: Context) -> Reply:
    """Ask who handed a survey in."""
    recording.check(ctx)
    one = await ctx.store.read(standing.get, ctx, values.whole(msg.values, "survey"))
    return Reply(_people(ctx, one))


@router.action("survey.names")
async def named(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent: record who is named in it, or have an act say so."""
    one = await ctx.store.read(standing.get, ctx, values.whole(msg.values, "survey"))
    carried = {name: msg.values[name] for name in recording.CARRIED if name in msg.values}
    title, day = words.title(ctx, one.survey.says), msg.values.get("day", "")
    error = ""
    if not (day == "" and "id" in carried) and not values.is_day(day):
        error = ctx.t("survey.why.day")
    elif day and not one.survey.says.opened <= date.fromisoformat(day) <= ctx.today:
        error = ctx.t("survey.why.when", day=ctx.t.day(one.survey.says.opened))
    when = date.fromisoformat(day) if day and not error else None
    if "people" not in msg.values:
        if error or when is None:
            error = error or ctx.t("survey.why.day")
            return Reply(form.people(ctx, title, {"day": day}, carried, {"day": error}, alone=True))
        return await recording.redate(ctx, carried, when)
    recording.check(ctx)
    people = await ctx.store.read(_named, ctx, one, msg.values["people"])
    errors = {"day": error} if error else {}
    if not people:
        errors["people"] = ctx.t("survey.why.people")
    if errors:
        return Reply(form.people(ctx, title, msg.values, carried, errors))
    dated = [replace(each, day=when or each.day) for each in people]
    kept = {} if when else {"kept": "yes"}
    return await recording.take(ctx, one, dated, {**carried, **kept})


@router.action("survey.mine")
async def mine(msg: Incoming, ctx: Context) -> Reply:
    """The person who presses it has handed it in."""
    day = values.day(msg.values, "day") if "day" in msg.values else ctx.today
    seen = await ctx.store.read(view.read, ctx, values.whole(msg.values, "survey"))
    if seen.mine is None:
        raise UserError("survey.not_yours")
    return await _own_act(ctx, seen.mine, day)


def _id(one: Standing) -> str:
    return str(one.survey.id)


def _read(tx: Tx, ctx: Context, what: What, text: str) -> Said:
    """What the line is about. Raises UserError where none is out."""
    among = [one for one in standing.year(tx, ctx, what) if one.is_out]
    if not among:
        raise UserError(f"survey.none_out.{what}")
    head, colon, rest = text.partition(":")
    if colon and (found := standing.meant(ctx, head.strip(), what, among)):
        among, text = found, rest.strip()
    left, day = line.day_at_end(text, today=ctx.today)
    named = standing.meant(ctx, left, what, among)
    if not left or named:
        among = named or among
        return Said(_open(among), [], standing.mine(tx, ctx, among), day)
    each = [(one, standing.roster(tx, one)) for one in among]
    fit = [one for one, roster in each if _all_known(_split(text, roster, ctx.today), roster)]
    among = _open(fit or among)
    return Said(among, _named(tx, ctx, among[0], text), [], None)


def _open(among: list[Standing]) -> list[Standing]:
    """Those that may still be handed in; where all are closed, all of them."""
    return [one for one in among if one.is_open] or among


def _named(tx: Tx, ctx: Context, one: Standing, text: str) -> list[Named]:
    """The people a text names."""
    return _split(text, standing.roster(tx, one), ctx.today)


def _split(text: str, roster: matching.Roster, today: date) -> list[Named]:
    """The people in a text, each with the day that stands at its end where one does.

    A day after the last of them is everyone's.
    """
    day: date | None = None
    each = line.names(text, roster.knows)
    if each and not roster.knows(each[-1]):
        left, day = line.day_at_end(each[-1], today=today)
        each = [*each[:-1], *([left] if left else [])]
    return [Named("", one, day) if "@" in one else Named(one, "", day) for one in each]


def _all_known(people: Sequence[Named], roster: matching.Roster) -> bool:
    return all(len(roster.humans(one) & roster.asked.keys()) == 1 for one in people)


def _people(ctx: Context, one: Standing) -> form.Form:
    filled = {"day": ctx.today.isoformat()}
    return form.people(ctx, words.title(ctx, one.survey.says), filled, {"survey": _id(one)})


def _which(ctx: Context, among: list[Standing], action: str, carried: Mapping[str, str]) -> Reply:
    """Ask which of several surveys is meant."""
    t = ctx.t
    items: list[Item] = []
    for one in among:
        title = words.title(ctx, one.survey.says)
        choose = Action(t("survey.choose"), action, {**carried, "survey": _id(one)}, hint=title)
        items.append(Item(title, view.when(ctx, one), actions=(choose,)))
    return Reply(Card(t("survey.which"), tuple(items)))


async def _own(ctx: Context, read: Said) -> Reply:
    """Record that the person who says it handed in the one that is still to be."""
    open_ = [one for one in read.mine if one.standing.is_open and one.day is None]
    left = open_ or [one for one in read.mine if one.day is None] or read.mine[:1]
    if len(left) > 1:
        carried = {"day": read.day.isoformat()} if read.day else {}
        return _which(ctx, [one.standing for one in left], "survey.mine", carried)
    return await _own_act(ctx, left[0], read.day or ctx.today)


async def _own_act(ctx: Context, mine: Mine, day: date) -> Reply:
    opened = mine.standing.survey.says.opened
    if not opened <= day <= ctx.today:
        raise UserError("survey.when", day=ctx.t.full_date(opened))
    return await recording.own(ctx, mine.standing.survey.id, mine.member, day)
