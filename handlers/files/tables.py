"""A text file's rows, whatever its encoding, its separator and its quotes."""

import codecs
import csv
import io
import re
from itertools import pairwise

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SEPARATORS = "\t;,"
NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")
BINARY = (b"PK\x03\x04", b"PK\x05\x06", b"%PDF-", b"\xd0\xcf\x11\xe0", b"{\\rtf")
HINT = re.compile(r'"?sep=([\t;,])"?(?:\r\n|\r|\n)', re.IGNORECASE)
LINE_END = re.compile(r"\r\n|\r|\n")
SAMPLE = 32_768  # characters that tell the separator


class NotATable(ValueError):
    """This file is not a table in text form: it is empty, or a workbook, a PDF, an image."""


def read(content: bytes) -> list[list[str]]:
    """The rows of a file, each a list of cells as they stand; an empty line is an empty row.

    Rows keep their own lengths. Raises NotATable for what is empty or is not text.
    """
    text = _text(content)
    if not text or text.isspace():
        raise NotATable
    if hint := HINT.match(text):  # a line that Excel writes and reads
        return _rows(text[hint.end() :], hint.group(1))
    return _rows(text, max(SEPARATORS, key=lambda one: _agreement(text, one)))


def _text(content: bytes) -> str:
    """The file's text. One cut off within a character loses no more than that character."""
    if content.startswith(BINARY):
        raise NotATable
    for bom, encoding in BOMS:
        if content.startswith(bom):
            text = _decoded(content[len(bom) :], encoding, "replace")
            break
    else:
        text = _unmarked(content)
    text = text.removeprefix("\ufeff").rstrip("\x1a")
    if NOT_TEXT.search(text):
        raise NotATable
    return text


def _unmarked(content: bytes) -> str:
    """The text of a file without a byte order mark."""
    sample = content[:4096]
    if b"\x00" in sample:
        # Latin letters in UTF-16 have a zero as every second byte.
        odd, even = sample[1::2].count(0), sample[::2].count(0)
        return _decoded(content, "utf-16-le" if odd > even else "utf-16-be", "replace")
    try:
        return _decoded(content, "utf-8", "strict")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise NotATable from error


def _decoded(content: bytes, encoding: str, errors: str) -> str:
    return codecs.getincrementaldecoder(encoding)(errors).decode(content)


def _rows(text: str, separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:  # a quote that nothing closes swallowed more than a cell can hold
        return _unquoted(text, separator)


def _unquoted(text: str, separator: str) -> list[list[str]]:
    return [line.split(separator) if line else [] for line in LINE_END.split(text.rstrip("\r\n"))]


def _agreement(text: str, separator: str) -> tuple[int, int, int]:
    """How often two rows on end have as many cells under this separator, and the most cells.

    Where quotes hide it, how often two lines have.
    """
    sample = text[:SAMPLE]
    rows = [row for row in _rows(sample, separator) if row]
    return _same(rows), max(map(len, rows), default=0), _same(_unquoted(sample, separator))


def _same(rows: list[list[str]]) -> int:
    return sum(len(one) == len(other) > 1 for one, other in pairwise(rows))
