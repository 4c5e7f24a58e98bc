"""What communities are called: kinds, sectors, sizes and years in words, and one by its name."""

from handlers import describe
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.texts import Texts
from storage import communities
from storage.communities import Community
from storage.engine import Tx
from storage.network import Language
from storage.plan import Community as Planned
from storage.plan import Plan
from storage.records import Record
from storage.target import Measure

MINUTES = (20160, 10080, 4320, 2880, 1440, 120, 60, 15)  # before a meeting; what a form offers
DAY, HOUR = 1440, 60


def title(ctx: Context, says: Community) -> str:
    """Its name in the reader's language."""
    return says.name(ctx.t.language)


def other_title(ctx: Context, says: Community) -> str:
    """Its name in the other language, "" where it is the same."""
    other = Language.EN if ctx.t.language is Language.FR else Language.FR
    name = says.name(other)
    return "" if name == title(ctx, says) else name


def plan_with_communities(ctx: Context) -> Plan | None:
    """The newest plan that names the communities there may be."""
    return next((plan for plan in reversed(ctx.plans.all) if plan.community), None)


def sectors(ctx: Context) -> dict[str, Planned]:
    """The plan's communities, by id."""
    plan = plan_with_communities(ctx)
    return {one.id: one for one in plan.community} if plan else {}


def sector(ctx: Context, says: Community) -> str:
    """Whom it is for, in words, or ""."""
    planned = sectors(ctx).get(says.sector)
    return planned.name[ctx.t.language] if planned else says.sector


def capacity(t: Texts, says: Community) -> str:
    """ "12 to 15", or what of it is to be determined."""
    sizes = {
        name: t.number(size)
        for name, size in (("smallest", says.smallest), ("largest", says.largest))
        if size is not None
    }
    which = "both" if len(sizes) == 2 else next(iter(sizes), "open")
    return t(f"community.capacity.{which}", **sizes)


def school_year(year: int) -> str:
    """ "2024-25"."""
    return f"{year}-{(year + 1) % 100:02}"


def years(t: Texts, says: Community) -> str:
    """ "2024-25 to 2026-27", or "" where no year is left out."""
    if says.years is None:
        return ""
    first, last = (school_year(year) for year in says.years)
    return first if first == last else t("community.years", first=first, last=last)


def before(t: Texts, minutes: int) -> str:
    """ "7 days", "1 hour" before a meeting."""
    if minutes % DAY == 0:
        return t("community.before.days", count=minutes // DAY)
    if minutes % HOUR == 0:
        return t("community.before.hours", count=minutes // HOUR)
    return t.duration(minutes)


def targets(ctx: Context) -> dict[str, str]:
    """The names of the targets that meetings can count for, by id, as the newest plan has them."""
    ids = [
        one.id
        for plan in reversed(ctx.plans.all)
        for one in plan.target
        if one.measure is Measure.SESSIONS
    ]
    return {id: describe.target(ctx.t, ctx.plans.all, id) for id in dict.fromkeys(ids)}


def found(tx: Tx, ctx: Context, words: str) -> list[Record[Community]]:
    """The communities that words name, those that run before those that no longer do."""
    return communities.named(tx, words, ctx.today)


def the_one(tx: Tx, ctx: Context, words: str) -> Record[Community]:
    """The only community that words name. Raises UserError where there is none, or several."""
    there = found(tx, ctx, words)
    if not there:
        raise UserError("community.no_such", words=words, example=ctx.t("community.example.list"))
    if len(there) > 1:
        names = ctx.t.all_of([title(ctx, one.says) for one in there])
        raise UserError("community.several", names=names)
    return there[0]
