"""Draws targets below each other: what is reached as a bar, what is expected by now, the goal."""

from handlers.chat.cards import Tone
from handlers.chat.charts import Bar, Bullets
from handlers.pictures import sheet
from handlers.pictures.sheet import INK, MUTED, TRACK, Place, Sheet

WIDE, MARGIN = 600.0, 22.0
GOAL = 300.0  # the length of a bar that has reached it
MOST = 1.15  # of the goal: a longer bar ends here, and its words say the rest
WORDS = MARGIN + GOAL * MOST + 12  # where what is reached is said
BRIEF, BRIEF_GOAL = 268.0, 132.0  # where a bar begins that has one line with its name, and its goal
TITLE, HEADING, NAME, SAID = 19.0, 14.5, 14.0, 12.5
THICK = 11.0
COLOURS = {Tone.GOOD: "#1c7a4c", Tone.WARN: "#946200", Tone.BAD: "#b3261e", Tone.NEUTRAL: MUTED}


def png(chart: Bullets) -> bytes:
    """The picture of the bars."""
    on = Sheet(WIDE)
    room = WIDE - 2 * MARGIN
    y = on.lines((MARGIN, MARGIN), chart.title, TITLE, room, 3, bold=True)
    y = _key(on, chart, y + 21)
    for heading, bars in chart.bars:
        if heading:
            y += 14
            on.line(((MARGIN, y), (WIDE - MARGIN, y)), TRACK, 1)
            most = 1 if chart.brief else 2
            y = on.lines((MARGIN, y + 9), heading, HEADING, room, most, MUTED, bold=True, apart=2)
        for bar in bars:
            y = _line(on, bar, y + 7) if chart.brief else _bar(on, bar, y + 14)
    return on.png(y + MARGIN)


def _key(on: Sheet, chart: Bullets, y: float) -> float:
    """What bar, stroke and ring stand for."""
    x = MARGIN
    for number, label in enumerate((chart.reached, chart.expected, chart.goal)):
        words = sheet.clean(label)
        wide = 26 + sheet.width(words, SAID)
        if x > MARGIN and x + wide > WIDE - MARGIN:
            x, y = MARGIN, y + 20
        middle = (x + 10, y - 4.5)
        match number:
            case 0:
                on.box((x, y - 4.5 - THICK / 2), 20, THICK, COLOURS[Tone.GOOD])
            case 1:
                _stroke(on, middle)
            case _:
                on.ring(middle, 5.5, INK)
        on.text((x + 26, y), words, SAID, MUTED)
        x += wide + 18
    return y


def _bar(on: Sheet, bar: Bar, y: float) -> float:
    """A target from ``y`` on, its name above its bar, its words beside it; where it ends."""
    status = sheet.wrapped(bar.status, SAID, 190, 1, bold=True)[0]
    room = WIDE - 2 * MARGIN - sheet.width(status, SAID, bold=True) - 16
    on.text((WIDE - MARGIN, y + NAME), status, SAID, COLOURS[bar.tone], bold=True, align="right")
    y = on.lines((MARGIN, y), bar.title, NAME, room, 2, bold=True)
    middle = y + 4 + THICK / 2
    _shares(on, bar, (MARGIN, middle), GOAL)
    said = on.lines((WORDS, y + 2), bar.text, SAID, WIDE - MARGIN - WORDS, 4, MUTED, apart=3)
    return max(middle + THICK / 2 + 3, said + 1)


def _line(on: Sheet, bar: Bar, y: float) -> float:
    """A target from ``y`` on, its name before its bar and its status behind it; where it ends."""
    ends = on.lines((MARGIN, y), bar.title, SAID, BRIEF - MARGIN - 10, 2, apart=3)
    middle = (y + ends) / 2
    _shares(on, bar, (BRIEF, middle), BRIEF_GOAL)
    room = WIDE - MARGIN - BRIEF - BRIEF_GOAL * MOST - 6
    status = sheet.wrapped(bar.status, SAID, room, 1, bold=True)[0]
    at = (WIDE - MARGIN, middle + SAID * 0.36)
    on.text(at, status, SAID, COLOURS[bar.tone], bold=True, align="right")
    return ends


def _shares(on: Sheet, bar: Bar, at: Place, goal: float) -> None:
    """What is reached, the goal and what is expected by now; the goal so far right of ``at``."""
    x, middle = at
    on.box((x, middle - THICK / 2), goal, THICK, TRACK)
    if bar.share is not None:
        done = min(max(bar.share, 0.0), MOST) * goal
        on.box((x, middle - THICK / 2), done, THICK, COLOURS[bar.tone])
    on.ring((x + goal, middle), 5.5, INK)
    if bar.expected is not None:
        _stroke(on, (x + min(max(bar.expected, 0.0), 1.0) * goal, middle))


def _stroke(on: Sheet, at: Place) -> None:
    """What is expected by now: dark, with paper around it, so that it shows on any bar."""
    x, y = at
    on.line(((x, y - 10), (x, y + 10)), sheet.PAPER, 5.5)
    on.line(((x, y - 10), (x, y + 10)), INK, 2.5)
