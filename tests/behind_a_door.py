"""What a test asks of a Jalon that stands behind a platform's door."""

import asyncio
from datetime import date, datetime

from bot.posting import Posting
from schedules.all import JOBS
from schedules.occurring import occur
from storage import people, totals, unfinished
from storage.engine import Store
from storage.people import Person, TeamRole
from storage.plan_files import load_plans

PATIENCE = 10.0  # seconds that a test waits for what must come


class BehindADoor:
    """A bot with its real store; ``platform`` is the door's, ``now`` its clock."""

    platform: str
    now: datetime
    store: Store
    posting: Posting

    async def entries(self) -> int:
        """How many entries count."""
        return (await self.store.read(totals.logged, None, date.min, date.max)).entries

    async def find(self, id: str) -> Person:
        """The person of this id on the platform."""
        person = await self.store.read(people.find, self.platform, id)
        assert person is not None
        return person

    async def give(self, id: str, role: TeamRole) -> None:
        """Let the person of this id be something else."""
        person = await self.find(id)
        await self.store.write(people.set_role, person.id, role, 0, None)

    async def happens(self, name: str) -> None:
        """What was due by now of this job happens, and all is said that there is to say."""
        job = next(one for one in JOBS if one.name == name)
        await self.store.write(occur, job, load_plans(None), self.now)
        await self.settled()

    async def settled(self) -> None:
        """Wait until the bot has nothing left to say."""
        await self.posting.all_said()
        for _ in range(int(PATIENCE * 100)):
            if not await self.store.read(unfinished.everything, self.platform):
                return
            await asyncio.sleep(0.01)
        raise AssertionError("the bot has still something to say")
