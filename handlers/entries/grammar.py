"""Reads one line of chat, English or French, into what an entry says; asks where it reads two ways.

Each word becomes one tag by the table WORDS, and rules are patterns over the tags, so that every
rule holds in both languages and in lines that mix them. What a rule takes is tagged "_"; the
objective is what nobody took.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from storage.entries import Accompanied, Draft
from storage.network import Network, Words
from storage.plan import EntryKind

LONGEST_LINE = 1000  # characters; more is asked about
LONGEST_DAY = 12 * 60
OLDEST = timedelta(days=2 * 366)


class About(StrEnum):
    """What a question is about."""

    MINUTES = "minutes"
    DAY = "day"


class Why(StrEnum):
    """Why it has to be asked."""

    MISSING = "missing"
    BARE_NUMBER = "bare_number"  # "30"
    HALF_DAY = "half_day"  # "all morning", "a few hours"
    TWO_WAYS = "two_ways"  # "03/04", "2h à 3h", "Wednesday" on a Wednesday
    TWO_DURATIONS = "two_durations"
    TWO_DATES = "two_dates"
    WHICH_DAY = "which_day"  # "last week"
    FUTURE = "future"
    LONG_AGO = "long_ago"
    NO_SUCH_DATE = "no_such_date"
    NOT_POSITIVE = "not_positive"
    TOO_LONG = "too_long"
    TOO_MUCH_TEXT = "too_much_text"


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask, and the readings to offer: minutes, or days."""

    about: About
    why: Why
    readings: tuple[int | date, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood. ``kind_given`` is false where accompaniment is only assumed."""

    kind: EntryKind
    kind_given: bool
    minutes: int | None
    day: date
    day_given: bool
    people: tuple[Accompanied, ...]
    boards: tuple[str, ...]
    partner: str
    partner_known: bool
    objective: str
    requested: bool
    open_questions: tuple[Question, ...]


# A tag and its words. "=": their value; "+": the first one's, each next word's is one more ("-" is
# nobody's). "_" joins the words of a phrase.
WORDS = """
H h hr hrs hour hours heure heures hre hres
M m min mins minute minutes mn mns
v=.5 half demi demie demies
q=.25 quarter quarters quart quarts
U+1 one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
U+17 seventeen eighteen nineteen
U+2 deux trois quatre cinq - - huit neuf dix onze douze treize quatorze quinze seize
U=2 couple_of a_couple_of a_couple couple
U=20 twenty vingt
U=30 thirty trente
U=40 forty quarante
U=50 fifty cinquante
U=60 sixty soixante
U=90 ninety
a=1 a an un une
& and et
= plus
Z moins
e the la l les
é le du
d d de of des
f from between entre
t to till until jusqu jusque au aux
@ at vers
0=720 noon midi
0=0 midnight minuit
p=-1 o_clock
W+0 monday tuesday wednesday thursday friday saturday sunday
W+0 lundi mardi mercredi jeudi vendredi samedi dimanche
W+0 lun tue wed thu fri
W+1 tues weds thur ven
W=3 thurs
w+0 mon - mer jeu - sat sun
w=5 sam
w=6 dim
4=1 mar
B+1 january february march april may june july august september october november december
B+1 janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
B+1 jan feb - apr - jun jul aug sep oct nov dec
B+1 janv fev - avr - - juil - sept
B=2 fevr
R=0 today aujourd_hui tonight
R=-1 yesterday hier
R=-2 avant_hier day_before_yesterday
R=1 tomorrow demain
R=2 apres_demain day_after_tomorrow
L morning matin matinee afternoon apres_midi evening soir soiree night nuit avant_midi pm am
l last past dernier derniere passe passee precedent precedente previous
i this ce cet cette
y next prochain prochaine coming upcoming
g ago
G il_y_a y_a ya
j day days jour jours journee journees
k week weeks semaine semaines
2 month months mois
3 few several quelques plusieurs
% all whole entire full toute tout entiere
5 years year ans yrs old people personnes participants kids enfants jeunes familles families
5 ecoles schools km pages items slides fois times members membres percent dollars
J accompaniment accompagnement accompagne accompagner accompanied accompanying coaching coached
Q partner_support partners_support support_to_partner support_to_partners support_to_the_partner
Q support_for_partners soutien_partenaire soutien_partenaires soutien_au_partenaire
Q soutien_aux_partenaires soutien_a_un_partenaire soutien_de_partenaire
Q appui_partenaire appui_aux_partenaires
T table tables table_de_concertation tables_de_concertation concertation organisme organismes
T organization organisation organizations organisations community_organization
T community_organisation organisme_communautaire
I school academy high elementary ecole centre center college clc csc cegep primaire
I secondary secondaire junior senior institute university universite club maison carrefour
r re about regarding concerning concernant objet subject sujet topic au_sujet_de a_propos_de
r objective objectif
"=0 for pour
"=1 by before due avant d_ici deadline echeance
o on
s meeting phone telephone visit visite rencontre reunion zoom teams session
s team equipe support soutien
h with w avec met saw called phoned call calls appel appels rencontre_avec
c in dans chez en sur i we je j nous ai had did worked spent log noter it was were
c pendant durant during environ around approx approximately earlier just my mon ma our notre nos
c their his her son sa par also aussi then puis
! on_request upon_request requested as_requested by_request at_their_request at_her_request
! at_his_request at_the_request_of a_la_demande_de a_la_demande_du a_la_demande_des a_sa_demande
! a_leur_demande sur_demande request_from request_by suite_a_une_demande
! demande_de_la demande_de_l demande_du demande_d_accompagnement s_request
X x
"""

Term = tuple[list[str], str, float, str]  # a phrase's words, its tag, its value, its id
Lexicon = dict[str, list[Term]]  # by first word, the longest phrase first

TOKEN = re.compile(
    r"(?P<D>\d{4}([-/.])\d\d?\2\d\d?(?!\d)|\d\d?([-/.])\d\d?\3(?:\d{4}|\d\d)(?!\d))"
    r"|(?P<C>\d\d?:[0-5]\d(?!\d))"
    r"|(?P<S>\d\d?/\d\d?(?![\d/]))"
    r"|(?P<F>\d*[.,]\d\d?(?!\d|[.,:]\d))"
    r"|(?P<O>\d\d?(?:st|nd|rd|th|er)\b)"
    r"|(?P<p>(?<=\d)\s?[ap]\.?\s?m\b\.?)"
    r"|(?P<N>\d+)"
    r"|(?P<V>[½¼¾⅓⅔])"
    r"|(?P<x>[^\W\d_]+)"
    r"|(?P<z>(?!(?<=[^\W\d_])-[^\W\d_])[^\w\s']|_)"
)
FRACTIONS = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}
MARKS = {",": ",", ";": ",", ".": ";", ":": ":", "-": "-", "+": "=", "&": "&", "@": "@"} | {
    "(": "<", "[": "<", ")": ">", "]": ">", "|": ",", "•": ",", "·": ",", "#": "#",
}


def _folded_characters() -> dict[int, str]:
    """One character for one, so that a place in the folded text is the place in the text."""
    table = dict.fromkeys(map(ord, "’‘ʼ`´′"), "'") | dict.fromkeys(map(ord, "–—−‐‑‒→⇒"), "-")
    table |= dict.fromkeys((*range(0x200B, 0x2010), 0xFEFF), " ") | {ord("×"): "x", ord("\n"): ","}
    for code in (*range(0x80, 0x250), *range(0x1E00, 0x2130), *range(0xFF01, 0xFF5F)):
        plain = unicodedata.normalize("NFKD", chr(code))[0]
        if plain.isascii() and unicodedata.category(chr(code)) != "No":
            table.setdefault(code, plain.lower())
    return table


FOLDED = _folded_characters()


def _fold(text: str) -> str:
    return text.translate(FOLDED).lower()


def _spell(phrase: str) -> list[str]:
    return [m.group() for m in TOKEN.finditer(_fold(unicodedata.normalize("NFC", phrase)))]


def _term(lexicon: Lexicon, phrase: str, tag: str, value: float = 0, id: str = "") -> None:
    if words := _spell(phrase):
        terms = lexicon.setdefault(words[0], [])
        terms.append((words, tag, value, id))
        terms.sort(key=lambda term: -len(term[0]))


def _lexicon() -> Lexicon:
    lexicon: Lexicon = {}
    for line in WORDS.strip().splitlines():
        key, *phrases = line.split()
        start = float(key[2:] or 0)
        for step, phrase in enumerate(phrases):
            value = start + step if key[1:2] == "+" else start
            if phrase != "-":
                _term(lexicon, phrase.replace("_", " "), key[0], value)
    return lexicon


LEXICON = _lexicon()


class Names:
    """The words of a network and the partners already known, prepared for looking up."""

    def __init__(self, network: Network, partners: Iterable[str] = ()) -> None:
        self.roles = {role.id: role for role in network.role}
        self.boards = {body.id: body for body in network.body}
        self.lexicon = {word: list(terms) for word, terms in LEXICON.items()}
        for body in network.body:
            for words in {*_both(body.name), *_both(body.short), *body.also}:
                self._add(words, "Y", id=body.id)
        for role in network.role:
            for words in {*_both(role.name), *_both(role.plural), *role.also}:
                ends = [word for word in (words.split()[0], words.split()[-1]) if not word.isupper()]
                self._add(words, "6" if any(word.endswith("s") for word in ends) else "P", id=role.id)
        for partner in network.partner:
            for words in {partner.name, *partner.also}:
                self._add(words, "z", id=partner.name)
        for name in partners:
            self._add(name, "z", id=name)

    def _add(self, phrase: str, tag: str, id: str) -> None:
        """A name; what the grammar has a meaning for already keeps it."""
        words = _spell(phrase)
        known = [term[0] for term in self.lexicon.get(words[0], [])] if words else []
        if words not in known:
            _term(self.lexicon, phrase, tag, float(len(words) > 1 or phrase[:2].isupper()), id)


def _both(words: Words) -> tuple[str, str]:
    return words.en, words.fr


@dataclass(slots=True)
class Line:
    """A line as tags, one a word, with each one's value, id and place in the text."""

    text: str
    tags: str
    values: list[float]
    ids: list[str]
    spans: list[tuple[int, int]]

    def take(self, first: int, end: int) -> None:
        """Mark words as understood."""
        self.tags = self.tags[:first] + "_" * (end - first) + self.tags[end:]

    def said(self, first: int, end: int) -> str:
        """Words as they were typed."""
        return " ".join(self.text[self.spans[first][0] : self.spans[end - 1][1]].split())

    def ints(self, at: int) -> list[int]:
        """The numbers in one word: of a date, or a clock."""
        return [int(part) for part in re.findall(r"\d+", self.said(at, at + 1))]


NUMERIC = set("1NnbFUaVvqSC")
TIGHT = {"h", "hr", "m", "mn", "min", "mins", "x"}  # units only where a number stands before


def _number(kind: str, word: str) -> tuple[str, float]:
    """The tag and the value of what is written in digits."""
    match kind:
        case "N":
            value = float(word[:9])
            if len(word) == 4 and 1900 <= value < 2100:
                return "E", value
            return ("1" if len(word) == 1 else "N" if value < 32 else "n" if value < 60 else "b"), value
        case "F":
            return kind, float(word.replace(",", "."))
        case "V":
            return kind, FRACTIONS[word]
        case "S":
            return kind, int(word.split("/")[0]) / max(int(word.split("/")[1]), 1)
        case "C":
            return kind, int(word.split(":")[0]) * 60 + int(word.split(":")[1])
        case "O":
            return kind, float(word[:-2])
        case "p":
            return kind, 720 if "p" in word else 0
        case _:
            return kind, 0


def _lex(text: str, lexicon: Lexicon) -> Line:
    """The line's tags."""
    raw = [(m.lastgroup or "", m.group(), m.start(), m.end()) for m in TOKEN.finditer(_fold(text))]
    tags, values, ids, spans = [""], [0.0], [""], [(0, -1)]
    at = 0
    while at < len(raw):
        tag, word, start, end = raw[at]
        value, id, step = 0.0, "", 1
        last, glued = tags[-1], start == spans[-1][1]
        if tag == "x":
            typed = text[start:end]
            for words, term, number, name in lexicon.get(word, ()):
                if len(words) == 1 and word in TIGHT and last not in NUMERIC:
                    continue
                if len(words) == 1 or [one[1] for one in raw[at : at + len(words)]] == words:
                    tag, value, id, step = term, number, name, len(words)
                    end = raw[at + step - 1][3]
                    break
            else:
                tag = "x" if typed.islower() else "K" if typed.isupper() and end - start > 1 else "A"
                tag = tag if typed[0].isupper() else "x"
            if tag == "a" and typed in "àÀ":
                tag = "à"
            elif tag == "w" and typed[0].isupper() and at and value != 5:
                tag = "W"
            elif word == "sept" and raw[at + 1 : at + 2] and raw[at + 1][1][0] in "hm":
                tag, value = "U", 7.0
            if glued and last in "1NnbF" and tag in "xAKdec":
                tags[-1] = "x"  # "3D"
            if tag == "U" and last == "U" and (joined := _joined(values[-1], value)):
                values[-1], spans[-1], at = joined, (spans[-1][0], end), at + step
                continue
        elif tag == "z":
            tag = MARKS.get(word) or ("x" if unicodedata.category(word) == "So" else "~")
            if tag == ";" and glued and last in "BWw4HMR":
                at += 1
                continue
        else:
            tag, value = _number(tag, word)
            if glued and tag in "1Nnb":
                tag = "m" if last == "H" and len(word) < 3 else "x" if last in "xAK" else tag
        tags.append(tag)
        values.append(value)
        ids.append(id)
        spans.append((start, end))
        at += step
    return Line(text, _settled("".join(tags)), values[1:], ids[1:], spans[1:])


def _joined(first: float, then: float) -> float:
    """The value of two number words in a row ("vingt-cinq", "quatre-vingt"); 0 if they aren't one."""
    if (first, then) == (4, 20):
        return 80
    below = {10: 10, 60: 20, 80: 20}.get(int(first), 10 if first in (20, 30, 40, 50) else 0)
    return first + then if then < below else 0


NO_UNIT = "(?![HMvqp5P6%])"
LOOSE_DAY = re.compile(r"(?<![hdxé])w(?=[,;>:1NnFCESLl_UaV]|$)|(?<=[lioy])w(?![xAa])")
MARCH = re.compile(rf"(?<=[1NO])4|(?<=[1NO][dé])4|4(?=[1NO]{NO_UNIT})(?![1N]B)")


def _settled(tags: str) -> str:
    """Tags of "sat", "mon", "mer" and "mar", which are days only where a day can stand."""
    if "4" in tags:
        tags = MARCH.sub("B", tags).replace("4", "w")
    if "w" in tags:
        tags = LOOSE_DAY.sub("W", tags).replace("w", "x")
    return tags


# Days

MONTH_DAY = (
    r"(?:W,?)?[eé]?(?:[1NO][-àt&])?"
    rf"(?:(?<![-àt&H])[1NOU]|[1NOU](?=d?B(?![1NO]{NO_UNIT})))d?B(?:,?E)?"
    rf"|(?:W,?)?o?B[eé]?[1NO]{NO_UNIT}(?:[-àt&][1NO](?![HMpC:]))?(?:,?E)?"
)
DAY = re.compile(
    rf"(?P<numeric>D|(?<![1NnU])S(?!d?[ae]?[HMjv]))"
    rf"|(?P<month>{MONTH_DAY})"
    rf"|(?P<ago>[1NnUa3][jk2]g|G[1NnUa3][jk2]|(?P<hours>[1NnUaFvqd&]{{1,5}}[HM]g|G[1NnUaF]{{1,2}}[HM]))"
    rf"|(?P<number>W,?(?:[eé][1NO]|O|1|N(?![àt-])){NO_UNIT}(?![xAK-])"
    rf"|(?:oe?O|eO|é[1NO])(?![xAKIPsTHMvq56]))"
    rf"|(?P<week>[il]k,?o?W|e?kl,?W)"
    rf"|(?P<weekday>[ily]?e?WL?(?:d?e?k[ly]|[ily]k|d?ik|[ly])?)"
    rf"|(?P<relative>RL?|[il]L|Ll)"
    rf"|(?P<vague>[ily][k2]|[k2][ly]|3[jk2]g|G3[jk2])"
)


def _latest(today: date, month: int, day: int) -> date | None:
    """The last day of this month and number; None if there is none."""
    for year in range(today.year, today.year - 9, -1):
        if (found := _date(year, month, day)) and found <= today:
            return found
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _last_numbered(today: date, day: int) -> date | None:
    """The last day of this number in any month."""
    found = (_latest(today, month, day) for month in range(1, 13))
    return max((one for one in found if one), default=None)


def _ask_day(why: Why, *days: date | None) -> Question:
    return Question(About.DAY, why, tuple(dict.fromkeys(day for day in days if day)))


def _plausible(day: date | None, today: date) -> date | Question:
    """The day, or a question where there is none, it is to come, or it is long ago."""
    if day is None:
        return _ask_day(Why.NO_SUCH_DATE)
    if day > today:
        earlier = day - timedelta(days=7) if day - today < timedelta(days=7) else None
        return _ask_day(Why.FUTURE, earlier or _latest(today, day.month, day.day), today)
    if today - day > OLDEST:
        return _ask_day(Why.LONG_AGO, _latest(today, day.month, day.day))
    return day


def _one_day(days: Iterable[date | None], today: date) -> date | Question:
    """The one of these that can be meant; a question where several can."""
    real = [day for day in dict.fromkeys(days) if day]
    past = [day for day in real if isinstance(_plausible(day, today), date)]
    if len(past) > 1:
        return _ask_day(Why.TWO_WAYS, *past)
    return past[0] if past else _plausible(real[0] if real else None, today)


def _numeric(line: Line, at: int, today: date) -> date | Question:
    first, *rest = line.ints(at)
    if first > 31:
        return _plausible(_date(first, *rest), today)
    pairs = ((first, rest[0]), (rest[0], first))
    if len(rest) == 1:
        return _one_day((_latest(today, month, day) for day, month in pairs), today)
    return _one_day((_date(rest[1], month, day) for day, month in pairs), today)


def _weekday(line: Line, first: int, end: int, today: date) -> date | Question:
    """The day of a weekday's name and the words around it."""
    tags = line.tags[first:end]
    weekday = int(line.values[first + tags.index("W")])
    monday = today - timedelta(days=today.weekday())
    recent = today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    if "k" in tags or "i" in tags:
        weeks = -1 if "l" in tags else 1 if "y" in tags else 0
        return _plausible(monday + timedelta(days=weekday + 7 * weeks), today)
    if "y" in tags:
        return _ask_day(Why.FUTURE, recent, today)
    if weekday == today.weekday() and "l" not in tags:
        return _ask_day(Why.TWO_WAYS, today, recent)
    return recent


def _month_day(line: Line, first: int, end: int, today: date) -> date | Question:
    """The day of a number in a month, perhaps with a weekday and a year."""
    places = range(first, end)
    month = next(int(line.values[at]) for at in places if line.tags[at] == "B")
    year = next((int(line.values[at]) for at in places if line.tags[at] == "E"), 0)
    numbers = [int(line.values[at]) for at in places if line.tags[at] in "1NOU"]
    days = [
        _date(year, month, day) if year else _latest(today, month, day) for day in numbers
    ]
    if len(days) > 1:
        return _ask_day(Why.TWO_DATES, *days)
    if line.tags[first] == "W" and days[0] and days[0].weekday() != line.values[first]:
        return _ask_day(Why.TWO_DATES, days[0], _weekday(line, first, first + 1, today))
    return _plausible(days[0], today)


def _days(line: Line, today: date) -> Iterator[tuple[int, int, date | Question]]:
    """Every day the line names, with its place."""
    timed = re.search("[HMC]|[1N]-[1N]", line.tags) is not None
    for m in DAY.finditer(line.tags):
        first, end = m.span()
        tags, value = m.group(), line.values[first]
        match m.lastgroup:
            case "numeric":
                yield first, end, _numeric(line, first, today)
            case "month":
                yield first, end, _month_day(line, first, end, today)
            case "hours":
                yield first, end, today
            case "ago" if set(tags) & set("jk") and "3" not in tags:
                number = next(line.values[at] for at in range(first, end) if line.tags[at] in "1NnUa")
                offset = timedelta(days=int(number) * (7 if "k" in tags else 1))
                yield first, end, _plausible(today - offset, today)
            case "number":
                day = _last_numbered(today, int(line.values[end - 1]))
                if tags[0] != "W":
                    yield first, end, _plausible(day, today)
                elif day and day.weekday() == value and (timed or tags[-1] == "O" or len(tags) > 2):
                    yield first, end, day
                elif tags[-1] == "O" or "é" in tags:
                    yield first, end, _ask_day(Why.TWO_DATES, day)
                else:
                    yield first, first + 1, _weekday(line, first, first + 1, today)
            case "week" | "weekday":
                yield first, end, _weekday(line, first, end, today)
            case "relative":
                offset = int(value) if tags[0] == "R" else 0 if tags[0] == "i" else -1
                yield first, end, _plausible(today + timedelta(days=offset), today)
            case _:
                yield first, end, _vague_day(line.tags[first:end], today)


def _vague_day(tags: str, today: date) -> Question:
    """What to ask about a week or a month."""
    if "y" in tags:
        return _ask_day(Why.FUTURE, today)
    if "k" not in tags or "3" in tags:
        return _ask_day(Why.WHICH_DAY)
    monday = today - timedelta(days=today.weekday() + (7 if "l" in tags else 0))
    week = (monday + timedelta(days=day) for day in range(5))
    return _ask_day(Why.WHICH_DAY, *(day for day in week if day <= today))


def _day(line: Line, today: date, head: int) -> date | Question | None:
    """The day the line is about, its words taken; None where it names none.

    A day before ``head`` makes those after it part of the objective; so does "due" or "before".
    """
    found = list(_days(line, today))
    found = [one for one in found if one[0] < head] or found
    kept = [one for one in found if not _deadline(line, one[0], one[2], len(found))]
    for first, end, _ in kept:
        line.take(first, end)
    days = {one[2] for one in kept}
    if sure := {day for day in days if isinstance(day, date)}:
        days = {day for day in days if isinstance(day, date) or day.why is not Why.WHICH_DAY}
    if len(days) < 2:
        return next(iter(days), None)
    offered = [day for one in days if isinstance(one, Question) for day in one.readings]
    return _ask_day(Why.TWO_DATES, *sorted({*sure, *(d for d in offered if isinstance(d, date))}))


def _deadline(line: Line, first: int, day: date | Question, found: int) -> bool:
    """Whether the words before a day make it another one than the entry's: "due", "for"."""
    before = re.search(r"\"[eéo]?$", line.tags[:first])
    if before is None:
        return False
    if line.values[before.start()]:  # before, by, due
        return True
    after_text = re.search(r"[xAKs5I]$", line.tags[: before.start()]) is not None
    return found > 1 or after_text or (isinstance(day, Question) and day.why is Why.FUTURE)


# Durations

CLOCK = r"(?:[1N]H(?:m|[Nn](?![P6M]))?|C|[1NF]|0)p?"
RANGE = re.compile(rf"(?P<pre>[fdé]e?)?(?P<a>{CLOCK})(?P<to>[-àat&]{{1,2}})(?P<b>{CLOCK})(?P<unit>[HM])?(?![\d:])")
AT = re.compile(r"[@à](?:[1N]H(?:m|N|n)?|Cp?|[1N]p?(?![xPAK6]))|(?:[1N]H?[mNn]?|C)p")
AMOUNT = re.compile(
    r"(?:(?P<times>[1NU])X)?(?:"
    r"(?P<part>a?v|[a1U]?q|V|S)d?[ae]?H"
    r"|(?P<hours>[1NnbFUa])(?:&?[aU1]?(?P<more>[vqVS]))?H(?:"
    r"[&,]?(?P<minutes>[1NnU])M|(?P<glued>m)M?|&?a?(?P<half>[vV])|&?(?P<quarters>[1aU]?q)"
    r"|(?P<less>Ze?(?:a?q|[1NU]M?))|&?(?P<loose>[NnU])(?![56MHX]))?"
    r"|(?P<clock>C)H"
    r"|(?P<only>[1NnbFUa])M)"
)
VAGUE = re.compile(r"3[HM]|(?P<half>a?[vV]d?a?j|[%eéa]*L)|(?P<days>[1NFUa%eé])j")
BARE = re.compile(r"(?<![xAKITsX~=;l#%-])(?P<n>[1NnbFU]|C)(?![xAKI56~=jkTBXHMvqL%#-])")


def _ask_minutes(why: Why, *readings: int) -> Question:
    """A question, with the readings that a day can hold."""
    return Question(About.MINUTES, why, tuple(one for one in dict.fromkeys(readings) if 0 < one <= LONGEST_DAY))


def _product(line: Line, first: int, end: int) -> float:
    """The words' values multiplied: "three quarters"."""
    result = 1.0
    for at in range(first, end):
        if line.tags[at] not in "&eZMd":
            result *= line.values[at]
    return result


def _amount(line: Line, m: re.Match[str]) -> tuple[int, int | Question]:
    """Where a duration ends, and its minutes."""
    end, groups = m.end(), m.groupdict()
    total = 0.0
    if groups["part"]:
        total = 60 * _product(line, *m.span("part"))
    elif groups["clock"]:
        total = line.values[m.start("clock")]
    elif groups["only"]:
        total = line.values[m.start("only")]
    else:
        hours = m.start("hours")
        if (two := _two_ways(line, hours)) is not None:
            return end, two
        total = 60 * line.values[hours]
        if groups["more"]:
            total += 60 * _product(line, m.end("hours"), m.end("more"))
        if groups["half"] or groups["quarters"]:
            total += 60 * _product(line, *m.span("half" if groups["half"] else "quarters"))
        if groups["less"]:
            first, last = m.span("less")
            total -= _product(line, first, last) * (60 if "q" in groups["less"] else 1)
        for name in ("minutes", "glued", "loose"):
            at = m.start(name)
            if at < 0:
                continue
            if name == "loose" and groups["loose"] == "U" and line.values[at] < 10 and line.tags[end : end + 1] in set("xA"):
                end = at
            else:
                total += line.values[at]
    if groups["times"]:
        total *= line.values[m.start("times")]
    if line.tags[m.start() - 1 : m.start()] == "-" and _negative(line, m.start() - 1):
        return end, _ask_minutes(Why.NOT_POSITIVE, int(total + 0.5))
    return end, int(total + 0.5)


def _negative(line: Line, at: int) -> bool:
    """Whether a dash is a minus sign: a number sticks to it, and nothing before it does."""
    start, end = line.spans[at]
    return line.text[start] in "-−" and line.spans[at + 1][0] == end and not line.text[:start].strip(
    ) or line.text[start - 1].isspace() and line.spans[at + 1][0] == end


def _two_ways(line: Line, at: int) -> Question | None:
    """1.30 may be an hour and a half, or 1.3 hours."""
    if line.tags[at] == "F" and (m := re.search(r"[.,](15|30|45)$", line.said(at, at + 1))):
        hours = int(line.values[at])
        return _ask_minutes(Why.TWO_WAYS, hours * 60 + int(m[1]), int(line.values[at] * 60 + 0.5))
    return None


def _clock(line: Line, first: int, end: int) -> tuple[float, float | None]:
    """A time of day in minutes, and its half of the day (0, 720, None unsaid)."""
    tags = line.tags[first:end]
    half = line.values[end - 1] if tags[-1] == "p" and line.values[end - 1] >= 0 else None
    minutes = line.values[first]
    if tags[0] in "1N":
        minutes *= 60
    elif tags[0] == "F":
        hours, rest = (line.said(first, first + 1).replace(",", ".") or "0").split(".")
        minutes = int(hours or 0) * 60 + int(rest) if len(rest) == 2 and int(rest) < 60 else -1
    minutes += sum(line.values[at] for at in range(first + 1, end) if line.tags[at] in "mNn")
    return minutes if half is None or minutes >= 780 else minutes % 720 + half, half


def _range(line: Line, m: re.Match[str]) -> int | Question | None:
    """The minutes from one time of day to another; None if it isn't that."""
    a, b, unit, before = m["a"], m["b"], m["unit"], m["pre"]
    if "&" in m["to"] and not (before and before[0] == "f"):
        return None
    first, half = _clock(line, *m.span("a"))
    last, other = _clock(line, *m.span("b"))
    bare = len(a) == len(b) == 1 and a in "1NF" and b in "1NF"
    x, y = line.values[m.start("a")], line.values[m.start("b")]
    if unit and bare and (unit == "M" or a == "F" or b == "F" or x < 7):
        scale = 1 if unit == "M" else 60
        also = [int(last - first)] if unit == "H" and first >= 0 else []
        return _ask_minutes(Why.TWO_DURATIONS, int(x * scale), int(y * scale), *also)
    if unit == "M" or not 0 <= first <= 1440 or not 0 <= last <= 1440:
        return None
    next_tag = line.tags[m.end() : m.end() + 1]
    prev_tag = line.tags[m.start() - 1 : m.start()]
    if bare and not unit and not before:
        started = m.start() == 0 or prev_tag == "_"
        if next_tag and next_tag in "56" or prev_tag and prev_tag in "xAKI~#l=%":
            return None
        if next_tag and next_tag in "xA" and not started:
            return None
    if "H" in a and half is None and other is None and "C" not in b:
        if "H" not in b and b not in "0" and (x < 7 or next_tag and next_tag in "xP56"):
            return None
        if x < 7 and "H" in b:
            if y >= 8:
                return int(first)
            if not before or before[0] == "f":
                return _ask_minutes(Why.TWO_WAYS, int(last - first), int(first), int(last))
    said = (first if half is None else 0, last if other is None else 0)
    twelve = (half is None or other is None) and max(said) < 780
    return int(last - first) % (720 if twelve else 1440)


def _minutes(line: Line, half_day: int, head: int) -> int | Question:
    """The duration, its words taken; a question where there is none, or several."""
    found: list[tuple[int, int, int | Question]] = []
    for m in RANGE.finditer(line.tags):
        if (value := _range(line, m)) is not None:
            found.append((*m.span(), value))
    for first, end, _ in found:
        line.take(first, end)
    for m in AT.finditer(line.tags):
        line.take(*m.span())
    amounts: list[tuple[int, int, int | Question]] = []
    for m in AMOUNT.finditer(line.tags):
        end, value = _amount(line, m)
        first = m.start()
        if amounts and line.tags[amounts[-1][1] : first] in ("=", "&"):
            before = amounts[-1][2]
            if isinstance(before, int) and isinstance(value, int):
                first, value = amounts.pop()[0], before + value
        amounts.append((first, end, value))
    found += amounts
    found = [one for one in found if one[0] < head] or found
    if not found:
        return _unsaid(line, half_day, head)
    for first, end, _ in found:
        line.take(first, end)
    values = list(dict.fromkeys(one[2] for one in found))
    if len(values) > 1:
        known = [one for one in values if isinstance(one, int)]
        return _ask_minutes(Why.TWO_DURATIONS, *known, sum(known))
    return _possible(values[0])


def _possible(value: int | Question) -> int | Question:
    if isinstance(value, Question):
        return value
    if value <= 0:
        return _ask_minutes(Why.NOT_POSITIVE)
    return _ask_minutes(Why.TOO_LONG) if value > LONGEST_DAY else value


def _unsaid(line: Line, half_day: int, head: int) -> int | Question:
    """A duration from a number alone; a question where that is not enough."""
    numbers = [(m.start(), line.values[m.start()], m["n"]) for m in BARE.finditer(line.tags, 0, head)]
    if numbers:
        at, value, tag = numbers[0]
        for one, *_ in numbers:
            line.take(one, one + 1)
        if len(numbers) > 1:
            return _ask_minutes(Why.BARE_NUMBER, *(int(v * 60) if t in "1FU" else int(v) for _, v, t in numbers))
        if two := _two_ways(line, at):
            return two
        if tag == "C" and value < 420:
            return _possible(int(value))
        if tag != "C" and value < 10:
            return _possible(int(value * 60 + 0.5))
        return _ask_minutes(Why.BARE_NUMBER, int(value), *([int(value * 60)] if tag != "C" else []))
    if m := VAGUE.search(line.tags, 0, head):
        line.take(*m.span())
        if m["half"]:
            return _ask_minutes(Why.HALF_DAY, half_day)
        days = line.values[m.start()] if m["days"] and m["days"] in "1NFUa" else 1
        return _ask_minutes(Why.HALF_DAY, *([int(days * 2 * half_day)] if m["days"] else []))
    return _ask_minutes(Why.MISSING)


# People, boards, partner, objective

NAME = r"A;?(?:[deé]{0,2}[AK];?){0,4}+"
PEOPLE = re.compile(
    rf"(?P<name>{NAME})(?![IAK])(?P<role><[^<>P6]{{0,4}}[P6]|,?[eéa]?P(?!x))?"
    rf"|(?P<titled>P):?<?(?P<holder>{NAME})(?![xIAK])"
    r"|(?:(?P<count>[1NnUa])[xY]{0,2})?(?P<group>[P6])"
)
INTRODUCED = re.compile(r"(?:h[eéadcà:@]{0,2}x?|J[eéadcà:@t]{0,3}x?|[@àt]e?)$")
WITH = re.compile(r"h[c:]?$")
RUN = r"[AKI](?:;?[AKIY]|[deé&]{1,2}[AKI]|(?<=[AI])[deé]{1,2}x)*"
PARTNER = re.compile(rf"[QT][deéàat@hc,:QT]{{0,4}}(?P<after>{RUN})|(?P<before>{RUN})[QT]|[h@à]e?(?P<with>{RUN})")


def _people(line: Line, head: int) -> tuple[Accompanied, ...]:
    """Who was accompanied, their words taken."""
    found: list[tuple[int, Accompanied, list[tuple[int, int]]]] = []
    last = -9
    for m in PEOPLE.finditer(line.tags):
        start, end = m.span()
        before, after = line.tags[:start], line.tags[end : end + 1]
        listed = start - last == 1 and before[-1:] in set("&,") or start == last
        taken = [(start, end)]
        if m["name"]:
            role = line.ids[end - 1] if m["role"] else ""
            known = bool(WITH.search(before)) or listed
            stop = m.end("name")
            if after == "Y" and known and not role and not line.values[end] and line.said(end, end + 1).istitle():
                end = stop = end + 1  # Marie Pearson is not a school board
                taken = [(start, end)]
            if not known and (m["role"] or "")[:1] != "<":
                if not role:
                    continue
                one = Accompanied(role)
                taken = [(end - 1, end)]
            else:
                one = Accompanied(role, line.said(start, stop).rstrip("."))
        elif m["titled"]:
            one = Accompanied(line.ids[start], line.said(*m.span("holder")).rstrip("."))
        else:
            at = end - 1
            known = listed or m["count"] is not None or INTRODUCED.search(before) is not None
            beside = after == "Y" or before[-1:] == "Y" or line.values[at] == 1
            apart = after not in set("x5s") and before[-1:] not in set("x5")
            if after in set("P6") and after or line.ids[at] == EntryKind.PARTNER and not known:
                continue
            if not (known or beside or apart):
                continue
            number = int(line.values[start]) if m["count"] else 1
            if line.tags[at] == "6" and number < 2:
                number = 2
            one = Accompanied(line.ids[at], "", number)
            taken = [(at, at + 1), *([(start, start + 1)] if m["count"] else [])]
            if after == "x" and not known:
                taken = []
        if start < head or INTRODUCED.search(before) or listed or m["name"]:
            found.append((start, one, taken))
            last = end
    found = [one for one in found if one[0] < head] or found
    for _, _, taken in found:
        for first, stop in taken:
            line.take(first, stop)
    return tuple(dict.fromkeys(one[1] for one in found))


def _boards(line: Line, head: int) -> tuple[str, ...]:
    """The network's bodies named; those in the objective stay in its words too."""
    places = [at for at, tag in enumerate(line.tags) if tag == "Y"]
    places = [at for at in places if at < head] or places
    for at in places:
        if at < head or line.tags[at - 1] in "@àcdé":
            line.take(at, at + 1)
    return tuple(dict.fromkeys(line.ids[at] for at in places))


def _kind(tags: str, ids: set[str], people: tuple[Accompanied, ...]) -> tuple[EntryKind, bool]:
    """What the hours were spent on, and whether the line says so."""
    partner = "T" in tags or "z" in tags or EntryKind.PARTNER in ids
    accompanied = any(one.role not in ("", EntryKind.PARTNER) for one in people)
    if "J" in tags:
        return EntryKind.ACCOMPANIMENT, "Q" not in tags
    if "Q" in tags or partner and not accompanied:
        return EntryKind.PARTNER, True
    return EntryKind.ACCOMPANIMENT, not partner and (accompanied or "Y" in tags)


def _partner(line: Line, head: int) -> tuple[str, bool]:
    """The table or organisation, and whether it was known; its words taken."""
    known = line.tags.find("z", 0, head)
    known = known if known >= 0 else line.tags.find("z")
    if known >= 0:
        line.take(known, known + 1)
        return line.ids[known], True
    for m in PARTNER.finditer(line.tags, 0, head):
        first, end = m.span(m.lastgroup or 0)
        line.take(first, end)
        return line.said(first, end), False
    return "", False


EDGE = set("cdeé&oarh\"t@à,:-;~<>=^#")
FILLER = EDGE | set("sJQT!lL%if")


def _objective(line: Line, head: int) -> str:
    """What nobody took, without the small words at its ends; what follows "re" where that is said."""
    parts: list[str] = []
    for m in re.finditer("[^_]+", line.tags):
        first, end = m.span()
        if first < head < end:
            first = head
        if set(line.tags[first:end]) <= FILLER:
            continue
        while line.tags[first] in EDGE or line.tags[first] in "JQ!":
            first += 1
        while line.tags[end - 1] in EDGE or line.tags[end - 1] in "JQ!":
            end -= 1
        said = line.said(first, end)
        parts.append(said + ")" * (said.count("(") - said.count(")")))
    return ", ".join(parts)


MARKER = re.compile(r"r(?!a?[1NnbFUVSCvqH])")


def read_entry(
    text: str,
    *,
    today: date,
    names: Names,
    half_day_minutes: int = 180,
    minutes: int | None = None,
    day: date | None = None,
) -> Reading:
    """What a line says. ``minutes`` and ``day`` are answers: they stand for what the line says."""
    text = unicodedata.normalize("NFC", text)
    whole, text = text, text[:LONGEST_LINE]
    text, quoted = _quoted(text)
    line = _lex(text, names.lexicon)
    mark = MARKER.search(line.tags)
    head = mark.start() if mark and mark.start() else len(line.tags)
    when = _day(line, today, head)
    length = _minutes(line, half_day_minutes, head)
    people = _people(line, head)
    tags = line.tags[:head] if re.search("[JQTzPY6_]", line.tags[:head]) else line.tags
    kind, kind_given = _kind(tags, set(line.ids[: len(tags)]), people)
    boards = _boards(line, head)
    partner, known = _partner(line, head) if kind is EntryKind.PARTNER else ("", False)
    questions: list[Question] = []
    if minutes is None and len(whole) > LONGEST_LINE:
        questions.append(Question(About.MINUTES, Why.TOO_MUCH_TEXT))
    elif minutes is None and isinstance(length, Question):
        questions.append(length)
    if day is None and isinstance(when, Question):
        questions.append(when)
    length = length if isinstance(length, int) and not questions else None
    return Reading(
        kind=kind,
        kind_given=kind_given,
        minutes=minutes if minutes is not None else length,
        day=day or (when if isinstance(when, date) else today),
        day_given=day is not None or isinstance(when, date),
        people=people,
        boards=boards,
        partner=partner,
        partner_known=known,
        objective=quoted or _objective(line, head),
        requested="!" in line.tags,
        open_questions=tuple(questions),
    )


def _quoted(text: str) -> tuple[str, str]:
    """A line that ends in a quoted objective, as its two parts."""
    text = text.rstrip()
    first = min((at for at in map(text.find, '"«“') if at >= 0), default=-1)
    if 0 <= first < len(text) - 1 and text[-1] in '"»”':
        return text[:first], " ".join(text[first + 1 : -1].split())
    return text, ""


def read_minutes(text: str, *, half_day_minutes: int = 180) -> int | Question:
    """A duration alone."""
    line = _lex(unicodedata.normalize("NFC", text)[:LONGEST_LINE], LEXICON)
    return _minutes(line, half_day_minutes, len(line.tags))


def read_day(text: str, *, today: date) -> date | Question:
    """A date alone."""
    line = _lex(unicodedata.normalize("NFC", text)[:LONGEST_LINE], LEXICON)
    if re.fullmatch("[1N]", line.tags):
        return _plausible(_last_numbered(today, int(line.values[0])), today)
    return _day(line, today, len(line.tags)) or _ask_day(Why.MISSING)


def write_line(entry: Reading | Draft, names: Names, language: str = "en") -> str:
    """An entry as a line that reads as the same values."""
    fr = language == "fr"
    words = [f"{entry.minutes // 60}h{entry.minutes % 60:02}"] if entry.minutes else []
    words.append(entry.day.isoformat())
    if entry.kind is EntryKind.PARTNER:
        words.append(f"{'soutien partenaire' if fr else 'partner support'} {entry.partner}".strip())
    else:
        words.append("accompagnement" if fr else "accompaniment")
    people = [_person(one, names, language) for one in entry.people]
    if people:
        words.append(("avec " if fr else "with ") + (" et " if fr else " and ").join(people))
    if entry.boards:
        short = [names.boards[id].short[language] for id in entry.boards]
        words.append(("à " if fr else "at ") + ", ".join(short))
    if entry.requested:
        words.append("sur demande" if fr else "on request")
    return " ".join(words) + (f' {"objet" if fr else "re"} "{entry.objective}"' if entry.objective else "")


def _person(one: Accompanied, names: Names, language: str) -> str:
    role = names.roles.get(one.role)
    if role is None:
        return one.name or str(one.number)
    if one.name:
        return f"{one.name} ({role.name[language]})"
    return role.name[language] if one.number == 1 else f"{one.number} {role.plural[language]}"
