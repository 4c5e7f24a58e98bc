"""What a workbook holds: the cells of its sheets with their types, as Excel would read them."""

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
Cell = str | float


def sheets_of(content: bytes) -> dict[str, list[list[Cell | None]]]:
    """The rows of each sheet by its name; a cell is text, a number, or None."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
        links = ElementTree.fromstring(parts.read("xl/_rels/workbook.xml.rels"))
        where = {one.get("Id"): one.get("Target") for one in links}
        strings = [
            _plain("".join(t.text or "" for t in one.iter(f"{S}t")))
            for one in ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
        ]
        return {
            one.get("name", ""): _rows(
                ElementTree.fromstring(parts.read(f"xl/{where[one.get(f'{R}id')]}")), strings
            )
            for one in book.iter(f"{S}sheet")
        }


def xml_of(content: bytes) -> dict[str, str]:
    """The XML of every part, by its name."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return {name: parts.read(name).decode() for name in parts.namelist()}


def _plain(text: str) -> str:
    """A text without the escapes of this format: _x0041_ is an A."""
    return re.sub("_x([0-9a-fA-F]{4})_", lambda one: chr(int(one[1], 16)), text)


def _rows(sheet: ElementTree.Element, strings: list[str]) -> list[list[Cell | None]]:
    rows: list[list[Cell | None]] = []
    for row in sheet.iter(f"{S}row"):
        cells: list[Cell | None] = []
        for cell in row.iter(f"{S}c"):
            letters = re.sub(r"\d", "", cell.get("r", ""))
            at = 0
            for letter in letters:
                at = at * 26 + ord(letter) - ord("A") + 1
            cells += [None] * (at - 1 - len(cells))
            value = cell.find(f"{S}v")
            text = value.text if value is not None and value.text else ""
            cells.append(strings[int(text)] if cell.get("t") == "s" else float(text))
        rows.append(cells)
    return rows
