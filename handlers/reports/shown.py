"""A report's values in words and as cells; rates of fewer than five replies are left out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from handlers import describe
from handlers.chat.texts import Texts
from handlers.progress import words
from handlers.replies import FEWEST
from storage.figures import Figure, Other, Reading, Status
from storage.plan import Measure, Network, Target
from storage.report import Reached
from storage.report_annexes import SessionLine
from storage.reported import Annex, Number, Pair, Value
from storage.totals import JOINT


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes, told as hours."""

    minutes: Fraction | int


@dataclass(frozen=True, slots=True)
class Share:
    """A share of 1, told as per cent."""

    share: Fraction


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that is no count, told with a decimal."""

    amount: Fraction


Cell = str | int | date | Hours | Share | Amount | None


def text(t: Texts, cell: Cell) -> str:
    """A cell in words, "" where there is nothing."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case Hours():
            return t.hours(cell.minutes)
        case Share():
            return t.percent(cell.share)
        case Amount():
            return t.number(cell.amount, 1)
        case date():
            return t.day(cell)
        case int():
            return t.number(cell)


def share(numerator: int, denominator: int) -> Share | None:
    """Of 0 there is none."""
    return Share(Fraction(numerator, denominator)) if denominator else None


def amount(target: Target, value: Fraction | None) -> Cell:
    """What a target has reached, in its unit."""
    if value is None:
        return None
    if target.measure is Measure.HOURS:
        return Hours(value * 60)
    return Share(value) if target.measure is Measure.SHARE else int(value)


def figure(one: Figure) -> Figure:
    """The figure as the ministry reads it: no rate that rests on too few replies."""
    if one.target.among == words.PLEASED and 0 < (one.denominator or 0) < FEWEST:
        return replace(one, actual=None, numerator=None, status=Status.NO_DATA)
    return one


def expected(target: Target, due: Fraction) -> Cell:
    """What is expected by now: of what is counted one by one, with a decimal."""
    return Hours(due * 60) if target.measure is Measure.HOURS else Amount(due)


def added(t: Texts, one: Reached) -> str:
    """What a target has gained since the report before, or ""; of a share nothing is added up."""
    now, before = one.figure.actual, one.before and one.before.actual
    if now is None or before is None or one.figure.target.measure is Measure.SHARE:
        return ""
    amount = words.amount(t, one.figure.target, abs(now - before))
    return t("document.more" if now >= before else "document.less", amount=amount)


def few(one: Pair) -> bool:
    """Whether it says how pleased too few people were."""
    return one.replies and 0 < one.denominator < FEWEST


def value(t: Texts, network: Network, one: Value, letter: str) -> str:
    """What stands beside an indicator; ``letter`` is that of the annex that lists it."""
    match one:
        case Annex():
            return t("document.see", letter=letter)
        case Number():
            by = [
                t("document.of_role", number=t.number(n), role=role(t, network, id, n))
                for id, n in one.by.items()
            ]
            return f"{t.number(one.number)} ({t.all_of(by)})" if by else t.number(one.number)
        case Pair(numerator, denominator):
            if few(one):
                return t("document.few")
            return words.share(t, Reading(Other.RESPONSE, numerator, denominator))


def hidden(lines: Sequence[SessionLine]) -> set[int]:
    """The sessions of a target whose rate is left out: too few replied.

    Where these alone could be told from the sum, the next smallest is left out with them.
    """
    replied = sorted((one.held.answered, one.held.session) for one in lines if one.held.answered)
    few = [one for one in replied if one[0] < FEWEST]
    if few and sum(answered for answered, _ in few) < FEWEST:
        few = replied[: len(few) + 1]
    return {session for _, session in few}


def role(t: Texts, network: Network, id: str, number: int = 1) -> str:
    return describe.role(t, network, id, number) if id else t("document.none_given")


def board(t: Texts, network: Network, id: str) -> str:
    return describe.board(t, network, id) if id else t("document.none_given")


def joint(values: str, name: Callable[[str], str]) -> str:
    """The names of what an entry has several of, together."""
    return JOINT.join(map(name, values.split(JOINT)))
