"""Practices: who sees, changes, marks and comments on which; and any of it beside plain lists."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import (
    communities,
    figures,
    people,
    practice_comments,
    practice_marks,
    practices,
    records,
    rosters,
)
from storage.community import Community, Membership
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound
from storage.limits import Impossible
from storage.people import Newcomer, Person, TeamRole
from storage.plan import CommunityKind
from storage.plan_files import load_plans
from storage.practice import Level, Practice, Sees, Status, Theme
from storage.practice_comments import Comment
from storage.practice_marks import Mark
from storage.practices import Filter
from storage.records import Record
from storage.rosters import Member
from storage.verify import problems
from tests import oracle
from tests.new_database import new_database
from tests.storage.making import DAY, NOW, meet

GARDEN = Practice("A quiet garden", "We dug it with the class.", Level.ELEMENTARY, Theme.ACTIVE)
HIDDEN = replace(GARDEN, title="Calm corner", sees=Sees.FACILITATORS)
PLAN = load_plans(None).get("wellbeing-communities-2021-24")


@pytest.fixture
def nora(tx: Tx) -> Person:
    return meet(tx, "Nora", TeamRole.MEMBER)


def mark(tx: Tx, practice: Record[Practice], status: Status, by: Person, day: date = DAY) -> int:
    before = practice_marks.of(tx, practice.id)
    version = before.version if before else 0
    return practice_marks.mark(tx, Mark(practice.id, status, day), version, by, NOW).id


def titles(tx: Tx, by: Person, which: Filter | None = None) -> list[str]:
    return [one.says.title for one in practices.seen(tx, by, which or Filter(), NOW, 50)]


def test_members_share_and_the_pending_do_not(tx: Tx, marie: Person) -> None:
    assert practices.share(tx, GARDEN, marie, NOW).says == GARDEN
    with pytest.raises(NotAllowed):
        practices.share(tx, GARDEN, meet(tx, "Pat", TeamRole.PENDING), NOW)


def test_one_for_facilitators_is_seen_by_its_author_and_the_team_until_it_is_selected(
    tx: Tx, marie: Person, nora: Person, alex: Person
) -> None:
    hidden = practices.share(tx, HIDDEN, marie, NOW)
    comment = practice_comments.add(tx, Comment(hidden.id, "Oui"), marie, NOW)
    for status in (None, Status.PROMISING):
        if status:
            mark(tx, hidden, status, alex)
        assert titles(tx, marie) == titles(tx, alex) == ["Calm corner"]
        assert titles(tx, nora) == []
        with pytest.raises(NotFound):
            practices.get(tx, hidden.id, nora, NOW)
        with pytest.raises(NotFound):
            practice_comments.get(tx, comment.id, nora, NOW)
        with pytest.raises(NotFound):
            practice_comments.of_practice(tx, hidden.id, nora, NOW)
        with pytest.raises(NotFound):
            practice_comments.add(tx, Comment(hidden.id, "Non"), nora, NOW)
    mark(tx, hidden, Status.SELECTED, alex)
    assert titles(tx, nora) == ["Calm corner"]
    assert practices.get(tx, hidden.id, nora, NOW).id == hidden.id


def gather(tx: Tx, by: Person, lead: Person) -> tuple[int, Person]:
    """A community's number, and its only member, until the end of the month."""
    says = Community("Elementary", "Primaire", CommunityKind.PRACTICE, facilitator=lead.id)
    community = records.add(tx, communities.COMMUNITY, says, by, NOW).id
    member = rosters.add(tx, Member("Rita", "rita@emsb.example", "other"), by, NOW)
    belongs = Membership(community, member.id, date(2024, 9, 1), date(2025, 2, 28))
    records.add(tx, communities.MEMBERSHIP, belongs, by, NOW)
    rita = Newcomer("test", "rita", "Rita", email="rita@emsb.example", guest=True)
    return community, people.meet(tx, rita, TeamRole.MEMBER, NOW)


