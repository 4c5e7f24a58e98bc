"""Kills what says things by itself, again and again, and counts what people have read of it.

What is due meanwhile goes on being due. Some answers of the platform are lost, before it has done
what it was asked for or after; others are slow, so that kills fall in between.
"""

import asyncio
import json
import random
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from bot.slack.manifest import EVENTS, SCOPES
from storage import addresses, occurrences, people
from storage.database import reading
from storage.deliveries import State
from storage.engine import Tx, writing
from storage.people import Newcomer, TeamRole
from tests.killed import PATIENCE, ROOT
from tests.slack.faults import Fault
from tests.slack.workspace import BOT_TOKEN, SECRET, Workspace
from tests.teams.connector import Teams
from tests.teams.faults import Fault as TeamsFault
from tests.teams.jalon import PASSWORD
from tests.teams.microsoft import Microsoft
from tests.teams.people import APP_ID, BOT, TENANT

CHILD = Path(__file__).with_name("say_until_killed.py")
JOB = "soak"
FEWEST_KILLS = 3
LOST, SLOW = 0.05, 0.4  # of the calls
PEOPLE, CHANNELS = 5, 3


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is to be said. ``person`` is an id of the platform, "" for a channel."""

    id: str
    person: str
    reference: str = ""


class Platform(Protocol):
    """A fake platform in this process.

    ``losing`` is the share of answers that nobody hears, ``lost`` counts them.
    """

    name: str
    losing: float
    lost: int

    async def open(self) -> tuple[dict[str, Any], list[Spot]]:
        """Begin; the settings of the door to it, and where to say things."""
        ...

    async def close(self) -> None: ...

    def texts(self) -> Iterable[str]:
        """What each message of the bot says, as JSON; of a picture beside it "Picture 00001x"."""
        ...

    @property
    def look_ups(self) -> int:
        """How often the bot has asked what it has said."""
        ...


@dataclass
class Measured:
    """What came of it. ``missing`` and ``doubled`` are words; ``unsure`` those kept as such.

    Of ``pictures`` beside messages some are missing, and none may be there twice.
    """

    platform: str
    occurrences: int
    kills: int = 0
    lost: int = 0
    look_ups: int = 0
    pictures: int = 0
    missing: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)
    seconds: float = 0.0

    @property
    def wrong(self) -> bool:
        """Whether something came twice, or did not come and nobody would know."""
        return bool(self.doubled or self.missing - self.unsure)

    def __str__(self) -> str:
        known = len(self.missing & self.unsure)
        return (
            f"{self.platform}: {self.occurrences} occurrences, {self.kills} kills,"
            f" {self.lost} lost responses, {self.look_ups} look-ups, {self.pictures} pictures:"
            f" {len(self.missing)} missing (of them {known} kept as unsure, for managers to see),"
            f" {len(self.doubled)} doubled; {self.seconds:.0f} s"
        )


class SlackPlatform:
    """The fake workspace."""

    name = "slack"
    CALLS = (
        "chat.postMessage",
        "conversations.history",
        "conversations.open",
        "files.completeUploadExternal",
    )

    def __init__(self, chance: random.Random) -> None:
        self.losing, self.lost = LOST, 0
        self._chance = chance
        self._workspace = Workspace()

    async def open(self) -> tuple[dict[str, Any], list[Spot]]:
        workspace = self._workspace
        workspace.scopes = {one.name for one in SCOPES}
        workspace.events = set(EVENTS)
        await workspace.start()
        workspace.faults.by_chance = self._fault
        users = [workspace.add_user(f"p{n}", f"Person {n}") for n in range(PEOPLE)]
        channels = [workspace.add_channel(f"c{n}", users) for n in range(CHANNELS)]
        settings = {
            "bot_token": BOT_TOKEN,
            "signing_secret": SECRET,
            "api_url": workspace.api_url,
        }
        spots = [Spot(one.id, one.id) for one in users] + [Spot(one.id, "") for one in channels]
        return settings, spots

    def _fault(self, method: str) -> Fault | None:
        self._workspace.now = time.time()
        if method not in self.CALLS:
            return None
        what, after = self._chance.random(), self._chance.random() < 0.5
        if what < self.losing:
            self.lost += 1
            return Fault.dropped(after=after)
        if what < self.losing + SLOW:
            go = asyncio.Event()
            asyncio.get_running_loop().call_later(self._chance.uniform(0, 0.1), go.set)
            return Fault.slow(go, after=after)
        return None

    async def close(self) -> None:
        await self._workspace.close()
        assert self._workspace.violations == []

    def texts(self) -> Iterable[str]:
        for channel in self._workspace.channels:
            for one in self._workspace.bot_messages(channel):
                yield json.dumps(one.blocks)
                yield from (file["title"].replace("Reminder", "Picture") for file in one.files)

    @property
    def look_ups(self) -> int:
        return len(self._workspace.called("conversations.history"))


class TeamsPlatform:
    """The fake connector, and Microsoft's sign-in beside it."""

    name, look_ups = "teams", 0

    def __init__(self, chance: random.Random) -> None:
        self.losing, self.lost = LOST, 0
        self._chance = chance
        self._microsoft = Microsoft()
        self._teams = Teams(self._microsoft)

    async def open(self) -> tuple[dict[str, Any], list[Spot]]:
        await self._microsoft.start()
        await self._teams.start()
        self._teams.faults.by_chance = self._fault
        users = [self._teams.add_user(f"p{n}", f"Person {n}") for n in range(PEOPLE)]
        channels = [self._teams.add_channel(f"c{n}", users) for n in range(CHANNELS)]
        settings = {
            "app_id": APP_ID,
            "app_password": PASSWORD,
            "tenant_id": TENANT,
            "openid_url": self._microsoft.openid_url,
            "login_url": self._microsoft.login_url,
            "service_hosts": ["127.0.0.1"],
        }

        def spot(id: str, person: str) -> Spot:
            reference = {"serviceUrl": self._teams.service_url, "conversation": {"id": id}}
            return Spot(id, person, json.dumps(reference))

        chats = [spot(self._teams.chat(one).id, one.aad) for one in users]
        return settings, chats + [spot(one.id, "") for one in channels]

    def _fault(self, name: str) -> TeamsFault | None:
        if not re.search("POST .*/activities", name):
            return None
        what, after = self._chance.random(), self._chance.random() < 0.5
        if what < self.losing:
            self.lost += 1
            return TeamsFault(dropped=True, after=after)
        if what < self.losing + SLOW:
            return TeamsFault(delay=self._chance.uniform(0.001, 0.1), after=after)
        return None

    async def close(self) -> None:
        await self._teams.close()
        await self._microsoft.stop()
        assert self._teams.problems == []

    def texts(self) -> Iterable[str]:
        for one in self._teams.messages:
            if one.author == BOT:
                yield json.dumps(one.activity)


