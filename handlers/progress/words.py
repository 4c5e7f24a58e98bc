"""A figure in words: amounts in their unit, status, expected, forecast."""

from fractions import Fraction

from handlers.chat.cards import Action, Progress, Tone
from handlers.chat.texts import Texts
from storage.figures import Figure, Status
from storage.plan import Measure, Target

TONES = {
    Status.NO_DATA: Tone.NEUTRAL,
    Status.NOT_DUE: Tone.NEUTRAL,
    Status.OFF_TRACK: Tone.BAD,
    Status.WATCH: Tone.WARN,
    Status.ON_TRACK: Tone.GOOD,
    Status.AHEAD: Tone.GOOD,
    Status.MET: Tone.GOOD,
}


def amount(t: Texts, target: Target, value: Fraction) -> str:
    """A value in the target's unit: "612.5 h", "75%", "37"."""
    if target.measure is Measure.HOURS:
        return t.hours(value * 60)
    if target.measure is Measure.SHARE:
        return t.percent(value)
    return t.number(value)


def reached(t: Texts, figure: Figure) -> str:
    """Actual of goal, and the share of it: "612.5 h of 1,400 h (43.7%)"."""
    goal = amount(t, figure.target, figure.target.goal)
    if figure.actual is None or figure.share is None:
        return t("progress.goal", goal=goal)
    return t(
        "progress.reached",
        actual=amount(t, figure.target, figure.actual),
        goal=goal,
        share=t.percent(figure.share),
    )


def status(t: Texts, figure: Figure) -> str:
    """The status word."""
    return t(f"progress.status.{figure.status}")


def pace(t: Texts, figure: Figure) -> str:
    """What was expected by now and where the pace leads, as far as there is any."""
    parts: list[str] = []
    if figure.actual is not None and figure.expected is not None:
        parts.append(t("progress.expected", amount=whole(t, figure.target, figure.expected)))
    if forecast := forecast_words(t, figure):
        parts.append(t("progress.at_this_pace", forecast=forecast))
    return " · ".join(parts)


def forecast_words(t: Texts, figure: Figure) -> str:
    """The forecast with its range, or ""."""
    forecast = figure.forecast
    if forecast is None:
        return ""
    return t(
        "progress.forecast",
        mean=whole(t, figure.target, forecast.mean),
        low=whole(t, figure.target, forecast.low),
        high=whole(t, figure.target, forecast.high),
    )


def whole(t: Texts, target: Target, value: Fraction) -> str:
    """A value that is no count, without false precision: whole hours."""
    if target.measure is Measure.HOURS:
        return t.hours(int(value) * 60)
    return amount(t, target, value)


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
