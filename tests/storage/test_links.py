"""Two people are joined and taken apart: all that was theirs moves, and exactly that moves back."""

import json
import os
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlite_utils import Database

from storage import addresses, entries, entry_changes, identities, links, people, totals
from storage.engine import FILE, Tx, writing
from storage.entries import Draft, Entry
from storage.entry_changes import Doubt
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound
from storage.export import Format, write
from storage.migrations import migrations
from storage.people import Newcomer, Person, TeamRole
from storage.verify import problems
from tests.new_database import new_database
from tests.storage.making import DAY, NOW, SUPPORT, draft, meet

EXAMPLES = int(os.environ.get("JALON_EXAMPLES", "40"))

SLACK = Newcomer("slack", "U1", "Marie Tremblay", email="marie@example.org")
TEAMS = Newcomer("teams", "29:1", "Tremblay, Marie", "fr-CA", "America/Halifax")


NUMBERS = st.integers(0, 3)  # of the four people
DRAFTS = st.builds(
    draft,
    minutes=st.integers(1, 600),
    requested=st.booleans(),
    day=st.sampled_from([DAY, date(2025, 2, 10)]),
) | st.just(SUPPORT)


@pytest.fixture
def marie(tx: Tx) -> Person:
    return people.meet(tx, SLACK, TeamRole.STAFF, NOW)


@pytest.fixture
def tremblay(tx: Tx) -> Person:
    return people.meet(tx, TEAMS, TeamRole.MANAGER, NOW)


def logged(tx: Tx, person: int) -> totals.Sum:
    return totals.logged(tx, person, date.min, date.max)


def ids(tx: Tx, person: int) -> list[tuple[str, str]]:
    return [(one.platform, one.id) for one in identities.of_everyone(tx).get(person, ())]


def everything(tx: Tx) -> dict[str, list[tuple[object, ...]]]:
    """All rows that a link and its undo may touch, but for the trail that both leave."""
    queries = (
        "SELECT * FROM people ORDER BY id",
        "SELECT * FROM identities ORDER BY platform, id",
        "SELECT * FROM addresses ORDER BY platform, id",
        "SELECT * FROM requests ORDER BY id",
        "SELECT * FROM entries ORDER BY id",
        "SELECT * FROM entry_versions ORDER BY entry, version",
        "SELECT * FROM totals WHERE entries > 0 ORDER BY kind, dimension, value, day",
    )
    return {query: [tuple(row) for row in tx.rows(query)] for query in queries}


def test_all_that_was_theirs_moves(
    tx: Tx, marie: Person, tremblay: Person, sam: Person, alex: Person
) -> None:
    for person, place in ((marie, "D1"), (tremblay, "D2"), (alex, "D3")):
        addresses.note(tx, "test", place, person.id, NOW)
        entry_changes.add(tx, draft(minutes=60, requested=True), person, NOW)
    made = links.link(tx, marie.id, tremblay.id, sam, NOW)
    assert ids(tx, marie.id) == [
        ("email", "marie@example.org"),
        ("slack", "U1"),
        ("teams", "29:1"),
    ]
    assert people.find(tx, "teams", "29:1") == marie, "who keeps name, role, language and zone"
    assert (logged(tx, marie.id).minutes, logged(tx, tremblay.id).minutes) == (120, 0)
    assert logged(tx, alex.id).minutes == 60
    owners = "SELECT person FROM addresses UNION SELECT person FROM requests"
    assert {row["person"] for row in tx.rows(owners)} == {marie.id, alex.id}
    assert (made.kept, made.joined, made.undone) == (marie.id, tremblay.id, None)
    assert problems(tx) == []


def test_nobody_is_the_one_who_was_joined(
    tx: Tx, marie: Person, tremblay: Person, sam: Person
) -> None:
    links.link(tx, marie.id, tremblay.id, sam, NOW)
    assert tremblay not in people.everyone(tx)
    assert people.named(tx, tremblay.name) == []
    for refused in (
        lambda: people.get(tx, tremblay.id),
        lambda: people.set_role(tx, tremblay.id, TeamRole.ADMIN, NOW, None),
        # A message of theirs that came in just before.
        lambda: entry_changes.add(tx, draft(), tremblay, NOW),
    ):
        with pytest.raises(NotFound):
            refused()
    assert problems(tx) == []


