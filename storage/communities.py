"""Communities of practice and co-development groups, and who is a member of which, from when.

A community may take in whoever has a role on the rosters (the PLC: the CDAs), so that its meetings
work as those of any other. Days outside its school years have no members.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from storage import on_chat, people, records, rosters
from storage.community import Community as Community
from storage.community import Fit as Fit
from storage.community import Membership as Membership
from storage.community import check_community, check_membership
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, StorageError
from storage.people import Person
from storage.records import Kind, Record
from storage.rosters import LAST_DAY, Member
from storage.words import fold


class AlreadyMember(StorageError):
    """They are a member of this community on some of these days."""

    def __init__(self, membership: "Record[Membership]") -> None:
        super().__init__()
        self.membership = membership


def _count_community(tx: Tx, record: Record[Community], sign: int) -> None:
    if sign > 0 and of_name(tx, record.says.name_en, record.says.name_fr):
        raise ChangedMeanwhile  # another took its place
    records.keep(tx, "communities", _indexed_community(record), sign)


def _indexed_community(record: Record[Community]) -> dict[str, object]:
    says = record.says
    return {
        "record": record.id,
        "name_en": fold(says.name_en),
        "name_fr": fold(says.name_fr),
        "platform": says.channel_platform,
        "channel": says.channel,
    }


def _count_membership(tx: Tx, record: Record[Membership], sign: int) -> None:
    if sign > 0:
        _check_membership(tx, record.says)
    records.keep(tx, "memberships", _indexed_membership(record), sign)


def _check_membership(tx: Tx, says: Membership) -> None:
    """Raise AlreadyMember, and NotFound for what a membership names."""
    get(tx, says.community)
    rosters.get(tx, says.member)
    for other in of_human(tx, rosters.human(tx, says.member)):
        if other.says.community == says.community and _meet(other.says, says):
            raise AlreadyMember(other)


def _indexed_membership(record: Record[Membership]) -> dict[str, object]:
    says = record.says
    return {
        "record": record.id,
        "community": says.community,
        "member": says.member,
        "starts": says.starts.isoformat(),
        "ends": says.ends and says.ends.isoformat(),
        "interest": says.interest,
    }


def _meet(one: Membership, other: Membership) -> bool:
    return one.starts <= (other.ends or LAST_DAY) and other.starts <= (one.ends or LAST_DAY)


COMMUNITY = Kind(
    "community", Community, lambda role: role.manages, _count_community, check_community
)
MEMBERSHIP = Kind(
    "membership", Membership, lambda role: role.manages, _count_membership, check_membership
)


def get(tx: Tx, id: int) -> Record[Community]:
    """The community, also one that was taken back. Raises NotFound."""
    return records.get(tx, COMMUNITY, id)


def everyone(tx: Tx) -> list[Record[Community]]:
    """All communities that count, by their English name."""
    rows = tx.rows("SELECT record FROM communities ORDER BY name_en, record")
    return [get(tx, row["record"]) for row in rows]


def running(tx: Tx, day: date) -> list[Record[Community]]:
    """Those with the day in one of their school years, by their English name."""
    return [one for one in everyone(tx) if one.says.runs(day)]


def of_name(tx: Tx, *names: str) -> Record[Community] | None:
    """The community that has one of these names in either language, in any spelling, or None."""
    for name in names:
        row = tx.row(
            "SELECT record FROM communities WHERE :name IN (name_en, name_fr) ORDER BY record",
            name=fold(name),
        )
        if row is not None:
            return get(tx, row["record"])
    return None


def named(tx: Tx, words: str, today: date) -> list[Record[Community]]:
    """Those that words name: by the whole name, or by words that stand in it.

    Those that run go before those that no longer do.
    """
    exact = of_name(tx, words)
    if exact is not None:
        return [exact]
    parts = fold(words).split()
    found = [
        one
        for one in everyone(tx)
        if parts and all(part in fold(f"{one.says.name_en} {one.says.name_fr}") for part in parts)
    ]
    return [one for one in found if one.says.runs(today)] or found


def of_channel(tx: Tx, platform: str, channel: str) -> list[Record[Community]]:
    """Those that meet in a channel, by number."""
    rows = tx.rows(
        "SELECT record FROM communities WHERE platform = :platform AND channel = :channel"
        " AND channel <> '' ORDER BY record",
        platform=platform,
        channel=channel,
    )
    return [get(tx, row["record"]) for row in rows]


def memberships(tx: Tx, community: int) -> list[Record[Membership]]:
    """Every membership of a community there was and is, those that started last first."""
    rows = tx.rows(
        "SELECT record FROM memberships WHERE community = :community"
        " ORDER BY starts DESC, record DESC",
        community=community,
    )
    return [records.get(tx, MEMBERSHIP, row["record"]) for row in rows]


def of_human(tx: Tx, human: int) -> list[Record[Membership]]:
    """Every membership of one human, whichever member of the roster it names, the last first."""
    rows = tx.rows(
        "SELECT m.record FROM memberships m JOIN roster r ON r.record = m.member"
        " JOIN communities c ON c.record = m.community"
        " WHERE r.human = :human ORDER BY m.starts DESC, m.record DESC",
        human=human,
    )
    return [records.get(tx, MEMBERSHIP, row["record"]) for row in rows]


def of_interest(tx: Tx, interest: int) -> list[Record[Membership]]:
    """The memberships that an interest led to, by number."""
    rows = tx.rows(
        "SELECT record FROM memberships WHERE interest = :interest ORDER BY record",
        interest=interest,
    )
    return [records.get(tx, MEMBERSHIP, row["record"]) for row in rows]


def members_on(tx: Tx, community: int, day: date) -> list[Record[Member]]:
    """Who is a member on a day, by name, each human once: by membership, or by their role.

    Of one human, the member that they are on the rosters that day.
    """
    says = get(tx, community).says
    if not says.runs(day):
        return []
    on_day = {"day": day.isoformat()}
    rows = tx.rows(
        "SELECT m.member, r.human FROM memberships m JOIN roster r ON r.record = m.member"
        " WHERE m.community = :community AND m.starts <= :day"
        " AND (m.ends IS NULL OR m.ends >= :day) ORDER BY m.member",
        community=community,
        **on_day,
    )
    humans: dict[int, int] = {row["human"]: row["member"] for row in rows}
    for human in humans:
        now = tx.row(
            "SELECT record FROM roster WHERE human = :human AND (starts IS NULL OR starts <= :day)"
            " AND (ends IS NULL OR ends >= :day) ORDER BY starts DESC, record DESC",
            human=human,
            **on_day,
        )
        humans[human] = now["record"] if now else humans[human]
    for role in says.roles:
        for one in rosters.on_day(tx, role, day):
            humans.setdefault(rosters.human(tx, one.id), one.id)
    members = (rosters.get(tx, id) for id in humans.values())
    return sorted(members, key=lambda one: (fold(one.says.name), one.id))


def size(tx: Tx, community: int, day: date) -> int:
    """How many humans are members on a day."""
    return len(members_on(tx, community, day))


def of_person(tx: Tx, person: int, day: date) -> list[Record[Community]]:
    """The communities that a person on the chat is a member of on a day, by English name."""
    members = on_chat.members_of(tx, person)
    humans = {rosters.human(tx, one.id) for one in members}
    mine = {
        one.says.community for human in humans for one in of_human(tx, human) if one.says.holds(day)
    }
    roles = {
        one.says.role
        for one in members
        if (one.says.starts or day) <= day <= (one.says.ends or day)
    }
    return [
        one for one in running(tx, day) if one.id in mine or not roles.isdisjoint(one.says.roles)
    ]


def facilitator(tx: Tx, says: Community) -> int:
    """The number of who facilitates it, whoever they were joined to since; 0 for nobody."""
    return people.joined(tx).get(says.facilitator, says.facilitator)


def facilitates(tx: Tx, person: Person, community: int) -> bool:
    """Whether someone sees who its members are: they facilitate it, or manage."""
    if people.role_of(tx, person.id).manages:
        return True
    return facilitator(tx, get(tx, community).says) == person.id


def in_several(tx: Tx, day: date) -> dict[int, list[int]]:
    """The humans in more than one community on a day, by membership, each with its communities."""
    there = {one.id for one in running(tx, day)}
    rows = tx.rows(
        "SELECT DISTINCT r.human, m.community FROM memberships m"
        " JOIN roster r ON r.record = m.member"
        " WHERE m.starts <= :day AND (m.ends IS NULL OR m.ends >= :day)"
        " ORDER BY r.human, m.community",
        day=day.isoformat(),
    )
    found: defaultdict[int, list[int]] = defaultdict(list)
    for row in rows:
        if row["community"] in there:
            found[row["human"]].append(row["community"])
    return {human: them for human, them in found.items() if len(them) > 1}


def wrong(tx: Tx) -> Iterator[str]:
    """What both are looked up by and is not what their records say, as sentences."""
    yield from records.unlike(tx, COMMUNITY, "communities", _indexed_community)
    yield from records.unlike(tx, MEMBERSHIP, "memberships", _indexed_membership)
