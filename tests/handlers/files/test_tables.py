"""A text file's rows, under any encoding, separator and quoting; what is no table is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.files import tables
from tests.handlers.files.meetings import ENCODINGS, written

ROWS = [["Nom", "Durée"], ["Côté, Noémie", "1 h 30"], ["une\nautre", 'dit "oui"']]
# Letters that every encoding here has; a cell is quoted where it has to be.
cells = st.text("abc éÉç’ \n\"'=", max_size=12)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", "\t,;")
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_the_same_rows_however_they_are_written(encoding: str, separator: str, end: str) -> None:
    assert tables.read(written(ROWS, separator, encoding, end)) == ROWS


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(
            st.lists(cells, min_size=width, max_size=width), min_size=2, max_size=9
        )
    ),
    st.sampled_from("\t,;"),
    st.sampled_from(["utf-8-sig", "utf-16", "utf-16-be-bom"]),
)
def test_any_rows_come_back(rows: list[list[str]], separator: str, encoding: str) -> None:
    headed = [["a"] * len(rows[0]), *rows]
    assert tables.read(written(headed, separator, encoding)) == headed


def test_rows_of_a_file_in_sections_keep_their_lengths() -> None:
    said = "1. Summary\nStart;10/16/24, 1:00 PM\n\nName;Join;Email\nA;10/16/24, 1:00 PM;a@b\n"
    assert tables.read(said.encode()) == [
        ["1. Summary"],
        ["Start", "10/16/24, 1:00 PM"],
        [],
        ["Name", "Join", "Email"],
        ["A", "10/16/24, 1:00 PM", "a@b"],
    ]


def test_a_separator_within_answers_is_none() -> None:
    said = b"ID,Choices,Comment\n1,a;b;c;d;,fine\n2,a;b;,\n"
    assert tables.read(said)[1] == ["1", "a;b;c;d;", "fine"]


def test_the_line_that_names_the_separator_is_obeyed_and_left_out() -> None:
    assert tables.read(b"sep=;\r\na,b;c\r\n") == [["a,b", "c"]]


def test_one_column_is_a_table() -> None:
    assert tables.read("Noémie\nMarie\n".encode()) == [["Noémie"], ["Marie"]]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \r\n\t",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"PK\x03\x04" + b"a,b\n" * 9,
        b"%PDF-1.7\n%\xe2\xe3",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
        b"\x1f\x8b\x08\x00abc",
        b"a,b\n\x81\x01",
    ],
)
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(tables.NotATable):
        tables.read(content)


def test_a_file_cut_within_a_character_loses_no_more_than_that() -> None:
    assert tables.read("a,é".encode()[:-1]) == [["a", ""]]
    assert tables.read("\ufeffa\té".encode("utf-16-le")[:-1]) == [["a", ""]]


@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_refused(content: bytes) -> None:
    try:
        rows = tables.read(content)
    except tables.NotATable:
        return
    assert any(cell for row in rows for cell in row) or content.strip()


def test_a_quote_that_nothing_closes_does_not_swallow_a_large_file() -> None:
    rows = tables.read(b'"Kai,1\n' + b"Marie,2\n" * 40_000)
    assert rows[0] == ['"Kai', "1"]
    assert len(rows) == 40_001


def test_ten_megabytes_are_read_whole() -> None:
    content = b"Marie Tremblay,marie@emsb.example,10/16/24 1:00:12 PM,90\r\n" * 180_000
    assert len(tables.read(content)) == 180_000
