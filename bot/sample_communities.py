"""The sample's communities: one that has its members, and one that is still being formed."""

from dataclasses import replace
from datetime import date
from random import Random

from bot.sample_network import Network
from storage import addresses, communities, participants, presences, records, sessions
from storage.communities import COMMUNITY, MEMBERSHIP, Community, Membership
from storage.engine import Tx
from storage.people import Person
from storage.plan import CommunityKind, Sector
from storage.presences import Attendance, Present
from storage.records import Record
from storage.rosters import Member
from storage.sessions import Day, Session

ELEMENTARY = Community(
    "Well-being in preschool and elementary school",
    "Bien-être au préscolaire et au primaire",
    CommunityKind.PRACTICE,
    "preschool-elementary",
    channel_platform="web",
    channel="cop-elementary",
    years=(2024, 2026),
)
SECONDARY = Community(
    "Well-being in secondary school, VT and AGE",
    "Bien-être au secondaire, en FP et en FGA",
    CommunityKind.CODEVELOPMENT,
    "secondary",
    channel_platform="web",
    channel="cop-secondary",
    years=(2024, 2026),
)
BEGAN = date(2024, 10, 1)
# Who is on no roster of the network: name, role, institution, whether it is a private one.
OTHERS = (
    ("Anne-Sophie Gervais", "enseignante", "École des Pins", False),
    ("Marc-Olivier Thibault", "psychoéducateur", "École des Pins", False),
    ("Julie Bernatchez", "direction adjointe", "École du Ruisseau", False),
    ("Priya Raman", "teacher", "Lakeside Elementary", False),
    ("Tom Fraser", "behaviour technician", "Lakeside Elementary", False),
    ("Camille Ouellet", "enseignante", "Collège Sainte-Marguerite", True),
    ("Éloi Pépin", "conseiller pédagogique", "Collège Sainte-Marguerite", True),
)
# The meetings held, and how many came beside the guest.
MET = (
    (date(2024, 10, 16), "Calm starts to the day", 11),
    (date(2025, 1, 22), "Des classes apaisées", 9),
)
YOUNGER, OLDER = 6, 8  # of the network's agents in each


def fill(
    tx: Tx, chance: Random, network: Network, facilitator: int, by: Person, at: int
) -> tuple[int, int]:
    """Make both, with the chat's guest in the first, one person in both; return their numbers."""
    first = _make(tx, ELEMENTARY, facilitator, by, at)
    second = _make(tx, SECONDARY, facilitator, by, at)
    guest, *agents = network.agents
    chance.shuffle(agents)
    for member in (guest, *agents[:YOUNGER]):
        _join(tx, first, member, "community development agent", by, at)
    for name, role, school, private in OTHERS:
        new = Member(name, centre=school, starts=BEGAN)
        member = participants.participant(tx, new, BEGAN, by, at)
        _join(tx, first, member, role, by, at, private=private)
    for day, title, number in MET:
        says = Session(
            "community-meetings",
            title,
            days=(Day(day, "13:30", 90),),
            language="both",
            community=first.id,
        )
        meeting = records.add(tx, sessions.KIND, says, by, at)
        members = [one.id for one in communities.members_on(tx, first.id, day)]
        there = {guest.id, *chance.sample(members, number)}
        took = tuple(Present(0, member) for member in sorted(there))
        presences.take(tx, Attendance(meeting.id, present=took), by, at)
    for member in agents[YOUNGER - 1 : YOUNGER - 1 + OLDER]:
        _join(tx, second, member, "community development agent", by, at)
    return first.id, second.id


def _make(tx: Tx, says: Community, facilitator: int, by: Person, at: int) -> Record[Community]:
    """Make a community, whose channel the bot was added to."""
    addresses.note(tx, says.channel_platform, says.channel, None, at)
    return records.add(tx, COMMUNITY, replace(says, facilitator=facilitator), by, at)


def _join(
    tx: Tx,
    community: Record[Community],
    member: Record[Member],
    role: str,
    by: Person,
    at: int,
    *,
    private: bool = False,
) -> None:
    sector, measure = (Sector.PRIVATE, "30370") if private else (Sector.PUBLIC, "15021")
    says = Membership(
        community.id, member.id, BEGAN, None, sector, measure, role, member.says.centre
    )
    records.add(tx, MEMBERSHIP, says, by, at)
