"""Who is known, on which platforms, and two people who turn out to be one."""

from dataclasses import replace

import pytest

from handlers.chat.incoming import Incoming, Kind, Place
from storage import people
from storage.engine import Store
from storage.people import Newcomer, Person, TeamRole
from storage.verify import problems
from tests.conversation import ADMIN, FRENCH, MANAGER, STAFF, Answer, Chat

MARIE = Newcomer("slack", "U1", "Marie Tremblay", role=TeamRole.STAFF, email="marie.t@example.org")
ON_TEAMS = Newcomer("teams", "29:1", "Tremblay, Marie", "fr-CA", role=TeamRole.STAFF)
MARIELLE = Newcomer("slack", "U2", "Mariélle Roy", role=TeamRole.STAFF)


@pytest.fixture
async def known(chat: Chat) -> Chat:
    """Marie, who is known twice; Mariélle, and the manager."""
    for who, hours in ((MARIE, 2), (ON_TEAMS, 1), (MARIELLE, 4)):
        await chat.say(f"/log {hours}h with a CDA at EMSB", who)
    await chat.say("/help", MANAGER)
    return chat


async def person(chat: Chat, who: Newcomer) -> Person:
    found = await chat.store.read(people.find, who.platform, who.id)
    assert found is not None
    return found


async def search(chat: Chat, words: str, who: Newcomer = MANAGER) -> list[str]:
    place = Place(who.platform, who.id, direct=True)
    msg = Incoming(who, place, Kind.MESSAGE, "k", "people.find", words)
    return [label for _, label in await chat.dispatch.choices(msg)]


async def join(chat: Chat, line: str = "/people link U1 = 29:1") -> Answer:
    return await chat.press(await chat.say(line, MANAGER), "Yes, join them", MANAGER)


async def whole(chat: Chat) -> None:
    assert await chat.store.read(problems) == []


async def test_everyone_else_sees_how_they_are_known(known: Chat) -> None:
    shown = (await known.say("/people", MARIE)).text
    assert "Marie Tremblay\nStaff · Slack · marie.t@example.org" in shown
    assert "Mariélle" not in shown
    assert "Nobody on the roster" in (await known.say("/people Marielle", MARIE)).text
    assert "Membre de l’équipe · Test (chantal)" in (await known.say("/équipe", FRENCH)).text


async def test_a_manager_sees_everyone_a_page_at_a_time(known: Chat) -> None:
    for number in range(5):
        await known.say("/help", replace(MARIELLE, id=f"U1{number}", name=f"Zoé {number}"))
    first = await known.say("/people", MANAGER)
    assert "9 people" in first.text
    assert "Marie Tremblay\nStaff · Slack · marie.t@example.org" in first.text
    assert "Tremblay, Marie\nStaff · Teams (29:1)" in first.text
    assert "Zoé 4" not in first.text
    second = await known.press(first, "Next", MANAGER)
    assert second.reply.replace
    assert "Zoé 4" in second.text
    assert (await known.press(second, "Previous", MANAGER)).text == first.text
    refused = await known.press(first, "Next", STAFF)
    assert "Zoé 4" not in refused.text, "a button is a client's word"


async def test_a_manager_finds_people_by_a_part_of_what_they_go_by(known: Chat) -> None:
    for words in ("mariell", "MARIÉLLE", "u2", "roy mari"):
        shown = (await known.say(f"/people {words}", MANAGER)).text
        assert "Mariélle Roy" in shown
        assert "Tremblay" not in shown
    assert "I know nobody as “Xavier”" in (await known.say("/people Xavier", MANAGER)).text


async def test_the_form_finds_people_as_they_are_typed(known: Chat) -> None:
    assert await search(known, "tremblay") == [
        "Tremblay, Marie · Teams (29:1)",
        "Marie Tremblay · Slack · marie.t@example.org",
    ]
    assert await search(known, "marie.T@") == ["Marie Tremblay · Slack · marie.t@example.org"]
    assert len(await search(known, "")) == 4
    assert await search(known, "nobody") == []
    assert await search(known, "", STAFF) == []
    for number in range(110):
        await known.say("/help", replace(MARIELLE, id=f"U1{number}", name=f"Zoé {number}"))
    assert len(await search(known, "zoe")) == 100


