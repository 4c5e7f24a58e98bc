"""Any order of recording, changing, voiding and undoing, beside a model that keeps it all in lists.

``JALON_EXAMPLES=1000 pytest tests/storage/test_records.py`` looks longer.
"""

import os
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from storage import audit, people, records
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound, StorageError
from storage.limits import Impossible
from storage.people import Person, TeamRole
from storage.records import Kind, Record
from tests.new_database import new_database
from tests.storage.making import NOW, meet

EXAMPLES = int(os.environ.get("JALON_EXAMPLES", "40"))

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Note:
    """Something to record: one field that must be there, and some that need not."""

    words: str
    number: int = 1
    day: date | None = None
    tags: tuple[str, ...] = ()


counted: Counter[tuple[str, Note]] = Counter()  # what the kinds under test were told to count


def check(says: Note, at: int) -> None:
    if not says.words:
        raise Impossible("words")


def kind(name: str, may: Callable[[TeamRole], bool]) -> Kind[Note]:
    def count(tx: Tx, record: Record[Note], change: int) -> None:
        assert tx.row("SELECT 1 FROM records WHERE id = :id", id=record.id)
        counted[name, record.says] += change

    return Kind(name, Note, may, count, check)


KINDS = (kind("note", lambda role: role.logs), kind("note-of-managers", lambda role: role.manages))

notes = st.builds(
    Note,
    st.sampled_from(["asset map", "Québec “!”", ""])
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9),
    st.integers(-(2**60), 2**60) | st.just(1),
    st.none() | st.dates(),
    st.lists(st.sampled_from(["a", "b", "é"]), max_size=3).map(tuple),
)
behinds = st.sampled_from([0, 0, 0, 0, 1, -1])


@given(notes)
def test_a_content_says_all_of_it(says: Note) -> None:
    assert KINDS[0].read(KINDS[0].content(says)) == says


@given(notes, notes)
def test_two_have_one_content_only_if_they_are_the_same(one: Note, other: Note) -> None:
    assert (KINDS[0].content(one) == KINDS[0].content(other)) == (one == other)


def test_a_field_added_later_changes_no_older_content() -> None:
    @dataclass(frozen=True, slots=True)
    class Later:
        words: str
        number: int = 1
        day: date | None = None
        tags: tuple[str, ...] = ()
        place: str = ""

    older = KINDS[0].content(Note("asset map", 2))
    later = Kind("note", Later, lambda _: True, lambda tx, record, change: None)
    assert later.content(later.read(older)) == older == '{"number":2,"words":"asset map"}'


def test_a_record_of_one_kind_is_none_of_another(tx: Tx, sam: Person) -> None:
    made = records.add(tx, KINDS[0], Note("asset map"), sam, NOW)
    with pytest.raises(NotFound):
        records.get(tx, KINDS[1], made.id)
    with pytest.raises(NotFound):
        records.void(tx, KINDS[1], made.id, made.version, sam, NOW)
    assert records.get(tx, KINDS[0], made.id) == made


@dataclass
class Model:
    """What one record has been: (what it said, when it was voided) by version, from 1."""

    kind: Kind[Note]
    owner: int
    created: int
    history: list[tuple[Note, int | None]] = field(default_factory=list[tuple[Note, int | None]])
    actions: list[str] = field(default_factory=list[str])


