"""Says what is kept to be said: when it is due, once, at each platform's pace, across restarts."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.dispatch import note
from bot.doors import Doors
from bot.lane import Lane
from handlers.chat.cards import Card
from handlers.chat.posts import Telling
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from storage import deliveries, people
from storage.addresses import Address
from storage.deliveries import ASKED_AGAIN, DELIVERIES, Post
from storage.engine import Store, Tx
from storage.errors import NotFound
from storage.local_time import zone_of
from storage.plan import Language
from storage.plan_files import Plans


class Posting:
    """Has each delivery made into a card and said by the door of whom it is for."""

    def __init__(
        self,
        store: Store,
        doors: Doors,
        router: Router,
        plans: Plans,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._doors = doors
        self._router = router
        self._plans = plans
        self._now = now
        self._lanes: list[Lane] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._closing = asyncio.Event()

    def add_to(self, app: web.Application) -> None:
        """Post while the app runs. To be added after the doors: they start first, and end last."""
        app.on_startup.append(self._start)
        app.on_shutdown.append(self._stop)

    async def all_said(self) -> None:
        """Wait until all that can be said by now is."""
        await self._reach()
        for lane in self._lanes:
            await lane.empty()

    async def _start(self, _: web.Application) -> None:
        await self._store.write(deliveries.release)
        self._lanes = [
            Lane(self._store, one, self._doors.of(one), self._made, self._now)
            for one in self._doors.platforms
        ]
        await self._reach()
        self._store.watch(DELIVERIES, self._wake)
        self._tasks = [asyncio.create_task(lane.go_on()) for lane in self._lanes]
        self._tasks.append(asyncio.create_task(self._reach_now_and_then()))

    async def _stop(self, _: web.Application) -> None:
        """Finish the attempts under way, and leave the rest to the next start."""
        self._closing.set()
        for lane in self._lanes:
            lane.close()
        await asyncio.gather(*self._tasks)

    def _wake(self) -> None:
        for lane in self._lanes:
            lane.wake()

    async def _reach(self) -> None:
        """See who can be told by now that could not be before."""
        at = int(self._now().timestamp())
        await self._store.write(deliveries.reach, self._doors.platforms, at)
        self._wake()

    async def _reach_now_and_then(self) -> None:
        while True:
            try:
                async with asyncio.timeout(ASKED_AGAIN):
                    await self._closing.wait()
                return
            except TimeoutError:
                pass
            try:
                await self._reach()
            except Exception as error:  # tried again after the same while
                note(error)

    async def _made(self, post: Post, address: Address, said: bool) -> tuple[Card | None, Texts]:
        router, plans, now = self._router, self._plans, self._now()
        return await self._store.read(make, post, address, router, plans, now, said=said)


def make(
    tx: Tx,
    post: Post,
    address: Address,
    router: Router,
    plans: Plans,
    now: datetime,
    *,
    said: bool = False,
) -> tuple[Card | None, Texts]:
    """The card of a post for its reader as things are now, None where there is nothing to say.

    And their language, or the channel's. ``said``: it was said already.
    """
    person, language, home = None, address.language or Language.EN, ""
    if post.person is not None:
        person = people.get(tx, people.joined(tx).get(post.person, post.person))
        language, home = person.language, person.timezone
    t = Texts.load(language)
    maker = router.find_post(post.says)
    if maker is None:
        raise LookupError("nothing makes this post")
    try:
        telling = Telling(t, plans, now.astimezone(zone_of(home)), person, said)
        return maker(tx, telling, post.values), t
    except NotFound:  # what it was about is there no more
        return None, t
