"""How Word documents look: their fonts, sizes and colours, and the page."""

from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, RGBColor

from handlers.papers import xml
from storage.plan import Language

GREEN, GREY, BLUE, LINE = "12423A", "595959", "0B5C8A", "BFCFCB"
SIZES = {"Title": 30, "Subtitle": 15, "Heading 1": 22, "Heading 2": 15, "Heading 3": 11.5}
SMALLER = {"Normal": 9.5, "Heading 1": 17, "Heading 2": 12, "Heading 3": 10.5}  # on landscape


def styles(doc: Any, language: Language) -> None:
    """Fonts, sizes and colours of the styles, and the language of all that names no other."""
    styles: Any = doc.styles
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
    speaks = xml.element("w:lang", val=xml.TAGS[language], eastAsia=xml.TAGS[language])
    defaults = styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(speaks)


def page(doc: Any, title: str, *, landscape: bool) -> None:
    """Letter paper; from the second page on the title above and the page's number below.

    A landscape one is for tables: its words are smaller.
    """
    section = doc.sections[0]
    wide, high, side = (11, 8.5, 0.75) if landscape else (8.5, 11, 1)
    section.page_width, section.page_height = Inches(wide), Inches(high)
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        for name, size in SMALLER.items():
            doc.styles[name].font.size = Pt(size)
    section.left_margin = section.right_margin = Inches(side)
    section.top_margin = section.bottom_margin = Inches(side)
    section.different_first_page_header_footer = True
    above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
    xml.run(above, title, color=GREY, size=9)
    below.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for made in (above, below):
        made.paragraph_format.tab_stops.add_tab_stop(
            Inches(wide - 2 * side), WD_TAB_ALIGNMENT.RIGHT
        )
    xml.begin_field(below, " PAGE ")
    xml.run(below, "1", color=GREY, size=9)
    below._p.append(xml.field_char("end"))
