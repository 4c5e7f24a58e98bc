"""Whatever several people do to entries in whatever order, the store and a plain model agree.

``JALON_EXAMPLES=1000 pytest tests/storage/test_entries_properties.py`` looks longer.
"""

import os
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from hypothesis import given, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from storage import audit, entries, entry_changes, people
from storage.entries import Accompanied, Draft, Entry, content, from_content
from storage.entry_changes import Doubt, Duplicate, LongDay
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound, StorageError
from storage.people import Person, TeamRole
from storage.plan import EntryKind
from storage.verify import problems
from tests.new_database import new_database
from tests.storage.making import DAY, MINUTE, NOW, meet

EXAMPLES = int(os.environ.get("JALON_EXAMPLES", "40"))

T = TypeVar("T")

FIRST, LAST = date(2025, 2, 10), date(2025, 2, 13)
SPELLINGS = {
    "CHSSN": ["CHSSN", "chssn", " Chssn ", "ＣＨＳＳＮ"],
    "Table régionale": ["Table régionale", "table  REGIONALE", "Table re\u0301gionale\u00a0"],
    "YMCA": ["YMCA"],
}
WRITTEN = [written for spellings in SPELLINGS.values() for written in spellings]
NAME_OF = {
    form: name
    for name, spellings in SPELLINGS.items()
    for written in spellings
    for form in (written, " ".join(written.split()))
}

any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
accompanied = st.builds(
    Accompanied,
    st.sampled_from(["", "cda", "principal", "teacher"]),
    st.sampled_from(["", "Marie Tremblay"]) | any_text,
    st.integers(1, 999) | st.just(1),
)
drafts = st.builds(
    Draft,
    st.sampled_from(EntryKind),
    st.dates(FIRST, LAST),
    st.sampled_from([1, 60, 135, 360, 361, 720, 1440]) | st.integers(1, 1440),
    st.lists(accompanied, max_size=3).map(tuple),
    st.lists(st.sampled_from(["emsb", "nfsb", "lbpsb"]), max_size=4).map(tuple),
    partner=st.just("") | st.sampled_from(WRITTEN),
    table=st.booleans(),
    objective=st.sampled_from(["", "action plan"]) | any_text,
    requested=st.booleans(),
    said=any_text,
)
sures = st.sampled_from([frozenset(), frozenset(Doubt), *(frozenset({one}) for one in Doubt)])
roles = st.sampled_from(TeamRole)

Logged = MultipleResults[int]  # the numbers of the new entries


@given(drafts, st.integers(1), st.none() | st.integers(1), st.none() | st.integers(0))
def test_the_canonical_text_says_all_of_an_entry(
    says: Draft, person: int, request: int | None, voided: int | None
) -> None:
    entry = Entry(1, person, says, request, 1, NOW, voided)
    assert from_content(content(entry)) == (says, request, voided)
    assert content(replace(entry, id=2, version=3, created=4)) == content(entry)


@given(drafts, drafts)
def test_two_drafts_have_one_text_only_if_they_are_the_same(one: Draft, other: Draft) -> None:
    texts = [content(Entry(1, 1, says, None, 1, NOW, None)) for says in (one, other)]
    assert (texts[0] == texts[1]) == (one == other)


@dataclass
class State:
    """What an entry said at one version."""

    says: Draft
    request: int | None
    voided: int | None


@dataclass
class Model:
    """What an entry has been, by version."""

    owner: int
    created: int
    history: list[State]

    @property
    def now(self) -> State:
        return self.history[-1]

    @property
    def version(self) -> int:
        return len(self.history)


