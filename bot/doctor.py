"""What `jalon doctor` looks at: the machine, the data folder, the plans, the clock and the texts.

Nothing here says a name, a note or anything a person typed.
"""

import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.clock import HOME
from handlers.chat.texts import Texts
from storage import settings
from storage.contents import Unusable, applied, check_ours, contents, known
from storage.copies import taken
from storage.database import FILE, Tx, reading
from storage.errors import StorageError
from storage.plan import Language
from storage.plan_errors import PlanError
from storage.plan_files import load_plans

ZONES = (HOME.key, "America/Blanc-Sablon", "America/Halifax")
OLDEST_SQLITE = (3, 37, 0)  # has STRICT tables
FIXED_SQLITE = (3, 51, 3)
LITTLE, TOO_LITTLE = 1000, 100  # megabytes of free space
LOOK_AHEAD = 60  # days in which a plan's end is worth a warning
CLOCKS_DIFFER = timedelta(minutes=2)
RESTORE = "Put a backup back: jalon restore FILE"


class State(StrEnum):
    """How a finding is."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something looked at, in one line; and in one more what to do about it."""

    state: State
    says: str
    to_do: str = ""


def findings(folder: Path, now: datetime) -> Iterator[Finding]:
    """Everything there is to say about this machine and this data folder at ``now``, in UTC."""
    yield from versions(sys.version_info[:3], sqlite3.sqlite_version_info)
    yield from time_zones(ZONES)
    yield from texts()
    yield from data_folder(folder)
    ahead = _ahead(folder)
    if ahead:
        yield _ok("A sample: its clock is simulated")
    yield from database(folder, now + ahead)
    yield from plans(folder, (now + ahead).astimezone(HOME).date())


def versions(python: tuple[int, ...], sqlite: tuple[int, ...]) -> Iterator[Finding]:
    """Python, SQLite, and the libraries that the store and the doors stand on."""
    ours, lite = _dotted(python), _dotted(sqlite)
    if (3, 11) <= python < (3, 14):
        yield _ok(f"Python {ours}")
    else:
        yield _bad(f"Python {ours} is not supported", "Use Python 3.11, 3.12 or 3.13")
    if sqlite < OLDEST_SQLITE:
        oldest = _dotted(OLDEST_SQLITE)
        yield _bad(f"SQLite {lite} is too old", f"Use a Python with SQLite {oldest} or later")
    elif sqlite < FIXED_SQLITE:
        yield _ok(
            f"SQLite {lite}: it has the WAL-reset bug, fixed in {_dotted(FIXED_SQLITE)}, which"
            " needs two writing connections; Jalon has one, behind a lock"
        )
    else:
        yield _ok(f"SQLite {lite}: the WAL-reset bug is fixed in it")
    yield _ok(f"sqlite-utils {version('sqlite-utils')}, aiohttp {version('aiohttp')}")


def time_zones(zones: tuple[str, ...]) -> Iterator[Finding]:
    """The time zones of the network's members."""
    for zone in zones:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, OSError):
            yield _bad(f"No time zone data for {zone}", "Install Jalon again: make install")
            return
    yield _ok(f"Time zone data: {', '.join(zones)}")


def texts() -> Iterator[Finding]:
    """What the bot says, in both languages."""
    try:
        en, fr = (Texts.load(language).texts.keys() for language in Language)
    except (OSError, ValueError) as error:
        yield _bad(f"The bot's texts can't be read: {error}", "Install Jalon again: make install")
        return
    if en and en == fr:
        yield _ok(f"{len(en)} texts in English and French")
    else:
        missing = ", ".join(sorted(en ^ fr)[:3]) or "all"
        yield _bad(f"Texts missing in a language: {missing}", "Install Jalon again: make install")


