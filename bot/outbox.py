"""What a door has to say: kept in the store until it is said, if late, and across restarts."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from bot.dispatch import note
from bot.packing import compact
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
        self._taken: list[tuple[str, asyncio.Future[int]]] = []
        self._said: list[int] = []
        self._untold: list[int] = []  # said as well; the store could not be told
        self._keeping: asyncio.Task[None] | None = None

    async def put(self, content: Json) -> None:
        """Take a thing over: from here on it is not lost. Returns before it is said.

        Where the store fails it is said all the same, unless the bot stops before that.
        """
        kept = asyncio.get_running_loop().create_future()
        self._taken.append((compact(content), kept))
        self._keep()
        try:
            self.go_on(await kept, content)
        except Exception as error:
            note(error)
            self.go_on(None, content)

    def go_on(self, id: int | None, content: Json) -> None:
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
        if self._keeping is not None:
            await self._keeping

    def _keep(self) -> None:
        """Tell the store what was taken over and what is said; what comes meanwhile, at once."""
        if self._keeping is None:
            self._keeping = asyncio.create_task(self._keep_all())

    async def _keep_all(self) -> None:
        try:
            while self._taken or self._said:
                taken, self._taken = self._taken, []
                said, self._said, self._untold = [*self._untold, *self._said], [], []
                await self._keep_these(taken, said)
        finally:
            self._keeping = None

    async def _keep_these(
        self, taken: list[tuple[str, asyncio.Future[int]]], said: list[int]
    ) -> None:
        contents = [content for content, _ in taken]
        at = int(self._now().timestamp())
        try:
            ids = await self._store.write(unfinished.exchange, self._platform, contents, at, said)
        except Exception as error:
            self._untold = said  # told with what comes next, else said again at the next start
            for _, kept in taken:
                if not kept.done():
                    kept.set_exception(error)
            if not taken:
                note(error)
            return
        for (_, kept), id in zip(taken, ids, strict=True):
            if not kept.done():
                kept.set_result(id)

    async def _finish(self, id: int | None, content: Json) -> None:
        try:
            await self._deliver(content)
        except Exception as error:
            note(error)
        if id is not None:
            self._said.append(id)
            self._keep()
