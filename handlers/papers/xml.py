"""The XML that python-docx has no words for: languages, fields, borders, and what is allowed in it.

python-docx types its own XML in part only; here and in ``paper`` such nodes are Any.
"""

import re
from collections.abc import Callable
from typing import Any, cast

from docx.oxml import OxmlElement  # pyright: ignore[reportUnknownVariableType] - untyped
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from storage.plan import Language

TAGS = {Language.EN: "en-CA", Language.FR: "fr-CA"}
FONT = "Calibri"
SHADE = "E8F0EE"
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_new = cast("Callable[[str], Any]", OxmlElement)


def clean(text: str) -> str:
    """The text without the characters that no XML can hold."""
    return UNWRITABLE.sub("", text)


def run(made: Any, text: str, *, bold: bool = False, color: str = "", size: float = 0) -> Any:
    run = made.add_run(clean(text))
    if bold:
        run.bold = True
    if color:
        run.font.color.rgb = RGBColor.from_string(color)
    if size:
        run.font.size = Pt(size)
    return run


def speak(run: Any, language: Language | None, around: Language) -> None:
    """Have a run say which language it is in, where that is another than the paper's."""
    if language is not None and language is not around:
        run._r.get_or_add_rPr().append(element("w:lang", val=TAGS[language]))


def font(style: Any) -> None:
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def shade(cell: Any) -> None:
    cell._tc.get_or_add_tcPr().append(element("w:shd", val="clear", color="auto", fill=SHADE))


def mark_row(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(element(name))


def unmark_row(row: Any, name: str) -> None:
    about = row._tr.get_or_add_trPr()
    about.remove(about.find(qn(name)))


def begin_field(made: Any, code: str) -> None:
    """Begin a field: its code is ours, never what anybody typed."""
    instruction = element("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = code
    run = element("w:r")
    run.append(instruction)
    for one in (field_char("begin"), run, field_char("separate")):
        made._p.append(one)


def field_char(kind: str) -> Any:
    run = element("w:r")
    run.append(element("w:fldChar", fldCharType=kind))
    return run


def element(tag: str, /, **values: str) -> Any:
    made = _new(tag)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made