def test_one_for_members_is_seen_by_those_of_its_community_that_day_until_it_is_selected(
    tx: Tx, sam: Person, alex: Person, nora: Person
) -> None:
    lead = meet(tx, "Lee", TeamRole.MEMBER)
    community, rita = gather(tx, sam, lead)
    inside = replace(GARDEN, title="Nook", sees=Sees.MEMBERS, community=community)
    made = practices.share(tx, inside, alex, NOW)
    for one in (rita, lead, sam):
        assert titles(tx, one) == titles(tx, one, Filter(community=community)) == ["Nook"]
        assert practices.get(tx, made.id, one, NOW) == made
    assert titles(tx, rita, Filter(community=community + 1)) == []
    in_march = NOW + 20 * 24 * 60 * 60
    for one, at in ((nora, NOW), (rita, in_march)):
        assert practices.seen(tx, one, Filter(), at, 9) == []
        with pytest.raises(NotFound):
            practices.get(tx, made.id, one, at)
        with pytest.raises(NotFound):
            practice_comments.add(tx, Comment(made.id, "Oui"), one, at)
    mark(tx, made, Status.SELECTED, alex)
    assert titles(tx, nora) == ["Nook"]


def test_one_shares_with_a_community_of_ones_own(tx: Tx, sam: Person, nora: Person) -> None:
    community, rita = gather(tx, sam, sam)
    says = replace(GARDEN, community=community)
    for one in (rita, sam):
        assert practices.share(tx, says, one, NOW).says.community == community
    other = practices.share(tx, GARDEN, nora, NOW)
    for share in (
        lambda: practices.share(tx, says, nora, NOW),
        lambda: practices.change(tx, other.id, 1, says, nora, NOW),
        lambda: practices.share(tx, replace(says, community=9999), sam, NOW),
    ):
        with pytest.raises(Impossible) as refused:
            share()
        assert refused.value.field == "community"
    # What the team put there stays there when its author changes its words.
    practices.change(tx, other.id, 1, says, sam, NOW)
    practices.change(tx, other.id, 2, replace(says, effects="Calm."), nora, NOW)


def test_others_change_nothing_and_the_author_no_words_once_it_is_selected(
    tx: Tx, marie: Person, nora: Person, alex: Person
) -> None:
    made = practices.share(tx, GARDEN, marie, NOW)
    better = replace(GARDEN, effects="Calm.")
    with pytest.raises(NotAllowed):
        practices.change(tx, made.id, 1, better, nora, NOW)
    with pytest.raises(NotAllowed):
        practices.void(tx, made.id, 1, nora, NOW)
    with pytest.raises(NotAllowed):
        practices.undo(tx, made.id, 1, nora, NOW)
    assert practices.change(tx, made.id, 1, better, marie, NOW).version == 2
    mark(tx, made, Status.SELECTED, alex)
    with pytest.raises(NotAllowed):
        practices.change(tx, made.id, 2, GARDEN, marie, NOW)
    practices.change(tx, made.id, 2, replace(better, theme=Theme.CLIMATE), alex, NOW)


def test_what_was_selected_is_not_put_back_by_its_author_and_can_be_taken_back(
    tx: Tx, marie: Person, alex: Person
) -> None:
    made = practices.share(tx, GARDEN, marie, NOW)
    practices.change(tx, made.id, 1, replace(GARDEN, effects="Calm."), marie, NOW)
    mark(tx, made, Status.PUBLISHED, alex)
    assert not practices.may_change(tx, made, marie)
    gone = practices.void(tx, made.id, 2, marie, NOW)
    assert practice_marks.for_guide(tx, alex) == []
    assert practices.undo(tx, made.id, gone.version, marie, NOW).voided is None
    assert len(practice_marks.for_guide(tx, alex)) == 1


