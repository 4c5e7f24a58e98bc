"""Lines about sessions, composed in both languages and any order, are read as they were meant."""

from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.lines.calendar import When
from handlers.lines.words import Names
from handlers.sessions import line, proposing
from storage.plan_files import load_plans

PLANS = load_plans(None)
NAMES = Names(PLANS.network)
TODAY = date(2025, 2, 12)
WHEN = When(TODAY, date(2025, 6, 30))
LENGTHS = {
    "3h": 180, "90 min": 90, "1h30": 90, "half day": 180, "demi-journée": 180, "full day": 360,
    "journée complète": 360, "journee complete": 360, "2 h": 120,
    "1.5 h": 90, "two hours": 120, "75 minutes": 75,
}  # fmt: skip
TITLES = (
    "Asset mapping", "Bien-être", "Calm classrooms", "Grant writing", "Cartographie",
    "Évaluation et suivi",
)  # fmt: skip
PARTS = {
    "": "", "outcome area": "outcome-area", "theme outcome": "outcome-area",
    "domaine ciblé": "outcome-area", "own choice": "theme-of-choice",
    "theme of our choice": "theme-of-choice", "thème au choix": "theme-of-choice",
}  # fmt: skip
HEADS = {
    "": (), "14 people": (("", 14),), "14 personnes": (("", 14),), "EMSB 9 RSB 5":
    (("EMSB", 9), ("RSB", 5)), "CSEM 9": (("EMSB", 9),), "12 participants": (("", 12),),
}  # fmt: skip
in_the_year = st.dates(date(2024, 7, 2), date(2025, 6, 29))


@given(
    st.sampled_from(TITLES),
    st.sampled_from([*LENGTHS]),
    in_the_year,
    st.sampled_from([*PARTS]),
    st.sampled_from([*HEADS]),
    st.randoms(use_true_random=False),
)
@settings(max_examples=300)
def test_a_composed_line_says_what_it_was_composed_of(
    title: str, length: str, day: date, part: str, heads: str, chance: Random
) -> None:
    phrases = [one for one in (title, length, day.isoformat(), part, heads) if one]
    chance.shuffle(phrases)
    said = line.read(", ".join(phrases), when=WHEN, names=NAMES, half_day=180)
    assert (said.title, said.minutes, said.days) == (title, LENGTHS[length], (day,))
    assert (said.part, said.counts) == (PARTS[part], HEADS[heads])
    assert said.questions == ()


@given(in_the_year, st.integers(2, 5))
def test_days_in_a_row_are_all_said(first: date, count: int) -> None:
    last = first + timedelta(days=count - 1)
    if first.month != last.month or last > WHEN.until:
        return
    text = f"Orientation {first:%B} {first.day} to {last.day}, 6 h"
    said = line.read(text, when=WHEN, names=NAMES, half_day=180)
    assert said.days == tuple(first + timedelta(days=n) for n in range(count))


@given(st.text(max_size=400))
@settings(max_examples=400)
def test_whatever_is_typed_is_read_and_proposed_a_target_of_the_plan(text: str) -> None:
    said = line.read(text, when=WHEN, names=NAMES, half_day=180)
    for plan in PLANS.all:
        targets = proposing.of_sessions(plan)
        ids = {one.id for one in targets}
        assert {one.id for one in proposing.proposed(targets, said)} == ids
        assert proposing.named(targets, said, text) in ids | {""}
    assert said.days == tuple(sorted(set(said.days)))
    assert all(number > 0 for _, number in said.counts)


STARTS = {
    "": "", "1pm": "13:00", "at 1:30pm": "13:30", "à 9 h": "09:00", "at 10:15": "10:15",
    "13 h 30": "13:30", "9am": "09:00",
}  # fmt: skip
RANGES = {
    "9 h à 12 h": ("09:00", 180), "de 13 h 30 à 15 h": ("13:30", 90),
    "1pm to 2:30pm": ("13:00", 90), "from 9am to noon": ("09:00", 180),
}  # fmt: skip
DAYS = {
    "tomorrow": date(2025, 2, 13), "demain": date(2025, 2, 13), "hier": date(2025, 2, 11),
    "après-demain": date(2025, 2, 14), "March 5": date(2025, 3, 5), "le 28 mai": date(2025, 5, 28),
    "Nov 20": date(2024, 11, 20), "le 9 avril 2025": date(2025, 4, 9),
    "mercredi prochain": date(2025, 2, 19), "last Friday": date(2025, 2, 7),
    "2026-01-14": date(2026, 1, 14), "in two weeks": date(2025, 2, 26),
}  # fmt: skip


@given(
    st.sampled_from(TITLES),
    st.sampled_from([*LENGTHS]),
    st.sampled_from([*DAYS]),
    st.sampled_from([*STARTS]),
    st.sampled_from([*RANGES]),
    st.sampled_from([*HEADS]),
    st.booleans(),
    st.randoms(use_true_random=False),
)
@settings(max_examples=400)
def test_days_and_times_to_come_are_read_in_any_order(
    title: str,
    length: str,
    day: str,
    starts: str,
    ranged: str,
    heads: str,
    in_a_range: bool,
    chance: Random,
) -> None:
    timed = [ranged] if in_a_range else [length, starts]
    phrases = [one for one in (title, day, heads, *timed) if one]
    chance.shuffle(phrases)
    when = When(TODAY, WHEN.until, date(2027, 2, 12))
    said = line.read(", ".join(phrases), when=when, names=NAMES, half_day=180)
    expected = RANGES[ranged] if in_a_range else (STARTS[starts], LENGTHS[length])
    assert (said.title, said.days, (said.starts, said.minutes)) == (title, (DAYS[day],), expected)
    assert (said.counts, said.questions, said.dated) == (HEADS[heads], (), True)
