"""Draws a chart as a PNG, off the event loop. The same chart is the same bytes."""

import asyncio
from functools import lru_cache
from threading import Lock
from typing import assert_never

from handlers.chat.charts import Bullets, Chart, Curve

KEPT = 16  # pictures of up to 400 kB: a whole channel asks for the same one
_one_at_a_time = Lock()  # matplotlib's fonts are not made for several threads


async def draw(chart: Chart) -> bytes:
    """The picture of a chart."""
    return await asyncio.to_thread(png, chart)


def png(chart: Chart) -> bytes:
    """As ``draw``, for who is on a thread of their own."""
    with _one_at_a_time:
        return _drawn(chart)


def forget() -> None:
    """Draw everything anew."""
    _drawn.cache_clear()


@lru_cache(KEPT)
def _drawn(chart: Chart) -> bytes:
    # matplotlib takes half a second and 50 MB: a bot that is asked for no picture does without.
    from handlers.pictures import bullets, curve

    match chart:
        case Bullets():
            return bullets.png(chart)
        case Curve():
            return curve.png(chart)
        case _:
            assert_never(chart)
