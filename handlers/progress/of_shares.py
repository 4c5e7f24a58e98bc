"""A share opened: what it is a share of, what else it can be read as, and who or what is behind."""

from handlers import describe
from handlers.chat.cards import Action
from handlers.chat.context import Context
from handlers.progress import of_outputs, of_people, of_sessions, of_surveys, words
from handlers.progress.opened import Opened, carried
from storage import session_sums, target_sessions
from storage.engine import Tx
from storage.figures import Figure
from storage.plan import Plan, Target


def opened(tx: Tx, ctx: Context, plan: Plan, figure: Figure) -> Opened:
    """The numbers of the share in a sentence, and buttons to what they count."""
    t = ctx.t
    how = _how(tx, ctx, plan, figure)
    if figure.denominator == 0:
        how = f"{how} {t('progress.no_denominator')}"
    readings = tuple(
        (t(f"progress.reading.{one.of}"), words.share(t, one)) for one in figure.readings
    )
    return Opened(how, readings, actions=_behind(tx, ctx, plan, figure))


def _how(tx: Tx, ctx: Context, plan: Plan, figure: Figure) -> str:
    t = ctx.t
    among, _, role = figure.target.among.partition(":")
    numbers = {
        "numerator": t.number(figure.numerator or 0),
        "denominator": t.number(figure.denominator or 0),
    }
    match among:
        case words.PLEASED if words.is_hidden(figure):
            return t("progress.how_hidden", count=figure.denominator)
        case words.PLEASED:
            return t("progress.how_answered", **numbers)
        case "recorded":
            return t("progress.how_recorded", **numbers)
        case "attended_any":
            held = _held(tx, ctx, plan, figure.target)
            return t("progress.how_attended", count=held, **numbers)
        case "new":
            return t(
                "progress.how_new",
                role=describe.role(t, ctx.plans.network, role, 2),
                first=t.day(plan.starts),
                last=t.day(min(ctx.today, plan.ends)),
                **numbers,
            )
        case "roster":
            return of_surveys.how(ctx, figure, of_surveys.out(tx, ctx, plan, figure.target))
        case _:  # no plan has chosen those yet
            return t("progress.no_denominator")


def _behind(tx: Tx, ctx: Context, plan: Plan, figure: Figure) -> tuple[Action, ...]:
    target = figure.target
    among, over = target.among.partition(":")[0], _over(plan, target)
    if among == "recorded":
        labels = {one.id: one.name[ctx.t.language] for one in over}
        return of_outputs.buttons(ctx, carried(plan, target), labels)
    people = of_people.buttons(ctx, plan, target)
    if among == "roster":
        number = len(of_surveys.out(tx, ctx, plan, target))
        return (people if number else ()) + of_surveys.buttons(ctx, plan, target, number)
    return people + tuple(
        button
        for one in over
        for button in of_sessions.buttons(
            ctx, plan, target, one, target_sessions.of_target(tx, plan, one, ctx.today)
        )
    )


def _over(plan: Plan, target: Target) -> list[Target]:
    """The targets whose sessions or outputs a share is over."""
    return [one for one in plan.target if one.id in target.of]


def _held(tx: Tx, ctx: Context, plan: Plan, target: Target) -> int:
    """How many sessions that a share is over count."""
    last = min(ctx.today, plan.ends)
    return sum(
        each.sessions
        for one in _over(plan, target)
        for each in session_sums.by_area(tx, one, plan.starts, last).values()
    )
