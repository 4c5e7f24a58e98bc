"""/channel in both languages: what a channel is told by itself, by line and by form, and back."""

import pytest

from handlers.channel.line import Said, read
from storage import addresses, channels
from storage.channels import Channel
from storage.engine import Tx
from storage.plan import Language
from tests.conversation import ADMIN, MANAGER, MEMBER, STAFF, Answer, Chat

FR, EN = Language.FR, Language.EN
EVERY = "Each Monday at 8:30, in English: the week of "


@pytest.fixture
async def team(chat: Chat) -> Chat:
    """In a channel, where somebody has spoken."""
    chat.direct = False
    await chat.say("/help")
    return chat


async def kept(chat: Chat) -> Channel | None:
    def of(tx: Tx) -> Channel | None:
        record = channels.of(tx, "test", chat.channel)
        return record.says if record else None

    return await chat.store.read(of)


async def spoken(chat: Chat) -> Language | None:
    address = await chat.store.read(addresses.find, "test", chat.channel)
    assert address
    return address.language


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("weekly Monday 8:30 in French", Said(True, 0, "08:30", FR)),
        ("chaque semaine lundi 8 h 30", Said(True, 0, "08:30")),
        ("hebdo le vendredi à 13 h, en anglais", Said(True, 4, "13:00", EN)),
        ("every Tuesday at 1:15 pm", Said(None, 1, "13:15")),
        ("on Thursday 9 am", Said(None, 3, "09:00")),
        ("Tuesdays at 8 a.m.", Said(None, 1, "08:00")),
        ("les mercredis 8h30", Said(None, 2, "08:30")),
        ("weekly Sat 9:00 p.m., in French", Said(True, 5, "21:00", FR)),
        ("chaque jeudi à neuf heures", Said(None, 3, "09:00")),
        ("on", Said(True)),
        ("off", Said(False)),
        ("arrêter", Said(False)),
        ("en", Said(language=EN)),
        ("en français", Said(language=FR)),
        ("weekly strands 1.1, 1.2 and 3 Monday", Said(True, 0, strands=("1.1", "1.2", "3"))),
        ("volets 1.1 et 3 8:30", Said(at="08:30", strands=("1.1", "3"))),
        ("strand 2 8 am", Said(at="08:00", strands=("2",))),
        ("weekly all strands", Said(True, strands=())),
        ("tout le plan", Said(strands=())),
        ("weekly Monday community calm schools", Said(True, 0, community="calm schools")),
        ("lundi communauté Écoles calmes", Said(weekday=0, community="ecoles calmes")),
    ],
)
def test_a_line_is_read(line: str, said: Said) -> None:
    assert read(line) == said


@pytest.mark.parametrize(
    "line", ["monthly", "Monday Tuesday", "25:00", "8:75", "8", "weekly off", "French English"]
)
def test_what_cannot_be_read_is_not_guessed(line: str) -> None:
    assert read(line).rest


async def test_one_line_has_the_week_told_and_one_press_takes_it_back(team: Chat) -> None:
    before = await team.say("/channel", MANAGER)
    assert before.text.startswith("#team\nI post nothing here by myself. I speak English here.")
    done = await team.say("/channel weekly Friday 13:00 in French", MANAGER)
    assert "Each Friday at 13:00, in French" in done.text
    assert await kept(team) == Channel("test", "team", "clc", weekday=4, at="13:00")
    assert await spoken(team) is FR
    back = await team.press(done, "Undo", MANAGER)
    assert "I post nothing here by myself" in back.text
    assert (await kept(team), await spoken(team)) == (None, None)
    again = await team.press(back, "Undo", MANAGER)
    assert "Each Friday at 13:00" in again.text


async def test_it_is_monday_at_half_past_eight_unless_it_is_said(team: Chat) -> None:
    done = await team.say("/channel weekly", MANAGER)
    assert EVERY in done.text
    done = await team.say("/canal chaque semaine mardi 9 h", ADMIN)
    assert "Chaque mardi à 9 h 00, en anglais" in done.text, "a language that was chosen stays"
    off = await team.say("/canal arrêter", ADMIN)
    assert "Je n’y publie rien" in off.text
    on = await team.press(off, "Publier la semaine ici", ADMIN)
    assert "Chaque mardi à 9 h 00" in on.text, "what was said is kept"


async def test_another_language_is_the_channel_s_and_turns_nothing_on(team: Chat) -> None:
    done = await team.say("/channel in French", MANAGER)
    assert "I post nothing here by myself. I speak French here." in done.text
    assert (await kept(team), await spoken(team)) == (None, FR)
    await team.press(done, "Undo", MANAGER)
    assert await spoken(team) is None


async def test_what_says_so_already_changes_nothing(team: Chat) -> None:
    await team.say("/channel weekly", MANAGER)
    again = await team.say("/channel weekly", MANAGER)
    await team.press(again, "Undo", MANAGER)
    assert await kept(team) == Channel("test", "team", "clc")


