"""Killed at any moment, the bot says in Slack what it has to say by itself: each once.

A few kills; `make soak` makes many.
"""

import random
import sys
from pathlib import Path

from tests.soaking import SlackPlatform, Soak


async def test_what_is_said_by_itself_outlives_kills(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    measured = await Soak(SlackPlatform(chance), tmp_path, chance).run(45, 15)
    sys.stdout.write(f"{measured} (seed {seed})\n")
    assert measured.missing == set()
    assert measured.doubled == set()
