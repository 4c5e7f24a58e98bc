"""An export of a form while it waits: its questions and counts, and which answers are positive.

Pure: from values to values. It travels on the card's buttons; of what was answered only counts do,
and nothing of who answered.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pydantic import TypeAdapter, ValidationError

from handlers.chat import values
from handlers.chat.errors import UserError
from handlers.files import feedback as exports
from handlers.files.questions import Question, Scale, alike
from storage.sessions import MOST_PEOPLE

MOST_QUESTIONS = 60
MOST_DAYS = 30
FITS = 7  # days between a session and its first replies that speak for it

# Of a question: whether each answer is positive, as somebody chose before.
Known = Callable[[str], Mapping[str, bool]]


@dataclass(frozen=True, slots=True)
class Pending:
    """An export that waits: how many replied, the days that may have been on, and its questions.

    ``chosen`` is the question that counts, by its place; ``positive`` are its positive answers,
    None where that can't be told.
    """

    file: str
    digest: str
    source: exports.Source
    replies: int
    days: tuple[date, ...]
    questions: tuple[Question, ...]
    chosen: int | None = None
    positive: tuple[str, ...] | None = None
    remembered: bool = False

    @property
    def question(self) -> Question | None:
        """The one that counts."""
        return None if self.chosen is None else self.questions[self.chosen]

    @property
    def counts(self) -> tuple[int, int] | None:
        """How many answered it, and how many of them were pleased; None where that isn't known."""
        if self.question is None or self.positive is None:
            return None
        return exports.count(self.question, {*self.positive})


_PENDING = TypeAdapter(Pending)


def pending(read: exports.Feedback, file: str, digest: str, today: date, known: Known) -> Pending:
    """An export with its question and positive answers proposed: as last time, else by words."""
    closed = tuple(one for one in read.questions if one.scale is not Scale.TEXT)[:MOST_QUESTIONS]
    days = tuple(day for day in read.days if day <= today)[:MOST_DAYS]
    waits = Pending(file, digest, read.source, read.replies, days, closed)
    for n, question in enumerate(closed):
        if known(question.text):
            return choose(waits, n, known)
    likely = exports.propose(closed)
    return waits if likely is None else choose(waits, likely[0], known)


def choose(waits: Pending, chosen: int, known: Known) -> Pending:
    """The export with this question, and the answers that are positive as far as can be told."""
    question = waits.questions[chosen]
    likely, before = exports.propose([question]), known(question.text)
    if likely is None and not before:
        return replace(waits, chosen=chosen, positive=None, remembered=False)
    good = {alike(answer) for answer in likely[1]} if likely else set[str]()
    positive = tuple(one for one in options(question) if before.get(alike(one), alike(one) in good))
    return replace(waits, chosen=chosen, positive=positive, remembered=bool(before))


def options(question: Question) -> Sequence[str]:
    """The answers to choose from; on a scale in numbers also those that nobody gave."""
    given = [answer for answer, _ in question.answers]
    likely = exports.propose([question]) if question.scale is Scale.NUMBERS else None
    if likely is None:
        return given
    return [str(number) for number in sorted({int(one) for one in (*given, *likely[1])})]


def remembered(question: Question, positive: Iterable[str]) -> dict[str, bool]:
    """Of each answer whether it is positive, to be kept for the next time."""
    good = {alike(one) for one in positive}
    return {alike(one): alike(one) in good for one in options(question)}


def distance(waits: Pending, held: date) -> int:
    """How well a session's last day fits: the days until replies came; many for other sessions."""
    after = [(day - held).days for day in waits.days]
    return min((days if days >= 0 else 1000 - days for days in after), default=1000)


def dump(waits: Pending) -> str:
    """The export as a button carries it."""
    return _PENDING.dump_json(waits).decode()


def load(carried: Mapping[str, str]) -> Pending:
    """What ``dump`` made, a stranger's word by now. Raises UserError."""
    try:
        waits = _PENDING.validate_json(values.text(carried, "pending"))
    except ValidationError:
        raise UserError("errors.no_such_button") from None
    numbers = [n for one in waits.questions for _, n in one.answers]
    numbers += [waits.replies, *(one.answered for one in waits.questions)]
    if (
        len(waits.questions) > MOST_QUESTIONS
        or any(not 0 <= n <= MOST_PEOPLE for n in numbers)
        or any(one.answered > waits.replies for one in waits.questions)
        or any(one.scale is Scale.NUMBERS and not _in_numbers(one) for one in waits.questions)
        or (waits.chosen is not None and not 0 <= waits.chosen < len(waits.questions))
    ):
        raise UserError("errors.no_such_button")
    return waits


def _in_numbers(question: Question) -> bool:
    return all(one.isascii() and one.isdigit() and len(one) < 3 for one, _ in question.answers)
