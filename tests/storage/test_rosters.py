"""The roster as it was on each day, and lists that are taken in and taken back as a whole."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage import records, roster_imports, rosters
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound
from storage.limits import Impossible
from storage.people import Person
from storage.rosters import MEMBER, Member, SameEmail
from tests.storage.making import NOW

START, END = date(2022, 8, 29), date(2024, 12, 20)
PRIYA = Member("Priya Patel", "p@hebrew.example", "cda", "HEBREW", "", START, END)
NOEMIE = Member("Noémie Côté", "n@littoral.example", "cda", "LITTORAL")
AICHA = Member("Aïcha Diallo", "", "principal", "RSB", starts=date(2024, 9, 3))


def names(found: list[records.Record[Member]]) -> list[str]:
    return [one.says.name for one in found]


@pytest.fixture
def kept(tx: Tx, sam: Person) -> list[int]:
    return [rosters.add(tx, one, sam, NOW).id for one in (PRIYA, NOEMIE, AICHA)]


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "there"),
    [(START - DAY, False), (START, True), (END, True), (END + DAY, False)],
)
def test_the_roster_is_read_as_it_was_on_a_day(
    tx: Tx, kept: list[int], day: date, there: bool
) -> None:
    expected = ["Noémie Côté", "Priya Patel"] if there else ["Noémie Côté"]
    assert names(rosters.on_day(tx, "cda", day)) == expected
    assert names(rosters.on_day(tx, "teacher", day)) == []


def test_who_is_new_started_on_one_of_the_days(tx: Tx, kept: list[int]) -> None:
    assert names(rosters.new(tx, "cda", START, START)) == ["Priya Patel"]
    assert names(rosters.new(tx, "cda", START + DAY, END)) == []


def test_people_are_found_by_name_and_email_in_any_spelling(tx: Tx, kept: list[int]) -> None:
    assert names(rosters.search(tx, "cote NOEM", 5)) == ["Noémie Côté"]
    assert names(rosters.search(tx, "A", 2)) == ["Aïcha Diallo", "Noémie Côté"]
    assert names(rosters.by_email(tx, " P@Hebrew.example ")) == ["Priya Patel"]
    assert rosters.by_email(tx, "") == []
    assert names(rosters.named(tx, "aicha diallo")) == ["Aïcha Diallo"]
    assert rosters.found(tx, "", "cda", "HEBREW") == [kept[0]]


def test_what_is_looked_up_follows_every_change(tx: Tx, kept: list[int], sam: Person) -> None:
    id = kept[0]
    rosters.change(tx, id, 1, replace(PRIYA, role="teacher"), sam, NOW)
    assert names(rosters.on_day(tx, "teacher", START)) == ["Priya Patel"]
    assert list(rosters.wrong(tx)) == []
    rosters.undo(tx, id, 2, sam, NOW)
    records.void(tx, MEMBER, id, 3, sam, NOW)
    assert names(rosters.on_day(tx, "cda", START)) == ["Noémie Côté"]
    rosters.undo(tx, id, 4, sam, NOW)
    assert names(rosters.on_day(tx, "cda", START)) == ["Noémie Côté", "Priya Patel"]
    assert list(rosters.wrong(tx)) == []


def test_a_look_up_that_is_wrong_is_found(tx: Tx, kept: list[int]) -> None:
    tx.run("UPDATE roster SET ends = NULL WHERE record = :id", id=kept[0])
    tx.run("DELETE FROM roster WHERE record = :id", id=kept[1])
    assert len(list(rosters.wrong(tx))) == 2


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("role", replace(NOEMIE, role="parent")),
        ("role", replace(NOEMIE, role="student")),
        ("role", replace(NOEMIE, role="")),
        ("name", replace(NOEMIE, name=" ")),
        ("name", replace(NOEMIE, name="x" * 301)),
        ("centre", replace(NOEMIE, centre="a\0b")),
        ("email", replace(NOEMIE, email="N@littoral.example")),
        ("email", replace(NOEMIE, email="nobody")),
        ("ends", replace(NOEMIE, starts=END, ends=START)),
        ("starts", replace(NOEMIE, starts=date(1890, 1, 1))),
    ],
)
def test_what_no_roster_can_say_is_refused(tx: Tx, sam: Person, field: str, says: Member) -> None:
    with pytest.raises(Impossible) as caught:
        rosters.add(tx, says, sam, NOW)
    assert caught.value.field == field


def test_only_managers_keep_the_roster(tx: Tx, alex: Person, marie: Person) -> None:
    for person in (alex, marie):
        with pytest.raises(NotAllowed):
            rosters.add(tx, NOEMIE, person, NOW)
        with pytest.raises(NotAllowed):
            roster_imports.take(tx, "a.csv", [(None, NOEMIE)], person, NOW)


def test_an_email_is_one_persons_on_a_day(tx: Tx, kept: list[int], sam: Person) -> None:
    with pytest.raises(SameEmail) as caught:
        rosters.add(tx, replace(PRIYA, name="P. Patel", starts=END, ends=None), sam, NOW)
    assert caught.value.member.id == kept[0]


def test_who_comes_back_is_there_a_second_time(tx: Tx, kept: list[int], sam: Person) -> None:
    back = END + 30 * DAY
    rosters.add(tx, replace(PRIYA, starts=back, ends=None), sam, NOW)
    assert len(rosters.by_email(tx, PRIYA.email)) == 2
    assert rosters.by_email(tx, PRIYA.email)[0].says.starts == back
    assert names(rosters.on_day(tx, "cda", END + DAY)) == ["Noémie Côté"]


def decided(kept: list[int]) -> list[roster_imports.Decision]:
    return [
        (None, Member("John O'Brien", role="board_rep", board="WQSB")),
        (kept[0], PRIYA),
        (kept[1], replace(NOEMIE, ends=END)),
        (kept[2], replace(AICHA, centre="St. Lambert CLC")),
    ]


def test_a_list_is_taken_in_and_taken_back_as_a_whole(tx: Tx, kept: list[int], sam: Person) -> None:
    before = [one.says for one in rosters.everyone(tx)]
    taken = roster_imports.take(tx, "list.csv", decided(kept), sam, NOW)
    assert taken is not None
    assert (taken.says.ended, taken.says.changed) == (((kept[1], 2),), ((kept[2], 2),))
    assert len(taken.says.added) == 1
    after = [one.says for one in rosters.everyone(tx)]
    for turn in range(1, 5):
        undone = roster_imports.undo(tx, taken.id, turn, sam, NOW)
        said = [one.says for one in rosters.everyone(tx)]
        assert said == (before if undone.voided is not None else after)
        assert (undone.voided is not None) == (turn % 2 == 1)
        assert list(rosters.wrong(tx)) == []


def test_the_same_again_changes_nothing(tx: Tx, kept: list[int], sam: Person) -> None:
    audited = tx.row("SELECT count(*) AS n FROM audit")
    same: list[roster_imports.Decision] = [(kept[0], PRIYA), (kept[1], NOEMIE)]
    assert roster_imports.take(tx, "list.csv", same, sam, NOW) is None
    assert tuple(tx.row("SELECT count(*) AS n FROM audit") or ()) == tuple(audited or ())


def test_a_list_is_not_taken_back_once_someone_of_it_has_changed(
    tx: Tx, kept: list[int], sam: Person
) -> None:
    taken = roster_imports.take(tx, "list.csv", decided(kept), sam, NOW)
    assert taken is not None
    rosters.change(tx, kept[2], 2, AICHA, sam, NOW)
    with pytest.raises(ChangedMeanwhile):
        roster_imports.undo(tx, taken.id, 1, sam, NOW)
    with pytest.raises(NotFound):
        roster_imports.undo(tx, kept[2], 1, sam, NOW)


def test_an_end_is_one_only_where_nothing_else_changes() -> None:
    assert rosters.ends(NOEMIE, replace(NOEMIE, ends=END))
    assert not rosters.ends(NOEMIE, NOEMIE)
    assert not rosters.ends(NOEMIE, replace(NOEMIE, ends=END, board="RSB"))
    assert not rosters.ends(PRIYA, replace(PRIYA, ends=END + DAY))
