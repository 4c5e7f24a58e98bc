"""/meeting series: a school year's four meetings of a community, proposed and planned at once.

What is proposed is on the card's buttons until all are planned with one press; one Undo takes all
of them back.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.chat import values
from handlers.chat.cards import Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.lines.days import weekday_named
from handlers.lines.grammar import read_minutes
from handlers.meetings import changes, four_days, naming, receipt
from handlers.meetings.four_days import MONTHS
from handlers.meetings.naming import Sure
from handlers.sessions import convening, form, series_card, words
from handlers.sessions.series_card import Draft, Made
from storage import communities, records, sessions
from storage.community import school_year
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.records import Record
from storage.sessions import LONGEST_DAY, Day, Session

router = Router()

MINUTES = 90
FURTHEST = 4  # school years ahead
FRIDAY = 4
YEAR = re.compile(r"(?<!\S)(20\d\d)\s?[-–/]\s?\d\d(?:\d\d)?(?!\S)")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line asks for, as far as it says; ``year`` is the one its school year begins in."""

    community: Record[communities.Community]
    year: int | None
    weekday: int | None
    starts: str
    minutes: int | None
    link: str


async def propose(ctx: Context, text: str) -> Reply:
    """The four meetings that a line asks for. Raises UserError where it names no community."""
    draft = await ctx.store.read(_proposed, ctx, text)
    return Reply(series_card.show(ctx, draft))


@router.action("series.show")
async def show(msg: Incoming, ctx: Context) -> Reply:
    """The same four with another day."""
    draft = await ctx.store.read(_carried, ctx, msg.values)
    return Reply(series_card.show(ctx, draft), replace=True)


@router.action("series.form")
async def ask(msg: Incoming, ctx: Context) -> Reply:
    """Ask for the time, the length and the link of all of them."""
    draft = await ctx.store.read(_carried, ctx, msg.values)
    filled = {"length": ctx.t.duration(draft.minutes), "at": draft.starts, "where": draft.link}
    return Reply(series_card.form(ctx, draft, filled))


