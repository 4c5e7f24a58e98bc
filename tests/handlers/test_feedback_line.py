"""One line of feedback: how many answered of how many, how many were pleased, and of what."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.feedback import line
from handlers.feedback.line import Said

TODAY = date(2025, 2, 12)
YESTERDAY = date(2025, 2, 11)


def read(said: str) -> Said:
    return line.read(said, today=TODAY)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("8 of 14, 7 positive", ""),
        ("8/14 7 positive", ""),
        ("8 out of 14 people, 7 were positive", ""),
        ("8 replies of 14, 7 of them positive", ""),
        ("14 asked, 8 answered, 7 positive", ""),
        ("8 of 14, positive: 7", ""),
        ("7 positive, 8 out of 14 for PLC", "PLC"),
        ("family engagement 8 of 14 7 positive", "family engagement"),
        ("PLC meeting 2, 8 of 14, 7 positive", "PLC meeting 2"),
        ("positive discipline: 8 of 14, 7 positive", "positive discipline"),
        ("Grant writing, step by step, 8 of 14, 7 positive", "Grant writing, step by step"),
        ("8 sur 14, 7 positives", ""),
        ("8 réponses sur 14, dont 7 positives", ""),
        ("8 sur 14 personnes, 7 satisfaites", ""),
        ("14 sollicitées, 8 ont répondu, 7 étaient positives", ""),
        ("8 reponses sur 14, dont 7 positives", ""),
        ("14 sollicitees, 8 ont repondu, 7 etaient positives", ""),
        ("L’engagement des familles, 8 sur 14, 7 positives", "engagement des familles"),
    ],
)
def test_three_numbers_and_the_session_in_words(said: str, words: str) -> None:
    assert read(said) == Said(8, 14, 7, None, None, words)


@pytest.mark.parametrize(
    ("said", "positive"),
    [
        ("8 of 14, all positive", 8), ("8 sur 14, toutes positives", 8),
        ("8 of 14, none positive", 0), ("8 sur 14, aucune positive", 0),
        ("8 of 14", None), ("8 out of 14 were positive", None), ("8 of 14, 57% positive", None),
    ],
)  # fmt: skip
def test_how_many_were_pleased_may_be_said_in_words(said: str, positive: int | None) -> None:
    found = read(said)
    assert (found.answered, found.asked, found.positive) == (8, 14, positive)


@pytest.mark.parametrize(
    ("said", "session", "on"),
    [
        ("#12 8/14, 7 positive", 12, None),
        ("8 of 14, 7 positive #12", 12, None),
        ("8 sur 14, 7 positives, atelier d'hier", None, YESTERDAY),
        ("8 of 14, 7 positive, yesterday's workshop", None, YESTERDAY),
        ("atelier du 12 novembre 8 sur 14, 7 positives", None, date(2024, 11, 12)),
        ("atelier du 6 de 8 sur 14, 7 positives", None, date(2025, 2, 6)),
        ("2024-10-16 8/14, 7 positive", None, date(2024, 10, 16)),
        ("10/16 8/14, 7 positive", None, date(2024, 10, 16)),
    ],
)
def test_a_session_by_its_number_or_its_day(said: str, session: int, on: date | None) -> None:
    found = read(said)
    assert (found.answered, found.asked, found.positive) == (8, 14, 7)
    assert (found.session, found.on) == (session, on)


def test_what_says_no_number_names_a_session() -> None:
    assert read("family engagement") == Said(None, None, None, None, None, "family engagement")
    assert read("") == Said(None, None, None, None, None, "")


@given(
    st.integers(0, 9999),
    st.integers(0, 9999),
    st.integers(0, 9999),
    st.sampled_from(["{} of {}, {} positive", "{}/{} {} positive", "{} sur {}, {} positives"]),
    st.sampled_from(["", "engagement", "PLC", "mental health"]),
)
def test_whatever_the_numbers_they_are_read_and_not_the_title(
    answered: int, asked: int, positive: int, form: str, title: str
) -> None:
    said = f"{title} {form.format(answered, asked, positive)}"
    assert read(said) == Said(answered, asked, positive, None, None, title)


@given(st.text(max_size=400))
def test_any_text_is_read(said: str) -> None:
    found = read(said)
    assert all(one is None or one >= 0 for one in (found.answered, found.asked, found.positive))
