"""/partner: how one stands, agreements that count once signed, and names that are not guessed."""

from datetime import date

import pytest

from handlers.partners import line
from storage import partnerships
from storage.partnerships import Agreement, Partnership, Standing
from storage.verify import problems
from tests.conversation import FRENCH, MANAGER, MEMBER, Chat

TODAY = date(2025, 2, 12)


async def signed(chat: Chat) -> float | None:
    return await chat.hours("partner-agreements")


async def known(chat: Chat) -> list[Partnership]:
    return [one.says for one in await chat.store.read(partnerships.every)]


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("CHSSN, table, existing", Partnership("CHSSN", True)),
        ("CHSSN, table de concertation, on y siège", Partnership("CHSSN", True, seat=True)),
        ("YMCA, potential, purpose early years",
         Partnership("YMCA", standing=Standing.POTENTIAL, purpose="early years")),
        ("4-H Quebec, nouveau, objectif relève, camps",
         Partnership("4-H Quebec", standing=Standing.NEW, purpose="relève, camps")),
        ("YMCA, organisation, contact: YMCA Québec", Partnership("YMCA", contact="YMCA Québec")),
    ],
)  # fmt: skip
def test_a_line_says_how_a_partner_stands(said: str, says: Partnership) -> None:
    assert line.read(said) == line.Said(says, plain=True)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("agreement with Literacy Quebec signed 2025-02-03",
         Agreement("Literacy Quebec", signed=date(2025, 2, 3))),
        ("entente avec Centraide signée hier", Agreement("Centraide", signed=date(2025, 2, 11))),
        ("an agreement with YMCA", Agreement("YMCA")),
        ("agreement with YMCA, summer camps, signed yesterday, https://example.org/a.",
         Agreement("YMCA", "summer camps", date(2025, 2, 11), url="https://example.org/a")),
        ("agreement with YMCA signed Feb 3, summer camps",
         Agreement("YMCA", "summer camps", date(2025, 2, 3))),
    ],
)  # fmt: skip
def test_a_line_says_what_an_agreement_is(said: str, says: Agreement) -> None:
    read, day_read = line.read_agreement(said, today=TODAY)
    assert (read, day_read) == (says, True)


async def test_a_partner_is_told_of_changed_and_undone(chat: Chat) -> None:
    done = await chat.say("/partner CHSSN, table, seat, purpose health networks")
    assert "Table, the team sits on it" in done.text
    changed = await chat.say("/partenaire chssn, nouveau", FRENCH)
    assert "Nouveau" in changed.text
    assert await known(chat) == [
        Partnership("CHSSN", True, Standing.NEW, True, "health networks")
    ]  # fmt: skip
    await chat.press(changed, "Annuler", FRENCH)
    assert (await known(chat))[0].standing is Standing.EXISTING
    assert (await chat.press(done, "Undo")).reply.refused


async def test_what_was_taken_back_can_be_said_again_and_not_restored_beside_it(chat: Chat) -> None:
    gone = await chat.press(await chat.say("/partner YMCA, new"), "Undo")
    assert await known(chat) == []
    await chat.say("/partner YMCA, potential")
    refused = await chat.press(gone, "Restore")
    assert refused.reply.refused
    assert len(await known(chat)) == 1
    assert await chat.store.read(problems) == []


async def test_an_agreement_counts_once_it_is_signed(chat: Chat) -> None:
    done = await chat.say("/partner agreement with Literacy Quebec")
    assert "not signed yet" in done.text
    assert await signed(chat) == 0
    form = await chat.press(done, "Edit")
    if form.form.name != "partner.save_agreement":
        form = await chat.press(done, "Add an agreement")
    late = await chat.submit(form, signed="2025-03-01")
    assert "yet to come" in late.text
    agreed = await chat.submit(form, signed="2025-02-03")
    assert await signed(chat) == 1
    gone = await chat.press(agreed, "Undo")
    assert await signed(chat) == 0
    assert gone.reply.says is not None


async def test_what_cannot_be_read_opens_the_form_with_the_rest(chat: Chat) -> None:
    form = await chat.say("/partner agreement with YMCA signed one day")
    assert form.form.inputs[0].value == "YMCA"
    wrong = await chat.submit(form, partner="", signed="soon", ends="x", url="learn")
    assert {one.name for one in wrong.form.inputs if one.error} == {
        "partner", "signed", "ends", "url"
    }  # fmt: skip
    early = await chat.submit(form, signed="2025-02-03", ends="2025-01-01")
    assert "before it was signed" in early.text
    form = await chat.say("/partner")
    wrong = await chat.submit(form, partner="", standing="king")
    assert {one.name for one in wrong.form.inputs if one.error} == {"partner", "standing"}


async def test_names_that_come_near_are_asked_about(chat: Chat) -> None:
    await chat.say("/partner Literacy Quebec, existing")
    asked = await chat.say("/partner Literacy Quebeck, new")
    assert "come near" in asked.text
    await chat.press(asked, "Literacy Quebec")
    assert [one.partner for one in await known(chat)] == ["Literacy Quebec"]
    assert (await known(chat))[0].standing is Standing.NEW
    await chat.press(asked, "It is another one: Literacy Quebeck")
    assert len(await known(chat)) == 2


async def test_a_partner_opens_with_the_support_that_went_to_it(chat: Chat) -> None:
    await chat.say("/log 2h YMCA meeting yesterday, partner support with partner YMCA")
    await chat.say("/log 90 min table CHSSN yesterday re shared calendar")
    await chat.say("/partner CHSSN, table, existing")
    opened = await chat.say("/partner chssn")
    assert "1.5 h in 1 entry this year" in opened.text
    listed = await chat.say("/partner list")
    assert "CHSSN" in listed.text
    assert "1.5 h" in (await chat.press(listed, "Open", MANAGER)).text


async def test_the_list_has_pages(chat: Chat) -> None:
    assert "Nothing is known" in (await chat.say("/partner list")).text
    for name in [
        "Ash",
        "Birch",
        "Cedar",
        "Elm",
        "Fir",
        "Hazel",
        "Ironwood",
        "Juniper",
        "Larch",
        "Maple",
    ]:
        asked = await chat.say(f"/partner {name} House, existing")
        if "come near" in asked.text:
            await chat.press(asked, f"It is another one: {name} House")
    first = await chat.say("/partner list")
    second = await chat.press(first, "More")
    assert len(first.card.blocks) + len(second.card.blocks) == 10
    assert "Before" in second.labels


async def test_members_of_communities_neither_see_nor_tell(chat: Chat) -> None:
    done = await chat.say("/partner CHSSN, table, existing")
    for said in ("/partner", "/partner list", "/partner CHSSN", "/partner YMCA, new"):
        assert (await chat.say(said, MEMBER)).reply.refused
    for label in done.labels:
        assert (await chat.press(done, label, MEMBER)).reply.refused
