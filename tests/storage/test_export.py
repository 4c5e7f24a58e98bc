"""An export opens right in a spreadsheet, runs nothing there, and says what its columns mean."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.contents import Unusable
from storage.database import reading, writing
from storage.export import Format, neutral, write
from storage.export_columns import COLUMNS
from tests import filled

FILLED = ("entries", "people", "partners", "requests", "dictionary")
TABLES = tuple(dict.fromkeys(each.table for each in COLUMNS))
Row = dict[str, str]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    filled.fill(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "out"


def exported(data: Path, out: Path, format: Format, *, force: bool = False) -> dict[str, int]:
    with reading(data) as tx:
        return {path.name: rows for path, rows in write(tx, out, format, force=force).items()}


def as_csv(out: Path, table: str) -> list[Row]:
    with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def as_json(out: Path, table: str) -> list[dict[str, object]]:
    return json.loads((out / f"{table}.json").read_text("utf-8"))


def test_every_table_has_a_file_and_its_rows_are_counted(data: Path, out: Path) -> None:
    numbers = dict.fromkeys(TABLES, 0)
    numbers |= dict(zip(FILLED, (4, 4, 1, 1, len(COLUMNS)), strict=True))
    for format in Format:
        assert exported(data, out, format) == {
            f"{table}.{format}": rows for table, rows in numbers.items()
        }
    for table, rows in numbers.items():
        assert len(as_csv(out, table)) == len(as_json(out, table)) == rows


def test_an_entry_is_one_flat_row(data: Path, out: Path) -> None:
    exported(data, out, Format.CSV)
    assert as_csv(out, "entries")[0] == {
        "entry": "1",
        "day": "2025-02-18",
        "kind": "accompaniment",
        "minutes": "135",
        "hours": "2.25",
        "person": "1",
        "person_name": "Megan Whitfield",
        "people": "Marie Tremblay (cda); 3 × principal",
        "people_roles": "cda; principal",
        "people_number": "4",
        "boards": "CQSB; EMSB",
        "partner": "",
        "partner_kind": "",
        "objective": "'" + filled.FORMULA,
        "request": "1",
        "said": filled.AWKWARD,
        "version": "1",
        "created_at": "2025-02-19T21:20:00Z",
        "voided_at": "",
    }


def test_partners_voids_and_changes_show(data: Path, out: Path) -> None:
    exported(data, out, Format.CSV)
    _, support, voided, changed = as_csv(out, "entries")
    assert (support["partner"], support["partner_kind"]) == ("CHSSN", "table")
    assert support["hours"] == "0.3333"
    assert voided["voided_at"] == "2025-02-19T21:23:00Z"
    assert (changed["minutes"], changed["version"], changed["voided_at"]) == ("45", "2", "")


def test_json_keeps_the_values_as_they_are(data: Path, out: Path) -> None:
    exported(data, out, Format.JSON)
    entry = as_json(out, "entries")[0]
    assert entry["objective"] == filled.FORMULA
    assert (entry["minutes"], entry["hours"], entry["voided_at"]) == (135, 2.25, None)
    assert entry["boards"] == ["CQSB", "EMSB"]
    assert entry["people"] == [
        {"role": "cda", "name": "Marie Tremblay", "number": 1},
        {"role": "principal", "name": "", "number": 3},
    ]
    assert "Geneviève" in (out / "people.json").read_text("utf-8")
    assert as_json(out, "people")[0]["platform_ids"] == ["slack:U0MEG"]


def test_the_sums_of_both_formats_are_the_stores(data: Path, out: Path) -> None:
    for format in Format:
        exported(data, out, format)
    in_csv = sum(int(row["minutes"]) for row in as_csv(out, "entries") if not row["voided_at"])
    in_json = sum(
        int(str(row["minutes"])) for row in as_json(out, "entries") if not row["voided_at"]
    )
    assert in_csv == in_json == 135 + 20 + 45


def test_csv_is_what_excel_and_the_rfc_want(data: Path, out: Path) -> None:
    exported(data, out, Format.CSV)
    raw = (out / "entries.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfentry,day,kind,minutes,hours,")
    assert raw.endswith(b"\r\n")
    assert b'"line one\nline ""two"", with ' in raw


def test_long_and_strange_texts_come_back_whole(data: Path, out: Path) -> None:
    long = "é" * 9_000 + "\r\n" + "👩🏽‍🏫" * 250
    names = [long, "-\t5", "\t=1", " =1+1", "＝1+1", 'a,b;"c"', "'=already", "\u202e=1", "\0x"]
    with writing(data) as tx:
        for number, name in enumerate(names):
            tx.run(
                "INSERT INTO partners (name, folded, kind, created) VALUES (:name, :n, 'table', 0)",
                name=name,
                n=str(number),
            )
    for format in Format:
        exported(data, out, format)
    assert [row["name"] for row in as_json(out, "partners")[1:]] == names
    read = [row["name"] for row in as_csv(out, "partners")[1:]]
    assert read == [neutral(name) for name in names]
    assert sum(name != wrote for name, wrote in zip(names, read, strict=True)) == 5


def test_each_name_of_a_list_is_neutral_by_itself(data: Path, out: Path) -> None:
    with writing(data) as tx:
        tx.run("UPDATE entry_people SET name = '=1', role = '' WHERE position = 0")
        tx.run("UPDATE entry_people SET name = '=2', role = '', number = 1 WHERE position = 1")
    exported(data, out, Format.CSV)
    assert as_csv(out, "entries")[0]["people"] == "'=1; '=2"


def test_an_empty_database_gives_empty_tables(tmp_path: Path, out: Path) -> None:
    with writing(tmp_path / "new"):
        pass
    for format in Format:
        exported(tmp_path / "new", out, format)
    assert as_csv(out, "entries") == as_json(out, "entries") == []


def test_nothing_is_overwritten_unless_forced(data: Path, out: Path) -> None:
    exported(data, out, Format.CSV)
    (out / "people.csv").write_text("mine")
    (out / "entries.csv").unlink()
    with pytest.raises(Unusable, match=r"people\.csv is there already; --force"):
        exported(data, out, Format.CSV)
    assert (out / "people.csv").read_text() == "mine"
    assert not (out / "entries.csv").exists()
    exported(data, out, Format.CSV, force=True)
    assert len(as_csv(out, "people")) == 4


def test_files_are_all_written_or_none(
    data: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(data) as tx:
        tx.run("UPDATE partners SET created = :never", never=10**17)  # no such year
    with pytest.raises((ValueError, OverflowError, OSError)):
        exported(data, out, Format.CSV)
    assert list(out.iterdir()) == []


def test_only_this_account_can_read_the_files(data: Path, out: Path) -> None:
    exported(data, out, Format.JSON)
    assert {path.stat().st_mode & 0o777 for path in out.iterdir()} == {0o600}


def test_the_dictionary_explains_every_column_in_both_languages(data: Path, out: Path) -> None:
    for format in Format:
        exported(data, out, format)
    rows = as_csv(out, "dictionary")
    for table in TABLES:
        explained = [row["column"] for row in rows if row["table"] == table]
        with (out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert explained == ["", *next(csv.reader(file))]
        if first := as_json(out, table):
            assert explained == ["", *first[0]]
    for row in rows:
        assert all(row[each] for each in ("unit_en", "unit_fr", "english", "french"))
        assert row["english"] != row["french"]
        assert row["english"].endswith(".")
        assert row["french"].endswith(".")


DANGEROUS = "=+-@\t\r\n＝＋－＠﹢﹣⁺"


@given(st.text() | st.text(alphabet=DANGEROUS + " '\u00a0\u200b\u202ea"))
@example("=1").via("plain")
@example("\ufeff\u00a0 =1").via("hidden behind blanks")
def test_a_formula_is_disarmed_and_can_be_had_back(text: str) -> None:
    safe = neutral(text)
    assert safe in (text, "'" + text)
    seen = safe.lstrip(" \u00a0\u200b\u202e\ufeff")
    assert not seen.startswith(tuple(DANGEROUS))
    assert neutral(safe) == safe
    if safe != text:
        assert safe.removeprefix("'") == text


@pytest.mark.parametrize("text", ["", "5", "2025-01-01", "a=b", "(=1)", "'=1", "é", "<b>", "x\t="])
def test_other_text_is_left_alone(text: str) -> None:
    assert neutral(text) == text


def test_more_entries_than_are_read_at_a_time_are_all_exported(data: Path, out: Path) -> None:
    with writing(data) as tx:
        tx.run_many(
            "INSERT INTO entries (kind, day, minutes, person, objective, said, version, created)"
            " VALUES ('accompaniment', '2025-01-10', :minutes, 1, '', '', 1, 0)",
            [{"minutes": minutes} for minutes in range(2_500)],
        )
    assert exported(data, out, Format.CSV)["entries.csv"] == 2_504
    assert [row["entry"] for row in as_csv(out, "entries")] == [str(n) for n in range(1, 2_505)]
