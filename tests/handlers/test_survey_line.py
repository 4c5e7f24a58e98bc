"""What one line says of a survey that goes out, and of who handed one in."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.surveys import line

TODAY, UNTIL = date(2025, 2, 12), date(2025, 6, 30)
JUNE_2, JUNE_20 = date(2025, 6, 2), date(2025, 6, 20)


def opening(text: str) -> line.Opening:
    return line.opening(text, today=TODAY, until=UNTIL)


@pytest.mark.parametrize(
    ("text", "words", "opened", "closes"),
    [
        ("CDAs today closes 2025-06-20", "CDAs", TODAY, JUNE_20),
        ("directions 2025-06-02", "directions", JUNE_2, None),
        ("for the principals on June 2, due June 20", "principals", JUNE_2, JUNE_20),
        ("les ADC demain, ferme le 20 juin", "ADC", date(2025, 2, 13), JUNE_20),
        ("directions le 2 juin jusqu’au 20 juin", "directions", JUNE_2, JUNE_20),
        ("2 juin d'ici le 20 juin", "", JUNE_2, JUNE_20),
        ("today until June 20 for CDAs", "CDAs", TODAY, JUNE_20),
        ("today closes in two weeks", "", TODAY, date(2025, 2, 26)),
    ],
)
def test_plain_lines(text: str, words: str, opened: date, closes: date | None) -> None:
    assert opening(text) == line.Opening(words, "", opened, closes, plain=True)


@pytest.mark.parametrize(
    "text", ["CDAs", "03/04", "CDAs monday", "reps 2025-06-02 2025-06-20", "today until monday"]
)
def test_lines_that_leave_something_to_ask(text: str) -> None:
    assert not opening(text).plain


@pytest.mark.parametrize("quotes", ['""', "“”", "«»"])
def test_a_title_stands_in_quotes(quotes: str) -> None:
    read = opening(f"CDAs {quotes[0]}Closing the year by June{quotes[1]} today")
    assert (read.title, read.words, read.closes) == ("Closing the year by June", "CDAs", None)
    assert read.plain


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    read = opening(text)
    assert read.opened is not None or not read.plain
    assert all(name.strip() for name in line.names(text, lambda _: False))


@given(st.dates(TODAY, UNTIL), st.dates(TODAY, UNTIL))
def test_iso_days_are_read_as_they_are(opened: date, closes: date) -> None:
    read = opening(f"CDAs {opened} closes {closes}")
    assert (read.opened, read.closes, read.plain) == (opened, closes, True)


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("Marie Tremblay yesterday", "Marie Tremblay", TODAY - timedelta(days=1)),
        ("Marie Tremblay le 10 février", "Marie Tremblay", date(2025, 2, 10)),
        ("hier", "", TODAY - timedelta(days=1)),
        ("2025-02-03", "", date(2025, 2, 3)),
        ("Marie Tremblay", "Marie Tremblay", None),
        ("April May", "April May", None),
        ("Tremblay 3", "Tremblay 3", None),
        ("", "", None),
    ],
)
def test_a_day_at_the_end(text: str, words: str, day: date | None) -> None:
    assert line.day_at_end(text, today=TODAY) == (words, day)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Marie Tremblay, John O'Brien and Zoé Roy", ["Marie Tremblay", "John O'Brien", "Zoé Roy"]),
        ("Marie Tremblay et Zoé Roy", ["Marie Tremblay", "Zoé Roy"]),
        ("Côté, Noémie\nmarie@x.example", ["Côté, Noémie", "marie@x.example"]),
        ("Côté, Noémie; Roy, Zoé", ["Côté, Noémie", "Roy", "Zoé"]),
        ("Anders Andersson", ["Anders Andersson"]),
        (" , ;\n", []),
    ],
)
def test_names_are_parted(text: str, names: list[str]) -> None:
    assert line.names(text, lambda said: said == "Côté, Noémie") == names


@pytest.mark.parametrize(
    ("text", "verb", "rest"),
    [
        ("open CDAs", "open", "CDAs"),
        ("Remis", "remis", ""),
        ("handed in Marie", "handed", "Marie"),
        ("handed Marie", "handed", "Marie"),
        ("done: Marie", "done", "Marie"),
        ("", "", ""),
    ],
)
def test_the_first_word(text: str, verb: str, rest: str) -> None:
    assert line.verb(text) == (verb, rest)