def test_the_undo_of_a_change_is_refused_once_it_is_selected(
    folder: Path, tx: Tx, marie: Person, alex: Person
) -> None:
    made = practices.share(tx, GARDEN, marie, NOW)
    practices.change(tx, made.id, 1, replace(GARDEN, effects="Calm."), marie, NOW)
    mark(tx, made, Status.SELECTED, alex)
    with pytest.raises(NotAllowed):
        practices.undo(tx, made.id, 2, marie, NOW)


def test_one_taken_back_is_there_for_its_author_and_the_team(
    tx: Tx, marie: Person, nora: Person, alex: Person
) -> None:
    made = practices.share(tx, GARDEN, marie, NOW)
    practices.void(tx, made.id, 1, marie, NOW)
    assert titles(tx, marie) == titles(tx, alex) == []
    assert (
        practices.get(tx, made.id, marie, NOW).voided
        == practices.get(tx, made.id, alex, NOW).voided
    )
    with pytest.raises(NotFound):
        practices.get(tx, made.id, nora, NOW)
    with pytest.raises(NotFound):
        mark(tx, made, Status.PROMISING, alex)
    with pytest.raises(NotFound):
        practice_comments.add(tx, Comment(made.id, "Merci"), marie, NOW)


def test_the_team_marks_and_each_mark_is_undone(tx: Tx, marie: Person, alex: Person) -> None:
    made = practices.share(tx, GARDEN, marie, NOW)
    with pytest.raises(NotAllowed):
        mark(tx, made, Status.PROMISING, marie)
    id = mark(tx, made, Status.PROMISING, alex)
    mark(tx, made, Status.SELECTED, alex)
    with pytest.raises(ChangedMeanwhile):
        practice_marks.mark(tx, Mark(made.id, Status.PUBLISHED, DAY), 1, alex, NOW)
    practice_marks.undo(tx, id, 2, alex, NOW)
    assert practices.status_of(tx, made.id) is Status.PROMISING
    with pytest.raises(NotAllowed):
        practice_marks.undo(tx, id, 3, marie, NOW)


def test_a_first_mark_undone_is_none(tx: Tx, marie: Person, alex: Person) -> None:
    made = practices.share(tx, GARDEN, marie, NOW)
    id = mark(tx, made, Status.PROMISING, alex)
    practice_marks.undo(tx, id, 1, alex, NOW)
    assert practices.status_of(tx, made.id) is Status.SHARED
    assert mark(tx, made, Status.SELECTED, alex) != id
    with pytest.raises(ChangedMeanwhile):
        practice_marks.undo(tx, id, 2, alex, NOW)  # another took its place


def test_comments_are_their_authors_and_the_team_takes_any_out(
    tx: Tx, marie: Person, nora: Person, alex: Person
) -> None:
    made = practices.share(tx, GARDEN, marie, NOW)
    comment = practice_comments.add(tx, Comment(made.id, "Merci!"), nora, NOW)
    for other in (marie, alex):
        with pytest.raises(NotAllowed):
            practice_comments.change(tx, comment.id, 1, "Non", other, NOW)
    with pytest.raises(NotAllowed):
        practice_comments.void(tx, comment.id, 1, marie, NOW)
    practice_comments.change(tx, comment.id, 1, "Merci beaucoup!", nora, NOW)
    with pytest.raises(NotAllowed):
        practice_comments.undo(tx, comment.id, 2, marie, NOW)
    gone = practice_comments.void(tx, comment.id, 2, alex, NOW)
    assert practice_comments.of_practice(tx, made.id, marie, NOW) == []
    practice_comments.undo(tx, comment.id, gone.version, nora, NOW)
    (kept,) = practice_comments.of_practice(tx, made.id, marie, NOW)
    assert kept.says.text == "Merci beaucoup!"


