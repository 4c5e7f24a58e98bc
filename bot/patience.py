"""Asks another service until it answers: a service that fails for now is waited for."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
PAUSE, LONGEST_PAUSE = 1.0, 300.0  # seconds between two tries


async def patiently(
    ask: Callable[[], Awaitable[T]],
    failing: Callable[[Exception], float | None],
    in_short: Callable[[Exception], str],
    log: logging.Logger,
    tries: int = 0,
) -> T:
    """What ``ask`` gives, however long that takes, or however many ``tries`` where that is set.

    ``failing`` says of an error how many seconds to wait at least before trying again; where it
    says None, the error is raised. ``in_short`` is what the log is told of it.
    """
    pause, left = PAUSE, tries
    while True:
        left -= 1
        try:
            return await ask()
        except Exception as error:
            wait = failing(error)
            if wait is None or left == 0:
                raise
            # Those who were turned away together do not come back together.
            wait = max(wait, pause) + random.random() * pause / 2
            log.warning("%s; again in %.0f s", in_short(error), wait)
            await asyncio.sleep(wait)
            pause = min(pause * 2, LONGEST_PAUSE)
