"""What strangers say, forge or bring along is taken for no more than it is."""

import asyncio
import json
from typing import Any

import pytest

from storage import addresses, people
from storage.people import Newcomer, TeamRole
from tests.teams.connector import Teams
from tests.teams.jalon import Jalon

LINE = "log 2h15 with a CDA at EMSB yesterday re action plan"
OTHER = "99999999-9999-4999-8999-999999999999"
POST, PUT, MEMBERS = "POST .*/activities", "PUT .*/activities", "GET .*members"


def of_tenant(activity: Any, tenant: str) -> Any:
    """The activity as Teams sends it from another tenant's own chat."""
    said = json.loads(json.dumps(activity))
    said["conversation"]["tenantId"] = tenant
    said["channelData"]["tenant"]["id"] = tenant
    return said


async def from_other_tenant(jalon: Jalon, teams: Teams, email: str = "") -> Any:
    eve = jalon.user("eve", "Eve Elsewhere", tenant=OTHER, email=email)
    _, said = eve._said("help", None, None, mention=False, files=[])
    await jalon.transport.deliver(of_tenant(said, OTHER))
    await jalon.settled()
    return eve


async def test_someone_of_another_tenant_is_no_staff(jalon: Jalon, teams: Teams) -> None:
    eve = await from_other_tenant(jalon, teams)
    person = await jalon.store.read(people.find, "teams", eve.user.aad)
    assert person is None or person.role is TeamRole.MEMBER


async def test_someone_of_another_tenant_is_nobody_of_ours(jalon: Jalon, teams: Teams) -> None:
    who = Newcomer("slack", "U1", "Boss", email="boss@example.org")
    boss = await jalon.store.write(people.meet, who, TeamRole.ADMIN, 0)
    eve = await from_other_tenant(jalon, teams, "boss@example.org")
    person = await jalon.store.read(people.find, "teams", eve.user.aad)
    assert person is None or person.id != boss.id


async def test_a_group_without_its_kind_is_no_own_chat(jalon: Jalon, teams: Teams) -> None:
    alex, marie = jalon.user("alex", "Alex Roy"), jalon.user("marie", "Marie Tremblay")
    channel = teams.add_channel("General", [alex.user, marie.user])
    _, said = alex._said(LINE, channel, None, mention=True, files=[])
    said = json.loads(json.dumps(said))
    del said["conversation"]["conversationType"]
    await jalon.transport.deliver(said)
    await jalon.settled()
    assert not [one for one in marie.sees(channel) if "2.25 h" in one.text]


async def test_an_old_button_does_not_open_a_channel_again(jalon: Jalon, teams: Teams) -> None:
    alex = jalon.user("alex", "Alex Roy")
    channel = teams.add_channel("General", [alex.user])
    await alex.says(LINE, channel)
    receipt = await alex.reads("2.25 h")
    await jalon.settled()
    await alex.removes(channel)
    assert await jalon.store.read(addresses.channels, "teams") == []
    teams.installed.discard(channel.home)
    await alex.press("Edit", receipt)  # nothing to do with the channel
    await jalon.settled()
    assert await jalon.store.read(addresses.channels, "teams") == []


async def test_who_shares_where_the_bot_is_no_more_is_not_told_it_was_said(
    jalon: Jalon, teams: Teams
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    channel = teams.add_channel("General", [alex.user])
    await alex.says(LINE, channel)
    receipt = await alex.reads("2.25 h")
    await jalon.settled()
    await alex.removes(channel)
    await alex.press("Share with the others", receipt)
    await jalon.settled()
    assert "Said there" not in alex.toast


async def test_a_forged_cancel_does_not_overwrite_what_all_see(jalon: Jalon, teams: Teams) -> None:
    alex, eve = jalon.user("alex", "Alex Roy"), jalon.user("eve", "Eve Eager")
    channel = teams.add_channel("General", [alex.user, eve.user])
    await alex.says(LINE, channel)
    await alex.press("Share with the others", await alex.reads("2.25 h"))
    shared = await eve.reads("Alex Roy", channel)
    await eve.presses({"verb": "teams.cancel", "data": {"jalon": {"values": {}}}}, shared)
    await jalon.settled()
    [now] = [one for one in alex.sees(channel) if one.message.id == shared.message.id]
    assert "Left as it was" not in now.text


async def test_a_forged_form_does_not_overwrite_another_card(jalon: Jalon, teams: Teams) -> None:
    alex, eve = jalon.user("alex", "Alex Roy"), jalon.user("eve", "Eve Eager")
    channel = teams.add_channel("General", [alex.user, eve.user])
    await alex.installs(channel)
    welcome = await eve.reads("Hello, I am Jalon", channel)
    await alex.says(LINE, channel)
    await alex.press("Share with the others", await alex.reads("2.25 h"))
    shared = await eve.reads("Alex Roy", channel)
    sent = {"values": {"language": "en"}, "form": [], "origin": shared.message.id}
    await eve.presses({"verb": "welcome.speak", "data": {"jalon": sent}}, welcome)
    await jalon.settled()
    [now] = [one for one in alex.sees(channel) if one.message.id == shared.message.id]
    assert "newer card" not in now.text


async def test_a_private_answer_that_is_blocked_closes_the_own_chat(
    jalon: Jalon, teams: Teams
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    channel = teams.add_channel("General", [alex.user])
    await alex.says("help")
    await jalon.settled()
    await alex.says("help", channel)
    await jalon.settled()
    teams.faults.add(code="ConversationBlockedByUser", path=POST)
    await alex.says(LINE, channel)
    await jalon.settled()
    own = await jalon.store.read(addresses.find, "teams", alex.chat.id)
    assert own is not None
    assert own.closed == "ConversationBlockedByUser"


async def test_an_own_chat_is_never_among_the_channels(jalon: Jalon, teams: Teams) -> None:
    alex = jalon.user("alex", "Alex Roy")
    go = asyncio.Event()
    teams.faults.add(hold=go, path=MEMBERS)
    installing = asyncio.create_task(alex.installs())
    await asyncio.sleep(0.5)
    found = await jalon.store.read(addresses.channels, "teams")
    go.set()
    await installing
    assert found == []


async def test_who_could_not_be_looked_up_at_first_is_staff_later(
    jalon: Jalon, teams: Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where Teams does not know yet, for a moment, that the bot was just added."""
    monkeypatch.setattr("bot.members.FRESH", 0.0)
    alex = jalon.user("alex", "Alex Roy")
    teams.faults.add(code="BotNotInConversationRoster", path=MEMBERS)
    await alex.installs()
    await jalon.settled()
    await alex.says(LINE)
    await jalon.settled()
    assert (await jalon.find(alex.user.aad)).role is TeamRole.STAFF


async def test_a_share_pressed_twice_is_said_once(jalon: Jalon, teams: Teams) -> None:
    alex = jalon.user("alex", "Alex Roy")
    channel = teams.add_channel("General", [alex.user])
    await alex.says(LINE, channel)
    receipt = await alex.reads("2.25 h")
    twice = (alex.press("Share with the others", receipt) for _ in range(2))
    await asyncio.gather(*twice)
    await jalon.settled()
    assert len([one for one in alex.sees(channel) if "Alex Roy" in one.text]) == 1


async def test_a_guest_waits_where_others_do(jalon: Jalon, teams: Teams) -> None:
    await jalon.stop()
    jalon.new_people = "ask"
    await jalon.start()
    gil = jalon.user("gil", "Gil Guest", role="guest")
    await gil.says("help")
    await jalon.settled()
    assert (await jalon.find(gil.user.aad)).role is TeamRole.PENDING
