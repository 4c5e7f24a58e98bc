"""/deliveries: managers see what became of what was said by itself, and have it said again."""

from datetime import UTC, datetime

import pytest

from handlers.all import everything
from handlers.chat.texts import Texts
from handlers.deliveries import describe
from schedules.all import JOBS
from storage import deliveries, occurrences, people
from storage.deliveries import ALWAYS, Post, State
from storage.engine import Tx
from storage.occurrences import Occurrence
from storage.plan import Language
from storage.verify import problems
from tests.conversation import ADMIN, FRENCH, MANAGER, MEMBER, STAFF, Chat

SECRET = "what somebody typed"


@pytest.fixture
async def talk(chat: Chat) -> Chat:
    for who in (STAFF, MANAGER):
        await chat.say("/help", who)
    return chat


async def have(
    chat: Chat, once: str, state: State, why: str = "", *, until: int = ALWAYS, says: str = "closed"
) -> None:
    """Something that was to be said to Alex, and became this."""

    def do(tx: Tx) -> None:
        alex = people.find(tx, "test", STAFF.id)
        assert alex is not None
        at = int(chat.now.timestamp())
        of = {"name": SECRET, "why": SECRET}
        deliveries.put(tx, Post(once, says, of, alex.id, until=until), at)
        one = deliveries.get(tx, once)
        assert one is not None
        if state is State.SENT:
            deliveries.said(tx, one.id, "m", at, why)
        elif state is not State.WAITING:
            deliveries.end(tx, one.id, state, at, why)

    await chat.store.write(do)


async def state_of(chat: Chat, once: str) -> State:
    found = await chat.store.read(deliveries.get, once)
    assert found is not None
    return found.state


async def test_it_says_when_to_whom_and_what_became_of_it_and_never_what(talk: Chat) -> None:
    await have(talk, "a", State.SENT)
    await have(talk, "b", State.FAILED, "is_archived")
    shown = await talk.say("/deliveries", MANAGER)
    assert "Notice that I can’t write somewhere, to Alex Roy" in shown.text
    assert "Sent Wednesday 12 February 2025, 10:00" in shown.text
    assert "Could not be sent, Wednesday 12 February 2025, 10:00" in shown.text
    assert "the channel is archived" in shown.text
    assert SECRET not in shown.text


async def test_it_says_why_something_came_without_its_picture(talk: Chat) -> None:
    await have(talk, "a", State.SENT, "missing_scope")
    shown = await talk.say("/deliveries", MANAGER)
    assert (
        "Sent Wednesday 12 February 2025, 10:00 · without its picture: the app is missing a"
        " permission there: ask your administrator"
    ) in shown.text
    await have(talk, "b", State.SENT, "file_uploads_disabled")
    shown = await talk.say("/deliveries", MANAGER)
    assert "without its picture: the platform says: file_uploads_disabled" in shown.text


@pytest.mark.parametrize(
    ("line", "states"),
    [
        ("/deliveries failed", {"Could not be sent"}),
        ("/envois échecs", {"Could not be sent"}),
        ("/deliveries unsure", {"May have been sent"}),
        ("/deliveries trouble", {"Could not be sent", "May have been sent"}),
        ("/envois envoyés", {"Sent"}),
        ("/deliveries waiting", {"Waits"}),
        ("/deliveries dropped", {"Left unsaid"}),
    ],
)
async def test_they_are_shown_by_state(talk: Chat, line: str, states: set[str]) -> None:
    for state in State:
        await have(talk, state.value, state, "" if state is State.SENT else "lost")
    shown = await talk.say(line, MANAGER)
    details = [one.detail for one in shown.card.blocks if one.block == "item"]
    words = {"Could not be sent", "May have been sent", "Sent", "Waits", "Left unsaid"}
    assert {word for word in words for detail in details if detail.startswith(word)} == states


async def test_a_word_it_does_not_know_is_answered_with_those_it_does(talk: Chat) -> None:
    assert "sent, waiting, dropped, failed or unsure" in (await talk.say("/envois x", MANAGER)).text


async def test_what_failed_is_said_again_by_one_press(talk: Chat) -> None:
    await have(talk, "a", State.FAILED, "is_archived")
    shown = await talk.press(await talk.say("/deliveries", MANAGER), "Try again", MANAGER)
    assert "on its way again" in shown.text
    assert [(place, said.card.title) for place, said in await talk.posted()] == [
        ("direct-alex", f"I can no longer write to {SECRET}")
    ]
    assert await state_of(talk, "a") is State.SENT
    row = await talk.store.read(
        lambda tx: tx.row("SELECT person, action, subject FROM audit ORDER BY seq DESC LIMIT 1")
    )
    sam = await talk.store.read(people.find, "test", MANAGER.id)
    assert row is not None
    assert sam is not None
    assert tuple(row) == (sam.id, "again", "delivery/1")
    assert await talk.store.read(problems) == []


async def test_what_may_have_been_said_is_said_again_only_by_who_knows(talk: Chat) -> None:
    await have(talk, "a", State.UNSURE, "lost")
    asked = await talk.press(await talk.say("/deliveries", MANAGER), "Try again", MANAGER)
    assert "it will come a second time" in asked.text
    assert await talk.posted() == []
    await talk.press(asked, "Say it, even twice", MANAGER)
    assert len(await talk.posted()) == 1


async def test_what_is_too_late_or_was_said_meanwhile_is_not_said_again(talk: Chat) -> None:
    at = int(talk.now.timestamp())
    await have(talk, "a", State.FAILED, "is_archived", until=at + 60)
    shown = await talk.say("/deliveries", MANAGER)
    talk.pass_time(minutes=2)
    assert "not to be said any more" in (await talk.press(shown, "Try again", MANAGER)).text
    assert "Try again" not in (await talk.say("/deliveries", MANAGER)).labels
    await have(talk, "b", State.SENT)
    for id in ("2", "99"):
        forged = await talk.press(shown, "Try again", MANAGER, tampered={"id": id})
        assert "not to be said any more" in forged.text
    assert await talk.posted() == []


