"""What no entry can say, whatever a button claimed; and what is asked about before it is taken."""

from datetime import UTC, date, datetime, timedelta

import pytest

from storage import entries, entry_changes, totals
from storage.engine import Tx
from storage.entries import Accompanied, Draft
from storage.entry_changes import Doubt, Duplicate, Impossible, LongDay, add, change, undo, void
from storage.people import Person
from storage.plan import EntryKind
from tests.storage.making import DAY, MINUTE, NOW, SUPPORT, draft, meet

TODAY = datetime.fromtimestamp(NOW, UTC).date()

NONSENSE = {
    "no minutes": ("minutes", draft(minutes=0)),
    "negative minutes": ("minutes", draft(minutes=-135)),
    "more than a day": ("minutes", draft(minutes=1441)),
    "100 hours": ("minutes", draft(minutes=6000)),
    "before 2000": ("day", draft(day=date(1999, 12, 31))),
    "in 1900": ("day", draft(day=date(1900, 1, 1))),
    "the day after tomorrow": ("day", draft(day=TODAY + timedelta(days=2))),
    "the end of time": ("day", draft(day=date.max)),
    "a kind there is not": ("kind", draft(kind="lunch")),
    "a kind that is only its word": ("kind", draft(kind="partner")),
    "nobody": ("people", draft(people=(Accompanied("cda", "", 0),))),
    "minus one person": ("people", draft(people=(Accompanied("cda", "", -1),))),
    "a thousand of one role": ("people", draft(people=(Accompanied("cda", "", 1000),))),
    "31 rows of people": ("people", draft(people=(Accompanied("cda"),) * 31)),
    "31 boards": ("boards", draft(boards=tuple(f"board-{i}" for i in range(31)))),
    "an endless line": ("said", draft(said="x" * 4001)),
    "an endless objective": ("objective", draft(objective="x" * 4001)),
    "an endless partner": ("partner", draft(partner="x" * 4001)),
    "an endless name": ("people", draft(people=(Accompanied("cda", "x" * 4001),))),
    "an endless role": ("people", draft(people=(Accompanied("x" * 4001),))),
    "an endless board": ("boards", draft(boards=("x" * 4001,))),
    "half a character": ("said", draft(said="caf\ud83d")),
    "a zero byte": ("objective", draft(objective="caf\0é")),
}

SENSE = {
    "a minute": draft(minutes=1),
    "a whole day": draft(minutes=1440),
    "the first day": draft(day=date(2000, 1, 1)),
    "tomorrow, which has begun somewhere": draft(day=TODAY + timedelta(days=1)),
    "a hall": draft(people=(Accompanied("parent", "", 999),)),
    "30 rows of people": draft(people=(Accompanied("cda", "Marie"),) * 30),
    "a page": draft(said="é" * 4000, objective="x" * 4000),
    "any script": draft(said="‏שלום 👩🏽‍🏫 <b>&amp;</b> =cmd|'/c calc'!A0 \u202e\t\r\n"),
}


@pytest.mark.parametrize(("field", "says"), NONSENSE.values(), ids=NONSENSE.keys())
def test_nonsense_is_refused_by_name_and_leaves_nothing(
    tx: Tx, alex: Person, field: str, says: Draft
) -> None:
    with pytest.raises(Impossible, match="No entry can say that") as caught:
        add(tx, says, alex, NOW, sure=frozenset(Doubt))
    assert caught.value.field == field
    entry = add(tx, draft(), alex, NOW)
    with pytest.raises(Impossible) as caught:
        change(tx, entry.id, 1, says, alex, NOW, sure=frozenset(Doubt))
    assert caught.value.field == field
    assert list(entries.every(tx)) == [entry]


@pytest.mark.parametrize("says", SENSE.values(), ids=SENSE.keys())
def test_what_can_be_is_kept_as_it_was_said(tx: Tx, alex: Person, says: Draft) -> None:
    entry = add(tx, says, alex, NOW, sure=frozenset(Doubt))
    assert entry.says == says
    assert entries.get(tx, entry.id, alex) == entry


def test_the_same_within_ten_minutes_is_asked_about(tx: Tx, alex: Person) -> None:
    entry = add(tx, draft(), alex, NOW)
    with pytest.raises(Duplicate) as caught:
        add(tx, draft(said="the same in other words"), alex, NOW + 10 * MINUTE)
    assert caught.value.entry == entry
    add(tx, draft(), alex, NOW + 10 * MINUTE + 1)


def test_someone_sure_logs_the_same_again(tx: Tx, alex: Person) -> None:
    add(tx, draft(), alex, NOW)
    again = add(tx, draft(), alex, NOW, sure=frozenset({Doubt.TWIN}))
    assert totals.logged(tx, alex.id, DAY, DAY) == totals.Sum(270, 2)
    assert again.id != 1


