"""/community: made by a line or a form, shown to each as they may see it, changed and undone."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.communities import line
from storage import communities, records, rosters
from storage.communities import MEMBERSHIP, Community, Membership
from storage.engine import Tx
from storage.people import Newcomer, TeamRole
from storage.plan import CommunityKind
from storage.plan_files import load_plans
from storage.rosters import Member
from storage.verify import problems
from tests.conversation import ADMIN, FRENCH, MANAGER, MEMBER, STAFF, Chat
from tests.storage.making import NOW, meet

TODAY = date(2025, 2, 12)
MADE = Community("Elementary", "Primaire", CommunityKind.PRACTICE, years=(2024, 2026))
KAYLA = Newcomer("test", "kayla", "Kayla", "en-CA", guest=True, email="kayla@littoral.example")
SECTORS = {one.id: one for one in load_plans(None).get("wellbeing-communities-2021-24").community}


async def kept(chat: Chat) -> list[Community]:
    return [one.says for one in await chat.store.read(communities.everyone)]


async def join(chat: Chat, name: str, *emails: str) -> None:
    """Have people be members of the community of this name."""

    def work(tx: Tx) -> None:
        by = meet(tx, "By", TeamRole.MANAGER)
        community = communities.of_name(tx, name)
        assert community is not None
        for email in emails:
            there = rosters.by_email(tx, email)
            says = Member(email.partition("@")[0].title(), email, "other")
            who = there[0] if there else rosters.add(tx, says, by, NOW)
            records.add(tx, MEMBERSHIP, Membership(community.id, who.id, TODAY), by, NOW)

    await chat.store.write(work)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Elementary / Primaire", {"name_en": "Elementary", "name_fr": "Primaire"}),
        ("Elementary | Primaire, CoP, 12 to 15, 2024-25 to 2026-27",
         {"name_en": "Elementary", "name_fr": "Primaire", "kind": "community-of-practice",
          "smallest": "12", "largest": "15", "first_year": "2024", "last_year": "2026"}),
        ("Secondary, Secondaire, groupe de codéveloppement, 8 à 10 participants, 2024-2025",
         {"name_en": "Secondary", "name_fr": "Secondaire", "kind": "co-development",
          "smallest": "8", "largest": "10", "first_year": "2024", "last_year": "2024"}),
        ("English / Anglais, secteur anglophone, taille à déterminer, 2024 à 2026",
         {"name_en": "English", "name_fr": "Anglais", "sector": "english-sector", "smallest": "",
          "largest": "", "first_year": "2024", "last_year": "2025"}),
        ("A / B, animée par Chantal Dubé", {"name_en": "A", "name_fr": "B", "who": "Chantal Dubé"}),
        ("A / B, something else", {"name_en": "A", "name_fr": "B", "more": "something else"}),
    ],
)  # fmt: skip
def test_a_line_says_what_a_community_is(said: str, read: dict[str, str]) -> None:
    assert line.read(said, SECTORS) == read


async def test_a_line_makes_a_community_that_can_be_taken_back(chat: Chat) -> None:
    said = "/community new Elementary / Primaire, 12 to 15, 2024-25 to 2026-27"
    made = await chat.say(said, MANAGER)
    for words in ("Community made", "Primaire", "12 to 15", "0 members", "Fewer than meant"):
        assert words in made.text
    assert await kept(chat) == [MADE]
    gone = await chat.press(made, "Undo", MANAGER)
    assert "no longer counts" in gone.text
    assert await kept(chat) == []
    assert "Put back" in (await chat.press(gone, "Restore", MANAGER)).text
    assert await kept(chat) == [MADE]
    assert await chat.store.read(problems) == []


async def test_in_french_the_sector_brings_its_plan_and_size(chat: Chat) -> None:
    admin = await chat.say(
        "/communaute nouvelle Anglo / Anglo, secteur anglophone, 2022-23, animatrice Chantal Dubé",
        ADMIN,
    )
    assert "Personne qui m’a écrit ne s’appelle Chantal Dubé" in admin.text
    await chat.say("/aide", FRENCH)
    made = await chat.say(
        "/communaute nouvelle Anglo / Anglo, secteur anglophone, 2022-23, animatrice Chantal Dubé",
        ADMIN,
    )
    for words in ("Communauté créée", "À déterminer", "Chantal Dubé", "2022-23", "2021-2024"):
        assert words in made.text
    (says,) = await kept(chat)
    assert (says.smallest, says.largest, says.sector) == (None, None, "english-sector")
    assert (says.plan, says.years) == ("wellbeing-communities-2021-24", (2022, 2022))


async def test_what_a_line_leaves_open_is_asked_in_a_form(chat: Chat) -> None:
    opened = await chat.say("/community new Elementary", MANAGER)
    filled = {one.name: one.value for one in opened.form.inputs}
    assert (filled["name_en"], filled["smallest"], filled["largest"]) == ("Elementary", "12", "15")
    assert (filled["first_year"], filled["last_year"]) == ("2024", "2026")
    wrong = await chat.submit(
        opened, MANAGER, name_fr=" ", kind="x", smallest="0", largest="1000", last_year="2023",
        reminders="7", roles="student", facilitator="99", plan="x", target="x",
    )  # fmt: skip
    errors = {one.name for one in wrong.form.inputs if one.error}
    assert errors == {
        "name_fr", "kind", "smallest", "largest", "last_year", "reminders", "roles", "plan",
        "target",
    }  # fmt: skip
    wrong = await chat.submit(opened, MANAGER, name_fr="Primaire", smallest="15", largest="12")
    assert [one.name for one in wrong.form.inputs if one.error] == ["largest"]
    wrong = await chat.submit(opened, MANAGER, name_fr="Primaire", facilitator="99")
    assert [one.name for one in wrong.form.inputs if one.error] == ["facilitator"]
    assert await kept(chat) == []
    made = await chat.submit(opened, MANAGER, name_fr="Primaire")
    assert await kept(chat) == [MADE]
    edited = await chat.press(made, "Edit", MANAGER)
    changed = await chat.submit(edited, MANAGER, reminders="60,1440", largest="")
    assert "Changed" in changed.text
    assert "12 or more" in changed.text
    assert await kept(chat) == [replace(MADE, reminders=(1440, 60), largest=None)]
    await chat.press(changed, "Undo", MANAGER)
    assert await kept(chat) == [MADE]


async def test_one_name_is_one_community(chat: Chat) -> None:
    await chat.say("/community new Elementary / Primaire", MANAGER)
    again = await chat.say("/community new Other / PRIMAIRE", MANAGER)
    assert "Elementary has that name already" in again.text
    more = await chat.say("/community new A / B, what is this", MANAGER)
    assert "I did not place this: what is this" in more.text
    assert len(await kept(chat)) == 1


async def test_the_form_is_not_lost_when_it_was_changed_meanwhile(chat: Chat) -> None:
    made = await chat.say("/community new Elementary / Primaire", MANAGER)
    edited = await chat.press(made, "Edit", MANAGER)
    await chat.submit(edited, MANAGER, largest="14")
    refused = await chat.submit(edited, MANAGER, largest="13")
    assert refused.reply.refused
    assert "changed since" in refused.text


async def test_only_managers_make_one_and_everyone_sees_those_that_run(chat: Chat) -> None:
    for said in ("/community new A / B", "/community here"):
        assert (await chat.say(said, STAFF)).reply.refused
        assert (await chat.say(said, MEMBER)).reply.refused
    assert "no community yet" in (await chat.say("/community", STAFF)).text
    made = await chat.say("/community new Elementary / Primaire", MANAGER)
    await chat.say("/community new Over / Finie, 2021-22", MANAGER)
    listed = await chat.say("/community", STAFF)
    assert "Elementary" in listed.text
    assert "Over" not in listed.text
    seen = await chat.press(listed, "Open")
    assert "Facilitator" in seen.text
    assert seen.labels == ["Meetings to come", "Practices"]
    assert (await chat.press(made, "Edit", STAFF)).reply.refused
    assert (await chat.press(made, "Undo", STAFF)).reply.refused
    assert "Over" in (await chat.say("/community over", STAFF)).text


async def test_a_member_sees_theirs_and_no_names(chat: Chat) -> None:
    await chat.say("/community new Elementary / Primaire, 1 to 15", MANAGER)
    await chat.say("/community new Secondary / Secondaire", MANAGER)
    assert "member of no community" in (await chat.say("/community", KAYLA)).text
    await join(chat, "Elementary", KAYLA.email, "marie@emsb.example")
    yours = await chat.say("/community", KAYLA)
    assert "Elementary" in yours.text
    assert "Secondary" not in yours.text
    seen = await chat.press(yours, "Open", KAYLA)
    assert "You are a member" in seen.text
    assert "2 members" in seen.text
    assert "Marie" not in seen.text


async def test_a_channel_becomes_where_it_meets(chat: Chat) -> None:
    assert "/community here" in (await chat.say("/community here", MANAGER)).text
    await chat.say("/community new Elementary / Primaire", MANAGER)
    await chat.say("/community new Secondary / Secondaire", MANAGER)
    chat.direct, chat.channel = False, "cop"
    asked = await chat.say("/community here", MANAGER)
    assert asked.labels == ["It meets here", "It meets here"]
    meets = await chat.say("/communaute ici primaire", MANAGER)
    assert "cop (Test)" in meets.text
    again = await chat.say("/community here elementary", MANAGER)
    assert "Undo" not in again.labels
    there = await chat.store.read(communities.of_channel, "test", "cop")
    assert [one.says.name_en for one in there] == ["Elementary"]
    await chat.press(meets, "Undo", MANAGER)
    assert await chat.store.read(communities.of_channel, "test", "cop") == []


async def test_the_groups_of_the_plan_are_set_up_with_one_press(chat: Chat) -> None:
    def enrol(tx: Tx) -> None:
        by = meet(tx, "By", TeamRole.MANAGER)
        rosters.add(tx, Member("Marie", role="cda"), by, NOW)
        rosters.add(tx, Member("Jo", role="board_rep"), by, NOW)

    await chat.store.write(enrol)
    listed = await chat.say("/communaute", ADMIN)
    plc = await chat.press(listed, "Créer : Communauté d’apprentissage entre pairs", ADMIN)
    for words in ("Peer Learning Community (PLC)", "1 membre", "ADC", "À déterminer", "2024-25"):
        assert words in plc.text
    again = await chat.press(listed, "Créer : Communauté d’apprentissage entre pairs", ADMIN)
    assert "déjà une communauté" in again.text
    labels = (await chat.say("/community", MANAGER)).labels
    assert [one for one in labels if one.startswith("Set up")] == [
        "Set up: School board representatives"
    ]
    assert (
        await chat.press(listed, "Créer : Représentants des commissions scolaires")
    ).reply.refused


async def test_too_few_too_many_and_people_in_two_are_seen(chat: Chat) -> None:
    assert "nobody is in two" in (await chat.say("/community check", MANAGER)).text
    await chat.say("/help", STAFF)
    await chat.say("/community new One / Un, 1 to 2, facilitator Alex Roy", MANAGER)
    await chat.say("/community new Two / Deux, 1 to 2", MANAGER)
    await join(chat, "One", "ana@x.example", "bo@x.example", "cy@x.example")
    await join(chat, "Two", "ana@x.example")
    seen = await chat.say("/community check", MANAGER)
    assert "3 members (size: 1 to 2) · More than meant." in seen.text
    assert "Ana\nIn One and Two" in seen.text
    shown = await chat.say("/community one", STAFF)
    assert "1 of them is in another community too" in shown.text
    led = await chat.say("/community check", STAFF)
    assert "More than meant" in led.text
    assert "Ana" not in led.text, "of the other community nothing is told"
    assert (await chat.say("/community check", FRENCH)).reply.refused
    assert "in another" not in (await chat.say("/communaute un", FRENCH)).text


async def test_words_name_one_community_or_none(chat: Chat) -> None:
    for name in ("North A / Nord A", "North B / Nord B"):
        await chat.say(f"/community new {name}", MANAGER)
    assert (
        "Several go by these words: North A and North B" in (await chat.say("/community nord")).text
    )
    assert "no community by “west”" in (await chat.say("/community west")).text
    assert "Nord B" in (await chat.say("/community b north")).text
