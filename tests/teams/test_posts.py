"""What nobody asked for is said in Teams at most once; what may have been is kept as unsure."""

import asyncio
from datetime import timedelta

import aiohttp
import pytest

from storage import addresses, deliveries, people
from storage.deliveries import Delivery, State
from storage.people import TeamRole
from storage.plan import Language
from tests.conversation import NOW
from tests.posts import say
from tests.teams.connector import Teams
from tests.teams.driver import TeamsUser
from tests.teams.faults import Fault, Final
from tests.teams.jalon import Jalon
from tests.teams.people import Place
from tests.teams.seen import Seen

AT = int(NOW.timestamp())
POST = "POST .*/activities"


async def of(jalon: Jalon, once: str) -> Delivery:
    found = await jalon.store.read(deliveries.get, once)
    assert found is not None
    return found


async def known(jalon: Jalon, short: str = "kayla", name: str = "Kayla Buckle") -> TeamsUser:
    """Somebody who has spoken to the bot by themself."""
    user = jalon.user(short, name)
    await user.says("/help")
    await user.reads("What you can say")
    await jalon.settled()
    return user


async def number(jalon: Jalon, user: TeamsUser) -> int:
    return (await jalon.find(user.user.aad)).id


def saying(user: TeamsUser, text: str, place: Place | None = None) -> list[Seen]:
    return [one for one in user.sees(place) if text in one.text]


async def later(jalon: Jalon, seconds: float = 0.0) -> None:
    """Have a minute pass for the bot, and what Teams asked to wait for the machine."""
    jalon.now += timedelta(minutes=1)
    await asyncio.sleep(seconds)
    await jalon.settled()


async def test_it_comes_to_the_own_chat_once(jalon: Jalon) -> None:
    kayla = await known(jalon)
    await jalon.store.write(say, "a", await number(jalon, kayla), "Good morning", AT)
    await kayla.reads("Good morning")
    await jalon.restart()
    await jalon.settled()
    assert len(saying(kayla, "Good morning")) == 1
    assert (await of(jalon, "a")).state is State.SENT


async def test_a_channel_reads_it_in_its_language(jalon: Jalon, teams: Teams) -> None:
    kayla = await known(jalon)
    channel = teams.add_channel("General", [kayla.user])
    await kayla.says("/help", channel)
    await jalon.settled()
    person = await jalon.find(kayla.user.aad)
    await jalon.store.write(addresses.speak, "teams", channel.id, Language.FR, person)
    await jalon.store.write(say, "a", None, "Rencontre", AT, channel=("teams", channel.id))
    await jalon.settled()
    assert [one.text for one in saying(kayla, "Rencontre", channel)] == ["Rencontre (fr)"]


async def test_a_long_card_comes_whole(jalon: Jalon) -> None:
    kayla = await known(jalon)
    await jalon.store.write(say, "a", await number(jalon, kayla), "Long", AT, lines=20)
    await jalon.settled()
    said = "\n".join(one.text for one in kayla.sees())
    assert all(said.count(f"Line {line} ") == 1 for line in range(20))


async def test_of_a_long_card_no_part_comes_twice(jalon: Jalon, teams: Teams) -> None:
    kayla = await known(jalon)
    parts: list[str] = []

    def second(name: str) -> Fault | None:
        parts.append(name)
        return Fault(status=429, retry_after=0) if len(parts) == 2 else None

    teams.faults.by_chance = second
    await jalon.store.write(say, "a", await number(jalon, kayla), "Long", AT, lines=20)
    await jalon.settled()
    await later(jalon, 2.1)
    assert len([one for one in kayla.sees() if "Line 0 " in one.text]) == 1
    assert (await of(jalon, "a")).state is State.UNSURE


NOT_TAKEN = {
    "too many": Fault(status=429, retry_after=0, path=POST),
    "too many, for a second": Fault(status=429, retry_after=1, path=POST),
    "a conflict": Fault(status=412, path=POST),
}
MAYBE_TAKEN = {
    "a bad gateway": Fault(status=502, path=POST),
    "a bad gateway, and taken": Fault(status=502, path=POST, after=True),
    "too late": Fault(status=504, path=POST, after=True),
    "no answer": Fault(dropped=True, path=POST),
    "no answer, and taken": Fault(dropped=True, path=POST, after=True),
}


