"""Participants of a community: who they are on the rosters, and what pays for replacing them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from storage import rosters
from storage.engine import Tx
from storage.identities import address
from storage.people import Person
from storage.plan import Plan, Sector
from storage.records import Record
from storage.rosters import Member
from storage.words import fold

OTHER = "other"  # the role of who is on the rosters only as a member: it is in no plan's share


def measures(plans: Iterable[Plan], sector: Sector, plan: str = "") -> tuple[str, ...]:
    """The measures that pay for replacing someone of a sector, as a plan has them.

    As the plan of this id has them, and where it names none, as the newest that does.
    """
    known = sorted(plans, key=lambda one: (one.id == plan, one.ends), reverse=True)
    for one in known:
        for row in one.replacement:
            if row.sector is sector:
                return row.measures
    return ()


def participant(tx: Tx, says: Member, day: date, by: Person, at: int) -> Record[Member]:
    """The member who has this e-mail on a day, or failing one of these words, put on the roster.

    Someone without an e-mail is who is there under the same name and centre, as somebody who is
    there only as a participant. Raises NotAllowed and Impossible.
    """
    if says.email:
        known = [one for one in rosters.by_email(tx, says.email) if _there(one.says, day)]
    else:
        known = [
            one
            for one in rosters.named(tx, says.name)
            if one.says.role == OTHER and fold(one.says.centre) == fold(says.centre)
        ]
    if known:
        return known[0]
    new = replace(says, email=address(says.email), role=OTHER)
    return rosters.add(tx, new, by, at)


def _there(says: Member, day: date) -> bool:
    return (says.starts or day) <= day <= (says.ends or day)
