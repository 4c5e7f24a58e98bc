"""What whoever plans a community's meeting is told: who hears of it, and what to look at first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from handlers import describe
from handlers.chat.context import Context
from handlers.meetings import times
from storage import addresses, communities, on_chat, people, rosters, sessions
from storage.calendar import closed_on, is_school_day
from storage.community import Community, Fit
from storage.engine import Tx
from storage.local_time import HOME
from storage.records import Record
from storage.sessions import Session


@dataclass(frozen=True, slots=True)
class Told:
    """Of a community's meeting: how many members there are that day, and how many can be told.

    ``zones`` are those in which clocks of theirs show another time. ``same_day`` are other meetings
    of that day, of this community or of one that shares so many of its members.
    """

    community: Community
    members: int
    reached: int
    zones: tuple[ZoneInfo, ...]
    same_day: tuple[tuple[Record[Session], int], ...]


def read(tx: Tx, session: Record[Session]) -> Told | None:
    """What is told of a meeting beside the meeting itself; None where it is no community's."""
    says = session.says
    if not says.community:
        return None
    community = communities.get(tx, says.community).says
    members = communities.members_on(tx, says.community, says.first)
    persons = [on_chat.person_of(tx, one) for one in members]
    reached = [one for one in persons if one is not None and addresses.of_person(tx, one)]
    zones = {people.get(tx, one).timezone for one in reached}
    humans = {rosters.human(tx, one.id) for one in members}
    return Told(
        community,
        len(members),
        len(reached),
        tuple(zone for one in sorted(zones) if (zone := _zone(one))),
        tuple(_same_day(tx, session, humans)),
    )


def rows(ctx: Context, says: Session, told: Told, *, tells: bool) -> list[tuple[str, str]]:
    """Labels and texts: the time elsewhere, and where ``tells`` how many are told, and where."""
    t = ctx.t
    found: list[tuple[str, str]] = []
    if elsewhere := _elsewhere(ctx, says, told):
        found.append((t("session.told.elsewhere"), elsewhere))
    if tells:
        where = "channel" if told.community.channel else "members"
        reached = t.number(told.reached)
        said = t(f"session.told.{where}", count=told.members, reached=reached)
        found.append((t("session.field.told"), said))
    return found


def notes(ctx: Context, says: Session, told: Told) -> Iterator[str]:
    """What to look at before people rely on it; nothing of a meeting that is over."""
    t = ctx.t
    if says.last < ctx.today:
        return
    yield from filter(None, (closed(ctx, one.day) for one in says.days))
    if not told.community.channel:
        yield t("session.told.no_channel")
    if told.community.fit(told.members) is Fit.UNDER and told.community.smallest:
        yield t("session.told.few", count=told.members, smallest=told.community.smallest)
    for other, shared in told.same_day:
        title = describe.session(t, other.says)
        if other.says.community == says.community:
            yield t("session.told.twice", title=title)
        else:
            yield t("session.told.shared", title=title, count=shared)
    if not says.starts:
        yield t("session.told.no_time")


def closed(ctx: Context, day: date) -> str:
    """That schools are closed on a day, and by what; "" where they are not."""
    t, plans = ctx.t, ctx.plans.in_force(day)
    if is_school_day(plans, day):
        return ""
    name = closed_on(plans, day)
    if name is None:
        return t("session.told.weekend", day=t.full_date(day))
    return t("session.told.closed", day=t.full_date(day), name=name[t.language])


def _elsewhere(ctx: Context, says: Session, told: Told) -> str:
    """ "14:00 in Blanc-Sablon", for each zone of the members whose clocks show another time."""
    if not says.starts:
        return ""
    at = times.starts(says)
    home = at.astimezone(HOME).replace(tzinfo=None)
    there = [(zone, at.astimezone(zone)) for zone in told.zones]
    return ctx.t.all_of(
        [
            ctx.t("session.told.at", time=ctx.t.clock(one), place=ctx.t.place_of(zone))
            for zone, one in there
            if one.replace(tzinfo=None) != home
        ]
    )


def _zone(name: str) -> ZoneInfo | None:
    """The zone that somebody's platform named, or None where there is none of the name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _same_day(
    tx: Tx, session: Record[Session], humans: set[int]
) -> Iterator[tuple[Record[Session], int]]:
    says = session.says
    for other in sessions.of_communities(tx, says.first, says.first):
        if other.id == session.id:
            continue
        theirs = communities.members_on(tx, other.says.community, says.first)
        shared = len(humans & {rosters.human(tx, one.id) for one in theirs})
        if shared or other.says.community == says.community:
            yield other, shared
