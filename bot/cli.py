"""The `jalon` command: run, progress, and what the other command modules bring."""

import asyncio
import json
import logging
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import (
    clock,
    draw_cli,
    guide_cli,
    import_cli,
    manifest_cli,
    operations_cli,
    plan_cli,
    report_cli,
    schedule_cli,
)
from bot.app import PortTaken, data_folder, serve
from bot.config import Config, ConfigError, Slack, load
from bot.shell import config_of, give_up, in_one_line, need_database
from bot.slack.manifest import PATH
from bot.teams import origin
from storage import figures
from storage.database import reading
from storage.figures import Figure
from storage.plan import Measure, Plan
from storage.plan_files import load_plans

cli = typer.Typer(
    help="Log accompaniment hours by chat, and see the action plan's targets move.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
cli.add_typer(plan_cli.app, name="plan")
cli.add_typer(draw_cli.app, name="draw")
cli.add_typer(guide_cli.app, name="guide")
cli.add_typer(report_cli.app, name="report")
cli.add_typer(manifest_cli.app, name="manifest")
cli.add_typer(import_cli.app, name="import")
cli.add_typer(schedule_cli.app, name="schedule")
cli.add_typer(operations_cli.app)

UNITS = {
    Measure.HOURS: "hours",
    Measure.SHARE: "fraction",
    Measure.SESSIONS: "sessions",
    Measure.OUTPUTS: "outputs",
    Measure.COUNT: "count",
}
TRY = (
    "/log 2h15 with a CDA at EMSB yesterday re action plan",
    "/progress",
    "/noter 1,5 h table CHSSN lundi",
)


@cli.callback()
def settings(
    ctx: typer.Context,
    config: Annotated[Path | None, typer.Option(help="Settings file (default: jalon.toml)")] = None,
    data: Annotated[Path | None, typer.Option(help="Data folder (default: ./data)")] = None,
) -> None:
    """Read the settings before any command."""
    ctx.obj = _settings(config, {} if data is None else {"data": data})


@cli.command()
def run(
    ctx: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address to listen on")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port to listen on (default: 3978)")
    ] = None,
    data: Annotated[Path | None, typer.Option(help="Data folder (default: ./data)")] = None,
    sample: Annotated[
        bool, typer.Option("--sample", help="A year of sample activity, in a folder of its own")
    ] = False,
    playground: Annotated[
        bool, typer.Option("--playground", help="Open the playground beside Slack or Teams")
    ] = False,
) -> None:
    """Start the bot. Without Slack or Teams it opens the playground."""
    try:
        config = config_of(ctx).over({"host": host, "port": port, "data": data})
    except ConfigError as error:
        give_up(str(error))
    playground = playground or not (config.slack.configured or config.teams.configured)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")

    def listening(address: str) -> None:
        if config.slack.configured:
            typer.echo(f"Jalon is open to Slack{_transports(config.slack, address)}")
        if config.teams.configured:
            whom = "local clients of Teams" if config.teams.emulator else "Teams"
            typer.echo(f"Jalon is open to {whom} at {address}{origin.PATH}")
        if playground:
            typer.echo(f"Jalon's playground is open at {address}")
            typer.echo("Three things to try:")
            for line in TRY:
                typer.echo(f"  {line}")
        typer.echo("Stop with Ctrl+C.")

    try:
        with in_one_line(data_folder(config, with_sample=sample)):
            asyncio.run(
                serve(config, with_sample=sample, playground=playground, listening=listening)
            )
    except PortTaken:
        give_up(f"port {config.port} is taken; choose another with --port")


@cli.command()
def progress(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON")] = False,
    at: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A day")] = None,
    plan: Annotated[str | None, typer.Option(help="A plan's id")] = None,
) -> None:
    """Print every target's figure, beside a running bot or without one."""
    folder = need_database(ctx)
    with in_one_line(folder), reading(folder) as tx:
        plans = load_plans(folder)
        day = at.date() if at else clock.today_in(tx)
        chosen = plans.get(plan) if plan else plans.current(day)
        read = figures.read(tx, chosen, day)
    if as_json:
        typer.echo(json.dumps(as_data(chosen, day, read), ensure_ascii=False, indent=2))
        return
    typer.echo(f"{chosen.title.en}, {day.isoformat()}")
    for figure in read:
        actual = "no data" if figure.actual is None else f"{float(figure.actual):g}"
        goal, unit = float(figure.target.goal), UNITS[figure.target.measure]
        status = figure.status.replace("_", " ")
        typer.echo(f"{figure.target.id:22} {actual:>10} of {goal:g} {unit:9} {status}")


def as_data(plan: Plan, at: date, read: list[Figure]) -> dict[str, Any]:
    """The figures as plain values: hours decimal, shares fractions of 1, None where none is."""
    return {
        "plan": plan.id,
        "at": at.isoformat(),
        "targets": [
            {
                "id": one.target.id,
                "measure": one.target.measure.value,
                "unit": UNITS[one.target.measure],
                "actual": _number(one.actual),
                "goal": _number(one.target.goal),
                "share": _number(one.share),
                "numerator": one.numerator,
                "denominator": one.denominator,
                "expected": _number(one.expected),
                "status": one.status.value,
                "forecast": one.forecast
                and {
                    "low": _number(one.forecast.low),
                    "mean": _number(one.forecast.mean),
                    "high": _number(one.forecast.high),
                },
                "needed_per_week": _number(one.needed_per_week),
                "parts": [
                    {
                        "id": part.part.id,
                        "actual": _number(part.actual),
                        "goal": _number(part.part.goal),
                    }
                    for part in one.parts
                ]
                or None,
            }
            for one in read
        ],
    }


def main() -> None:
    """Run the command line."""
    cli()


def _transports(slack: Slack, address: str) -> str:
    """How Slack reaches the bot."""
    found: list[str] = []
    if slack.app_token is not None:
        found.append("over Socket Mode")
    if slack.signing_secret is not None:
        found.append(f"at {address}{PATH}")
    return " " + " and ".join(found)


def _number(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def _settings(file: Path | None, given: dict[str, object]) -> Config:
    try:
        return load(file, given)
    except ConfigError as error:
        give_up(str(error))
