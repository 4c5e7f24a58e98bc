"""`jalon import people FILE`: a list of people is shown, and taken in with --yes."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import clock
from bot.shell import give_up, in_one_line, need_database
from handlers.chat.cards import Card
from handlers.chat.errors import UserError
from handlers.chat.plain import plain
from handlers.chat.texts import Texts
from handlers.files.roster import Roster
from handlers.people import roster_import, roster_preview
from handlers.people.roster_matching import Matched
from storage import people, roster_imports
from storage.contents import check_current
from storage.database import FILE, Tx, reading, writing
from storage.network import Language, Network
from storage.people import Person
from storage.plan_files import load_plans
from storage.records import Record
from storage.roster_imports import Taken
from storage.rosters import LONGEST_TEXT

app = typer.Typer(help="Take in a file, as dropping it in the chat does.", no_args_is_help=True)


@app.callback()
def files() -> None:
    """Keep each kind of file a word of its own."""


@app.command("people")
def people_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="A list of people: CSV, or text with tabs.")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Take it in; the bot must be stopped.")
    ] = False,
    by: Annotated[
        str,
        typer.Option(
            metavar="NAME|ADDRESS",
            help="The manager in whose name; not needed where there is only one administrator.",
        ),
    ] = "",
) -> None:
    """Show what a list of people would change on the roster; with --yes, change it."""
    folder = need_database(ctx)
    with in_one_line(folder):
        network = load_plans(folder).network
        read = _read(file, network)
        if not yes:
            with reading(folder) as tx:
                check_current(tx, folder / FILE)
                matched = roster_import.matching(tx, read, network)
            _show(file, read, matched, network)
            if matched.decisions:
                typer.echo("Nothing is stored yet: add --yes to take it in.")
            return
        with writing(folder) as tx:
            person = _manager(tx, by)
            matched = roster_import.matching(tx, read, network)
            taken = _take(tx, file, matched, person)
    _show(file, read, matched, network)
    if taken is None:
        typer.echo("Nothing was changed.")
        return
    says = taken.says
    numbers = f"{len(says.added)} added, {len(says.changed)} changed, {len(says.ended)} ended"
    typer.echo(f"Taken in, in the name of {_printable(person.name)}: {numbers}.")


def _read(file: Path, network: Network) -> Roster:
    try:
        read = roster_import.read(file.read_bytes(), network)
    except UserError as error:
        give_up(f"{file}: {Texts.load(Language.EN)(error.key, **error.params)}")
    if read is None:
        give_up(f"{file}: no list of people; its first lines must name columns, such as name,role")
    return read


def _take(tx: Tx, file: Path, matched: Matched, by: Person) -> Record[Taken] | None:
    at = int((datetime.now(UTC) + clock.ahead_in(tx)).timestamp())
    return roster_imports.take(tx, file.name[-LONGEST_TEXT:], matched.decisions, by, at)


def _show(file: Path, read: Roster, matched: Matched, network: Network) -> None:
    t = Texts.load(Language.EN)
    blocks = roster_preview.blocks(t, network, matched, read)
    for line in plain(Card(t("roster.preview.title", file=file.name), blocks)).splitlines():
        typer.echo(_printable(line))


def _manager(tx: Tx, by: str) -> Person:
    """In whose name it is done: who was named, else the only administrator."""
    if by:
        found = [one for one in people.named(tx, by) if one.role.manages]
        if len(found) != 1:
            count = "no manager or administrator is" if not found else "several people are"
            give_up(f"{count} called {_printable(by)}; name one by an e-mail or an id")
        return found[0]
    admins = [one for one in people.everyone(tx) if one.role is people.TeamRole.ADMIN]
    if not admins:
        give_up("there is no administrator yet: jalon admin NAME makes one")
    if len(admins) > 1:
        give_up("there are several administrators: say in whose name with --by NAME")
    return admins[0]


def _printable(text: str) -> str:
    """A text from a file, without what could drive a terminal."""
    return "".join(c if c.isprintable() or c == "\u00a0" else "\ufffd" for c in text)
