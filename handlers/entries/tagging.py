"""Turns a line of chat into tags, one a word, each with its value and its place in the text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.entries.words import MARKS, VALUES, Lexicon, tokens

UNTAKEN = re.compile("[^_]+")
EDGE = set("'") | set('ïcdfeé&oarh"t@à,:-;<>=JQ!X')  # small words that nothing starts or ends with


@dataclass(slots=True)
class Line:
    """A line as tags, one a word, with each one's value, id and place in the text."""

    text: str
    tags: str
    values: list[float]
    ids: list[str]
    spans: list[tuple[int, int]]

    def take(self, first: int, end: int) -> None:
        """Tag words as understood."""
        self.tags = self.tags[:first] + "_" * (end - first) + self.tags[end:]

    def said(self, first: int, end: int) -> str:
        """Words as they were typed."""
        return " ".join(self.text[self.spans[first][0] : self.spans[end - 1][1]].split())

    def before(self, at: int) -> str:
        """The tag before a place; "" at the start."""
        return self.tags[at - 1 : at] if at else ""

    def after(self, at: int) -> str:
        """The tag at a place; "" at the end."""
        return self.tags[at : at + 1]

    def pieces(self, start: int, stop: int, small: set[str]) -> Iterator[tuple[int, int]]:
        """What no rule took, without the small words at the ends of each piece."""
        for m in UNTAKEN.finditer(self.tags, start, stop):
            first, end = m.span()
            while first < end and self.tags[first] in small:
                first += 1
            while first < end and self.tags[end - 1] in small:
                end -= 1
            if first < end:
                yield first, end

    def ints(self, at: int) -> list[int]:
        """The numbers in one word, of a date or a decimal."""
        return [int(part) for part in re.findall(r"\d+", self.said(at, at + 1))]


NUMBER = set("uNnbFUaVvqSCmHM")
TIGHT = {"h", "hr", "m", "mn", "min", "mins", "x"}  # units only where a number stands before
PARTS = {"1/2", "1/4", "3/4", "1/3", "2/3"}  # other pairs with a slash are dates
ABBREVIATED = set("BWw4HMR9")
# Tags on both sides of a hyphen that make one word: "check-in", "Marie-May", "one-on-one".
COMPOUND = {a + b for a in "xA" for b in 'ïxABcdeéforstlihgjWRLUa8759IJ"'} | {"Uo", "Ud"}


def composed(text: str) -> str:
    """The text in NFC, a piece at a time: a long run of accents takes the square of its length."""
    pieces = (text[at : at + 200] for at in range(0, len(text), 200))
    return text if text.isascii() else "".join(unicodedata.normalize("NFC", one) for one in pieces)


def tagged(text: str, lexicon: Lexicon) -> Line:
    """The line's tags. ``text`` is in NFC."""
    found = tokens(text)
    spelled = [token[1] for token in found]
    tags, values, ids, spans = [""], [0.0], [""], [(0, -1)]
    at = 0
    while at < len(found):
        tag, word, start, end = found[at]
        value, id, step, last, gap = 0.0, "", 1, tags[-1], start - spans[-1][1]
        if tag == "x":
            tag = _shape(text[start:end])
            for words, term, number, name in lexicon.get(word, ()):
                if len(words) > 1 and spelled[at : at + len(words)] != words:
                    continue
                if word not in TIGHT or len(words) > 1 or last in NUMBER:
                    tag, value, id, step = term, number, name, len(words)
                    break
            following = spelled[at + step] if at + step < len(spelled) else ""
            tag, value = _in_context(text[start:end], word, tag, value, tags[-2:], following)
            end = found[at + step - 1][3]
            if gap == 1 and text[start - 1] == "-" and last + tag in COMPOUND:
                tag = "A" if last == "A" else "x"
            elif gap == 0 and last in set("uNnbF") and tag in "xAKdec":
                tags[-1] = "x"  # "3D"
        elif tag == "Q":
            tag = "x"
        elif tag in "zy":
            tag = MARKS.get(word) or ("x" if unicodedata.category(word) == "So" else "~")
            if tag == ";" and gap == 0 and last in ABBREVIATED:
                spans[-1], at = (spans[-1][0], end), at + 1
                continue
        else:
            value = VALUES.get(tag, _whole)(word)
            if tag == "S" and word not in PARTS:
                tag = "D"
            elif tag == "S" and last in {"H", "&"} and "H" in tags[-2:]:  # 2 h 1/2
                tag = "V" if last == "&" or gap == 0 or word == "1/2" else "D"
            elif last == "9" or (gap == 0 and last in set("xAK")):
                tag = "x"  # "Grade 11", "K12"
            elif gap == 0 and last == "H" and tag in "uNn":
                tag = "m"
        tags.append(tag)
        values.append(value)
        ids.append(id)
        spans.append((start, end))
        at += step
    line = Line(text, "".join(tags), values[1:], ids[1:], spans[1:])
    _settle_weekdays(line)
    return line


def _whole(word: str) -> float:
    return float(word[:9]) if word.isdecimal() else 0


def _shape(typed: str) -> str:
    """An unknown word's tag: written small, all in capitals, or like a name."""
    if not typed[0].isupper():
        return "x"
    return "K" if len(typed) > 1 and typed.isupper() else "A"


def _in_context(
    typed: str, word: str, tag: str, value: float, last: list[str], following: str
) -> tuple[str, float]:
    """The tag and value of a word that accents, capitals or its neighbours make another."""
    if tag == "a" and typed in "àÀ":
        return "à", value
    if word in {"rencontre", "aide", "visite"} and typed[-1] in "éÉ":
        return "h", value
    if len(typed) == 1 and typed.isupper() and following == "." and last[-1] in set("hA;"):
        return "A", value  # Mr. J. Smith
    if word == "sept" and following[:1] in {"h", "m"}:
        return "U", 7
    if tag == "B" and typed[0].isupper() and last[-1] in {"h", "A"} and not following[:1].isdigit():
        return "A", value  # April Roy
    if tag == "Y" and not value and typed.istitle() and last[-1] == "A" and last[0] in set("hP&"):
        return "A", value  # Marie Pearson is no school board
    return tag, value


def _settle_weekdays(line: Line) -> None:
    """Read "sat", "mon", "mer", "Sam" and "mar" as days only where a day can stand.

    "mar" stays as it is before a number: mardi the 10th, or 10 March.
    """
    for at in [m.start() for m in re.finditer("[w4]", line.tags)]:
        before, after = line.tags[:at], line.tags[at + 1 : at + 4]
        typed, weekday = line.said(at, at + 1), line.values[at]
        name = weekday == 5 and typed[0].isupper()
        can_stand = before[-1:] not in set("hdxé")
        tag = "A" if name else "c"
        if line.tags[at] == "4" and re.match(r",?[uNO](?![HMvqp56%])", after):
            tag = "W" if re.match(",?[uNO]B", after) else "4"
        elif line.tags[at] == "4" and re.search("(?<!H)[uNO][dé]?$", before):
            tag, line.values[at] = "B", 3
        elif (
            typed.endswith(".")
            or (
                can_stand
                and (
                    not after
                    or after[0] in ",;>:uNnFCESLl_UaV"
                    or (weekday and after[0] in "PY6zJ")
                )
            )
            or (before[-1:] in set("lioy") and after[:1] not in set("xAa"))
            or (can_stand and at and typed[0].isupper() and not name and after[:1] not in set("AK"))
        ):
            tag = "W"
        line.tags = line.tags[:at] + tag + line.tags[at + 1 :]
