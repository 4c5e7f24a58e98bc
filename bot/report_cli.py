"""`jalon report annual` and `progress`: the reports to the ministry as files."""

from pathlib import Path
from typing import Annotated

import typer

from bot import clock
from bot.shell import give_up, in_one_line, need_database
from handlers.chat.texts import Texts
from handlers.reports import giving, told
from handlers.reports.giving import Format
from storage.database import reading
from storage.plan import Language
from storage.plan_files import load_plans
from storage.report import ReportKind

app = typer.Typer(no_args_is_help=True, help="The reports to the ministry.")

Out = Annotated[Path, typer.Option("--output", "-o", help="The file to write.")]
Of = Annotated[str, typer.Option("--plan", help="A plan's id; by default today's.")]
Speaks = Annotated[Language, typer.Option(help="The language of the report.")]
As = Annotated[Format, typer.Option(help="What to write it as; csv: a zip of files.")]
Over = Annotated[bool, typer.Option("--force", help="Write over an existing file.")]


@app.command()
def annual(
    ctx: typer.Context,
    output: Out,
    plan: Of = "",
    language: Speaks = Language.FR,
    format: As = Format.DOCX,
    force: Over = False,
) -> None:
    """Write the year-end report (Bilan annuel), as far as the year is over."""
    _write(ctx, ReportKind.ANNUAL, None, output, plan, language, format, force=force)


@app.command()
def progress(
    ctx: typer.Context,
    output: Out,
    number: Annotated[
        int | None, typer.Option(help="Which one; by default the next that was not sent.")
    ] = None,
    plan: Of = "",
    language: Speaks = Language.FR,
    format: As = Format.DOCX,
    force: Over = False,
) -> None:
    """Write a progress report (rapport d’étape): until it was sent, or is due."""
    _write(ctx, ReportKind.PROGRESS, number, output, plan, language, format, force=force)


def _write(
    ctx: typer.Context,
    kind: ReportKind,
    number: int | None,
    output: Path,
    plan: str,
    language: Language,
    format: Format,
    *,
    force: bool,
) -> None:
    folder, t = need_database(ctx), Texts.load(language)
    if output.exists() and not force:
        give_up(f"{output} is there already; --force writes over it")
    with in_one_line(folder):
        plans = load_plans(folder)
        with reading(folder) as tx:
            today = clock.today_in(tx)
            chosen = plans.get(plan) if plan else plans.current(today)
            made = giving.read(tx, chosen, kind, number, today)
            file = giving.give(tx, made, language, format)
        output.write_bytes(file.content)
    as_of = f"as it was sent on {made.sent.last}" if made.sent else f"as of {told.as_of(made)}"
    typer.echo(f"{output}: {told.name(t, made)}, {chosen.id}, {as_of}.")
