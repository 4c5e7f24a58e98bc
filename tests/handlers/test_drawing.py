"""The draw for seats: what it refuses, what it settles, and that no change of it goes unseen."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.communities.draw_checking import check, verify
from handlers.communities.draw_errors import (
    AllFit,
    DrawError,
    KnownAlready,
    NoSource,
    NothingTyped,
    TooEarly,
    TooLarge,
    UnknownAlgorithm,
)
from handlers.communities.drawing import (
    Project,
    Record,
    canonical,
    fit,
    hash_of_record,
    mix,
    needed,
    one_line,
    pretty,
    read_frozen,
    read_record,
)
from tests.draw_again import again
from tests.handlers.drawn import (
    FROZEN_AT,
    KNOWN_AT,
    POOL,
    TYPED,
    TYPED_AT,
    drawn,
    frozen,
    pools,
    randomness,
    records,
)


def test_no_draw_is_needed_where_all_fit() -> None:
    assert not needed(POOL, 25)
    assert needed(POOL, 24)
    assert not needed([], 1)
    with pytest.raises(AllFit):
        frozen(capacity=25)


def test_this_draw_comes_out_the_same_for_ever() -> None:
    record = drawn()
    # Were this to change, draws that were published would no longer verify: a new version instead.
    assert record.frozen_hash == "adc3c565b3c56cbb3057dad6bea839cda360029a08bf92d37ff2b6672d61ab10"
    assert record.seed == "d342fd90a5e12547dd9ab9896d005aa0c965bfeed08e1d254ae93d500e71f540"
    assert (record.taken, record.waiting) == ((13, 30, 5), (8, 12, 3, 21))


@pytest.mark.parametrize(
    ("other", "error"),
    [
        ({"pool": [*POOL, Project(3, 1)]}, DrawError),
        ({"pool": [*POOL, Project(30, 0)]}, DrawError),
        ({"capacity": 0}, DrawError),
        ({"frozen_at": datetime(2025, 9, 25, 14)}, DrawError),  # noqa: DTZ001 - is refused
        ({"source": " \n"}, NoSource),
        ({"known_at": FROZEN_AT}, KnownAlready),
        ({"known_at": FROZEN_AT + timedelta(milliseconds=900)}, KnownAlready),
        ({"pool": [Project(1, 16), *POOL, Project(50, 20)]}, TooLarge),
    ],
)
def test_what_cannot_be_frozen(other: dict[str, Any], error: type[DrawError]) -> None:
    with pytest.raises(error) as raised:
        frozen(**other)
    if isinstance(raised.value, TooLarge):
        assert raised.value.projects == (1, 50)


def test_what_is_frozen_has_one_form() -> None:
    montreal = timezone(timedelta(hours=-4))
    same = frozen(
        pool=POOL[::-1],
        frozen_at=datetime(2025, 9, 25, 10, 0, 0, 5, tzinfo=montreal),
        source=" The six numbers\tof the Lotto 6/49\r\nof 4 October 2025, without the bonus",
    )
    assert same == frozen()
    assert one_line(same) == one_line(frozen())
    assert read_frozen(one_line(same)) == same
    assert read_frozen(pretty(same)) == same


def test_the_draw_waits_until_the_randomness_can_be_known() -> None:
    assert mix(frozen(), TYPED, KNOWN_AT).taken == drawn().taken
    with pytest.raises(TooEarly):
        mix(frozen(), TYPED, KNOWN_AT - timedelta(seconds=1))


def test_an_algorithm_of_another_version_is_not_guessed() -> None:
    later = replace(frozen(), algorithm=replace(frozen().algorithm, version=2))
    with pytest.raises(UnknownAlgorithm, match="version 2"):
        mix(later, TYPED, TYPED_AT)


@pytest.mark.parametrize(
    ("one", "other", "is_"),
    [
        ("5 12 19", "19, 05; 12", "5.12.19."),
        ("05-12-19", "5 / 12 / 19.", "5.12.19."),
        ("5, 12 and 19", "5, 12 et 19", "5.12.19."),
        ("100 9 20", "0100  20 09", "9.20.100."),
        ("0 0 7", "00,7,0", "0.0.7."),
        ("5 5", "5, 5", "5.5."),
        ("7A 3F-09", " 7a3f09\n", "7a3f09"),
        ("Québec", "QUEBEC", "quebec"),
        ("1ᵉʳ : Écureuil", "1er écureuil", "1erecureuil"),
        ("and", " And ", "and"),
    ],
)
def test_whoever_types_the_same_draw_gets_the_same_seed(one: str, other: str, is_: str) -> None:
    assert canonical(one) == canonical(other) == is_
    assert drawn(one).seed == drawn(other).seed


@pytest.mark.parametrize(
    ("one", "other"), [("5 12", "51 2"), ("5 5", "5"), ("5 12", "5 12 a"), ("12", "1 2")]
)
def test_other_draws_are_told_apart(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize("nothing", ["", "  ", "…", " , ; "])
def test_nothing_typed_draws_nothing(nothing: str) -> None:
    with pytest.raises(NothingTyped):
        mix(frozen(), nothing, TYPED_AT)


@given(st.lists(st.integers(0, 10**6), min_size=1), st.randoms(), st.sampled_from(" ,;-/\n"))
def test_numbers_are_read_in_any_order(numbers: list[int], by: Any, between: str) -> None:
    expected = "".join(f"{number}." for number in sorted(numbers))
    by.shuffle(numbers)
    zeros = (f"{'0' * by.randrange(3)}{number}" for number in numbers)
    assert canonical(f"{between} ".join(zeros)) == expected


@given(randomness)
def test_what_is_canonical_stays_as_it_is(typed: str) -> None:
    assert canonical(canonical(typed)) == canonical(typed)


def test_the_first_that_does_not_fit_ends_it() -> None:
    four, nine, one, two = Project(1, 4), Project(2, 9), Project(3, 1), Project(4, 2)
    assert fit([four, nine, one, two], 12) == ((four,), (nine, one, two))
    assert fit([four, nine, one, two], 13) == ((four, nine), (one, two))
    assert fit([four, nine], 13) == ((four, nine), ())
    # Freed seats are offered by the same rule.
    assert fit([nine, one], 8) == ((), (nine, one))


@given(pools(), randomness)
def test_seats_suffice_and_nobody_is_lost(given: tuple[list[Project], int], typed: str) -> None:
    pool, capacity = given
    record = drawn(typed, pool=pool, capacity=capacity)
    seats = {each.id: each.seats for each in pool}
    used = sum(seats[id] for id in record.taken)
    assert record.taken
    assert record.waiting
    assert used <= capacity < used + seats[record.waiting[0]]
    assert sorted(record.taken + record.waiting) == sorted(seats)
    assert record.taken + record.waiting == tuple(each.id for each in record.ranking)
    assert [each.digest for each in record.ranking] == sorted(
        each.digest for each in record.ranking
    )
    assert {each.id: each.seats for each in record.ranking} == seats


@given(pools(), randomness, st.randoms())
def test_the_order_the_pool_is_given_in_does_not_matter(
    given: tuple[list[Project], int], typed: str, by: Any
) -> None:
    pool, capacity = given
    first = drawn(typed, pool=pool, capacity=capacity)
    by.shuffle(pool)
    assert drawn(typed, pool=iter(pool), capacity=capacity) == first


@given(records())
def test_a_draw_is_the_same_again_from_its_file_alone(record: Record) -> None:
    text = pretty(record)
    assert read_record(text) == record
    assert check(text) == (record, [])
    assert check(text.replace("\n", "\r\n")) == (record, [])
    assert again(text) == (list(record.taken), list(record.waiting))


@given(records(), st.data())
def test_no_byte_of_a_file_can_change_unseen(record: Record, data: st.DataObject) -> None:
    whole = pretty(record).encode()
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[at]))
    changed = whole[:at] + bytes([byte]) + whole[at + 1 :]
    try:
        text = changed.decode()
    except UnicodeDecodeError:
        return
    assert check(text)[1], (whole[at : at + 1], bytes([byte]))


def test_a_file_cut_anywhere_is_no_record() -> None:
    text = pretty(drawn())
    assert all(check(text[:end])[1] for end in range(len(text)))


def said(**other: Any) -> list[str]:
    """What is said of a record of which something was changed, by someone who knows hashes."""
    changed = replace(drawn(), **other)
    return verify(replace(changed, record_hash=hash_of_record(changed)))


def test_each_step_that_differs_is_named() -> None:
    record = drawn()
    assert verify(record) == []
    zeros = "0" * 64
    assert said(frozen_hash=zeros) == [
        f"The hash of the frozen part differs: the file says {zeros},"
        f" done again it is {record.frozen_hash}."
    ]
    assert said(seed=zeros) == [
        f"The seed differs: the file says {zeros}, done again it is {record.seed}."
    ]
    assert said(canonical="5.12.") == [
        'The randomness as it was read differs: the file says "5.12.",'
        ' done again it is "5.12.19.23.38.41.".'
    ]
    assert said(typed_at=KNOWN_AT - timedelta(seconds=1)) == [
        "The randomness was typed before it could be known."
    ]
    assert said(typed=f"{TYPED}\x1b[2J") != []
    assert said(typed=f"{TYPED}\n") == ["The randomness as it was typed holds control characters."]
    assert said(typed=" ;") == ["There is no letter and no digit in the randomness."]
    assert verify(replace(record, typed_at=KNOWN_AT))[0].startswith("The hash of the record")


def test_a_ranking_that_was_changed_is_told_by_what_was_changed() -> None:
    record = drawn()
    first, second, *rest = record.ranking
    zeros = replace(first, digest="0" * 64)
    assert said(ranking=(zeros, second, *rest)) == ["The digest differs for: 13."]
    assert said(ranking=(replace(first, seats=1), second, *rest)) == [
        "The ranking has other seats than the pool for: 13."
    ]
    assert said(ranking=(second, first, *rest)) == [
        "The order differs: the file says 30, 13, 5, 8, 12, 3, 21,"
        " done again it is 13, 30, 5, 8, 12, 3, 21."
    ]
    assert said(ranking=(second, *rest)) == [
        "Who is ranked differs: the file says 3, 5, 8, 12, 21, 30,"
        " done again it is 3, 5, 8, 12, 13, 21, 30."
    ]
    assert said(taken=(13, 30, 5, 12), waiting=(8, 3, 21)) == [
        "Who is taken differs: the file says 13, 30, 5, 12, done again it is 13, 30, 5.",
        "The waiting list differs: the file says 8, 3, 21, done again it is 8, 12, 3, 21.",
    ]
    assert said(taken=())[0].startswith("Who is taken differs: the file says none,")


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"capacity": 25}, "There are seats for all: no draw is needed."),
        ({"capacity": 5}, "Projects of more participants than there are seats: 8."),
        ({"pool": (*POOL, Project(3, 4))}, "Project 3 is in the pool twice."),
        ({"pool": POOL[::-1]}, "The frozen part is not in its one form"),
        ({"known_at": FROZEN_AT}, "The randomness is known no later than the pool is frozen"),
        ({"frozen_at": FROZEN_AT.replace(microsecond=1)}, "The frozen part is not in its one form"),
        ({"frozen_at": FROZEN_AT.astimezone(timezone(timedelta(hours=1)))}, "The frozen part is"),
        ({"frozen_at": datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=9)))}, "0001-01-01 "),
    ],
)
def test_a_draw_of_what_could_not_be_frozen_does_not_hold(other: dict[str, Any], says: str) -> None:
    # Everything after it is computed from it, as whoever forges a record would do.
    forged = mix(replace(frozen(), **other), TYPED, TYPED_AT)
    problems = verify(forged)
    assert len(problems) == 1
    assert problems[0].startswith(says)
    assert check(pretty(forged)) == (forged, problems)


def test_a_seat_changed_in_the_pool_after_the_fact_is_found_in_every_step() -> None:
    record = drawn()
    pool = tuple(replace(each, seats=5) if each.id == 8 else each for each in POOL)
    problems = said(frozen=replace(record.frozen, pool=pool))
    assert problems[0].startswith("The hash of the frozen part differs")
    assert any(each.startswith("The seed differs") for each in problems)


def test_an_unknown_algorithm_is_all_that_is_said_of_it() -> None:
    later = replace(frozen(), algorithm=replace(frozen().algorithm, version=2))
    (problem,) = said(frozen=later)
    assert problem.startswith("Drawn by jalon-draw, version 2, in words that this version of Jalon")


def test_what_is_no_record_says_where() -> None:
    assert check("[]")[0] is None
    assert check("not json")[1][0].startswith("This is not the record of a draw: Invalid JSON")
    text = pretty(drawn())
    assert check(text.replace('"seats": 6,', '"seats": "6",'))[1] == [
        "This is not the record of a draw: ranking.4.seats: Input should be a valid integer."
    ]
    assert check(text.replace('  "seed"', '  "sead"'))[1] == [
        "This is not the record of a draw: seed: Field required."
    ]
    assert check(pretty(frozen()))[0] is None


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('  "seed":', '  "seed": "0",\n  "seed":', "from line 68 on"),
        ('  "seed":', '  "seats": "0",\n  "seed":', "from line 68 on"),
        ("·", "\\u00b7", "from line 28 on"),
        ('  "seed":', '   "seed":', "from line 68 on"),
    ],
)
def test_a_file_says_the_same_to_whatever_reads_it(old: str, new: str, line: str) -> None:
    record, problems = check(pretty(drawn()).replace(old, new))
    assert record == drawn()
    assert len(problems) == 1
    assert line in problems[0]
    assert "at its end" in check(pretty(record).rstrip())[1][0]


def test_equal_projects_are_taken_about_equally_often() -> None:
    # Ten projects of 3 for 15 seats, so 5 of 10: over 2,000 draws 1,000 each, one sigma is 22.
    pool = [Project(id, 3) for id in range(1, 11)]
    settled = frozen(pool=pool)
    draws = [mix(settled, f"{number} 49", TYPED_AT).taken for number in range(2000)]
    taken = Counter(id for each in draws for id in each)
    assert sum(taken.values()) == 10_000
    assert all(abs(taken[project.id] - 1000) < 4 * 22 for project in pool)
    # And each place of the ranking: 2,000 draws over 10 projects, one sigma is 13.
    first = Counter(each[0] for each in draws)
    assert all(abs(first[project.id] - 200) < 4 * 13 for project in pool)