def test_undoing_puts_everything_back(tx: Tx, marie: Person, tremblay: Person, sam: Person) -> None:
    addresses.note(tx, "teams", "D2", tremblay.id, NOW)
    for person in (marie, tremblay, tremblay):
        entry = entry_changes.add(
            tx, draft(minutes=60, requested=True), person, NOW, sure=frozenset(Doubt)
        )
    entry_changes.void(tx, entry.id, 1, sam, NOW)
    before = everything(tx)
    made = links.link(tx, marie.id, tremblay.id, sam, NOW)
    assert everything(tx) != before
    assert problems(tx) == []
    undone = links.undo(tx, made.id, sam, NOW + 5)
    assert everything(tx) == before
    assert undone.undone == NOW + 5
    assert people.find(tx, "teams", "29:1") == tremblay
    assert problems(tx) == []


def test_what_was_added_since_stays_with_the_one_who_was_kept(
    tx: Tx, marie: Person, tremblay: Person, sam: Person
) -> None:
    theirs = entry_changes.add(tx, draft(minutes=60), tremblay, NOW)
    made = links.link(tx, marie.id, tremblay.id, sam, NOW)
    entry_changes.add(tx, draft(minutes=30), people.get(tx, marie.id), NOW)
    entry_changes.change(tx, theirs.id, 1, SUPPORT, marie, NOW)
    links.undo(tx, made.id, sam, NOW)
    assert logged(tx, marie.id).minutes == 30
    assert logged(tx, tremblay.id).minutes == SUPPORT.minutes, "changed meanwhile, and theirs"
    assert entries.get(tx, theirs.id, tremblay).version == 2
    assert problems(tx) == []


def test_an_entry_keeps_its_version_and_its_receipt_its_undo(
    tx: Tx, marie: Person, tremblay: Person, sam: Person
) -> None:
    entry = entry_changes.add(tx, draft(minutes=60), tremblay, NOW)
    entry_changes.change(tx, entry.id, 1, draft(minutes=90), tremblay, NOW)
    links.link(tx, marie.id, tremblay.id, sam, NOW)
    undone = entry_changes.undo(tx, entry.id, 2, marie, NOW)
    assert (undone.person, undone.says.minutes, undone.version) == (marie.id, 60, 3)
    assert problems(tx) == []


def test_a_chat_that_either_may_be_at_is_forgotten(
    tx: Tx, marie: Person, tremblay: Person, sam: Person
) -> None:
    for platform, id in (("slack", "D1"), ("teams", "D3")):
        addresses.note(tx, platform, id, marie.id, NOW - 9)
    made = links.link(tx, marie.id, tremblay.id, sam, NOW)
    addresses.note(tx, "teams", "D2", marie.id, NOW + 9)  # it was Tremblay who wrote
    links.undo(tx, made.id, sam, NOW + 10)
    assert not addresses.knows(tx, "teams", "D2", direct=True)
    assert addresses.knows(tx, "slack", "D1", direct=True)
    assert addresses.knows(tx, "teams", "D3", direct=True), "hers from before"


def test_only_the_first_id_renames(tx: Tx, marie: Person, tremblay: Person, sam: Person) -> None:
    made = links.link(tx, marie.id, tremblay.id, sam, NOW)
    assert people.known(tx, TEAMS) == marie
    assert people.meet(tx, TEAMS, TeamRole.STAFF, NOW) == marie
    links.undo(tx, made.id, sam, NOW)
    assert people.known(tx, TEAMS) == tremblay
    married = Newcomer("teams", "29:1", "Roy, Marie", "fr-CA", "America/Halifax")
    assert people.known(tx, married) is None
    assert people.meet(tx, married, TeamRole.STAFF, NOW).name == "Roy, Marie"


@pytest.mark.parametrize("role", TeamRole)
def test_managers_join_and_take_apart(
    tx: Tx, marie: Person, tremblay: Person, sam: Person, role: TeamRole
) -> None:
    by = meet(tx, "By", role)
    if role.manages:
        made = links.link(tx, marie.id, tremblay.id, by, NOW)
        links.undo(tx, made.id, by, NOW)
        return
    made = links.link(tx, sam.id, meet(tx, "Other").id, sam, NOW)
    with pytest.raises(NotAllowed):
        links.link(tx, marie.id, tremblay.id, by, NOW)
    with pytest.raises(NotAllowed):
        links.undo(tx, made.id, by, NOW)


def test_a_manager_who_no_longer_is_one_joins_nobody(
    tx: Tx, marie: Person, tremblay: Person, sam: Person
) -> None:
    people.set_role(tx, sam.id, TeamRole.STAFF, NOW, None)
    with pytest.raises(NotAllowed):
        links.link(tx, marie.id, tremblay.id, sam, NOW)