class Soak:
    """One platform, one data folder, and the process that is killed, or told to end (SIGTERM)."""

    def __init__(
        self,
        platform: Platform,
        folder: Path,
        chance: random.Random,
        *,
        by: signal.Signals = signal.SIGKILL,
    ) -> None:
        self._by = by
        self._platform = platform
        self._data, self._plan = folder / "data", folder / "plan.json"
        self._errors = folder / "errors.txt"
        self._chance = chance
        self._process: asyncio.subprocess.Process

    async def run(self, total: int, each_second: int) -> Measured:
        """Have so much said, and kill it until all of it is due; then let it finish."""
        began, measured = time.monotonic(), Measured(self._platform.name, total)
        settings, spots = await self._platform.open()
        try:
            self._prepare(settings, spots, total, each_second)
            while self._entered() < total or measured.kills < FEWEST_KILLS:
                await self._launch()
                if self._by is signal.SIGTERM or self._chance.random() < 0.8:
                    await self._ready()
                await asyncio.sleep(self._chance.uniform(0, 1.5))
                await self._end()
                measured.kills += 1
            await self._launch()
            await self._ready()
            await self._through()
            await self._told_to_end()
            self._count(measured)
        finally:
            await self._kill()
            await self._platform.close()
        errors = self._errors.read_text()
        assert "Traceback" not in errors, errors
        measured.seconds = time.monotonic() - began
        return measured

    def _prepare(
        self, settings: dict[str, Any], spots: list[Spot], total: int, each_second: int
    ) -> None:
        name, now = self._platform.name, int(time.time())
        numbers: list[int] = []
        with writing(self._data) as tx:
            for spot in spots:
                person = None
                if spot.person:
                    who = Newcomer(name, spot.person, spot.person)
                    person = people.meet(tx, who, TeamRole.STAFF, now).id
                    numbers.append(person)
                addresses.note(tx, name, spot.id, person, now, spot.reference)
            occurrences.advance(tx, JOB, now)
        plan = {
            "platform": name,
            "settings": settings,
            "start": now + 1,
            "total": total,
            "each_second": each_second,
            "people": numbers,
            "channels": [one.id for one in spots if not one.person],
        }
        self._plan.write_text(json.dumps(plan))

    async def _launch(self) -> None:
        with self._errors.open("ab") as errors:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-W", "error", str(CHILD), str(self._data), str(self._plan)),
                env={"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
            )

    async def _ready(self) -> None:
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), PATIENCE)
        assert line == b"ready\n", self._errors.read_text()

    async def _end(self) -> None:
        await (self._told_to_end() if self._by is signal.SIGTERM else self._kill())

    async def _told_to_end(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(self._process.wait(), PATIENCE) == 0

    async def _kill(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    async def _through(self) -> None:
        for _ in range(int(PATIENCE * 10)):
            with reading(self._data) as tx:
                (row,) = tx.rows("SELECT count(*) AS left FROM deliveries WHERE state = 'waiting'")
            if not row["left"]:
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"{row['left']} are not said")

    def _entered(self) -> int:
        with reading(self._data) as tx:
            (row,) = tx.rows("SELECT count(*) AS entered FROM occurrences WHERE state = 'done'")
        return int(row["entered"])

    def _count(self, measured: Measured) -> None:
        read = Counter[str]()
        for text in self._platform.texts():
            read.update(set(re.findall(r"(?:Reminder|Picture) \d{5}x", text)))
        words = {f"Reminder {number:05}x" for number in range(measured.occurrences)}
        pictures = {one for one in read if one.startswith("Picture")}
        assert read.keys() - pictures <= words
        measured.pictures = len(pictures)
        measured.missing = words - read.keys()
        measured.doubled = {word for word, times in read.items() if times > 1}
        measured.lost, measured.look_ups = self._platform.lost, self._platform.look_ups
        with reading(self._data) as tx:
            measured.unsure = {f"Reminder {once.rpartition('/')[2]}x" for once in _unsure(tx)}


def _unsure(tx: Tx) -> list[str]:
    rows = tx.rows("SELECT once FROM deliveries WHERE state = :state", state=State.UNSURE)
    return [row["once"] for row in rows]
