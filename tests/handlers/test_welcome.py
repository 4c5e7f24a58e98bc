"""Where the bot is added it says who it is, in the language that is chosen there."""

import pytest

from handlers.chat.cards import Example
from storage import addresses
from storage.people import Newcomer
from storage.plan import Language
from tests.conversation import FRENCH, MANAGER, MEMBER, STAFF, Answer, Chat

BUTTONS = ["English", "Français"]


@pytest.fixture
def channel(chat: Chat) -> Chat:
    chat.direct = False
    return chat


def examples(answer: Answer) -> list[str]:
    return [block.line for block in answer.card.blocks if isinstance(block, Example)]


async def language_there(chat: Chat) -> Language | None:
    there = await chat.store.read(addresses.find, "test", chat.channel)
    assert there is not None
    return there.language


async def test_to_a_person_it_says_who_it_is_and_what_can_be_said(chat: Chat) -> None:
    hello = await chat.added()
    assert hello.card.title == "Hello, I am Jalon"
    assert "Tell me in one line" in hello.text
    assert "Je parle aussi français" in hello.text
    assert "@Jalon" not in hello.text
    assert hello.labels == BUTTONS


async def test_what_it_shows_can_be_said(chat: Chat) -> None:
    for line in examples(await chat.added()):
        assert "did not work" not in (await chat.say(line)).text
    for line in examples(await chat.added(FRENCH)):
        assert "n’a pas marché" not in (await chat.say(line, FRENCH)).text


async def test_to_a_member_of_a_community_it_shows_what_they_may_do(chat: Chat) -> None:
    hello = await chat.added(MEMBER)
    assert "Je montre où en sont les cibles" in hello.text
    assert "noter" not in hello.text
    for line in examples(hello):
        assert "n’a pas marché" not in (await chat.say(line, MEMBER)).text


async def test_a_persons_button_is_for_all_that_follows(chat: Chat) -> None:
    french = await chat.press(await chat.added(), "Français")
    assert french.card.title == "Bonjour, ici Jalon"
    assert "I speak English, too" in french.text
    assert french.reply.replace
    assert (await chat.say("/help")).card.title == "Ce que vous pouvez dire"
    english = await chat.press(french, "English")
    assert english.card.title == "Hello, I am Jalon"
    assert (await chat.say("/help")).card.title == "What you can say"


async def test_a_channel_is_greeted_in_the_language_of_who_added_it(channel: Chat) -> None:
    hello = await channel.added(FRENCH)
    assert not hello.reply.private
    assert not hello.reply.replace
    assert hello.card.title == "Bonjour, ici Jalon"
    assert "mettez @Jalon devant" in hello.text
    assert "n’arrivent qu’à vous" in hello.text
    assert "I speak English, too" in hello.text
    assert examples(hello)[0].startswith("@Jalon noter 2h15")
    assert hello.labels == BUTTONS


async def test_a_channels_button_is_for_everyone_there_and_for_nobody_elsewhere(
    channel: Chat,
) -> None:
    french = await channel.press(await channel.added(), "Français", MANAGER)
    assert french.card.title == "Bonjour, ici Jalon"
    assert french.reply.replace
    assert not french.reply.private
    assert await language_there(channel) is Language.FR
    assert (await channel.say("/help", MANAGER)).card.title == "What you can say"
    assert (await channel.say("/help", STAFF)).card.title == "What you can say"


async def test_a_channel_keeps_its_language_whoever_adds_it_again(channel: Chat) -> None:
    await channel.press(await channel.added(), "English")
    assert (await channel.added(FRENCH)).card.title == "Hello, I am Jalon"
    channel.channel = "another"
    assert (await channel.added(FRENCH)).card.title == "Bonjour, ici Jalon"


async def test_the_same_press_twice_is_one_change(channel: Chat) -> None:
    hello = await channel.added()
    await channel.press(hello, "Français", key="one")
    english = await channel.press(hello, "English", key="two")
    again = await channel.press(hello, "Français", key="one")
    assert again.card.title == "Bonjour, ici Jalon"
    assert english.card.title == "Hello, I am Jalon"
    assert await language_there(channel) is Language.EN


async def test_a_guest_does_not_choose_a_channels_language(channel: Chat) -> None:
    hello = await channel.added()
    refused = await channel.press(hello, "Français", MEMBER)
    assert "ne le permet pas" in refused.text
    assert refused.reply.private
    assert not refused.reply.replace
    assert await language_there(channel) is None


async def test_a_guest_chooses_their_own(chat: Chat) -> None:
    english = await chat.press(await chat.added(MEMBER), "English", MEMBER)
    assert "I show how the action plan’s targets are doing" in english.text


@pytest.mark.parametrize("direct", [True, False])
@pytest.mark.parametrize("tampered", [{"language": "xx"}, {"language": ""}, {"language": "EN"}])
async def test_its_button_is_a_strangers_word(
    chat: Chat, direct: bool, tampered: dict[str, str]
) -> None:
    chat.direct = direct
    answer = await chat.press(await chat.added(FRENCH), "English", FRENCH, tampered=tampered)
    assert "ne sert plus" in answer.text
    assert answer.reply.private


@pytest.mark.parametrize("direct", [True, False])
async def test_who_waits_for_a_role_is_told_so_and_decides_nothing(
    chat: Chat, direct: bool
) -> None:
    ask = Chat(chat.store, new_people="ask")
    ask.direct = direct
    hello = await chat.added(MANAGER)
    waits = Newcomer("test", "nora", "Nora Newell")
    for answer in (await ask.added(waits), await ask.press(hello, "Français", waits)):
        assert "your name is waiting" in answer.text
        assert answer.reply.private
