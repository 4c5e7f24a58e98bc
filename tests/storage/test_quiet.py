"""Quiet: a person pauses what they are told, for themself, as whoever they are by now."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import links, quiet
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.limits import Impossible
from storage.people import Person, TeamRole
from storage.quiet import NUDGES, Quiet, is_quiet, of_community, of_person
from tests.new_database import new_database
from tests.storage.making import NOW, meet

TODAY = date(2025, 2, 12)
MONDAY = date(2025, 2, 17)


def test_it_is_quiet_before_the_day_and_not_on_it(tx: Tx, alex: Person, sam: Person) -> None:
    quiet.pause(tx, NUDGES, MONDAY, alex, NOW)
    assert is_quiet(tx, alex.id, NUDGES, date(2025, 2, 16))
    assert not is_quiet(tx, alex.id, NUDGES, MONDAY)
    assert not is_quiet(tx, sam.id, NUDGES, TODAY)
    assert not is_quiet(tx, alex.id, of_community(3), TODAY)


def test_a_pause_takes_the_place_of_the_one_before(tx: Tx, alex: Person) -> None:
    first = quiet.pause(tx, NUDGES, MONDAY, alex, NOW)
    again = quiet.pause(tx, NUDGES, None, alex, NOW)
    assert (again.id, again.version) == (first.id, 2)
    assert is_quiet(tx, alex.id, NUDGES, TODAY + timedelta(days=900))
    back = quiet.undo(tx, again.id, 2, alex, NOW)
    assert back.says == Quiet(NUDGES, MONDAY)
    assert quiet.pause(tx, NUDGES, MONDAY, alex, NOW) == back, "what says the same changes nothing"


def test_what_is_resumed_is_told_again_and_that_can_be_undone(tx: Tx, alex: Person) -> None:
    assert quiet.resume(tx, NUDGES, alex, NOW) is None
    quiet.pause(tx, NUDGES, None, alex, NOW)
    ended = quiet.resume(tx, NUDGES, alex, NOW)
    assert ended is not None
    assert of_person(tx, alex.id, TODAY) == []
    quiet.undo(tx, ended.id, ended.version, alex, NOW)
    assert [one.says for one in of_person(tx, alex.id, TODAY)] == [Quiet(NUDGES)]


def test_what_was_paused_anew_is_not_brought_back_beside_it(tx: Tx, alex: Person) -> None:
    quiet.pause(tx, NUDGES, None, alex, NOW)
    ended = quiet.resume(tx, NUDGES, alex, NOW)
    assert ended is not None
    quiet.pause(tx, NUDGES, MONDAY, alex, NOW)
    with pytest.raises(ChangedMeanwhile):
        quiet.undo(tx, ended.id, ended.version, alex, NOW)


def test_everyone_pauses_for_themself_and_nobody_who_waits_for_a_role(
    tx: Tx, alex: Person, sam: Person, marie: Person
) -> None:
    kept = quiet.pause(tx, of_community(3), None, marie, NOW)
    for other in (alex, sam):
        with pytest.raises(NotAllowed):
            quiet.undo(tx, kept.id, kept.version, other, NOW)
    with pytest.raises(NotAllowed):
        quiet.pause(tx, NUDGES, None, meet(tx, "Nora", TeamRole.PENDING), NOW)


@pytest.mark.parametrize("about", ["", "nudges ", "community/0", "community/x", "session/3"])
def test_nothing_else_is_paused(tx: Tx, alex: Person, about: str) -> None:
    with pytest.raises(Impossible):
        quiet.pause(tx, about, None, alex, NOW)


@pytest.mark.parametrize("days", [-1, 400])
def test_nobody_pauses_until_a_day_that_is_over_or_far(tx: Tx, alex: Person, days: int) -> None:
    with pytest.raises(Impossible):
        quiet.pause(tx, NUDGES, TODAY + timedelta(days=days), alex, NOW)


@settings(max_examples=20)
@given(mine=st.none() | st.integers(0, 30), other=st.none() | st.integers(0, 30))
def test_joined_accounts_are_quiet_while_either_is(mine: int | None, other: int | None) -> None:
    def until(days: int | None) -> date | None:
        return None if days is None else TODAY + timedelta(days=days)

    with new_database() as tx:
        sam, alex, double = meet(tx, "Sam", TeamRole.MANAGER), meet(tx, "Alex"), meet(tx, "alex r")
        quiet.pause(tx, NUDGES, until(mine), alex, NOW)
        quiet.pause(tx, NUDGES, until(other), double, NOW)
        link = links.link(tx, alex.id, double.id, sam, NOW)
        longest = None if mine is None or other is None else max(mine, other)
        for days in range(32):
            for asked in (alex.id, double.id):
                said = is_quiet(tx, asked, NUDGES, TODAY + timedelta(days=days))
                assert said == (longest is None or days < longest)
        quiet.pause(tx, NUDGES, MONDAY, alex, NOW)
        assert [one.says for one in of_person(tx, double.id, TODAY)] == [Quiet(NUDGES, MONDAY)]
        links.undo(tx, link.id, sam, NOW)
        assert [*quiet.wrong(tx)] == []
