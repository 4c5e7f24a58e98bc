"""`jalon guide build`: the well-being practices guide as a Word document."""

from pathlib import Path
from typing import Annotated

import typer

from bot import clock
from bot.shell import give_up, in_one_line, need_database
from handlers.practices import guiding
from storage.database import reading
from storage.plan import Language
from storage.plan_files import load_plans

app = typer.Typer(no_args_is_help=True, help="The well-being practices guide.")


@app.callback()
def guide() -> None:
    """Have `build` be a command of its own."""


@app.command()
def build(
    ctx: typer.Context,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    language: Annotated[Language, typer.Option(help="The language of its frame.")] = Language.EN,
    force: Annotated[bool, typer.Option("--force", help="Write over an existing file.")] = False,
) -> None:
    """Write the guide of the practices that are selected and published."""
    folder = need_database(ctx)
    if output.exists() and not force:
        give_up(f"{output} is there already; --force writes over it")
    with in_one_line(folder):
        with reading(folder) as tx:
            made, today = guiding.read(tx, load_plans(folder), None), clock.today_in(tx)
        if not made.chosen:
            give_up("no practice is selected or published yet: the guide would be empty")
        output.write_bytes(made.file(language, today).content)
    draft = "" if made.delivered else ", a draft until it is marked as delivered"
    count = len(made.chosen)
    typer.echo(f"{output}: {count} {'practice' if count == 1 else 'practices'}{draft}.")