async def test_two_are_joined_in_one_line(known: Chat) -> None:
    asked = await known.say("/people link marie.t@example.org = Tremblay, Marie", MANAGER)
    assert "Marie Tremblay · Staff · Slack · marie.t@example.org · 1 entry (2 h)" in asked.text
    assert "Tremblay, Marie · Staff · Teams (29:1) · 1 entry (1 h)" in asked.text
    assert asked.labels == ["Yes, join them"]
    done = await known.press(asked, "Yes, join them", MANAGER)
    assert "Staff · Slack, Teams · marie.t@example.org · 2 entries (3 h)" in done.text
    await known.say("/language English", ON_TEAMS)
    listed = await known.say("/entries", ON_TEAMS)
    assert "2 entries that count · 3 h" in listed.text
    await whole(known)


async def test_two_are_joined_in_the_form(known: Chat) -> None:
    opened = await known.press(await known.say("/people", MANAGER), "Join two people", MANAGER)
    assert {one.search for one in opened.form.inputs} == {"people.find"}
    kept = str((await person(known, MARIE)).id)
    joined = str((await person(known, ON_TEAMS)).id)
    wrong = await known.submit(opened, MANAGER, kept=kept, joined="99")
    assert [one.error for one in wrong.form.inputs] == ["", "Please choose one from the list."]
    assert wrong.form.inputs[0].choices == ((kept, "Marie Tremblay · Slack · marie.t@example.org"),)
    same = await known.submit(wrong, MANAGER, joined=kept)
    assert "the same person already" in same.form.inputs[1].error
    asked = await known.submit(same, MANAGER, joined=joined)
    await known.press(asked, "Yes, join them", MANAGER)
    assert await person(known, ON_TEAMS) == await person(known, MARIE)


async def test_in_french_too(known: Chat) -> None:
    manager = replace(MANAGER, id="gil", name="Gil Roy", locale="fr-CA")
    for line in ("/équipe lier U1 = 29:1", "/equipe RELIER U1 = 29:1"):
        asked = await known.say(line, manager)
        assert asked.labels == ["Oui, les réunir"]
    done = await known.press(asked, "Oui, les réunir", manager)
    assert "Désormais, Tremblay, Marie est Marie Tremblay." in done.text
    await known.press(done, "Annuler", manager)
    assert await person(known, ON_TEAMS) != await person(known, MARIE)


@pytest.mark.parametrize("locale", ["en-CA", "fr-CA"])
async def test_every_example_of_the_help_works_for_a_manager(chat: Chat, locale: str) -> None:
    manager = replace(MANAGER, locale=locale)
    shown = await chat.say("/people help", manager)
    lines = [one for one in shown.text.splitlines() if one.startswith("/")][1:]
    assert len(lines) == 3
    for line in lines:
        said = (await chat.say(line, manager)).text
        assert "did not work" not in said
        assert "pas marché" not in said


async def test_joining_is_undone_and_only_once(known: Chat) -> None:
    before = await person(known, ON_TEAMS)
    done = await join(known)
    await known.say("/log 30 min with a CDA at RSB", ON_TEAMS)
    apart = await known.press(done, "Undo", MANAGER)
    assert "Marie Tremblay\nStaff · Slack · marie.t@example.org · 2 entries (2.5 h)" in apart.text
    assert "Tremblay, Marie\nStaff · Teams (29:1) · 1 entry (1 h)" in apart.text
    assert await person(known, ON_TEAMS) == before
    assert "joined or apart already" in (await known.press(done, "Undo", MANAGER)).text
    await whole(known)


async def test_an_old_receipt_still_undoes(known: Chat) -> None:
    receipt = await known.say("/log 45 min with a CDA at RSB", ON_TEAMS)
    await join(known)
    await known.press(receipt, "Annuler", ON_TEAMS)
    assert "2 entries (3 h)" in (await known.say("/people link U1 = U2", MANAGER)).text
    await whole(known)