class Team(RuleBasedStateMachine):
    """Several people, whose roles change, log, change, void and undo."""

    persons = Bundle("persons")
    logged = Bundle("logged")

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.tx = self.opened.enter_context(new_database())
        self.at = NOW
        self.roles: dict[int, TeamRole] = {}
        self.persons_met: dict[int, Person] = {}
        self.entries: dict[int, Model] = {}
        self.partners: dict[str, tuple[str, bool]] = {}

    def teardown(self) -> None:
        self.opened.close()

    # What people do

    @initialize(target=persons)
    def the_team_comes(self) -> MultipleResults[Person]:
        named = {"Ines": TeamRole.ADMIN, "Alex": TeamRole.STAFF, "Chantal": TeamRole.STAFF}
        return multiple(*(self._meet(name, role) for name, role in named.items()))

    @precondition(lambda self: len(self.roles) < 6)
    @rule(target=persons, role=roles)
    def someone_comes(self, role: TeamRole) -> Person:
        return self._meet(f"Person {len(self.roles)}", role)

    @rule(whom=persons, role=roles, by=st.none() | persons)
    def a_role_changes(self, whom: Person, role: TeamRole, by: Person | None) -> None:
        allowed = by is None or self.roles[by.id] is TeamRole.ADMIN
        done = self._try(people.set_role, whom.id, role, self.at, by)
        assert isinstance(done, Person if allowed else NotAllowed)
        if allowed:
            self.roles[whom.id] = role

    @rule(minutes=st.integers(0, 15))
    def time_passes(self, minutes: int) -> None:
        self.at += minutes * MINUTE

    @rule(target=logged, by=persons, lines=st.lists(drafts, min_size=1, max_size=5), sure=sures)
    def someone_logs(self, by: Person, lines: list[Draft], sure: frozenset[Doubt]) -> Logged:
        return multiple(*(id for says in lines for id in self._log(by, says, sure)))

    @rule(target=logged, entry=logged, said=any_text, sure=sures)
    def someone_logs_the_same_again(self, entry: int, said: str, sure: frozenset[Doubt]) -> Logged:
        by, says = self.persons_met[self.entries[entry].owner], self.entries[entry].now.says
        boards = (*reversed(says.boards), *says.boards)
        return multiple(*self._log(by, replace(says, said=said, boards=boards), sure))

    @rule(by=persons, entry=logged, says=drafts, behind=st.sampled_from([0, 0, 0, 1]), sure=sures)
    def someone_changes(
        self, by: Person, entry: int, says: Draft, behind: int, sure: frozenset[Doubt]
    ) -> None:
        self._change(by, entry, says, behind, sure)

    @rule(by=persons, entry=logged, board=st.sampled_from(["emsb", "nfsb"]))
    def someone_fills_in_a_board(self, by: Person, entry: int, board: str) -> None:
        says = replace(self.entries[entry].now.says, boards=(board,))
        self._change(by, entry, says, 0, frozenset({Doubt.LONG_DAY}))

    @rule(by=persons, entry=logged, behind=st.sampled_from([0, 0, 0, 1]))
    def someone_voids(self, by: Person, entry: int, behind: int) -> None:
        version = self._version(entry, behind)
        done = self._try(entry_changes.void, entry, version, by, self.at)
        refused = self._refused(by, entry, behind)
        if refused or self.entries[entry].now.voided is not None:
            assert isinstance(done, refused or ChangedMeanwhile)
        else:
            self._became(entry, done, replace(self.entries[entry].now, voided=self.at))

    @rule(by=persons, entry=logged, behind=st.sampled_from([0, 0, 0, 1]))
    def someone_undoes(self, by: Person, entry: int, behind: int) -> None:
        version = self._version(entry, behind)
        done = self._try(entry_changes.undo, entry, version, by, self.at)
        if refused := self._refused(by, entry, behind):
            assert isinstance(done, refused)
            return
        model = self.entries[entry]
        before = model.history[-2] if model.version > 1 else replace(model.now, voided=self.at)
        self._became(entry, done, before)

    @rule(by=persons, entry=logged)
    def someone_undoes_and_undoes_that(self, by: Person, entry: int) -> None:
        if self._refused(by, entry, 0):
            return
        before = entries.get(self.tx, entry, by)
        self.someone_undoes(by, entry, 0)
        self.someone_undoes(by, entry, 0)
        after = entries.get(self.tx, entry, by)
        assert after == replace(before, version=before.version + 2)

    # What always holds

    @invariant()
    def the_store_says_of_itself_that_it_is_whole(self) -> None:
        assert problems(self.tx) == []

    @invariant()
    def the_totals_are_what_the_model_counts(self) -> None:
        minutes: Counter[tuple[str, ...]] = Counter()
        counts: Counter[tuple[str, ...]] = Counter()
        for model in self.entries.values():
            says = model.now.says
            if model.now.voided is not None:
                continue
            cells = [
                ("all", ""),
                ("person", str(model.owner)),
                ("board", " + ".join(sorted(set(says.boards)))),
                ("role", " + ".join(sorted({one.role for one in says.people} - {""}))),
            ]
            if says.kind == "partner":
                cells.append(("partner", says.partner))
            for cell in cells:
                counts[says.kind.value, *cell, says.day.isoformat()] += 1
                minutes[says.kind.value, *cell, says.day.isoformat()] += says.minutes
        kept = {tuple(row)[:4]: tuple(row)[4:] for row in self.tx.rows("SELECT * FROM totals")}
        assert {cell: (minutes[cell], counts[cell]) for cell in counts} == {
            cell: sums for cell, sums in kept.items() if sums != (0, 0)
        }

    @invariant()
    def every_entry_is_as_it_was_left(self) -> None:
        newest = dict(audit.newest(self.tx, "entry"))
        assert newest.keys() == self.entries.keys()
        for entry in entries.every(self.tx):
            self._check(entry)
            assert newest[entry.id] == audit.digest(content(entry))

    @invariant()
    def everyone_sees_what_they_may_and_nothing_else(self) -> None:
        for by in self.persons_met.values():
            for entry in self.entries:
                seen = self._try(entries.get, entry, by)
                assert isinstance(seen, self._refused(by, entry, 0) or Entry)
            self._look_at_lists(by)

    # How the model goes along

    def _try(self, work: Callable[..., T], *args: Any, **kwargs: Any) -> Any:
        """Do a unit of work in a savepoint, as the writer does; its result, or its refusal."""
        self.tx.run("SAVEPOINT unit")
        try:
            return work(self.tx, *args, **kwargs)
        except StorageError as error:
            note(f"refused: {error}")
            self.tx.run("ROLLBACK TO unit")
            return error
        finally:
            self.tx.run("RELEASE unit")

    def _meet(self, name: str, role: TeamRole) -> Person:
        person = meet(self.tx, name, role)
        self.roles[person.id] = role
        self.persons_met[person.id] = person  # what this says of the role grows old
        return person

    def _look_at_lists(self, by: Person) -> None:
        role = self.roles[by.id]
        limits: dict[str, Any] = {"limit": 1000}
        for whom in self.roles:
            theirs = self._try(entries.of_person, whom, FIRST, LAST, by, **limits)
            if role.manages or (role.logs and by.id == whom):
                assert _ids(theirs) == self._ids(lambda m, whom=whom: m.owner == whom)
            else:
                assert isinstance(theirs, NotAllowed)
        everyones = self._try(entries.of_everyone, FIRST, LAST, by, **limits)
        if role.manages:
            assert _ids(everyones) == self._ids(lambda _: True)
        else:
            assert isinstance(everyones, NotAllowed)
        for kind in EntryKind:
            assert _ids(entries.counted(self.tx, kind, FIRST, LAST, by, **limits)) == self._ids(
                lambda m, kind=kind: (
                    m.now.voided is None
                    and m.now.says.kind is kind
                    and (role.manages or (role.logs and m.owner == by.id))
                )
            )

    def _log(self, by: Person, says: Draft, sure: frozenset[Doubt]) -> list[int]:
        done = self._try(entry_changes.add, says, by, self.at, sure=sure)
        settled = self._settled(says)
        twins = [
            model
            for model in self._active(by.id, says.day)
            if replace(model.now.says, said="") == replace(settled, said="")
            and model.created >= self.at - 10 * MINUTE
        ]
        if not self.roles[by.id].logs:
            assert isinstance(done, NotAllowed)
        elif twins and Doubt.TWIN not in sure:
            assert isinstance(done, Duplicate)
            assert replace(done.entry.says, said="") == replace(settled, said="")
        elif Doubt.LONG_DAY not in sure and self._day(by.id, says.day) + says.minutes > 720:
            assert isinstance(done, LongDay)
            assert done.minutes == self._day(by.id, says.day) + says.minutes
        else:
            assert isinstance(done, Entry)
            self._know_partner(says)
            assert (done.request is None) == (not says.requested)
            assert done.id not in self.entries
            self.entries[done.id] = Model(by.id, self.at, [State(settled, done.request, None)])
            self._check(done)
            return [done.id]
        return []

    def _change(
        self, by: Person, entry: int, says: Draft, behind: int, sure: frozenset[Doubt]
    ) -> None:
        version = self._version(entry, behind)
        done = self._try(entry_changes.change, entry, version, says, by, self.at, sure=sure)
        if refused := self._refused(by, entry, behind):
            assert isinstance(done, refused)
            return
        model = self.entries[entry]
        minutes = self._day(model.owner, says.day) + says.minutes
        if model.now.says.day == says.day:
            minutes -= model.now.says.minutes
        if model.now.voided is not None:
            assert isinstance(done, ChangedMeanwhile)
        elif minutes > 720 and Doubt.LONG_DAY not in sure:
            assert isinstance(done, LongDay)
            assert done.minutes == minutes
        else:
            assert isinstance(done, Entry)
            settled = self._settled(says)
            self._know_partner(says)
            if says.requested and model.now.request is not None:
                assert done.request == model.now.request
            self._became(entry, done, State(settled, done.request, None))

    def _became(self, number: int, done: Any, state: State) -> None:
        assert isinstance(done, Entry)
        self.entries[number].history.append(state)
        self._check(done)

    def _check(self, entry: Entry) -> None:
        model = self.entries[entry.id]
        state = model.now
        assert entry == Entry(
            entry.id,
            model.owner,
            state.says,
            state.request,
            model.version,
            model.created,
            state.voided,
        )
        assert from_content(content(entry)) == (state.says, state.request, state.voided)

    def _version(self, entry: int, behind: int) -> int:
        return self.entries[entry].version - behind

    def _refused(self, by: Person, entry: int, behind: int) -> type[StorageError] | None:
        role = self.roles[by.id]
        if not (role.manages or (role.logs and self.entries[entry].owner == by.id)):
            return NotFound
        return ChangedMeanwhile if behind else None

    def _active(self, person: int, day: date) -> list[Model]:
        return [
            model
            for model in self.entries.values()
            if model.owner == person and model.now.voided is None and model.now.says.day == day
        ]

    def _day(self, person: int, day: date) -> int:
        return sum(model.now.says.minutes for model in self._active(person, day))

    def _settled(self, says: Draft) -> Draft:
        says = replace(says, boards=tuple(sorted(set(says.boards))))
        if not says.partner:
            return replace(says, table=False)
        new = " ".join(says.partner.split()), says.table
        name, table = self.partners.get(NAME_OF[says.partner], new)
        return replace(says, partner=name, table=table)

    def _know_partner(self, says: Draft) -> None:
        settled = self._settled(says)
        if settled.partner:
            self.partners[NAME_OF[says.partner]] = settled.partner, settled.table

    def _ids(self, which: Callable[[Model], bool]) -> list[int]:
        """Numbers of entries as a list shows them: newest day first."""
        found = [(model.now.says.day, id) for id, model in self.entries.items() if which(model)]
        return [id for _, id in sorted(found, reverse=True)]


def _ids(found: list[Entry]) -> list[int]:
    return [entry.id for entry in found]


TestTeam = Team.TestCase
TestTeam.settings = settings(max_examples=EXAMPLES, stateful_step_count=30, deadline=None)

assert FIRST <= DAY <= LAST
