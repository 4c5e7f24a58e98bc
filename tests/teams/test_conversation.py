"""The conversation as people have it in Teams: over signed HTTP, through the real connector."""

from tests.teams.connector import Teams
from tests.teams.jalon import Jalon

LINE = "log 2h15 with a CDA at EMSB yesterday re action plan"


async def test_a_line_is_logged_and_taken_back_in_one_press(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.installs()
    await alex.says(LINE)
    receipt = await alex.reads("2.25 h")
    assert await jalon.entries() == 1
    await alex.press("Undo", receipt)
    await jalon.settled()
    assert await jalon.entries() == 0
    [stands] = [one for one in alex.sees() if one.message.id == receipt.message.id]
    assert "Taken back" in stands.text


async def test_a_form_comes_below_and_its_answer_takes_its_place(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.installs()
    await alex.says(LINE)
    receipt = await alex.reads("2.25 h")
    await alex.press("Edit", receipt)
    form = await alex.form()
    await alex.submit({"Duration": "3x"})
    await jalon.settled()
    again = await alex.form()
    assert again.message.id == form.message.id
    assert again.errors
    await alex.submit({"Duration": "3 h"})
    await jalon.settled()
    texts = {one.message.id: one.text for one in alex.sees()}
    assert "3 h" in texts[form.message.id]
    assert "newer card" in texts[receipt.message.id]


async def test_what_is_private_goes_to_the_own_chat(jalon: Jalon, teams: Teams) -> None:
    alex, marie = jalon.user("alex", "Alex Roy"), jalon.user("marie", "Marie Tremblay")
    await alex.installs()
    channel = teams.add_channel("General", [alex.user, marie.user])
    await alex.installs(channel)
    await alex.says(LINE, channel)
    await alex.reads("2.25 h")
    await alex.reads("in our own chat", channel)
    assert not [one for one in marie.sees(channel) if "2.25" in one.text]


async def test_mentions_are_read_as_names(jalon: Jalon, teams: Teams) -> None:
    teams.bot_name = "Jalon & cie"
    alex = jalon.user("alex", "Alex Roy")
    teams.add_user("eve", "Ève Côté & fils")
    group = teams.add_group("Comité", [alex.user])
    await alex.says("log 1h partner Café & Co @Ève Côté & fils < 5", group)
    receipt = await alex.reads("1 h")
    said = [one.text for one in alex.sees(group) if one.message.author == alex.user.id]
    assert said
    assert "Jalon" not in receipt.text
    assert "&amp;" not in receipt.text
    assert "<at>" not in receipt.text


async def test_a_french_day(jalon: Jalon) -> None:
    chantal = jalon.user("chantal", "Chantal Dubé", locale="fr-CA")
    await chantal.installs()
    await chantal.reads("Bonjour")
    await chantal.says("noter 1,5 h table CHSSN lundi")
    receipt = await chantal.reads("1,5 h")
    await chantal.press("Annuler", receipt)
    await chantal.reads("ne compte plus")
    await jalon.settled()
    assert await jalon.entries() == 0