@pytest.mark.parametrize(
    "other",
    [
        draft(minutes=136),
        draft(day=DAY - timedelta(days=1)),
        draft(people=(Accompanied("cda", "Julie Gagnon"),)),
        draft(people=()),
        draft(boards=("emsb", "nfsb")),
        draft(boards=()),
        draft(objective="other"),
        draft(requested=True),
        draft(kind=EntryKind.PARTNER, partner="CHSSN"),
    ],
)
def test_what_differs_in_one_thing_is_not_the_same(tx: Tx, alex: Person, other: Draft) -> None:
    add(tx, draft(), alex, NOW)
    assert add(tx, other, alex, NOW).id == 2


def test_the_same_by_a_colleague_is_not_the_same(tx: Tx, alex: Person) -> None:
    add(tx, draft(), alex, NOW)
    assert add(tx, draft(), meet(tx, "Chantal"), NOW).id == 2


def test_the_same_again_after_taking_it_back_is_not_asked_about(tx: Tx, alex: Person) -> None:
    add(tx, SUPPORT, alex, NOW)
    entry = add(tx, draft(), alex, NOW)
    undo(tx, entry.id, entry.version, alex, NOW)
    assert add(tx, draft(), alex, NOW).id == 3


def test_the_same_in_another_spelling_is_the_same(tx: Tx, alex: Person) -> None:
    add(tx, draft(boards=("emsb", "nfsb"), partner="Table régionale"), alex, NOW)
    with pytest.raises(Duplicate):
        add(tx, draft(boards=("nfsb", "emsb", "nfsb"), partner=" TABLE  Regionale"), alex, NOW)


def test_more_than_twelve_hours_a_day_is_asked_about(tx: Tx, alex: Person) -> None:
    add(tx, draft(minutes=600), alex, NOW)
    add(tx, Draft(EntryKind.PARTNER, DAY, 120, partner="CHSSN"), alex, NOW)  # twelve in all
    with pytest.raises(LongDay) as caught:
        add(tx, draft(minutes=1), alex, NOW)
    assert caught.value.minutes == 721
    add(tx, draft(minutes=1), alex, NOW, sure=frozenset({Doubt.LONG_DAY}))
    assert totals.logged(tx, alex.id, DAY, DAY) == totals.Sum(721, 3)


def test_one_entry_of_more_than_twelve_hours_is_asked_about(tx: Tx, alex: Person) -> None:
    with pytest.raises(LongDay):
        add(tx, draft(minutes=721), alex, NOW)


def test_a_day_is_a_persons_own(tx: Tx, alex: Person) -> None:
    add(tx, draft(minutes=700), alex, NOW)
    add(tx, draft(minutes=700), meet(tx, "Chantal"), NOW)
    add(tx, draft(minutes=700, day=DAY - timedelta(days=1)), alex, NOW)


def test_what_was_taken_back_is_not_in_the_day(tx: Tx, alex: Person) -> None:
    entry = add(tx, draft(minutes=700), alex, NOW)
    void(tx, entry.id, 1, alex, NOW)
    add(tx, draft(minutes=700), alex, NOW)


def test_a_change_takes_the_place_of_its_own_minutes(tx: Tx, alex: Person) -> None:
    entry = add(tx, draft(minutes=700), alex, NOW)
    entry = change(tx, entry.id, 1, draft(minutes=720), alex, NOW)
    with pytest.raises(LongDay) as caught:
        change(tx, entry.id, 2, draft(minutes=721), alex, NOW)
    assert caught.value.minutes == 721
    change(tx, entry.id, 2, draft(minutes=721), alex, NOW, sure=frozenset({Doubt.LONG_DAY}))


def test_a_change_to_another_day_counts_in_that_day(tx: Tx, alex: Person) -> None:
    before = DAY - timedelta(days=1)
    add(tx, draft(minutes=600, day=before), alex, NOW)
    entry = add(tx, draft(minutes=300), alex, NOW)
    with pytest.raises(LongDay) as caught:
        change(tx, entry.id, 1, draft(minutes=300, day=before), alex, NOW)
    assert caught.value.minutes == 900


def test_a_managers_change_counts_in_the_owners_day(tx: Tx, alex: Person, sam: Person) -> None:
    add(tx, SUPPORT, sam, NOW)
    add(tx, draft(minutes=600), alex, NOW)
    entry = add(tx, draft(minutes=60), alex, NOW)
    with pytest.raises(LongDay) as caught:
        change(tx, entry.id, 1, draft(minutes=130), sam, NOW)
    assert caught.value.minutes == 730


def test_being_sure_of_one_thing_is_not_being_sure_of_all(tx: Tx, alex: Person) -> None:
    add(tx, draft(minutes=700), alex, NOW)
    with pytest.raises(LongDay):
        add(tx, draft(minutes=700), alex, NOW, sure=frozenset({Doubt.TWIN}))
    with pytest.raises(Duplicate):
        add(tx, draft(minutes=700), alex, NOW, sure=frozenset({Doubt.LONG_DAY}))


def test_the_doubts_are_the_same_names_for_everyone() -> None:
    assert {*entry_changes.Doubt} == {"twin", "long_day"}
