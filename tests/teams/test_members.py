"""Who people in Teams are: the same person as in Slack, a guest, in their language and time."""

import pytest

from storage import identities, people
from storage.people import Newcomer, TeamRole
from storage.plan import Language
from tests.teams.connector import Teams
from tests.teams.jalon import Jalon


async def test_name_language_and_time_zone_are_theirs(jalon: Jalon) -> None:
    chantal = jalon.user("chantal", "Chantal Dubé", locale="fr-CA", timezone="America/Blanc-Sablon")
    await chantal.says("aide")
    await chantal.reads("Ce que vous pouvez dire")
    person = await jalon.find(chantal.user.aad)
    assert (person.name, person.language, person.timezone, person.role) == (
        "Chantal Dubé",
        Language.FR,
        "America/Blanc-Sablon",
        TeamRole.STAFF,
    )


async def test_someone_of_slack_is_the_same_person(jalon: Jalon) -> None:
    who = Newcomer("slack", "U1", "Alex Roy", email="Alex@Example.org")
    known = await jalon.store.write(people.meet, who, TeamRole.MANAGER, 0)
    alex = jalon.user("alex", "Alex Roy", email="alex@example.org")
    await alex.says("help")
    await alex.reads("What you can say")
    assert (await jalon.find(alex.user.aad)).id == known.id
    everyone = await jalon.store.read(identities.of_everyone)
    assert {one.platform for one in everyone[known.id]} == {"slack", "teams", "email"}


@pytest.mark.parametrize(
    "more", [{"role": "guest"}, {"tenant": "99999999-9999-4999-8999-999999999999"}]
)
async def test_who_is_of_elsewhere_is_a_member(jalon: Jalon, more: dict[str, str]) -> None:
    guest = jalon.user("gil", "Gil Guest", **more)
    await guest.says("help")
    await guest.reads("What you can say")
    assert (await jalon.find(guest.user.aad)).role is TeamRole.MEMBER


async def test_they_are_asked_for_once_an_hour(jalon: Jalon, teams: Teams) -> None:
    alex = jalon.user("alex", "Alex Roy")
    for _ in range(3):
        await alex.says("help")
    await jalon.settled()
    assert len(teams.called("GET", "pagedmembers")) == 1


async def test_one_of_many_is_found_on_a_later_page(jalon: Jalon, teams: Teams) -> None:
    many = [teams.add_user(f"p{n}", f"Person {n}", installed=False) for n in range(1200)]
    zoe = jalon.user("zoe", "Zoé Zen")
    channel = teams.add_channel("General", [*many, zoe.user])
    await zoe.says("help", channel)
    await zoe.reads("What you can say")
    assert (await jalon.find(zoe.user.aad)).role is TeamRole.STAFF
