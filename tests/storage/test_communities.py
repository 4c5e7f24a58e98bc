"""Communities and memberships: who is a member on a day, and what neither can say."""

import os
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from storage import communities, links, participants, people, records, rosters
from storage.communities import (
    COMMUNITY,
    MEMBERSHIP,
    AlreadyMember,
    Community,
    Fit,
    Membership,
)
from storage.community import check_community, check_membership
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound
from storage.limits import Impossible
from storage.people import Newcomer, Person, TeamRole
from storage.plan import CommunityKind, Sector
from storage.plan_files import load_plans
from storage.records import Record
from storage.rosters import Member
from tests.new_database import new_database
from tests.storage.making import NOW, meet

EXAMPLES = int(os.environ.get("JALON_EXAMPLES", "40"))

DAY = date(2025, 2, 12)
COP = Community("Elementary", "Primaire", CommunityKind.PRACTICE, years=(2024, 2026))
PLC = Community("PLC", "CAP", CommunityKind.PRACTICE, target="plc-meetings", roles=("cda",))
MARIE = Member("Marie Tremblay", "marie@emsb.example", "cda", "EMSB", starts=date(2024, 8, 1))


def create(tx: Tx, says: Community, by: Person) -> Record[Community]:
    return records.add(tx, COMMUNITY, says, by, NOW)


def join(tx: Tx, community: int, member: int, by: Person, **days: date) -> Record[Membership]:
    says = replace(Membership(community, member, DAY), **days)
    return records.add(tx, MEMBERSHIP, says, by, NOW)


def test_what_is_not_said_changes_no_text_later() -> None:
    content = COMMUNITY.content(COP)
    assert content == (
        '{"kind":"community-of-practice","name_en":"Elementary","name_fr":"Primaire",'
        '"years":[2024,2026]}'
    )
    assert COMMUNITY.read(content) == COP


def test_members_are_those_of_the_day_by_membership_or_by_role(tx: Tx, sam: Person) -> None:
    cop, plc = create(tx, COP, sam), create(tx, PLC, sam)
    marie = rosters.add(tx, MARIE, sam, NOW)
    kayla = rosters.add(tx, Member("Kayla", role="other"), sam, NOW)
    join(tx, cop.id, kayla.id, sam, ends=date(2025, 3, 1))
    assert communities.members_on(tx, cop.id, DAY) == [kayla]
    assert communities.members_on(tx, plc.id, DAY) == [marie]
    assert communities.members_on(tx, plc.id, date(2024, 7, 31)) == []
    assert communities.members_on(tx, cop.id, date(2025, 3, 2)) == []
    join(tx, plc.id, marie.id, sam)
    assert communities.members_on(tx, plc.id, DAY) == [marie], "once, however they are"


def test_a_member_is_who_they_are_on_the_roster_now(tx: Tx, sam: Person) -> None:
    cop = create(tx, COP, sam)
    cda = rosters.add(tx, replace(MARIE, ends=date(2025, 1, 31)), sam, NOW)
    join(tx, cop.id, cda.id, sam)
    assert communities.members_on(tx, cop.id, DAY) == [cda]
    again = replace(MARIE, email="m@rsb.example", starts=date(2025, 2, 1), same_as=cda.id)
    principal = rosters.add(tx, replace(again, role="principal"), sam, NOW)
    assert communities.members_on(tx, cop.id, DAY) == [principal]


def test_no_one_is_a_member_twice(tx: Tx, sam: Person) -> None:
    cop = create(tx, COP, sam)
    marie = rosters.add(tx, MARIE, sam, NOW)
    first = join(tx, cop.id, marie.id, sam, ends=date(2025, 6, 30))
    same = rosters.add(tx, Member("M. Tremblay", role="other", same_as=marie.id), sam, NOW)
    with pytest.raises(AlreadyMember) as refused:
        join(tx, cop.id, same.id, sam, starts=date(2025, 6, 30))
    assert refused.value.membership == first
    join(tx, cop.id, same.id, sam, starts=date(2025, 7, 1))


def test_a_community_runs_in_its_school_years(tx: Tx, sam: Person) -> None:
    cop, plc = create(tx, COP, sam), create(tx, PLC, sam)
    assert communities.running(tx, date(2024, 6, 30)) == [plc]
    assert communities.running(tx, date(2024, 7, 1)) == [cop, plc]
    assert communities.running(tx, date(2027, 6, 30)) == [cop, plc]
    assert communities.running(tx, date(2027, 7, 1)) == [plc]
    marie = rosters.add(tx, MARIE, sam, NOW)
    join(tx, cop.id, marie.id, sam)
    assert communities.members_on(tx, cop.id, date(2027, 7, 1)) == []


