"""What the bot says by itself reaches those it is due to, where they spoke last."""

import logging
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.delivery import Delivery
from handlers.chat.cards import Action, Card, Text
from handlers.chat.texts import Texts
from storage import addresses, people
from storage.addresses import Address
from storage.engine import Store, Tx
from storage.people import Newcomer, TeamRole
from storage.plan import Language
from tests.bot.web.conftest import opened
from tests.conversation import NOW
from tests.slack.faults import Fault
from tests.slack.jalon import Jalon
from tests.slack.reading import Seen
from tests.slack.workspace import Workspace

SAM = Newcomer("teams", "sam", "Sam Cohen", "en-CA", role=TeamRole.MANAGER, email="sam@a.example")
INES = Newcomer("teams", "ines", "Inès Roy", "fr-CA", role=TeamRole.ADMIN)
ALEX = Newcomer("teams", "alex", "Alex Roy", "en-CA", role=TeamRole.STAFF)
IN_SLACK = Newcomer("slack", "U0SAM", "Sam", "en-CA", role=TeamRole.MANAGER, email=SAM.email)


def news(t: Texts) -> Card:
    """Something to say."""
    return Card(t("language.title"), (Text(t("language.spoken")),))


class Door:
    """Keeps what it is handed; or fails."""

    def __init__(self, *, broken: bool = False) -> None:
        self.posted: list[tuple[str, str, Language]] = []
        self.broken = broken

    async def post(self, address: Address, card: Card, t: Texts) -> None:
        if self.broken:
            raise OSError("Sam has logged 2 hours")
        self.posted.append((address.id, card.title, t.language))


async def spoke(
    store: Store, who: Newcomer, at: int = 0, *, direct: bool = True, id: str = ""
) -> None:
    """Somebody wrote to the bot, in their own chat or in a channel."""

    def meet(tx: Tx) -> None:
        assert who.role is not None
        person = people.meet(tx, who, who.role, at).id if direct else None
        addresses.note(tx, who.platform, id or f"chat-{who.id}", person, at, "{}")

    await store.write(meet)


async def told(delivery: Delivery, caplog: pytest.LogCaptureFixture) -> str:
    """Tell managers; what the log says then."""
    with caplog.at_level(logging.WARNING):
        await delivery.tell_managers(news)
    return caplog.text


