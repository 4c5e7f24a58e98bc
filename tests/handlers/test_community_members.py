"""Members of a community: added by a line or a form, moved, ended, and each taken back."""

from datetime import date

import pytest

from storage import communities, people, records, rosters
from storage.communities import MEMBERSHIP, Membership
from storage.engine import Tx
from storage.people import TeamRole
from storage.plan import Sector
from storage.rosters import Member
from storage.verify import problems
from tests.conversation import ADMIN, FRENCH, MANAGER, MEMBER, STAFF, Chat
from tests.storage.making import NOW, meet

TODAY = date(2025, 2, 12)
ROSTER = (
    Member("Marie Tremblay", "marie@emsb.example", "cda", "EMSB", "Riverview CLC"),
    Member("Noa Levy", "noa@ha.example", "principal", "HEBREW"),
    Member("Paul Roy", role="cda", board="ETSB"),
    Member("Paul Roy", role="cda", board="WQSB"),
)


@pytest.fixture
async def two(chat: Chat) -> Chat:
    """A conversation with four people on the roster, and two communities."""

    def enrol(tx: Tx) -> None:
        by = meet(tx, "Manager", TeamRole.MANAGER)
        for says in ROSTER:
            rosters.add(tx, says, by, NOW)

    await chat.store.write(enrol)
    await chat.say("/community new Elementary / Primaire, 1 to 2", MANAGER)
    await chat.say("/community new Secondary / Secondaire, 1 to 2", MANAGER)
    return chat


async def held(chat: Chat) -> list[tuple[str, str, date, date | None]]:
    """Who is a member of what, from and until when."""

    def read(tx: Tx) -> list[tuple[str, str, date, date | None]]:
        return [
            (
                rosters.get(tx, one.says.member).says.name,
                communities.get(tx, one.says.community).says.name_en,
                one.says.starts,
                one.says.ends,
            )
            for one in records.every(tx, MEMBERSHIP)
            if one.voided is None
        ]

    return await chat.store.read(read)


async def roster(chat: Chat) -> list[Member]:
    return [one.says for one in await chat.store.read(rosters.everyone)]


async def last(chat: Chat) -> Membership:
    def read(tx: Tx) -> Membership:
        return [one.says for one in records.every(tx, MEMBERSHIP)][-1]

    return await chat.store.read(read)


async def test_a_line_adds_someone_who_is_on_the_roster(two: Chat) -> None:
    added = await two.say("/community add Marie Tremblay to Elementary, 15021", MANAGER)
    for words in ("Member added", "Marie Tremblay", "15021", "Public", "1 member (size: 1 to 2)"):
        assert words in added.text
    assert await held(two) == [("Marie Tremblay", "Elementary", TODAY, None)]
    assert (await last(two)).institution == "Riverview CLC"
    gone = await two.press(added, "Undo", MANAGER)
    assert "no longer a member" in gone.text
    assert await held(two) == []
    await two.press(gone, "Restore", MANAGER)
    assert await held(two) == [("Marie Tremblay", "Elementary", TODAY, None)]
    again = await two.say("/communaute ajouter marie@emsb.example à Primaire", ADMIN)
    assert "en est déjà membre, depuis le 12 février 2025" in again.text


async def test_the_sector_says_which_measures_there_are(two: Chat) -> None:
    await two.say("/community add Noa Levy to Elementary, since Feb 3", MANAGER)
    says = await last(two)
    assert (says.sector, says.measure, says.starts) == (Sector.PRIVATE, "", date(2025, 2, 3))
    wrong = await two.say("/community add Marie Tremblay to Elementary, 15021, private", MANAGER)
    assert "Public" in wrong.text, "the measure says it"
    edited = await two.press(wrong, "Edit", MANAGER)
    refused = await two.submit(edited, MANAGER, measure="30370")
    assert "This sector has 15021 and 15022" in refused.text
    done = await two.submit(edited, MANAGER, sector="private", measure="30371", role="agente")
    assert "Changed" in done.text
    says = await last(two)
    assert (says.sector, says.measure, says.role) == (Sector.PRIVATE, "30371", "agente")


