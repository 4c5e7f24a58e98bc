"""Rosters: any list of people reads back, and what is unclear in one is said, never guessed."""

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.files import roster, tables
from handlers.files.headers import Field
from handlers.files.roster import Line, Problem, Why
from storage.network import Language
from storage.plan_files import load_networks

NETWORK = load_networks(None)["english-schools"]
SAMPLES = Path(__file__).parents[3].parent / "shared" / "samples"


def read(text: str) -> roster.Roster:
    """The roster of a table written with semicolons."""
    found = roster.read([line.split(";") for line in text.splitlines()], NETWORK)
    assert found
    return found


def problems(
    cells: str, headers: str = "name;email;role;board;start;end;language"
) -> list[Problem]:
    """What is unclear about one line."""
    (line,) = read(f"{headers}\n{cells}").lines
    return list(line.problems)


def test_a_line_of_a_roster() -> None:
    found = read(
        "name;email;role;board;centre;start_date;end_date;language\n"
        "Priya Patel;PPatel@hebrew.example;CDA;Hebrew Academy;HA CLC;2022-08-29;2024-12-20;en\n"
        "\n"
        "Noémie Côté;;ADC;CSS du Littoral;;2024-10-15;;Français"
    )
    assert found.lines == (
        Line(
            2, "Priya Patel", "ppatel@hebrew.example", "cda", "HEBREW", "HA CLC",
            date(2022, 8, 29), date(2024, 12, 20), Language.EN,
        ),
        Line(
            4, "Noémie Côté", "", "cda", "LITTORAL", "", date(2024, 10, 15), None, Language.FR
        ),
    )  # fmt: skip


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not here")
def test_the_sample_reads_without_a_problem() -> None:
    found = roster.read(tables.read((SAMPLES / "roster.csv").read_bytes()), NETWORK)
    assert found
    assert [line.role for line in found.lines] == [
        "cda",
        "cda",
        "cda",
        "principal",
        "board_rep",
        "cda",
    ]
    boards = ["EMSB", "LBPSB", "LITTORAL", "RSB", "WQSB", "HEBREW"]
    assert [line.board for line in found.lines] == boards
    assert not any(line.problems for line in found.lines)
    assert all(line.starts and line.language for line in found.lines)


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not here")
@pytest.mark.parametrize(
    "file",
    ["msforms-feedback", "googleforms-feedback-fr", "teams-attendance-utf16",
     "zoom-attendance-detailed"],
)  # fmt: skip
def test_other_samples_are_no_roster(file: str) -> None:
    assert roster.read(tables.read((SAMPLES / f"{file}.csv").read_bytes()), NETWORK) is None


@pytest.mark.parametrize(
    "headers",
    [
        "Nom;Courriel;Fonction;Commission scolaire;École;Date de début;Date de fin;Langue",
        "NOM;COURRIEL;RÔLE;CENTRE DE SERVICES;CSC;EMBAUCHE;DÉPART;LANGUE",
        "Full Name;E-mail Address;Title;School board;School;Hire date;Last day;Preferred language",
        "Name / Nom;Email / Courriel;Role/Rôle;Board (SB);CLC/CSC;Start Date (yyyy-mm-dd);Fin;Lang",
        "\ufeffprénom et nom;adresse_courriel;Poste;CS/CSS;centre;depuis;jusqu’au;langue",
    ],
)
def test_headers_in_both_languages(headers: str) -> None:
    cells = "Zoé Roy;zoe@emsb.example;ADC;CSEM;LaurierMac;2024-09-03;2025-06-27;FR"
    (line,) = read(f"{headers}\n{cells}").lines
    assert line == Line(
        2, "Zoé Roy", "zoe@emsb.example", "cda", "EMSB", "LaurierMac",
        date(2024, 9, 3), date(2025, 6, 27), Language.FR,
    )  # fmt: skip


@pytest.mark.parametrize(
    "headers", ["First name;Last name", "Prénom;Nom", "Given Name;Surname", "prénom;nom de famille"]
)
def test_a_name_in_two_columns(headers: str) -> None:
    (line,) = read(f"{headers};email\nJean-Paul;O’Brien;").lines
    assert line.name == "Jean-Paul O’Brien"


def test_the_last_name_first_in_every_row_is_turned_and_in_some_rows_kept() -> None:
    turned = read("name;role\nTremblay, Marie;CDA\nCôté, Noémie;CDA\nVacant;CDA")
    assert [line.name for line in turned.lines] == ["Marie Tremblay", "Noémie Côté", ""]
    kept = read("name;role\nTremblay, Marie;CDA\nNoémie Côté;CDA")
    assert [line.name for line in kept.lines] == ["Tremblay, Marie", "Noémie Côté"]


