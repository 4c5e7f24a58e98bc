"""Rolls a plan over: the file of the next years, from the last one's with its comments."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

import tomlkit

from storage.closed_by_law import closed_by_law
from storage.network import Network
from storage.plan import Plan
from storage.plan_errors import PlanError, place
from storage.plan_files import load_plan


@dataclass(frozen=True, slots=True)
class Rolled:
    """A new plan with its file's text, and what a person must look at before relying on it."""

    plan: Plan
    text: str
    check: tuple[str, ...]


def roll(text: str, years: str, networks: Mapping[str, Network]) -> Rolled:
    """The plan of ``years`` ("2026-27"), from the file text of an earlier one.

    Dates keep their week and weekday, holidays are looked up, goals are carried over unconfirmed.
    Raises PlanError.
    """
    plan = load_plan(text, networks)
    by = _years_ahead(plan, years)
    starts, ends = _later(plan.starts, by), _later(plan.ends, by)
    doc = cast("dict[str, Any]", tomlkit.parse(text))
    doc["id"] = f"{plan.programme}-{starts.year}-{ends.year % 100:02}"
    for language in ("en", "fr"):
        doc["title"][language] = _later_years(plan.title[language], by)
    doc["starts"], doc["ends"] = starts, ends
    for target in doc["target"]:
        target["confirmed"] = False
    _move(doc, plan, starts, ends)
    written = (
        f"# Rolled from {plan.id}: goals are carried over and not confirmed, dates are moved to\n"
        f"# the same week and assumed. What follows was written for {plan.id}.\n"
        f"{tomlkit.dumps(cast('Any', doc))}"
    )
    rolled = load_plan(written, networks)
    added = [
        (day, name) for day, name in closed_by_law(starts, ends).items() if not _shut(rolled, day)
    ]
    for day, name in added:
        written += (
            f'\n[[closed]]\nname.en = "{name.en}"\nname.fr = "{name.fr}"\n'
            f"first = {day}\nlast = {day}\n"
        )
    rolled = load_plan(written, networks)
    return Rolled(rolled, written, tuple(_to_check(rolled, written)))


def _move(doc: dict[str, Any], plan: Plan, starts: date, ends: date) -> None:
    """Move every date of the file to the same weekday of the same week since the plan's start."""
    shift = _nearest_monday(starts) - _nearest_monday(plan.starts)
    by = starts.year - plan.starts.year

    def moved(day: date) -> date:
        return min(max(day + shift, starts), ends)

    for row, milestone in zip(doc.get("milestone", ()), plan.milestone, strict=True):
        row["due"] = moved(milestone.due)
        row["assumed"] = True
        for language in ("en", "fr"):
            row["name"][language] = _later_years(milestone.name[language], by)
    old = closed_by_law(plan.starts, plan.ends)
    new = {(name.en, day.year): day for day, name in closed_by_law(starts, ends).items()}
    for row, was in zip(doc.get("closed", ()), plan.closed, strict=True):
        if was.first == was.last and was.first in old:
            name = old[was.first].en
            row["first"] = row["last"] = new.get((name, was.first.year + by), moved(was.first))
            continue
        # What began with the plan still does; any other break keeps its length.
        at_start, at_end = was.first == plan.starts, was.last == plan.ends
        first = starts if at_start else moved(was.first)
        row["first"] = first
        row["last"] = (
            ends if at_end else moved(was.last) if at_start else first + (was.last - was.first)
        )
        row["assumed"] = True


def _to_check(plan: Plan, text: str) -> Iterator[str]:
    yield f"{len(plan.target)} goals are carried over: set confirmed = true on each that holds"
    yield f"{len(plan.milestone)} milestones have assumed dates"
    for milestone in plan.milestone:
        if milestone.due.weekday() >= 5 or _shut(plan, milestone.due):
            yield f"{milestone.name.en} falls on a day without school: {milestone.due}"
    for row in plan.closed:
        if row.assumed:
            yield f"{row.name.en}: {row.first} to {row.last} is assumed"
    for at, words in _years_named(tomllib.loads(text)):
        yield f"{at} names {words}"


def _years_named(value: object, *at: int | str) -> Iterator[tuple[str, str]]:
    """The texts of a file that speak of certain years, which may be over."""
    if isinstance(value, list):
        value = dict(enumerate(cast("list[object]", value)))
    if isinstance(value, dict) and at[:1] not in (("title",), ("milestone",)):
        for key, inner in cast("dict[int | str, object]", value).items():
            yield from _years_named(inner, *at, key)
    elif isinstance(value, str) and at[-1] == "en":
        years = re.findall(r"\b20[0-9]{2}(?:-[0-9]{2,4})?\b", value)
        if years:
            yield place(*at[:-1]), ", ".join(dict.fromkeys(years))


def _years_ahead(plan: Plan, years: str) -> int:
    span = plan.ends.year - plan.starts.year
    following = f"{plan.starts.year + span}-{(plan.starts.year + 2 * span) % 100:02}"
    match = re.fullmatch(r"(20[0-9]{2})-(?:20)?([0-9]{2})", years)
    if not match or int(match[2]) != (int(match[1]) + span) % 100:
        raise PlanError(
            [f'"{years}" is not the years of a plan like {plan.id}, such as {following}']
        )
    by = int(match[1]) - plan.starts.year
    if by == 0:
        raise PlanError([f"{plan.id} is there already, and is not overwritten"])
    if by < 0:
        raise PlanError([f"{years} does not come after {plan.id}; the next would be {following}"])
    return by


def _later_years(words: str, by: int) -> str:
    """Words with the years they name moved: "2024-25" and "2024-2025" become "2026-27", …"""

    def later(match: re.Match[str]) -> str:
        short = f"-{(int(match[2]) + by) % 100:02}" if match[2] else ""
        return f"{int(match[1]) + by}{short}"

    return re.sub(r"\b(20[0-9]{2})(?:-([0-9]{2})\b)?", later, words)


def _later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 2, 28)


def _nearest_monday(day: date) -> date:
    return day + timedelta(days=3 - (day.weekday() + 3) % 7)


def _shut(plan: Plan, day: date) -> bool:
    return any(row.first <= day <= row.last for row in plan.closed)
