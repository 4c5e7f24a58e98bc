"""A Word document that reads well and is the same bytes each time.

A paper is made of plain text: nothing in it can run, and a link leads to http or https alone. It
has real heading styles, the language of every run, headers of tables that are repeated, and page
numbers; what it says of itself comes from the caller, never from a clock.
"""

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor

from handlers.papers import xml
from storage.outputs import is_url
from storage.plan import Language

GREEN, GREY, BLUE, LINE = "12423A", "595959", "0B5C8A", "BFCFCB"
STABLE = (1980, 1, 1, 0, 0, 0)  # a date for every part: the same paper is the same bytes
SIZES = {"Title": 30, "Subtitle": 15, "Heading 1": 22, "Heading 2": 15, "Heading 3": 11.5}


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


class Paper:
    """A document being written, from its first page on, in one language.

    ``day`` is the day it speaks for, and what it gives as its own date.
    """

    def __init__(self, language: Language, title: str, author: str, day: date) -> None:
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
        self._style()
        self._page(title)

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
        self, header: Sequence[str], rows: Sequence[Sequence[str | Cell]], widths: Sequence[float]
    ) -> None:
        """Rows under a header that is repeated on every page; widths in inches."""
        table = self._table(1 + len(rows), widths)
        for cell, text in zip(table.rows[0].cells, header, strict=True):
            xml.run(cell.paragraphs[0], text, bold=True, color=GREEN)
            xml.shade(cell)
        xml.mark_row(table.rows[0], "w:tblHeader")
        for made, row in zip(table.rows[1:], rows, strict=True):
            for cell, says in zip(made.cells, row, strict=True):
                parts = says.parts if isinstance(says, Cell) else ((says, ""),)
                for text, mark in parts:
                    if mark:
                        self._lead(cell.paragraphs[0], text, mark)
                    else:
                        self._words(cell.paragraphs[0], text, None)
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

    def _style(self) -> None:
        """Fonts, sizes and colours of the styles, and the language of all that names no other."""
        styles: Any = self._doc.styles
        for name in ("TOC 1", "TOC 2"):
            made = styles.add_style(name, 1)
            made.base_style = styles["Normal"]
            made.paragraph_format.left_indent = Inches(0.0 if name == "TOC 1" else 0.25)
            made.paragraph_format.space_before = Pt(8 if name == "TOC 1" else 0)
            made.paragraph_format.space_after = Pt(3)
            made.font.bold = name == "TOC 1"
        normal = styles["Normal"]
        normal.font.size = Pt(11)
        normal.paragraph_format.space_after = Pt(7)
        normal.paragraph_format.line_spacing = 1.12
        for name in ("Normal", *SIZES, "TOC Heading", "List Bullet", "TOC 1", "TOC 2"):
            style = styles[name]
            xml.font(style)
            if name in SIZES or name == "TOC Heading":
                style.font.size = Pt(SIZES.get(name, 22))
                style.font.bold = name != "Subtitle"
                style.font.italic = False
                muted = name == "Subtitle"
                style.font.color.rgb = RGBColor.from_string(GREY if muted else GREEN)
                for border in style.element.iter(qn("w:pBdr")):
                    border.getparent().remove(border)
                    break
        for name, before in (("Heading 1", 0), ("Heading 2", 20), ("Heading 3", 12)):
            styles[name].paragraph_format.space_before = Pt(before)
            styles[name].paragraph_format.space_after = Pt(10 if name == "Heading 1" else 4)
            styles[name].paragraph_format.keep_with_next = True
        language = xml.element(
            "w:lang", val=xml.TAGS[self.language], eastAsia=xml.TAGS[self.language]
        )
        defaults = styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
        for old in defaults.findall(qn("w:lang")):
            defaults.remove(old)
        defaults.append(language)

    def _page(self, title: str) -> None:
        """Letter paper; from the second page on the title above and the page's number below."""
        section = self._doc.sections[0]
        section.page_width, section.page_height = Inches(8.5), Inches(11)
        section.left_margin = section.right_margin = Inches(1)
        section.top_margin = section.bottom_margin = Inches(1)
        section.different_first_page_header_footer = True
        above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
        xml.run(above, title, color=GREY, size=9)
        below.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for made in (above, below):
            made.paragraph_format.tab_stops.add_tab_stop(Inches(6.5), WD_TAB_ALIGNMENT.RIGHT)
        xml.begin_field(below, " PAGE ")
        xml.run(below, "1", color=GREY, size=9)
        below._p.append(xml.field_char("end"))

    def _words(
        self, made: Any, text: str, language: Language | None, *, muted: bool = False
    ) -> None:
        run = xml.run(made, text, color=GREY if muted else "")
        xml.speak(run, language, self.language)

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
        about.append(borders)
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
