"""Puts a line of chat into plain words, the same in both languages, for the grammar's rules."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from handlers.lines import vocabulary
from handlers.lines.rules import How, Rules
from storage.network import Network
from storage.plan import EntryKind
from storage.words import fold

TOKEN = re.compile(
    r"""[ ]*(?:
    (?P<word>[A-Za-z]{3,}+(?!\w))  # most words, at once
    |(?P<code>\d+(?:e|[eè]me|D|K)\b|(?<!\w)(?!h\d)[^\W\d_]{1,2}\d\w*|\d{5,})  # 4e, 3D, K12
    |(?P<number>\d{4}([-/.])\d\d?\4\d\d?(?!\d)  # 2026-11-12
        |\d\d?([-/.])\d\d?\5(?:\d\d){1,2}(?!\d)  # 12/11/2026
        |\d\d?[:hH][0-5]\d(?!\d)  # 9:30, 9h30
        |\d\d?/\d\d?(?![\d/])  # 12/11, 1/2
        |\d*[.,]\d\d?(?!\d|[.,]\d)  # 1.5
        |\d\d?(?i:st|nd|rd|th|er)\b  # 12th, 1er
        |(?:^-)?\d+)
    |(?P<quoted>"[^"]+"|«[^»]+»|“[^”]+”)
    |(?P<letters>[A-Z]\.(?=\s?[A-Z])|[^\W\d_]+)  # J. Smith
    |(?<=[^\W\d_])(?:\.|[-'](?=[^\W\d_]))  # no words of their own: "nov.", "demi-heure"
    |(?P<mark>[^\w\s']|\n)
    )""",
    re.VERBOSE,
)
PLAIN = str.maketrans("’‘ʼ`´′–—−‐‑‒→×\u200b\ufeff", "''''''-------x  ") | {
    wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)
}
Lexicon = dict[str, list[tuple[list[str], str, str]]]  # by first word: a phrase, its kind, its id
ABOUT = re.compile(r"about (?!(?:a )?(?:\d|½|¼|¾|hour))")  # "re the plan", not "about 2 h"


def _plain(text: str) -> str:
    """The text with plain marks and digits, character for character."""
    return text if text.isascii() else text.translate(PLAIN)


def _spelled(words: Iterable[str]) -> list[str]:
    """The words as they are looked up: small letters, without accents but for some."""
    return [
        low if (low := word.lower()).isascii() else vocabulary.ACCENTED.get(low) or fold(low)
        for word in words
    ]


def _add(lexicon: Lexicon, phrase: str, kind: str, id: str = "") -> None:
    """Add a phrase unless it is there; the longest stand first."""
    words = _spelled(m[m.lastindex] for m in TOKEN.finditer(_plain(phrase)) if m.lastindex)
    phrases = lexicon.setdefault(words[0], []) if words else []
    if all(words != known for known, _, _ in phrases):
        phrases.append((words, kind, id))
        phrases.sort(key=lambda known: -len(known[0]))


LEXICON: Lexicon = {}
_TABLES = (vocabulary.WORDS, vocabulary.CALENDAR, vocabulary.NUMBERS)
for _kind, _phrases in (entry for table in _TABLES for entry in table.items()):
    for _phrase in _phrases.split(", "):
        _add(LEXICON, _phrase, str(_kind))


class Names:
    """The names of a network and of the partners already known, prepared for looking up."""

    def __init__(self, network: Network, partners: Iterable[str] = ()) -> None:
        self.roles = {role.id: role for role in network.role}
        self.boards = {body.id: body for body in network.body}
        self.lexicon = {word: list(phrases) for word, phrases in LEXICON.items()}
        for body in network.body:
            for name in (body.name.en, body.name.fr, body.short.en, body.short.fr, *body.also):
                self._add(name, "board", body.id)
        for role in network.role:
            kind = "partner" if role.id == EntryKind.PARTNER else "role"
            for name in (role.name.en, role.name.fr, role.plural.en, role.plural.fr, *role.also):
                many = re.search(r"[^\W\d]s\b", f"{name.split()[0]} {name.split()[-1]}")
                self._add(name, f"{kind}s" if many else kind, role.id)
                if name.isupper():
                    self._add(f"{name}s", f"{kind}s", role.id)
        known = [(name, one.name) for one in network.partner for name in (one.name, *one.also)]
        for name, partner in (*known, *((name, name) for name in partners)):
            _add(self.lexicon, name, "known-partner", partner)
            _add(self.lexicon, f'"{name}"', "known-partner", partner)

    def _add(self, name: str, kind: str, id: str) -> None:
        """Add a name; one word that is no acronym may be a common word, or a person's name."""
        sure = kind[0] == "p" or " " in name or name[:2].isupper()
        _add(self.lexicon, name, kind if sure else f"maybe-{kind}", id)


_prepared: list[tuple[Network, tuple[str, ...], Names]] = []


def names_of(network: Network, known: tuple[str, ...] = ()) -> Names:
    """The names of the network and of known partners, prepared once for each set of them."""
    for one in _prepared:
        if one[0] is network and one[1] == known:
            return one[2]
    kept = [one for one in _prepared if one[1] == () and one[0] is network]
    _prepared[:] = [*kept, (network, known, Names(network, known))]
    return _prepared[-1][2]


@dataclass(slots=True)
class Token:
    """A word or a phrase: what the rules call it, its place in the text, its id in the network."""

    kind: str
    start: int
    end: int
    id: str = ""


def _tokens(text: str, lexicon: Lexicon) -> list[Token]:
    """The words of a text, the longest known phrases first."""
    found = [m for m in TOKEN.finditer(_plain(text)) if m.lastindex]
    spelled = _spelled(m[m.lastindex] for m in found if m.lastindex)
    tokens: list[Token] = []
    at, last = 0, Token("", 0, -2)
    while at < len(found):
        size, kind, id = 1, "", ""
        for phrase, known, name in lexicon.get(spelled[at], ()):
            if spelled[at : at + len(phrase)] == phrase:
                size, kind, id = len(phrase), known, name
                break
        first = found[at]
        start, end = first.start(first.lastindex or 0), found[at + size - 1].end()
        kind = kind or _unknown(first)
        at += size
        if start == last.end + 1 and last.kind in {"word", "name"} and text[last.end] in "-'’":
            last.end = end  # "check-in", "Marie-May"
        else:
            last = Token(kind, start, end, id)
            tokens.append(last)
    return tokens


def _unknown(m: re.Match[str]) -> str:
    """What the rules call a word that is in no table."""
    word = m[m.lastindex or 0]
    match m.lastgroup:
        case "number":
            number = word.lower().replace(",", ".")
            if number[-1].isalpha():
                return number[:-2] + "th"  # 12th, 1er
            hour, h, minute = number.partition("h")
            return f"{hour} hour {minute} minute" if h else number  # 9h30
        case "word" | "letters" if word.isupper() and len(word) > 2:
            return "acronym"
        case "word" | "letters" if word[0].isupper():
            return "name"
        case "word" | "letters" | "code":
            return "word"
        case "mark":
            if unicodedata.category(word) == "So":  # an emoji
                return "word"
            return "-" if word in "-/" else "," if word in ",;|.•·!?\n" else "mark"
        case _:
            return str(m.lastgroup)


class Line:
    """A line as the rules see it: ``words``, and ``left``, where those taken are "~"."""

    def __init__(self, text: str, lexicon: Lexicon = LEXICON) -> None:
        self.text = text
        self.tokens = _tokens(text, lexicon)
        kinds = [token.kind for token in self.tokens]
        self.words = self.left = " ".join([*kinds, ""])
        self.kinds = frozenset(self.words.split())
        self.starts = [0, *accumulate([len(kind) + 1 for kind in kinds])]
        about = ABOUT.search(self.words, 1)
        self.head = about.start() if about else len(self.words)  # where the objective starts

    def take(self, first: int, end: int, mark: str = "~") -> None:
        """Hide words from the rules to come."""
        self.left = f"{self.left[:first]}{mark * (end - first - 1)} {self.left[end:]}"

    def within(self, first: int, end: int) -> list[Token]:
        """The words between two places of ``words``."""
        return self.tokens[bisect_left(self.starts, first) : bisect_left(self.starts, end)]

    def typed(self, first: int, end: int) -> str:
        """Words as they were typed."""
        tokens = self.within(first, end)
        return " ".join(self.text[tokens[0].start : tokens[-1].end].split()) if tokens else ""

    def matches(
        self, rules: Rules[How], first: int = 0, end: int = 9**9
    ) -> Iterator[tuple[re.Match[str], How]]:
        """Where the rules match, and how each is read; what is taken meanwhile is out."""
        for pattern, how in rules.possible(self.kinds):
            for m in pattern.finditer(self.left, first, end):
                yield m, how
