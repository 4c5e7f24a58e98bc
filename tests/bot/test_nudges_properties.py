"""Who is nudged when, over random weeks of entries, pauses and closed days, is as said plainly."""

import os
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from schedules.all import JOBS
from schedules.occurring import occur
from storage import addresses, entry_changes, people, quiet
from storage.delivered import latest
from storage.deliveries import State, claim, said
from storage.engine import Tx
from storage.entry_changes import Doubt
from storage.network import Words
from storage.people import Newcomer, Person, TeamRole
from storage.plan import ClosedDays
from storage.plan_files import Plans, load_plans
from storage.quiet import NUDGES
from tests.new_database import new_database
from tests.storage.making import draft

EXAMPLES = int(os.environ.get("JALON_EXAMPLES", "40"))

FIRST = date(2025, 1, 20)  # a Monday; the clocks change on 9 March
BEFORE = -30  # the day from which on it is looked
ZONES = ("America/Toronto", "America/Halifax", "Mars/Olympus")
(JOB,) = (one for one in JOBS if one.name == "nudges")


@dataclass(frozen=True)
class Entry:
    """Logged on one day, at an hour, and dated as many days before."""

    who: int
    day: int
    hour: int
    before: int


@dataclass(frozen=True)
class Pause:
    """From a day's morning on, for so many days; None: until they say."""

    who: int
    day: int
    days: int | None


@dataclass(frozen=True)
class Weeks:
    """What happens in some weeks: whom there is (their zone, and the day they came), and what."""

    zones: tuple[str, ...]
    came: tuple[int, ...]
    entries: tuple[Entry, ...]
    pauses: tuple[Pause, ...]
    closed: frozenset[int]
    down: frozenset[int]  # days at whose afternoon and evening the bot is down
    days: int


@st.composite
def weeks(draw: st.DrawFn) -> Weeks:
    number, days = draw(st.integers(1, 3)), draw(st.integers(14, 50))
    who, day = st.integers(0, number - 1), st.integers(0, days)
    entry = st.builds(Entry, who, day, st.sampled_from((9, 14, 17)), st.integers(0, 20))
    pause = st.builds(Pause, who, day, st.none() | st.integers(1, 20))
    return Weeks(
        tuple(draw(st.lists(st.sampled_from(ZONES), min_size=number, max_size=number))),
        tuple(draw(st.lists(st.integers(BEFORE, 15), min_size=number, max_size=number))),
        tuple(draw(st.lists(entry, max_size=8))),
        tuple(draw(st.lists(pause, max_size=3, unique_by=lambda one: (one.who, one.day)))),
        draw(st.frozensets(day, max_size=8)),
        draw(st.frozensets(day, max_size=4)),
        days,
    )


def naive(these: Weeks) -> set[tuple[int, date]]:
    """Who is nudged on which day, by the words of the rule."""

    def school(day: int) -> bool:
        return (FIRST + timedelta(days=day)).weekday() < 5 and day not in these.closed

    found: set[tuple[int, date]] = set()
    for who, came in enumerate(these.came):
        last = -100
        for day in range(BEFORE, these.days):
            before = [one for one in range(day, day - 100, -1) if school(one)][:5]
            if before[0] != day or came > before[4] or day - last < 7 or day in these.down:
                continue
            mine = [one for one in these.entries if one.who == who]
            mine = [one for one in mine if (one.day, one.hour) < (day, 15)]
            if any(before[4] <= one.day or before[4] <= one.day - one.before for one in mine):
                continue
            said = [one for one in these.pauses if one.who == who and one.day <= day]
            newest = max(said, key=lambda one: one.day, default=None)
            if newest and (newest.days is None or day < newest.day + newest.days):
                continue
            found.add((who, FIRST + timedelta(days=day)))
            last = day
    return found


def play(tx: Tx, plans: Plans, these: Weeks) -> set[tuple[int, date]]:
    """Have these weeks pass hour by hour in the store, and see what was said."""
    there: dict[int, Person] = {}
    for hour in range(BEFORE * 24, these.days * 24):
        day, of_day = divmod(hour, 24)
        local = datetime.combine(FIRST + timedelta(days=day), time(of_day))
        for who, name in enumerate(these.zones):
            zone = ZoneInfo("America/Toronto" if "Mars" in name else name)
            at = int(local.replace(tzinfo=zone).astimezone(UTC).timestamp())
            if (day, of_day) == (these.came[who], 8):
                new = Newcomer("test", str(who), f"Person {who}", timezone=name)
                there[who] = people.meet(tx, new, TeamRole.STAFF, at)
                addresses.note(tx, "test", f"direct-{who}", there[who].id, at)
            for one in these.entries:
                if who in there and (one.who, one.day, one.hour) == (who, day, of_day):
                    dated = FIRST + timedelta(days=day - one.before)
                    sure = frozenset(Doubt)
                    entry_changes.add(tx, draft(day=dated), there[who], at, sure=sure)
            for one in these.pauses:
                if who in there and (one.who, one.day, 8) == (who, day, of_day):
                    until = one.days and FIRST + timedelta(days=day + one.days)
                    quiet.pause(tx, NUDGES, until or None, there[who], at)
        if of_day % 12 == 9 or (of_day == 16 and day not in these.down):
            home = int(local.replace(tzinfo=ZoneInfo("America/Toronto")).timestamp())
            occur(tx, JOB, plans, datetime.fromtimestamp(home, UTC))
            for claimed in claim(tx, "test", home, 10):
                said(tx, claimed.delivery.id, "m", home)
    numbers = {person.id: who for who, person in there.items()}
    return {
        (numbers[one.post.person or 0], date.fromisoformat(one.post.values["day"]))
        for one in latest(tx, {State.SENT}, 999)
    }


@settings(max_examples=EXAMPLES)
@given(weeks())
def test_random_weeks_nudge_whom_the_rule_says(these: Weeks) -> None:
    these = replace(
        these,  # nobody logs or pauses before they are there
        entries=tuple(one for one in these.entries if one.day > these.came[one.who]),
        pauses=tuple(one for one in these.pauses if one.day > these.came[one.who]),
    )
    plan = load_plans(None).get("clc-2024-25")
    closed = [FIRST + timedelta(days=day) for day in these.closed]
    name = Words(en="Closed", fr="Fermé")
    days = tuple(ClosedDays(name=name, first=day, last=day) for day in closed)
    plans = Plans((plan.model_copy(update={"closed": days}),))
    with new_database() as tx:
        assert play(tx, plans, these) == naive(these)
