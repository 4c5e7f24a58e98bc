"""`jalon import people FILE`, `jalon import attendance FILE`: shown, and taken in with --yes."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import clock
from bot.shell import give_up, in_one_line, need_database
from handlers import describe
from handlers.attendance import importing, preview, saving
from handlers.attendance.matching import Pending
from handlers.chat.cards import Block, Card, Item
from handlers.chat.errors import UserError
from handlers.chat.plain import plain
from handlers.chat.texts import Texts
from handlers.files.roster import Roster
from handlers.people import roster_import, roster_preview
from handlers.people.roster_matching import Matched
from storage import people, period_lock, presences, records, roster_imports, sessions
from storage.contents import check_current
from storage.database import FILE, Tx, reading, writing
from storage.errors import NotFound
from storage.local_time import HOME
from storage.network import Language, Network
from storage.people import Person, TeamRole
from storage.period_lock import NeedsReason
from storage.plan_files import Plans, load_plans
from storage.records import Record
from storage.roster_imports import Taken
from storage.rosters import LONGEST_TEXT
from storage.sessions import Session

T = Texts.load(Language.EN)


@dataclass(frozen=True, slots=True)
class May:
    """Which roles can do something, and how it is said that nobody of them is meant."""

    does: Callable[[TeamRole], bool]
    nobody: str


MANAGES = May(lambda role: role.manages, "no manager or administrator")
RECORDS = May(lambda role: role.logs, "nobody of the team")

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
            person = _in_the_name_of(tx, by, MANAGES)
            matched = roster_import.matching(tx, read, network)
            taken = _take(tx, file, matched, person)
    _show(file, read, matched, network)
    if taken is None:
        typer.echo("Nothing was changed.")
        return
    says = taken.says
    numbers = f"{len(says.added)} added, {len(says.changed)} changed, {len(says.ended)} ended"
    typer.echo(f"Taken in, in the name of {_printable(person.name)}: {numbers}.")


@app.command("attendance")
def attendance(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="An attendance report of Teams or Zoom.")],
    session: Annotated[
        int, typer.Option(metavar="ID", help="The session's number; without it, which may fit.")
    ] = 0,
    hosts: Annotated[bool, typer.Option("--hosts", help="Count those who held it, too.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Take it in; the bot must be stopped.")
    ] = False,
    by: Annotated[
        str,
        typer.Option(
            metavar="NAME|ADDRESS",
            help="Who records it; not needed where there is only one administrator.",
        ),
    ] = "",
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why what a sent report was made from is changed.")
    ] = "",
) -> None:
    """Show who an attendance report says came to a session; with --yes, record it."""
    folder = need_database(ctx)
    with in_one_line(folder), _kindly(file):
        plans = load_plans(folder)
        pending = importing.read(file.name, file.read_bytes(), HOME)
        if pending is None:
            give_up(f"{file}: no attendance report of Teams or Zoom")
        with reading(folder) as tx:
            check_current(tx, folder / FILE)
            if not session:
                _show_fitting(tx, pending)
                return
            _show_report(tx, plans, pending, _session(tx, session), hosts=hosts)
        if not yes:
            typer.echo("Nothing is stored yet: add --yes to take it in.")
            return
        with writing(folder) as tx:
            person = _in_the_name_of(tx, by, RECORDS)
            change = importing.taking(plans, pending, {}, organizers=hosts)
            today = clock.today_in(tx)
            because = tx.because(reason[: period_lock.LONGEST])
            seen, changed = saving.record(because, session, change, person, _now(tx), today, T)
    if not changed:
        typer.echo("Nothing was changed: that was recorded already.")
        return
    name = _printable(person.name)
    typer.echo(f"Taken in, in the name of {name}. Participants: {seen.says.participants}.")


@contextmanager
def _kindly(file: Path) -> Generator[None]:
    """Say in one line what the person can mend."""
    try:
        yield
    except UserError as error:
        give_up(f"{file}: {T(error.key, **error.params)}")
    except NeedsReason:
        give_up("a report was made from that session and sent; say why with --reason")


def _session(tx: Tx, id: int) -> Record[Session]:
    try:
        found = records.get(tx, sessions.KIND, id)
    except NotFound:
        give_up(f"there is no session {id}")
    if found.voided is not None:
        give_up(f"session {id} was taken back")
    return found


def _show_fitting(tx: Tx, pending: Pending) -> None:
    _echo(preview.about(T, pending))
    there = importing.fitting(tx, pending, clock.today_in(tx))
    typer.echo("Which session is it of? Say --session and one of these:" * bool(there))
    for one in there:
        _echo(f"{one.id}  {describe.session(T, one.says)}")
    if not there:
        typer.echo("No session has been recorded that it could be of.")


def _show_report(
    tx: Tx, plans: Plans, pending: Pending, session: Record[Session], *, hosts: bool
) -> None:
    found = importing.matched(tx, plans, pending, session.says, {}, organizers=hosts)
    there = presences.of_session(tx, session.id)
    beside = preview.About(T, plans.network, session.says, there and there.says)
    blocks = [_in_words(one) for one in preview.blocks(beside, pending, found, {})]
    title = T("attendance.file.preview", session=describe.session(T, session.says))
    for line in plain(Card(title, tuple(blocks))).splitlines():
        _echo(line)
    if not any(found.heads):
        raise UserError("attendance.file.nobody")


def _in_words(block: Block) -> Block:
    """What stands on the buttons of an item, in its words."""
    if not isinstance(block, Item):
        return block
    labels = ", ".join(one.label for one in block.actions)
    return Item(block.text, f"{block.detail} {labels}".strip())


def _read(file: Path, network: Network) -> Roster:
    try:
        read = roster_import.read(file.read_bytes(), network)
    except UserError as error:
        give_up(f"{file}: {T(error.key, **error.params)}")
    if read is None:
        give_up(f"{file}: no list of people; its first lines must name columns, such as name,role")
    return read


def _take(tx: Tx, file: Path, matched: Matched, by: Person) -> Record[Taken] | None:
    return roster_imports.take(tx, file.name[-LONGEST_TEXT:], matched.decisions, by, _now(tx))


def _now(tx: Tx) -> int:
    return int((datetime.now(UTC) + clock.ahead_in(tx)).timestamp())


def _show(file: Path, read: Roster, matched: Matched, network: Network) -> None:
    blocks = roster_preview.blocks(T, network, matched, read)
    for line in plain(Card(T("roster.preview.title", file=file.name), blocks)).splitlines():
        _echo(line)


def _in_the_name_of(tx: Tx, by: str, may: May) -> Person:
    """In whose name it is done: who was named, else the only administrator."""
    if by:
        found = [one for one in people.named(tx, by) if may.does(one.role)]
        if len(found) != 1:
            count = f"{may.nobody} is" if not found else "several people are"
            give_up(f"{count} called {_printable(by)}; name one by an e-mail or an id")
        return found[0]
    admins = [one for one in people.everyone(tx) if one.role is people.TeamRole.ADMIN]
    if not admins:
        give_up("there is no administrator yet: jalon admin NAME makes one")
    if len(admins) > 1:
        give_up("there are several administrators: say in whose name with --by NAME")
    return admins[0]


def _echo(text: str) -> None:
    typer.echo(_printable(text))


def _printable(text: str) -> str:
    """A text from a file, without what could drive a terminal."""
    return "".join(c if c.isprintable() or c == "\u00a0" else "\ufffd" for c in text)