def test_the_list_is_narrowed(tx: Tx, marie: Person, alex: Person) -> None:
    garden = practices.share(tx, GARDEN, marie, NOW)
    everyone = replace(GARDEN, title="Été", level=Level.ALL, theme=Theme.STAFF)
    practices.share(tx, everyone, alex, NOW)
    practices.share(tx, replace(GARDEN, title="Mentors", level=Level.SECONDARY), alex, NOW)
    mark(tx, garden, Status.PROMISING, alex)
    assert titles(tx, marie, Filter(level=Level.ELEMENTARY)) == ["Été", "A quiet garden"]
    assert titles(tx, marie, Filter(theme=Theme.STAFF)) == ["Été"]
    assert titles(tx, marie, Filter(status=Status.PROMISING)) == ["A quiet garden"]
    assert titles(tx, marie, Filter(status=Status.SHARED)) == ["Mentors", "Été"]
    assert titles(tx, marie, Filter(words="ete")) == ["Été"]
    assert titles(tx, marie, Filter(mine=True)) == ["A quiet garden"]


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("title", {"title": "  "}),
        ("title", {"title": "a" * 201}),
        ("did", {"did": ""}),
        ("did", {"did": "a" * 4001}),
        ("context", {"context": "\0"}),
        ("links", {"links": ("javascript:alert(1)",)}),
        ("links", {"links": ("https://example.org",) * 21}),
        ("links", {"links": ("https://example.org/\ud800",)}),
        ("community", {"community": -1}),
        ("sees", {"sees": Sees.MEMBERS}),
    ],
)
def test_what_no_practice_can_say(
    tx: Tx, marie: Person, field: str, changed: dict[str, object]
) -> None:
    with pytest.raises(Impossible) as refused:
        practices.share(tx, replace(GARDEN, **changed), marie, NOW)
    assert refused.value.field == field


def test_a_mark_is_not_of_a_day_to_come(tx: Tx, marie: Person, alex: Person) -> None:
    made = practices.share(tx, GARDEN, marie, NOW)
    with pytest.raises(Impossible):
        mark(tx, made, Status.PUBLISHED, alex, date(2025, 2, 14))


def test_practices_published_in_the_plans_dates_are_its_figure(
    tx: Tx, marie: Person, alex: Person
) -> None:
    days = date(2021, 6, 30), date(2021, 7, 1), date(2024, 6, 30), date(2024, 7, 1)
    for day in days:
        mark(tx, practices.share(tx, GARDEN, marie, NOW), Status.PUBLISHED, alex, day)
    mark(tx, practices.share(tx, GARDEN, marie, NOW), Status.SELECTED, alex, date(2022, 6, 1))
    for at, count in ((date(2021, 7, 1), 1), (date(2024, 6, 29), 1), (DAY, 2)):
        read = {one.target.id: one.actual for one in figures.read(tx, PLAN, at)}
        assert read["promising-practices"] == count


published_or_not = st.tuples(
    st.sampled_from(Status), st.dates(date(2021, 6, 1), date(2024, 8, 1)), st.booleans()
)


@settings(max_examples=30, deadline=None)
@given(st.lists(published_or_not, max_size=8), st.dates(date(2021, 6, 1), date(2024, 8, 1)))
def test_the_figure_is_what_a_count_of_lists_says(
    marked: list[tuple[Status, date, bool]], at: date
) -> None:
    with new_database() as tx:
        alex = meet(tx, "Alex")
        lists = oracle.Lists()
        for status, day, gone in marked:
            made = practices.share(tx, GARDEN, alex, NOW)
            mark(tx, made, status, alex, day)
            if gone:
                practices.void(tx, made.id, 1, alex, NOW)
            else:
                lists.practices.append((status.value, day))
        read = {one.target.id: one.actual for one in figures.read(tx, PLAN, at)}
        said = oracle.disseminated(lists, PLAN.starts, PLAN.ends, at)
        assert read["promising-practices"] == said.actual


STEPS = ("share", "change", "void", "undo", "mark", "unmark", "comment", "recomment", "uncomment")
steps = st.tuples(st.sampled_from(STEPS), st.integers(0, 3), st.integers(0, 9), st.integers(0, 3))


