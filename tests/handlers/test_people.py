"""Languages, roles, and people the bot has not met."""

import pytest

from storage import people
from storage.engine import Store
from storage.people import Newcomer
from tests.conversation import ADMIN, FRENCH, STAFF, Chat

NEW = Newcomer("test", "new", "Nora Newell", "en-CA")
GUEST = Newcomer("test", "guest", "Gus Gast", "en-CA", guest=True)


async def test_a_language_is_chosen_by_word_or_button(chat: Chat) -> None:
    assert "What you can say" in (await chat.say("/help")).text
    assert "désormais en français" in (await chat.say("/language français")).text
    assert "Ce que vous pouvez dire" in (await chat.say("/help")).text
    asked = await chat.say("/langue")
    done = await chat.press(asked, "English")
    assert done.reply.replace
    assert "What you can say" in (await chat.say("/aide")).text
    assert "I speak English and French" in (await chat.say("/language klingon")).text


async def test_the_platforms_language_comes_first(chat: Chat) -> None:
    assert "Ce que vous pouvez dire" in (await chat.say("/help", FRENCH)).text


@pytest.mark.parametrize("command", ["log", "entries", "progress", "people", "language", "help"])
async def test_every_command_has_help(chat: Chat, command: str) -> None:
    first = await chat.say(f"/{command} help")
    assert first.text == (await chat.say(f"/help {command}")).text
    french = await chat.say(f"/{command} aide", FRENCH)
    assert first.text != french.text


@pytest.mark.parametrize("command", ["log", "entries", "progress", "language", "help"])
@pytest.mark.parametrize("who", [STAFF, FRENCH])
async def test_every_example_of_the_help_works(chat: Chat, command: str, who: Newcomer) -> None:
    shown = await chat.say(f"/{command} help", who)
    for line in [one for one in shown.text.splitlines() if one.startswith("/")][1:]:
        answer = await chat.say(line, who)
        assert "did not work" not in answer.text, line
        assert "pas marché" not in answer.text, line


async def test_full_members_are_staff_and_guests_are_members(chat: Chat) -> None:
    assert "Logged" in (await chat.say("/log 1h with a CDA at EMSB", NEW)).text
    assert "does not allow" in (await chat.say("/log 1h with a CDA at EMSB", GUEST)).text


async def test_new_people_can_wait_for_an_administrator(store: Store) -> None:
    chat = Chat(store, new_people="ask")
    for words in ("/log 1h with a CDA at EMSB", "/progress"):
        waiting = await chat.say(words, NEW)
        assert "administrator has yet to say" in waiting.text
        assert words in waiting.text
    asked = await chat.say("/aide", ADMIN)
    assert "Nora Newell" in asked.text
    refused = await chat.press(asked, "Gestionnaire", STAFF)
    assert "does not allow" in refused.text
    await chat.press(asked, "Membre de l’équipe", ADMIN)
    assert "Logged" in (await chat.say("/log 1h with a CDA at EMSB", NEW)).text


async def test_a_new_name_is_taken_over(chat: Chat) -> None:
    await chat.say("/help", NEW)
    await chat.say("/help", Newcomer("test", "new", "Nora Newell-Roy", "en-CA"))
    names = [one.name for one in await chat.store.read(people.everyone)]
    assert names == ["Nora Newell-Roy"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("/lgo 2h", "Did you mean /log?"),
        ("/qqq", "no such command"),
        ("bonjour EMSB", "did not find a duration"),
        ("/help nothing", "no such command"),
        ("/log\n2h with a CDA at EMSB", "2 h"),
    ],
)
async def test_what_is_no_command_is_said_kindly(chat: Chat, words: str, says: str) -> None:
    assert says in (await chat.say(words)).text


async def test_a_failure_of_ours_gives_a_code_and_the_words_back(
    chat: Chat, caplog: pytest.LogCaptureFixture
) -> None:
    await chat.say("/help")
    await chat.store.write(lambda tx: tx.run("DROP TABLE entry_boards"))
    answer = await chat.say("/log 1h with a CDA at EMSB re secret matter")
    assert "secret matter" in answer.text
    code = answer.text.split("code ")[1][:6]
    assert code in caplog.text
    assert "secret matter" not in caplog.text
