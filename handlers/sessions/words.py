"""What sessions are called: their targets and parts, and what length a half day has."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from handlers.chat import values
from handlers.chat.context import Context
from handlers.lines.calendar import When
from handlers.lines.words import names_of
from handlers.sessions import line
from handlers.sessions.proposing import of_sessions
from storage.community import school_year
from storage.plan import Language, Target
from storage.target_sessions import OTHER
from storage.words import fold

AHEAD = timedelta(days=90)  # at least, also where no plan is in force
FURTHEST = timedelta(days=2 * 366)  # of a day that is said with its year
HALF_DAY = 180  # where no plan says
FULL = {"full day", "a full day", "whole day", "journee complete", "une journee", "journee", "day"}
HALF = {"half day", "a half day", "half-day", "demi-journee", "demi journee", "une demi-journee"}
SMALL = {"a", "and", "de", "des", "du", "et", "for", "la", "le", "les", "of", "pour", "the"}
SHORTEST_START = 3  # of a word of a target's name; "PD" is a whole one


def offered(ctx: Context, day: date) -> Sequence[Target]:
    """The targets that a session of a day can count for.

    Those of the plans in force; where they have none, those of the plan that was, or of any.
    """
    in_force = {one.id: one for plan in ctx.plans.in_force(day) for one in of_sessions(plan)}
    others = (of_sessions(plan) for plan in (ctx.plans.current(day), *reversed(ctx.plans.all)))
    return [*in_force.values()] or next((one for one in others if one), list[Target]())


def targets(ctx: Context) -> dict[str, str]:
    """The name of each target that a session can count for, and of none, by id.

    Those of other plans come last: a session of another year keeps its target.
    """
    of = {one.id: one.name[ctx.t.language] for one in offered(ctx, ctx.today)}
    for plan in reversed(ctx.plans.all):
        for one in of_sessions(plan):
            of.setdefault(one.id, one.name[ctx.t.language])
    return of | {OTHER.id: ctx.t("session.other")}


def target(ctx: Context, id: str) -> Target | None:
    """The target of this id, in the newest plan that has it."""
    every = (one for each in reversed(ctx.plans.all) for one in each.target)
    return next((one for one in every if one.id == id), None)


def targets_of(ctx: Context, said: str) -> list[str]:
    """The ids of the targets whose name, in either language, has words that start like these."""
    parts = [one for one in fold(said).split() if one not in SMALL]
    found: dict[str, None] = {}
    for one in (one for plan in ctx.plans.all for one in of_sessions(plan)):
        names = [one.id, *(one.name[each] for each in Language)]
        if parts and any(_says(re.findall(r"\w+", fold(name)), parts) for name in names):
            found[one.id] = None
    return [*found]


def _says(name: list[str], parts: list[str]) -> bool:
    return all(
        any(word.startswith(part) if len(part) >= SHORTEST_START else word == part for word in name)
        for part in parts
    )


def parts(ctx: Context) -> dict[str, str]:
    """The name of each part of a target's goal, by id."""
    of = (part for plan in ctx.plans.all for one in of_sessions(plan) for part in one.part)
    return {part.id: part.name[ctx.t.language] for part in of}


def half_day(ctx: Context) -> int:
    """Minutes of a half day, as the plan in force says."""
    in_force = ctx.plans.in_force(ctx.today)
    return in_force[0].half_day_minutes if in_force else HALF_DAY


def of_day(ctx: Context, said: str) -> int | None:
    """The minutes of a half or a full day; None for any other length."""
    text = fold(said)
    if text in HALF:
        return half_day(ctx)
    return 2 * half_day(ctx) if text in FULL else None


def length(ctx: Context, minutes: int) -> str:
    """The minutes as people say them, also where they are a half or a full day."""
    t, said = ctx.t, ctx.t.duration(minutes)
    if minutes == half_day(ctx):
        return t("session.half_day", length=said)
    return t("session.full_day", length=said) if minutes == 2 * half_day(ctx) else said


def clock(ctx: Context, starts: str) -> str:
    """ "13:30" as it stands; « 13 h 30 », « 9 h » in French."""
    if ctx.t.language is Language.EN or not starts:
        return starts.removeprefix("0")
    hours, _, minutes = starts.partition(":")
    return f"{int(hours)}\u00a0h" + (f"\u00a0{minutes}" if minutes != "00" else "")


def when(ctx: Context) -> When:
    """Today, and how far ahead a day can be meant: to the end of the plan's school year."""
    in_force = ctx.plans.in_force(ctx.today)
    june = date(school_year(ctx.today) + 1, 6, 30)  # of a plan of several years, this one
    ends = [min(one.ends, june) for one in in_force if of_sessions(one)]
    until = max([*ends, ctx.today + AHEAD])
    return When(ctx.today, until, max(until, ctx.today + FURTHEST))


def read_line(ctx: Context, text: str, today: date, answers: Mapping[str, str]) -> line.Said:
    """What a line says, as of the day it was typed, with what was answered since."""
    return line.read(
        text,
        when=replace(when(ctx), today=today),
        names=names_of(ctx.plans.network),
        half_day=half_day(ctx),
        minutes=values.whole(answers, "minutes") if "minutes" in answers else None,
        day=values.day(answers, "day") if "day" in answers else None,
    )
