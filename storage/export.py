"""The export: what a person would want of the database as files, for spreadsheets or programs."""

import csv
import json
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from storage import entries, export_records, export_reports, export_seats, identities, people
from storage.contents import Unusable
from storage.copies import whole
from storage.database import Tx
from storage.entries import Accompanied, Entry
from storage.export_columns import COLUMNS, DICTIONARY
from storage.export_units import instant
from storage.plan import PartnerKind

Record = dict[str, object]


class Format(StrEnum):
    """What the files are written as."""

    CSV = "csv"
    JSON = "json"


def write(tx: Tx, folder: Path, format: Format, *, force: bool = False) -> dict[Path, int]:
    """Write a file for each table and one that explains them; the rows each file has.

    ``folder`` is made where there is none. All files are written or none. Raises Unusable where one
    is there already, unless ``force``; and OSError.
    """
    tables = {
        "entries": _entries(tx),
        "people": _people(tx),
        "partners": _partners(tx),
        "requests": _requests(tx),
        **export_records.tables(tx),
        **export_seats.tables(tx),
        **export_reports.tables(tx),
        DICTIONARY: _dictionary(),
    }
    there = [path for table in tables if (path := folder / f"{table}.{format}").exists()]
    if there and not force:
        raise Unusable(f"{there[0]} is there already; --force writes over it")
    folder.mkdir(parents=True, exist_ok=True)
    written: dict[Path, int] = {}
    with ExitStack() as all_or_none:
        for table, records in tables.items():
            path = folder / f"{table}.{format}"
            new = all_or_none.enter_context(whole(path))
            columns = [each.name for each in COLUMNS if each.table == table and each.name]
            as_file = _write_csv if format is Format.CSV else _write_json
            written[path] = as_file(new, columns, records)
    return written


def packed(tx: Tx, format: Format) -> bytes:
    """The same files in one ZIP file, the same bytes for the same data."""
    made = BytesIO()
    with TemporaryDirectory() as folder, ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for path in write(tx, Path(folder), format):
            one = ZipInfo(path.name)  # of its own fixed date
            one.compress_type = ZIP_DEFLATED
            archive.writestr(one, path.read_bytes())
    return made.getvalue()


def neutral(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet could take it for a formula.

    That is where the first thing to be seen in it is = + - or @, of any width, or where a tab or a
    line break comes before the first thing to be seen.
    """
    # Categories Z and C: what takes no ink.
    first = next((n for n, c in enumerate(text) if unicodedata.category(c)[0] not in "ZC"), None)
    before = text[:first]
    shown = unicodedata.normalize("NFKC", text[len(before) : len(before) + 1])
    if shown.startswith(("=", "+", "-", "@")) or not {*"\t\r\n"}.isdisjoint(before):
        return f"'{text}"
    return text


def _write_csv(path: Path, columns: list[str], records: Iterable[Record]) -> int:
    # The byte order mark is how Excel knows UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(columns)
        rows = 0
        for record in records:
            out.writerow([_cell(record[column]) for column in columns])
            rows += 1
    return rows


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        parts = cast("tuple[object, ...]", value)
        return neutral("; ".join(neutral(_in_words(part)) for part in parts))
    return neutral(value) if isinstance(value, str) else value


def _in_words(one: object) -> str:
    """Someone accompanied: "Marie Tremblay (cda)", "3 × principal"."""
    if not isinstance(one, Accompanied):
        return str(one)
    who = f"{one.name} ({one.role})" if one.name and one.role else one.name or one.role or "?"
    return who if one.number == 1 else f"{one.number} × {who}"


def _write_json(path: Path, columns: list[str], records: Iterable[Record]) -> int:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        rows = 0
        for record in records:
            ordered = {column: record[column] for column in columns}
            file.write(",\n" if rows else "[\n")
            file.write(json.dumps(ordered, ensure_ascii=False, default=asdict))
            rows += 1
        file.write("\n]\n" if rows else "[]\n")
    return rows


def _entries(tx: Tx) -> Iterator[Record]:
    names = {person.id: person.name for person in people.everyone(tx)}
    for entry in entries.every(tx):
        yield _entry(entry, names[entry.person])


def _entry(entry: Entry, owner: str) -> Record:
    says = entry.says
    kind = PartnerKind.TABLE if says.table else PartnerKind.ORGANISATION
    return {
        "entry": entry.id,
        "day": says.day.isoformat(),
        "kind": says.kind.value,
        "minutes": says.minutes,
        "hours": round(says.minutes / 60, 4),
        "person": entry.person,
        "person_name": owner,
        "people": says.people,
        "people_roles": tuple(sorted({one.role for one in says.people if one.role})),
        "people_number": sum(one.number for one in says.people),
        "boards": says.boards,
        "partner": says.partner,
        "partner_kind": kind.value if says.partner else "",
        "objective": says.objective,
        "request": entry.request,
        "said": says.said,
        "version": entry.version,
        "created_at": instant(entry.created),
        "voided_at": instant(entry.voided),
    }


def _people(tx: Tx) -> Iterator[Record]:
    ids = identities.of_everyone(tx)
    for row in tx.rows("SELECT * FROM people ORDER BY id"):
        yield {
            "person": row["id"],
            "name": row["name"],
            "role": row["role"],
            "language": row["language"],
            "timezone": row["timezone"],
            "platform_ids": tuple(f"{one.platform}:{one.id}" for one in ids.get(row["id"], ())),
            "joined_to": row["joined"],
            "met_at": instant(row["created"]),
        }


def _partners(tx: Tx) -> Iterator[Record]:
    for row in tx.rows("SELECT * FROM partners ORDER BY id"):
        yield {
            "partner": row["id"],
            "name": row["name"],
            "kind": row["kind"],
            "created_at": instant(row["created"]),
        }


def _requests(tx: Tx) -> Iterator[Record]:
    for row in tx.rows(
        "SELECT r.id AS request, r.day, r.person, p.name AS person_name"
        " FROM requests r JOIN people p ON p.id = r.person ORDER BY r.id"
    ):
        yield dict(row)


def _dictionary() -> Iterator[Record]:
    for each in COLUMNS:
        yield {
            "table": each.table,
            "column": each.name,
            "unit_en": each.unit.en,
            "unit_fr": each.unit.fr,
            "english": each.means.en,
            "french": each.means.fr,
        }
