"""The commands an administrator types: doctor, verify, backup, restore, export, admin."""

import sqlite3
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.finding import State
from bot.shell import BAD_INPUT, config_of, give_up, in_one_line, need_database
from storage import audit, copies, identities, people
from storage import export as exporting
from storage.contents import Contents, check_current, contents
from storage.database import FILE, CannotOpen, Tx, reading, writing
from storage.export import Format
from storage.people import Person, TeamRole
from storage.verify import problems

FOUND_BAD = 1
FEW = 10  # people that are listed where a name is not among them

app = typer.Typer()


@app.command()
def doctor(
    ctx: typer.Context,
    token: Annotated[
        bool, typer.Option("--token", help="Also ask Microsoft for Teams' token and its keys.")
    ] = False,
) -> None:
    """Look at this machine, the data, the plans, Slack and Teams; exit 1 if anything is bad."""
    from bot import doctor as looks  # knows what Slack's SDK says

    bad = False
    config, now = config_of(ctx), datetime.now(UTC)
    for finding in chain(
        looks.findings(config.data, now),
        looks.slack(config.slack, config.data, now),
        looks.teams(config.teams, token=token),
    ):
        bad = bad or finding.state is State.BAD
        typer.echo(f"{finding.state:4}  {_plain(finding.says)}")
        if finding.to_do:
            typer.echo(f"      -> {finding.to_do}")
    if bad:
        raise typer.Exit(FOUND_BAD)


@app.command()
def verify(
    ctx: typer.Context,
    head: Annotated[
        str, typer.Option(help="A seal that a weekly post showed: is it still in the chain?")
    ] = "",
) -> None:
    """Check the file, the totals and the audit chain; exit 1 and say what is wrong."""
    folder = need_database(ctx)
    with in_one_line(folder):
        checked, found = _verified(folder, head.strip().lower())
    typer.echo(f"Checked {checked}.")
    for problem in found:
        typer.echo(f"problem: {problem}")
    if found:
        raise typer.Exit(FOUND_BAD)
    typer.echo("all good")


def _verified(folder: Path, head: str) -> tuple[str, list[str]]:
    """What was checked, and what is wrong; with ``head``, where the chain lacks it."""
    try:
        with reading(folder) as tx:
            check_current(tx, folder / FILE)
            held = contents(tx)
            parts = f"{held.totals:,} totals and {held.changes:,} lines of the audit chain"
            lost = head and not audit.holds(tx, head)
            seal = ["no line of the audit chain has that seal: history was rewritten since"]
            return f"the file, {_counts(held)}, {parts}", problems(tx) + seal * bool(lost)
    except (CannotOpen, sqlite3.DatabaseError) as error:
        return "the file", [f"it can't be read: {error}; jalon restore FILE puts a backup back"]


@app.command()
def backup(
    ctx: typer.Context, file: Annotated[Path, typer.Argument(help="The file to write.")]
) -> None:
    """Copy the whole database to FILE, beside a running bot or without one."""
    folder = need_database(ctx)
    with in_one_line(folder):
        held = copies.backup(folder, file)
    typer.echo(f"{file}: {_counts(held)}, {file.stat().st_size / 1_000_000:,.1f} MB.")


@app.command()
def restore(ctx: typer.Context, file: Annotated[Path, typer.Argument(help="A backup.")]) -> None:
    """Put a backup in the place of the database, which is kept; the bot must be stopped."""
    folder = config_of(ctx).data
    with in_one_line(folder):
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
    folder = need_database(ctx)
    with in_one_line(folder), reading(folder) as tx:
        check_current(tx, folder / FILE)
        written = exporting.write(tx, output, format, force=force)
    for path, rows in written.items():
        typer.echo(f"{path}: {rows:,} rows")


@app.command()
def admin(
    ctx: typer.Context,
    who: Annotated[
        str, typer.Argument(metavar="NAME|ADDRESS", help="A name, an e-mail, or a platform's id.")
    ],
) -> None:
    """Make someone an administrator who has spoken to the bot; the bot must be stopped."""
    folder = need_database(ctx)
    with in_one_line(folder), writing(folder) as tx:
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
    give_up(f"nobody is called {_plain(who)}: they must say something to the bot first{known}")


def _described(tx: Tx, person: Person) -> str:
    ids = identities.of_everyone(tx).get(person.id, ())
    return f"{_plain(person.name)}, {person.role}: " + ", ".join(
        f"{_plain(one.id)} ({one.platform})" for one in ids
    )


def _plain(text: str) -> str:
    """A text from a platform, without what could drive a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def _counts(held: Contents) -> str:
    voided = f" ({held.voided:,} voided)" if held.voided else ""
    return f"{held.entries:,} entries{voided}, {held.people:,} people"
