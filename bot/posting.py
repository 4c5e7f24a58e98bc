"""Says what is kept to be said: right after it is, and after a restart what was not."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.delivery import Delivery
from bot.dispatch import note
from handlers.chat.posts import card_of
from handlers.chat.texts import Texts
from storage import people, posts
from storage.engine import Store, Tx
from storage.plan import Language
from storage.posts import POSTS, Post

AGAIN = 60.0  # seconds until it is seen whether somebody can be told by now


class Posting:
    """Hands each post to the door of whom it is for, once that door is open.

    A door has it once ``Delivery.post`` comes back; a bot that is killed between that and the note
    of it says it a second time. What a door refuses is tried again at the next start.
    """

    def __init__(self, store: Store, delivery: Delivery, now: Callable[[], datetime]) -> None:
        self._store = store
        self._delivery = delivery
        self._now = now
        self._something = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._tried: set[int] = set()
        self._closing = False

    def add_to(self, app: web.Application) -> None:
        """Post while the app runs. To be added after the doors: they start first, and end last."""
        app.on_startup.append(self._start)
        app.on_shutdown.append(self._stop)

    async def _start(self, _: web.Application) -> None:
        self._something.set()
        self._store.watch(POSTS, self._something.set)
        self._task = asyncio.create_task(self._go_on())

    async def _stop(self, _: web.Application) -> None:
        """Hand over what is in hand, and leave the rest to the next start."""
        self._closing = True
        self._something.set()
        if self._task is not None:
            await self._task

    async def _go_on(self) -> None:
        while not self._closing:
            try:
                async with asyncio.timeout(AGAIN):
                    await self._something.wait()
            except TimeoutError:
                pass
            self._something.clear()
            try:
                for post, language in await self._store.read(self._waiting):
                    if not self._closing:
                        await self._say(post, language)
            except Exception as error:  # tried again a minute later
                note(error)

    async def _say(self, post: Post, language: Language) -> None:
        self._tried.add(post.id)
        try:
            await self._delivery.post(post.address, card_of(post.card), Texts.load(language))
        except Exception as error:  # the others are told nevertheless
            note(error)
            await self._store.write(posts.failed, post.id, type(error).__name__, self._at())
        else:
            await self._store.write(posts.sent, post.id, self._at())

    def _waiting(self, tx: Tx) -> list[tuple[Post, Language]]:
        found = posts.waiting(tx, self._delivery.platforms, self._at())
        return [
            (post, people.get(tx, post.address.person).language)
            for post in found
            if post.id not in self._tried and post.address.person is not None
        ]

    def _at(self) -> int:
        return int(self._now().timestamp())
