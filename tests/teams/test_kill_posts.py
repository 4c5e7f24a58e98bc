"""Killed at any moment, the bot says nothing twice in Teams, and knows what it may not have said.

A few kills; `make soak` makes many.
"""

import random
import signal
import sys
from pathlib import Path

from tests.soaking import Soak, TeamsPlatform


async def test_what_is_said_by_itself_outlives_kills(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    measured = await Soak(TeamsPlatform(chance), tmp_path, chance).run(45, 15)
    sys.stdout.write(f"{measured} (seed {seed})\n")
    assert measured.doubled == set()
    assert measured.missing <= measured.unsure


async def test_told_to_end_it_finishes_what_is_under_way(tmp_path: Path) -> None:
    chance = random.Random(1)
    platform = TeamsPlatform(chance)
    platform.losing = 0.0
    measured = await Soak(platform, tmp_path, chance, by=signal.SIGTERM).run(45, 15)
    assert (measured.missing, measured.doubled, measured.unsure) == (set(), set(), set())
    assert measured.look_ups == 0, "nothing was left in doubt"