class Recording(RuleBasedStateMachine):
    """People of all roles record, change, void and undo two kinds of notes."""

    recorded = Bundle("recorded")

    def __init__(self) -> None:
        super().__init__()
        counted.clear()
        self.opened = ExitStack()
        self.tx = self.opened.enter_context(new_database())
        self.at = NOW
        self.models: dict[int, Model] = {}
        self.persons: dict[TeamRole, Person] = {}
        self.now: dict[int, TeamRole] = {}  # what each person may do now

    def teardown(self) -> None:
        self.opened.close()

    @initialize()
    def the_team_comes(self) -> None:
        for role in TeamRole:
            self.persons[role] = meet(self.tx, f"Person {role}", role)
            self.now[self.persons[role].id] = role

    @rule(whom=st.sampled_from(TeamRole), role=st.sampled_from(TeamRole))
    def a_role_changes(self, whom: TeamRole, role: TeamRole) -> None:
        people.set_role(self.tx, self.persons[whom].id, role, self.at, None)
        self.now[self.persons[whom].id] = role  # what self.persons says of it grows old

    @rule(seconds=st.integers(0, 600))
    def time_passes(self, seconds: int) -> None:
        self.at += seconds

    @rule(
        target=recorded,
        which=st.sampled_from(KINDS),
        says=notes,
        by=st.sampled_from(TeamRole),
    )
    def someone_records(self, which: Kind[Note], says: Note, by: TeamRole) -> int:
        done = self._try(records.add, which, says, self.persons[by], self.at)
        if not says.words:
            assert isinstance(done, Impossible)
        elif not which.may(self.now[self.persons[by].id]):
            assert isinstance(done, NotAllowed)
        else:
            assert isinstance(done, Record)
            assert done.id not in self.models
            self.models[done.id] = Model(which, self.persons[by].id, self.at)
            self._became(done, says, None, "add")
            return done.id
        return 0

    @rule(id=recorded, says=notes, by=st.sampled_from(TeamRole), behind=behinds)
    def someone_changes(self, id: int, says: Note, by: TeamRole, behind: int) -> None:
        which, version = self._seen(id, behind)
        done = self._try(records.change, which, id, version, says, self.persons[by], self.at)
        refused = Impossible if not says.words else self._refused(id, by, behind)
        if refused is None and self.models[id].history[-1][1] is not None:
            refused = ChangedMeanwhile
        if refused is not None:
            assert isinstance(done, refused)
        else:
            self._became(done, says, None, "change")

    @rule(id=recorded, by=st.sampled_from(TeamRole), behind=behinds)
    def someone_voids(self, id: int, by: TeamRole, behind: int) -> None:
        which, version = self._seen(id, behind)
        done = self._try(records.void, which, id, version, self.persons[by], self.at)
        refused = self._refused(id, by, behind)
        if refused is None and self.models[id].history[-1][1] is not None:
            refused = ChangedMeanwhile
        if refused is not None:
            assert isinstance(done, refused)
        else:
            self._became(done, self.models[id].history[-1][0], self.at, "void")

    @rule(id=recorded, by=st.sampled_from(TeamRole), behind=behinds)
    def someone_undoes(self, id: int, by: TeamRole, behind: int) -> None:
        which, version = self._seen(id, behind)
        done = self._try(records.undo, which, id, version, self.persons[by], self.at)
        if refused := self._refused(id, by, behind):
            assert isinstance(done, refused)
            return
        history = self.models[id].history
        if len(history) > 1:
            self._became(done, *history[-2], "undo")
        else:
            self._became(done, history[0][0], self.at, "void")

    @rule(id=recorded)
    def undoing_twice_restores(self, id: int) -> None:
        if id == 0 or self._refused(id, TeamRole.ADMIN, 0):
            return
        before = records.get(self.tx, self.models[id].kind, id)
        self.someone_undoes(id, TeamRole.ADMIN, 0)
        self.someone_undoes(id, TeamRole.ADMIN, 0)
        after = records.get(self.tx, self.models[id].kind, id)
        assert after == replace(before, version=before.version + 2)

    @invariant()
    def every_record_is_as_it_was_left(self) -> None:
        for which in KINDS:
            mine = {id: one for id, one in self.models.items() if one.kind is which}
            found = list(records.every(self.tx, which))
            assert [record.id for record in found] == sorted(mine)
            for record in found:
                self._check(record)
                assert record == records.get(self.tx, which, record.id)

    @invariant()
    def what_counts_is_what_is_not_voided(self) -> None:
        expected = Counter(
            (model.kind.name, model.history[-1][0])
            for model in self.models.values()
            if model.history[-1][1] is None
        )
        assert {one: number for one, number in counted.items() if number} == expected

    @invariant()
    def the_audit_chain_agrees(self) -> None:
        assert list(audit.broken_links(self.tx)) == []
        for which in KINDS:
            kept = [
                (id, audit.digest(content)) for id, content in records.contents(self.tx, which.name)
            ]
            assert kept == sorted(audit.newest(self.tx, which.name))
            for id, _ in kept:
                lines = self.tx.rows(
                    "SELECT action FROM audit WHERE subject = :of ORDER BY seq",
                    of=f"{which.name}/{id}",
                )
                assert [line["action"] for line in lines] == self.models[id].actions

    @invariant()
    def every_version_is_kept(self) -> None:
        kept: dict[int, list[tuple[Note, int | None]]] = {id: [] for id in self.models}
        for row in self.tx.rows("SELECT * FROM record_versions ORDER BY record, version"):
            says = self.models[row["record"]].kind.read(row["content"])
            kept[row["record"]].append((says, row["voided"]))
            assert row["version"] == len(kept[row["record"]])
        assert kept == {id: model.history[:-1] for id, model in self.models.items()}

    def _try(self, work: Callable[..., T], *args: Any) -> Any:
        """Do a unit of work in a savepoint, as the writer does; its result, or its refusal."""
        before = counted.copy()
        self.tx.run("SAVEPOINT unit")
        try:
            return work(self.tx, *args)
        except StorageError as error:
            assert counted == before
            self.tx.run("ROLLBACK TO unit")
            return error
        finally:
            self.tx.run("RELEASE unit")

    def _seen(self, id: int, behind: int) -> tuple[Kind[Note], int]:
        """The kind and the version that somebody's card speaks of; number 0 was never recorded."""
        model = self.models.get(id)
        return (model.kind, len(model.history) - behind) if model else (KINDS[0], 1)

    def _refused(self, id: int, by: TeamRole, behind: int) -> type[StorageError] | None:
        which, _ = self._seen(id, 0)
        if not which.may(self.now[self.persons[by].id]):
            return NotAllowed
        if id not in self.models:
            return NotFound
        return ChangedMeanwhile if behind else None

    def _became(self, done: Any, says: Note, voided: int | None, action: str) -> None:
        assert not isinstance(done, StorageError)
        model = self.models[done.id]
        model.history.append((says, voided))
        model.actions.append(action)
        self._check(done)

    def _check(self, record: Record[Note]) -> None:
        model = self.models[record.id]
        says, voided = model.history[-1]
        version = len(model.history)
        assert record == Record(record.id, says, model.owner, version, model.created, voided)


TestRecording = Recording.TestCase
TestRecording.settings = settings(max_examples=EXAMPLES, stateful_step_count=30, deadline=None)
