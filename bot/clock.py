"""The time: the real one, or a simulated one that can be moved forward and survives a restart."""

from datetime import UTC, date, datetime, timedelta

from storage import settings
from storage.engine import Store, Tx
from storage.local_time import HOME

_SETTING = "clock ahead by"


class Clock:
    """Tells the time in UTC. ``ahead`` is how far a simulated clock stands from the real one."""

    def __init__(self, store: Store | None = None, ahead: timedelta | None = None) -> None:
        self._store = store
        self._ahead = ahead

    @classmethod
    async def simulated_in(cls, store: Store, starts: datetime) -> "Clock":
        """Go on where this store's clock stands, or start at ``starts``."""
        kept = await store.read(settings.get, _SETTING)
        ahead = timedelta(seconds=float(kept)) if kept else starts - datetime.now(UTC)
        clock = cls(store, ahead)
        if not kept:
            await clock.forward(timedelta())
        return clock

    @property
    def simulated(self) -> bool:
        return self._ahead is not None

    def now(self) -> datetime:
        return datetime.now(UTC) + (self._ahead or timedelta())

    async def forward(self, by: timedelta) -> None:
        """Move a simulated clock on. Raises ValueError for the real one, and for going back."""
        if self._ahead is None or self._store is None or by < timedelta():
            raise ValueError("only a simulated clock moves, and only forward")
        ahead = self._ahead + by

        def keep(tx: Tx) -> None:
            settings.put(tx, _SETTING, str(ahead.total_seconds()))

        await self._store.write(keep)
        self._ahead = ahead


def ahead_in(tx: Tx) -> timedelta:
    """How far the clock that this data folder lives on stands from the real one."""
    return timedelta(seconds=float(settings.get(tx, _SETTING) or 0))


def today_in(tx: Tx) -> date:
    """The day it is at home, by the clock that this data folder lives on."""
    return (datetime.now(HOME) + ahead_in(tx)).date()
