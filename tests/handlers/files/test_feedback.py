"""Exports of forms: what was asked, how often each answer came, who replied, what is positive."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.files import feedback, questions, scales, tables
from handlers.files.feedback import Feedback, Respondent, Source
from handlers.files.questions import Question, Scale

SAMPLES = Path(__file__).parents[3].parent / "shared" / "samples"

MICROSOFT = """\
ID;Start time;Completion time;Email;Name;{asked}
1;11/26/24 12:10:01;11/26/24 12:12:01;anonymous;;{one}
2;11/26/24 12:10:02;11/26/24 12:12:02;anonymous;;{two}
"""


def read(text: str) -> Feedback:
    """The feedback of a table written with semicolons."""
    found = feedback.read([line.split(";") for line in text.splitlines()])
    assert found
    return found


def asked(text: str, answers: str) -> Question:
    """A question with answers, separated by semicolons."""
    return questions.read(text, answers.split(";"))


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not here")
@pytest.mark.parametrize(
    ("file", "source", "expected"),
    [
        ("msforms-feedback", Source.MICROSOFT, (6, 5, 4)),
        ("googleforms-feedback-fr", Source.GOOGLE, (4, 4, 3)),
    ],
)
def test_the_samples(file: str, source: Source, expected: tuple[int, int, int]) -> None:
    found = feedback.read(tables.read((SAMPLES / f"{file}.csv").read_bytes()))
    assert found
    assert found.source is source
    assert found.people == ()
    proposal = feedback.propose(found.questions)
    assert proposal
    index, positive = proposal
    assert (found.replies, *feedback.count(found.questions[index], positive)) == expected


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not here")
@pytest.mark.parametrize("file", ["roster", "teams-attendance-utf16", "zoom-attendance-detailed"])
def test_other_samples_are_no_export_of_a_form(file: str) -> None:
    assert feedback.read(tables.read((SAMPLES / f"{file}.csv").read_bytes())) is None


def test_a_form_of_microsoft() -> None:
    content = (
        b"\xef\xbb\xbfID,Start time,Completion time,Email,Name,"
        b'"How satisfied are you,\noverall?",What next?\r\n'
        b"1,11/26/24 12:10:01,11/26/24 12:12:01,anonymous,,5,a map\r\n"
        b'2,11/26/24 12:10:02,11/26/24 12:12:02,anonymous,,,"=HYPERLINK(""x"")"\r\n'
        b"3,11/26/24 12:10:03,11/26/24 12:12:03,anonymous,,5,\r\n"
    )
    assert feedback.read(tables.read(content)) == Feedback(
        Source.MICROSOFT,
        3,
        (
            Question("How satisfied are you, overall?", (("5", 2),), 2, Scale.NUMBERS),
            Question("What next?", (), 2, Scale.TEXT),
        ),
        (),
        (date(2024, 11, 26),),
    )


def test_a_form_of_google() -> None:
    found = read(
        "Horodateur;Adresse e-mail;Êtes-vous satisfait de l’atelier ?;Commentaires\n"
        "2024/11/06 12:17:00 PM UTC-5;Marie@emsb.example;Oui;Merci !\n"
        "2024/11/07 12:17:00 PM UTC-5;;Non;\n"
    )
    assert found == Feedback(
        Source.GOOGLE,
        2,
        (
            Question(
                "Êtes-vous satisfait de l’atelier ?", (("Oui", 1), ("Non", 1)), 2, Scale.WORDS
            ),
            Question("Commentaires", (), 1, Scale.TEXT),
        ),
        (Respondent("", "marie@emsb.example", date(2024, 11, 6)),),
        (date(2024, 11, 6), date(2024, 11, 7)),
    )


@pytest.mark.parametrize(
    "headers",
    [
        "ID;Start time;Completion time;Email;Name;Language;How was it?",
        "Id;Start time;Completion time;Email;Name;Last modified time;How was it?",
        "ID;Start time;Completion time;Email;Name;Total points;Quiz feedback;Last modified time;"
        "How was it?;Points - How was it?;Feedback - How was it?",
        "ID;Heure de début;Heure de fin;Adresse de messagerie;Nom;Langue;How was it?",
        "ID;Heure\xa0de début;Heure de fin;Adresse de messagerie;Nom;Total points;Quiz feedback;"
        "Heure de la dernière modification;How was it?;Points - How was it?;"
        "Feedback - How was it?",
        "ID;Hora de inicio;Hora de finalización;Correo electrónico;Nombre;How was it?",
        "ID;Start time;Completion time;How was it?",
    ],
)
def test_the_headers_of_microsoft(headers: str) -> None:
    row = ["1", "2024-11-26 12:10", "2024-11-26 12:12", *[""] * (headers.count(";") - 2)]
    row[headers.split(";").index("How was it?")] = "4"
    found = feedback.read([headers.split(";"), row])
    assert found
    assert found.source is Source.MICROSOFT
    question = Question("How was it?", (("4", 1),), 1, Scale.NUMBERS)
    assert found.questions == (question,)


@pytest.mark.parametrize(
    "headers",
    [
        "Timestamp;How was it?", "Timestamp;Email Address;Score;How was it?",
        "Timestamp;Username;Total score;How was it?;How was it? [Score];How was it? [Feedback]",
        "Horodateur;Adresse e-mail;Score;How was it?", "Horodateur;Nom d'utilisateur;How was it?",
    ],
)  # fmt: skip
def test_the_headers_of_google(headers: str) -> None:
    found = read(headers)
    question = Question("How was it?", (), 0, Scale.TEXT)
    assert found == Feedback(Source.GOOGLE, 0, (question,), (), ())


@pytest.mark.parametrize(
    "text",
    [
        "", ";;", "Timestamp", "ID", "ID;Name;Email;Role;Board\n1;A B;a@b.example;CDA;EMSB",
        "Timestamp;level\nnever;high", "name;email\nA B;a@b.example",
        "ID;Start;End;Email;Name\n1;soon;later;;",
    ],
)  # fmt: skip
def test_no_export_of_a_form(text: str) -> None:
    assert feedback.read([line.split(";") for line in text.splitlines()]) is None


def test_who_replied_by_the_forms_own_columns() -> None:
    found = read(
        "ID;Start time;Completion time;Email;Name;How was it?\n"
        "1;11/6/24 9:00:00;11/6/24 9:01:00;MT@emsb.example;Marie Tremblay;5\n"
        "2;11/6/24 9:00:00;11/26/24 9:01:00;anonymous;Anonymous;4\n"
        "3;11/6/24 9:00:00;11/7/24 9:01:00;;Priya Patel;4\n"
    )
    assert found.replies == 3
    assert found.people == (
        Respondent("Marie Tremblay", "mt@emsb.example", date(2024, 11, 6)),
        Respondent("Priya Patel", "", date(2024, 11, 7)),
    )


@pytest.mark.parametrize(
    ("questions_of_it", "cells", "name", "email"),
    [
        ("Your name;Your email", "Priya Patel;PP@b.example", "Priya Patel", "pp@b.example"),
        ("Prénom;Nom2;Courriel", "Priya;Patel;pp@b.example", "Priya Patel", "pp@b.example"),
        ("First name;Last name;Email2", "Priya;Patel;none", "Priya Patel", ""),
        ("Nom complet (facultatif);Courriel", "n/a;pp@b.example", "", "pp@b.example"),
    ],
)
def test_who_replied_where_the_form_asks(
    questions_of_it: str, cells: str, name: str, email: str
) -> None:
    empty = ";" * cells.count(";")
    found = read(MICROSOFT.format(asked=questions_of_it, one=cells, two=empty))
    assert found.people == (Respondent(name, email, date(2024, 11, 26)),)
    assert found.questions == ()
    assert found.replies == 2


def test_a_name_that_the_form_knows_goes_before_one_that_was_typed() -> None:
    found = read(
        "ID;Start time;Completion time;Email;Name;Prénom\n"
        "1;2024-11-06 9:00;2024-11-06 9:01;mt@emsb.example;Marie Tremblay;Marie\n"
    )
    assert [one.name for one in found.people] == ["Marie Tremblay"]


@pytest.mark.parametrize(
    ("answers", "counted", "scale"),
    [
        ("5;4;;5;10;0", (("0", 1), ("4", 1), ("5", 2), ("10", 1)), Scale.NUMBERS),
        ("5.0;5;n/a;s.o.", (("5", 2),), Scale.NUMBERS),
        ("11;12", (), Scale.TEXT),
        ("Yes;no;YES", (("Yes", 2), ("no", 1)), Scale.WORDS),
        ("Très satisfait;Satisfait;Peu satisfait",
         (("Très satisfait", 1), ("Satisfait", 1), ("Peu satisfait", 1)), Scale.WORDS),
        ("4 - Good;5 - Very good;4 - Good", (("4 - Good", 2), ("5 - Very good", 1)), Scale.WORDS),
        ("Loved it;Loved it;Meh;Meh", (("Loved it", 2), ("Meh", 2)), Scale.WORDS),
        ("Loved it;Loved it;Meh", (), Scale.TEXT),
        ("Excellent;Merci Julie", (), Scale.TEXT),
        ("Claire;Claire Bon;Nino", (), Scale.TEXT),
        ("a@b.example;a@b.example", (), Scale.TEXT),
        ("", (), Scale.TEXT),
        (";".join("abcdefgh" * 2), tuple((c, 2) for c in "abcdefgh"), Scale.WORDS),
        (";".join("abcdefghj" * 2), (), Scale.TEXT),  # too many
        (f"{'x' * 60};{'x' * 60}", (("x" * 60, 2),), Scale.WORDS),
        (f"{'x' * 61};{'x' * 61}", (), Scale.TEXT),  # too long
    ],
)  # fmt: skip
def test_what_the_answers_are(
    answers: str, counted: tuple[tuple[str, int], ...], scale: Scale
) -> None:
    question = asked("How was it?", answers)
    assert (question.answers, question.scale) == (counted, scale)


@pytest.mark.parametrize(
    "text", ["Who helped you?", "Avec qui étiez-vous ?", "Child’s name", "Commentaires", "Comments"]
)
def test_answers_that_may_name_someone_are_not_kept_even_if_repeated(text: str) -> None:
    question = asked(text, "Julie Roy;Julie Roy;Julie Roy;Julie Roy")
    assert question == Question(text, (), 4, Scale.TEXT)


@pytest.mark.parametrize(
    "answer",
    [
        "Very satisfied", "satisfied", "Strongly agree", "AGREE", "Yes", "Excellent", "Good",
        "Very good", "Très satisfait", "Satisfaite", "Très satisfait(e)", "Satisfait·e",
        "Tout à fait d'accord", "Tout à fait d’accord", "D'accord", "Oui", "Oui, tout à fait",
        "Très bon", "Bon", "Très bien", "5 - Very satisfied", "4 (Satisfied)", "5 : Excellent",
        "Very satisfied 😀", "Très satisfait / Very satisfied", "Entièrement d'accord",
    ],
)  # fmt: skip
def test_what_is_positive(answer: str) -> None:
    assert scales.is_positive(answer)
    assert scales.is_on_one(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "Not satisfied", "Peu satisfait", "Insatisfait", "Dissatisfied", "Very dissatisfied",
        "Somewhat satisfied", "Somewhat agree", "Plutôt satisfait", "Plutôt d’accord",
        "Moyennement satisfait(e)", "Neutral", "Neutre", "Neither satisfied nor dissatisfied",
        "Ni satisfait ni insatisfait", "Pas d'accord", "Pas du tout d’accord", "Disagree",
        "En désaccord", "Fortement en désaccord", "No", "Non", "Pas satisfait", "Fair", "Poor",
        "Mauvais", "Passable", "Très insatisfait", "Not at all", "Pas du tout", "1 - Poor",
        "Peu satisfait / Not satisfied", "Not good", "Pas très bien", "Strongly disagree",
    ],
)  # fmt: skip
def test_what_is_on_a_scale_and_not_positive(answer: str) -> None:
    assert not scales.is_positive(answer)
    assert scales.is_on_one(answer)


@pytest.mark.parametrize("answer", ["Yes but too long", "The map", "", "Satisfied with Julie", "!"])
def test_what_is_on_no_scale(answer: str) -> None:
    assert not scales.is_positive(answer)
    assert not scales.is_on_one(answer)


@pytest.mark.parametrize(
    ("text", "answers", "positive"),
    [
        ("Overall satisfaction", "1;4", {"4", "5"}),
        ("Satisfaction globale (0 à 10)", "3;5", {"8", "9", "10"}),
        ("Satisfaction (sur 10)", "3;5", {"8", "9", "10"}),
        ("Satisfaction, 1-4", "3;4", {"3", "4"}),
        ("Satisfaction /7", "3;4", {"6", "7"}),
        ("Satisfaction with the workshop of 11/6/24", "3;4", {"4", "5"}),
        ("Overall satisfaction", "9;4", {"8", "9", "10"}),
        ("Overall satisfaction", "0;5", {"8", "9", "10"}),
        ("Would you recommend us?", "9;4", {"9", "10"}),
        ("Would you recommend us?", "5;4", {"4", "5"}),
        ("Satisfaction (5 = very satisfied)", "5;4", {"4", "5"}),
        ("Satisfaction (1 = not satisfied, 5 = very satisfied)", "5;4", {"4", "5"}),
        ("Overall", "Satisfied;Very satisfied;Somewhat satisfied", {"Satisfied", "Very satisfied"}),
        ("Overall", "Poor;Fair;Poor", set()),
        ("Overall", "4 - Good;4 - Good;2 - Fair;2 - Fair", {"4 - Good"}),
        ("Overall", "Loved it;Yes;Loved it;Yes", {"Yes"}),
    ],
)  # fmt: skip
def test_a_proposal(text: str, answers: str, positive: set[str]) -> None:
    assert feedback.propose([asked(text, answers)]) == (0, positive)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("Satisfaction (1 = very satisfied, 5 = not at all)", "1;2"),
        ("Satisfaction : 1 est très satisfait", "1;2"),
        ("Overall", "Loved it;Loved it"),
        ("Overall satisfaction", "I liked the map;Merci Julie"),
        ("Overall satisfaction", ""),
    ],
)
def test_no_proposal_where_it_cannot_be_told(text: str, answers: str) -> None:
    assert feedback.propose([asked(text, answers)]) is None
    assert feedback.propose([]) is None


@pytest.mark.parametrize(
    ("texts", "index"),
    [
        (["Satisfied with the room?", "Overall, are you satisfied?"], 1),
        (["Satisfied with the room?", "Satisfied with the workshop?"], 1),
        (["Satisfied with the room?", "Satisfied with the food?"], 0),
        (["Was it long?", "Dans l’ensemble, comment évaluez-vous l’atelier ?"], 1),
        (["Êtes-vous satisfait de la salle ?", "Satisfaction générale"], 1),
        (["Was it clear?", "Was it long?"], None),
        (["Was it clear?"], 0),
    ],
)
def test_which_question_is_proposed(texts: list[str], index: int | None) -> None:
    proposal = feedback.propose([asked(text, "4;5") for text in texts])
    assert (proposal and proposal[0]) == index


def test_counting_what_a_person_chose() -> None:
    question = asked("How was it?", "Loved it;loved it;Meh;Meh;;Bof;Bof")
    assert feedback.count(question, {"LOVED IT", "Bof", "never said"}) == (6, 4)
    assert feedback.count(question, set()) == (6, 0)


answers = st.sampled_from(["", "1", "2", "3", "4", "5", "n/a"])


@given(st.lists(st.tuples(answers, st.sampled_from(["Yes", "No", "Oui"]), st.text()), min_size=1))
def test_what_was_answered_is_counted_and_free_words_are_not_kept(
    replies: list[tuple[str, str, str]],
) -> None:
    rows = [["2024/11/06 12:17:00 PM UTC-5", *reply] for reply in replies]
    found = feedback.read([["Timestamp", "Overall satisfaction", "Again?", "Comments"], *rows])
    assert found
    first, second, third = found.questions
    given_answers = Counter(one for one, _, _ in replies if one.isdigit())
    assert first.answers == tuple(sorted(given_answers.items()))
    assert dict(second.answers) == Counter(two for _, two, _ in replies)
    assert found.replies == second.answered == len(replies)
    free = [said for said, _ in third.answers if not scales.is_on_one(said)]
    assert all(scales.number(said) is not None for said in free)
    expected = (given_answers.total(), given_answers["4"] + given_answers["5"])
    assert feedback.count(first, {"4", "5"}) == expected


any_cell = st.text(max_size=12) | st.sampled_from(
    ["ID", "Start time", "Completion time", "Email", "Name", "Timestamp", "Score", "Overall", "4",
     "11/6/24 9:00", "Yes", "(1 = good", "/10", "\x00", "A [Score]", "Points - A", "very " * 40]
)  # fmt: skip
HEADERS = [["ID", "Start time", "Completion time", "Email", "Name"], ["Timestamp"]]


@given(st.sampled_from([*HEADERS, []]), st.lists(st.lists(any_cell, max_size=9), max_size=9))
def test_any_rows_are_an_export_or_none(headers: list[str], rows: list[list[str]]) -> None:
    first, rest = [*headers, *(rows[0] if rows else [])], rows[1:]
    found = feedback.read([first, *rest])
    if not found:
        return
    proposal = feedback.propose(found.questions)
    if proposal:
        answered, positive = feedback.count(found.questions[proposal[0]], proposal[1])
        assert 0 <= positive <= answered <= found.replies
    assert all(sum(n for _, n in q.answers) in (0, q.answered) for q in found.questions)
