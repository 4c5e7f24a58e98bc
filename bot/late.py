"""What a door has acknowledged and not done yet: remembered, and finished, if after a restart."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from bot.dispatch import note
from bot.once import Once
from bot.packing import compact
from storage import unfinished
from storage.engine import Store

Work = Callable[[], Awaitable[None]]


class Late:
    """Finishes things, each by its key once."""

    def __init__(self, platform: str, store: Store, now: Callable[[], datetime]) -> None:
        self._platform = platform
        self._store = store
        self._now = now
        self._remembered = Once[int]()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._ids: dict[str, set[int]] = {}

    async def take(self, key: str, content: dict[str, Any], finish: Work) -> None:
        """Remember a thing, and have it finished. Once this returns it can be acknowledged."""
        at = int(self._now().timestamp())
        id = await self._remembered(
            key,
            lambda: self._store.write(unfinished.put, self._platform, compact(content), at),
        )
        self.go_on(key, id, finish)

    def go_on(self, key: str, id: int, finish: Work) -> None:
        """Have finished what was remembered under this number."""
        self._ids.setdefault(key, set()).add(id)
        if key not in self._tasks:
            self._tasks[key] = asyncio.create_task(self._finish(key, finish))

    async def close(self) -> None:
        """Leave what is under way to the next start."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def _finish(self, key: str, finish: Work) -> None:
        await finish()
        # No wait from here on but the last: what comes with this key now is another time.
        ids = self._ids.pop(key)
        del self._tasks[key]
        self._remembered.forget(key)
        try:
            await self._store.write(unfinished.exchange, self._platform, (), 0, list(ids))
        except Exception as error:  # at the next start it is taken up again, and found done
            note(error)
