"""What sessions are called: their targets and parts, and what length a half day has."""

from datetime import timedelta

from handlers.chat.context import Context
from handlers.lines.calendar import When
from handlers.sessions.proposing import OTHER, of_sessions
from storage.plan import Plan, Target
from storage.words import fold

AHEAD = timedelta(days=90)  # at least, also where no plan is in force
HALF_DAY = 180  # where no plan says
FULL = {"full day", "a full day", "whole day", "journee complete", "une journee", "journee", "day"}
HALF = {"half day", "a half day", "half-day", "demi-journee", "demi journee", "une demi-journee"}


def plan(ctx: Context) -> Plan:
    """The plan whose targets are offered."""
    return ctx.plans.current(ctx.today)


def targets(ctx: Context) -> dict[str, str]:
    """The name of each target that a session can count for, and of none, by id."""
    of = {one.id: one.name[ctx.t.language] for one in of_sessions(plan(ctx))}
    return of | {OTHER: ctx.t("session.other")}


def target(ctx: Context, id: str) -> Target | None:
    """The target of this id, in the newest plan that has it."""
    every = (one for each in reversed(ctx.plans.all) for one in each.target)
    return next((one for one in every if one.id == id), None)


def parts(ctx: Context) -> dict[str, str]:
    """The name of each part of a target's goal, by id."""
    of = (part for one in of_sessions(plan(ctx)) for part in one.part)
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


def when(ctx: Context) -> When:
    """Today, and how far ahead a day can be meant: to the end of the plan's year."""
    in_force = ctx.plans.in_force(ctx.today)
    ends = [one.ends for one in in_force if of_sessions(one)]
    return When(ctx.today, max([*ends, ctx.today + AHEAD]))
