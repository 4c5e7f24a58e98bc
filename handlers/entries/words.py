"""The words of both languages and of a network, each with the tag that the rules read."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from storage.network import Network
from storage.plan import EntryKind

# What the tags stand for:
# H hours, M minutes, v half, q quarter, U a number in words, a an article, & and, = plus, Z minus,
# e the, é le or du, d of, f from, t to, @ at, 0 noon, p o'clock; W a weekday, w what may be one, 4
# mar, B a month, R a day from today, L a part of the day, l last, i this, y next, g ago, G il y a,
# j day, k week, 2 month, 3 a few, % whole, 1 a vague day; 5 what is counted, 9 what a number
# belongs to; J accompaniment, Q partner support, 8 support, T a table or an organisation, 7 and I
# parts of an organisation's and a school's name, h with, s a kind of meeting, r what it is about,
# " for or before, o on, ï in, c small words, ' a possessive, X times or each, x common words, ! on
# request. Beside them: A a word like a name, K in capitals, à, Y a body, P a role, 6 several, z a
# partner, _ what was taken.
#
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
1 veille avant_veille the_other_day other_day l_autre_jour recently lately recemment dernierement
1 weekend week_end fin_de_semaine
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
    r"|(?P<Q>\"[^\"]+\"|«[^»]++»|“[^”]++”)|(?P<y>[.,\"«“])"
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


def tokens(text: str) -> list[tuple[str, str, int, int]]:
    """The kind, the folded word, and the place of every token."""
    folded = text.translate(FOLDED).lower()
    return [(m.lastgroup or "", m.group(), m.start(), m.end()) for m in TOKEN.finditer(folded)]


def _term(lexicon: Lexicon, phrase: str, tag: str, value: float = 0, id: str = "") -> None:
    if words := [token[1] for token in tokens(unicodedata.normalize("NFC", phrase))]:
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
        words = [token[1] for token in tokens(unicodedata.normalize("NFC", phrase))]
        if words and words not in (term[0] for term in self.lexicon.get(words[0], ())):
            _term(self.lexicon, phrase, tag, float(len(words) > 1 or phrase[:2].isupper()), id)
