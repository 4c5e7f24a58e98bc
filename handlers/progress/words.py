"""A figure in words: amounts in their unit, status, expected, forecast."""

from dataclasses import replace
from fractions import Fraction

from handlers.chat.cards import Action, Progress, Tone
from handlers.chat.context import Context
from handlers.chat.texts import Texts, capital
from handlers.replies import FEWEST, shows_rate
from storage.figures import Figure, Other, Reading, Status
from storage.plan import Measure, Milestone, Target

TONES = {
    Status.NO_DATA: Tone.NEUTRAL,
    Status.NOT_DUE: Tone.NEUTRAL,
    Status.OFF_TRACK: Tone.BAD,
    Status.WATCH: Tone.WARN,
    Status.ON_TRACK: Tone.GOOD,
    Status.AHEAD: Tone.GOOD,
    Status.MET: Tone.GOOD,
}
PLEASED = "answered"  # shares of replies


def seen(ctx: Context, figure: Figure) -> Figure:
    """The figure as who asks may see it: without its rate where it rests on too few replies."""
    return figure if shows_rate(ctx, figure.denominator or 0) else for_everyone(figure)


def for_everyone(figure: Figure) -> Figure:
    """The figure as anyone may see it: without its rate where it rests on too few replies."""
    if figure.target.among != PLEASED or (figure.denominator or 0) >= FEWEST:
        return figure
    left = tuple(one for one in figure.readings if one.of is Other.RESPONSE)
    return replace(figure, actual=None, numerator=None, status=Status.NO_DATA, readings=left)


def is_hidden(figure: Figure) -> bool:
    """Whether its rate was left out, as it rests on too few replies."""
    return figure.actual is None and bool(figure.denominator)


def amount(t: Texts, target: Target, value: Fraction) -> str:
    """A value in the target's unit: "612.5 h", "75%", "37"."""
    if target.measure is Measure.HOURS:
        return t.hours(value * 60)
    if target.measure is Measure.SHARE:
        return t.percent(value)
    return t.number(value)


def reached(t: Texts, figure: Figure) -> str:
    """Actual of goal and the share of it: "612.5 h of 1,400 h (43.7%)"; a share says of what."""
    goal = amount(t, figure.target, figure.target.goal)
    if is_hidden(figure):
        return t("progress.hidden", goal=goal)
    if figure.actual is None or figure.share is None:
        return t("progress.goal", goal=goal)
    if figure.target.measure is Measure.SHARE:
        return t("progress.reached_share", share=share(t, figure), goal=goal)
    return t(
        "progress.reached",
        actual=amount(t, figure.target, figure.actual),
        goal=goal,
        share=t.percent(figure.share),
    )


def share(t: Texts, of: Figure | Reading) -> str:
    """ "31 of 41 (75.6%)", or that there is nothing to divide by."""
    numerator, denominator = of.numerator or 0, of.denominator or 0
    if not denominator:
        return t("progress.status.no_data")
    return t(
        "progress.share",
        numerator=t.number(numerator),
        denominator=t.number(denominator),
        share=t.percent(Fraction(numerator, denominator)),
    )


def status(t: Texts, figure: Figure) -> str:
    """The status word."""
    return t("progress.few") if is_hidden(figure) else t(f"progress.status.{figure.status}")


def pace(t: Texts, figure: Figure) -> str:
    """What was expected by now, where the pace leads, and each part, as far as there is any."""
    details: list[str] = []
    if figure.actual is not None and figure.expected is not None:
        details.append(t("progress.expected", amount=due_by_now(t, figure.target, figure.expected)))
    if forecast := forecast_words(t, figure):
        details.append(t("progress.at_this_pace", forecast=forecast))
    details += parts(t, figure)
    return " · ".join(details)


def parts(t: Texts, figure: Figure) -> list[str]:
    """Each part of the goal, which is a goal of its own; and where the sum alone is met."""
    said = [t("indicators.fact", label=name, value=value) for name, value in of_parts(t, figure)]
    return [*said, t("progress.sum_only")] if only_sum(figure) else said


def of_parts(t: Texts, figure: Figure) -> tuple[tuple[str, str], ...]:
    """The name of each part of the goal, and what it has reached."""
    return tuple(
        (
            capital(one.part.name[t.language]),
            t("progress.part", actual=t.number(one.actual or 0), goal=t.number(one.part.goal)),
        )
        for one in figure.parts
    )


def only_sum(figure: Figure) -> bool:
    """Whether the goal is met in sum, and not in each of its parts."""
    missed = any((one.actual or 0) < one.part.goal for one in figure.parts)
    return figure.actual is not None and figure.actual >= figure.target.goal and missed


def forecast_words(t: Texts, figure: Figure) -> str:
    """The forecast with its range, or ""."""
    forecast = figure.forecast
    if forecast is None:
        return ""
    ends = (forecast.mean, forecast.low, forecast.high)
    mean, low, high = (whole(t, figure.target, one) for one in ends)
    if mean == low == high:
        return t("progress.forecast_alone", mean=mean)
    return t("progress.forecast", mean=mean, low=low, high=high)


def whole(t: Texts, target: Target, value: Fraction) -> str:
    """A value that is no count, without false precision: whole hours."""
    if target.measure is Measure.HOURS:
        return t.hours(int(value) * 60)
    return amount(t, target, value)


def due_by_now(t: Texts, target: Target, value: Fraction) -> str:
    """What is expected by now: in whole hours, and with a decimal of what is counted one by one."""
    return whole(t, target, value) if target.measure is Measure.HOURS else t.number(value, 1)


def due_day(t: Texts, milestone: Milestone) -> str:
    """The day of a milestone; one that was assumed is marked."""
    day = t.day(milestone.due)
    return t("progress.assumed", day=day) if milestone.assumed else day


def per_week(t: Texts, target: Target, value: Fraction) -> str:
    """A weekly amount: of what is counted one by one, with a decimal."""
    return t.hours(value * 60) if target.measure is Measure.HOURS else t.number(value, 1)


def row(t: Texts, figure: Figure, detail: str, actions: tuple[Action, ...] = ()) -> Progress:
    """A target's line with its bar, and ``detail`` under it."""
    target, share = figure.target, figure.share
    expected = None if figure.expected is None else float(figure.expected / target.goal)
    details = [detail] if target.confirmed else [detail, t("progress.carried_over")]
    return Progress(
        target.name[t.language],
        reached(t, figure),
        status(t, figure),
        TONES[figure.status],
        None if share is None else float(share),
        None if share is None else expected,
        " · ".join(one for one in details if one),
        actions,
    )
