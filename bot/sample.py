"""A year of believable activity for the playground, the same at every first start."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar

from bot import (
    sample_communities,
    sample_narratives,
    sample_network,
    sample_practices,
    sample_program,
    sample_records,
    sample_under_way,
)
from bot.web import cast
from bot.web.channels import DIRECT
from handlers.reports import giving
from storage import addresses, entry_changes, people
from storage.calendar import Calendar
from storage.engine import Store, Tx
from storage.entries import Accompanied, Draft
from storage.entry_changes import Doubt
from storage.people import Newcomer, Person, TeamRole
from storage.plan import EntryKind, Plan
from storage.plan_files import Plans
from storage.report import ReportKind

T = TypeVar("T", str, int)

PLAN = "clc-2024-25"
DAY = 24 * 3600
STARTS = datetime(2025, 2, 12, 15, 0, tzinfo=UTC)  # ten in the morning of a Wednesday in Montreal
LOGGERS = (cast.MEGAN, cast.GENEVIEVE, cast.DANIEL, cast.SYLVIE)

BOARDS = {
    "EMSB": 9, "LBPSB": 8, "RSB": 7, "SWLSB": 6, "ETSB": 5, "WQSB": 5, "CQSB": 4, "NFSB": 3,
    "ESSB": 3, "LITTORAL": 2, "HEBREW": 1,
}  # fmt: skip
ROLES = {"cda": 12, "principal": 4, "board_rep": 3, "transition_agent": 1, "teacher": 1}
MINUTES = {30: 1, 45: 2, 60: 5, 75: 3, 90: 6, 120: 8, 135: 2, 150: 4, 180: 5, 210: 2, 240: 2}
OBJECTIVES = {
    "en": (
        "action plan", "family engagement", "onboarding", "journal review", "grant application",
        "partnership mapping", "monitoring and evaluation", "mental health project",
        "community dinner", "early years transition", "asset map",
    ),
    "fr": (
        "plan d’action", "engagement des familles", "accueil", "relecture du journal",
        "demande de subvention", "carte des partenaires", "suivi et évaluation",
        "projet en santé mentale", "transition vers le primaire", "bilan de mi-année",
    ),
}  # fmt: skip
PARTNERS = {
    "CHSSN": ("table", 6), "Table régionale en petite enfance": ("table", 3),
    "YMCA": ("organisation", 3), "4-H Quebec": ("organisation", 2),
    "Centraide": ("organisation", 2), "Literacy Quebec": ("organisation", 2),
}  # fmt: skip
PURPOSES = {
    "en": ("regional meeting", "shared calendar", "program planning", "referral process"),
    "fr": ("rencontre régionale", "calendrier commun", "planification", "trajectoire de services"),
}


async def fill(store: Store, plans: Plans, *, under_way: bool = False) -> None:
    """Write the sample into an empty store; leave any other as it is.

    ``under_way``: with what waits for somebody to go on with, under a plan that is not shipped, and
    what was written for reports.
    """
    await store.write(_fill, plans.get(PLAN), under_way)


def _fill(tx: Tx, plan: Plan, under_way: bool) -> None:
    if people.everyone(tx):
        return
    chance = Random(2024)  # the same each time
    last = STARTS.date() - timedelta(days=1)  # today is left to whoever tries it
    team = {who: _meet(tx, who, _at(plan.starts)) for who in LOGGERS}
    _others(tx, plan, team, under_way)
    for who, person in team.items():
        for draft in _drafts(chance, who, person.role, plan, last):
            entry_changes.add(tx, draft, person, _at(draft.day), sure=frozenset(Doubt))
    sent, by = sample_records.SENT, team[cast.SYLVIE]
    giving.freeze(tx, plan, ReportKind.PROGRESS, 1, by, _at(sent), sent)


def _others(tx: Tx, plan: Plan, team: Mapping[Newcomer, Person], under_way: bool) -> None:
    """All but the hours: the network, and what was done with it."""
    chance = Random(1998)  # the first centres' year; the hours' own chances stay as they are
    sample_network.meet(tx, _at(plan.starts))
    network = sample_network.fill(tx, chance, team[cast.SYLVIE], _at(plan.starts))
    today, megan, sylvie = STARTS.date(), team[cast.MEGAN], team[cast.SYLVIE]
    sample_program.fill(tx, chance, network, megan, today)
    guest, at = network.agents[0].id, int(STARTS.timestamp()) - DAY
    sample_records.fill(tx, chance, plan, guest, megan, sylvie, today, at)
    facilitator = team[cast.GENEVIEVE]
    there = sample_communities.fill(tx, chance, network, facilitator.id, sylvie, at)
    kayla = people.find(tx, cast.KAYLA.platform, cast.KAYLA.id)
    assert kayla is not None
    sample_practices.fill(tx, there, kayla, megan, facilitator)
    if under_way:
        sample_under_way.fill(tx, there, facilitator, sylvie, at)
        sample_narratives.fill(tx, plan, sylvie, at)


def _meet(tx: Tx, who: Newcomer, at: int) -> Person:
    """Have the bot know someone of the cast, and where it can speak to them by itself."""
    assert who.role is not None
    person, place = people.meet(tx, who, who.role, at), DIRECT.place(who)
    addresses.note(tx, place.platform, place.id, person.id, at)
    return person


def _drafts(
    chance: Random, who: Newcomer, role: TeamRole, plan: Plan, last: date
) -> Iterator[Draft]:
    """One person's entries on school days up to ``last``; managers log about half as many."""
    language = "fr" if who.locale.startswith("fr") else "en"
    often = 0.92 if role is TeamRole.STAFF else 0.55
    for day in Calendar(plan).school_days(plan.starts, last):
        # The team finds its stride in autumn, and slows down before the holidays.
        busy = often * (0.7 if day.month in (8, 12) else 1.15)
        if chance.random() < busy * 1.12:
            yield _accompaniment(chance, day, language)
        if chance.random() < busy * 0.75:
            yield _partner_support(chance, day, language)


def _accompaniment(chance: Random, day: date, language: str) -> Draft:
    role = _one(chance, ROLES)
    return Draft(
        EntryKind.ACCOMPANIMENT,
        day,
        _one(chance, MINUTES),
        (Accompanied(role, number=chance.choice((1, 1, 1, 1, 2, 3))),),
        (_one(chance, BOARDS),) if chance.random() < 0.96 else (),
        objective=chance.choice(OBJECTIVES[language]),
        requested=chance.random() < 0.5,
    )


def _partner_support(chance: Random, day: date, language: str) -> Draft:
    partner = _one(chance, {name: weight for name, (_, weight) in PARTNERS.items()})
    return Draft(
        EntryKind.PARTNER,
        day,
        _one(chance, MINUTES),
        partner=partner,
        table=PARTNERS[partner][0] == "table",
        objective=chance.choice(PURPOSES[language]),
    )


def _one(chance: Random, weights: dict[T, int]) -> T:
    return chance.choices(list(weights), list(weights.values()))[0]


def _at(day: date) -> int:
    """Early in that evening: hours are often logged minutes after the event."""
    return int(datetime(day.year, day.month, day.day, 21, tzinfo=UTC).timestamp())
