"""The words of a line of chat in both languages: each becomes a tag, which the grammar reads."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from storage.network import Network
from storage.plan import EntryKind

# A tag and its words. "=": their value; "+": the first one's, each next word's is one more ("-" is
# nobody's). "_" joins the words of a phrase. Accents and case don't matter.
WORDS = """
H h hr hrs hour hours heure heures hre hres
M m min mins minute minutes mn mns
v=.5 half demi demie demies
q=.25 quarter quarters quart quarts
U+1 one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
U+17 seventeen eighteen nineteen
U+2 deux trois quatre cinq - - huit neuf dix onze douze treize quatorze quinze seize
U=1 premier first
U=10 dizaine_de
U=15 quinzaine_de
U=20 vingtaine_de
U=30 trentaine_de
U=2 couple_of a_couple_of a_couple couple couple_d couple_de
a=1 a an un une
& and et
= plus
Z moins
e the la l les
é le du
d d de of des
f from between entre since depuis
t to till until jusqu jusque au aux
@ at vers a_partir_de
0=720 noon midi
0=0 midnight minuit
p=-1 o_clock
W+0 monday tuesday wednesday thursday friday saturday sunday
W+0 lundi mardi mercredi jeudi vendredi samedi dimanche
W+0 lun tue wed thu fri
W+1 tues weds thur ven
W=3 thurs
w+0 mon - mer jeu - sat sun
w+5 sam dim
4=1 mar
B+1 january february march april may june july august september october november december
B+1 janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
B+1 jan feb - apr - jun jul aug sep oct nov dec
B+1 janv fev - avr - - juil - sept
B=2 fevr
R=0 today aujourd_hui tonight
R=0 aujourd_hui_meme
R=-1 yesterday hier yest yday
R=-14 a_fortnight_ago fortnight_ago
R=-2 avant_hier day_before_yesterday
R=1 tomorrow demain tmrw
R=2 apres_demain day_after_tomorrow
L morning matin matinee afternoon aft aprem apres_midi evening soir soiree night nite nuit
L avant_midi
L pm am fin_de_journee debut_de_journee fin_d_apres_midi
l last past dernier derniere derniers dernieres passe passee precedent precedente previous
i this ce cet cette
y next prochain prochaine coming upcoming
g ago
G il_y_a y_a ya voila ca_fait
j day days jour jours journee journees
k week weeks wk wks semaine semaines
2 month months mois mondays tuesdays wednesdays thursdays fridays lundis mardis mercredis jeudis
2 vendredis samedis dimanches
3 few several quelques plusieurs
% all whole entire full toute tout entiere good solid short bonne petite grosse
1 veille avant_veille the_other_day other_day l_autre_jour recently lately recemment dernierement weekend week_end
1 fin_de_semaine
5 years year ans annee annees yrs old people personnes participants kids enfants jeunes familles
5 families
5 ecoles schools km pages items slides fois times members membres percent dollars
9 grade grades gr room local salle sec phase volet step etape part partie level niveau cycle cohort
9 cohorte version strand section article measure mesure no module chapter chapitre
J accompaniment accompagnement accompagne accompagnee accompagner accompanied accompanying coaching
J coached accomp accompagn
Q partner_support partners_support support_to_partner support_to_partners support_to_the_partner
Q support_for_partners soutien_partenaire soutien_partenaires soutien_au_partenaire
Q soutien_aux_partenaires soutien_a_un_partenaire soutien_de_partenaire
Q appui_partenaire appui_aux_partenaires
T table tables table_de_concertation tables_de_concertation concertation partnership partenariat
T organisme organismes
T org roundtable organization organisation organizations organisations community_organization
T community_organisation organisme_communautaire
8 support soutien appui
7 club maison carrefour foundation fondation association society societe council conseil
I school academy high elementary ecole centre center college clc csc cegep primaire
I place heights memorial secondary secondaire junior senior institute university universite
x action plan transition journal journals budget onboarding training formation atelier workshop
x projet project prep planning follow suivi bilan rapport report review webinar orientation grant
r re about regarding concerning concernant objet subject sujet topic au_sujet au_sujet_de a_propos
r a_propos_de
r objective objectif
" for pour
"=1 by before due avant d_ici deadline echeance
o on
s meeting mtg phone tel telephone visit visite rencontre reunion zoom teams session team equipe
s rencontres visio videoconference conference courriel email texto
h with w w_/ avec met saw called phoned call calls appel appels appele rencontree
h helped helping supporting supported visited emailed texted soutenir soutenu aider
ï in en dans
c chez sur i we je j nous ai had did worked spent log noter it took was were
c pendant durant during environ around approx approximately earlier just my ma our notre nos
c moins_d moins_de plus_d plus_de less_than more_than a_peu_pres incluant plus_tot tantot
c time_: date_: duree_: duration_: d_une_duree_de
c please svp logged roughly nearly almost over under late presque me
c incl including dont new nouveau nouvel nouvelle nouvelles quick petit rapide
c their his her son sa par also aussi then puis
' s
X x each chacun chacune apiece
! on_request upon_request requested as_requested by_request at_their_request at_her_request
! at_his_request at_the_request_of a_la_demande_de a_la_demande_du a_la_demande_des a_sa_demande
! a_leur_demande sur_demande request_from request_by suite_a_une_demande s_request
! demande_de_la demande_de_l demande_du demande_d_accompagnement
"""
TENS = (
    "dix=10 twenty=20 vingt=20 thirty=30 trente=30 forty=40 quarante=40 fifty=50 cinquante=50 "
    "sixty=60 soixante=60 seventy=70 eighty=80 quatre_vingt=80 quatre_vingts=80 ninety=90 cent=100"
)

Term = tuple[list[str], str, float, str]  # a phrase's words, its tag, its value, its id
Lexicon = dict[str, list[Term]]  # by first word, the longest phrase first

# Numbers: u one digit, N 10 to 31 (a day, an hour), n 32 to 59 (minutes), b others, E a year,
# F decimal, V and S fractions, C clock, O ordinal, D date. A hyphen between letters is no mark.
TOKEN = re.compile(
    r"(?P<p>(?<=\d)\s?[ap]\.?\s?m\b\.?)|(?P<V>[½¼¾⅓⅔])|(?P<x>[^\W\d_]+)"
    r"|(?P<z>(?!(?<=[^\W\d_])-[^\W\d_]|[\"«“]|[.,]\d)[^\w\s']|_)"
    r"|(?P<D>\d{4}(?P<a>[-/.])\d\d?(?P=a)\d\d?(?!\d)|\d\d?(?P<c>[-/.])\d\d?(?P=c)\d\d(?:\d\d)?(?!\d))"
    r"|(?P<C>\d\d?:[0-5]\d(?!\d))|(?P<S>\d\d?/\d\d?(?![\d/]))|(?P<F>\d*[.,]\d\d?(?!\d|[.,:]\d))"
    r"|(?P<O>\d\d?(?:st|nd|rd|th|er)\b)"
    r"|(?P<u>\d(?!\d))|(?P<N>(?:0\d|[12]\d|3[01])(?!\d))|(?P<n>[3-5]\d(?!\d))"
    r"|(?P<E>(?:19|20)\d\d(?!\d))|(?P<b>\d+)"
    r"|(?P<Q>\"[^\"]+\"|«[^»]+»|“[^”]+”)|(?P<y>[.,\"«“])"
)
VALUES: dict[str, Callable[[str], float]] = {
    "C": lambda word: int(word[:-3]) * 60 + int(word[-2:]),
    "S": lambda word: int(word.split("/")[0]) / max(int(word.split("/")[1]), 1),
    "F": lambda word: float(word.replace(",", ".")),
    "O": lambda word: int(word[:-2]),
    "p": lambda word: 720 if "p" in word else 0,
    "V": {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}.__getitem__,
}
MARKS = dict(zip(",;|•·.:-/+&@([)]#$€%", ",,,,,;:--=&@<<>>#xxx", strict=True))


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


def _tokens(text: str) -> list[tuple[str, str, int, int]]:
    """The kind, the folded word, and the place of every token."""
    folded = text.translate(FOLDED).lower()
    return [(m.lastgroup or "", m.group(), m.start(), m.end()) for m in TOKEN.finditer(folded)]


def _term(lexicon: Lexicon, phrase: str, tag: str, value: float = 0, id: str = "") -> None:
    if words := [token[1] for token in _tokens(unicodedata.normalize("NFC", phrase))]:
        terms = lexicon.setdefault(words[0], [])
        terms.append((words, tag, value, id))
        terms.sort(key=lambda term: -len(term[0]))


def _lexicon() -> Lexicon:
    lexicon: Lexicon = {}
    units = {"sept": 7.0, "et_un": 1.0, "et_une": 1.0, "et_onze": 11.0}
    for line in WORDS.strip().splitlines():
        key, *phrases = line.split()
        for step, phrase in enumerate(phrases):
            value = float(key[2:] or 0) + (step if key[1:2] == "+" else 0)
            if phrase != "-":
                _term(lexicon, phrase.replace("_", " "), key[0], value)
            if key[0] == "U":
                units[phrase] = value
    for ten, number in (one.split("=") for one in TENS.split()):
        fits = {"60": 20, "80": 20, "100": 100}.get(number, 10)
        for unit, value in [("", 0.0), *units.items()]:
            if value < fits:
                _term(lexicon, f"{ten} {unit}".replace("_", " "), "U", int(number) + value)
        units[ten] = float(number)
    return lexicon


LEXICON = _lexicon()


class Names:
    """The words of a network and the partners already known, prepared for looking up."""

    def __init__(self, network: Network, partners: Iterable[str] = ()) -> None:
        self.roles = {role.id: role for role in network.role}
        self.boards = {body.id: body for body in network.body}
        self.lexicon = {word: list(terms) for word, terms in LEXICON.items()}
        for body in network.body:
            for phrase in (body.name.en, body.name.fr, body.short.en, body.short.fr, *body.also):
                self._add(phrase, "Y", body.id)
        for role in network.role:
            names = (role.name.en, role.name.fr, role.plural.en, role.plural.fr, *role.also)
            tags = "TT" if role.id == EntryKind.PARTNER else "P6"
            for phrase in (*names, *(f"{name}s" for name in names if name.isupper())):
                ends = (phrase.split()[0], phrase.split()[-1])
                plural = any(word.endswith("s") and not word.isupper() for word in ends)
                self._add(phrase, tags[plural], role.id)
        for partner in network.partner:
            for phrase in (partner.name, *partner.also):
                self._add(phrase, "z", partner.name)
        for name in partners:
            self._add(name, "z", name)

    def _add(self, phrase: str, tag: str, id: str) -> None:
        """A name, of value 1 where it can't be a common word; the grammar's own words stay its."""
        words = [token[1] for token in _tokens(unicodedata.normalize("NFC", phrase))]
        if words and words not in (term[0] for term in self.lexicon.get(words[0], ())):
            _term(self.lexicon, phrase, tag, float(len(words) > 1 or phrase[:2].isupper()), id)


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


def tagged(text: str, lexicon: Lexicon) -> Line:
    """The line's tags. ``text`` is in NFC."""
    tokens = _tokens(text)
    spelled = [token[1] for token in tokens]
    tags, values, ids, spans = [""], [0.0], [""], [(0, -1)]
    at = 0
    while at < len(tokens):
        tag, word, start, end = tokens[at]
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
            end = tokens[at + step - 1][3]
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