def test_nobody_becomes_an_administrator_through_a_manager(
    tx: Tx, marie: Person, sam: Person
) -> None:
    ines = meet(tx, "Ines", TeamRole.ADMIN)
    for kept, joined in ((ines, sam), (marie, ines)):
        with pytest.raises(NotAllowed):
            links.link(tx, kept.id, joined.id, sam, NOW)
    made = links.link(tx, ines.id, marie.id, ines, NOW)
    with pytest.raises(NotAllowed):
        links.undo(tx, made.id, sam, NOW)
    assert links.undo(tx, made.id, ines, NOW).undone == NOW


def test_what_cannot_be_joined_or_undone(
    tx: Tx, marie: Person, tremblay: Person, sam: Person, alex: Person
) -> None:
    for kept, joined in ((marie.id, marie.id), (marie.id, 99), (99, marie.id)):
        with pytest.raises(NotFound):
            links.link(tx, kept, joined, sam, NOW)
    with pytest.raises(NotFound):
        links.undo(tx, 1, sam, NOW)
    first = links.link(tx, marie.id, tremblay.id, sam, NOW)
    for kept, joined in ((alex.id, tremblay.id), (tremblay.id, alex.id)):
        with pytest.raises(NotFound):
            links.link(tx, kept, joined, sam, NOW)
    second = links.link(tx, alex.id, marie.id, sam, NOW)
    with pytest.raises(ChangedMeanwhile):
        links.undo(tx, first.id, sam, NOW)
    links.undo(tx, second.id, sam, NOW)
    links.undo(tx, first.id, sam, NOW)
    with pytest.raises(ChangedMeanwhile):
        links.undo(tx, first.id, sam, NOW)
    assert problems(tx) == []


def test_each_link_is_on_the_record(tx: Tx, marie: Person, tremblay: Person, sam: Person) -> None:
    entry_changes.add(tx, draft(), tremblay, NOW)
    links.undo(tx, links.link(tx, marie.id, tremblay.id, sam, NOW).id, sam, NOW)
    lines = tx.rows(
        "SELECT person, action, subject FROM audit WHERE action LIKE '%link' ORDER BY seq"
    )
    subjects = ("entry/1", f"person/{tremblay.id}", "link/1")
    assert [tuple(line) for line in lines] == [
        (sam.id, action, subject) for action in ("link", "unlink") for subject in subjects
    ]


def test_an_export_says_who_is_one(
    tx: Tx, marie: Person, tremblay: Person, sam: Person, tmp_path: Path
) -> None:
    links.link(tx, marie.id, tremblay.id, sam, NOW)
    write(tx, tmp_path, Format.JSON)
    rows = json.loads((tmp_path / "people.json").read_text("utf-8"))
    assert [(row["platform_ids"], row["joined_to"]) for row in rows] == [
        (["email:marie@example.org", "slack:U1", "teams:29:1"], None),
        ([], marie.id),
        (["test:sam"], None),
    ]


ALTERED = {
    "UPDATE links SET kept = 3": "Link 1 is not what the audit chain says it became.",
    "UPDATE links SET moved = '?'": "Link 1 is not what the audit chain says it became.",
    "DELETE FROM links": "The audit chain speaks of link 1, which is not there.",
    "UPDATE people SET joined = NULL": "Person 2 is not what the audit chain says it became.",
    "UPDATE identities SET person = 2": "Person 2 was joined to another, and still has something.",
}


@pytest.mark.parametrize(("sql", "found"), ALTERED.items())
def test_what_was_altered_is_found(
    tx: Tx, marie: Person, tremblay: Person, sam: Person, sql: str, found: str
) -> None:
    links.link(tx, marie.id, tremblay.id, sam, NOW)
    assert problems(tx) == []
    tx.run(sql)
    assert found in problems(tx)


def test_a_database_from_before_links_keeps_its_people(folder: Path) -> None:
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE)) as old:
        migrations.apply(Database(old), stop_before="0003_links")
        old.executescript(
            "INSERT INTO people VALUES (1, 'Marie', 'staff', 'fr', 'America/Toronto', 1);"
            "INSERT INTO identities VALUES ('slack', 'U1', 1);"
        )
    with writing(folder) as tx:
        (marie,) = people.everyone(tx)
        assert people.find(tx, "slack", "U1") == marie
        assert people.meet(tx, SLACK, TeamRole.STAFF, NOW).name == "Marie Tremblay"
        assert tx.rows("PRAGMA foreign_key_check") == []


@dataclass
class Joined:
    """What the model knows of a link."""

    kept: int
    joined: int
    entries: list[int]
    stands: bool = True


