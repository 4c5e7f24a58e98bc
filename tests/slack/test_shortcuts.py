"""Shortcuts: the form from the composer's menu, and from a message with what it says."""

import pytest

from handlers.all import everything
from storage.people import TeamRole
from tests.slack.jalon import Jalon

NAMES = {one.on_message: one.name for one in everything().shortcuts if one.name.startswith("log.")}


async def test_hours_are_logged_from_anywhere(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.shortcut(NAMES[False])
    await alex.submit({"Duration": "2h15"})
    assert "2 h 15 min" in (await alex.reads("Logged", alex.dm)).text


async def test_a_message_fills_the_form_with_what_it_says(jalon: Jalon) -> None:
    alex, sam = jalon.user("alex", "Alex Roy"), jalon.user("sam", "Sam Roy")
    team = jalon.workspace.add_channel("team", [alex.user, sam.user])
    said = sam.says("2h15 with a CDA at EMSB yesterday re action plan &amp; transition", team)
    jalon.workspace.now += 3600
    await alex.message_shortcut(NAMES[True], said)
    form = await alex.form()
    day = form.inputs["Date"]
    assert form.inputs["Role of the person"] == "CDA"
    assert form.inputs["School board"] == "EMSB"
    await alex.submit()
    receipt = await alex.reads("Logged", team)
    assert receipt.private
    assert day == "2025-02-11"
    assert not any("Logged" in one.text for one in sam.sees(team))


async def test_yesterday_is_the_day_before_the_message_was_written(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    team = jalon.workspace.add_channel("team", [alex.user])
    said = alex.says("2h with a CDA at EMSB yesterday", team)
    jalon.workspace.now += 3 * 86400
    jalon.now = jalon.now.replace(day=jalon.now.day + 3)
    await alex.message_shortcut(NAMES[True], said)
    assert (await alex.form()).inputs["Date"] == "2025-02-11"


@pytest.mark.parametrize("on_message", [False, True])
async def test_who_logs_no_hours_is_told_so(jalon: Jalon, on_message: bool) -> None:
    marie = jalon.user("marie", "Marie Tremblay", restricted=True)
    team = jalon.workspace.add_channel("team", [marie.user])
    if on_message:
        await marie.message_shortcut(NAMES[True], marie.says("2h", team))
    else:
        await marie.shortcut(NAMES[False])
    place = team if on_message else marie.dm
    assert "Your role does not allow that" in (await marie.reads("role", place)).text
    assert marie.modal is None


async def test_choices_are_found_as_one_types(jalon: Jalon) -> None:
    sam = jalon.user("sam", "Sam Roy")
    for name in ("Marie Tremblay", "Marc Tremblay", "Anne Côté"):
        other = jalon.user(name.split()[0].lower(), name)
        await other.slash("/help")
    await sam.slash("/help")
    await jalon.give("U0SAM", TeamRole.MANAGER)
    await sam.slash("/people link")
    form = await sam.form()
    first = next(label for label in form.inputs)
    found = await sam.searches(first, "tremb")
    assert len(found) == 2
    assert all("Tremblay" in one for one in found)
    assert await sam.searches(first, "nobody") == []
