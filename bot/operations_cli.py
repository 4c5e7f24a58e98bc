"""The commands an administrator types: doctor, verify, backup, restore, export, admin."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn, cast

import typer

from bot import doctor as looks
from bot.app import data_folder
from bot.config import Config
from bot.finding import State
from storage import copies, people
from storage import export as exporting
from storage.contents import Contents, check_current, contents
from storage.database import FILE, CannotOpen, Tx, reading, writing
from storage.errors import FolderTaken, StorageError
from storage.export import Format
from storage.people import Person, TeamRole
from storage.verify import problems

FOUND_BAD = 1
BAD_INPUT = 2
FEW = 10  # people that are listed where a name is not among them

app = typer.Typer()


@app.command()
def doctor(ctx: typer.Context) -> None:
    """Look at this machine, the data folder, the plans and the clock; exit 1 if anything is bad."""
    bad = False
    for finding in looks.findings(_data(ctx), datetime.now(UTC)):
        bad = bad or finding.state is State.BAD
        typer.echo(f"{finding.state:4}  {finding.says}")
        if finding.to_do:
            typer.echo(f"      -> {finding.to_do}")
    if bad:
        raise typer.Exit(FOUND_BAD)


@app.command()
def verify(ctx: typer.Context) -> None:
    """Check the file, the totals and the audit chain; exit 1 and say what is wrong."""
    folder = _data(ctx)
    with _in_one_line(ctx):
        checked, found = _verified(folder)
    typer.echo(f"Checked {checked}.")
    for problem in found:
        typer.echo(f"problem: {problem}")
    if found:
        raise typer.Exit(FOUND_BAD)
    typer.echo("all good")


def _verified(folder: Path) -> tuple[str, list[str]]:
    """What was checked, and what is wrong."""
    try:
        with reading(folder) as tx:
            check_current(tx, folder / FILE)
            held = contents(tx)
            parts = f"{held.totals:,} totals and {held.changes:,} lines of the audit chain"
            return f"the file, {_counts(held)}, {parts}", problems(tx)
    except (CannotOpen, sqlite3.DatabaseError) as error:
        return "the file", [f"it can't be read: {error}; jalon restore FILE puts a backup back"]


@app.command()
def backup(
    ctx: typer.Context, file: Annotated[Path, typer.Argument(help="The file to write.")]
) -> None:
    """Copy the whole database to FILE, beside a running bot or without one."""
    folder = _data(ctx)
    with _in_one_line(ctx):
        held = copies.backup(folder, file)
    typer.echo(f"{file}: {_counts(held)}, {file.stat().st_size / 1_000_000:,.1f} MB.")


@app.command()
def restore(ctx: typer.Context, file: Annotated[Path, typer.Argument(help="A backup.")]) -> None:
    """Put a backup in the place of the database, which is kept; the bot must be stopped."""
    folder = _data(ctx)
    with _in_one_line(ctx, needed=False):
        restored = copies.restore(folder, file, datetime.now(UTC))
    typer.echo(f"Restored {_counts(restored.contents)} from {file}.")
    if restored.kept:
        typer.echo(f"The database that was there is kept: {restored.kept}")


@app.command()
def export(
    ctx: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", help="The folder to write to.")],
    format: Annotated[Format, typer.Option(help="What to write.")] = Format.CSV,
    force: Annotated[bool, typer.Option("--force", help="Write over existing files.")] = False,
) -> None:
    """Write everything held as CSV or JSON, with names: for administrators."""
    folder = _data(ctx)
    with _in_one_line(ctx), reading(folder) as tx:
        check_current(tx, folder / FILE)
        written = exporting.write(tx, output, format, force=force)
    for path, rows in written.items():
        typer.echo(f"{path}: {rows:,} rows")


@app.command()
def admin(
    ctx: typer.Context,
    who: Annotated[str, typer.Argument(metavar="NAME|ADDRESS", help="A name, or a platform's id.")],
) -> None:
    """Make someone an administrator who has spoken to the bot; the bot must be stopped."""
    folder = _data(ctx)
    with _in_one_line(ctx), writing(folder) as tx:
        found = people.named(tx, who)
        if len(found) != 1:
            _stop_for(tx, who, found)
        person = found[0]
        if person.role is not TeamRole.ADMIN:
            at = int(datetime.now(UTC).timestamp())
            people.set_role(tx, person.id, TeamRole.ADMIN, at, by=None)
    typer.echo(f"{_plain(person.name)} is an administrator.")


def _stop_for(tx: Tx, who: str, found: list[Person]) -> NoReturn:
    """Say what to type instead, where nobody or several people have that name."""
    if found:
        typer.echo(f"jalon: {len(found)} people are called that; name one by its id:", err=True)
        for person in found:
            typer.echo(f"  {_described(tx, person)}", err=True)
        raise typer.Exit(BAD_INPUT)
    everyone = people.everyone(tx)
    known = "" if everyone else "; nobody has yet"
    if 0 < len(everyone) <= FEW:
        known = f"; known so far: {', '.join(_plain(person.name) for person in everyone)}"
    _give_up(f"nobody is called {_plain(who)}: they must say something to the bot first{known}")


def _described(tx: Tx, person: Person) -> str:
    ids = exporting.platform_ids(tx).get(person.id, [])
    return f"{_plain(person.name)}, {person.role}: " + ", ".join(
        f"{_plain(id)} ({platform})" for platform, id in ids
    )


def _plain(text: str) -> str:
    """A text from a platform, without what could drive a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def _counts(held: Contents) -> str:
    voided = f" ({held.voided:,} voided)" if held.voided else ""
    return f"{held.entries:,} entries{voided}, {held.people:,} people"


def _data(ctx: typer.Context) -> Path:
    return cast("Config", ctx.obj).data


@contextmanager
def _in_one_line(ctx: typer.Context, *, needed: bool = True) -> Generator[None]:
    """Say in one line what stands in the way. ``needed``: there must be a database already."""
    folder = _data(ctx)
    if needed and not (folder / FILE).is_file():
        _give_up(f"{folder / FILE}: there is no database yet; start the bot once{_hint(ctx)}")
    try:
        yield
    except FolderTaken:
        _give_up(f"a bot runs on {folder}; stop it first")
    except FileNotFoundError as error:
        _give_up(f"{error.filename or folder / FILE}: there is no such file, or nothing in it")
    except StorageError as error:
        _give_up(str(error))
    except OSError as error:
        _give_up(f"{error.filename or folder}: {error.strerror or error}")
    except sqlite3.DatabaseError as error:
        _give_up(f"{folder / FILE}: {error}; jalon restore FILE puts a backup back")


def _hint(ctx: typer.Context) -> str:
    """Where to look for those who have run the sample only."""
    sample = data_folder(cast("Config", ctx.obj), with_sample=True)
    return f"; for the sample: jalon --data {sample} ..." if (sample / FILE).is_file() else ""


def _give_up(message: str) -> NoReturn:
    typer.echo(f"jalon: {message}", err=True)
    raise typer.Exit(BAD_INPUT)