@router.action("series.fill")
async def fill(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent."""
    draft = await ctx.store.read(_carried, ctx, msg.values)
    said = {name: msg.values.get(name, "").strip() for name in ("length", "at", "where")}
    starts = form.clock(said["at"])
    minutes = words.of_day(ctx, said["length"]) or read_minutes(said["length"])
    errors: dict[str, str] = {}
    if starts is None:
        errors["at"] = ctx.t("session.why.starts")
    if not isinstance(minutes, int) or not 1 <= minutes <= LONGEST_DAY:
        errors["length"] = ctx.t("session.why.length")
    if said["where"] and not form.LINK.fullmatch(said["where"]):
        errors["where"] = ctx.t("series.why_link")
    if errors or starts is None or not isinstance(minutes, int):
        return Reply(series_card.form(ctx, draft, said, errors))
    filled = replace(draft, starts=starts, minutes=minutes, link=said["where"])
    return Reply(series_card.show(ctx, filled), replace=True)


@router.action("series.plan")
async def plan(msg: Incoming, ctx: Context) -> Reply:
    """Plan all that are proposed."""

    def work(tx: Tx) -> Made:
        draft = _carried(tx, ctx, msg.values)
        if draft.planned != values.text(msg.values, "kept"):
            raise ChangedMeanwhile
        target = convening.target_of(ctx, draft.community.says)
        made: list[Record[Session]] = []
        for day in sorted(filter(None, draft.days)):
            says = Session(
                target.id,
                "",
                days=(Day(day, draft.starts, draft.minutes),),
                link=draft.link,
                head_counts=target.head_counts,
                community=draft.community.id,
            )
            says = naming.titled(tx, ctx.t, draft.community, says)
            made.append(records.add(tx, sessions.KIND, says, ctx.person, ctx.at))
        changes.tell_all(tx, [(None, one) for one in made], ctx.at)
        return _made(tx, draft.community, made)

    return await ctx.change(work, lambda made: Reply(series_card.made(ctx, made), replace=True))


@router.action("series.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take all of them back, or put them all back."""
    versions = series_card.versions(values.text(msg.values, "made"))

    def work(tx: Tx) -> Made:
        before = [records.get(tx, sessions.KIND, id) for id, _ in versions]
        undone = [
            records.undo(tx, sessions.KIND, id, version, ctx.person, ctx.at)
            for id, version in versions
        ]
        changes.tell_all(tx, zip(before, undone, strict=True), ctx.at)
        return _made(tx, communities.get(tx, undone[0].says.community), undone)

    return await ctx.change(work, lambda made: Reply(series_card.made(ctx, made), replace=True))


def _made(
    tx: Tx, community: Record[communities.Community], made: Sequence[Record[Session]]
) -> Made:
    return Made(community, tuple(made), receipt.read(tx, made[0]))


def _proposed(tx: Tx, ctx: Context, text: str) -> Draft:
    asked = _asked(tx, ctx, text)
    community = asked.community
    year = asked.year if asked.year is not None else _year(tx, ctx, community)
    if community.says.years and not community.says.years[0] <= year <= community.says.years[1]:
        raise UserError("series.not_that_year", community=community.says.name(ctx.t.language))
    held = sessions.of_communities(tx, date.min, date(year + 1, 6, 30), community.id)
    last = held[-1].says if held else None
    weekday = last.first.weekday() if last and last.first.weekday() < 5 else four_days.WEEKDAY
    weekday = weekday if asked.weekday is None else asked.weekday
    kept = _kept(tx, community.id, year)
    days = tuple(
        None
        if kept[place]
        else four_days.proposed(year, place, weekday, series_card.open_days(ctx))
        for place in range(len(MONTHS))
    )
    minutes = asked.minutes or (last.days[0].minutes if last else MINUTES)
    starts = asked.starts or (last.starts if last else "")
    return Draft(community, year, days, kept, starts, minutes, asked.link)


def _asked(tx: Tx, ctx: Context, text: str) -> Asked:
    there = naming.offered(tx, ctx)
    year = YEAR.search(text)
    text = YEAR.sub(" ", text)
    said = naming.named(there, text)
    found = list(said.communities)
    if not found and (here := naming.here(tx, ctx)):
        found = [here]
    if not found and len(there) == 1:
        found = there
    if len(found) != 1:
        names = [one.says.name(ctx.t.language) for one in found or there]
        key = "series.which" if names else "series.no_community"
        raise UserError(key, names=ctx.t.all_of(names), example=ctx.t("series.example"))
    weekday, kept = None, list[str]()
    for word in (said.rest if said.sure is Sure.YES else text).split():
        number = weekday_named(word.strip(",;"))
        if number is None or number > FRIDAY:
            kept.append(word)
        else:
            weekday = number
    read = words.read_line(ctx, " ".join(kept), ctx.today, {})
    begins = int(year[1]) if year else None
    if begins is not None and not 0 <= begins - school_year(ctx.today) <= FURTHEST:
        raise UserError("series.far")
    return Asked(found[0], begins, weekday, read.starts, read.minutes, read.link)


def _carried(tx: Tx, ctx: Context, carried: Mapping[str, str]) -> Draft:
    """What buttons and the form carry; a stranger's word."""
    if not ctx.person.role.logs:
        raise NotAllowed
    community = communities.get(tx, values.whole(carried, "community"))
    if community.voided is not None:
        raise ChangedMeanwhile
    year, minutes = values.whole(carried, "year"), values.whole(carried, "minutes")
    starts, link = form.clock(carried.get("starts", "")), carried.get("link", "")
    said = values.text(carried, "days").split(",")
    ahead = year - school_year(ctx.today)
    if not (len(said) == len(MONTHS) and 0 <= ahead <= FURTHEST and 1 <= minutes <= LONGEST_DAY):
        raise UserError("errors.no_such_button")
    if starts is None or (link and not form.LINK.fullmatch(link)):
        raise UserError("errors.no_such_button")
    days = tuple(values.day({"day": one}, "day") if one else None for one in said)
    for place, day in enumerate(days):
        if day and not (day in four_days.month(year, place) and series_card.open_days(ctx)(day)):
            raise UserError("errors.no_such_button")
    kept = _kept(tx, community.id, year)
    free = tuple(None if kept[place] else day for place, day in enumerate(days))
    return Draft(community, year, free, kept, starts, minutes, link)


def _kept(tx: Tx, community: int, year: int) -> tuple[Record[Session] | None, ...]:
    """The meeting that is planned already, of each of the four months."""
    found: list[Record[Session] | None] = []
    for place in range(len(MONTHS)):
        days = four_days.month(year, place)
        there = sessions.of_communities(tx, days[0], days[-1], community)
        found.append(there[0] if there else None)
    return tuple(found)


def _year(tx: Tx, ctx: Context, community: Record[communities.Community]) -> int:
    """The first school year in which there is still something to plan. Raises UserError."""
    this = school_year(ctx.today)
    for year in (this, this + 1):
        kept = _kept(tx, community.id, year)
        runs = community.says.runs(date(year, 9, 1))
        places = [place for place in range(len(MONTHS)) if not kept[place]]
        if runs and any(
            any(map(series_card.open_days(ctx), four_days.month(year, place))) for place in places
        ):
            return year
    raise UserError("series.all_planned", community=community.says.name(ctx.t.language))