async def test_each_manager_is_told_in_their_language(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    for who in (SAM, INES, ALEX):
        await spoke(store, who)
    await spoke(store, SAM, 1, direct=False, id="channel")
    door, delivery = Door(), Delivery(store)
    delivery.open("teams", door.post)
    assert await told(delivery, caplog) == ""
    assert sorted(door.posted) == [
        ("chat-ines", "Langue", Language.FR),
        ("chat-sam", "Language", Language.EN),
    ]


async def test_it_is_told_where_they_spoke_last_of_what_is_open(store: Store) -> None:
    await spoke(store, SAM, 1)
    await spoke(store, IN_SLACK, 2)
    teams, slack, delivery = Door(), Door(), Delivery(store)
    delivery.open("teams", teams.post)
    await delivery.tell_managers(news)
    assert (len(teams.posted), len(slack.posted)) == (1, 0)
    delivery.open("slack", slack.post)
    await delivery.tell_managers(news)
    assert (len(teams.posted), len(slack.posted)) == (1, 1)
    await spoke(store, SAM, 3)
    await delivery.tell_managers(news)
    assert (len(teams.posted), len(slack.posted)) == (2, 1)
    await store.write(addresses.close, "teams", "chat-sam", "ConversationBlockedByUser")
    await delivery.tell_managers(news)
    assert (len(teams.posted), len(slack.posted)) == (2, 2)


@pytest.mark.parametrize("state", ["no door", "no manager", "closed"])
async def test_where_nobody_can_be_told_the_log_says_so_without_the_words(
    store: Store, caplog: pytest.LogCaptureFixture, state: str
) -> None:
    await spoke(store, ALEX if state == "no manager" else SAM)
    door, delivery = Door(), Delivery(store)
    if state != "no door":
        delivery.open("teams", door.post)
    if state == "closed":
        await store.write(addresses.close, "teams", "chat-sam", "BotDisabledByAdmin")
    log = await told(delivery, caplog)
    assert "nobody could be told" in log
    assert "Language" not in log
    assert "English" not in log
    assert door.posted == []


async def test_a_door_that_fails_keeps_the_news_from_nobody_else(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    await spoke(store, INES)
    await spoke(store, IN_SLACK)
    good, broken, delivery = Door(), Door(broken=True), Delivery(store)
    delivery.open("teams", good.post)
    delivery.open("slack", broken.post)
    log = await told(delivery, caplog)
    assert len(good.posted) == 1
    assert "OSError" in log
    assert "hours" not in log
    assert "nobody" not in log


# The doors themselves


@pytest.fixture
async def jalon(tmp_path: Path) -> AsyncGenerator[Jalon]:
    workspace = Workspace()
    await workspace.start()
    started = Jalon(tmp_path / "data", workspace)
    await started.start()
    yield started
    await started.stop()
    await workspace.close()
    assert workspace.violations == []


async def test_a_manager_reads_it_in_slack(jalon: Jalon) -> None:
    sam = jalon.user("sam", "Sam Cohen")
    await sam.slash("/help")
    await jalon.give(sam.user.id, TeamRole.MANAGER)
    await jalon.delivery.tell_managers(news)
    await jalon.settled()
    assert "I speak English with you." in (await sam.reads("I speak English")).text


async def test_in_slack_a_long_card_comes_whole(jalon: Jalon) -> None:
    sam = jalon.user("sam", "Sam Cohen")
    await sam.slash("/help")
    await jalon.give(sam.user.id, TeamRole.MANAGER)
    before = len(sam.sees())
    lines = tuple(Text(f"Line {number} " + "x" * 2000) for number in range(20))
    long = Card("Long", lines, (Action("Press", "log.open", {"said": "x" * 3000}),))
    await jalon.delivery.tell_managers(lambda _: long)
    await jalon.settled()
    after: list[Seen] = sam.sees()[before:]
    assert len(after) > 1
    said = "\n".join(one.text for one in after)
    assert all(f"Line {number} " in said for number in range(20))


async def test_it_is_said_in_slack_after_a_restart_as_well(
    jalon: Jalon, monkeypatch: pytest.MonkeyPatch
) -> None:
    sam = jalon.user("sam", "Sam Cohen")
    await sam.slash("/help")
    await jalon.give(sam.user.id, TeamRole.MANAGER)
    monkeypatch.setattr("bot.outbox.GRACE", 0.0)
    jalon.workspace.fail("chat.postMessage", with_=Fault.status(503))
    await jalon.delivery.tell_managers(news)
    await jalon.stop()
    assert not any("I speak English" in one.text for one in sam.sees())
    await jalon.start()
    await jalon.settled()
    assert sum("I speak English" in one.text for one in sam.sees()) == 1


async def test_an_open_page_of_the_playground_shows_it(tmp_path: Path) -> None:
    store = Store(tmp_path)
    daniel = Newcomer("web", "daniel", "Daniel Rosenberg", role=TeamRole.MANAGER)
    await spoke(store, daniel, id="direct-daniel")
    delivery = Delivery(store)
    async with opened(await Clock.simulated_in(store, NOW)) as door:
        delivery.open("web", door.playground.post)
        async with door.events("daniel", "direct") as his, door.events("megan", "direct") as hers:
            assert (await his.words(), await hers.words()) == ([], [])
            await delivery.tell_managers(news)
            assert await his.words() == ["Language"]
            await door.say("to one", "megan", "direct")
            assert await hers.words() == ["to one"]
        assert await door.words("daniel", "direct") == ["Language"]
    await store.close()
