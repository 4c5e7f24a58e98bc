"""How late the event loop is, in benchmarks; and while Teams takes three seconds to answer."""

import asyncio
import tempfile
import time
from pathlib import Path

from tests.teams.connector import Teams
from tests.teams.jalon import Jalon
from tests.teams.microsoft import Microsoft

LINE = "log 2h15 with a CDA at EMSB yesterday re action plan"


class Lag:
    """How late the loop wakes a sleeper."""

    def __init__(self) -> None:
        self._late: list[float] = []
        self._watch = asyncio.create_task(self._go_on())

    async def _go_on(self) -> None:
        while True:
            start = time.perf_counter()
            await asyncio.sleep(0.001)
            self._late.append(time.perf_counter() - start - 0.001)

    def p99(self) -> str:
        """Of what was since the last time, in milliseconds."""
        late, self._late = sorted(self._late), []
        return f"{late[int(len(late) * 0.99)] * 1000:.1f} ms"

    def stop(self) -> None:
        self._watch.cancel()


async def bench_slow_teams() -> list[str]:
    """Lines to print: the lag while somebody's answer waits for the connector."""
    microsoft = Microsoft()
    await microsoft.start()
    teams = Teams(microsoft)
    await teams.start()
    with tempfile.TemporaryDirectory() as folder:
        jalon = Jalon(Path(folder), teams)
        await jalon.start()
        alex = jalon.user("alex", "Alex Roy")
        await alex.says("/help")
        await alex.reads("What you can say")
        await jalon.settled()
        lag = Lag()
        await asyncio.sleep(3)
        idle = lag.p99()
        teams.faults.add(delay=3.0, path="POST .*/activities")
        await alex.says(LINE)
        await alex.reads("2.25 h")
        waiting = lag.p99()
        lag.stop()
        await jalon.close()
    await teams.close()
    await microsoft.stop()
    return [f"Loop lag while Teams takes 3 s: p99 {waiting} (idle: {idle})  goal < 20 ms"]
