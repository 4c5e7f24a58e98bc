"""`jalon draw verify FILE`: a published draw done again from its file alone, without a database."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.shell import give_up
from handlers.communities.draw_checking import check
from handlers.communities.drawing import Ranked, Record

app = typer.Typer(help="Check the draws for seats in communities.")

DOES_NOT_HOLD = 1


@app.callback()
def _group() -> None:
    """Keep `verify` a word of the command line while it is alone here."""


@app.command()
def verify(
    file: Annotated[
        Path, typer.Argument(help="The file of a draw, as it was published; - reads it from stdin.")
    ],
) -> None:
    """Do a draw again from its file alone, and say whether it comes out the same."""
    name = "The draw" if str(file) == "-" else file.name
    record, problems = check(_text(file))
    if record is None or problems:
        typer.echo(f"{name} does not hold:", err=True)
        for problem in problems:
            typer.echo(f"- {_printable(problem)}", err=True)
        raise typer.Exit(DOES_NOT_HOLD)
    typer.echo(f"{name} holds: done again, it comes out the same.\n")
    typer.echo("\n".join(_account(record)))


def _account(record: Record) -> list[str]:
    frozen = record.frozen
    pool = sum(each.seats for each in frozen.pool)
    used = sum(each.seats for each in record.ranking if each.id in record.taken)
    ranked = {each.id: each for each in record.ranking}
    return [
        f"Community   {frozen.community}, {frozen.community_name}",
        f"Pool        {len(frozen.pool)} projects of {pool} people, for {frozen.capacity} seats",
        f"Frozen      {frozen.frozen_at:%Y-%m-%d %H:%M:%S} UTC",
        f"Hash        {record.frozen_hash}",
        f"Randomness  {frozen.source}",
        f"            known from {frozen.known_at:%Y-%m-%d %H:%M:%S} UTC",
        f'            typed {record.typed_at:%Y-%m-%d %H:%M:%S} UTC as "{record.typed}",'
        f' read as "{record.canonical}"',
        f"Seed        {record.seed}",
        f"Taken       {_listed([ranked[id] for id in record.taken])}:"
        f" {used} of {frozen.capacity} seats",
        f"Waiting     {_listed([ranked[id] for id in record.waiting])}, in this order",
        "",
        "Two things only you can check: that this hash was published before the randomness was",
        "known, and that the randomness is what its source says.",
    ]


def _listed(projects: list[Ranked]) -> str:
    return ", ".join(f"project {each.id} ({each.seats})" for each in projects)


def _printable(problem: str) -> str:
    """What a stranger's file says must not steer the terminal of whoever checks it."""
    return "".join(c if c.isprintable() else "?" for c in problem)


def _text(file: Path) -> str:
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return content.decode("utf-8-sig")
    except OSError as error:
        give_up(f"{file}: can't be read: {error.strerror}")
    except UnicodeDecodeError:
        give_up(f"{file}: is no text; the file of a draw is JSON, in UTF-8")
