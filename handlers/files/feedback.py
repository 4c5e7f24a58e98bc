"""Reads what Microsoft Forms and Google Forms export: how many answered what, and who did at all.

Nothing here joins a person with an answer.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from handlers.files import dates, headers, questions, scales
from handlers.files.headers import Field, plain
from handlers.files.questions import Question, Scale
from storage.words import fold


class Source(StrEnum):
    """Whose form it was."""

    MICROSOFT = "Microsoft Forms"
    GOOGLE = "Google Forms"


@dataclass(frozen=True, slots=True)
class Respondent:
    """Someone who sent a form and is named in it. ``email`` is lower case.

    ``day`` is when, by the clock of the export; None where its dates could be read two ways.
    """

    name: str
    email: str
    day: date | None


@dataclass(frozen=True, slots=True)
class Feedback:
    """An export: how many replies it holds, what was asked, and who is known to have replied.

    ``days`` are those on which replies may have come, in order: of 03/04/2024 both readings.
    """

    source: Source
    replies: int
    questions: tuple[Question, ...]
    people: tuple[Respondent, ...]
    days: tuple[date, ...]


_STARTED = frozenset({"start time", "heure de debut"})
_SENT = frozenset({"completion time", "heure de fin"})
_STAMPED = frozenset({"timestamp", "horodateur", "horodatage"})
# What stands before the questions, beside who replied.
_BEFORE = _STARTED | _SENT | _STAMPED | {
    "id", "language", "langue", "score", "total score", "total points", "nombre total de points",
    "quiz feedback", "commentaires du questionnaire", "last modified time",
    "heure de la derniere modification",
}  # fmt: skip
_MICROSOFT = ("ID", "Start time", "Completion time", "Email", "Name")
_NOBODY = scales.NO_ANSWER | {"anonymous", "anonyme", "anonymous user", "utilisateur anonyme"}
_OF_A_QUIZ = re.compile(r"(?:points|feedback|commentaires) [-–] (.+)|(.+) \[(?:score|feedback)\]")
_MOMENT = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\D.*")
_OVERALL = re.compile(r"overall|in general|dans l.ensemble|\bglobal|en general|generale")
_SATISFIED = re.compile(r"satisf|pleased|happy with|appreci")
_RATED = re.compile(r"\brat(?:e|ing)\b|evalue|quality|qualite|useful|utile|\bnotez\b")
_EVENT = re.compile(
    r"workshop|atelier|session|seance|formation|training|webinai?re?|rencontre|meeting|event|"
    r"orientation|activit"
)
_RECOMMENDS = re.compile(r"recomm[ae]nd")


def read(rows: Sequence[Sequence[str]]) -> Feedback | None:
    """What an export of a form says; None where the rows are not one."""
    filled = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return None
    asked = [" ".join(cell.replace("\ufeff", "").split()) for cell in filled[0]]
    replies = filled[1:]
    columns = [[row[i] if i < len(row) else "" for row in replies] for i in range(len(asked))]
    source = _source(asked, columns)
    if source is None:
        return None
    if source is Source.MICROSOFT and plain(asked[1]) not in _STARTED:
        asked[: len(_MICROSOFT)] = _MICROSOFT  # the same columns in another language
    whole = {fold(text) for text in asked}
    first = _first_question(asked)
    found = [
        questions.read(text, column)
        for i, (text, column) in enumerate(zip(asked, columns, strict=True))
        if i >= first and text and not _field(text) and not _marks_another(text, whole)
    ]
    came = columns[2 if source is Source.MICROSOFT else 0]
    people = tuple(_people(source, asked, columns, dates.read(came)))
    return Feedback(source, len(replies), tuple(found), people, tuple(dates.possible(came)))


def propose(asked: Sequence[Question]) -> tuple[int, set[str]] | None:
    """The question that asks for overall satisfaction, by its index, and its positive answers.

    Only a proposal, for a person to confirm. On a scale in numbers, positive answers that nobody
    gave are among them. None where no question asks that, or what is positive cannot be told.
    """
    closed = [i for i, question in enumerate(asked) if question.scale is not Scale.TEXT]
    fitting = [i for i in closed if _fit(asked[i].text)] or (closed if len(closed) == 1 else [])
    if not fitting:
        return None
    best = max(fitting, key=lambda i: _fit(asked[i].text))  # the first of several
    positive = _positive(asked[best])
    return None if positive is None else (best, positive)


def count(question: Question, positive: set[str]) -> tuple[int, int]:
    """How many answered the question, and how many of them with one of these answers."""
    wanted = {questions.alike(answer) for answer in positive}
    said = ((questions.alike(answer), n) for answer, n in question.answers)
    return question.answered, sum(n for answer, n in said if answer in wanted)


def _source(asked: Sequence[str], columns: Sequence[Sequence[str]]) -> Source | None:
    """Whose export it is, by its first columns."""
    first = [plain(text) for text in asked[:3]]
    if first[0] in _STAMPED and len(asked) > 1:
        return Source.GOOGLE if all(map(_MOMENT.match, filter(None, columns[0]))) else None
    if first[0] != "id" or len(asked) < 4:
        return None
    if first[1] in _STARTED and first[2] in _SENT:
        return Source.MICROSOFT
    moments = [*columns[1], *columns[2]]
    below = bool(moments) and all(map(_MOMENT.match, moments))
    return Source.MICROSOFT if below and len(asked) >= len(_MICROSOFT) else None


def _first_question(asked: Sequence[str]) -> int:
    """How many columns stand before the first question."""
    before = (plain(text) in _BEFORE or _field(text) is not None for text in asked)
    return next((i for i, is_before in enumerate(before) if not is_before), len(asked))


def _field(text: str) -> Field | None:
    """What of a person a column holds; Forms adds a digit to a header that is taken."""
    field = headers.field(text.rstrip("0123456789"))
    return field if field in (Field.NAME, Field.GIVEN, Field.FAMILY, Field.EMAIL) else None


def _marks_another(text: str, asked: set[str]) -> bool:
    """Whether a column holds the points of another one, or what was said of its answer."""
    found = _OF_A_QUIZ.fullmatch(fold(text))
    return found is not None and (found[1] or found[2]) in asked


def _people(
    source: Source,
    asked: Sequence[str],
    columns: Sequence[Sequence[str]],
    days: Sequence[date | None],
) -> Iterator[Respondent]:
    """Who is named in a reply: by the form itself, or because the form asked for it."""
    fields = [_field(text) for text in asked]
    # Microsoft's own name, before one that was asked for; Google has none.
    itself = fields.index(Field.NAME) if source is Source.MICROSOFT and Field.NAME in fields else -1
    for row, day in zip(zip(*columns, strict=True), days, strict=True):
        said = dict.fromkeys(Field, "")
        for i, (field, cell) in enumerate(zip(fields, row, strict=True)):
            if field and i != itself and not said[field] and fold(cell) not in _NOBODY:
                said[field] = " ".join(cell.split())
        signed = "" if itself < 0 or fold(row[itself]) in _NOBODY else " ".join(row[itself].split())
        family = said[Field.FAMILY] or said[Field.NAME]  # "Nom" beside "Prénom"
        name = signed or (f"{said[Field.GIVEN]} {family}".strip() if said[Field.GIVEN] else family)
        email = said[Field.EMAIL].lower() if "@" in said[Field.EMAIL] else ""
        if name or email:
            yield Respondent(name, email, day)


def _fit(text: str) -> int:
    """How much a question asks for overall satisfaction; 0 where not at all."""
    asked = fold(text)
    weights = ((_SATISFIED, 4), (_OVERALL, 3), (_RATED, 2))
    fit = sum(weight for pattern, weight in weights if pattern.search(asked))
    return fit and fit + bool(_EVENT.search(asked))


def _positive(question: Question) -> set[str] | None:
    """Which answers are positive; None where it cannot be told."""
    recommends = bool(_RECOMMENDS.search(fold(question.text)))
    given = [answer for answer, _ in question.answers]
    if question.scale is Scale.NUMBERS:
        given_numbers = [int(answer) for answer in given]
        found = scales.positive_numbers(question.text, given_numbers, recommends=recommends)
        return None if found is None else {str(number) for number in sorted(found)}
    positive = {answer for answer in given if scales.is_positive(answer)}
    return positive if positive or all(map(scales.is_on_one, given)) else None
