"""What each target has reached, from the words of the domain's table over plain lists.

Deliberately naive: everything that counts is in lists, each figure is counted again from all of
them, and nothing here reads the plan's measures or the store.
"""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

STARTS, ENDS = date(2024, 7, 1), date(2025, 6, 30)

# Sessions: the least minutes, and the days that make one.
SESSIONS = {
    "pd-workshops": (150, 1),
    "onboarding-sessions": (0, 2),
    "family-workshops": (0, 1),
    "transition-workshops": (0, 1),
    "cegep-workshop": (0, 1),
    "principal-webinars": (0, 1),
    "plc-meetings": (0, 1),
    "board-rep-meetings": (0, 1),
}
TOOLS = ("cda-tools", "team-tools", "capsules")
SURVEYS = {"survey-cdas": "cda", "survey-principals": "principal", "survey-reps": "board_rep"}
ROLES = {**SURVEYS, "journals-cdas": "cda"}
DOCUMENTS = ("dsrea-reports", "action-plan")
HOURS = {"accompaniment-hours": "accompaniment", "partner-hours": "partner"}


@dataclass
class Held:
    """A session with all that is known of it; days are (day, minutes)."""

    target: str
    days: list[tuple[date, int]]
    area: str = ""
    cancelled: bool = False
    here: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])  # (day, member)
    participants: int = 0
    totals: tuple[int, int, int] | None = None  # asked, answered, positive: of the whole session
    asked: int = 0  # in chat
    scores: list[int] = field(default_factory=list[int])
    community: int = 0  # whose meeting it is


@dataclass
class Gathers:
    """A community: the target and the plan it is for ("": any), and its first and last school year.

    A school year is the calendar year it begins in, on 1 July.
    """

    id: int
    target: str
    plan: str = ""
    years: tuple[int, int] | None = None


@dataclass
class Made:
    """An output, and the day it was recorded."""

    target: str
    recorded: date
    published: date | None
    url: str


@dataclass
class Known:
    """Someone on a roster; ``human`` is the same for all who are one, their ``id`` where alone."""

    id: int
    role: str
    starts: date | None
    ends: date | None = None
    human: int = 0

    def __post_init__(self) -> None:
        self.human = self.human or self.id


@dataclass
class Asked:
    """A survey or a journal, the day it went out, and who handed it in on which day."""

    target: str
    opened: date
    done: list[tuple[int, date]] = field(default_factory=list[tuple[int, date]])  # member, day


@dataclass
class Lists:
    """Everything that counts; hours are (kind, day, minutes), sent are (target, day).

    ``agreements`` are the days they were signed, None before that; practices (status, since when).
    """

    sessions: list[Held] = field(default_factory=list[Held])
    outputs: list[Made] = field(default_factory=list[Made])
    members: list[Known] = field(default_factory=list[Known])
    hours: list[tuple[str, date, int]] = field(default_factory=list[tuple[str, date, int]])
    agreements: list[date | None] = field(default_factory=list["date | None"])
    surveys: list[Asked] = field(default_factory=list[Asked])
    sent: list[tuple[str, date]] = field(default_factory=list[tuple[str, date]])
    practices: list[tuple[str, date]] = field(default_factory=list[tuple[str, date]])
    communities: list[Gathers] = field(default_factory=list[Gathers])


@dataclass(frozen=True)
class Reached:
    """A figure: None where there is no data. Shares say of what; goals with parts say each."""

    actual: Fraction | None
    pair: tuple[int | None, int | None] = (None, None)
    parts: tuple[int, ...] = ()


def reached(lists: Lists, at: date) -> dict[str, Reached]:
    """Each target that something can be recorded for, at the end of a day."""
    found = {id: _count(held(lists, id, at)) for id in SESSIONS}
    workshops = held(lists, "pd-workshops", at)
    areas = [one.area for one in workshops]
    parts = areas.count("outcome-area"), areas.count("theme-of-choice")
    found["pd-workshops"] = Reached(Fraction(len(workshops)), parts=parts)
    found["pd-feedback"] = _pleased(workshops)
    found["onboarding-feedback"] = _pleased(held(lists, "onboarding-sessions", at))
    found["onboarding-coverage"] = _onboarded(lists, at)
    found["plc-attend-all"] = _always_there(lists, held(lists, "plc-meetings", at))
    for id in TOOLS:
        found[id] = _count([one for one in _out(lists, at) if one.target == id])
    recorded = [one for one in lists.outputs if one.target in TOOLS and _in_year(_day(one), at)]
    found["tools-published"] = _share(len(_out(lists, at)), len(recorded))
    for id, kind in HOURS.items():
        minutes = [one[2] for one in lists.hours if one[0] == kind and _in_year(one[1], at)]
        found[id] = Reached(Fraction(sum(minutes), 60))
    signed = [day for day in lists.agreements if day is not None and _in_year(day, at)]
    found["partner-agreements"] = Reached(Fraction(len(signed)))
    for id, role in SURVEYS.items():
        found[id] = _handed_in(lists, id, role, at)
    found["journals-cdas"] = _every_journal(lists, at)
    for id in DOCUMENTS:  # of the plan, whatever the day: a plan is submitted before its year
        found[id] = Reached(
            Fraction(len([day for of, day in lists.sent if of == id and day <= at]))
        )
    return found


