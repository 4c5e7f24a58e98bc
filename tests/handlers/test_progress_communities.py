"""/progress: the meetings of each community, opened to those of each."""

from datetime import date

from storage import records, sessions
from storage.communities import COMMUNITY
from storage.community import Community
from storage.engine import Tx
from storage.people import Newcomer, TeamRole
from storage.plan import CommunityKind
from storage.sessions import Day, Session
from tests.conversation import FRENCH, MANAGER, MEMBER, Answer, Chat
from tests.storage.making import NOW, meet

PLAN = "wellbeing-communities-2021-24"
TARGET = "community-meetings"


async def opened(chat: Chat, who: Newcomer = MANAGER) -> Answer:
    """The target, opened from the list of the plan's targets."""
    listed = await chat.say(f"/progress {PLAN}", who)
    label = listed.labels[0]
    return await chat.press(listed, label, who)


def eight_and_none(tx: Tx) -> None:
    by = meet(tx, "Sam", TeamRole.MANAGER)
    ids = [
        records.add(
            tx,
            COMMUNITY,
            Community(name, french, CommunityKind.PRACTICE, plan=PLAN, years=(2021, 2023)),
            by,
            NOW,
        ).id
        for name, french in (("Elementary", "Primaire"), ("Secondary", "Secondaire"))
    ]
    for community, number in ((ids[0], 8), (0, 1)):
        for n in range(number):
            days = (Day(date(2022, 1, 10 + n), "", 90),)
            says = Session(TARGET, f"Number {n}", days=days, community=community)
            records.add(tx, sessions.KIND, says, by, NOW)


async def test_none_makes_up_for_another(chat: Chat) -> None:
    await chat.store.write(eight_and_none)
    listed = await chat.say(f"/progress {PLAN}", MANAGER)
    assert "8 of 24 (33.3%)" in listed.text
    assert "off track" in listed.text
    assert "Elementary: 8 of 12 · Secondary: 0 of 12" in listed.text
    card = await opened(chat)
    assert "8 sessions count: held by 30 June 2024 and not cancelled." in card.text
    assert "what one has beyond it makes up for no other" in card.text
    assert "Elementary\n8 of 12 meetings" in card.text
    assert "Secondary\n0 of 12 meetings" in card.text
    assert "1 session is a meeting of none of these communities" in card.text


async def test_a_community_opens_to_its_own_meetings(chat: Chat) -> None:
    await chat.store.write(eight_and_none)
    card = await opened(chat)
    its = await chat.press(card, "Open Elementary", MANAGER)
    assert "This figure is made of 8 sessions." in its.text
    assert "Number 7" in its.text
    more = await chat.press(its, "Next", MANAGER)
    assert "Number 1" in more.text
    assert (await chat.press(more, "Back to the target", MANAGER)).card == card.card
    assert card.labels == [
        "Open",
        "Open",
        "Over the year",
        "All targets",
    ]  # nothing to open of the second
    others = await chat.press(card, "Open No community", MANAGER)
    assert "1 session" in others.text
    assert others.labels == ["Open", "Back to the target"]


async def test_in_french_and_before_there_is_a_community(chat: Chat) -> None:
    card = await opened(chat, FRENCH)
    assert "Il n’y a pas encore de communauté pour cette cible : aucune donnée." in card.text
    await chat.store.write(eight_and_none)
    card = await opened(chat, FRENCH)
    assert "Primaire\n8 sur 12 rencontres" in card.text


async def test_members_see_how_many_and_open_none(chat: Chat) -> None:
    await chat.store.write(eight_and_none)
    card = await opened(chat, MEMBER)
    assert "8 sur 12" in card.text
    assert card.labels == ["Au fil de l’année", "Toutes les cibles"]
