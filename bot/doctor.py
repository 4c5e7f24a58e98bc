"""What `jalon doctor` looks at: this machine, the data folder, the plans, the texts, the doors.

Nothing here says a name, a note or anything a person typed.
"""

import asyncio
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.clock import ahead_in
from bot.config import Slack, Teams
from bot.finding import Finding, bad, ok, warn
from bot.slack import health as slack_health
from bot.teams import health as teams_health
from handlers.chat.texts import Texts
from storage import addresses
from storage.contents import Unusable, check_ours, contents, size
from storage.copies import taken
from storage.database import FILE, applied, known, reading
from storage.errors import StorageError
from storage.local_time import HOME
from storage.plan import Language
from storage.plan_errors import PlanError
from storage.plan_files import load_plans

ZONES = (HOME.key, "America/Blanc-Sablon", "America/Halifax")
OLDEST_SQLITE = (3, 37, 0)  # has STRICT tables
FIXED_SQLITE = (3, 51, 3)
LITTLE, TOO_LITTLE = 1000, 100  # megabytes of free space
LOOK_AHEAD = 60  # days in which a plan's end is worth a warning
CLOCKS_DIFFER = timedelta(minutes=2)
SIMULATED = ok("A sample: its clock is simulated")
RESTORE = "Put a backup back: jalon restore FILE"
INSTALL = "Install Jalon again: make install"


def findings(folder: Path, now: datetime) -> Iterator[Finding]:
    """Everything there is to say about this machine and this data folder at ``now``, in UTC."""
    yield from versions(sys.version_info[:3], sqlite3.sqlite_version_info)
    yield time_zones(ZONES)
    yield texts()
    yield from data_folder(folder)
    if folder.is_dir():
        yield from database(folder, now)
        yield from closed(folder)
    yield from plans(folder, (now + _ahead(folder)).astimezone(HOME).date())


def versions(python: tuple[int, ...], sqlite: tuple[int, ...]) -> Iterator[Finding]:
    """Python, SQLite, and the libraries that the store and the doors stand on."""
    ours, lite = _dotted(python), _dotted(sqlite)
    if (3, 11) <= python < (3, 14):
        yield ok(f"Python {ours}")
    else:
        yield bad(f"Python {ours} is not supported", "Use Python 3.11, 3.12 or 3.13")
    if sqlite < OLDEST_SQLITE:
        oldest = _dotted(OLDEST_SQLITE)
        yield bad(f"SQLite {lite} is too old", f"Use a Python with SQLite {oldest} or later")
    elif sqlite < FIXED_SQLITE:
        yield ok(
            f"SQLite {lite}: it has the WAL-reset bug, fixed in {_dotted(FIXED_SQLITE)}, which"
            " needs two writing connections; Jalon has one, behind a lock"
        )
    else:
        yield ok(f"SQLite {lite}: the WAL-reset bug is fixed in it")
    yield ok(f"sqlite-utils {version('sqlite-utils')}, aiohttp {version('aiohttp')}")


def time_zones(zones: tuple[str, ...]) -> Finding:
    """Whether the times of the network's members are known."""
    try:
        for zone in zones:
            ZoneInfo(zone)
    except (ZoneInfoNotFoundError, OSError) as error:
        return bad(f"Time zone data is missing: {error}", INSTALL)
    return ok(f"Time zone data for {', '.join(zones)}")


def texts() -> Finding:
    """Whether all that the bot says is there in both languages."""
    try:
        en, fr = (Texts.load(language).texts.keys() for language in Language)
    except (OSError, ValueError) as error:
        return bad(f"The bot's texts can't be read: {error}", INSTALL)
    if not en or en != fr:
        return bad(f"Texts in one language only: {', '.join(sorted(en ^ fr)[:3])}", INSTALL)
    return ok(f"{len(en)} texts in English and French")


