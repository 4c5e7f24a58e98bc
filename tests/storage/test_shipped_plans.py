"""The shipped plans hold what the documents say, in both languages."""

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

import pytest
from holidays import country_holidays

from storage.plan import EntryKind, Measure, Plan
from storage.plan_files import SHIPPED, Plans, load_plans

# Copied from the domain's reference by hand, not from the plan.
TARGETS = """
pd-workshops 1.1 sessions 37
pd-feedback 1.1 share 75%
onboarding-sessions 1.2 sessions 2
onboarding-coverage 1.2 share 100%
onboarding-feedback 1.2 share 75%
family-workshops 1.3 sessions 5
transition-workshops 1.3 sessions 3
cegep-workshop 1.3 sessions 1
principal-webinars 1.3 sessions 2
plc-meetings 1.4 sessions 4
plc-attend-all 1.4 share 50%
board-rep-meetings 1.4 sessions 3
cda-tools 2 outputs 10
team-tools 2 outputs 10
capsules 2 outputs 3
tools-published 2 share 100%
accompaniment-hours 3 hours 1400
partner-hours 3 hours 1190
partner-agreements 3 count 1
survey-cdas 4 share 100%
journals-cdas 4 share 100%
survey-principals 4 share 50%
survey-reps 4 share 75%
dsrea-reports 4 count 3
action-plan 4 count 1
"""


@pytest.fixture(scope="module")
def plans() -> Plans:
    return load_plans(None)


@pytest.fixture(scope="module")
def clc(plans: Plans) -> Plan:
    return plans.get("clc-2024-25")


def test_the_25_targets_are_those_of_the_reference(clc: Plan) -> None:
    strand = {objective.id: objective.strand for objective in clc.objective}
    strand = {strategy.id: strand[strategy.objective] for strategy in clc.strategy}
    found = [
        (target.id, strand[target.strategy], str(target.measure), target.goal)
        for target in clc.target
    ]
    expected: list[tuple[str, str, str, Fraction]] = []
    for line in TARGETS.split("\n")[1:-1]:
        id, in_strand, measure, goal = line.split()
        share = Fraction(goal.rstrip("%")) / (100 if "%" in goal else 1)
        expected.append((id, in_strand, measure, share))
    assert found == expected


def test_what_the_targets_compute_is_as_the_reference_says(clc: Plan) -> None:
    of = {target.id: target for target in clc.target}
    assert {part.id: part.goal for part in of["pd-workshops"].part} == {
        "outcome-area": 27,
        "theme-of-choice": 10,
    }
    assert of["pd-workshops"].minimum_minutes == 150
    assert of["onboarding-sessions"].days == 2
    assert of["plc-attend-all"].among == "attended_any"
    assert of["survey-reps"].among == "roster:board_rep"
    assert of["accompaniment-hours"].entries is EntryKind.ACCOMPANIMENT
    assert of["partner-hours"].entries is EntryKind.PARTNER
    assert of["tools-published"].of == ("cda-tools", "team-tools", "capsules")
    assert {id for id, target in of.items() if target.head_counts} == {
        "family-workshops",
        "cegep-workshop",
    }
    assert all(target.confirmed for target in clc.target)
    assert clc.half_day_minutes == 180


def test_reports_meetings_and_surveys_come_on_milestones(plans: Plans) -> None:
    for plan in plans.all:
        for target in plan.target:
            due = [milestone for milestone in plan.milestone if milestone.target == target.id]
            if target.paced or target.measure is Measure.SHARE:
                assert not (target.paced and due), target.id
            else:
                assert len(due) == target.goal, target.id
    paced = {target.id for target in plans.get("clc-2024-25").target if target.paced}
    assert paced >= {"pd-workshops", "accompaniment-hours", "partner-hours", "cda-tools"}
    assert not paced & {"plc-meetings", "board-rep-meetings", "dsrea-reports", "survey-reps"}