def test_a_title_may_stand_above_and_a_header_not_understood_is_named() -> None:
    found = read("CDAs of the network\n;;\nname;shoe size;role\nPriya Patel;38;CDA")
    assert [(line.row, line.name) for line in found.lines] == [(4, "Priya Patel")]
    assert found.unread == ("shoe size",)


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("school board rep", "board_rep"), ("ADC", "cda"), ("direction", "principal"),
        ("C.D.A.", "cda"), ("Directrice d'école", "principal"), ("Enseignant(e)", "teacher"),
        ("CDA / ADC", "cda"), ("Vice-Principal", "principal"), ("BOARD_REP", "board_rep"),
        ("Agente de développement communautaire", "cda"),
    ],
)  # fmt: skip
def test_roles_by_the_words_of_the_network(said: str, role: str) -> None:
    (line,) = read(f"name;role\nPriya Patel;{said}").lines
    assert (line.role, line.problems) == (role, ())


@pytest.mark.parametrize(
    "said", ["janitor", "CDA / teacher", "CDA, EMSB", "CD", "acting principal"]
)
def test_a_role_is_never_guessed(said: str) -> None:
    assert problems(f"Priya Patel;;{said}") == [Problem(Why.UNKNOWN_ROLE, said)]


def test_a_word_that_two_roles_share_is_neither() -> None:
    teacher = next(role for role in NETWORK.role if role.id == "teacher")
    coach = teacher.model_copy(update={"id": "coach"})
    both = NETWORK.model_copy(update={"role": (*NETWORK.role, coach)})
    found = roster.read([["name", "role"], ["A B", "teacher"], ["C D", "coach"]], both)
    assert found
    assert [line.role for line in found.lines] == ["", "coach"]


def test_what_is_unclear_is_said_with_what_the_file_says() -> None:
    assert problems(";a@b.example") == [Problem(Why.NO_NAME)]
    assert problems("12;a@b.example") == [Problem(Why.NO_NAME, "12")]
    assert problems("À combler;;CDA") == [Problem(Why.NO_NAME, "À combler")]
    assert problems("A B;;;Laval") == [Problem(Why.UNKNOWN_BOARD, "Laval")]
    assert problems("A B;;;;03/04/2024") == [Problem(Why.UNCLEAR_START, "03/04/2024")]
    assert problems("A B;;;;;spring") == [Problem(Why.UNCLEAR_END, "spring")]
    assert problems("A B;;;;;;Klingon") == [Problem(Why.UNKNOWN_LANGUAGE, "Klingon")]
    backwards = Problem(Why.ENDS_BEFORE_START, "2024-09 – 2024-08")
    assert problems("A B;;;;2024-09;2024-08") == [backwards]
    assert problems("A B;;;;2024-09;2024-09") == []


@pytest.mark.parametrize(
    "said", ["marie", "a@b", "a@b.", "a b@c.example", "a@b.example, c@d.example", "@b.example"]
)
def test_what_is_no_address(said: str) -> None:
    assert problems(f"Marie Tremblay;{said}") == [Problem(Why.BAD_EMAIL, said)]


def test_an_address_twice_is_a_problem_of_both_lines() -> None:
    found = read("name;email\nA B;a@b.example\nC D;mailto:A@B.example\nE F;\nG H;")
    same = (Problem(Why.SAME_EMAIL, "a@b.example"),)
    assert [line.problems for line in found.lines] == [same, same, (), ()]


@pytest.mark.parametrize("said", ["parent", "Élève", "students"])
def test_a_parent_or_a_student_keeps_no_name(said: str) -> None:
    (line,) = read(f"name;email;role\nSomeone Real;real@home.example;{said}").lines
    assert (line.name, line.email) == ("", "")
    assert line.problems == (Problem(Why.NEVER_NAMED, said),)
    assert "eal" not in repr(line)


@pytest.mark.parametrize(
    "text",
    [
        "", ";;", "email;role\na@b.example;CDA", "name\nPriya Patel", "Priya Patel;CDA",
        "Name;First Join;Last Leave;Email;Role\nA B;;;a@b.example;Presenter",
        "ID;Start time;Completion time;Email;Name\n1;;;a@b.example;A B",
    ],
)  # fmt: skip
def test_no_roster(text: str) -> None:
    assert roster.read([line.split(";") for line in text.splitlines()], NETWORK) is None


