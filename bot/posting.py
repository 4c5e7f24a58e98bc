"""Says what is kept to be said: right after it is, and after a restart what was not."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.delivery import Delivery
from bot.dispatch import note
from handlers.chat.posts import card_of
from handlers.chat.texts import Texts
from storage import people, posts
from storage.engine import Store, Tx
from storage.plan import Language
from storage.posts import POSTS, Post

AGAIN = 60.0  # seconds until what could not be said is tried again


class Posting:
    """Hands each post to the door of whom it is for, once that door is open.

    A door has it once ``Delivery.post`` comes back; a bot that is killed between that and the note
    of it says it a second time.
    """

    def __init__(self, store: Store, delivery: Delivery, now: Callable[[], datetime]) -> None:
        self._store = store
        self._delivery = delivery
        self._now = now
        self._something = asyncio.Event()
        self._something.set()
        self._task = asyncio.create_task(self._go_on())
        store.watch(POSTS, self._something.set)

    async def close(self) -> None:
        """Leave the rest to the next start."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _go_on(self) -> None:
        while True:
            try:
                async with asyncio.timeout(AGAIN):
                    await self._something.wait()
            except TimeoutError:
                pass
            self._something.clear()
            try:
                for post, language in await self._store.read(_waiting, self._delivery.platforms):
                    await self._say(post, language)
            except Exception as error:  # tried again a minute later
                note(error)

    async def _say(self, post: Post, language: Language) -> None:
        try:
            await self._delivery.post(post.address, card_of(post.card), Texts.load(language))
        except Exception as error:  # the others are told nevertheless
            note(error)
            return
        await self._store.write(posts.sent, post.id, int(self._now().timestamp()))


def _waiting(tx: Tx, platforms: tuple[str, ...]) -> list[tuple[Post, Language]]:
    found = posts.waiting(tx, platforms)
    return [
        (post, people.get(tx, post.address.person).language)
        for post in found
        if post.address.person is not None
    ]
