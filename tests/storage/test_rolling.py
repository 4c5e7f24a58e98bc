"""A rolled plan keeps its wording, week and weekday, and says what is not settled."""

from datetime import date, timedelta

import pytest
from holidays import country_holidays

from storage.plan import Plan
from storage.plan_errors import PlanError
from storage.plan_files import SHIPPED, load_networks, load_plan
from storage.rolling import Rolled, roll

NETWORKS = load_networks(None)
CLC = (SHIPPED / "clc-2024-25.toml").read_text("utf-8")
WELLBEING = (SHIPPED / "wellbeing-communities-2021-24.toml").read_text("utf-8")
LAST = load_plan(CLC, NETWORKS)


@pytest.fixture(scope="module", params=["2025-26", "2026-27", "2027-28", "2031-32"])
def years(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def rolled(years: str) -> Rolled:
    return roll(CLC, years, NETWORKS)


def test_the_id_title_and_dates_are_those_of_the_years(rolled: Rolled, years: str) -> None:
    plan, year = rolled.plan, int(years[:4])
    assert plan.id == f"clc-{years}"
    assert plan.title.en == f"PRT Action Plan {year}-{year + 1}"
    assert plan.title.fr == f"CSC – Plan d’action {year}-{year + 1}"
    assert (plan.starts, plan.ends) == (date(year, 7, 1), date(year + 1, 6, 30))


def test_goals_are_carried_over_and_not_confirmed(rolled: Rolled) -> None:
    assert [target.goal for target in rolled.plan.target] == [target.goal for target in LAST.target]
    assert not any(target.confirmed for target in rolled.plan.target)


def test_milestones_keep_their_week_and_weekday_and_are_assumed(rolled: Rolled, years: str) -> None:
    by = int(years[:4]) - 2024
    for was, now in zip(LAST.milestone, rolled.plan.milestone, strict=True):
        assert now.assumed
        assert (now.id, now.due.weekday()) == (was.id, was.due.weekday())
        assert abs(now.due - was.due.replace(year=was.due.year + by)) <= timedelta(days=4)


def test_no_holiday_becomes_a_school_day(rolled: Rolled) -> None:
    plan = rolled.plan
    for year in (plan.starts.year, plan.ends.year):
        days = set(country_holidays("CA", subdiv="QC", years=year))
        days |= {
            day + timedelta(days=3)
            for day, name in country_holidays(
                "CA", subdiv="QC", years=year, language="en_CA"
            ).items()
            if name == "Good Friday"
        }
        days |= {date(year, 12, 24), date(year, 12, 26), date(year, 12, 31), date(year, 1, 2)}
        for day in days:
            if plan.starts <= day <= plan.ends and day.weekday() < 5:
                assert closed(plan, day), day


def closed(plan: Plan, day: date) -> bool:
    return any(row.first <= day <= row.last for row in plan.closed)


def test_the_school_year_keeps_its_length(rolled: Rolled) -> None:
    plan = rolled.plan
    days = (plan.starts + timedelta(days=n) for n in range((plan.ends - plan.starts).days + 1))
    assert 180 <= sum(day.weekday() < 5 and not closed(plan, day) for day in days) <= 200


def test_wording_and_comments_stay(rolled: Rolled) -> None:
    def kept(text: str) -> list[str]:
        start = ("id", "title", "starts", "ends", "due", "first", "last", "assumed", "confirmed")
        return [line for line in text.splitlines() if line and not line.startswith(start)]

    assert [line for line in kept(rolled.text) if line not in kept(CLC)][:2] == [
        "# Rolled from clc-2024-25: goals are carried over and not confirmed, dates are moved to",
        "# the same week and assumed. What follows was written for clc-2024-25.",
    ]
    assert [line for line in kept(CLC) if line not in kept(rolled.text)] == []


def test_known_dates_of_2026_27() -> None:
    plan = roll(CLC, "2026-27", NETWORKS).plan
    assert [(row.name.en, str(row.first), str(row.last)) for row in plan.closed] == [
        ("Summer", "2026-07-01", "2026-08-21"),
        ("Labour Day", "2026-09-07", "2026-09-07"),
        ("Thanksgiving", "2026-10-12", "2026-10-12"),
        ("Winter break", "2026-12-21", "2027-01-01"),
        ("Spring break", "2027-03-01", "2027-03-05"),
        ("Good Friday", "2027-03-26", "2027-03-26"),
        ("Easter Monday", "2027-03-29", "2027-03-29"),
        ("National Patriots’ Day", "2027-05-24", "2027-05-24"),
        ("Fête nationale", "2027-06-24", "2027-06-24"),
        ("Summer", "2027-06-23", "2027-06-30"),
    ]
    assert {row.name.en for row in plan.closed if row.assumed} == {
        "Summer",
        "Winter break",
        "Spring break",
    }


def test_year_after_year_does_not_drift_from_rolling_at_once() -> None:
    text = CLC
    for year in range(2025, 2035):
        text = roll(text, f"{year}-{year + 1 - 2000}", NETWORKS).text
    step, leap = load_plan(text, NETWORKS), roll(CLC, "2034-35", NETWORKS).plan
    assert [each.due for each in step.milestone] == [each.due for each in leap.milestone]


def test_three_years_are_rolled_as_three() -> None:
    plan = roll(WELLBEING, "2024-27", NETWORKS).plan
    assert plan.id == "wellbeing-communities-2024-27"
    assert (plan.starts, plan.ends) == (date(2024, 7, 1), date(2027, 6, 30))
    assert plan.title.fr == "Bien-être à l’école\u00a0: communautés de pratique 2024-2027"
    assert plan.milestone[0].name.fr == "Rencontre d’octobre 2024"
    holidays = {row.first: row.name for row in plan.closed}
    # A Saturday three years before, so the file had no row for it.
    assert holidays[date(2026, 6, 24)].en == "Fête nationale"
    assert holidays[date(2025, 12, 24)].fr == "Veille de Noël"


def test_it_says_what_to_check_by_hand(rolled: Rolled) -> None:
    said = "\n".join(rolled.check)
    assert "25 goals are carried over" in said
    assert "Winter break" in said
    assert "strategy.1.text names 2024-2025, 2023-2024" in said


def test_a_milestone_moved_onto_a_holiday_is_said() -> None:
    text = CLC.replace("due = 2024-10-02", "due = 2024-09-09")
    said = roll(text, "2026-27", NETWORKS).check
    assert "First meeting with school board reps falls on a day without school: 2026-09-07" in said


def test_a_plan_that_starts_on_a_leap_day_ends_well() -> None:
    text = CLC.replace("starts = 2024-07-01", "starts = 2024-02-29")
    assert roll(text, "2025-26", NETWORKS).plan.starts == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("years", "says"),
    [
        ("2024-25", "clc-2024-25 is there already, and is not overwritten"),
        ("2023-24", "2023-24 does not come after clc-2024-25; the next would be 2025-26"),
        ("2026-28", '"2026-28" is not the years of a plan like clc-2024-25, such as 2025-26'),
        ("2026", '"2026" is not the years of a plan like clc-2024-25, such as 2025-26'),
        ("", '"" is not the years of a plan like clc-2024-25, such as 2025-26'),
    ],
)
def test_years_that_cannot_be_are_refused(years: str, says: str) -> None:
    with pytest.raises(PlanError) as caught:
        roll(CLC, years, NETWORKS)
    assert caught.value.problems == (says,)