def met(lists: Lists, plan: str, starts: date, ends: date, at: date) -> dict[int, tuple[int, int]]:
    """Meetings of each community of the communities' plan: how many by ``at``, of how many.

    Four a year, for each school year of the plan in which the community runs.
    """
    found: dict[int, tuple[int, int]] = {}
    for one in lists.communities:
        if one.target != "community-meetings" or one.plan not in ("", plan):
            continue
        first, last = one.years or (starts.year, ends.year)
        years = [year for year in range(starts.year, ends.year) if first <= year <= last]
        meetings = [
            max(day for day, _ in held.days)
            for held in lists.sessions
            if held.community == one.id and held.target == one.target and not held.cancelled
        ]
        if years:
            over = [day for day in meetings if starts <= day <= ends and day <= at]
            found[one.id] = len(over), 4 * len(years)
    return found


def together(each: dict[int, tuple[int, int]]) -> Reached:
    """Of all their goals; what one has beyond its own makes up for no other."""
    if not each:
        return Reached(None)
    counts = [min(held, goal) for held, goal in each.values()]
    return Reached(Fraction(sum(counts)), parts=tuple(held for held, _ in each.values()))


def disseminated(lists: Lists, starts: date, ends: date, at: date) -> Reached:
    """Promising practices of the communities' plan: published on a day of its years, by ``at``."""
    days = [day for status, day in lists.practices if status == "published"]
    return Reached(Fraction(len([day for day in days if starts <= day <= ends and day <= at])))


def _in_year(day: date, at: date) -> bool:
    return STARTS <= day <= ENDS and day <= at


def _count(things: list[Held] | list[Made]) -> Reached:
    return Reached(Fraction(len(things)))


def _share(some: int, of: int) -> Reached:
    return Reached(Fraction(some, of) if of else None, (some, of))


def held(lists: Lists, target: str, at: date) -> list[Held]:
    """Of this target, not cancelled, over by the day asked, long enough, and of enough days."""
    least, days = SESSIONS[target]
    return [
        one
        for one in lists.sessions
        if one.target == target
        and not one.cancelled
        and _in_year(max(day for day, _ in one.days), at)
        and sum(minutes for _, minutes in one.days) >= least
        and len(one.days) >= days
    ]


def _pleased(sessions: list[Held]) -> Reached:
    """Positive ÷ answered, pooled."""
    _, answered, positive = replies(sessions)
    return _share(positive, answered)


def replies(sessions: list[Held]) -> tuple[int, int, int]:
    """Asked, answered, positive. Totals of the whole session go before answers from chat."""
    asked = answered = positive = 0
    for one in sessions:
        if one.totals is not None:
            asked += one.totals[0]
            answered += one.totals[1]
            positive += one.totals[2]
        else:
            asked += one.asked
            answered += len(one.scores)
            positive += len([score for score in one.scores if score in (4, 5)])
    return asked, answered, positive


def _human(lists: Lists, member: int) -> int:
    """Who that is; one who was taken off the roster is nobody else."""
    return next((one.human for one in lists.members if one.id == member), member)


def _days_of(lists: Lists, session: Held, human: int) -> set[int]:
    return {
        day for day, who in session.here if _human(lists, who) == human and day < len(session.days)
    }


def _onboarded(lists: Lists, at: date) -> Reached:
    """New CDAs who were there on every day of one session ÷ new CDAs on the roster."""
    new = {
        one.human
        for one in lists.members
        if one.role == "cda" and one.starts is not None and _in_year(one.starts, at)
    }
    sessions = held(lists, "onboarding-sessions", at)
    done = [
        human
        for human in new
        if any(len(_days_of(lists, one, human)) == len(one.days) for one in sessions)
    ]
    return _share(len(done), len(new))


def _always_there(lists: Lists, sessions: list[Held]) -> Reached:
    """People at all of the year's sessions ÷ people at one or more."""
    everyone = {_human(lists, who) for one in sessions for _, who in one.here}
    people = [who for who in everyone if any(_days_of(lists, one, who) for one in sessions)]
    always = [who for who in people if all(_days_of(lists, one, who) for one in sessions)]
    return _share(len(always), len(people))


def _on_roster(lists: Lists, role: str, day: date) -> set[int]:
    """The people of a role on a day."""
    return {
        one.human
        for one in lists.members
        if one.role == role
        and (one.starts is None or one.starts <= day)
        and (one.ends is None or day <= one.ends)
    }


def _done(lists: Lists, survey: Asked, at: date) -> set[int]:
    return {_human(lists, member) for member, day in survey.done if day <= at}


def _handed_in(lists: Lists, target: str, role: str, at: date) -> Reached:
    """Completed ÷ the role's roster on the day each survey went out, pooled."""
    completed = asked = 0
    for one in lists.surveys:
        if one.target == target and _in_year(one.opened, at):
            roster = _on_roster(lists, role, one.opened)
            asked += len(roster)
            completed += len(roster & _done(lists, one, at))
    return _share(completed, asked)


def _every_journal(lists: Lists, at: date) -> Reached:
    """CDAs who handed in every journal so far ÷ CDAs on the roster when the last one opened."""
    journals = [
        one for one in lists.surveys if one.target == "journals-cdas" and _in_year(one.opened, at)
    ]
    if not journals:
        return _share(0, 0)
    roster = _on_roster(lists, "cda", max(one.opened for one in journals))
    every = [who for who in roster if all(who in _done(lists, one, at) for one in journals)]
    return _share(len(every), len(roster))


def _is_out(output: Made) -> bool:
    return output.published is not None and output.url != ""


def _day(output: Made) -> date:
    """The day it came out; until then the day somebody wrote it down."""
    return output.published if output.published and output.url else output.recorded


def _out(lists: Lists, at: date) -> list[Made]:
    return [
        one
        for one in lists.outputs
        if one.target in TOOLS and _is_out(one) and _in_year(_day(one), at)
    ]
