"""What is said by itself on one platform: the most urgent first, no faster than the platform takes.

Each delivery is claimed in the store, said by the door, and its end recorded; whatever happens in
between is seen at the next claim.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import datetime
from time import monotonic

from bot.dispatch import note
from bot.doors import CannotTell, Door, NotSaid, Refusal, Said, Unclear
from handlers.chat.cards import Card
from handlers.chat.texts import Texts
from storage import deliveries
from storage.addresses import Address
from storage.deliveries import Claimed, Delivery, Post, State
from storage.engine import Store

AT_ONCE = 8  # attempts under way; as many are claimed, so that what is urgent need not wait long
LONGEST_WAIT = 900  # seconds between two attempts
FINISHING = 8.0  # seconds that attempts under way have when the bot ends: a platform may not answer
LONGEST_REST = 60.0  # seconds until it is looked whether there is something to say, in any case

# A post's card for its reader as things are now, or None where there is nothing to say any more.
# The last: whether it was said already.
Make = Callable[[Post, Address, bool], Awaitable[tuple[Card | None, Texts]]]


class Lane:
    """A platform's deliveries on their way."""

    def __init__(
        self, store: Store, platform: str, door: Door, make: Make, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._platform = platform
        self._door = door
        self._make = make
        self._now = now
        self._pace = _Pace(door.per_second)
        self._under_way: set[asyncio.Task[None]] = set()
        # By number: a lease may run out by a clock that was moved on, and the attempt go on.
        self._busy_with: set[int] = set()
        self._something = asyncio.Event()
        self._empty = asyncio.Event()
        self._closing = False

    def wake(self) -> None:
        """There may be something to say."""
        self._something.set()

    async def empty(self) -> None:
        """Wait until nothing is left that could be said now."""
        self._empty.clear()
        self.wake()
        await self._empty.wait()

    def close(self) -> None:
        """Begin nothing more."""
        self._closing = True
        self.wake()

    async def go_on(self) -> None:
        """Say what there is to say, until closed; then finish what is under way."""
        while not self._closing:
            self._something.clear()
            rest = LONGEST_REST
            try:
                if self._pace.paused:
                    rest = self._pace.pause
                    self._nothing_left()
                elif self._room and not await self._begin_some():
                    rest = await self._until_next()
                    self._nothing_left()
            except Exception as error:  # looked at again after a rest
                note(error)
            await self._wait(rest)
        await self._finish()
        self._empty.set()

    async def _finish(self) -> None:
        """Wait for what is under way. What is given up is looked for at the next start."""
        if not self._under_way:
            return
        _, left = await asyncio.wait(self._under_way, timeout=FINISHING)
        for one in left:
            one.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    async def _wait(self, rest: float) -> None:
        """Until something may have changed, or there is room again."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._something.wait(), rest)

    @property
    def _room(self) -> int:
        """How many more attempts may be under way."""
        return AT_ONCE - len(self._under_way)

    def _nothing_left(self) -> None:
        """Nothing more can be said now."""
        # Woken meanwhile, it may have looked before there was something.
        if not self._under_way and not self._something.is_set():
            self._empty.set()

    async def _begin_some(self) -> bool:
        """Begin as many attempts as there is room for; whether there were any."""
        claimed = await self._store.write(deliveries.claim, self._platform, self._at(), self._room)
        begun = [
            self._begin(one.delivery.id, self._say(one))
            for one in claimed
            if one.delivery.id not in self._busy_with
        ]
        busy = set(self._busy_with)  # of these, what is read may be from before they end
        stale = await self._store.read(deliveries.stale, self._platform, 2 * AT_ONCE)
        old = [(one, address) for one, address in stale if one.id not in busy]
        for one, address in old[: self._room]:
            begun.append(self._begin(one.id, self._edit(one, address)))
        return bool(begun)

    def _begin(self, id: int, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        self._busy_with.add(id)
        task.add_done_callback(lambda _: self._ended(id, task))
        return task

    def _ended(self, id: int, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._busy_with.discard(id)
        self.wake()  # what was looked up while it went on may be otherwise now

    async def _until_next(self) -> float:
        """Seconds until something can be claimed that can't be now; never longer than a rest."""
        at = await self._store.read(deliveries.next_free, self._platform)
        left = LONGEST_REST if at is None else float(max(1, at - self._at()))
        return min(left, LONGEST_REST)

    async def _say(self, one: Claimed) -> None:
        """One attempt. Whatever ends it is recorded, also a failure of ours."""
        delivery, write = one.delivery, self._store.write
        try:
            end, said = await self._attempt(one)
        except NotSaid as error:
            self._pace.hold(error.wait)
            wait = max(error.wait, _pause(delivery.attempts))
            await write(deliveries.wait, delivery.id, self._at() + int(wait) + 1, str(error))
        except Unclear as error:
            again = self._at() + _pause(delivery.attempts)
            await write(deliveries.unclear, delivery.id, again, str(error))
        except CannotTell as error:
            why = str(error) or "lost"
            await write(deliveries.end, delivery.id, State.UNSURE, self._at(), why)
        except Refusal as error:
            await write(deliveries.end, delivery.id, State.FAILED, self._at(), str(error))
        except Exception as error:
            code = note(error)
            await write(deliveries.end, delivery.id, State.FAILED, self._at(), f"error {code}")
        else:
            if said is None:
                await write(deliveries.end, delivery.id, State.DROPPED, self._at(), end)
            else:
                await write(deliveries.said, delivery.id, said.message, self._at(), said.lacks)

    async def _attempt(self, one: Claimed) -> tuple[str, Said | None]:
        """Say it; what the platform has, or why nothing is. What was begun is looked for first.

        Raises what the door does.
        """
        post = one.delivery.post
        await self._pace.turn()
        if one.again and (message := await self._found(one.address, post)):
            return "", Said(message)
        if one.late:
            return "late", None
        card, t = await self._make(post, one.address, False)
        if card is None:
            return "moot", None
        return "", await self._door.say(one.address, card, t, post.once)

    async def _found(self, address: Address, post: Post) -> str | None:
        """The id of what an attempt before has said, if it has.

        Raises Unclear where that can't be seen for now, and CannotTell where it never will be.
        """
        try:
            return await self._door.said(address, post.once, post.due)
        except NotSaid as error:  # this look, that is
            self._pace.hold(error.wait)
            raise Unclear(str(error)) from error
        except Refusal as error:
            raise CannotTell(str(error)) from error

    async def _edit(self, delivery: Delivery, address: Address) -> None:
        """Have what was said show its subject as it is now."""
        try:
            card, t = await self._make(delivery.post, address, True)
            if card is not None:
                await self._pace.turn()
                await self._door.edit(address, delivery.message, card, t)
        except NotSaid as error:
            self._pace.hold(error.wait + 1)
        except Refusal:  # it was taken away, or is too old: what it said was so then
            await self._store.write(deliveries.shown, delivery.id, delivery.stale)
        except Exception as error:
            note(error)
            await self._store.write(deliveries.shown, delivery.id, delivery.stale)
        else:
            await self._store.write(deliveries.shown, delivery.id, delivery.stale)

    def _at(self) -> int:
        return int(self._now().timestamp())


def _pause(attempts: int) -> int:
    """Seconds before the next attempt, twice as many each time."""
    return min(2**attempts, LONGEST_WAIT)


class _Pace:
    """Turns, so many a second; none while the platform asked for a pause."""

    def __init__(self, per_second: float) -> None:
        self._every = 1 / per_second
        self._next = 0.0

    @property
    def pause(self) -> float:
        """Seconds until there is a turn."""
        return max(0.0, self._next - monotonic())

    @property
    def paused(self) -> bool:
        """Whether the next turn is so far off that what is claimed now would wait in vain."""
        return self.pause > AT_ONCE * self._every + 1

    async def turn(self) -> None:
        """Wait for a turn."""
        at = max(self._next, monotonic())
        self._next = at + self._every
        await asyncio.sleep(at - monotonic())

    def hold(self, seconds: float) -> None:
        """Give no turn for so long."""
        self._next = max(self._next, monotonic() + seconds)
