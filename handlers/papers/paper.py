"""A Word document that reads well and is the same bytes each time.

A paper is made of plain text: nothing in it can run, and a link leads to http or https alone. It
has real heading styles, the language of every run, headers of tables that are repeated, and page
numbers; what it says of itself comes from the caller, never from a clock.
"""

import zipfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Inches, Pt

from handlers.papers import STABLE, look, xml
from handlers.papers.look import BLUE, GREEN, GREY, LINE
from storage.outputs import is_url
from storage.plan import Language


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a heading, its level from 1, and the bookmark it stands at."""

    text: str
    level: int
    mark: str
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """Words in a table, each with the bookmark it leads to, or "" for none."""

    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A line in a cell, after plain words that lead to it. ``color`` only repeats what it says.

    ``apart`` from the lines above it.
    """

    text: str
    bold: bool = False
    color: str = ""
    lead: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Across:
    """A row of two cells: a first one, and ``rest`` across all further columns.

    It may be as long as it likes, and goes on on the next page.
    """

    first: Sequence[Said]
    rest: Sequence[Said]


class Paper:
    """A document being written, from its first page on, in one language.

    ``day`` is the day it speaks for, and what it gives as its own date. A page of the paper has
    room for tables of 6.5 inches, a landscape one of 9.5.
    """

    def __init__(
        self,
        language: Language,
        title: str,
        author: str,
        day: date,
        *,
        landscape: bool = False,
    ) -> None:
        self.language = language
        self._marks = 0
        self._doc: Any = docx.Document()
        about = self._doc.core_properties
        about.title, about.author, about.language = (
            xml.clean(title),
            xml.clean(author),
            xml.TAGS[language],
        )
        about.comments = about.last_modified_by = about.keywords = ""
        about.created = about.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)
        about.revision = 1
        look.styles(self._doc, language)
        look.page(self._doc, title, landscape=landscape)

    def title(self, text: str, below: str = "", *, note: str = "") -> None:
        """The first page: a title, what stands below it, and a note such as "Draft"."""
        space = self._doc.add_paragraph()
        space.paragraph_format.space_after = Pt(150)
        if note:
            xml.run(self._doc.add_paragraph(style="Subtitle"), note.upper(), bold=True)
        xml.run(self._doc.add_paragraph(style="Title"), text)
        for line in below.splitlines():
            xml.run(self._doc.add_paragraph(style="Subtitle"), line)
        self.page_break()

    def heading(
        self,
        text: str,
        level: int,
        mark: str = "",
        language: Language | None = None,
        *,
        new_page: bool = False,
    ) -> None:
        """A heading of level 1 to 3; ``mark`` is the bookmark that contents and index lead to."""
        made = self._doc.add_heading(level=level)
        made.paragraph_format.page_break_before = new_page
        self._words(made, text, language)
        if mark:
            self._bookmark(made, mark)

    def paragraph(
        self, text: str, language: Language | None = None, *, muted: bool = False
    ) -> None:
        """A paragraph for each line of the text."""
        for line in text.splitlines():
            if line.strip():
                self._words(self._doc.add_paragraph(), line, language, muted=muted)

    def signature(self, label: str) -> None:
        """A line to sign on, with room above it."""
        made = self._doc.add_paragraph()
        made.paragraph_format.space_before = Pt(42)
        self._words(made, f"{label} {'_' * 36}", None)

    def links(self, urls: Iterable[str]) -> None:
        """A list of links, each written out; what is no link to the web is plain text."""
        for url in urls:
            made = self._doc.add_paragraph(style="List Bullet")
            if is_url(url):
                self._link(made, url)
            else:
                self._words(made, url, None)

    def facts(self, rows: Sequence[tuple[str, str]]) -> None:
        """Labels with their values, in a table of two columns that stays on one page."""
        table = self._table(len(rows), (1.5, 5.0))
        for at, (label, value) in enumerate(rows):
            first, second = table.rows[at].cells
            xml.run(first.paragraphs[0], label, bold=True, color=GREEN)
            self._words(second.paragraphs[0], value, None)
            xml.shade(first)
            for made in (first.paragraphs[0], second.paragraphs[0]):
                made.paragraph_format.keep_with_next = at < len(rows) - 1
        self._after_table()

    def table(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[str | Cell | Sequence[Said]] | Across],
        widths: Sequence[float],
        *,
        right: Collection[int] = (),
    ) -> None:
        """Rows under a header that is repeated on every page; widths in inches.

        The columns ``right`` are numbers, and end at the same place.
        """
        table = self._table(1 + len(rows), widths)
        for cell, text in zip(table.rows[0].cells, header, strict=True):
            xml.run(cell.paragraphs[0], text, bold=True, color=GREEN)
            xml.shade(cell)
        xml.mark_row(table.rows[0], "w:tblHeader")
        for made, row in zip(table.rows[1:], rows, strict=True):
            if isinstance(row, Across):
                self._across(made, row)
                continue
            for cell, says in zip(made.cells, row, strict=True):
                if not isinstance(says, str | Cell):
                    self._lines(cell, says)
                    continue
                parts = says.parts if isinstance(says, Cell) else ((says, ""),)
                for text, mark in parts:
                    if mark:
                        self._lead(cell.paragraphs[0], text, mark)
                    else:
                        self._words(cell.paragraphs[0], text, None)
        for made in table.rows:
            for at in right:
                made.cells[at].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._after_table()

    def contents(self, title: str, entries: Sequence[Entry]) -> None:
        """Word's own table of contents, filled in with the entries as it stands.

        Until Word is asked to update it (F9), it has no page numbers; its lines lead there.
        """
        xml.run(self._doc.add_paragraph(style="TOC Heading"), title)
        last = None
        for at, entry in enumerate(entries):
            last = self._doc.add_paragraph(style=f"TOC {entry.level}")
            if at == 0:
                xml.begin_field(last, ' TOC \\o "1-2" \\h \\z \\u ')
            self._lead(last, entry.text, entry.mark, entry.language)
        if last is not None:
            last._p.append(xml.field_char("end"))

    def page_break(self) -> None:
        """What follows begins a page."""
        self._doc.add_page_break()

    def content(self) -> bytes:
        """The document as a file: the same for the same words, whenever it is made."""
        made, packed = BytesIO(), BytesIO()
        self._doc.save(made)
        with zipfile.ZipFile(made) as parts, zipfile.ZipFile(packed, "w") as archive:
            for name in parts.namelist():
                one = zipfile.ZipInfo(name, STABLE)
                one.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(one, parts.read(name))
        return packed.getvalue()

    def _words(
        self, made: Any, text: str, language: Language | None, *, muted: bool = False
    ) -> None:
        run = xml.run(made, text, color=GREY if muted else "")
        xml.speak(run, language, self.language)

    def _lines(self, cell: Any, lines: Sequence[Said]) -> None:
        """Lines in a cell, each a paragraph."""
        for at, one in enumerate(lines):
            made = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            made.paragraph_format.space_before = Pt(3 if at == 0 else 8 if one.apart else 0)
            made.paragraph_format.space_after = Pt(3)
            made.paragraph_format.widow_control = True
            if one.lead:
                xml.run(made, one.lead)
            xml.run(made, one.text, bold=one.bold, color=one.color)

    def _across(self, made: Any, row: Across) -> None:
        first, second = made.cells[0], made.cells[1].merge(made.cells[-1])
        xml.unmark_row(made, "w:cantSplit")
        self._lines(first, row.first)
        self._lines(second, row.rest)

    def _bookmark(self, made: Any, mark: str) -> None:
        self._marks += 1
        start = xml.element("w:bookmarkStart", id=str(self._marks), name=mark)
        made._p.insert(1 if made._p.pPr is not None else 0, start)
        made._p.append(xml.element("w:bookmarkEnd", id=str(self._marks)))

    def _lead(self, made: Any, text: str, mark: str, language: Language | None = None) -> None:
        """Words that lead to a bookmark of this document."""
        run = xml.run(made, text)
        xml.speak(run, language, self.language)
        link = xml.element("w:hyperlink", anchor=mark, history="1")
        link.append(run._r)
        made._p.append(link)

    def _link(self, made: Any, url: str) -> None:
        run = xml.run(made, url, color=BLUE)
        run.underline = True
        id = made.part.relate_to(xml.clean(url), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = xml.element("w:hyperlink")
        link.set(qn("r:id"), id)
        link.append(run._r)
        made._p.append(link)

    def _table(self, rows: int, widths: Sequence[float]) -> Any:
        table = self._doc.add_table(rows, len(widths))
        table.autofit = False
        about: Any = table._tbl.tblPr
        borders = xml.element("w:tblBorders")
        for side in ("top", "bottom", "insideH"):
            borders.append(xml.element(f"w:{side}", val="single", sz="4", space="0", color=LINE))
        about.find(qn("w:tblLayout")).addprevious(borders)  # the format has an order
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Inches(width)
        for row in table.rows:
            xml.mark_row(row, "w:cantSplit")
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = Inches(width)
                cell.paragraphs[0].paragraph_format.space_before = Pt(3)
                cell.paragraphs[0].paragraph_format.space_after = Pt(3)
        return table

    def _after_table(self) -> None:
        gap = self._doc.add_paragraph().paragraph_format
        # As good as no line: where the table ends its page, a line more would begin an empty one.
        gap.line_spacing, gap.space_after = Pt(1), Pt(14)
