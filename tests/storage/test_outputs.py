"""Outputs: by which day they count, what is published, and that the kept counts follow anything."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from storage import outputs, records
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.limits import Impossible
from storage.outputs import OUTPUT, SITE, Output
from storage.people import Person
from storage.records import Record
from tests.new_database import new_database
from tests.storage.making import NOW, meet

EXAMPLES = int(os.environ.get("JALON_EXAMPLES", "40"))

URL = "https://example.org/map"
DAY = date(2025, 2, 10)
YEAR = date(2024, 7, 1), date(2025, 6, 30)
MAP = Output("cda-tools", "Asset map", "family engagement", published=DAY, url=URL)


def add(tx: Tx, says: Output, by: Person, at: int = NOW) -> Record[Output]:
    return records.add(tx, OUTPUT, says, by, at)


@pytest.mark.parametrize(
    ("says", "out"),
    [
        (MAP, 1),
        (replace(MAP, revamped=True), 1),
        (replace(MAP, url=""), 0),
        (replace(MAP, published=None), 0),
        (replace(MAP, published=None, url=""), 0),
    ],
)
def test_only_a_day_and_a_url_make_it_published(
    tx: Tx, alex: Person, says: Output, out: int
) -> None:
    add(tx, says, alex)
    assert outputs.published(tx, "cda-tools", *YEAR) == out
    assert outputs.recorded(tx, ["cda-tools"], *YEAR) == 1
    assert outputs.published(tx, "team-tools", *YEAR) == 0


def test_a_period_holds_its_first_and_its_last_day(tx: Tx, alex: Person) -> None:
    add(tx, MAP, alex)
    before, after = DAY - timedelta(days=1), DAY + timedelta(days=1)
    assert outputs.published(tx, "cda-tools", DAY, DAY) == 1
    assert outputs.published(tx, "cda-tools", before, before) == 0
    assert outputs.published(tx, "cda-tools", after, after) == 0


def test_a_published_one_is_of_the_year_it_came_out_in(tx: Tx, alex: Person) -> None:
    add(tx, replace(MAP, published=date(2024, 6, 30)), alex)
    assert outputs.recorded(tx, ["cda-tools"], *YEAR) == 0
    assert outputs.recorded(tx, ["cda-tools"], date(2023, 7, 1), date(2024, 6, 30)) == 1


def test_what_is_not_out_counts_by_the_day_it_was_recorded_at_home(tx: Tx, alex: Person) -> None:
    # Half past nine in the evening of 30 June in Montreal is 1 July in UTC.
    at = int(datetime(2025, 7, 1, 1, 30, tzinfo=UTC).timestamp())
    made = add(tx, replace(MAP, published=None), alex, at)
    assert outputs.day_of(made) == date(2025, 6, 30)
    assert outputs.recorded(tx, ["cda-tools"], *YEAR) == 1
    dated = replace(MAP, published=date(2024, 1, 8), url="")
    changed = records.change(tx, OUTPUT, made.id, made.version, dated, alex, at)
    assert outputs.day_of(changed) == date(2025, 6, 30)


def test_an_update_of_the_site_counts_by_its_day_without_a_url(tx: Tx, alex: Person) -> None:
    add(tx, Output(SITE, "Early years", published=DAY, note="a new page"), alex)
    assert outputs.recorded(tx, [SITE], DAY, DAY) == 1
    assert outputs.published(tx, SITE, *YEAR) == 0


def test_several_targets_are_pooled_and_none_is_counted_twice(tx: Tx, alex: Person) -> None:
    for target in ("cda-tools", "team-tools", "capsules", SITE):
        add(tx, replace(MAP, target=target), alex)
    assert outputs.recorded(tx, ["cda-tools", "capsules", "cda-tools"], *YEAR) == 2


@pytest.mark.parametrize(
    ("says", "field"),
    [
        (replace(MAP, title=" "), "title"),
        (replace(MAP, title="a" * 1001), "title"),
        (replace(MAP, target=""), "target"),
        (replace(MAP, note="\ud800"), "note"),
        (replace(MAP, theme="a\0b"), "theme"),
        (replace(MAP, url="learn.example.org"), "url"),
        (replace(MAP, url="javascript:alert(1)"), "url"),
        (replace(MAP, url="https://"), "url"),
        (replace(MAP, url="https://["), "url"),
        (replace(MAP, url="https://example.org/a b"), "url"),
        (replace(MAP, url=" https://example.org"), "url"),
        (replace(MAP, url="https://example.org/" + "a" * 2000), "url"),
        (replace(MAP, published=date(1999, 12, 31)), "published"),
        (replace(MAP, published=date(2025, 2, 14)), "published"),
    ],
)
def test_what_no_output_can_say(tx: Tx, alex: Person, says: Output, field: str) -> None:
    with pytest.raises(Impossible) as refused:
        add(tx, says, alex)
    assert refused.value.field == field


def test_the_team_changes_each_others_and_members_record_none(
    tx: Tx, alex: Person, sam: Person, marie: Person
) -> None:
    made = add(tx, MAP, alex)
    changed = records.change(tx, OUTPUT, made.id, 1, replace(MAP, title="Map"), sam, NOW)
    assert changed.person == alex.id
    with pytest.raises(NotAllowed):
        add(tx, MAP, marie)
    with pytest.raises(NotAllowed):
        records.void(tx, OUTPUT, made.id, 2, marie, NOW)
    with pytest.raises(ChangedMeanwhile):
        records.void(tx, OUTPUT, made.id, 1, alex, NOW)


def test_words_are_found_whatever_their_case_and_accents(tx: Tx, alex: Person) -> None:
    one = add(tx, replace(MAP, title="Carte des atouts à 100%"), alex)
    other = add(tx, replace(MAP, target="capsules", published=DAY + timedelta(days=1)), alex)
    assert outputs.found(tx, "") == [other, one]
    assert outputs.found(tx, "ATOUTS A 100%") == [one]
    assert outputs.found(tx, "100_") == []
    assert outputs.found(tx, "Family") == [other, one]
    assert outputs.found(tx, "family", target="cda-tools") == [one]
    assert outputs.found(tx, "", 1, 1) == [one]


def test_a_wrong_count_is_found(tx: Tx, alex: Person) -> None:
    add(tx, MAP, alex)
    tx.run("UPDATE output_totals SET outputs = 3")
    assert list(outputs.wrong(tx)) == [(("cda-tools", "2025-02-10", 1), 3, 1)]
    tx.run("DELETE FROM output_totals")
    assert list(outputs.wrong(tx)) == [(("cda-tools", "2025-02-10", 1), 0, 1)]


says_of_outputs = st.builds(
    Output,
    st.sampled_from(["cda-tools", "capsules", SITE]),
    st.sampled_from(["Asset map", "Carte"]),
    published=st.none() | st.dates(date(2025, 2, 8), date(2025, 2, 12)),
    url=st.sampled_from(["", URL]),
)


class Team(RuleBasedStateMachine):
    """Outputs come and go; what they say now is kept in a list."""

    made = Bundle("made")

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.tx = self.opened.enter_context(new_database())
        self.at = NOW
        self.now: dict[int, Record[Output]] = {}

    def teardown(self) -> None:
        self.opened.close()

    @initialize()
    def someone_comes(self) -> None:
        self.by = meet(self.tx, "Alex")

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        self.at += hours * 3600

    @rule(target=made, says=says_of_outputs)
    def one_is_recorded(self, says: Output) -> int:
        record = add(self.tx, says, self.by, self.at)
        self.now[record.id] = record
        return record.id

    @rule(id=made, says=says_of_outputs)
    def one_is_changed(self, id: int, says: Output) -> None:
        if self.now[id].voided is None:
            version = self.now[id].version
            self.now[id] = records.change(self.tx, OUTPUT, id, version, says, self.by, self.at)

    @rule(id=made)
    def one_is_voided(self, id: int) -> None:
        if self.now[id].voided is None:
            version = self.now[id].version
            self.now[id] = records.void(self.tx, OUTPUT, id, version, self.by, self.at)

    @rule(id=made)
    def one_is_undone(self, id: int) -> None:
        version = self.now[id].version
        self.now[id] = records.undo(self.tx, OUTPUT, id, version, self.by, self.at)

    @invariant()
    def the_counts_are_what_the_list_says(self) -> None:
        assert list(outputs.wrong(self.tx)) == []
        for last in (date(2025, 2, 9), date(2025, 2, 11), date(2025, 3, 1)):
            first = date(2025, 2, 9)
            for target in ("cda-tools", "capsules", SITE):
                there = self._which(lambda one, target=target: one.target == target, first, last)
                out = [one for one in there if one.says.published and one.says.url]
                listed = outputs.of_target(self.tx, target, first, last, 1000)
                assert outputs.recorded(self.tx, [target], first, last) == len(there)
                assert outputs.published(self.tx, target, first, last) == len(out)
                assert listed == there
                assert outputs.of_target(self.tx, target, first, last, 2, 1) == there[1:3]
        assert outputs.found(self.tx, "carte", 1000) == self._which(
            lambda one: one.title == "Carte", date.min, date.max
        )

    def _which(
        self, which: Callable[[Output], bool], first: date, last: date
    ) -> list[Record[Output]]:
        dated: list[tuple[date, int]] = []
        for id, record in self.now.items():
            says = record.says
            day = says.published if says.url or says.target == SITE else None
            # In February Montreal is five hours behind UTC.
            at_home = datetime.fromtimestamp(record.created, UTC) - timedelta(hours=5)
            day = day or at_home.date()
            if record.voided is None and which(says) and first <= day <= last:
                dated.append((day, id))
        return [self.now[id] for _, id in sorted(dated, reverse=True)]


TestTeam = Team.TestCase
TestTeam.settings = settings(max_examples=EXAMPLES, stateful_step_count=20, deadline=None)
