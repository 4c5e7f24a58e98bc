"""The sample's programme: sessions held and planned, who came, what they said, and what came out.

A few things are amiss on purpose, so that /check has something to ask about.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from bot.sample_network import Network
from storage import feedback, outputs, presences, records, sessions
from storage.engine import Tx
from storage.feedback import Feedback
from storage.outputs import SITE, Output
from storage.people import Person
from storage.presences import Attendance, Counted, Present, Unmatched
from storage.records import Record
from storage.rosters import Member
from storage.sessions import Day, Session

DAY = timedelta(days=1)
OUTCOME, CHOICE = "outcome-area", "theme-of-choice"
# Day, part, title, theme, minutes, how many come (0: nobody wrote it down).
WORKSHOPS = (
    ("2024-09-11", OUTCOME, "Starting the year with your CLC team", "CLC development", 180, 21),
    ("2024-09-25", OUTCOME, "L’engagement des familles", "family engagement", 180, 17),
    ("2024-10-01", CHOICE, "Telling your centre’s story", "communication", 180, 14),
    ("2024-10-08", OUTCOME, "Mental health at school: whom to call", "mental health", 180, 19),
    ("2024-10-16", OUTCOME, "Asset mapping with students", "CLC development", 165, 16),
    ("2024-10-22", OUTCOME, "Early years: the first hello", "family engagement", 180, 12),
    ("2024-10-30", CHOICE, "Grant writing, step by step", "funding", 360, 15),
    ("2024-11-06", OUTCOME, "Family engagement workshop", "family engagement", 185, 18),
    ("2024-11-13", OUTCOME, "La santé mentale des jeunes", "mental health", 180, 13),
    ("2024-11-19", CHOICE, "Volunteers who come back", "volunteers", 180, 11),
    ("2024-11-27", OUTCOME, "Evaluating what we do", "CLC development", 180, 20),
    ("2024-12-03", OUTCOME, "Parents of at-risk students", "family engagement", 180, 14),
    ("2024-12-11", CHOICE, "Food security partnerships", "partnerships", 180, 9),
    ("2025-01-15", OUTCOME, "Planning for the second half", "CLC development", 180, 22),
    ("2025-01-23", OUTCOME, "Calm classrooms, calm homes", "mental health", 180, 15),
    ("2025-01-29", OUTCOME, "Équité et inclusion au CSC", "CLC development", 180, 12),
    ("2025-02-04", CHOICE, "Social media for centres", "communication", 140, 13),
    ("2025-02-06", OUTCOME, "Community breakfast clubs", "family engagement", 180, 0),
    ("2025-02-26", OUTCOME, "Transitions that hold", "family engagement", 180, 0),
    ("2025-03-19", OUTCOME, "Le bien-être du personnel", "mental health", 180, 0),
    ("2025-04-09", CHOICE, "Arts in the community", "arts", 360, 0),
)
# Target, first day, title, audience, minutes a day, days, heads (0: those of the roster are named).
OTHERS = (
    ("family-workshops", "2024-10-17", "Reading together at home", "parent", 90, 1, 24),
    ("family-workshops", "2024-11-21", "Les écrans à la maison", "parent", 75, 1, 31),
    ("family-workshops", "2025-01-30", "Homework without tears", "parent", 90, 1, 19),
    ("family-workshops", "2025-03-27", "Ready for kindergarten", "parent", 90, 1, 0),
    ("transition-workshops", "2024-11-14", "Building on parents’ strengths",
     "transition_agent", 120, 1, 0),
    ("cegep-workshop", "2025-01-14", "From Secondary 5 to CEGEP", "student", 75, 1, 86),
    ("principal-webinars", "2024-11-05", "Leading a community school", "principal", 60, 1, 0),
    ("principal-webinars", "2025-02-19", "Sharing the leadership", "principal", 60, 1, 0),
    ("plc-meetings", "2024-10-23", "PLC meeting 1", "cda", 90, 1, 0),
    ("plc-meetings", "2024-12-04", "PLC meeting 2", "cda", 90, 1, 0),
    ("plc-meetings", "2025-02-13", "PLC meeting 3", "cda", 90, 1, 0),
    ("plc-meetings", "2025-04-30", "PLC meeting 4", "cda", 90, 1, 0),
    ("board-rep-meetings", "2024-10-02", "Plenary of the board reps", "board_rep", 120, 1, 0),
    ("board-rep-meetings", "2025-01-29", "Plenary: the surveys", "board_rep", 120, 1, 0),
    ("board-rep-meetings", "2025-05-28", "Plenary: next year", "board_rep", 120, 1, 0),
    ("onboarding-sessions", "2024-09-17", "Welcome to the network", "cda", 360, 2, 0),
    ("onboarding-sessions", "2025-01-21", "Bienvenue dans le réseau", "cda", 360, 2, 0),
)  # fmt: skip
CANCELLED = "2024-12-11"
NO_FEEDBACK = ("2025-01-23", "2024-11-05")
# Target, title, theme, what is learned with it, revamped, day it came out ("" not yet), has a link.
OUTPUTS = (
    ("cda-tools", "Asset map template", "CLC development", "map a community", 0, "2024-10-11", 1),
    ("cda-tools", "First 90 days", "onboarding", "find one’s way", 1, "2024-09-20", 1),
    ("cda-tools", "Carnet de partenariats", "partnerships", "keep in touch", 0, "2024-11-15", 1),
    ("cda-tools", "Family survey kit", "family engagement", "ask families", 0, "2024-12-13", 1),
    ("cda-tools", "Logic model, one page", "evaluation", "plan and evaluate", 1, "2025-01-24", 1),
    ("cda-tools", "Event checklist", "CLC development", "prepare an event", 0, "2025-02-07", 0),
    ("team-tools", "CLC team charter", "CLC development", "agree on roles", 0, "2024-10-04", 1),
    ("team-tools", "Guide de la direction", "leadership", "lead a CLC", 1, "2024-11-08", 1),
    ("team-tools", "Meeting planner", "CLC development", "run a meeting", 0, "2025-01-17", 1),
    ("team-tools", "Community calendar", "communication", "plan the year", 0, "", 0),
    ("capsules", "What is a CLC?", "CLC development", "explain a CLC", 0, "2024-11-22", 1),
    (SITE, "Upcoming sessions", "", "", 0, "2024-09-06", 0),
    (SITE, "Conference announced", "", "", 0, "2024-11-01", 0),
    (SITE, "Grants of the winter", "", "", 0, "2025-01-10", 0),
)


def fill(tx: Tx, chance: Random, network: Network, by: Person, today: date) -> None:
    """Record the year's sessions with attendance and feedback, and its outputs."""
    for day, area, title, theme, minutes, number in WORKSHOPS:
        says = Session(
            "pd-workshops",
            title,
            theme,
            area,
            ("cda",),
            (Day(date.fromisoformat(day), "09:00", minutes),),
            cancelled=day == CANCELLED,
            registered=number + 3 if number else None,
        )
        there = _some(chance, network.agents, number)
        _hold(tx, chance, says, Attendance(0, present=_named(there, 1)), by, today)
    for target, day, title, audience, minutes, days, heads in OTHERS:
        first = date.fromisoformat(day)
        says = Session(
            target,
            title,
            audience=(audience,),
            days=tuple(
                Day(first.replace(day=first.day + n), "13:00", minutes) for n in range(days)
            ),
            head_counts=audience in ("parent", "student"),
        )
        _hold(tx, chance, says, _who(chance, network, says, heads), by, today)
    for target, title, theme, objective, revamped, day, linked in OUTPUTS:
        out = date.fromisoformat(day) if day else None
        slug = title.lower().replace(" ", "-").replace("?", "").replace("’", "")
        url = f"https://www.example.org/clc/{slug}" if linked else ""
        note = f"{title}: a new section" if target == SITE else ""
        made = Output(target, title, theme, objective, bool(revamped), out, url, note)
        records.add(tx, outputs.OUTPUT, made, by, _evening(out or today))


