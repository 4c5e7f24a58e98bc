"""How long the pictures of a year take, from what is asked until they are drawn."""

import tempfile
import time
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median

from bot import sample
from bot.dispatch import Dispatch
from handlers.all import everything
from handlers.chat.cards import Card
from handlers.chat.incoming import Incoming, Kind, Place
from handlers.pictures import drawing
from storage.engine import Store
from storage.people import Newcomer, TeamRole
from storage.plan_files import load_plans

NOW = datetime(2025, 2, 12, 15, 0, tzinfo=UTC)
ROUNDS = 7
ASKED = ("/progress chart", "/progress chart accompaniment-hours")


async def bench_pictures() -> list[str]:
    """The lines of the report."""
    keys = count()
    times: dict[str, list[float]] = {text: [] for text in ASKED}
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        try:
            await sample.fill(store, load_plans(None))
            dispatch = Dispatch(store, load_plans(None), everything(), lambda: NOW)
            who = Newcomer("bench", "p1", "Person 1", role=TeamRole.STAFF)
            place = Place("bench", "d1", direct=True)
            for _ in range(ROUNDS + 1):
                drawing.forget()
                for text in ASKED:
                    start = time.perf_counter()
                    msg = Incoming(who, place, Kind.MESSAGE, f"b{next(keys)}", text=text)
                    says = (await dispatch(msg)).says
                    assert isinstance(says, Card)
                    [picture] = says.pictures
                    await drawing.draw(picture.chart)
                    times[text].append(time.perf_counter() - start)
        finally:
            await store.close()
    lines = ["A picture of the sample year, asked for and drawn, after the first:"]
    for text, each in times.items():
        lines.append(
            f"  {text}: {median(each[1:]):.2f} s ({max(each[1:]):.2f} at most)  goal 0.5 s"
        )
    return lines
