"""Communities with members, some of them on the chat, for conversations about their meetings."""

from dataclasses import replace
from datetime import date

from storage import addresses, communities, people, records, rosters
from storage.community import Community, Membership
from storage.engine import Tx
from storage.people import Newcomer, TeamRole
from storage.plan import CommunityKind
from storage.rosters import Member
from tests.storage.making import NOW, meet

ELEMENTARY = Community("Elementary", "Primaire", CommunityKind.PRACTICE)
SECONDARY = Community(
    "Secondary and vocational", "Secondaire et professionnel", CommunityKind.PRACTICE
)
PLC = Community(
    "Peer Learning Community (PLC)",
    "Communauté d’apprentissage par les pairs (PLC)",
    CommunityKind.PRACTICE,
    smallest=None,
    largest=None,
    target="plc-meetings",
    roles=("cda",),
)
MARIE = Newcomer("test", "marie", "Marie Tremblay", "fr-CA", email="marie@example.org")
FAR = Newcomer(
    "test",
    "luc",
    "Luc Roy",
    "en-CA",
    "America/Blanc-Sablon",
    email="luc@example.org",
)


def found(tx: Tx, says: Community, *names: str) -> int:
    """A community, and its members: each by a name, "marie" with the e-mail marie@example.org."""
    by = meet(tx, "Manager", TeamRole.MANAGER)
    community = records.add(tx, communities.COMMUNITY, says, by, NOW).id
    for name in names:
        known = rosters.by_email(tx, f"{name}@example.org")
        new = Member(name, f"{name}@example.org", "other")
        member = known[0] if known else rosters.add(tx, new, by, NOW)
        joined = Membership(community, member.id, date(2024, 7, 1))
        records.add(tx, communities.MEMBERSHIP, joined, by, NOW)
    return community


def on_chat(tx: Tx, who: Newcomer, role: TeamRole = TeamRole.MEMBER) -> None:
    """Have somebody be known, in a chat of their own."""
    person = people.meet(tx, replace(who, role=role), role, NOW)
    addresses.note(tx, who.platform, f"direct-{who.id}", person.id, NOW)