def _hold(
    tx: Tx, chance: Random, says: Session, there: Attendance, by: Person, today: date
) -> None:
    """Record a session; who came, and two thirds of what they thought of it, where it is over."""
    over = says.last < today and not says.cancelled
    at = _evening(says.last if over else today.replace(day=1))
    session = records.add(tx, sessions.KIND, says, by, at)
    there = replace(there, session=session.id)
    if not over or not there.participants:
        return
    presences.take(tx, there, by, at)
    day = says.last.isoformat()
    if day in NO_FEEDBACK or says.target == "board-rep-meetings":
        return
    answered = max(1, round(there.participants * chance.uniform(0.45, 0.8)))
    positive = round(answered * chance.uniform(0.72, 1))
    feedback.take(tx, Feedback(session.id, there.participants, answered, positive), by, at)


def _who(chance: Random, network: Network, says: Session, heads: int) -> Attendance:
    """Who of the roster comes to a session that is not a workshop; or how many heads."""
    if says.unnamed:
        return _counted(chance, heads)
    if says.target == "onboarding-sessions":
        return _onboarded(network, says.first)
    if says.target == "plc-meetings":
        faithful, others = network.agents[:13], network.agents[13:]
        there = [*faithful, *_some(chance, others, 9)]
        # As the file had it, and nobody has said yet who that is.
        odd = (Unmatched(0, f"{network.agents[20].says.name[:-1]}"),) if "2" in says.title else ()
        return Attendance(0, present=_named(there, 1), unmatched=odd)
    among = {
        "principal-webinars": network.principals,
        "board-rep-meetings": network.representatives,
        "transition-workshops": network.transition,
    }[says.target]
    return Attendance(0, present=_named(_some(chance, among, len(among) - 2), 1))


def _onboarded(network: Network, first: date) -> Attendance:
    """Those who had begun; one of them on the first day only."""
    begun = [one for one in network.new if one.says.starts and one.says.starts <= first]
    there = begun[:4] if first.year == 2024 else begun[3:]
    present = [one for one in _named(there, 2) if (one.member, one.day) != (there[0].id, 1)]
    return Attendance(0, present=tuple(present if first.year == 2024 else _named(there, 2)))


def _named(there: list[Record[Member]], days: int) -> tuple[Present, ...]:
    return tuple(Present(day, one.id) for day in range(days) for one in there)


def _counted(chance: Random, heads: int) -> Attendance:
    """So many heads, most of them from two bodies."""
    if not heads:
        return Attendance(0)
    most = heads * 2 // 3
    other = chance.choice(("RSB", "LBPSB"))
    return Attendance(0, (Counted(0, "EMSB", most), Counted(0, other, heads - most)))


def _some(chance: Random, among: list[Record[Member]], number: int) -> list[Record[Member]]:
    return chance.sample(among, min(number, len(among)))


def _evening(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, 21, tzinfo=UTC).timestamp())