@settings(max_examples=40, deadline=None)
@given(st.lists(steps, max_size=40))
def test_whatever_is_done_what_is_looked_up_is_what_the_records_say(
    script: list[tuple[str, int, int, int]],
) -> None:
    with new_database() as tx:
        team = [meet(tx, "Alex"), meet(tx, "Sam", TeamRole.MANAGER)]
        community, rita = gather(tx, team[1], team[0])
        everybody = [rita, meet(tx, "Nora", TeamRole.MEMBER), *team]
        shared: list[Record[Practice]] = []
        marks: list[Record[Mark]] = []
        comments: list[Record[Comment]] = []
        for step, who, n, m in script:
            by = everybody[who]
            # Each refusal leaves everything as it was, as the unit of work is rolled back.
            tx.run("SAVEPOINT step")
            try:
                _take(tx, step, by, n, m, community, (shared, marks, comments))
                tx.run("RELEASE step")
            except (NotAllowed, NotFound, ChangedMeanwhile, Impossible):
                tx.run("ROLLBACK TO step")
                tx.run("RELEASE step")
        assert problems(tx) == []
        for by in everybody:
            _sees_what_the_rules_say(tx, by, shared, by == rita)


def _take(
    tx: Tx,
    step: str,
    by: Person,
    n: int,
    m: int,
    community: int,
    kept: tuple[list[Record[Practice]], list[Record[Mark]], list[Record[Comment]]],
) -> None:
    shared, marks, comments = kept
    sees = (Sees.FACILITATORS, Sees.EVERYONE, Sees.MEMBERS, Sees.EVERYONE)[m]
    says = replace(GARDEN, title=f"Practice {n}", level=[*Level][m], sees=sees)
    says = replace(says, community=community if m > 1 else 0)
    match step:
        case "share":
            shared.append(practices.share(tx, says, by, NOW))
        case "change" | "void" | "undo" | "mark" | "comment" if shared:
            which = n % len(shared)
            id = shared[which].id
            if step == "mark":
                before = practice_marks.of(tx, id)
                mark = Mark(id, [*Status][m], DAY)
                made = practice_marks.mark(tx, mark, before.version if before else 0, by, NOW)
                marks[:] = [one for one in marks if one.id != made.id] + [made]
            elif step == "comment":
                comments.append(practice_comments.add(tx, Comment(id, f"Said {n}"), by, NOW))
            elif step == "change":
                version = shared[which].version
                shared[which] = practices.change(tx, id, version, says, by, NOW)
            else:
                do = practices.void if step == "void" else practices.undo
                shared[which] = do(tx, id, shared[which].version, by, NOW)
        case "unmark" if marks:
            which = n % len(marks)
            one = marks[which]
            marks[which] = practice_marks.undo(tx, one.id, one.version, by, NOW)
        case "recomment" | "uncomment" if comments:
            which = n % len(comments)
            said = comments[which]
            if step == "recomment":
                comments[which] = practice_comments.change(
                    tx, said.id, said.version, f"Said {m}", by, NOW
                )
            else:
                comments[which] = practice_comments.undo(tx, said.id, said.version, by, NOW)
        case _:
            pass


def _sees_what_the_rules_say(
    tx: Tx, by: Person, shared: list[Record[Practice]], member: bool
) -> None:
    """The list, a practice opened, and the rule in words say the same."""
    listed = {one.id for one in practices.seen(tx, by, Filter(), NOW, 99)}
    for one in shared:
        sees = (
            by.role.logs
            or one.person == by.id
            or one.says.sees is Sees.EVERYONE
            or (one.says.sees is Sees.MEMBERS and member)
            or practices.status_of(tx, one.id) in (Status.SELECTED, Status.PUBLISHED)
        )
        assert (one.id in listed) == (sees and one.voided is None)
        if one.id in listed:
            assert practices.get(tx, one.id, by, NOW) == one
        elif not (by.role.logs or one.person == by.id):
            with pytest.raises(NotFound):
                practices.get(tx, one.id, by, NOW)
