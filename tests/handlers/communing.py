"""A community with members on the chat, and a meeting of it: for tests of meetings."""

from datetime import date

from storage import addresses, communities, people, records, rosters, sessions
from storage.community import Community, Membership
from storage.delivered import latest
from storage.deliveries import Delivery
from storage.engine import Tx
from storage.people import Newcomer, Person, TeamRole
from storage.plan import CommunityKind
from storage.records import Record
from storage.rosters import Member
from storage.sessions import Day, Session
from tests.conversation import NOW, Chat

AT = int(NOW.timestamp())
CHANNEL = ("test", "cop")
MARIE = Newcomer(
    "test",
    "marie",
    "Marie Tremblay",
    "fr-CA",
    guest=True,
    role=TeamRole.MEMBER,
    email="marie@emsb.example",
)
KAYLA = Newcomer(
    "test",
    "kayla",
    "Kayla Buckle",
    "en-CA",
    "America/Blanc-Sablon",
    guest=True,
    role=TeamRole.MEMBER,
    email="kayla@littoral.example",
)
NOEL = Newcomer("test", "noel", "Noël Roy", "fr-CA", guest=True, role=TeamRole.MEMBER)
MEMBERS = (MARIE, KAYLA)


def boss(tx: Tx) -> Person:
    """An administrator, who records what a test needs."""
    return people.meet(tx, Newcomer("test", "boss", "Boss"), TeamRole.ADMIN, AT)


async def gather(chat: Chat, facilitator: Newcomer, *members: Newcomer) -> Record[Community]:
    """A community of these members, who have all spoken to the bot, and one more who has not."""
    for one in (facilitator, *members):
        await chat.say("/help", one)

    def add(tx: Tx) -> Record[Community]:
        by, lead = boss(tx), people.find(tx, "test", facilitator.id)
        assert lead is not None
        platform, channel = CHANNEL
        says = Community(
            "Elementary",
            "Primaire",
            CommunityKind.PRACTICE,
            channel_platform=platform,
            channel=channel,
            facilitator=lead.id,
        )
        addresses.note(tx, platform, channel, None, AT)
        community = records.add(tx, communities.COMMUNITY, says, by, AT)
        silent = Member("Zoe Silent", role="other")
        for member in (*(Member(one.name, one.email, "other") for one in members), silent):
            there = rosters.add(tx, member, by, AT)
            joined = Membership(community.id, there.id, date(2024, 9, 1))
            records.add(tx, communities.MEMBERSHIP, joined, by, AT)
        return community

    return await chat.store.write(add)


async def plan(
    chat: Chat, community: Record[Community], day: date, starts: str = "13:00"
) -> Record[Session]:
    """A meeting of it, of which nobody is told."""

    def add(tx: Tx) -> Record[Session]:
        says = Session(
            "community-meetings",
            "Well-being at recess",
            days=(Day(day, starts, 90),),
            community=community.id,
            link="https://example.org/meet",
            agenda="Recess",
        )
        return records.add(tx, sessions.KIND, says, boss(tx), AT)

    return await chat.store.write(add)


async def delivered(chat: Chat) -> list[Delivery]:
    """Everything that was, or is to be, said by itself."""
    return await chat.store.read(latest, limit=1000)
