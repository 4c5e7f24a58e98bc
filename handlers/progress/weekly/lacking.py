"""What is missing in the data of a week's targets, and with whom: a role, never a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handlers import describe, still_open
from handlers.chat.texts import Texts
from handlers.progress.weekly.week import Scope
from handlers.still_open import SAME
from storage import missing, quality, records, sessions
from storage.engine import Tx
from storage.outputs import OUTPUT
from storage.plan import EntryKind
from storage.plan_files import Plans
from storage.quality import OF_ROSTER, Asked, Concern

GAP = "gap"  # beside the concerns: people of the roster from whom something is missing
MANY = 10_000


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing, as a kind and in words, and with whom."""

    kind: str
    text: str
    whom: str


def read(tx: Tx, t: Texts, plans: Plans, scope: Scope, today: date) -> list[Lack]:
    """All that is missing on a day: what a report would ask about, and what people owe."""
    return [*_asked(tx, t, plans, scope, today), *_gaps(tx, t, scope, today)]


def _asked(tx: Tx, t: Texts, plans: Plans, scope: Scope, today: date) -> Iterator[Lack]:
    about = Asked(scope.plan, plans.all, today, None)
    for one in still_open.kinds(manages=True):
        count = _number(tx, scope, about, one)
        if count:
            whom = "managers" if one in (*OF_ROSTER, SAME) else "team"
            yield Lack(one, t(f"check.count.{one}", count=count), t(f"weekly.with.{whom}"))


def _number(tx: Tx, scope: Scope, about: Asked, kind: str) -> int:
    """How many there are that belong to whose week it is."""
    if scope.whole:
        return (
            len(still_open.pairs(tx)) if kind == SAME else quality.count(tx, about, Concern(kind))
        )
    ids = {one.id for one in scope.targets}
    if kind == Concern.ENTRY:
        of_hours = any(one.entries is EntryKind.ACCOMPANIMENT for one in scope.targets)
        return quality.count(tx, about, Concern.ENTRY) if of_hours else 0
    if kind in (SAME, Concern.OUTSIDE, *OF_ROSTER):
        return 0
    found = quality.page(tx, about, Concern(kind), MANY)
    if kind == Concern.URL:
        return sum(records.get(tx, OUTPUT, id).says.target in ids for id in found)
    held = [records.get(tx, sessions.KIND, id).says for id in found]
    if scope.community is not None:
        return sum(one.community == scope.community.id for one in held)
    return sum(one.target in ids for one in held)


def _gaps(tx: Tx, t: Texts, scope: Scope, today: date) -> Iterator[Lack]:
    for target in scope.targets:
        role = target.among.partition(":")[2]
        for gap in missing.of_target(tx, scope.plan, target, today):
            if gap.there:
                numbers = {"number": t.number(len(gap.there)), "of": t.number(gap.asked)}
                name = target.name[t.language]
                if gap.survey is not None:
                    name = t("weekly.out", target=name, day=t.day(gap.survey.says.opened))
                text = t("weekly.gap", target=name, **numbers)
                yield Lack(GAP, text, describe.role(t, scope.plan.network, role, 2))