class Team(RuleBasedStateMachine):
    """Several people log, change and void, and are joined and taken apart in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.tx = self.opened.enter_context(new_database())
        self.sam = meet(self.tx, "Sam", TeamRole.MANAGER)
        self.people = [meet(self.tx, f"Person {number}") for number in range(4)]
        self.entries: dict[int, Entry] = {}
        self.links: dict[int, Joined] = {}

    def teardown(self) -> None:
        self.opened.close()

    @rule(who=NUMBERS, says=DRAFTS)
    def someone_logs(self, who: int, says: Draft) -> None:
        by = self.people[who]
        if self._is_joined(by.id):
            with pytest.raises(NotFound):
                entry_changes.add(self.tx, says, by, NOW, sure=frozenset(Doubt))
            return
        entry = entry_changes.add(self.tx, says, by, NOW, sure=frozenset(Doubt))
        self.entries[entry.id] = entry

    @precondition(lambda self: self.entries)
    @rule(data=st.data(), says=DRAFTS)
    def an_entry_changes(self, data: st.DataObject, says: Draft) -> None:
        entry = data.draw(st.sampled_from(list(self.entries.values())))
        if entry.voided is None and data.draw(st.booleans()):
            after = entry_changes.change(
                self.tx, entry.id, entry.version, says, self.sam, NOW, sure=frozenset(Doubt)
            )
        else:
            after = entry_changes.undo(self.tx, entry.id, entry.version, self.sam, NOW)
        assert after.person == entry.person
        self.entries[entry.id] = after

    @rule(kept=NUMBERS, joined=NUMBERS)
    def two_are_joined(self, kept: int, joined: int) -> None:
        one, other = self.people[kept].id, self.people[joined].id
        if one == other or self._is_joined(one) or self._is_joined(other):
            with pytest.raises(NotFound):
                links.link(self.tx, one, other, self.sam, NOW)
            return
        made = links.link(self.tx, one, other, self.sam, NOW)
        moved = [id for id, entry in self.entries.items() if entry.person == other]
        assert made.moved.entries == moved
        self.links[made.id] = Joined(one, other, moved)
        self._give(moved, one)

    @precondition(lambda self: self.links)
    @rule(data=st.data())
    def two_are_taken_apart(self, data: st.DataObject) -> None:
        id, link = data.draw(st.sampled_from(list(self.links.items())))
        if not link.stands or self._is_joined(link.kept):
            with pytest.raises(ChangedMeanwhile):
                links.undo(self.tx, id, self.sam, NOW)
            return
        links.undo(self.tx, id, self.sam, NOW)
        link.stands = False
        self._give(link.entries, link.joined)

    @rule(kept=NUMBERS, joined=NUMBERS)
    def two_are_joined_by_mistake(self, kept: int, joined: int) -> None:
        before = everything(self.tx)
        self.two_are_joined(kept, joined)
        if everything(self.tx) != before:
            id = max(self.links)
            links.undo(self.tx, id, self.sam, NOW)
            self._give(self.links[id].entries, self.links[id].joined)
            self.links[id].stands = False
        assert everything(self.tx) == before

    @invariant()
    def the_store_says_of_itself_that_it_is_whole(self) -> None:
        assert problems(self.tx) == []

    @invariant()
    def every_entry_is_whose_it_is(self) -> None:
        assert {entry.id: entry for entry in entries.every(self.tx)} == self.entries

    @invariant()
    def the_hours_are_those_of_the_entries(self) -> None:
        count = [entry for entry in self.entries.values() if entry.voided is None]
        for person in (None, *(one.id for one in self.people)):
            theirs = [one for one in count if person in (None, one.person)]
            sums = totals.Sum(sum(one.says.minutes for one in theirs), len(theirs))
            assert totals.logged(self.tx, person, date.min, date.max) == sums

    @invariant()
    def everyone_is_known_as_who_they_are(self) -> None:
        for one in self.people:
            now = people.find(self.tx, "test", one.name.casefold())
            assert now is not None
            assert now.id == self._who(one.id)

    def _is_joined(self, person: int) -> bool:
        return self._who(person) != person

    def _who(self, person: int) -> int:
        for link in self.links.values():
            if link.stands and link.joined == person:
                return self._who(link.kept)
        return person

    def _give(self, moved: list[int], owner: int) -> None:
        for id in moved:
            self.entries[id] = replace(self.entries[id], person=owner)


TestTeam = Team.TestCase
TestTeam.settings = settings(max_examples=EXAMPLES, stateful_step_count=20, deadline=None)