def test_milestones_are_on_school_days_and_marked_assumed(plans: Plans) -> None:
    for plan in plans.all:
        for milestone in plan.milestone:
            assert milestone.assumed
            assert milestone.due.weekday() < 5, milestone.id
            assert not is_closed(plan, milestone.due), milestone.id


def is_closed(plan: Plan, day: date) -> bool:
    return any(row.first <= day <= row.last for row in plan.closed)


def easter(year: int) -> date:
    """The anonymous Gregorian computus, to check the library by other means."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    w = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * w) // 433
    month = (h + w - 7 * m + 90) // 25
    return date(year, month, (h + w - 7 * m + 33 * month + 19) % 32)


def test_no_holiday_is_a_school_day(plans: Plans) -> None:
    for plan in plans.all:
        years = range(plan.starts.year, plan.ends.year + 1)
        days = set(country_holidays("CA", subdiv="QC", years=years))
        days |= {easter(year) + timedelta(days=off) for year in years for off in (-2, 1)}
        days |= {
            date(year, *day) for year in years for day in ((12, 24), (12, 26), (12, 31), (1, 2))
        }
        within = [d for d in sorted(days) if plan.starts <= d <= plan.ends and d.weekday() < 5]
        assert len(within) >= 9 * (plan.ends.year - plan.starts.year)
        assert [day for day in within if not is_closed(plan, day)] == []


def test_the_school_year_has_about_180_days(clc: Plan) -> None:
    days = (clc.starts + timedelta(days=n) for n in range((clc.ends - clc.starts).days + 1))
    assert 180 <= sum(day.weekday() < 5 and not is_closed(clc, day) for day in days) <= 200


def test_the_communities_are_those_of_the_flyer(plans: Plans) -> None:
    plan = plans.get("wellbeing-communities-2021-24")
    assert [(each.smallest, each.largest) for each in plan.community] == [
        (12, 15),
        (12, 15),
        (None, None),
        (None, None),
    ]
    assert {each.sector: each.measures for each in plan.replacement} == {
        "public": ("15021", "15022"),
        "private": ("30370", "30371"),
    }
    months = {(each.due.month) for each in plan.milestone if each.target == "community-meetings"}
    assert months == {10, 1, 3, 5}


def test_the_network_is_the_eleven_bodies_and_nine_roles(plans: Plans) -> None:
    bodies = "CQSB ESSB ETSB EMSB LBPSB NFSB RSB SWLSB WQSB LITTORAL HEBREW"
    roles = "cda principal board_rep transition_agent teacher parent student partner other"
    assert [body.id for body in plans.network.body] == bodies.split()
    assert [role.id for role in plans.network.role] == roles.split()
    french = {body.id: body.short.fr for body in plans.network.body}
    assert (french["EMSB"], french["LBPSB"], french["SWLSB"]) == ("CSEM", "CSLBP", "CSSWL")
    words = {word.casefold() for body in plans.network.body for word in body.also}
    assert not words & {"laval", "laurier", "montreal", "hebrew"}


def texts(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, key)
    elif isinstance(value, str):
        yield key, value


def test_both_languages_keep_their_typography() -> None:
    for path in SHIPPED.rglob("*.toml"):
        for key, text in texts(tomllib.loads(path.read_text("utf-8"))):
            if key in ("en", "fr"):
                assert "'" not in text, text
                assert text == text.strip(), text
            if key == "fr":
                assert not re.search(r"(?<!\u00a0)[:%»?!](?!\S)", text), text
                assert not re.search(r"\b(CLC|CDA|email|PRT)\b", text), text


def test_a_whole_plan_survives_json(clc: Plan) -> None:
    data = json.loads(clc.model_dump_json())
    goals = {target["id"]: target["goal"] for target in data["target"]}
    assert (goals["pd-feedback"], goals["accompaniment-hours"]) == (0.75, 1400)
    assert data["network"]["body"][0]["id"] == "CQSB"
