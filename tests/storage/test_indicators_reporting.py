"""Surveys, documents and partners among the indicators, against a naive recount of lists."""

from dataclasses import dataclass
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from storage import documents, indicators, partnerships, records, rosters, surveys
from storage.documents import Document
from storage.partnerships import Agreement, Partnership, Standing
from storage.people import TeamRole
from storage.plan_files import load_plans
from storage.rosters import Member
from storage.surveys import Completion, Survey
from tests.new_database import new_database
from tests.storage.making import NOW, meet

PLAN = load_plans(None).get("clc-2024-25")
AT = date(2025, 2, 12)
DAYS = [date(2024, 6, 30), date(2024, 7, 1), date(2024, 11, 5), AT, date(2025, 2, 13)]
DONE = [day for day in DAYS if day <= AT]
TARGETS = {"survey-cdas": "cda", "journals-cdas": "cda", "survey-principals": "principal"}


@dataclass(frozen=True)
class Known:
    """A member: the same human as the first one where ``same``."""

    role: str
    starts: date | None
    ends: date | None
    same: bool


@dataclass(frozen=True)
class Sent:
    """A survey, and by the number of the member the days it was handed in."""

    target: str
    opened: date
    done: dict[int, date]
    voided: bool


known = st.builds(
    Known,
    st.sampled_from(["cda", "cda", "principal"]),
    st.none() | st.sampled_from(DAYS[:3]),
    st.none() | st.sampled_from(DAYS[2:]),
    st.booleans(),
)
sent = st.builds(
    Sent,
    st.sampled_from([*TARGETS]),
    st.sampled_from(DAYS),
    st.dictionaries(st.integers(0, 3), st.sampled_from(DONE), max_size=4),
    st.sampled_from([False, False, True]),
)
papers = st.dictionaries(
    st.tuples(st.sampled_from(["dsrea-reports", "action-plan"]), st.integers(1, 3)),
    st.tuples(*[st.none() | st.sampled_from(DONE)] * 3),
    max_size=4,
)
partners = st.dictionaries(
    st.sampled_from(["CHSSN", "YMCA", "Centraide"]),
    st.tuples(st.sampled_from(Standing), st.booleans(), st.none() | st.sampled_from(DONE)),
)


@settings(max_examples=60)
@given(st.lists(known, min_size=4, max_size=4), st.lists(sent, max_size=5), papers, partners)
def test_what_is_reported_is_what_the_lists_say(
    members: list[Known],
    out: list[Sent],
    paper: dict[tuple[str, int], tuple[date | None, ...]],
    partner: dict[str, tuple[Standing, bool, date | None]],
) -> None:
    with new_database() as tx:
        by = meet(tx, "Sam", TeamRole.MANAGER)
        ids: list[int] = []
        for one in members:
            same = ids[0] if one.same and ids else 0
            says = Member("Someone", "", one.role, starts=one.starts, ends=one.ends, same_as=same)
            ids.append(rosters.add(tx, says, by, NOW).id)
        for one in out:
            survey = records.add(tx, surveys.SURVEY, Survey(one.target, "A", one.opened), by, NOW)
            if one.done:
                done = tuple((ids[n], day) for n, day in one.done.items())
                surveys.complete(tx, Completion(survey.id, done), by, NOW)
            if one.voided:
                records.void(tx, surveys.SURVEY, survey.id, 1, by, NOW)
        for (target, number), days in paper.items():
            documents.mark(tx, Document(PLAN.id, target, number, *days), 0, by, NOW)
        for name, (standing, seat, signed) in partner.items():
            partnerships.tell(tx, Partnership(name, standing=standing, seat=seat), by, NOW)
            records.add(tx, partnerships.AGREEMENT, Agreement(name, signed=signed), by, NOW)
        read = indicators.read(tx, PLAN, AT)
    for each in read.out:
        mine = [one for one in out if one.target == each.target.id and not one.voided]
        mine = [one for one in mine if PLAN.starts <= one.opened <= AT]
        asked = [asked_by(one, members) for one in mine]
        done = [{human(members, n) for n in one.done} for one in mine]
        assert each.surveys == len(mine)
        assert each.asked == sum(map(len, asked))
        assert each.completed == sum(len(a & b) for a, b in zip(asked, done, strict=True))
    for each in read.papers:
        kept = [days for (target, _), days in paper.items() if target == each.target.id]
        numbers = tuple(sum(1 for days in kept if days[n]) for n in range(3))
        assert (each.prepared, each.sent, each.posted) == numbers
    by_name = sorted(partner, key=str.casefold)
    assert read.partners.seats == tuple(name for name in by_name if partner[name][1])
    for standing, names in (
        (Standing.POTENTIAL, read.partners.potential),
        (Standing.NEW, read.partners.new),
    ):
        assert names == tuple(name for name in by_name if partner[name][0] is standing)
    signed_days = [signed for _, _, signed in partner.values() if signed]
    assert read.partners.agreements == sum(1 for day in signed_days if PLAN.starts <= day <= AT)


def human(members: list[Known], n: int) -> int:
    return 0 if members[n].same else n


def asked_by(one: Sent, members: list[Known]) -> set[int]:
    """The humans of the role on the roster of the day it went out."""
    return {
        human(members, n)
        for n, each in enumerate(members)
        if each.role == TARGETS[one.target]
        and (each.starts or one.opened) <= one.opened <= (each.ends or one.opened)
    }