async def test_someone_new_is_put_on_the_roster_where_they_change_no_share(two: Chat) -> None:
    before = await roster(two)
    opened = await two.say("/communaute ajouter Jo Côté à Primaire, École du Lac", ADMIN)
    filled = {one.name: one.value for one in opened.form.inputs}
    assert (filled["name"], filled["institution"]) == ("Jo Côté", "École du Lac")
    wrong = await two.submit(opened, ADMIN, name="", email="x", starts="soon", sector="x")
    errors = {one.name for one in wrong.form.inputs if one.error}
    assert errors == {"name", "email", "starts", "sector"}
    added = await two.submit(opened, ADMIN, email="Jo@lac.example")
    new = [one for one in await roster(two) if one not in before]
    assert [(one.name, one.email, one.role, one.centre) for one in new] == [
        ("Jo Côté", "jo@lac.example", "other", "École du Lac")
    ]
    gone = await two.press(added, "Annuler", ADMIN)
    assert await roster(two) == before, "they were there for nothing else"
    await two.press(gone, "Rétablir", ADMIN)
    assert len(await roster(two)) == len(before) + 1
    assert [one[0] for one in await held(two)] == ["Jo Côté"]
    assert await two.store.read(problems) == []


async def test_one_whose_email_is_on_the_roster_is_that_member(two: Chat) -> None:
    opened = await two.say("/community add M. T. to Elementary", MANAGER)
    await two.submit(opened, MANAGER, email=" MARIE@emsb.example")
    assert await held(two) == [("Marie Tremblay", "Elementary", TODAY, None)]
    assert len(await roster(two)) == len(ROSTER)


async def test_namesakes_are_asked_about(two: Chat) -> None:
    opened = await two.say("/community add Paul Roy to Elementary", MANAGER)
    assert opened.form.inputs[0].search == "community.member"
    known = await two.store.read(rosters.named, "Paul Roy")
    await two.submit(opened, MANAGER, member=str(known[0].id), name="")
    assert [one[0] for one in await held(two)] == ["Paul Roy"]


async def test_a_move_ends_one_and_begins_the_other(two: Chat) -> None:
    await two.say("/community add Marie Tremblay to Elementary, since Feb 3", MANAGER)
    moved = await two.say("/community move Marie Tremblay to Secondary", MANAGER)
    assert "Moved" in moved.text
    after = [
        ("Marie Tremblay", "Elementary", date(2025, 2, 3), date(2025, 2, 11)),
        ("Marie Tremblay", "Secondary", TODAY, None),
    ]
    assert await held(two) == after
    gone = await two.press(moved, "Undo", MANAGER)
    assert await held(two) == [("Marie Tremblay", "Elementary", date(2025, 2, 3), None)]
    await two.press(gone, "Restore", MANAGER)
    assert await held(two) == after
    assert await two.store.read(problems) == []


async def test_a_move_on_the_first_day_leaves_nothing_behind(two: Chat) -> None:
    await two.say("/community add Marie Tremblay to Elementary", MANAGER)
    moved = await two.say("/communaute déplacer Marie Tremblay vers Secondaire", ADMIN)
    assert await held(two) == [("Marie Tremblay", "Secondary", TODAY, None)]
    await two.press(moved, "Annuler", ADMIN)
    assert await held(two) == [("Marie Tremblay", "Elementary", TODAY, None)]


async def test_a_membership_ends_on_a_day(two: Chat) -> None:
    await two.say("/community add Marie Tremblay to Elementary, since Feb 3", MANAGER)
    ended = await two.say("/community end Marie Tremblay in Elementary, June 20", MANAGER)
    assert "Friday 20 June 2025" in ended.text
    await two.press(ended, "Undo", MANAGER)
    asked = await two.say("/communaute fin Marie Tremblay", ADMIN)
    assert "avant l’arrivée" in (await two.submit(asked, ADMIN, ends="2025-02-01")).text
    await two.submit(asked, ADMIN, ends="2025-02-10")
    assert await held(two) == [
        ("Marie Tremblay", "Elementary", date(2025, 2, 3), date(2025, 2, 10))
    ]
    assert (
        "member of no such community"
        in (await two.say("/community end Marie Tremblay", MANAGER)).text
    )


