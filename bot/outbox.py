"""What a door has to say: kept in the store until it is said, if late, and across restarts."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from bot.dispatch import note
from storage import unfinished
from storage.engine import Store

GRACE = 5.0  # seconds that what is under way has when the bot stops

Json = dict[str, Any]


class Outbox:
    """Hands each thing to ``deliver``, in a task of its own.

    ``deliver`` comes back once the thing is said or never can be, and tells the log which.
    """

    def __init__(
        self,
        platform: str,
        store: Store,
        now: Callable[[], datetime],
        deliver: Callable[[Json], Awaitable[None]],
    ) -> None:
        self._platform = platform
        self._store = store
        self._now = now
        self._deliver = deliver
        self._tasks: set[asyncio.Task[None]] = set()

    async def put(self, content: Json) -> None:
        """Take a thing over: from here on it is not lost. Returns before it is said."""
        at = int(self._now().timestamp())
        id = await self._store.write(unfinished.put, self._platform, json.dumps(content), at)
        self.go_on(id, content)

    def go_on(self, id: int, content: Json) -> None:
        """Say what was taken over under this number."""
        task = asyncio.create_task(self._finish(id, content))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Finish what goes through at once; the rest is taken up at the next start."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _finish(self, id: int, content: Json) -> None:
        try:
            await self._deliver(content)
        except Exception as error:
            note(error)
        await self._store.write(unfinished.done, id)