async def test_strands_are_the_plan_s(team: Chat) -> None:
    done = await team.say("/channel weekly strands 1.1, 3", MANAGER)
    assert "the week of strands 1.1 and 3 of" in done.text
    refused = await team.say("/channel strands 9", MANAGER)
    assert "The plan’s strands are 1.1, 1.2, 1.3, 1.4, 2, 3 and 4." in refused.text
    await team.say("/channel all strands", MANAGER)
    assert await kept(team) == Channel("test", "team", "clc")


async def test_a_community_is_named(team: Chat) -> None:
    refused = await team.say("/channel community Atlantis", MANAGER)
    assert "no community by the name “atlantis”" in refused.text
    await team.say("/community new Calm schools / Écoles calmes, 12 to 15", MANAGER)
    done = await team.say("/channel weekly community calm", MANAGER)
    assert EVERY + "Calm schools." in done.text
    now = await team.say("/channel strands 3", MANAGER)
    assert "the week of strand 3 of" in now.text


async def test_what_cannot_be_read_is_shown_how_to_say(team: Chat) -> None:
    refused = await team.say("/channel monthly", MANAGER)
    assert "I can’t read that (monthly)." in refused.text
    assert "/channel weekly Monday 8:30 in French" in refused.text


@pytest.mark.parametrize("who", [STAFF, MEMBER])
async def test_it_is_for_managers_alone(team: Chat, who: object) -> None:
    done = await team.say("/channel weekly", MANAGER)
    other = STAFF if who is STAFF else MEMBER
    refused = [
        await team.say("/channel", other),
        await team.say("/channel off", other),
        await team.press(done, "Undo", other),
        await team.press(done, "Stop", other),
        await team.press(done, "Change", other),
    ]
    assert all(one.reply.refused for one in refused)
    assert await kept(team) == Channel("test", "team", "clc")


async def test_in_private_all_channels_are_listed_and_changed(team: Chat) -> None:
    await team.say("/channel weekly", MANAGER)
    team.channel = "cop"
    await team.say("/help", MANAGER)
    team.direct = True
    shown = await team.say("/channel", MANAGER)
    assert "#cop\nI post nothing here by myself. I speak English here." in shown.text
    assert "#team\n" + EVERY in shown.text
    done = await team.press(shown, "Post the week here #cop", MANAGER)
    assert EVERY in done.text
    refused = await team.say("/channel weekly", MANAGER)
    assert "Say that in the channel itself" in refused.text


async def form(chat: Chat) -> Answer:
    return await chat.press(await chat.say("/channel", MANAGER), "Change", MANAGER)


async def test_the_form_says_it_all(team: Chat) -> None:
    shown = await form(team)
    assert {one.name: one.value for one in shown.form.inputs} == {
        "on": "yes", "of": "plan/clc", "strands": "",
        "language": "en", "weekday": "0", "at": "08:30",
    }  # fmt: skip
    typed = {"strands": "clc/1.1,clc/3", "language": "fr", "weekday": "2", "at": "1:15 pm"}
    done = await team.submit(shown, MANAGER, **typed)
    assert "Each Wednesday at 13:15, in French: the week of strands 1.1 and 3" in done.text
    await team.press(done, "Undo", MANAGER)
    assert (await kept(team), await spoken(team)) == (None, None)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"of": "plan/none"}, "Choose one of these."),
        ({"of": "community/9"}, "Choose one of these."),
        ({"strands": "clc/9"}, "Choose strands of the plan above"),
        ({"of": "plan/wellbeing-communities", "strands": "clc/1.1"}, "Choose strands of the plan"),
        ({"language": "de"}, "Choose one of these."),
        ({"weekday": "7"}, "Choose one of these."),
        ({"at": "noonish"}, "Write a time"),
    ],
)
async def test_the_form_says_what_is_wrong(team: Chat, typed: dict[str, str], why: str) -> None:
    again = await team.submit(await form(team), MANAGER, **typed)
    assert why in again.text
    assert [one.name for one in again.form.inputs if one.error] == [{*typed}.pop()] or len(
        typed
    ) > 1
    assert await kept(team) is None


async def test_nobody_s_own_chat_is_a_channel(team: Chat) -> None:
    team.direct = True
    await team.say("/help", MANAGER)
    team.direct = False
    shown = await team.say("/channel", MANAGER)
    forged = {"channel": "direct-sam"}
    assert (await team.press(shown, "Post the week here", MANAGER, tampered=forged)).reply.refused
    unknown = {"channel": "nowhere"}
    assert (await team.press(shown, "Post the week here", MANAGER, tampered=unknown)).reply.refused


async def test_a_button_of_one_channel_takes_nothing_back_in_another(team: Chat) -> None:
    done = await team.say("/channel weekly", MANAGER)
    team.channel = "cop"
    await team.say("/help", MANAGER)
    refused = await team.press(done, "Undo", MANAGER, tampered={"channel": "cop"})
    assert refused.reply.refused
    refused = await team.press(done, "Undo", MANAGER, tampered={"spoke": "de"})
    assert refused.reply.refused
