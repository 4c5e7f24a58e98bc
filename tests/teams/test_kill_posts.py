"""Killed at any moment, the bot says nothing twice in Teams, and knows what it may not have said.

A few kills; `make soak` makes many.
"""

import random
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