# Each field's header in both languages, and ways to write a value that must read back as it.
HEADERS = {
    Field.NAME: ("Name", "nom complet"), Field.EMAIL: ("E-mail", "Adresse courriel"),
    Field.ROLE: ("Role", "FONCTION"), Field.BOARD: ("School Board", "Commission scolaire"),
    Field.CENTRE: ("Centre", "école"), Field.STARTS: ("start_date", "Date d’embauche"),
    Field.ENDS: ("End date", "Date de fin"), Field.LANGUAGE: ("Language", "Langue"),
}  # fmt: skip
ROLES = [
    (role.id, word)
    for role in NETWORK.role
    if role.id not in roster.NEVER_NAMED
    for word in (role.id, *role.name.model_dump().values(), *role.also)
]
BOARDS = [
    (body.id, word)
    for body in NETWORK.body
    for word in (*body.name.model_dump().values(), *body.short.model_dump().values(), *body.also)
]
MONTHS = [
    "janv.", "févr.", "mars", "avril", "mai", "juin",
    "juil.", "août", "sept.", "oct.", "nov.", "déc.",
]  # fmt: skip
DAYS = (
    str,
    lambda day: f"{day:%Y/%m/%d}",
    lambda day: f"{day:%d-%b-%Y}",
    lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
)
LANGUAGES = {Language.EN: ("en", "English", "ANGLAIS"), Language.FR: ("fr", "French", "Français")}
words = st.text("abcdefghijklmnopqrstuvwxyzéèôçï'-", min_size=1, max_size=9).map(lambda w: f"N{w}é")
a_day = st.none() | st.dates(date(2000, 1, 1), date(2060, 1, 1))
cases = st.sampled_from([str, str.upper, str.title])
person = st.builds(
    Line,
    row=st.just(0),
    name=st.builds("{} {}".format, words, words),
    centre=words | st.just(""),
    starts=a_day,
    ends=a_day,
    language=st.none() | st.sampled_from(Language),
)


@given(st.data())
def test_any_roster_reads_back_the_same(data: st.DataObject) -> None:
    order = data.draw(st.permutations(list(HEADERS)))
    headers = [data.draw(st.sampled_from(HEADERS[field])) for field in order]
    form = data.draw(st.sampled_from(DAYS))
    rows, expected = [], []
    for row, line in enumerate(data.draw(st.lists(person, min_size=1, max_size=6)), 2):
        role, role_said = data.draw(st.just(("", "")) | st.sampled_from(ROLES))
        board, board_said = data.draw(st.just(("", "")) | st.sampled_from(BOARDS))
        email = data.draw(st.sampled_from(["", f"p{row}@emsb.example"]))
        if line.starts and line.ends and line.ends < line.starts:
            line = replace(line, starts=line.ends, ends=line.starts)
        cells = {
            Field.NAME: line.name, Field.EMAIL: email.upper(), Field.CENTRE: line.centre,
            Field.ROLE: data.draw(cases)(role_said), Field.BOARD: data.draw(cases)(board_said),
            Field.STARTS: form(line.starts) if line.starts else "",
            Field.ENDS: form(line.ends) if line.ends else "",
            Field.LANGUAGE: data.draw(st.sampled_from(LANGUAGES[line.language]))
            if line.language else "",
        }  # fmt: skip
        rows.append([cells[field] for field in order])
        expected.append(replace(line, row=row, email=email, role=role, board=board))
    file = io.StringIO()
    separator = data.draw(st.sampled_from(",;\t"))
    csv.writer(file, delimiter=separator).writerows([headers, *rows])
    content = file.getvalue().encode(data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])))
    found = roster.read(tables.read(content), NETWORK)
    assert found
    assert list(found.lines) == expected


any_cell = st.text(max_size=12) | st.sampled_from(
    ["Name", "Prénom", "Nom", "Email", "role", "CS", "start", "end", "lang", "CDA", "a@b.example",
     "03/04/2024", "2024-09", "parent", "Doe, Jo", "\x00", "(((", "9" * 400]
)  # fmt: skip


@given(st.lists(st.lists(any_cell, max_size=8), max_size=14))
def test_any_rows_are_a_roster_or_none(rows: list[list[str]]) -> None:
    found = roster.read(rows, NETWORK)
    for line in found.lines if found else ():
        assert any(cell.strip() for cell in rows[line.row - 1])
        assert line.name or line.problems


@given(st.lists(st.lists(any_cell, max_size=8), max_size=14))
def test_every_row_below_the_headers_is_a_line(rows: list[list[str]]) -> None:
    found = roster.read([["Name", "Role"], *rows], NETWORK)
    assert found
    filled = [n for n, row in enumerate(rows, 2) if any(cell.strip() for cell in row)]
    assert [line.row for line in found.lines] == filled
