"""Who a platform's ids are: asked of it now and then, and never waited for long."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from storage import people
from storage.engine import Store
from storage.people import PEOPLE, Newcomer

FRESH = 3600.0  # seconds that what a platform said of someone holds
PATIENCE = 1.0  # seconds that someone we know waits for it to say something new of them


class Members:
    """A platform's people, each asked for once an hour at most."""

    def __init__(self, platform: str, store: Store) -> None:
        self._platform = platform
        self._store = store
        self._known: dict[str, tuple[float, Newcomer]] = {}
        self._asking: dict[str, asyncio.Task[Newcomer]] = {}

    async def get(self, id: str, ask: Callable[[], Awaitable[Newcomer]]) -> Newcomer:
        """Who this is; ``ask`` has the platform say so, however long that takes.

        While it does not say, someone known is taken as known; someone new is waited for.
        """
        asked_at, known = self._known.get(id, (0.0, None))
        if known is not None and time.monotonic() - asked_at < FRESH:
            return known
        asking = self._asking.get(id)
        if asking is None:
            asking = self._asking[id] = asyncio.create_task(self._ask(id, ask))
            asking.add_done_callback(lambda _: self._asking.pop(id, None))
        stored = known or self.stored(id)
        if stored is None:
            return await asyncio.shield(asking)
        await asyncio.wait({asking}, timeout=PATIENCE)
        return asking.result() if asking.done() else stored

    def stored(self, id: str) -> Newcomer | None:
        """Who this is as far as the store knows."""
        person = self._store.recall(PEOPLE, people.find, self._platform, id)
        if person is None:
            return None
        return Newcomer(self._platform, id, person.name, f"{person.language}-CA", person.timezone)

    async def close(self) -> None:
        """Stop asking."""
        for asking in list(self._asking.values()):
            asking.cancel()

    async def _ask(self, id: str, ask: Callable[[], Awaitable[Newcomer]]) -> Newcomer:
        newcomer = await ask()
        self._known[id] = time.monotonic(), newcomer
        return newcomer
