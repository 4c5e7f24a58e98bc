"""/partner: how one stands, agreements that count once signed, and names that are not guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("CHSSN, seat since 2019-09-01 until yesterday",
         Partnership("CHSSN", True, seat=True, since=date(2019, 9, 1), until=date(2025, 2, 11))),
        ("CHSSN, on y siège depuis le 3 février, jusqu’au 30 juin 2026",
         Partnership("CHSSN", True, seat=True, since=date(2025, 2, 3), until=date(2026, 6, 30))),
        ("YMCA, potential, purpose early years",
         Partnership("YMCA", standing=Standing.POTENTIAL, purpose="early years")),
        ("YMCA, camps since 2020", Partnership("YMCA", purpose="camps since 2020")),
        ("4-H Quebec, nouveau, objectif : relève, camps",
         Partnership("4-H Quebec", standing=Standing.NEW, purpose="relève, camps")),
        ("YMCA, organisation, contact: YMCA Québec", Partnership("YMCA", contact="YMCA Québec")),
        ("YMCA, contact at YMCA Québec", Partnership("YMCA", contact="YMCA Québec")),
    ],
)  # fmt: skip
def test_a_line_says_how_a_partner_stands(said: str, says: Partnership) -> None:
    assert not line.is_agreement(said)
    assert line.read(said, today=TODAY) == line.Said(says, plain=True)


def test_a_line_keeps_what_was_known_and_replaces_the_purpose() -> None:
    known = Partnership("CHSSN", True, Standing.NEW, True, "health", "CHSSN Montreal")
    read = line.read("chssn, existing, purpose networks, camps", known, today=TODAY)
    assert read.says == Partnership(
        "chssn", True, Standing.EXISTING, True, "networks, camps", "CHSSN Montreal"
    )


YESTERDAY = date(2025, 2, 11)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("agreement with Literacy Quebec signed 2025-02-03",
         Agreement("Literacy Quebec", signed=date(2025, 2, 3))),
        ("entente avec Centraide signée hier", Agreement("Centraide", signed=YESTERDAY)),
        ("entente avec Centraide signee le 2025-02-03",
         Agreement("Centraide", signed=date(2025, 2, 3))),
        ("l'entente avec Centraide a ete signee hier", Agreement("Centraide", signed=YESTERDAY)),
        ("on a signe une entente avec Centraide hier", Agreement("Centraide", signed=YESTERDAY)),
        ("entente signée hier avec Centraide", Agreement("Centraide", signed=YESTERDAY)),
        ("entente signée avec Centraide hier", Agreement("Centraide", signed=YESTERDAY)),
        ("on a signé une entente avec Centraide hier", Agreement("Centraide", signed=YESTERDAY)),
        ("signed an agreement with YMCA yesterday", Agreement("YMCA", signed=YESTERDAY)),
        ("YMCA, agreement signed yesterday", Agreement("YMCA", signed=YESTERDAY)),
        ("YMCA agreement was signed on Feb 3", Agreement("YMCA", signed=date(2025, 2, 3))),
        ("an agreement with YMCA", Agreement("YMCA")),
        ("nouvelle entente : Centraide", Agreement("Centraide")),
        ("agreement with YMCA, summer camps, signed yesterday, https://example.org/a.",
         Agreement("YMCA", "summer camps", YESTERDAY, url="https://example.org/a")),
        ("agreement with YMCA signed Feb 3, summer camps",
         Agreement("YMCA", "summer camps", date(2025, 2, 3))),
        ("agreement with YMCA until 2027-06-30, signed yesterday",
         Agreement("YMCA", "", YESTERDAY, date(2027, 6, 30))),
        ("entente de partenariat avec Centraide, jusqu’au 30 juin 2027",
         Agreement("Centraide", ends=date(2027, 6, 30))),
    ],
)  # fmt: skip
def test_a_line_says_what_an_agreement_is(said: str, says: Agreement) -> None:
    assert line.is_agreement(said)
    assert line.read_agreement(said, today=TODAY) == line.Agreed(says)


@pytest.mark.parametrize(
    ("said", "unread"),
    [
        ("agreement with YMCA signed one day", (("signed", "day"),)),
        ("agreement with YMCA signed", (("signed", "day"),)),
        ("agreement with YMCA signed 2025-02-13", (("signed", "future"),)),
        ("entente avec YMCA signée demain", (("signed", "future"),)),
        ("agreement with YMCA until some day, signed one day",
         (("ends", "day"), ("signed", "day"))),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_read_is_not_guessed(
    said: str, unread: tuple[tuple[str, str], ...]
) -> None:
    assert line.read_agreement(said, today=TODAY) == line.Agreed(Agreement("YMCA"), unread)


@given(
    st.sampled_from(["agreement with {name} signed {day}", "entente signée {day} avec {name}",
                     "{name}, agreement signed {day}", "entente avec {name}, signée le {day}"]),
    st.lists(st.sampled_from(["North", "Shore", "Maison", "Érable"]), min_size=1, max_size=3),
    st.dates(date(2001, 1, 1), TODAY),
)  # fmt: skip
def test_who_and_when_are_read_in_any_order(pattern: str, names: list[str], day: date) -> None:
    name = " ".join(names)
    text = pattern.format(name=name, day=day)
    assert line.read_agreement(text, today=TODAY) == line.Agreed(Agreement(name, signed=day))


WORDS = st.sampled_from(
    ["agreement", "entente", "with", "avec", "signed", "signée", "until", "since", "depuis",
     "hier", "2025-02-03", "2031-01-01", "table", ",", "YMCA", "for", "new", "https://a.org"]
)  # fmt: skip


@given(st.lists(WORDS | st.text(max_size=8), max_size=9))
def test_any_line_is_read_and_never_signed_in_the_future(words: list[str]) -> None:
    text = " ".join(words)
    agreed = line.read_agreement(text, today=TODAY).says
    assert agreed.signed is None or agreed.signed <= TODAY
    assert line.read(text, today=TODAY).says.standing in Standing


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
    assert "shared calendar" in opened.text
    other = await chat.say("/partner chssn", FRENCH)
    assert "1,5 h" in other.text
    assert "shared calendar" not in other.text
    listed = await chat.say("/partner list")
    assert "CHSSN" in listed.text
    assert "shared calendar" in (await chat.press(listed, "Open", MANAGER)).text
    opened = await chat.press(listed, "Open")
    assert "Alex" not in opened.text


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


async def test_what_was_under_discussion_becomes_signed(chat: Chat) -> None:
    await chat.say("/partner agreement with YMCA, summer camps, until 2027-06-30")
    done = await chat.say("/partenaire entente avec YMCA signée hier", FRENCH)
    assert "summer camps" in done.text
    assert "pas encore" not in done.text
    gone = await chat.press(done, "Annuler", FRENCH)
    assert "pas encore signée" in gone.text
    assert await signed(chat) == 0
    assert (await chat.press(done, "Annuler", FRENCH)).reply.refused


async def test_one_agreement_is_recorded_once(chat: Chat) -> None:
    await chat.say("/partner agreement with YMCA signed yesterday")
    again = await chat.say("/partner agreement with ymca signed yesterday")
    assert "recorded already" in again.text
    assert await signed(chat) == 1
    await chat.say("/partner agreement with YMCA, camps, signed yesterday")
    await chat.say("/partner agreement with YMCA, sports")
    await chat.say("/partner agreement with YMCA, arts")
    await chat.say("/partner agreement with YMCA signed Feb 3")  # of the two, which?
    assert await signed(chat) == 3
    opened = await chat.say("/partner YMCA")
    assert opened.text.count("not signed yet") == 2


async def test_what_an_agreement_is_about_is_no_part_of_a_known_name(chat: Chat) -> None:
    await chat.say("/partner YMCA, existing")
    done = await chat.say("/partner agreement with YMCA for summer camps signed yesterday")
    assert "Agreement · summer camps · signed 11 February 2025" in done.text


async def test_a_seat_since_a_day_that_cannot_be_read_is_asked_for(chat: Chat) -> None:
    form = await chat.say("/partner CHSSN, seat since last fall, purpose health")
    assert {one.name for one in form.form.inputs if one.error} == {"since"}
    wrong = await chat.submit(form, since="2024-09-01", until="2024-08-01")
    assert "before it began" in wrong.text
    done = await chat.submit(form, since="2024-09-01", until="")
    assert "1 September 2024" in done.text
    assert await known(chat) == [
        Partnership("CHSSN", True, seat=True, purpose="health", since=date(2024, 9, 1))
    ]


async def test_a_table_that_support_went_to_is_a_table(chat: Chat) -> None:
    await chat.say("/log 90 min table CHSSN yesterday re shared calendar")
    assert "Table" in (await chat.say("/partner CHSSN, existing")).text


async def test_a_partner_gets_another_name_by_the_form(chat: Chat) -> None:
    await chat.say("/partner Harbour House, existing")
    done = await chat.say("/partner Elm Foundation, new")
    form = await chat.press(done, "Edit")
    taken = await chat.submit(form, partner="harbour house")
    assert "/partner Harbour House opens it" in taken.text
    renamed = await chat.submit(form, partner="Elm Trust", another="yes")
    assert [one.partner for one in await known(chat)] == ["Elm Trust", "Harbour House"]
    await chat.press(renamed, "Undo")
    assert [one.partner for one in await known(chat)] == ["Elm Foundation", "Harbour House"]
    assert (await chat.submit(form, partner="Elm Trust", another="yes")).reply.refused
    assert await chat.store.read(problems) == []


async def test_a_form_asks_about_names_that_come_near_too(chat: Chat) -> None:
    await chat.say("/partner Literacy Quebec, existing")
    form = await chat.say("/partner")
    asked = await chat.submit(form, partner="Literacy Quebeck")
    assert "come near: Literacy Quebec." in asked.text
    assert len(await known(chat)) == 1
    await chat.submit(asked, another="yes")
    assert len(await known(chat)) == 2
    form = await chat.press(await chat.say("/partner Literacy Quebec"), "Add an agreement")
    asked = await chat.submit(form, partner="Litteracy Quebec", signed="2025-02-03")
    assert "come near" in asked.text
    assert await signed(chat) == 0


async def test_a_receipt_undoes_what_it_is_about(chat: Chat) -> None:
    await chat.say("/partner YMCA, existing")
    done = await chat.say("/partner agreement with YMCA signed yesterday")
    assert done.labels.count("Undo") == 1
    await chat.press(done, "Undo")
    assert await signed(chat) == 0
    assert len(await known(chat)) == 1
    await chat.say("/partner agreement with YMCA, camps, signed yesterday")
    done = await chat.say("/partner YMCA, potential")
    assert done.labels.count("Undo") == 1
    await chat.press(done, "Undo")
    assert (await known(chat))[0].standing is Standing.EXISTING
    assert await signed(chat) == 1


async def test_a_line_that_no_button_carries_opens_the_form(chat: Chat) -> None:
    await chat.say("/partner Literacy Quebec, existing")
    for line_ in (
        f"Literacy Quebeck, purpose {'word ' * 120}",
        f"agreement with Literacy Quebeck, {'word ' * 120}",
    ):
        form = await chat.say(f"/partner {line_}")
        assert "come near" in form.text
        assert form.form.inputs[0].value == "Literacy Quebeck"
    assert len(await known(chat)) == 1
    for line_ in ("a" * 300, f"{'a' * 300}, new", f"agreement with {'a' * 300}"):
        assert "more than 200" in (await chat.say(f"/partner {line_}")).text
    done = f"/partner YMCA, purpose {'a' * 1001}"
    assert "more than 1,000" in (await chat.say(done)).text
    assert len(await known(chat)) == 1