def test_a_person_sees_the_communities_they_are_in(tx: Tx, sam: Person) -> None:
    cop, plc = create(tx, COP, sam), create(tx, PLC, sam)
    cda, guest = rosters.add(tx, MARIE, sam, NOW), Newcomer("t", "1", "Marie", email=MARIE.email)
    marie = people.meet(tx, guest, TeamRole.MEMBER, NOW)
    assert communities.of_person(tx, marie.id, DAY) == [plc]
    membership = join(tx, cop.id, cda.id, sam)
    assert communities.of_person(tx, marie.id, DAY) == [cop, plc]
    records.undo(tx, MEMBERSHIP, membership.id, 1, sam, NOW)
    records.void(tx, COMMUNITY, plc.id, 1, sam, NOW)
    assert communities.of_person(tx, marie.id, DAY) == []


def test_who_facilitates_stays_so_under_another_account(
    tx: Tx, alex: Person, sam: Person, marie: Person
) -> None:
    cop = create(tx, replace(COP, facilitator=marie.id), sam)
    assert communities.facilitates(tx, marie, cop.id)
    assert communities.facilitates(tx, sam, cop.id)
    assert not communities.facilitates(tx, alex, cop.id)
    links.link(tx, alex.id, marie.id, sam, NOW)
    assert communities.facilitates(tx, alex, cop.id)


def test_who_is_in_two_communities_is_seen(tx: Tx, sam: Person) -> None:
    cop, other = create(tx, COP, sam), create(tx, replace(COP, name_en="B", name_fr="B"), sam)
    create(tx, PLC, sam)  # everyone is in it by their role, which says nothing
    marie = rosters.add(tx, MARIE, sam, NOW)
    join(tx, cop.id, marie.id, sam)
    assert communities.in_several(tx, DAY) == {}
    join(tx, other.id, marie.id, sam)
    assert communities.in_several(tx, DAY) == {marie.id: [cop.id, other.id]}
    assert communities.in_several(tx, date(2025, 2, 11)) == {}


@pytest.mark.parametrize(
    ("size", "fit", "places"), [(11, Fit.UNDER, 4), (12, Fit.FITS, 3), (16, Fit.OVER, 0)]
)
def test_a_size_is_held_against_what_is_meant(size: int, fit: Fit, places: int) -> None:
    assert (COP.fit(size), COP.places(size)) == (fit, places)
    undetermined = replace(COP, smallest=None, largest=None)
    assert (undetermined.fit(size), undetermined.places(size)) == (Fit.FITS, None)


def test_one_name_is_one_community(tx: Tx, sam: Person) -> None:
    made = create(tx, COP, sam)
    assert communities.of_name(tx, "PRIMAIRE ") == communities.of_name(tx, "elementary") == made
    with pytest.raises(ChangedMeanwhile):
        create(tx, replace(COP, name_fr="Other"), sam)
    changed = records.change(tx, COMMUNITY, made.id, 1, replace(COP, largest=None), sam, NOW)
    assert communities.of_name(tx, "elementary") == changed


def test_a_channel_leads_to_the_communities_that_meet_there(tx: Tx, sam: Person) -> None:
    made = create(tx, replace(COP, channel_platform="slack", channel="C1"), sam)
    create(tx, PLC, sam)
    assert communities.of_channel(tx, "slack", "C1") == [made]
    assert communities.of_channel(tx, "teams", "C1") == []
    assert communities.of_channel(tx, "", "") == []


def test_the_plan_says_which_measures_a_sector_has() -> None:
    plans = load_plans(None).all
    assert participants.measures(plans, Sector.PUBLIC) == ("15021", "15022")
    assert participants.measures(plans, Sector.PRIVATE, "clc-2024-25") == ("30370", "30371")
    assert participants.measures((), Sector.PUBLIC) == ()


def test_a_participant_is_who_has_the_email_or_counts_in_no_share(tx: Tx, sam: Person) -> None:
    marie = rosters.add(tx, MARIE, sam, NOW)

    def taken(says: Member) -> Record[Member]:
        return participants.participant(tx, says, DAY, sam, NOW)

    assert taken(Member("M.T.", " Marie@EMSB.example", "principal")) == marie
    new = taken(Member("Jo Roy", " Jo@csdm.example", "principal", centre="École A"))
    assert new.says == Member("Jo Roy", "jo@csdm.example", "other", centre="École A")
    nameless = taken(Member("Jo Roy", centre="École B"))
    assert nameless.id != new.id
    assert taken(Member("jo roy", centre="ecole b")) == nameless


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name_en": " "}, "name_en"),
        ({"name_fr": "a" * 201}, "name_fr"),
        ({"sector": "a\0"}, "sector"),
        ({"smallest": 0}, "smallest"),
        ({"largest": 1000}, "largest"),
        ({"largest": 11}, "largest"),
        ({"channel": "C1"}, "channel"),
        ({"channel_platform": "slack"}, "channel"),
        ({"years": (2025, 2024)}, "years"),
        ({"years": (1999, 2024)}, "years"),
        ({"roles": ("student",)}, "roles"),
        ({"reminders": (60, 1440)}, "reminders"),
        ({"reminders": (60, 60)}, "reminders"),
        ({"reminders": (0,)}, "reminders"),
        ({"reminders": tuple(range(9, 0, -1))}, "reminders"),
    ],
)
def test_what_no_community_can_say(change: dict[str, object], field: str) -> None:
    with pytest.raises(Impossible) as refused:
        check_community(replace(COP, **change), NOW)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends": date(2025, 2, 11)}, "ends"),
        ({"starts": date(1999, 1, 1)}, "starts"),
        ({"measure": "a" * 201}, "measure"),
        ({"institution": "\ud800"}, "institution"),
    ],
)
def test_what_no_membership_can_say(change: dict[str, object], field: str) -> None:
    with pytest.raises(Impossible) as refused:
        check_membership(replace(Membership(1, 1, DAY), **change), NOW)
    assert refused.value.field == field


