"""Pictures: a chart is drawn as it says, can be read, and is the same bytes each time."""

from dataclasses import replace
from io import BytesIO
from threading import get_ident

import pytest
from PIL import Image, ImageChops

from handlers.chat.charts import Bar, Bullets, Chart, Curve, Tone
from handlers.pictures import bullets, curve, drawing, sheet

HOSTILE = "$x^2$ \\frac{1} <b>&amp;\n\t😀🇨🇦 \x00\u202e\ud7ff " + "é" * 300


def bars(*these: Bar) -> Bullets:
    return Bullets("Targets", (("A · Boards", these),), "Reached", "Expected by now", "Goal")


def year(forecast: tuple[float, float, float] | None = (0.8, 0.9, 1.2)) -> Curve:
    line = tuple((n / 40, n / 50) for n in range(21))
    return Curve(
        "Hours", "1 h of 2 h", line, ((0, 0), (1, 1)), forecast,
        ((0, "Jul."),), ((0, "0 h"), (1, "1,400 h")),
        "Reached", "Expected", "At this pace", "Goal",
    )  # fmt: skip


def seen(chart: Chart) -> Image.Image:
    return Image.open(BytesIO(drawing.png(chart))).convert("RGB")


def along(image: Image.Image, colour: str) -> list[int]:
    """The columns that have this colour."""
    wanted = tuple(int(colour[n : n + 2], 16) for n in (1, 3, 5))
    wide, high = image.size
    there = image.load()
    assert there is not None
    return [x for x in range(wide) if any(there[x, y] == wanted for y in range(high))]


def test_a_bar_is_as_long_as_its_share_and_never_longer_than_the_sheet() -> None:
    ends = {
        share: max(
            along(seen(bars(Bar("One", "", "", Tone.BAD, share))), bullets.COLOURS[Tone.BAD])
        )
        for share in (0.25, 0.5, 1.0, 40.0)
    }
    for share in (0.25, 0.5, 1.0):
        wanted = (bullets.MARGIN + bullets.GOAL * share) * sheet.PIXELS
        assert abs(ends[share] - wanted) < 2 + 6 * sheet.PIXELS * (share == 1.0)  # under the ring
    assert ends[40.0] < bullets.WORDS * sheet.PIXELS


def test_in_brief_each_target_is_a_line_with_the_same_shares() -> None:
    some = [Bar("One" * n, "1 of 2", "watch", Tone.WARN, 0.5, 0.75) for n in range(1, 6)]
    full = bars(*some)
    short = seen(replace(full, brief=True))
    assert short.height < seen(full).height * 0.8
    goal = (bullets.BRIEF + bullets.BRIEF_GOAL) * sheet.PIXELS
    bar = [x for x in along(short, bullets.COLOURS[Tone.WARN]) if x < goal]
    assert abs(max(bar) - (bullets.BRIEF + bullets.BRIEF_GOAL / 2) * sheet.PIXELS) < 2


def test_what_has_no_figure_has_no_bar() -> None:
    none = seen(bars(Bar("One", "no data", "", Tone.BAD)))
    assert along(none, bullets.COLOURS[Tone.BAD]) == []


def test_what_is_expected_stands_where_it_is() -> None:
    without = seen(bars(Bar("I", "", "", Tone.GOOD, 0.1)))
    with_ = seen(bars(Bar("I", "", "", Tone.GOOD, 0.1, 0.6)))
    found = ImageChops.difference(with_, without).getbbox()
    assert found is not None
    middle = (found[0] + found[2]) / 2
    assert abs(middle - (bullets.MARGIN + 0.6 * bullets.GOAL) * sheet.PIXELS) < 2


def test_the_band_ends_where_the_forecast_does() -> None:
    image = seen(year())
    assert along(seen(year(None)), curve.BAND) == []
    assert max(along(image, curve.BAND)) > (curve.WIDE - curve.MARGIN - 3) * sheet.PIXELS


@pytest.mark.parametrize("chart", [bars(Bar("One", "1 of 2", "met", Tone.GOOD, 0.5, 0.4)), year()])
def test_the_same_chart_is_the_same_bytes(chart: Chart) -> None:
    first = drawing.png(chart)
    drawing.forget()
    assert drawing.png(chart) == first
    assert b"matplotlib" not in first.lower()


def test_words_of_any_kind_fit() -> None:
    odd = Bar(HOSTILE, HOSTILE, HOSTILE, Tone.WARN, 0.5)
    image = seen(Bullets(HOSTILE, ((HOSTILE, (odd,) * 3),), HOSTILE, HOSTILE, HOSTILE))
    assert image.size[0] == bullets.WIDE * sheet.PIXELS
    for text in (HOSTILE, "", " ", "a b  c"):
        for line in sheet.wrapped(text, 12, 200, 2):
            assert sheet.width(line, 12) <= 200


def test_words_can_be_read_on_the_paper() -> None:
    for colour in (sheet.INK, sheet.MUTED, *bullets.COLOURS.values(), curve.GREEN):
        assert 1.05 / (_light(colour) + 0.05) >= 4.5, colour


def _light(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def test_it_is_drawn_on_a_thread_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []
    monkeypatch.setattr(drawing, "png", lambda _: threads.append(get_ident()) or b"")
    await drawing.draw(year())
    assert threads != [get_ident()]