def data_folder(folder: Path) -> Iterator[Finding]:
    """Whether the data folder is there, can be written, has a bot running on it, and has room."""
    at = f"Data folder {folder.resolve()}"
    if not folder.exists():
        to_do = "jalon run makes it; should it be there, look at --data, JALON_DATA, jalon.toml"
        yield warn(f"{at} is not there yet", to_do)
        return
    try:
        with tempfile.TemporaryFile(dir=folder):
            running = taken(folder)
    except OSError as error:
        to_do = "Let the account that runs the bot write there"
        yield bad(f"{at} can't be written: {error.strerror}", to_do)
        return
    yield ok(f"{at}; {'a bot runs' if running else 'no bot runs'} on it")
    yield free_space(shutil.disk_usage(folder).free // 1_000_000)


def free_space(megabytes: int) -> Finding:
    """Whether that much is enough."""
    says = f"{megabytes:,} MB free on its disk"
    if megabytes < TOO_LITTLE:
        return bad(says, "Make room there")
    return warn(says, "Make room there") if megabytes < LITTLE else ok(says)


def database(folder: Path, now: datetime) -> Iterator[Finding]:
    """The database's size and shape, and whether the clock agrees with its newest change."""
    path = folder / FILE
    try:
        with reading(folder) as tx:
            check_ours(tx, path)
            pending = known()[len(applied(tx)) :]
            megabytes = f"Database of {size(tx) / 1_000_000:,.1f} MB"
            if pending:
                to_do = "The bot's next start does it; before that: jalon backup FILE"
                yield warn(f"{megabytes}, to be brought up to date ({', '.join(pending)})", to_do)
            else:
                held = contents(tx)
                counts = f"{held.entries:,} entries, {held.people:,} people"
                yield ok(f"{megabytes}: {counts}; migrations: {', '.join(applied(tx))}")
                # A simulated clock can't be wrong.
                yield SIMULATED if ahead_in(tx) else clock(now, held.newest)
    except FileNotFoundError:
        yield warn("No database there yet", "jalon run makes it")
    except Unusable as error:
        yield bad(str(error), RESTORE)
    except (StorageError, sqlite3.Error, OSError) as error:
        yield bad(f"The database can't be read: {error}", RESTORE)
    else:
        yield ok("When the last backup was made is not known; jalon backup FILE makes one")


def clock(now: datetime, newest: int | None) -> Finding:
    """Whether this machine's time can be right: ``newest`` is the last change's, in UTC seconds."""
    says = f"The clock says {now:%Y-%m-%d %H:%M} UTC"
    last = now if newest is None else datetime.fromtimestamp(newest, UTC)
    if last <= now + CLOCKS_DIFFER:
        return ok(says)
    return bad(
        f"{says}, before the last change ({last:%Y-%m-%d %H:%M} UTC)", "Set this machine's clock"
    )


def plans(folder: Path, today: date) -> Iterator[Finding]:
    """The plans found, which are in force, and the first day soon that none covers."""
    try:
        found = load_plans(folder)
    except PlanError as error:
        for problem in error.problems:
            yield bad(f"Plan {problem}", "Mend that file; jalon plan check FILE looks at it again")
        return
    for plan in found.all:
        force = ", in force" if plan in found.in_force(today) else ""
        dates = f"{plan.starts} to {plan.ends}{force}"
        yield ok(f"Plan {plan.id}, {dates}: {found.files[plan.id]}")
    days = (today + timedelta(days=n) for n in range(LOOK_AHEAD))
    if bare := next((day for day in days if not found.in_force(day)), None):
        year = bare.year if bare.month >= 7 else bare.year - 1
        to_do = f"Write one from the last: jalon plan roll {year}-{(year + 1) % 100:02}"
        yield warn(f"No plan covers {bare}; entries will wait", to_do)


def slack(settings: Slack, folder: Path, now: datetime) -> Iterator[Finding]:
    """How the way to Slack is, at ``now`` in UTC, where there is one."""
    if settings.configured:
        yield from asyncio.run(slack_health.findings(settings, _channels(folder), now))


def teams(settings: Teams, *, token: bool) -> Iterator[Finding]:
    """How the way to Teams is, where there is one; with ``token``, Microsoft is asked as well."""
    if settings.configured:
        yield from asyncio.run(teams_health.findings(settings, token=token))
    elif token:
        yield warn("Teams is not set up: no token was asked for", "Set teams.app_id and the rest")


def closed(folder: Path) -> Iterator[Finding]:
    """The places in which a platform no longer lets the bot write."""
    try:
        with reading(folder) as tx:
            found = addresses.closed(tx)
    except (StorageError, sqlite3.Error, OSError):
        return  # what is wrong with it, ``database`` says
    for one in found:
        what = f"channel {one.id}" if one.person is None else f"chat of person {one.person}"
        yield warn(
            f"{one.platform}: the {what} is closed to the bot: {one.closed}",
            "Let the app in there again, and write to it there",
        )


def _channels(folder: Path) -> list[str]:
    """The Slack channels in which the bot was spoken to."""
    try:
        with reading(folder) as tx:
            return addresses.channels(tx, "slack")
    except (StorageError, sqlite3.Error, OSError):
        return []  # what is wrong with it, ``database`` says


def _ahead(folder: Path) -> timedelta:
    """How far a sample's simulated clock stands from the real one."""
    try:
        with reading(folder) as tx:
            return ahead_in(tx)
    except (StorageError, sqlite3.Error, OSError):
        return timedelta()  # what is wrong with it, ``database`` says


def _dotted(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))
