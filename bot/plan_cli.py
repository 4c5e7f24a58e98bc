"""`jalon plan …`: check a plan file, show a plan, roll one over to the next years."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.plan_show import show as in_words
from bot.shell import BAD_INPUT, config_of
from handlers.chat.texts import Texts
from storage.local_time import HOME
from storage.network import Language
from storage.plan_errors import PlanError
from storage.plan_files import Plans, load_networks, load_plan, load_plans, read_text

app = typer.Typer(no_args_is_help=True, help="Check, show and roll over the plans.")


@app.command()
def check(ctx: typer.Context, file: Annotated[Path, typer.Argument(help="A plan's file.")]) -> None:
    """Check a plan's file and list everything that is wrong in it."""
    with _said(file.name):
        plan = load_plan(read_text(file), load_networks(config_of(ctx).data))
    typer.echo(
        f"{file.name}: {plan.id} is a good plan: {len(plan.target)} targets, "
        f"{len(plan.milestone)} milestones, {plan.starts} to {plan.ends}"
    )


@app.command()
def show(
    ctx: typer.Context,
    plan: Annotated[str, typer.Option("--plan", help="A plan's id; by default today's.")] = "",
    json: Annotated[bool, typer.Option("--json", help="As JSON, both languages.")] = False,
    language: Annotated[Language, typer.Option(help="The language of the text.")] = Language.EN,
) -> None:
    """Show a whole plan."""
    with _said():
        plans = load_plans(config_of(ctx).data)
        chosen = plans.get(plan) if plan else plans.current(datetime.now(HOME).date())
    if json:
        typer.echo(chosen.model_dump_json(indent=2))
    else:
        typer.echo(in_words(chosen, Texts.load(language)))


@app.command()
def roll(
    ctx: typer.Context,
    years: Annotated[str, typer.Argument(help="The new plan's years, such as 2026-27.")],
    programme: Annotated[str, typer.Option(help="The programme to roll over.")] = "clc",
) -> None:
    """Write the next plan's file from a programme's newest plan."""
    # Its two libraries take 0.15 s to import, which every start of the bot would pay.
    from storage.rolling import roll as rolled_over

    data = config_of(ctx).data
    with _said():
        plans = load_plans(data)
        last = plans.newest(programme)
        rolled = rolled_over(read_text(plans.files[last.id]), years, load_networks(data))
        path = data / "plans" / f"{rolled.plan.id}.toml"
        _write_new(path, rolled.text, plans)
    typer.echo(f"{path}: {rolled.plan.id}, rolled over from {last.id}. Check by hand:")
    for each in rolled.check:
        typer.echo(f"- {each}")


def _write_new(path: Path, text: str, plans: Plans) -> None:
    if any(plan.id == path.stem for plan in plans.all):
        raise PlanError([f"there is a plan {path.stem} already, in {plans.files[path.stem]}"])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise PlanError([f"{path} is there already, and is not overwritten"]) from None
    except OSError as error:
        raise PlanError([f"{path} can't be written: {error.strerror}"]) from None


@contextmanager
def _said(about: str = "") -> Generator[None]:
    """Say what is wrong with a plan on stderr, a line each, instead of a traceback."""
    try:
        yield
    except PlanError as error:
        for problem in error.problems:
            typer.echo(f"{about}: {problem}" if about else problem, err=True)
        raise typer.Exit(BAD_INPUT) from None
