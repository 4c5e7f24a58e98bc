"""Holds the whole way: a hundred lines typed in the browser, and the shell's count of them."""

import asyncio
import json
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from playwright.async_api import expect

from tests.browser.conftest import Chat, in_browser, sample

pytestmark = in_browser

DURATIONS = {"2h15": 135, "1.5 h": 90, "45 min": 45, "1h": 60, "half an hour": 30, "2 h": 120}
WORDS = {
    "accompaniment-hours": ("with a CDA at EMSB", "avec une ADC à CSSWL", "with 2 principals RSB"),
    "partner-hours": ("CHSSN table", "table CHSSN", "YMCA re shared calendar"),
}
FIRST = date(2024, 9, 9)


async def minutes(data: Path) -> dict[str, int]:
    """What `jalon progress --json` counts, beside the running bot."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "--data", str(data)),
        *("progress", "--json", "--plan", "clc-2024-25"),
        stdout=asyncio.subprocess.PIPE,
        cwd=data,
    )
    told, _ = await process.communicate()
    assert process.returncode == 0
    targets = json.loads(told)["targets"]
    assert len(targets) == 25
    return {one["id"]: round(one["actual"] * 60) for one in targets if one["id"] in WORDS}


@sample
async def test_a_hundred_lines_typed_are_a_hundred_lines_counted(chat: Chat, tmp_path: Path):
    data = tmp_path / "data-sample"
    before = await minutes(data)
    counted = Counter[str]()
    await chat.open()
    targets, durations = list(WORDS), list(DURATIONS)
    for n in range(100):
        target, duration = targets[n % 2], durations[n % 6]
        day = FIRST + timedelta(days=n)
        words = WORDS[target][n % 3]
        await chat.say(f"/log {duration} {words} {day.isoformat()}")
        await expect(chat.last.get_by_role("heading", name="Logged")).to_be_visible()
        if n % 10 == 7:
            await chat.press("Undo")
            await expect(chat.last.locator("del")).to_be_visible()
        else:
            counted[target] += DURATIONS[duration]
    after = await minutes(data)
    assert {id: after[id] - before[id] for id in WORDS} == counted
