"""Participants of a community: who they are on the rosters, what pays for replacing them; moves."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from storage import communities, presences, records, rosters
from storage.communities import MEMBERSHIP, Membership
from storage.engine import Tx
from storage.errors import ChangedMeanwhile
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
    """The member who has this e-mail, on a day where one has; failing that, one put on the roster.

    Someone without an e-mail is who is there under the same name and centre, as somebody who is
    there only as a participant. Raises NotAllowed and Impossible.
    """
    if says.email:
        known = rosters.by_email(tx, says.email)
    else:
        known = [
            one
            for one in rosters.named(tx, says.name)
            if one.says.role == OTHER and fold(one.says.centre) == fold(says.centre)
        ]
    there = [one for one in known if (one.says.starts or day) <= day <= (one.says.ends or day)]
    if known:
        return (there or known)[0]
    new = replace(says, email=address(says.email), role=OTHER)
    return rosters.add(tx, new, by, at)


def move(
    tx: Tx, id: int, version: int, community: int, day: date, by: Person, at: int
) -> Record[Membership]:
    """Have a member be one of another community from a day on, of the first until the day before.

    Someone who began that day or later only begins in the other one. Raises NotAllowed, NotFound,
    AlreadyMember, Impossible and ChangedMeanwhile.
    """
    before = records.get(tx, MEMBERSHIP, id)
    if before.version != version or before.says.community == community:
        raise ChangedMeanwhile
    if before.says.starts >= day:
        says = replace(before.says, community=community)
        return records.change(tx, MEMBERSHIP, id, version, says, by, at)
    ended = replace(before.says, ends=day - timedelta(days=1))
    if before.says.ends is None or before.says.ends >= day:
        records.change(tx, MEMBERSHIP, id, version, ended, by, at)
    says = replace(before.says, community=community, starts=day, ends=None)
    return records.add(tx, MEMBERSHIP, says, by, at)


def undo_move(
    tx: Tx, left: tuple[int, int], joined: tuple[int, int], by: Person, at: int
) -> Record[Membership]:
    """Take a move back, or take that back: both of its memberships, each by number and version."""
    there = records.get(tx, MEMBERSHIP, joined[0])
    first, second = (left, joined) if there.voided is not None else (joined, left)
    for one in (first, second):
        records.undo(tx, MEMBERSHIP, *one, by, at)
    return records.get(tx, MEMBERSHIP, joined[0])


def undo(tx: Tx, id: int, version: int, by: Person, at: int) -> Record[Membership]:
    """Take back what made this version of a membership.

    Whoever was put on the roster for it, and is there for nothing else, goes from there with it,
    and comes back with it. Raises what ``records.undo`` does, and AlreadyMember.
    """
    before = records.get(tx, MEMBERSHIP, id)
    member = rosters.get(tx, before.says.member)
    with_it = member.says.role == OTHER and member.created == before.created
    if with_it and before.voided is not None and member.voided is not None:
        rosters.undo(tx, member.id, member.version, by, at)
    undone = records.undo(tx, MEMBERSHIP, id, version, by, at)
    if undone.voided is not None:
        _take_off(tx, before, by, at)
    return undone


def void(tx: Tx, membership: Record[Membership], by: Person, at: int) -> None:
    """Have a membership count no more; who was put on the roster for it only goes with it."""
    records.void(tx, MEMBERSHIP, membership.id, membership.version, by, at)
    _take_off(tx, membership, by, at)


def _take_off(tx: Tx, membership: Record[Membership], by: Person, at: int) -> None:
    member = rosters.get(tx, membership.says.member)
    only = member.says.role == OTHER and member.created == membership.created
    if only and member.voided is None and _only_there(tx, member):
        records.void(tx, rosters.MEMBER, member.id, member.version, by, at)


def _only_there(tx: Tx, member: Record[Member]) -> bool:
    """Whether nothing else speaks of someone on the roster."""
    human = rosters.human(tx, member.id)
    there = presences.of_members(tx, [member.id])[member.id]
    return human == member.id and not there and not communities.of_human(tx, human)
