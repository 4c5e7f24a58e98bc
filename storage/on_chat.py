"""Who of the rosters is on the chat, and as whom: a member and a person share an e-mail.

Most of the network are guests there; an address that a platform vouches for goes first.
"""

from storage import identities, people, rosters
from storage.engine import Tx
from storage.identities import EMAIL, GUEST_EMAIL
from storage.records import Record
from storage.rosters import Member


def person_of(tx: Tx, member: Record[Member]) -> int | None:
    """The number of the person that a member is on the chat, or None."""
    for platform in (EMAIL, GUEST_EMAIL):
        if found := people.find(tx, platform, member.says.email):
            return found.id
    return None


def members_of(tx: Tx, person: int) -> list[Record[Member]]:
    """Every member that a person is on the rosters, who started last first."""
    known = identities.of(tx, person)
    mails = dict.fromkeys(one.id for one in known if one.platform in (EMAIL, GUEST_EMAIL))
    members = [member for mail in mails for member in rosters.by_email(tx, mail)]
    return [member for member in members if person_of(tx, member) == person]
