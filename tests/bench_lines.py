"""Lines that could be slow to read: ten thousand letters of a part that repeats."""

import random
import time
from datetime import date
from itertools import chain

from handlers.lines.grammar import Names, read_entry
from storage.plan_files import load_networks

TODAY = date(2026, 11, 18)
NAMES = Names(load_networks(None)["english-schools"], ["Vision Gaspé"])
HEAVY = (
    *("1", "1h ", "1 ", "a ", "Aa & ", "CDA, ", "12/11 ", "«", '"', "½", "1-", "😀", "re "),
    *("with A ", "\u0345\u0301\u0323", "tues12 "),
)
WORDS = (
    *("1h", "90", "min", "to", "à", "de", "12", "11/12", "mai", "last", "lundi", "with", "avec"),
    *("CDA", "re", "at", ",", "(", ")", "«", "half", "et", "demie", "EMSB", "de la", "l’", "?"),
)


def bench_lines() -> list[str]:
    """Lines to print: the slowest of the parts that were once slow, and of parts made of words."""
    chance = random.Random(1)
    made = (" ".join(chance.choices(WORDS, k=chance.randint(1, 4))) + " " for _ in range(60))
    took = {part: _read((part * 10_000)[:10_000]) for part in chain(HEAVY, made)}
    slowest = max(took, key=lambda part: took[part])
    return [
        f"A line of 10,000 letters, the slowest of {len(took)} read ({slowest!r} repeated):",
        f"  {took[slowest] * 1000:.1f} ms  goal 5 ms",
    ]


def _read(text: str) -> float:
    """Seconds, the least of five."""
    least = 1e9
    for _ in range(5):
        start = time.perf_counter()
        read_entry(text, today=TODAY, names=NAMES)
        least = min(least, time.perf_counter() - start)
    return least