def data_folder(folder: Path) -> Iterator[Finding]:
    """Whether the data folder is there, can be written, has a bot running on it, and has room."""
    at = f"Data folder {folder.resolve()}"
    if not folder.exists():
        to_do = "jalon run makes it; should it be there, look at --data, JALON_DATA, jalon.toml"
        yield _warn(f"{at} is not there yet", to_do)
        return
    try:
        with tempfile.TemporaryFile(dir=folder):
            running = taken(folder)
    except OSError as error:
        to_do = "Let the account that runs the bot write there"
        yield _bad(f"{at} can't be written: {error.strerror}", to_do)
        return
    yield _ok(f"{at}; {'a bot runs' if running else 'no bot runs'} on it")
    yield free_space(shutil.disk_usage(folder).free // 1_000_000)


def free_space(megabytes: int) -> Finding:
    """Whether that much is enough."""
    says = f"{megabytes:,} MB free on its disk"
    if megabytes >= LITTLE:
        return _ok(says)
    return (_bad if megabytes < TOO_LITTLE else _warn)(says, "Make room on that disk")


def database(folder: Path, now: datetime) -> Iterator[Finding]:
    """The database's size and shape, and whether the clock agrees with its newest change."""
    path = folder / FILE
    try:
        with reading(folder) as tx:
            check_ours(tx, path)
            pending = known()[len(applied(tx)) :]
            size = f"Database of {path.stat().st_size / 1_000_000:,.1f} MB"
            if pending:
                to_do = "The bot's next start does it; before that: jalon backup FILE"
                yield _warn(f"{size}, to be brought up to date ({', '.join(pending)})", to_do)
            else:
                held = contents(tx)
                counts = f"{held.entries:,} entries, {held.people:,} people"
                yield _ok(f"{size}: {counts}; migrations: {', '.join(applied(tx))}")
                yield clock(now, held.newest)
    except FileNotFoundError:
        yield _warn("No database there yet", "jalon run makes it")
    except Unusable as error:
        yield _bad(str(error), RESTORE)
    except (StorageError, sqlite3.Error, OSError) as error:
        yield _bad(f"The database can't be read: {error}", RESTORE)
    else:
        yield _ok("When the last backup was made is not known; jalon backup FILE makes one")


def clock(now: datetime, newest: int | None) -> Finding:
    """Whether this machine's time can be right: ``newest`` is the last change's, in UTC seconds."""
    says = f"The clock says {now:%Y-%m-%d %H:%M} UTC"
    last = now if newest is None else datetime.fromtimestamp(newest, UTC)
    if last <= now + CLOCKS_DIFFER:
        return _ok(says)
    return _bad(
        f"{says}, before the last change ({last:%Y-%m-%d %H:%M} UTC)", "Set this machine's clock"
    )


def plans(folder: Path, today: date) -> Iterator[Finding]:
    """The plans found, which are in force, and the first day soon that none covers."""
    try:
        found = load_plans(folder)
    except PlanError as error:
        for problem in error.problems:
            yield _bad(f"Plan {problem}", "Mend that file; jalon plan check FILE looks at it again")
        return
    for plan in found.all:
        force = ", in force" if plan in found.in_force(today) else ""
        dates = f"{plan.starts} to {plan.ends}{force}"
        yield _ok(f"Plan {plan.id}, {dates}: {found.files[plan.id]}")
    days = (today + timedelta(days=n) for n in range(LOOK_AHEAD))
    if bare := next((day for day in days if not found.in_force(day)), None):
        year = bare.year if bare.month >= 7 else bare.year - 1
        to_do = f"Write one from the last: jalon plan roll {year}-{(year + 1) % 100:02}"
        yield _warn(f"No plan covers {bare}; entries will wait", to_do)


def _ahead(folder: Path) -> timedelta:
    """How far a sample's simulated clock stands from the real one."""
    try:
        with reading(folder) as tx:
            return timedelta(seconds=float(settings.get(tx, "clock ahead by") or 0))
    except (StorageError, sqlite3.Error, OSError):
        return timedelta()  # what is wrong with it, ``database`` says


def _ok(says: str) -> Finding:
    return Finding(State.OK, says)


def _warn(says: str, to_do: str) -> Finding:
    return Finding(State.WARN, says, to_do)


def _bad(says: str, to_do: str) -> Finding:
    return Finding(State.BAD, says, to_do)


def _dotted(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))