async def test_many_come_in_pages(talk: Chat) -> None:
    for number in range(10):
        await have(talk, f"{number}", State.SENT)
    first = await talk.say("/deliveries", MANAGER)
    second = await talk.press(first, "Older", MANAGER)
    counts = [[one.block for one in page.card.blocks].count("item") for page in (first, second)]
    assert counts == [8, 2]
    assert "Older" not in second.labels
    assert "Newer" in second.labels


async def test_only_managers_see_it(talk: Chat) -> None:
    await have(talk, "a", State.FAILED, "is_archived")
    shown = await talk.say("/deliveries", MANAGER)
    for who in (STAFF, MEMBER, FRENCH):
        for answer in (
            await talk.say("/deliveries", who),
            await talk.press(shown, "Try again", who),
            await talk.press(shown, "What went wrong", who),
        ):
            assert "Alex" not in answer.text
    assert await state_of(talk, "a") is State.FAILED


async def test_managers_are_told_once_a_day_where_something_went_wrong(talk: Chat) -> None:
    async def at(day: int, hour: int = 13, minute: int = 30) -> list[str]:
        talk.now = datetime(2025, 2, day, hour, minute, tzinfo=UTC)
        return [place for place, said in await talk.happened() if "could not say" in said.text]

    assert await at(12, 12) == []
    assert await at(12, 13, 20) == []  # nothing went wrong
    await have(talk, "a", State.FAILED, "is_archived")
    await have(talk, "b", State.UNSURE, "lost")
    await have(talk, "c", State.DROPPED, "late")
    talk.now = datetime(2025, 2, 13, 13, 20, tzinfo=UTC)  # 8:20 in Montreal
    told = await talk.happened()
    assert [place for place, _ in told] == ["direct-sam"]
    assert "2 things I could not say, or may have said: /deliveries" in told[0][1].text
    listed = await talk.press(told[0][1], "See them", MANAGER)
    assert "May have been sent" in listed.text
    assert await at(14) == []
    await have(talk, "d", State.FAILED, "is_archived")
    assert await at(16) == []  # a weekend
    assert await at(17) == ["direct-sam"]


async def failing(chat: Chat, job: str, day: int, why: str = "", *, done: bool = False) -> None:
    """A job that was due that morning failed, or was done."""
    at = int(datetime(2025, 2, day, 8, 40, tzinfo=UTC).timestamp())

    def do(tx: Tx) -> None:
        state = occurrences.State.DONE if done else occurrences.State.FAILED
        occurrences.enter(tx, job, Occurrence(f"2025-02-{day}", at, at), state)
        occurrences.end(tx, job, f"2025-02-{day}", state, at, why)

    await chat.store.write(do)


async def test_managers_are_told_once_of_a_job_that_failed_and_see_why(talk: Chat) -> None:
    talk.now = datetime(2025, 2, 12, 13, 20, tzinfo=UTC)
    assert await talk.happened() == []
    await failing(talk, "backup", 13, "disk_full")
    await failing(talk, "retention", 13, "error ab12cd")
    await failing(talk, "nudges", 13, done=True)
    talk.now = datetime(2025, 2, 13, 13, 20, tzinfo=UTC)
    ((place, told),) = await talk.happened("troubles")
    assert place == "direct-sam"
    assert "The copy of the database" in told.text
    assert "Letting go of what is no longer needed" in told.text
    assert "could not say" not in told.text
    listed = await talk.press(told, "See them", MANAGER)
    assert "The copy of the database\nFailed Thursday 13 February 2025, 3:40" in listed.text
    assert "the disk is full" in listed.text
    assert "in the log as ab12cd" in listed.text
    assert "Nudges" not in listed.text
    talk.pass_time(days=1)
    assert await talk.happened("troubles") == []
    await failing(talk, "backup", 14, done=True)
    for said in ("/deliveries", "/deliveries failed"):
        assert "it has worked since" in (await talk.say(said, MANAGER)).text
    assert "copy" not in (await talk.say("/deliveries sent", MANAGER)).text
    french = await talk.say("/envois échecs", ADMIN)
    assert "La copie de la base de données\nA échoué le" in french.text
    talk.pass_time(days=31)
    assert "Nothing went wrong." in (await talk.say("/deliveries trouble", MANAGER)).text


@pytest.mark.parametrize("language", Language)
async def test_each_kind_and_each_reason_has_words(language: Language) -> None:
    t = Texts.load(language)
    for says in everything().posts:
        assert t(f"deliveries.says.{describe.key(says)}")
    for why in (*describe.WHYS, "BotDisabledByAdmin", "error ab12cd", "something_new"):
        assert describe.why(t, why)
    used = {f"deliveries.says.{describe.key(says)}" for says in everything().posts}
    used |= {f"deliveries.why.{name}" for name in (*describe.WHYS.values(), "error", "other")}
    used.add("deliveries.why.picture")
    used |= {f"deliveries.job.{job.name}" for job in JOBS}
    kinds = "deliveries.says.", "deliveries.why.", "deliveries.job."
    there = {key for key in t.texts if key.startswith(kinds)}
    assert there == used


async def test_an_administrator_reads_it_in_french(talk: Chat) -> None:
    await have(talk, "a", State.UNSURE, "lost")
    shown = await talk.say("/envois", ADMIN)
    assert "Peut-être envoyé, le mercredi 12 février 2025, 10 h 00" in shown.text
