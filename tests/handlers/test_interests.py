"""/interest: sent, changed and withdrawn by whoever it is of; judged by a manager, and told."""

from datetime import timedelta

import pytest

from storage import deliveries, interests, records
from storage.delivered import latest
from storage.engine import Tx
from storage.interests import INTEREST, Interest, Participant
from storage.people import Newcomer, TeamRole
from storage.plan import Sector
from storage.verify import problems
from tests.conversation import ADMIN, FRENCH, MANAGER, MEMBER, STAFF, Answer, Chat

KAYLA = Newcomer("test", "kayla", "Kayla", "en-CA", guest=True, email="kayla@littoral.example")
SENT = {
    "institution": "École du Lac",
    "sector": "public",
    "level": "primaire",
    "people": "Ana Roy, teacher, Ana@Lac.example\nBo Lee; principal; bo@lac.example",
    "project": "Calm corners\nin every class",
}


@pytest.fixture
async def called(chat: Chat) -> Chat:
    """A conversation with two communities and an open call."""
    await chat.say("/community new Elementary / Primaire, 1 to 4", MANAGER)
    await chat.say("/community new Secondary / Secondaire, 1 to 4", MANAGER)
    await chat.say("/community open until March 14", MANAGER)
    return chat


async def sent(chat: Chat) -> list[Interest]:
    def read(tx: Tx) -> list[Interest]:
        return [one.says for one in records.every(tx, INTEREST) if one.voided is None]

    return await chat.store.read(read)


async def posts(chat: Chat, says: str) -> list[deliveries.Post]:
    """What is to be said under a name, in order."""

    def read(tx: Tx) -> list[deliveries.Post]:
        there = (one.post for one in latest(tx))
        return [post for post in there if post.says == says][::-1]

    return await chat.store.read(read)


async def fill(chat: Chat, who: Newcomer, **typed: str) -> Answer:
    opened = await chat.say("/interest new", who)
    first = opened.form.inputs[6].choices[0][0]
    return await chat.submit(opened, who, **{**SENT, "first": first, **typed})


async def test_before_any_call_it_is_said_how_there_comes_to_be_one(chat: Chat) -> None:
    assert "Once one is, send your interest" in (await chat.say("/interest", KAYLA)).text
    await chat.say("/community new Elementary / Primaire, 12 to 15", MANAGER)
    for line in ("/community seats", "/community seats Elementary"):
        assert "/community open until" in (await chat.say(line, MANAGER)).text


async def test_the_call_is_opened_moved_and_closed_by_a_manager(chat: Chat) -> None:
    assert "Aucun appel n’est ouvert" in (await chat.say("/interest", MEMBER)).text
    for said in ("/community open until March 14", "/communaute fermer"):
        assert (await chat.say(said, STAFF)).reply.refused
    assert "Until which day" in (await chat.say("/community open", MANAGER)).text
    assert "Until which day" in (await chat.say("/community open until yesterday", MANAGER)).text
    opened = await chat.say("/communaute ouvrir jusqu’au 14 mars", ADMIN)
    assert "vendredi 14 mars 2025" in opened.text
    moved = await chat.say("/community open until March 21", MANAGER)
    assert "Friday 21 March 2025" in moved.text
    assert "Friday 14 March 2025" in (await chat.press(moved, "Undo", MANAGER)).text
    closed = await chat.say("/community close", MANAGER)
    assert "The call is closed" in closed.text
    assert (await chat.say("/interest", STAFF)).reply.refused
    await chat.press(closed, "Undo", MANAGER)
    call = await chat.store.read(interests.open_call, chat.now.date())
    assert call is not None


async def test_an_interest_is_sent_seen_changed_and_withdrawn(called: Chat) -> None:
    received = await fill(called, KAYLA)
    for words in ("it was received", "École du Lac", "Ana Roy, teacher, ana@lac.example",
                  "2 participants", "Elementary", "Friday 14 March 2025", "Received"):  # fmt: skip
        assert words in received.text
    (says,) = await sent(called)
    assert says.people == (
        Participant("Ana Roy", "teacher", "ana@lac.example"),
        Participant("Bo Lee", "principal", "bo@lac.example"),
    )
    assert (says.sector, says.project) == (Sector.PUBLIC, "Calm corners\nin every class")
    mine = await called.say("/interest", KAYLA)
    assert "École du Lac" in mine.text
    changing = await called.press(mine, "Change", KAYLA)
    changed = await called.submit(changing, KAYLA, people="Ana Roy")
    assert "1 participant" in changed.text
    await called.press(changed, "Undo", KAYLA)
    assert await sent(called) == [says]
    gone = await called.press(mine, "Withdraw", KAYLA)
    assert "changed since" in gone.text
    gone = await called.press(await called.say("/interest", KAYLA), "Withdraw", KAYLA)
    assert "Withdrawn" in gone.text
    assert await sent(called) == []
    await called.press(gone, "Restore", KAYLA)
    assert await sent(called) == [says]
    assert await called.store.read(problems) == []