def test_only_managers_make_communities_and_members(tx: Tx, alex: Person, sam: Person) -> None:
    with pytest.raises(NotAllowed):
        create(tx, COP, alex)
    cop = create(tx, COP, sam)
    marie = rosters.add(tx, MARIE, sam, NOW)
    with pytest.raises(NotAllowed):
        join(tx, cop.id, marie.id, alex)
    with pytest.raises(NotFound):
        join(tx, marie.id, marie.id, sam)
    with pytest.raises(NotFound):
        join(tx, cop.id, cop.id, sam)


days = st.dates(date(2025, 6, 25), date(2025, 7, 5))


class Year(RuleBasedStateMachine):
    """People come and go; a plain list of stays says who is where."""

    joined = Bundle("joined")

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.tx = self.opened.enter_context(new_database())
        self.stays: dict[int, Record[Membership]] = {}

    def teardown(self) -> None:
        self.opened.close()

    @initialize()
    def a_network(self) -> None:
        self.by = meet(self.tx, "Sam", TeamRole.MANAGER)
        first = replace(COP, years=(2024, 2024))
        self.cops = [
            create(self.tx, first, self.by),
            create(self.tx, replace(PLC, years=None), self.by),
        ]
        self.members = [
            rosters.add(self.tx, Member(name, role=role), self.by, NOW)
            for name, role in (("Ana", "cda"), ("Bo", "other"), ("Cy", "other"))
        ]

    @rule(target=joined, which=st.integers(0, 1), who=st.integers(0, 2), first=days, data=st.data())
    def one_joins(self, which: int, who: int, first: date, data: st.DataObject) -> int:
        last = data.draw(st.none() | st.dates(first, date(2025, 7, 6)))
        says = Membership(self.cops[which].id, self.members[who].id, first, last)
        if self.clash(says, 0):
            self.tx.run("SAVEPOINT one")
            with pytest.raises(AlreadyMember):
                records.add(self.tx, MEMBERSHIP, says, self.by, NOW)
            self.tx.run("ROLLBACK TO one")
            return 0
        record = records.add(self.tx, MEMBERSHIP, says, self.by, NOW)
        self.stays[record.id] = record
        return record.id

    @rule(id=joined)
    def one_is_undone(self, id: int) -> None:
        if not id:
            return
        was = self.stays[id]
        self.tx.run("SAVEPOINT one")
        if was.voided is not None and self.clash(was.says, id):
            with pytest.raises(AlreadyMember):
                records.undo(self.tx, MEMBERSHIP, id, was.version, self.by, NOW)
            self.tx.run("ROLLBACK TO one")
        else:
            self.stays[id] = records.undo(self.tx, MEMBERSHIP, id, was.version, self.by, NOW)

    def clash(self, says: Membership, id: int) -> bool:
        return any(
            other.id != id
            and (other.says.community, other.says.member) == (says.community, says.member)
            and any(other.says.holds(day) and says.holds(day) for day in self.every_day())
            for other in self.there()
        )

    def there(self) -> list[Record[Membership]]:
        return [one for one in self.stays.values() if one.voided is None]

    def every_day(self) -> list[date]:
        return [date(2025, 6, 24) + timedelta(days=n) for n in range(14)]

    @invariant()
    def members_are_who_the_list_says(self) -> None:
        assert list(communities.wrong(self.tx)) == []
        for day in (date(2025, 6, 30), date(2025, 7, 1), date(2025, 7, 5)):
            both: dict[int, list[int]] = {}
            for cop in self.cops:
                over = cop.says.years is not None and day > date(2025, 6, 30)
                there = {
                    one.says.member
                    for one in self.there()
                    if one.says.community == cop.id and one.says.holds(day) and not over
                }
                for member in there:
                    both.setdefault(member, []).append(cop.id)
                by_role = {self.members[0].id} if cop.says.roles else set[int]()
                found = communities.members_on(self.tx, cop.id, day)
                assert [one.id for one in found] == sorted(there | by_role)
            several = {member: cops for member, cops in both.items() if len(cops) > 1}
            assert communities.in_several(self.tx, day) == several


TestYear = Year.TestCase
TestYear.settings = settings(max_examples=EXAMPLES, stateful_step_count=20, deadline=None)
