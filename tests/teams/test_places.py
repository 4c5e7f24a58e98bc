"""Where answers go: one's own stay with oneself, also when they are about a channel."""

import asyncio
import json

from storage import addresses
from storage.plan import Language
from tests.teams import payloads
from tests.teams.connector import Teams
from tests.teams.jalon import Jalon
from tests.teams.reading import pressables

LINE = "log 2h15 with a CDA at EMSB yesterday re action plan"


async def test_a_receipt_of_a_channel_is_shared_there_from_the_own_chat(
    jalon: Jalon, teams: Teams
) -> None:
    alex, marie = jalon.user("alex", "Alex Roy"), jalon.user("marie", "Marie Tremblay")
    channel = teams.add_channel("General", [alex.user, marie.user])
    await alex.says(LINE, channel)
    receipt = await alex.reads("2.25 h")
    await alex.press("Share with the others", receipt)
    assert "Said there" in alex.toast
    shared = await marie.reads("Alex Roy", channel)
    assert "action plan" not in shared.text
    thread = [one.message.thread for one in marie.sees(channel)]
    assert len(set(thread)) == 1, "all of it is in the thread of what was said"


async def test_a_forged_channel_is_not_written_to(jalon: Jalon, teams: Teams) -> None:
    alex, marie = jalon.user("alex", "Alex Roy"), jalon.user("marie", "Marie Tremblay")
    theirs = teams.add_channel("General", [marie.user], team="Theirs")
    await marie.says("/help", theirs)
    ours = teams.add_channel("General", [alex.user], team="Ours")
    await alex.says(LINE, ours)
    receipt = await alex.reads("2.25 h")
    [share] = [one for one in pressables(receipt.card) if one["title"] == "Share with the others"]
    forged = json.loads(json.dumps(share).replace(ours.id, theirs.id))
    before = len(marie.sees(theirs))
    await alex.presses(forged, receipt)
    await jalon.settled()
    assert len(marie.sees(theirs)) == before


async def test_who_looks_at_what_they_shared_sees_their_own_receipt(
    jalon: Jalon, teams: Teams
) -> None:
    alex, marie = jalon.user("alex", "Alex Roy"), jalon.user("marie", "Marie Tremblay")
    channel = teams.add_channel("General", [alex.user, marie.user])
    await alex.says(LINE, channel)
    await alex.press("Share with the others", await alex.reads("2.25 h"))
    shared = await alex.reads("Alex Roy", channel)
    await jalon.settled()
    edited = len(teams.called("PUT"))
    await alex.refresh(shared)
    await marie.refresh(shared)
    await jalon.settled()
    [mine] = [one for one in alex.sees(channel) if one.message.id == shared.message.id]
    [theirs] = [one for one in marie.sees(channel) if one.message.id == shared.message.id]
    assert "action plan" in mine.text
    assert "action plan" not in theirs.text
    assert len(teams.called("PUT")) == edited, "what all see stays as it is"
    await alex.press("Undo", mine)
    await jalon.settled()
    assert await jalon.entries() == 0
    assert not [one for one in marie.sees(channel) if "Taken back" in one.text]


async def test_a_form_asked_for_in_a_channel_comes_to_the_own_chat(
    jalon: Jalon, teams: Teams
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    channel = teams.add_channel("General", [alex.user])
    await alex.says("log", channel)
    form = await alex.form()
    assert form.message.place.id == alex.chat.id
    await alex.submit({"Duration": "2 h"})
    await alex.reads("2 h")
    assert await jalon.entries() == 1


async def test_a_form_that_is_left_changes_nothing(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.says("/log")
    await alex.cancel()
    await alex.reads("Left as it was")
    await jalon.settled()
    assert await jalon.entries() == 0


async def test_a_welcome_comes_once_and_asks_for_a_language(jalon: Jalon, teams: Teams) -> None:
    alex = jalon.user("alex", "Alex Roy", copies=2)
    await alex.installs()
    welcome = await alex.reads("Hello, I am Jalon")
    await jalon.settled()
    assert len([one for one in alex.sees() if "Hello, I am Jalon" in one.text]) == 1
    await alex.press("Français", welcome)
    await alex.reads("Bonjour")
    assert (await jalon.find(alex.user.aad)).language is Language.FR


async def test_a_team_chooses_a_language_and_removal_stops_sending(
    jalon: Jalon, teams: Teams
) -> None:
    alex, marie = jalon.user("alex", "Alex Roy"), jalon.user("marie", "Marie Tremblay")
    channel = teams.add_channel("General", [alex.user, marie.user], team="Équipe")
    await alex.installs(channel)
    welcome = await marie.reads("Hello, I am Jalon", channel)
    await alex.press("Français", welcome)
    await marie.reads("Bonjour", channel)

    async def address() -> addresses.Address:
        found = await jalon.store.read(addresses.find, "teams", channel.id)
        assert found is not None
        return found

    there = await address()
    assert there.language is Language.FR
    assert "Équipe" in there.name
    assert json.loads(there.reference)["serviceUrl"] == teams.service_url
    await alex.removes(channel)
    assert (await address()).closed == addresses.REMOVED
    assert channel.id not in await jalon.store.read(addresses.channels, "teams")
    await alex.installs(channel)
    await jalon.settled()
    assert not (await address()).closed
    await asyncio.sleep(0)
    assert len([one for one in marie.sees(channel) if "Bonjour" in one.text]) == 2


async def test_a_button_that_is_none_of_ours_is_said_to_be_none(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.says(LINE)
    receipt = await alex.reads("2.25 h")
    for data in ({}, {"jalon": "x"}, {"jalon": {"values": {"id": 7}}}, {"jalon": {"form": 3}}):
        before = len(alex.sees())
        await alex.presses({"verb": "entry.undo", "data": data}, receipt)
        await jalon.settled()
        assert len(alex.sees()) == before + 1 or alex.trouble
    assert await jalon.entries() == 1


async def test_a_team_that_is_left_is_left_in_all_its_channels(jalon: Jalon, teams: Teams) -> None:
    alex = jalon.user("alex", "Alex Roy")
    general = teams.add_channel("General", [alex.user], team="Ours")
    news = teams.add_channel("News", [alex.user], team="Ours")
    other = teams.add_channel("General", [alex.user], team="Theirs")
    for one in (general, news, other):
        await alex.says("help", one)
    await jalon.settled()
    await alex.removes(general)
    assert await jalon.store.read(addresses.channels, "teams") == [other.id]


async def test_a_channel_that_is_deleted_is_closed_and_the_team_is_not(
    jalon: Jalon, teams: Teams
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    general = teams.add_channel("General", [alex.user])
    news = teams.add_channel("News", [alex.user])
    for one in (general, news):
        await alex.says("help", one)
    await jalon.settled()
    said = payloads.activity(teams, alex.user, general, "conversationUpdate")
    data = said["channelData"] | {"eventType": "channelDeleted", "channel": {"id": news.id}}
    await jalon.transport.deliver(said | {"id": "f:1", "channelData": data})
    assert await jalon.store.read(addresses.channels, "teams") == [general.id]


async def test_an_upgrade_of_the_app_greets_nobody(jalon: Jalon, teams: Teams) -> None:
    alex = jalon.user("alex", "Alex Roy")
    said = payloads.activity(teams, alex.user, alex.chat, "installationUpdate")
    await jalon.transport.deliver(said | {"id": "f:1", "action": "add-upgrade"})
    await jalon.settled()
    assert not alex.sees()
