"""Names: which spellings are one name, which come near, and that near is never taken for same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.files import names

KNOWN = [
    (1, "Marie Tremblay"), (2, "Marie Tremblay-Roy"), (3, "John O'Brien"), (4, "Jean-Paul Côté"),
    (5, "Michele DiSalvatore"), (6, "Aïcha Diallo"), (7, "Paul Tremblay"), (8, "Priya Patel"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Noémie Côté", "noemie COTE"), ("O'Brien, John", "John O’Brien"),
        ("John OBrien", "John O'Brien"), ("Jean-Paul Côté", "Jean Paul  Côté"),
        ("Tremblay, Marie", "Marie Tremblay"), ("Marie C. Tremblay", "Marie Tremblay"),
        ("Tremblay, Marie C", "Marie C. Tremblay"), ("John O'Brien (Guest)", "John O'Brien"),
        ("Marie Tremblay (invitée)", "Tremblay, Marie"), ("Mme Marie Tremblay", "Marie Tremblay"),
        ("Marie Tremblay [she/her]", "Marie Tremblay"), ("Jeanne Lesœur", "Jeanne Lesoeur"),
        ("Jean\xa0Roy", "Jean Roy"), ("DI SALVATORE, Michele", "Michele Di Salvatore"),
    ],
)  # fmt: skip
def test_one_name_in_two_spellings(a: str, b: str) -> None:
    assert names.same(a, b)
    assert names.same(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Marie Tremblay", "Marie Tremblay-Roy"), ("Marie Tremblay", "Mario Tremblay"),
        ("Marie C. Tremblay", "Marie B. Tremblay"), ("M. Tremblay", "Marie Tremblay"),
        ("Tremblay Marie", "Marie Tremblay"), ("iPhone (Priya Patel)", "Priya Patel"),
        ("Michele Di Salvatore", "Michele DiSalvatore"), ("Marie", "Marie Tremblay"),
        ("J. J. Roy", "J. K. Roy"), ("J. Roy", "K. Roy"), ("Marie", "M"),
        ("", ""), ("-", "-"), ("", "Marie Tremblay"),
    ],
)  # fmt: skip
def test_what_is_not_the_same_name(a: str, b: str) -> None:
    assert not names.same(a, b)
    assert not names.same(b, a)


@pytest.mark.parametrize(
    ("written", "first"),
    [
        ("Michelle Disalvatore", 5), ("Di Salvatore, Michele", 5), ("Jon O'Brian", 3),
        ("Aicha Dialo", 6), ("P. Patel", 8), ("iPhone (Priya Patel)", 8), ("Cote Jean Paul", 4),
        ("Jeanpaul Cote", 4), ("priya.patel@hebrew.example", 8), ("Priya Patel, CDA", 8),
        ("Marie Tremblay (EMSB)", 1), ("TREMBLAY PAUL", 7),
    ],
)  # fmt: skip
def test_the_nearest_name_comes_first(written: str, first: int) -> None:
    assert names.nearest(written, KNOWN)[0] == first


@pytest.mark.parametrize(
    "written",
    ["Sarah Levy", "Peter Paul", "Marie-Ève Gagnon", "LEARN PRT", "iPhone", "", "?", "Guest", "42"],
)
def test_nobody_comes_near(written: str) -> None:
    assert names.nearest(written, KNOWN) == []


def test_the_same_name_comes_before_a_longer_one_and_a_relative_is_left_out() -> None:
    assert names.nearest("Tremblay, Marie", KNOWN) == [1, 2]
    assert names.nearest("Marie Tremblay Roy", KNOWN) == [2, 1]


def test_an_initial_for_the_first_name_comes_near_whichever_wrote_it() -> None:
    assert names.nearest("M. Tremblay", [(1, "Marie Tremblay"), (2, "Paul Tremblay")]) == [1]
    assert names.nearest("Marie Tremblay", [(1, "M. Tremblay"), (2, "P. Tremblay")]) == [1]


def test_a_first_name_alone_proposes_all_who_have_it() -> None:
    assert names.nearest("Marie", KNOWN) == [1, 2]


def test_the_very_initials_come_before_a_name_without_them() -> None:
    known = [("a", "Marie Tremblay"), ("b", "Marie B. Tremblay"), ("c", "Marie C. Tremblay")]
    assert names.nearest("Marie C. Tremblay", known) == ["c", "a", "b"]


def test_at_most_so_many_and_each_once() -> None:
    known = [(n // 2, f"Marie Tremblay {'ab'[n % 2]}") for n in range(20)]
    assert names.nearest("Marie Tremblay", known) == [0, 1, 2, 3, 4]
    assert names.nearest("Marie Tremblay", known, most=2) == [0, 1]


def test_first_last_turns_one_comma_only() -> None:
    assert names.first_last("Tremblay, Marie") == "Marie Tremblay"
    for name in ("Marie Tremblay", "Tremblay, Marie, CDA", "Tremblay,", ", Marie", ""):
        assert names.first_last(name) == name


# No title ("Dr", "Mlle") is so long.
words = st.text("abcdefghijklmnopqrstuvwxyzéèôçï", min_size=5, max_size=9).map(str.capitalize)


@given(words, words, st.sampled_from(["{0} {1}", "{1}, {0}", "{0}  {1} ", "{0}-{1}"]))
def test_a_known_name_is_found_however_it_is_written(given_name: str, last: str, form: str) -> None:
    written = form.format(given_name, last).upper()
    name = f"{given_name} {last}"
    assert names.same(written, name)
    assert names.key(written) == names.key(name) == names.key(f"{given_name} Q. {last}")
    assert names.nearest(written, [(0, "Someone Else"), (1, name)])[0] == 1


@given(st.text(), st.text())
def test_any_two_texts(a: str, b: str) -> None:
    assert names.same(a, b) == names.same(b, a)
    near = names.nearest(a, [("a", a), ("b", b)])
    assert set(near) <= {"a", "b"}
    if names.same(a, b):
        assert set(near) == {"a", "b"}
        assert names.key(a) == names.key(b)


def test_a_name_without_end_takes_no_time() -> None:
    assert names.nearest("(" * 500_000 + "a, " * 500_000, KNOWN) == []
