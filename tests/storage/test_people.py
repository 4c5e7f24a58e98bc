"""Who people are: met once, known by any of their platforms' ids, and changed on the record."""

import asyncio
from dataclasses import replace

import pytest

from storage import addresses, audit, identities, people
from storage.engine import Store, Tx
from storage.errors import NotAllowed, NotFound
from storage.people import Newcomer, Person, TeamRole
from storage.plan import Language
from storage.verify import problems
from tests.storage.making import NOW, meet

CHANTAL = Newcomer("slack", "U07", "Chantal Dubé", "fr-CA", "America/Blanc-Sablon")
WITH_EMAIL = replace(CHANTAL, email="Chantal@Example.org")
ON_TEAMS = Newcomer("teams", "29:ch", "Dubé, Chantal", email="chantal@example.ORG ")


def test_someone_new_is_taken_in_as_the_platform_describes_them(tx: Tx) -> None:
    assert people.find(tx, "slack", "U07") is None
    met = people.meet(tx, CHANTAL, TeamRole.STAFF, NOW)
    assert met == Person(
        met.id, "Chantal Dubé", TeamRole.STAFF, Language.FR, "America/Blanc-Sablon"
    )
    assert people.find(tx, "slack", "U07") == met
    assert people.get(tx, met.id) == met
    assert people.find(tx, "teams", "U07") is None, "an id means something on its platform only"


@pytest.mark.parametrize(
    ("locale", "language"),
    [("fr-CA", "fr"), ("fr", "fr"), ("FR_ca", "fr"), ("en-CA", "en"), ("", "en"), ("de", "en")],
)
def test_the_first_language_is_the_platforms(tx: Tx, locale: str, language: str) -> None:
    assert (
        people.meet(tx, replace(CHANTAL, locale=locale), TeamRole.STAFF, NOW).language == language
    )


def test_meeting_again_takes_over_a_new_name_and_zone_and_nothing_else(tx: Tx) -> None:
    met = people.meet(tx, CHANTAL, TeamRole.STAFF, NOW)
    people.set_language(tx, met.id, Language.EN, NOW)
    before = audit.head(tx)
    assert people.meet(tx, CHANTAL, TeamRole.ADMIN, NOW) == replace(met, language=Language.EN)
    assert audit.head(tx) == before, "nothing changed, so nothing is on the record"
    renamed = replace(CHANTAL, name="Chantal Roy", timezone="America/Halifax")
    again = people.meet(tx, renamed, TeamRole.ADMIN, NOW)
    assert again == replace(
        met, name="Chantal Roy", timezone="America/Halifax", language=Language.EN
    )
    assert people.get(tx, met.id) == again


async def test_someone_who_writes_twice_at_once_is_one_person(store: Store) -> None:
    met = await asyncio.gather(
        *(store.write(people.meet, CHANTAL, TeamRole.STAFF, NOW) for _ in range(5))
    )
    assert len(set(met)) == 1
    assert await store.read(people.everyone) == [met[0]]


def ids(tx: Tx, person: Person) -> list[tuple[str, str]]:
    return [(one.platform, one.id) for one in identities.of_everyone(tx)[person.id]]


def test_the_same_email_on_another_platform_is_the_same_person(tx: Tx) -> None:
    met = people.meet(tx, WITH_EMAIL, TeamRole.STAFF, NOW)
    assert ids(tx, met) == [("email", "chantal@example.org"), ("slack", "U07")]
    assert people.known(tx, ON_TEAMS) is None
    assert people.meet(tx, ON_TEAMS, TeamRole.MEMBER, NOW) == met
    assert ids(tx, met)[-1] == ("teams", "29:ch")
    assert people.everyone(tx) == [met]
    assert problems(tx) == []


def test_two_platforms_that_spell_a_name_do_not_take_turns(tx: Tx) -> None:
    met = people.meet(tx, WITH_EMAIL, TeamRole.STAFF, NOW)
    people.meet(tx, ON_TEAMS, TeamRole.STAFF, NOW)
    before = audit.head(tx)
    for who in (WITH_EMAIL, ON_TEAMS) * 2:
        assert people.known(tx, who) == met
        assert people.meet(tx, who, TeamRole.STAFF, NOW) == met
    assert audit.head(tx) == before
    people.meet(tx, replace(WITH_EMAIL, name="Chantal Roy"), TeamRole.STAFF, NOW)
    assert people.find(tx, "teams", "29:ch") == replace(met, name="Chantal Roy")


@pytest.mark.parametrize("guest", [WITH_EMAIL, ON_TEAMS], ids=["known", "new"])
def test_nobody_vouches_for_a_guests_address(tx: Tx, guest: Newcomer) -> None:
    for who in (WITH_EMAIL, ON_TEAMS):
        people.meet(tx, replace(who, guest=who is guest), TeamRole.MEMBER, NOW)
    assert len(people.everyone(tx)) == 2


def test_an_address_that_went_to_another_account_is_not_the_same_person(tx: Tx) -> None:
    met = people.meet(tx, WITH_EMAIL, TeamRole.STAFF, NOW)
    successor = people.meet(tx, replace(WITH_EMAIL, id="U08"), TeamRole.STAFF, NOW)
    assert successor != met
    assert ids(tx, successor) == [("slack", "U08")]
    assert people.known(tx, replace(WITH_EMAIL, id="U08")) == successor


