"""`jalon schedule list`: every job of the schedule, or what comes next, beside a running bot."""

import heapq
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Annotated, Any

import typer

from bot.clock import ahead_in
from bot.shell import give_up, in_one_line, need_database
from handlers.chat.texts import Texts
from schedules.all import JOBS
from schedules.job import Job
from schedules.occurring import coming
from storage import occurrences
from storage.database import Tx, reading
from storage.local_time import HOME
from storage.network import Language
from storage.occurrences import State
from storage.plan_files import Plans, load_plans

app = typer.Typer(no_args_is_help=True, help="What happens by itself, and when.")


@app.callback()
def schedule() -> None:
    """Keep `list` a word of its own."""


@app.command("list")
def list_(
    ctx: typer.Context,
    count: Annotated[
        int | None, typer.Option("--next", min=1, help="So many of the coming occurrences.")
    ] = None,
    since: Annotated[
        str, typer.Option("--from", help="An instant, as 2025-02-12T15:00Z; by default now.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    language: Annotated[Language, typer.Option(help="The language of the text.")] = Language.EN,
) -> None:
    """List every job: when, for whom, what was missed; with --next, what is due next."""
    folder, t = need_database(ctx), Texts.load(language)
    after = _instant(since) if since else None
    with in_one_line(folder), reading(folder) as tx:
        now = after or datetime.now(UTC) + ahead_in(tx)
        plans = load_plans(folder)
        found = (
            [_job(tx, job, t) for job in JOBS]
            if count is None
            else [_due(job, due) for due, job in islice(_coming(tx, plans, now), count)]
        )
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for one in found:
        typer.echo(_job_line(one) if count is None else _due_line(one))


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        give_up(f"--from {text}: not an instant; say it as 2025-02-12T15:00Z")
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=HOME).astimezone(UTC)


def _coming(tx: Tx, plans: Plans, after: datetime) -> Iterator[tuple[datetime, Job]]:
    """What will be due of all jobs, in order, as things are now."""

    def of(job: Job) -> Iterator[tuple[datetime, Job]]:
        for one in coming(tx, job, plans, after):
            yield datetime.fromtimestamp(one.due, UTC), job

    return heapq.merge(*(of(job) for job in JOBS), key=lambda one: one[0])


def _due(job: Job, due: datetime) -> dict[str, Any]:
    return {
        "job": job.name,
        "local": due.astimezone(HOME).isoformat(),
        "utc": due.isoformat().replace("+00:00", "Z"),
    }


def _due_line(one: dict[str, Any]) -> str:
    local = datetime.fromisoformat(one["local"]).astimezone(HOME)
    return f"{local:%a %Y-%m-%d %H:%M %Z}  {one['utc']}  {one['job']}"


def _job(tx: Tx, job: Job, t: Texts) -> dict[str, Any]:
    counted = occurrences.counted(tx, job.name)
    return {
        "job": job.name,
        "when": job.when.says,
        "says": t(f"schedule.{job.name}"),
        "missed": t(f"schedule.missed.{job.missed}"),
        "occurred": {state.value: counted.get(state, 0) for state in State},
    }


def _job_line(one: dict[str, Any]) -> str:
    occurred = ", ".join(f"{number} {state}" for state, number in one["occurred"].items() if number)
    lines = (one["when"], one["says"], one["missed"], occurred)
    return "\n".join([one["job"], *(f"  {line}" for line in lines if line)])
