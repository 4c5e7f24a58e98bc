"""What the bot does for itself on the schedule: it lets go of what is old, and makes copies."""

import asyncio
from pathlib import Path

from bot.config import Config
from bot.scheduler import Chores
from storage import copies, deliveries, files, held, inbound, occurrences
from storage.engine import Store, Tx
from storage.occurrences import Occurrence

DAY = 24 * 3600
COPY = "jalon-{}.db"


def chores(store: Store, config: Config, folder: Path) -> Chores:
    """Each by the name of its job. ``folder`` is where the data lies."""

    async def retention(one: Occurrence) -> None:
        await store.write(let_go, one.due)

    async def backup(one: Occurrence) -> None:
        to = config.backups or folder / "backups"
        await asyncio.to_thread(_copy, folder, to, one.key, config.backups_kept)

    return {"retention": retention, "backup": backup}


def let_go(tx: Tx, at: int) -> None:
    """Let go of what was kept for a while, and is not needed at ``at`` (UTC seconds) any more."""
    before = at - inbound.KEPT_DAYS * DAY
    inbound.forget_before(tx, before)
    held.forget_before(tx, before)
    files.forget_before(tx, before)
    deliveries.forget_before(tx, at - deliveries.KEPT)
    occurrences.forget_before(tx, at - deliveries.KEPT)


def _copy(folder: Path, to: Path, day: str, kept: int) -> None:
    """Copy the database under the name of a day, and keep so many of the newest copies."""
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = to / COPY.format(day)
    if not file.exists():  # made, and then the bot was killed
        copies.backup(folder, file)
    for old in sorted(to.glob(COPY.format("????-??-??")))[:-kept]:
        old.unlink()