async def test_what_the_form_cannot_take_is_said_at_its_inputs(called: Chat) -> None:
    opened = await called.say("/interet", FRENCH)
    first = opened.form.inputs[6].choices[0][0]
    wrong = await called.submit(
        opened, FRENCH, sector="x", people="", project=" ", first=first, second=first, third="99"
    )
    errors = {one.name for one in wrong.form.inputs if one.error}
    assert errors == {"institution", "sector", "people", "project", "third"}
    for people, why in (
        ("Zoé, élève", "Les élèves et les parents ne sont jamais nommés"),
        ("Zoé, parent", "Les élèves et les parents ne sont jamais nommés"),
        ("zoe@lac.example", "commence par un nom"),
        ("A, a@x.example\nB, a@x.example", "y est deux fois"),
        ("\n".join(f"P{n}" for n in range(16)), "De 1 à 15 personnes"),
    ):
        again = await called.submit(opened, FRENCH, **{**SENT, "first": first, "people": people})
        assert why in again.text
        assert next(one for one in again.form.inputs if one.name == "people").value == people
    assert await sent(called) == []


async def test_it_is_nobody_elses(called: Chat) -> None:
    received = await fill(called, KAYLA)
    for label in ("Change", "Withdraw"):
        assert (await called.press(received, label, STAFF)).reply.refused
    assert "École du Lac" not in (await called.say("/interest", MEMBER)).text
    assert (await called.say("/interest list", STAFF)).reply.refused
    assert "École du Lac" in (await called.say("/interest list", MANAGER)).text


async def test_after_the_call_it_can_only_be_withdrawn(called: Chat) -> None:
    received = await fill(called, KAYLA)
    opened = await called.press(received, "Change", KAYLA)
    called.now += timedelta(days=40)
    assert "No call is open" in (await called.submit(opened, KAYLA)).text
    mine = await called.say("/interest", KAYLA)
    assert mine.labels == ["Withdraw"]
    asked = await called.press(mine, "Withdraw", KAYLA)
    assert "cannot be taken back" in asked.text
    assert len(await sent(called)) == 1
    gone = await called.press(asked, "Withdraw", KAYLA)
    assert gone.labels == []
    assert await sent(called) == []


async def test_a_verdict_is_told_when_a_manager_sends_it(called: Chat) -> None:
    await fill(called, KAYLA)
    await fill(called, FRENCH, institution="Collège")
    listed = await called.say("/interest list", MANAGER)
    assert "4 participants" in listed.text
    one = await called.press(listed, "Open", MANAGER)
    asked = await called.press(one, "Not relevant", MANAGER)
    assert "A reason, please" in (await called.submit(asked, MANAGER, reason=" ")).text
    judged = await called.submit(asked, MANAGER, reason="Not about well-being")
    assert "not told yet" in judged.text
    assert "Not about" not in (await called.say("/interest", KAYLA)).text
    undone = await called.press(judged, "Undo", MANAGER)
    assert "no verdict" in undone.text
    await called.press(undone, "Restore", MANAGER)
    assert await posts(called, "interest.outcome") == []
    listed = await called.say("/interest list", MANAGER)
    told = await called.press(listed, "Send 1 outcome", MANAGER)
    assert "1 person is told" in told.text
    assert len(await posts(called, "interest.outcome")) == 1
    assert "Not relevant · Not about well-being" in (await called.say("/interest", KAYLA)).text
    assert "Send 1 outcome" not in (await called.say("/interest list", MANAGER)).labels
    refused = await called.press(judged, "Undo", MANAGER)
    assert "has been told" in refused.text


async def test_a_change_after_the_verdict_is_seen(called: Chat) -> None:
    received = await fill(called, KAYLA)
    listed = await called.say("/interest list", MANAGER)
    asked = await called.press(await called.press(listed, "Open", MANAGER), "Relevant", MANAGER)
    await called.submit(asked, MANAGER)
    await called.submit(await called.press(received, "Change", KAYLA), KAYLA, level="other")
    assert "changed since" in (await called.say("/interest list", MANAGER)).text
    for who in (STAFF, KAYLA):
        assert (await called.submit(asked, who, reason="no")).reply.refused


async def test_a_community_card_offers_interest_while_a_call_is_open(called: Chat) -> None:
    card = await called.say("/community secondary", KAYLA)
    opened = await called.press(card, "I am interested", KAYLA)
    chosen = next(one for one in opened.form.inputs if one.name == "first")
    assert dict(chosen.choices)[chosen.value] == "Secondary"
    called.now += timedelta(days=40)
    assert "I am interested" not in (await called.say("/community secondary", KAYLA)).labels


def test_everyone_who_is_known_may_send_one() -> None:
    allowed = {role for role in TeamRole if INTEREST.may(role)}
    assert allowed == {*TeamRole} - {TeamRole.PENDING}
