"""Draws one target over the period: what was reached, what is expected, and where it leads."""

from collections.abc import Sequence

from handlers.chat.charts import Curve, Point
from handlers.pictures import sheet
from handlers.pictures.sheet import INK, MUTED, TRACK, Place, Sheet

WIDE, HIGH, MARGIN = 640.0, 400.0, 22.0
BOTTOM = HIGH - 48
TITLE, SAYS, SAID = 19.0, 14.5, 12.5
GREEN, BAND = "#1c7a4c", "#bfe0cd"


def png(chart: Curve) -> bytes:
    """The picture of the curve."""
    on = Sheet(WIDE)
    room = WIDE - 2 * MARGIN
    y = on.lines((MARGIN, MARGIN), chart.title, TITLE, room, 2, bold=True)
    y = on.lines((MARGIN, y + 1), chart.says, SAYS, room, 2)
    top = _key(on, chart, y + 20) + 20
    amounts = [(share, sheet.clean(label)) for share, label in chart.amounts]
    left = MARGIN + max((sheet.width(label, SAID) for _, label in amounts), default=0) + 8
    ends = chart.forecast[2:] if chart.forecast else ()
    highest = max(1.0, *(share for _, share in chart.line), *ends) * 1.04

    def place(point: Point) -> Place:
        over, share = point
        return left + over * (WIDE - MARGIN - left), BOTTOM - share / highest * (BOTTOM - top)

    def through(points: Sequence[Point]) -> list[Place]:
        return [place(point) for point in points]

    for share, label in amounts:
        on.line(through(((0, share), (1, share))), TRACK, 1)
        on.text((left - 8, place((0, share))[1] + 4), label, SAID, MUTED, align="right")
    for over, label in chart.months:
        x = place((over, 0))[0]
        on.line(((x, BOTTOM), (x, BOTTOM + 4)), MUTED, 1)
        on.text((x, BOTTOM + 20), sheet.clean(label), SAID, MUTED)
    on.line(through(((0, 1), (1, 1))), INK, 1.5)
    if chart.forecast and chart.line:
        low, mean, high = chart.forecast
        last = chart.line[-1]
        on.area(through((last, (1, low), (1, high))), BAND)
        on.line(through((last, (1, mean))), GREEN, 2, dashed=True)
    on.line(through(chart.pace), MUTED, 2, dashed=True)
    on.line(through(chart.line), GREEN, 3.5)
    return on.png(HIGH)


def _key(on: Sheet, chart: Curve, y: float) -> float:
    """What each line stands for; what isn't drawn has no place in it."""
    x = MARGIN
    for label, colour, thick, dashed, there in (
        (chart.reached, GREEN, 3.5, False, True),
        (chart.expected, MUTED, 2, True, bool(chart.pace)),
        (chart.leads_to, GREEN, 2, True, chart.forecast is not None),
        (chart.goal, INK, 1.5, False, True),
    ):
        if not there:
            continue
        words = sheet.clean(label)
        wide = 32 + sheet.width(words, SAID)
        if x > MARGIN and x + wide > WIDE - MARGIN:
            x, y = MARGIN, y + 20
        if colour == GREEN and dashed:
            on.box((x, y - 9), 26, 9, BAND)
        on.line(((x, y - 4.5), (x + 26, y - 4.5)), colour, thick, dashed=dashed)
        on.text((x + 32, y), words, SAID, MUTED)
        x += wide + 18
    return y
