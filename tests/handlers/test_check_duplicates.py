"""Who on the roster may be one person is proposed, and who is two by all signs is not."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.duplicates import pairs
from storage.records import Record
from storage.rosters import Member


def members(*said: Member) -> list[Record[Member]]:
    return [Record(id, says, 1, 1, 0, None) for id, says in enumerate(said, 1)]


def found(*said: Member) -> list[tuple[int, int]]:
    there = members(*said)
    alone = {one.id: one.id for one in there}
    return [(one.id, other.id) for one, other in pairs(there, alone, set())]


def named(name: str, email: str = "", board: str = "") -> Member:
    return Member(name, email, "cda", board)


ONE = [
    ("Marie Tremblay", "Marie Tremblay"),
    ("Marie Tremblay", "TREMBLAY, Marie"),
    ("Geneviève Lapointe", "Genevieve Lapointe"),
    ("Geneviève Lapointe", "Genevive Lapointe"),
    ("Marie Tremblay", "M. Tremblay"),
    ("Marie A. Tremblay", "Marie Tremblay"),
]
TWO = [
    ("Marie Tremblay", "Marc Tremblay"),
    ("Marie Tremblay", "Maria Tremblay"),
    ("Marie Tremblay", "Marie Roy"),
    ("Marie Tremblay", "Lise Roy"),
    ("Marie A. Tremblay", "Marie B. Tremblay"),
    ("Marie Tremblay", "L. Tremblay"),
    ("…", "…"),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_names_that_are_nearly_the_same(one: str, other: str) -> None:
    assert found(named(one), named(other)) == [(1, 2)]
    assert found(named(other), named(one)) == [(1, 2)]


@pytest.mark.parametrize(("one", "other"), TWO)
def test_names_that_are_not(one: str, other: str) -> None:
    assert found(named(one), named(other)) == []


def test_one_e_mail_is_one_person_whatever_the_name() -> None:
    mail = "marie@example.org"
    assert found(named("Marie Tremblay", mail), named("Direction", mail)) == [(1, 2)]
    assert found(named("Marie Tremblay"), named("Direction")) == []


def test_two_bodies_tell_those_apart_whose_names_only_come_near() -> None:
    initial = named("M. Tremblay", board="EMSB")
    assert found(named("Marie Tremblay", board="RSB"), initial) == []
    assert found(named("Marie Tremblay", board="EMSB"), initial) == [(1, 2)]
    assert found(named("Marie Tremblay", board="RSB"), named("Marie Tremblay", board="EMSB"))


def test_who_is_one_or_two_already_is_not_asked_about() -> None:
    there = members(*[named("Marie Tremblay")] * 3)
    assert [(a.id, b.id) for a, b in pairs(there, {1: 1, 2: 1, 3: 3}, set())] == [(1, 3)]
    assert pairs(there, {1: 1, 2: 1, 3: 3}, {(1, 3)}) == []
    assert pairs(there, {1: 1, 2: 1, 3: 1}, set()) == []


names = st.text(string.ascii_letters + " .-'éÉ,", max_size=12)


@given(st.lists(st.builds(named, names, st.sampled_from(["", "a@b.ca"]), st.just("")), max_size=6))
def test_each_pair_comes_once_in_whatever_order(said: list[Member]) -> None:
    there = members(*said)
    alone = {one.id: one.id for one in there}
    forward = {(a.id, b.id) for a, b in pairs(there, alone, set())}
    assert forward == {(a.id, b.id) for a, b in pairs(there[::-1], alone, set())}
    assert len(forward) == len(pairs(there, alone, set()))
    assert all(a < b for a, b in forward)
    assert pairs(there, alone, forward) == []