def test_an_address_is_gained_and_never_taken(tx: Tx) -> None:
    chantal = people.meet(tx, CHANTAL, TeamRole.STAFF, NOW)
    assert people.known(tx, CHANTAL) == chantal
    for address in ("chantal@example.org", " Chantal.Roy@Example.org"):
        changed = replace(CHANTAL, email=address)
        assert people.known(tx, changed) is None, "there is something to take over"
        assert people.meet(tx, changed, TeamRole.STAFF, NOW) == chantal
        assert people.known(tx, changed) == chantal
    other = replace(CHANTAL, id="U08", name="Nora", email="nora@example.org")
    nora = people.meet(tx, other, TeamRole.STAFF, NOW)
    takes = replace(other, email="chantal@example.org")
    assert people.known(tx, takes) == people.meet(tx, takes, TeamRole.STAFF, NOW) == nora
    assert [id for platform, id in ids(tx, chantal) if platform == "email"] == [
        "chantal.roy@example.org",
        "chantal@example.org",
    ]
    assert ids(tx, nora) == [("email", "nora@example.org"), ("slack", "U08")]
    assert people.named(tx, "NORA@example.org") == [nora]


def test_each_new_identity_is_on_the_record(tx: Tx) -> None:
    people.meet(tx, WITH_EMAIL, TeamRole.STAFF, NOW)
    people.meet(tx, ON_TEAMS, TeamRole.STAFF, NOW)
    actions = [row["action"] for row in tx.rows("SELECT action FROM audit ORDER BY seq")]
    assert actions == ["meet", "email", "join"]


def test_nobody_is_not_found(tx: Tx) -> None:
    with pytest.raises(NotFound):
        people.get(tx, 1)
    with pytest.raises(NotFound):
        people.set_language(tx, 1, Language.FR, NOW)
    with pytest.raises(NotFound):
        people.set_role(tx, 1, TeamRole.ADMIN, NOW, None)


def test_only_an_administrator_gives_roles(tx: Tx, alex: Person) -> None:
    for role in TeamRole:
        by = meet(tx, f"By {role}", role)
        if role is TeamRole.ADMIN:
            assert people.set_role(tx, alex.id, TeamRole.MANAGER, NOW, by).role == "manager"
        else:
            with pytest.raises(NotAllowed):
                people.set_role(tx, alex.id, TeamRole.MANAGER, NOW, by)
            with pytest.raises(NotAllowed):
                people.set_role(tx, by.id, TeamRole.ADMIN, NOW, by)
    assert people.get(tx, alex.id).role is TeamRole.MANAGER


def test_an_administrator_who_no_longer_is_one_gives_no_roles(tx: Tx, alex: Person) -> None:
    by = meet(tx, "Ines", TeamRole.ADMIN)
    people.set_role(tx, by.id, TeamRole.STAFF, NOW, None)
    with pytest.raises(NotAllowed):
        people.set_role(tx, alex.id, TeamRole.ADMIN, NOW, by)


def test_every_change_of_a_person_is_on_the_record(tx: Tx, alex: Person) -> None:
    admin = meet(tx, "Ines", TeamRole.ADMIN)
    people.set_role(tx, alex.id, TeamRole.MANAGER, NOW, admin)
    people.set_role(tx, alex.id, TeamRole.STAFF, NOW, None)
    people.set_language(tx, alex.id, Language.FR, NOW)
    people.meet(tx, Newcomer("test", "alex", "Alexandre"), TeamRole.STAFF, NOW)
    lines = tx.rows("SELECT person, action FROM audit WHERE subject = 'person/1' ORDER BY seq")
    assert [tuple(line) for line in lines] == [
        (1, "meet"),
        (admin.id, "role"),
        (None, "role"),  # from the shell
        (1, "language"),
        (1, "rename"),
    ]
    newest = dict(audit.newest(tx, "person"))
    assert newest[1] == audit.digest(people.content(people.get(tx, 1)))


def test_people_are_found_by_name_or_by_a_platforms_id_in_any_case(tx: Tx) -> None:
    chantal = people.meet(tx, CHANTAL, TeamRole.STAFF, NOW)
    namesake = people.meet(tx, replace(CHANTAL, id="U08"), TeamRole.STAFF, NOW)
    assert people.named(tx, " chantal DUBÉ ") == [chantal, namesake]
    assert people.named(tx, "u08") == [namesake]
    assert people.named(tx, "U0") == []
    assert people.named(tx, "") == []


def test_everyone_is_listed_by_name(tx: Tx) -> None:
    for name in ("Zoé", "Alex", "Marie"):
        meet(tx, name)
    assert [person.name for person in people.everyone(tx)] == ["Alex", "Marie", "Zoé"]


def test_where_the_bot_was_spoken_to_is_remembered(tx: Tx, alex: Person) -> None:
    assert not addresses.knows(tx, "slack", "D1", direct=True)
    addresses.note(tx, "slack", "D1", alex.id, NOW)
    addresses.note(tx, "slack", "D1", alex.id, NOW + 5)
    addresses.note(tx, "slack", "C1", None, NOW)
    assert addresses.knows(tx, "slack", "D1", direct=True)
    assert not addresses.knows(tx, "teams", "D1", direct=True)
    rows = tx.rows("SELECT id, person, seen FROM addresses ORDER BY id")
    assert [tuple(row) for row in rows] == [("C1", None, NOW), ("D1", alex.id, NOW + 5)]


@pytest.mark.parametrize(
    ("role", "logs", "manages"),
    [
        (TeamRole.ADMIN, True, True),
        (TeamRole.MANAGER, True, True),
        (TeamRole.STAFF, True, False),
        (TeamRole.MEMBER, False, False),
        (TeamRole.PENDING, False, False),
    ],
)
def test_what_a_role_may(role: TeamRole, logs: bool, manages: bool) -> None:
    assert (role.logs, role.manages) == (logs, manages)
