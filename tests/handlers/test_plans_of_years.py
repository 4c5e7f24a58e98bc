"""A plan of several years: a day that is said without its year is one of this school year."""

from datetime import UTC, date, datetime

from storage import sessions
from tests.conversation import FRENCH, MANAGER, Chat
from tests.handlers.communing import gather


async def test_a_day_without_its_year_is_no_year_of_the_plan_to_come(chat: Chat) -> None:
    chat.now = datetime(2022, 1, 10, 15, tzinfo=UTC)  # the plan ends in June 2024
    community = await gather(chat, MANAGER)
    for said, who in (
        ("/meeting Elementary March 16 1pm 90 min", MANAGER),
        ("/rencontre Primaire 18 mai 13 h, 90 min", FRENCH),
        ("/meeting Elementary October 18 2023 1pm 90 min", MANAGER),
    ):
        assert not (await chat.say(said, who)).reply.refused
    planned = await chat.store.read(
        sessions.of_communities, date(2022, 1, 10), date(2024, 6, 30), community.id
    )
    assert [one.says.first for one in planned] == [
        date(2022, 3, 16), date(2022, 5, 18), date(2023, 10, 18),
    ]  # fmt: skip
