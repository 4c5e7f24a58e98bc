"""Does a thing once for a key: a second delivery waits for the first one and gets its answer."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

T = TypeVar("T")
REMEMBERED = 1000


class Once(Generic[T]):
    """The answers to the latest keys, finished or still being made."""

    def __init__(self) -> None:
        self._tasks: OrderedDict[str, asyncio.Task[T]] = OrderedDict()

    async def __call__(self, key: str, make: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """The answer to this key. It is made to the end even when whoever asked hangs up."""
        task = self._tasks.get(key)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = self._tasks[key] = asyncio.create_task(make())
            if len(self._tasks) > REMEMBERED:
                oldest = next((one for one in self._tasks if self._tasks[one].done()), key)
                del self._tasks[oldest]
        return await asyncio.shield(task)

    def forget(self, key: str) -> None:
        """Make the answer anew if the key comes again."""
        self._tasks.pop(key, None)

    async def finish(self) -> None:
        """Wait for what is still being made."""
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
