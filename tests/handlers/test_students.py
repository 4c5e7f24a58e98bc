"""What looks like a student's name is found in both languages; what only resembles one is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.students import named

NAMED = {
    "my student Emma loved it": "student Emma",
    "Our pupil Liam Roy drew": "pupil Liam Roy",
    "a boy named Liam": "boy named Liam",
    "un garçon nommé Liam": "garçon nommé Liam",
    "une élève qui s’appelle Léa": "élève qui s’appelle Léa",
    "l’élève Emma Tremblay": "élève Emma Tremblay",
    "L’élève Zahra a peint": "L’élève Zahra",
    "Student Emma came": "Student Emma",
    "my student, Emma, came": "student, Emma",
    "the child (Noah) was calm": "child (Noah",
    "students Emma and Liam": "students Emma",
    "nos élèves Emma et Liam": "élèves Emma",
    "Emma, grade 3, loved it": "Emma, grade 3",
    "Léa (8 ans) a dessiné": "Léa (8 ans",
    "Emma is in grade 4": "Emma is in grade 4",
    "Liam, a student in our school": "Liam, a student",
    "Emma’s mother came": "Emma’s mother",
    "la mère d’Emma": "mère d’Emma",
    "les parents de Liam": "parents de Liam",
    "mon fils Nathan": "fils Nathan",
    "A kid called Jean-Philippe": "kid called Jean-Philippe",
    "Zoé, une élève": "Zoé, une élève",
    "Aiden, 9 years old": "Aiden, 9 years old",
    "l’enfant Noé": "enfant Noé",
}
NOT_NAMED = (
    "Student Council planned the week",
    "Kids Help Phone came to the school",
    "Boys and Girls Club of Montreal",
    "the students of Riverside met at noon",
    "students at St. Willibrord read aloud",
    "Every student Monday morning",
    "students English and French",
    "our students. Teachers were glad",
    "the student teacher Emma Roy led it",
    "child psychologist Marie Roy came",
    "Ms. Tremblay, a student teacher",
    "Jeunes en forme",
    "les élèves de Laval et de Québec",
    "Les élèves. Marie Tremblay, directrice, a parlé",
    "grade 3 teacher Anne Roy",
    "Marie Tremblay (principal, RSB) opened it",
    "each child, Ms. Roy noted, was calm",
    "Enfants Soleil a donné des livres",
    "les enfants Inuit du Nunavik",
    "the CDA Kayla Buckle met ten students",
    "Westmount High School students cooked",
    "Student Life Animator Paul Roy helped",
    "Camp Kids First",
    "students Cree and Inuit",
    "Elizabeth High, secondary 3 and 4",
    "We worked with students in Kindergarten",
    "La classe de Mme Roy, 3e année",
    "Mme Roy, 3e année, a animé",
    "students Zoom with elders",
    "Laval, grade 3 students",
    "Math, grade 4",
    "élèves HDAA",
    "l’élève Premier de classe",
)


@pytest.mark.parametrize(("text", "found"), NAMED.items())
def test_a_name_is_found(text: str, found: str) -> None:
    assert named(text) == (found,)
    assert named(f"We met.\n{text}") == (found,), "in any line"


@pytest.mark.parametrize("text", NOT_NAMED)
def test_what_names_no_student_is_let_through(text: str) -> None:
    assert named(text) == ()


NAMES = st.sampled_from(("Emma", "Noé", "Jean-Philippe", "Aaliyah", "Étienne", "Liam", "Zoé"))
BESIDE = st.sampled_from(
    (
        "my student {}",
        "l’élève {}",
        "the child {} was",
        "un enfant nommé {}",
        "{}, 8 ans",
        "{}’s mum",
    )
)
SMALL = st.text("abcdefgh éà,;", max_size=40)


@given(NAMES, BESIDE, SMALL, SMALL)
def test_a_name_is_found_wherever_it_stands(name: str, beside: str, first: str, last: str) -> None:
    found = named(f"{first} {beside.format(name)} {last}")
    assert any(name in one for one in found)


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    shown = text.replace("\u00a0", " ").replace("\u202f", " ")
    assert all(one in shown for one in named(text))


@given(st.text("abc student élève kid, .:;()-’\n", max_size=200))
def test_words_without_a_capital_name_nobody(text: str) -> None:
    assert named(text) == ()


def test_it_takes_no_time_over_a_long_text() -> None:
    """Every pattern goes on from where it stands: 4,000 characters of near misses are read."""
    assert named("Emma, " * 700) == ()
    assert named("student " * 500) == ()
