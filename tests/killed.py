"""The product as a child process that is killed at any moment, and what must be so in the end."""

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from storage import unfinished
from storage.database import reading
from storage.verify import problems

KILLS = int(os.environ.get("JALON_KILLS", "3"))
ROOT = Path(__file__).parents[1]
HASTY = Path(__file__).with_name("run_in_haste.py")
PATIENCE = 60.0  # seconds for what must come in the end


class Writer(Protocol):
    """Someone who logs one line after the other, each with a word of its own."""

    taken: list[str]

    def read(self, word: str) -> Counter[str]:
        """How often this person was told of a line, and what."""
        ...


class Bot:
    """The product as a child process; killed, and started again with the same data.

    ``settings`` are its variables. It takes what ``platform`` delivers at ``path``; ``hasty`` is
    where its door says how long an answer may take, ``said`` what the door keeps things to say
    under.
    """

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, str],
        *,
        platform: str,
        path: str,
        hasty: str,
        said: str,
    ) -> None:
        self.data = folder / "data"
        self.errors = folder / "errors.txt"
        self.url = ""
        self.up = asyncio.Event()
        self._settings = settings
        self._platform, self._path, self._hasty, self._said = platform, path, hasty, said
        self._process: asyncio.subprocess.Process

    async def launch(self, haste: float | None = None) -> None:
        """Start it; it need not answer yet. ``haste``: seconds that it has for an answer."""
        words = ["-m", "bot"] if haste is None else [str(HASTY), self._hasty, str(haste)]
        with self.errors.open("ab") as errors:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-W", "error", *words, "--data", str(self.data), "run", "--port", "0"),
                cwd=self.errors.parent,
                env=self._environment(),
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
            )

    async def answers(self) -> None:
        """Wait until it does, over HTTP."""
        assert self._process.stdout is not None
        line = (await asyncio.wait_for(self._process.stdout.readline(), PATIENCE)).decode()
        assert self._path in line, (line, self.errors.read_text())
        self.url = line.split()[-1]
        self.up.set()

    async def kill(self) -> None:
        assert self._process.returncode is None, self.errors.read_text()
        await self.end()

    async def end(self) -> None:
        """Kill it, if it lives."""
        if self._process.returncode is None:
            self._process.kill()
        self.up.clear()
        await self._process.wait()

    async def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(self._process.wait(), PATIENCE) == 0

    async def verified(self) -> int:
        """What `jalon verify` ends with."""
        words = ("-m", "bot", "--data", str(self.data), "verify")
        env = self._environment()
        process = await asyncio.create_subprocess_exec(
            sys.executable, *words, env=env, stdout=asyncio.subprocess.DEVNULL
        )
        return await process.wait()

    async def finished(self) -> None:
        """Wait until it has nothing left to finish."""
        for _ in range(int(PATIENCE * 20)):
            if not self.waiting():
                return
            await asyncio.sleep(0.05)
        raise AssertionError(self.waiting())

    def waiting(self) -> Counter[str]:
        """How much it has to finish: things heard, and things to be said."""
        try:
            with reading(self.data) as tx:
                rows = unfinished.everything(tx, self._platform)
        except FileNotFoundError:
            return Counter()
        return Counter("said" if self._said in json.loads(one.content) else "heard" for one in rows)

    def check(self, writers: Iterable[Writer], secrets: Iterable[str], when: str) -> str:
        """Each line taken is one entry, and whoever wrote it was told; gives the figures.

        Neither a line nor one of the ``secrets`` is in the log.
        """
        with reading(self.data) as tx:
            assert problems(tx) == [], when
            rows = tx.rows("SELECT objective FROM entries WHERE voided IS NULL")
        counted = Counter(str(row[0]).removeprefix("paper ") for row in rows)
        taken = [word for one in writers for word in one.taken]
        assert counted == Counter(taken), (when, counted - Counter(taken), Counter(taken) - counted)
        errors = self.errors.read_text()
        assert "Traceback" not in errors, errors
        assert not any(word in errors for word in [*taken, *secrets]), errors
        assert " ERROR " not in errors, errors
        told, twice, asked = Counter[str](), 0, 0
        for one in writers:
            for word in one.taken:
                read = one.read(word)
                assert read, (when, word, "nothing was said")
                assert read.keys() <= {"Logged", "asked"}, (when, word, read)
                told += read
                twice += read["Logged"] > 1
                asked += read["asked"] > 0
        return (
            f"{len(taken)} lines taken, 0 lost; told {dict(told)}, {twice} twice, {asked} asked"
            " about"
        )

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("JALON_")}
        return {**kept, **self._settings, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