async def test_the_list_has_names_for_who_leads_only(two: Chat) -> None:
    await two.say("/help", STAFF)
    await two.say("/community add Marie Tremblay to Elementary, 15022", MANAGER)
    await two.say("/community add Marie Tremblay to Secondary", MANAGER)
    shown = await two.say("/community elementary", MANAGER)
    listed = await two.press(shown, "Members", MANAGER)
    for words in ("Marie Tremblay", "15022", "since 12 February 2025", "Also in Secondary"):
        assert words in listed.text
    assert listed.labels == ["Edit", "Move", "End", "Attestation", "Add a member"]
    assert "Members" not in (await two.say("/community elementary", STAFF)).labels
    assert (await two.press(shown, "Members", STAFF)).reply.refused
    edited = await two.press(shown, "Edit", MANAGER)
    (alex,) = await two.store.read(people.named, "Alex Roy")
    await two.submit(edited, MANAGER, facilitator=str(alex.id))
    led = await two.press(await two.say("/community elementary", STAFF), "Members", STAFF)
    assert "Marie Tremblay" in led.text
    assert led.labels == ["Attestation"]
    for label in ("Edit", "Move", "End", "Add a member"):
        assert (await two.press(listed, label, STAFF)).reply.refused
    for who in (STAFF, FRENCH, MEMBER):
        assert (await two.say("/community add Marie Tremblay to Secondary", who)).reply.refused


async def test_the_buttons_of_the_list_move_and_end(two: Chat) -> None:
    await two.say("/community add Marie Tremblay to Elementary, since Feb 3", MANAGER)
    shown = await two.say("/community elementary", MANAGER)
    listed = await two.press(shown, "Members", MANAGER)
    ending = await two.press(listed, "End", MANAGER)
    asked = await two.press(listed, "Move", MANAGER)
    assert [label for _, label in asked.form.inputs[0].choices] == ["Secondary"]
    wrong = await two.submit(asked, MANAGER, to="99", starts="x")
    assert {one.name for one in wrong.form.inputs if one.error} == {"to", "starts"}
    to = asked.form.inputs[0].choices[0][0]
    await two.submit(asked, MANAGER, to=to, starts="2025-02-20")
    assert [one[1] for one in await held(two)] == ["Elementary", "Secondary"]
    assert "changed since" in (await two.submit(ending, MANAGER)).text


async def test_what_a_line_does_not_say_is_asked_for(two: Chat) -> None:
    assert "/community add" in (await two.say("/community add Marie Tremblay", MANAGER)).text
    assert "/community move" in (await two.say("/community move Marie Tremblay", MANAGER)).text
    none = await two.say("/community move Marie Tremblay to Secondary", MANAGER)
    assert "member of no such community" in none.text
    await two.say("/community add Marie Tremblay to Elementary", MANAGER)
    await two.say("/community add Marie Tremblay to Secondary", MANAGER)
    several = await two.say("/community end Marie Tremblay", MANAGER)
    assert "Elementary and Secondary: say which one" in several.text
    assert "/community end Marie Tremblay in Elementary" in several.text
    assert "/community end Marie Tremblay" in (await two.say("/community end", MANAGER)).text
    asked = await two.say("/community attestation", MANAGER)
    assert "/community attestation Marie Tremblay in Elementary" in asked.text
    listed = await two.say("/community members Elementary", MANAGER)
    assert "Members: Elementary" in listed.text
    assert (await two.say("/community members Elementary", STAFF)).reply.refused
    several = await two.say("/community attestation Marie Tremblay", MANAGER)
    assert "/community attestation Marie Tremblay in Elementary" in several.text
