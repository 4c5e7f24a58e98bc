"""Who of the rosters is on the chat: by e-mail, guests too, who gain nothing else by it."""

from storage import on_chat, people, rosters
from storage.engine import Tx
from storage.people import Newcomer, Person, TeamRole
from storage.rosters import Member
from tests.storage.making import NOW

MARIE = Member("Marie Tremblay", "marie@emsb.example", "cda", "EMSB")
FULL = Newcomer("slack", "U1", "Marie", email="Marie@EMSB.example ")
GUEST = Newcomer("teams", "29:1", "Marie T.", guest=True, email="marie@emsb.example")


def meet(tx: Tx, who: Newcomer) -> Person:
    return people.meet(tx, who, TeamRole.MEMBER, NOW)


def test_a_member_is_whoever_has_the_address_on_the_chat(tx: Tx, sam: Person) -> None:
    marie = rosters.add(tx, MARIE, sam, NOW)
    assert on_chat.person_of(tx, marie) is None
    person = meet(tx, FULL)
    assert on_chat.person_of(tx, marie) == person.id
    assert on_chat.members_of(tx, person.id) == [marie]
    assert on_chat.members_of(tx, sam.id) == []


def test_a_guest_is_known_on_the_roster_and_joined_to_nobody(tx: Tx, sam: Person) -> None:
    marie = rosters.add(tx, MARIE, sam, NOW)
    guest = meet(tx, GUEST)
    assert on_chat.person_of(tx, marie) == guest.id
    full = meet(tx, FULL)
    assert full.id != guest.id
    assert on_chat.person_of(tx, marie) == full.id
    assert on_chat.members_of(tx, guest.id) == []
    assert people.named(tx, "marie@emsb.example") == [full]
    assert people.known(tx, GUEST) == guest


def test_no_address_is_nobodys(tx: Tx, sam: Person) -> None:
    nameless = rosters.add(tx, Member("Noémie", role="cda"), sam, NOW)
    guest = meet(tx, Newcomer("teams", "29:2", "Noémie", guest=True))
    assert on_chat.person_of(tx, nameless) is None
    assert on_chat.members_of(tx, guest.id) == []