@pytest.mark.parametrize("fault", NOT_TAKEN.values(), ids=NOT_TAKEN)
async def test_what_teams_takes_nothing_of_comes_later_once(
    jalon: Jalon, teams: Teams, fault: Fault
) -> None:
    kayla = await known(jalon)
    teams.faults.left.append(fault)
    await jalon.store.write(say, "a", await number(jalon, kayla), "Good morning", AT)
    await jalon.settled()
    assert saying(kayla, "Good morning") == []
    await later(jalon, 2.1)
    assert len(saying(kayla, "Good morning")) == 1
    assert (await of(jalon, "a")).state is State.SENT


@pytest.mark.parametrize("fault", MAYBE_TAKEN.values(), ids=MAYBE_TAKEN)
async def test_what_teams_may_have_taken_is_not_said_again(
    jalon: Jalon, teams: Teams, fault: Fault
) -> None:
    kayla = await known(jalon)
    teams.faults.left.append(fault)
    await jalon.store.write(say, "a", await number(jalon, kayla), "Good morning", AT)
    await jalon.settled()
    await later(jalon)
    await later(jalon)
    assert len(saying(kayla, "Good morning")) == int(fault.after)
    one = await of(jalon, "a")
    assert (one.state, one.why) == (State.UNSURE, "lost")


async def test_what_takes_too_long_is_not_said_again(
    jalon: Jalon, teams: Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    kayla = await known(jalon)
    connector = jalon.posting._doors.of("teams")._connector
    monkeypatch.setattr(connector, "_timeout", aiohttp.ClientTimeout(total=0.2))
    teams.faults.add(delay=1.0, path=POST, after=True)
    await jalon.store.write(say, "a", await number(jalon, kayla), "Good morning", AT)
    await jalon.settled()
    await later(jalon)
    assert len(saying(kayla, "Good morning")) == 1
    assert (await of(jalon, "a")).state is State.UNSURE


@pytest.mark.parametrize("final", Final)
async def test_a_chat_that_is_closed_is_told_to_a_manager_once(
    jalon: Jalon, teams: Teams, final: Final
) -> None:
    ines, kayla = await known(jalon, "ines", "Inès Roy"), await known(jalon)
    await jalon.give(ines.user.aad, TeamRole.MANAGER)
    person = await number(jalon, kayla)
    teams.faults.add(code=final, path=POST)
    await jalon.store.write(say, "a", person, "Good morning", AT)
    await ines.reads("no longer write")
    await jalon.settled()
    await jalon.store.write(say, "b", person, "Good evening", AT)
    await later(jalon)
    assert len(saying(ines, "no longer write")) == 1
    assert saying(kayla, "Good") == []
    one = await of(jalon, "a")
    assert (one.state, one.why) == (State.FAILED, final)
    # The other waits for them to speak again.
    assert (await of(jalon, "b")).state is State.WAITING
    await kayla.says("/help")
    await later(jalon)
    assert len(saying(kayla, "Good evening")) == 1


async def test_what_teams_refuses_is_kept_with_its_reason(jalon: Jalon, teams: Teams) -> None:
    kayla = await known(jalon)
    teams.faults.add(status=400, code="BadArgument", path=POST)
    await jalon.store.write(say, "a", await number(jalon, kayla), "Good morning", AT)
    await jalon.settled()
    one = await of(jalon, "a")
    assert (one.state, one.why) == (State.FAILED, "400 BadArgument")


async def test_it_shows_its_subject_as_it_is(jalon: Jalon, teams: Teams) -> None:
    kayla = await known(jalon)
    person = await number(jalon, kayla)
    await jalon.store.write(say, "a", person, "Good morning", AT, about="session/1")
    await kayla.reads("Good morning (en)")
    await jalon.store.write(people.set_language, person, Language.FR, AT)
    teams.faults.add(status=502, path="PUT .*/activities")
    await jalon.store.write(deliveries.touch, "session/1")
    await jalon.settled()
    await later(jalon, 1.1)
    assert [one.text for one in saying(kayla, "Good morning")] == ["Good morning (fr)"]
