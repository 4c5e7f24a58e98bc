"""`make soak`: what is said by itself, under kills and lost responses; nothing missing or doubled.

Prints what it measured; exits with 1 if anything came twice, or did not come and nobody would know.
"""

import asyncio
import os
import random
import sys
import tempfile
from pathlib import Path

from tests.soaking import SlackPlatform, Soak, TeamsPlatform

OCCURRENCES = int(os.environ.get("JALON_OCCURRENCES", "1500"))
EACH_SECOND = 8


async def main() -> int:
    """Soak both platforms, one after the other; the exit code."""
    wrong = False
    for kind in (SlackPlatform, TeamsPlatform):
        seed = random.randrange(10**6)
        chance = random.Random(seed)
        with tempfile.TemporaryDirectory() as folder:
            soak = Soak(kind(chance), Path(folder), chance)
            measured = await soak.run(OCCURRENCES, EACH_SECOND)
        sys.stdout.write(f"{measured} (seed {seed})\n")
        sys.stdout.flush()
        wrong = wrong or measured.wrong
    return int(wrong)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
