"""What a report would be asked about: how many there are of each kind, in all or of one's own."""

from datetime import date

from handlers import duplicates
from handlers.duplicates import Pair
from storage import quality, rosters, same_people
from storage.engine import Tx
from storage.plan_files import Plans
from storage.quality import OF_ROSTER, Asked, Concern

SAME = "same"  # beside the concerns of ``quality``: two who may be one


def kinds(*, manages: bool) -> list[str]:
    """Everything that is checked, in order; of the rosters for managers only."""
    mine = [one.value for one in Concern if manages or one not in OF_ROSTER]
    return [*mine, SAME] if manages else mine


def asked(plans: Plans, today: date, whose: int | None) -> Asked:
    """What is looked at: what one person recorded, or all of it."""
    return Asked(plans.current(today), plans.all, today, whose)


def counts(tx: Tx, plans: Plans, today: date, whose: int | None) -> dict[str, int]:
    """How many there are of each that there is any of; all for ``whose`` None, as a manager has."""
    about = asked(plans, today, whose)
    numbers = {
        one: len(pairs(tx)) if one == SAME else quality.count(tx, about, Concern(one))
        for one in kinds(manages=whose is None)
    }
    return {one: number for one, number in numbers.items() if number}


def pairs(tx: Tx) -> list[Pair]:
    """Those of the roster who may be one person, and were not said to be two."""
    return duplicates.pairs(rosters.everyone(tx), rosters.humans(tx), same_people.apart(tx))
