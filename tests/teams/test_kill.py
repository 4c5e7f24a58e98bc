"""Killed at any moment while people write to it in Teams, the bot loses no line, counts none twice.

The product itself runs. What it did not take, Teams delivers again, or people type again. Three
kills by default. For a long run: ``JALON_KILLS=100 pytest tests/teams/test_kill.py -s``.
"""

import asyncio
import json
import random
import sys
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.teams.http import PATH
from tests.killed import KILLS, PATIENCE, Bot
from tests.teams.connector import Teams
from tests.teams.driver import TeamsUser
from tests.teams.jalon import PASSWORD
from tests.teams.microsoft import Microsoft
from tests.teams.people import APP_ID, BOT, TENANT, Json, Place
from tests.teams.transport import Response, Transport

PEOPLE = 6
POST, MEMBERS = "POST .*/activities", "GET .*members"


class NotTaken(Exception):
    """The bot is not known to have taken what was delivered."""


class Delivering(Transport):
    """Delivers wherever the bot answers now: some things until they are taken, others once."""

    def __init__(self, bot: Bot, microsoft: Microsoft, chance: random.Random) -> None:
        super().__init__("", microsoft)
        self.again = 0
        self._bot = bot
        self._chance = chance

    async def several(self, activity: Json, copies: int) -> list[Response]:
        once = self._chance.random() < 0.4
        while True:
            await self._bot.up.wait()
            self.url = self._bot.url
            try:
                response = await self.deliver(activity)
                if response.status == 201:
                    return [response]
            except (aiohttp.ClientError, TimeoutError):
                pass
            if once:
                raise NotTaken
            self.again += 1
            await asyncio.sleep(self._chance.choice([0.0, 0.1, 1.0]))


class Writer:
    """Someone who logs one line after the other, each with a word of its own."""

    def __init__(self, user: TeamsUser, team: Place, chance: random.Random) -> None:
        self.user = user
        self.taken: list[str] = []
        self.typed_again = 0
        self._team = team
        self._chance = chance
        self._today = datetime.now(UTC).date()

    async def write(self, stop: asyncio.Event, most: int = 10**6) -> None:
        """Write ``most`` lines, or until the time to stop; each is typed until it is taken."""
        while not stop.is_set() and len(self.taken) < most:
            word = f"{self.user.user.short}{len(self.taken)}x"
            ago = timedelta(days=self._chance.randrange(2, 25))
            line = f"log 1 min with a CDA at EMSB on {self._today - ago} re paper {word}"
            place = self._team if self._chance.random() < 0.3 else None
            while not await self._took(line, place):
                self.typed_again += 1
                await asyncio.sleep(self._chance.choice([0.0, 0.3]))
            self.taken.append(word)
            await asyncio.sleep(self._chance.uniform(0, 0.05))

    async def _took(self, line: str, place: Place | None) -> bool:
        try:
            await self.user.says(line, place)
        except NotTaken:
            return False
        return True

    def read(self, word: str) -> Counter[str]:
        """How often this person was told of a line, and what."""
        told = Counter[str]()
        for one in self.user.sees():
            if one.message.author == BOT and word in one.text.split():
                told["asked" if "Yes, log it" in one.labels else one.text.splitlines()[0]] += 1
        return told


async def trouble(teams: Teams, stop: asyncio.Event, chance: random.Random) -> None:
    """What goes wrong with Teams: it refuses, is slow, or nobody hears its answer."""
    loop = asyncio.get_running_loop()
    while not stop.is_set():
        path, after = chance.choice([POST, POST, MEMBERS]), chance.random() < 0.5
        if path not in [one.path for one in teams.faults.left]:
            kind = chance.choice(["slow", "slow", "slow", "refused", "dropped"])
            if kind == "slow":
                go = asyncio.Event()
                loop.call_later(chance.uniform(0, 0.5), go.set)
                teams.faults.add(path=path, hold=go, after=after)
            elif kind == "refused":
                status = chance.choice([429, 502, 503])
                teams.faults.add(path=path, status=status, after=after and status != 429)
            else:
                teams.faults.add(path=path, dropped=True, after=after)
        await asyncio.sleep(chance.uniform(0, 0.2))


async def moment(teams: Teams, bot: Bot, chance: random.Random) -> str:
    """Wait for the moment of a kill; gives which kind of moment it was."""
    kind = chance.choice(["any", "any", "any", "starting", "sending", "sent"])
    if kind == "starting":
        await asyncio.sleep(chance.uniform(0, 2.5))
        return kind
    await bot.answers()
    await asyncio.sleep(chance.uniform(0, 0.8))
    sent = len(teams.called("POST", "/activities"))
    with suppress(AssertionError):  # nothing of the kind goes on: any moment is as good
        if kind == "sending":
            await teams.until(lambda: any("/activities" in one for one in teams.faults.waiting))
        elif kind == "sent":
            await teams.until(lambda: len(teams.called("POST", "/activities")) > sent)
    return kind


@pytest.fixture
async def bot(tmp_path: Path, microsoft: Microsoft) -> AsyncGenerator[Bot]:
    settings = {
        "JALON_TEAMS__APP_ID": APP_ID,
        "JALON_TEAMS__APP_PASSWORD": PASSWORD,
        "JALON_TEAMS__TENANT_ID": TENANT,
        "JALON_TEAMS__OPENID_URL": microsoft.openid_url,
        "JALON_TEAMS__LOGIN_URL": microsoft.login_url,
        "JALON_TEAMS__SERVICE_HOSTS": json.dumps(["127.0.0.1"]),
    }
    hasty = "bot.teams.door.WORKING_AFTER"
    made = Bot(tmp_path, settings, platform="teams", path=PATH, hasty=hasty, said="message")
    yield made
    await made.end()


async def test_no_line_that_was_taken_is_lost_to_a_kill(
    bot: Bot, teams: Teams, microsoft: Microsoft
) -> None:
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    over = Delivering(bot, microsoft, chance)
    team = teams.add_channel("General")

    def writer(name: str) -> Writer:
        user = teams.add_user(name, f"Person {name}")
        team.members.append(user.id)
        return Writer(TeamsUser(teams, user, over), team, chance)

    writers = [writer(f"p{n}y") for n in range(PEOPLE)]
    stop = asyncio.Event()
    tasks: list[asyncio.Task[None]] = [asyncio.create_task(one.write(stop)) for one in writers]
    tasks.append(asyncio.create_task(trouble(teams, stop, chance)))
    moments, unfinished = Counter[str](), Counter[str]()
    for n in range(KILLS):
        await bot.launch(chance.choice([None, None, 0.0, 0.02]))
        moments[await moment(teams, bot, chance)] += 1
        await bot.kill()
        unfinished += bot.waiting()
        writers.append(writer(f"n{n}y"))
        tasks.append(asyncio.create_task(writers[-1].write(stop, most=5)))
    stop.set()
    await bot.launch()
    await bot.answers()
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*tasks)
    await bot.finished()
    await bot.stop()
    await over.close()
    when = f"seed {seed}"
    figures = bot.check(writers, (PASSWORD, *microsoft.issued), when)
    assert await bot.verified() == 0, when
    sys.stdout.write(
        f"{KILLS} kills {dict(moments)}, {figures}; unfinished at the kills: {dict(unfinished)};"
        f" delivered again: {over.again}, typed again: {sum(one.typed_again for one in writers)}\n"
    )
