"""Finds what looks like a student's name, in both languages; it is asked about, never refused.

A name is a capitalised word beside a word for a student ("my student Emma"), beside a school year
or an age ("Emma, grade 3"; « Léa, 8 ans »), or of a student's family ("Emma's mother"). Where the
word for a student has a capital itself ("Student Council"), it is a title's, and is passed over
unless the name is introduced as one ("a Student named Emma").
"""

import re
from collections.abc import Iterator

from storage.words import fold

MOST = 5  # that are shown

_CAPITAL = "A-ZÀ-ÖØ-Þ"
_NAME = rf"[{_CAPITAL}][a-zà-öø-ÿ]+(?:[-’'][{_CAPITAL}]?[a-zà-öø-ÿ]+)*"
_NAMES = rf"(?P<name>{_NAME})(?P<more>(?: {_NAME})*)"
_ONE = (
    r"(?:students?|pupils?|kids?|child|children|boys?|girls?|teens?|teenagers?|learners?|sons?"
    r"|daughters?|élèves?|eleves?|enfants?|garçons?|garcons?|filles?|fillettes?|fils|ados?"
    r"|adolescente?s?|étudiante?s?|etudiante?s?|jeunes?)"
)
_CALLED = (
    r"(?:named|called|by the name of|whose name is|nommée?s?|nommee?s?|appelée?s?|appelee?s?"
    r"|prénommée?s?|prenommee?s?|du nom de|qui s[’']appelle)"
)
_FAMILY = (
    r"(?:mothers?|fathers?|moms?|mums?|dads?|parents?|grandmother|grandfather|family|brother|sister"
    r"|teacher)"
)
_FAMILLE = r"(?:mère|père|maman|papa|parents|grand-mère|grand-père|famille|frère|sœur)"
_YEAR = (
    r"(?:grade \d{1,2}|\d{1,2}(?:st|nd|rd|th) grade|(?:in )?(?:kindergarten|grade (?:one|two|three"
    r"|four|five|six))|secondary [1-5]|(?:en )?\d{1,2}e année|(?:en )?(?:1re|première|deuxième"
    r"|troisième|quatrième|cinquième|sixième) année|(?:en )?secondaire [1-5]|(?:age|aged|âgée?) "
    r"(?:de )?\d{1,2}|\d{1,2} (?:years old|ans)|a student|a pupil|une? élève|une? enfant)"
)
_GROUP = r"(?! (?:teachers?|interns?|class(?:es)?|groups?|teams?|students|pupils|kids|children))"
# What stands where a name could and is none: of places, programmes, days, languages and peoples.
_NO_NAME = frozenset(
    fold(
        """
        monday tuesday wednesday thursday friday saturday sunday january february march april may
        june july august september october november december english french inuit cree mohawk
        innu naskapi indigenous quebec québécois canadian montreal ukrainian jewish black christmas
        halloween easter ramadan the a an i it we they he she their our my this that these when
        while after before in on at from and but or so as for if because since then there now
        every each all some most many one two three ms mr mrs miss mx mme mlle dr monsieur madame
        grade secondary kindergarten cycle school centre center council voice voices services life
        help phone success leadership association committee society club board day week month year
        teacher teachers coordinator development care affairs union support wellness well-being
        zoom teams slack google microsoft minecraft chromebooks le la les un une des ce cette ces il
        elle ils elles on nous vous je leur notre mon ma dans avec pour par au aux du de en et mais
        ou puis quand après avant depuis chaque tous toutes anglais français école primaire
        premier première laval gatineau sherbrooke math maths science
        sciences arts art music musique gym secondaire
        préscolaire noël pâques saint sainte soleil covid clc csc cda adc
        """
    ).split()
)

_INSTITUTION = frozenset(
    """
    high school academy elementary secondary college institute centre center ecole academie
    polyvalente council board club
    """.split()  # noqa: SIM905 - read as the list above
)

_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        # Introduced as a name, whatever the case of what stands before: "a boy named Liam".
        rf"(?i:\b{_ONE}(?:[ ,]+\w+)? {_CALLED}) {_NAMES}",
        # "my student Emma", "student, Emma": the word for one in small letters.
        rf"\b{_ONE}(?: ?[,(:–—] ?| ){_NAMES}",
        # The first word of a sentence: "Student Emma came".
        rf"(?:^|(?<=[.!?\n] )|(?<=\n))(?:Student|Pupil|Élève|L[’']élève) {_NAMES}(?= [a-zà-ÿ])",
        # "Emma, grade 3", « Léa (8 ans) », "Emma, a student".
        rf"\b{_NAMES}(?: ?[,(–—] ?| in | est en | is in )(?:an? )?{_YEAR}\b{_GROUP}",
        # "Emma's mother", « la mère d’Emma », « les parents de Liam ».
        rf"\b{_NAMES}[’']s {_FAMILY}\b",
        rf"\b{_FAMILLE} (?:de |d[’']){_NAMES}",
    )
)
_STAFF = re.compile(  # titles before a name: a grown-up's
    r"(?:\b(?:Ms|Mr|Mrs|Miss|Mx|Mme|Mlle|M|Dr|Monsieur|Madame|teacher|principal|coach|nurse"
    r"|enseignante?|directrice|directeur)\.? )$"
)


def named(text: str) -> tuple[str, ...]:
    """What in the text looks like a student's name, with the words that make it look so."""
    found: dict[str, None] = {}
    for line in text.replace("\u00a0", " ").replace("\u202f", " ").splitlines():
        for one in _in_line(line):
            found.setdefault(one)
    kept = [one for one in found if not any(one != other and one in other for other in found)]
    return tuple(kept[:MOST])


def _in_line(line: str) -> Iterator[str]:
    for pattern in _PATTERNS:
        for match in pattern.finditer(line):
            words = fold(match["name"] + (match["more"] or "")).split()
            if words[0] in _NO_NAME or not _INSTITUTION.isdisjoint(words):
                continue
            if _STAFF.search(line[: match.start("name")]):
                continue
            yield match[0].strip()
