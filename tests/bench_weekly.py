"""How long the week in figures of fifty channels takes, until the card of each is made."""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot import sample
from bot.posting import make
from handlers.all import everything
from schedules import weekly
from schedules.all import JOBS
from schedules.occurring import occur
from storage import addresses, channels, deliveries, people
from storage.channels import Channel
from storage.engine import Store, Tx
from storage.people import Newcomer, TeamRole
from storage.plan_files import load_plans

CHANNELS = 50
BEFORE = datetime(2025, 2, 16, 15, 0, tzinfo=UTC)
DUE = datetime(2025, 2, 17, 13, 30, tzinfo=UTC)


async def bench_weekly() -> list[str]:
    """The lines of the report."""
    plans, router = load_plans(None), everything()
    job = next(one for one in JOBS if one.posts is weekly.posts)
    at = int(BEFORE.timestamp())

    def told(tx: Tx) -> None:
        by = people.meet(tx, Newcomer("bench", "sam", "Sam"), TeamRole.MANAGER, at)
        for number in range(CHANNELS):
            addresses.note(tx, "bench", f"C{number}", None, at)
            channels.settle(tx, Channel("bench", f"C{number}", "clc"), by, at)

    def said(tx: Tx) -> int:
        occur(tx, job, plans, DUE)
        claimed = deliveries.claim(tx, "bench", int(DUE.timestamp()), CHANNELS)
        cards = [make(tx, one.delivery.post, one.address, router, plans, DUE)[0] for one in claimed]
        return sum(card is not None for card in cards)

    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        try:
            await sample.fill(store, plans)
            await store.write(told)
            await store.write(occur, job, plans, BEFORE)
            start = time.perf_counter()
            made = await store.write(said)
            took = time.perf_counter() - start
        finally:
            await store.close()
    assert made == CHANNELS
    return [f"The week in figures of {CHANNELS} channels of the sample: {took:.2f} s  goal 2 s"]
