"""What nobody asked for is said in Slack once: whatever is lost, refused, or killed in between."""

import asyncio
from datetime import timedelta

import pytest

from storage import addresses, deliveries, people
from storage.deliveries import Delivery, State
from storage.plan import Language
from tests.conversation import NOW
from tests.posts import say
from tests.slack.driver import SlackUser
from tests.slack.faults import Fault
from tests.slack.jalon import Jalon
from tests.slack.reading import Seen

AT = int(NOW.timestamp())


async def of(jalon: Jalon, once: str) -> Delivery:
    found = await jalon.store.read(deliveries.get, once)
    assert found is not None
    return found


async def known(jalon: Jalon) -> tuple[SlackUser, int]:
    """Somebody who has spoken to the bot by themself, and their number."""
    kayla = jalon.user("kayla", "Kayla Buckle")
    await kayla.slash("/help")
    return kayla, (await jalon.find(kayla.user.id)).id


def saying(kayla: SlackUser, text: str) -> list[Seen]:
    return [one for one in kayla.sees() if text in one.text]


async def test_it_comes_to_the_own_chat_once(jalon: Jalon) -> None:
    kayla, person = await known(jalon)
    await jalon.store.write(say, "a", person, "Good morning", AT)
    await kayla.reads("Good morning")
    await jalon.restart()
    await jalon.settled()
    assert len(saying(kayla, "Good morning")) == 1
    assert (await of(jalon, "a")).state is State.SENT


async def test_a_long_card_comes_whole(jalon: Jalon) -> None:
    kayla, person = await known(jalon)
    await jalon.store.write(say, "a", person, "Long", AT, lines=20)
    await jalon.settled()
    said = "\n".join(one.text for one in kayla.sees())
    assert all(f"Line {number} " in said for number in range(20))


FAULTS = {
    "too many": Fault.rate_limited(),
    "failing": Fault.status(503),
    "failing, and taken": Fault.status(503, after=True),
    "no answer": Fault.dropped(),
    "no answer, and taken": Fault.dropped(after=True),
    "half an answer, and taken": Fault.malformed(after=True),
    "an error of its own": Fault.error("internal_error"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
async def test_what_slack_fails_to_take_or_to_answer_comes_once(jalon: Jalon, fault: Fault) -> None:
    kayla, person = await known(jalon)
    jalon.workspace.fail("chat.postMessage", with_=fault)
    await jalon.store.write(say, "a", person, "Good morning", AT)
    await jalon.settled()
    jalon.now += timedelta(minutes=1)
    await asyncio.sleep(1.1 if fault.retry_after else 0)
    await jalon.settled()
    assert len(saying(kayla, "Good morning")) == 1
    assert (await of(jalon, "a")).state is State.SENT


async def test_what_is_looked_for_is_found_behind_many_messages(jalon: Jalon) -> None:
    kayla, _ = await known(jalon)
    channel = jalon.workspace.add_channel("cop", [kayla.user])
    jalon.workspace.fail("chat.postMessage", with_=Fault.dropped(after=True))
    where = ("slack", channel.id)
    await jalon.store.write(addresses.note, *where, None, AT)
    await jalon.store.write(say, "a", None, "Meeting", AT, channel=where)
    await jalon.settled()
    for number in range(250):
        kayla.says(f"message {number}", channel)
    jalon.now += timedelta(minutes=1)
    await jalon.settled()
    assert len([one for one in kayla.sees(channel) if "Meeting" in one.text]) == 1
    assert (await of(jalon, "a")).state is State.SENT


async def test_what_slack_will_not_take_is_kept_with_its_reason(jalon: Jalon) -> None:
    _, person = await known(jalon)
    jalon.workspace.fail("chat.postMessage", with_=Fault.error("is_archived"))
    await jalon.store.write(say, "a", person, "Good morning", AT)
    await jalon.settled()
    one = await of(jalon, "a")
    assert (one.state, one.why) == (State.FAILED, "is_archived")


async def test_it_shows_its_subject_as_it_is(jalon: Jalon) -> None:
    kayla, person = await known(jalon)
    await jalon.store.write(say, "a", person, "Good morning", AT, about="session/1")
    await kayla.reads("Good morning (en)")
    await jalon.store.write(people.set_language, person, Language.FR, AT)
    await jalon.store.write(deliveries.touch, "session/1")
    await jalon.settled()
    assert [one.text for one in saying(kayla, "Good morning")] == ["Good morning (fr)"]