async def test_the_same_press_twice_joins_once(known: Chat) -> None:
    asked = await known.say("/people link U1 = 29:1", MANAGER)
    once = await known.press(asked, "Yes, join them", MANAGER, key="same")
    assert (await known.press(asked, "Yes, join them", MANAGER, key="same")).text == once.text
    again = await known.press(asked, "Yes, join them", MANAGER)
    assert "joined or apart already" in again.text
    await whole(known)


@pytest.mark.parametrize("who", [STAFF, MARIE])
async def test_who_is_no_manager_is_told_who_can(known: Chat, who: Newcomer) -> None:
    asked = await known.say("/people link U1 = 29:1", MANAGER)
    done = await join(known)
    listed = await known.say("/people", MANAGER)
    opened = await known.say("/people link", MANAGER)
    for refused in (
        await known.say("/people link", who),
        await known.say("/people link U1 = U2", who),
        await known.press(asked, "Yes, join them", who),
        await known.press(done, "Undo", who),
        await known.press(listed, "Join two people", who),
        await known.submit(opened, who),
    ):
        assert "Joining people is for managers" in refused.text
    assert await person(known, ON_TEAMS) == await person(known, MARIE)


async def test_a_manager_joins_nobody_to_an_administrator(known: Chat) -> None:
    await known.say("/help", ADMIN)
    for line in ("/people link Inès Roy = Sam Cohen", "/people link U1 = Inès Roy"):
        assert "for administrators" in (await known.say(line, MANAGER)).text
    asked = await known.say("/people link Inès Roy = U1", ADMIN)
    assert asked.labels == ["Oui, les réunir"]
    assert "for administrators" in (await known.press(asked, "Oui, les réunir", MANAGER)).text
    await known.press(asked, "Oui, les réunir", ADMIN)
    assert (await person(known, MARIE)).role is TeamRole.ADMIN


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/people link Marie", "Say who it is"),
        ("/people link Marie Tremblay = Xavier", "I know nobody as “Xavier”"),
        ("/people link Tremblay = U2", "I know several people as “Tremblay”: Tremblay, Marie, T"),
        ("/people link U1 = marie.t", "the same person already"),
        ("/people link = ", "I know nobody as “”"),
    ],
)
async def test_what_does_not_say_who_is_who(known: Chat, line: str, says: str) -> None:
    assert says in (await known.say(line, MANAGER)).text


@pytest.mark.parametrize("values", [{"kept": "x"}, {"joined": "99"}, {"kept": "9" * 20}])
async def test_a_button_of_nobodys_joins_nobody(known: Chat, values: dict[str, str]) -> None:
    asked = await known.say("/people link U1 = 29:1", MANAGER)
    refused = await known.press(asked, "Yes, join them", MANAGER, tampered=values)
    assert "did not work" in refused.text
    assert await person(known, ON_TEAMS) != await person(known, MARIE)


async def test_an_email_that_comes_later_joins_another_platform(chat: Chat) -> None:
    await chat.say("/log 2h with a CDA at EMSB", replace(MARIE, email=""))
    await chat.say("/help", MARIE)
    listed = await chat.say("/entries", replace(ON_TEAMS, email="Marie.T@example.org"))
    assert "2 h" in listed.text
    assert (
        "Marie Tremblay\nStaff · Slack, Teams · marie.t@"
        in (await chat.say("/people", ON_TEAMS)).text
    )


async def test_one_known_by_email_has_the_role_they_had(store: Store) -> None:
    chat = Chat(store, new_people="ask")
    await chat.say("/help", MARIE)
    newcomer = replace(ON_TEAMS, role=None, email=MARIE.email)
    assert "Logged" in (await chat.say("/log 1h with a CDA at EMSB", newcomer)).text
    guest = replace(newcomer, id="29:2", guest=True)
    assert "administrateur doit" in (await chat.say("/log 1h with a CDA at EMSB", guest)).text
    assert "marie.t@" not in (await chat.say("/people", guest)).text
