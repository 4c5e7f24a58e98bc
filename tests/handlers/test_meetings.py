"""Members are told of meetings and reminded, each in their language; they answer on the card."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.meetings import telling
from handlers.meetings.telling import What
from storage import deliveries, people, presences, quiet, records, rsvps, sessions
from storage.community import Community
from storage.engine import Tx
from storage.people import Newcomer
from storage.records import Record
from storage.rsvps import Answer
from storage.sessions import Session
from tests.conversation import FRENCH, MANAGER, STAFF, Chat
from tests.conversation import Answer as Said
from tests.handlers.communing import AT, KAYLA, MARIE, MEMBERS, NOEL, boss, delivered, gather, plan

JOBS = ("meeting-reminders", "after-meetings")
DAY = date(2025, 3, 12)  # a Wednesday, four weeks after NOW; clocks change on the 9th


@pytest.fixture
async def community(chat: Chat) -> Record[Community]:
    return await gather(chat, STAFF, *MEMBERS)


@pytest.fixture
async def meeting(chat: Chat, community: Record[Community]) -> Record[Session]:
    await chat.happened(*JOBS)
    return await plan(chat, community, DAY)


async def at(chat: Chat, day: int, hour: int, minute: int = 0, month: int = 3) -> dict[str, Said]:
    """What is said by itself up to a moment (UTC), by place; the last of each place."""
    chat.now = datetime(2025, month, day, hour, minute, tzinfo=UTC)
    return dict(await chat.happened(*JOBS))


async def announce(chat: Chat, meeting: Record[Session], what: What = What.SET) -> dict[str, Said]:
    def do(tx: Tx) -> None:
        now = records.get(tx, sessions.KIND, meeting.id)
        telling.announce(tx, now, what, int(chat.now.timestamp()))

    await chat.store.write(do)
    return dict(await chat.posted())


async def change(
    chat: Chat, meeting: Record[Session], become: Callable[[Session], Session]
) -> Record[Session]:
    def do(tx: Tx) -> Record[Session]:
        now = records.get(tx, sessions.KIND, meeting.id)
        says = become(now.says)
        return records.change(tx, sessions.KIND, meeting.id, now.version, says, boss(tx), AT)

    return await chat.store.write(do)


async def test_each_is_told_in_their_language_and_zone(
    chat: Chat, meeting: Record[Session]
) -> None:
    told = await announce(chat, meeting)
    assert set(told) == {"cop", "direct-marie", "direct-kayla"}
    marie, kayla, channel = told["direct-marie"], told["direct-kayla"], told["cop"]
    assert "Nouvelle rencontre" in marie.text
    assert "mercredi 12 mars 2025, 13 h 00" in marie.text
    assert "Venez-vous?" in marie.text
    # In summer the clocks of Blanc-Sablon show what Montréal's do.
    assert "Wednesday 12 March 2025, 13:00\n" in kayla.text
    assert marie.labels[:3] == ["Je viens", "Je ne viens pas", "Peut-être"]
    assert "3 have not answered" in channel.text
    assert "Are you coming?" not in channel.text


async def test_ones_own_page_shows_the_meetings_to_come(
    chat: Chat, meeting: Record[Session]
) -> None:
    home = await chat.say("/home", KAYLA)
    assert "Your meetings\n" in home.text
    assert "12 March 2025, 13:00" in home.text
    opened = await chat.press(home, "Calendar file (.ics)", KAYLA)
    assert opened.reply.file is not None
    assert "Coming" in (await chat.press(home, "Open", KAYLA)).labels
    assert "Your meetings" in (await chat.say("/home", STAFF)).text, "who facilitates"
    assert "Your meetings" not in (await chat.say("/home", MANAGER)).text


async def test_in_winter_an_hour_ahead_is_said_beside(
    chat: Chat, community: Record[Community]
) -> None:
    told = await announce(chat, await plan(chat, community, date(2025, 3, 5)))
    assert "13:00 in Montréal (14:00 where you are)" in told["direct-kayla"].text
    assert "chez vous" not in told["direct-marie"].text


async def test_reminders_come_at_the_same_time_of_the_clock_and_once(
    chat: Chat, meeting: Record[Session]
) -> None:
    await announce(chat, meeting)
    assert await at(chat, 5, 17, 59) == {}
    told = await at(chat, 5, 18)  # 13:00 before the clocks change
    assert "In 7 days: meeting" in told["direct-kayla"].text
    assert "Are you coming?" in told["direct-kayla"].text
    assert await at(chat, 11, 16, 59) == {}
    told = await at(chat, 11, 17)  # and after
    assert "Demain : rencontre" in told["direct-marie"].text
    assert "Venez-vous?" not in told["direct-marie"].text  # asked once more, and no more than that
    assert "Je viens" in told["direct-marie"].labels
    told = await at(chat, 12, 16)
    assert "In 1 h: meeting" in told["cop"].text
    assert await at(chat, 12, 16, 30) == {}
    assert len([one for one in await delivered(chat) if one.post.says == telling.SAYS]) == 4 * 3


async def test_an_answer_is_shown_to_whoever_gave_it_and_counted_for_all(
    chat: Chat, meeting: Record[Session]
) -> None:
    told = await announce(chat, meeting)
    chat.direct = False
    mine = await chat.press(told["cop"], "Coming", KAYLA)
    assert mine.reply.private
    assert "You said: coming" in mine.text
    assert "1 coming" in mine.text
    stale = {one.place for one in await delivered(chat) if one.stale}
    assert stale == {"cop", "direct-kayla"}
    await chat.press(told["cop"], "Maybe", MARIE)
    changed = await chat.press(mine, "Not coming", KAYLA)
    assert "You said: not coming" in changed.text
    assert "\n1 not coming · 1 maybe · 1 has not answered\n" in changed.text
    looked = await chat.look(told["cop"], MARIE)
    assert "Vous avez dit : peut-être" in looked.text
    assert "You said" not in (await chat.look(told["cop"], STAFF)).text


@pytest.mark.parametrize("who", [NOEL, STAFF, FRENCH, MANAGER])
async def test_only_members_answer(chat: Chat, meeting: Record[Session], who: Newcomer) -> None:
    told = await announce(chat, meeting)
    refused = await chat.press(told["cop"], "Coming", who)
    assert refused.reply.refused
    assert "members of this community" in refused.text or "Seuls les membres" in refused.text
    assert await chat.store.read(rsvps.answers, meeting.id) == {}


@pytest.mark.parametrize("tampered", [{"answer": "perhaps"}, {"session": "9999"}, {"session": "x"}])
async def test_what_no_card_says_is_refused(
    chat: Chat, meeting: Record[Session], tampered: dict[str, str]
) -> None:
    told = await announce(chat, meeting)
    refused = await chat.press(told["direct-kayla"], "Coming", KAYLA, tampered=tampered)
    assert refused.reply.refused


async def test_who_is_not_coming_is_not_reminded(chat: Chat, meeting: Record[Session]) -> None:
    told = await announce(chat, meeting)
    await chat.press(told["direct-kayla"], "Not coming", KAYLA)
    await chat.press(told["direct-marie"], "Je viens", MARIE)
    told = await at(chat, 5, 18)
    assert set(told) == {"cop", "direct-marie"}
    assert "Vous avez dit : je viens" in told["direct-marie"].text
    assert "Venez-vous?" not in told["direct-marie"].text


async def test_a_meeting_that_moves_has_new_reminders_and_no_old_ones(
    chat: Chat, meeting: Record[Session]
) -> None:
    first = await announce(chat, meeting)
    later = (sessions.Day(date(2025, 3, 19), "13:00", 90),)
    moved = await change(chat, meeting, lambda says: replace(says, days=later))
    told = await announce(chat, moved, What.MOVED)
    assert "The meeting was moved" in told["cop"].text
    assert "Wednesday 19 March 2025" in told["direct-kayla"].text
    assert len([one for one in await delivered(chat) if one.stale]) == 3
    assert await at(chat, 5, 18) == {}
    assert "In 7 days" in (await at(chat, 12, 17))["direct-kayla"].text
    assert await at(chat, 12, 18) == {}
    assert "You said" in (await chat.press(first["direct-kayla"], "Coming", KAYLA)).text


async def test_a_meeting_that_is_called_off_says_so_and_reminds_nobody(
    chat: Chat, meeting: Record[Session]
) -> None:
    first = await announce(chat, meeting)
    off = await change(chat, meeting, lambda says: replace(says, cancelled=True))
    told = await announce(chat, off, What.CANCELLED)
    assert "does not take place" in told["direct-kayla"].text
    assert "Coming" not in told["direct-kayla"].labels
    assert await at(chat, 5, 18) == {}
    refused = await chat.press(first["direct-kayla"], "Coming", KAYLA)
    assert "does not take place" in refused.text


async def test_after_downtime_a_reminder_whose_meeting_is_past_is_dropped_and_kept(
    chat: Chat, meeting: Record[Session]
) -> None:
    await announce(chat, meeting)
    assert await at(chat, 12, 17, 30) == {}  # it has begun
    dropped = [one for one in await delivered(chat) if one.state is deliveries.State.DROPPED]
    assert len(dropped) == 3 * 3
    assert {one.why for one in dropped} == {"late"}


async def test_late_by_a_while_the_time_that_is_left_is_said(
    chat: Chat, meeting: Record[Session]
) -> None:
    told = await at(chat, 12, 16, 40)
    assert "In 20 min: meeting" in told["direct-kayla"].text


async def test_a_meeting_whose_time_is_not_known(chat: Chat, community: Record[Community]) -> None:
    await chat.happened(*JOBS)
    told = await announce(chat, await plan(chat, community, DAY, ""))
    assert "Wednesday 12 March 2025\n" in told["direct-kayla"].text
    assert await at(chat, 5, 13, 59) == {}
    assert "In 7 days: meeting" in (await at(chat, 5, 14))["direct-kayla"].text
    assert "Tomorrow: meeting" in (await at(chat, 11, 13))["direct-kayla"].text
    assert await at(chat, 12, 12, 30) == {}


async def test_after_three_silences_somebody_is_asked_less_and_the_facilitator_told(
    chat: Chat, community: Record[Community]
) -> None:
    for day in (17, 18, 19):
        told = await announce(chat, await plan(chat, community, date(2025, 2, day)))
        await chat.press(told["direct-marie"], "Je viens", MARIE)
    await announce(chat, await plan(chat, community, DAY))
    await chat.happened(*JOBS)
    after = (await at(chat, 19, 20, 15, month=2))["direct-alex"]
    assert "Kayla Buckle has answered none of the last three meetings" in after.text
    assert set(await at(chat, 5, 18)) == {"cop", "direct-marie"}
    assert set(await at(chat, 11, 17)) == {"cop", "direct-marie", "direct-kayla"}
    assert set(await at(chat, 12, 16)) == {"cop", "direct-marie"}


async def test_the_facilitator_records_who_came_and_sends_the_notes(
    chat: Chat, meeting: Record[Session]
) -> None:
    told = await announce(chat, meeting)
    await chat.press(told["direct-marie"], "Je viens", MARIE)
    await at(chat, 12, 18, 44)
    told = await at(chat, 12, 18, 45)
    assert set(told) == {"direct-alex"}
    after = told["direct-alex"]
    assert "1 coming\nMarie Tremblay" in after.text
    assert "Kayla Buckle" in after.text
    taken = await chat.press(after, "Record 1 person as there")
    there = await chat.store.read(presences.of_session, meeting.id)
    assert there is not None
    assert len(there.says.present) == 1
    again = await chat.press(after, "Record 1 person as there")
    assert again.reply.refused
    form = await chat.press(taken, "Send the notes")
    assert (await chat.submit(form, notes="")).form.inputs[0].error
    assert (await chat.submit(form, notes="x" * 9999)).form.inputs[0].value == "x" * 9999
    sent = await chat.submit(form, notes="https://example.org/notes")
    assert "1 member who was not there" in sent.text
    assert "Feedback" in (await chat.press(sent, "Feedback")).card.title
    told = dict(await chat.posted())
    assert set(told) == {"direct-kayla"}
    assert "https://example.org/notes" in told["direct-kayla"].text
    for action in ("Record 1 person as there", "Send the notes"):
        assert (await chat.press(after, action, KAYLA)).reply.refused


async def test_nobody_is_told_of_a_meeting_that_is_over(
    chat: Chat, meeting: Record[Session]
) -> None:
    told = await announce(chat, meeting)
    chat.now += timedelta(days=60)
    assert await announce(chat, meeting, What.MOVED) == {}
    refused = await chat.press(told["direct-kayla"], "Coming", KAYLA)
    assert "This meeting is over" in refused.text


async def test_the_answers_are_the_members(chat: Chat, meeting: Record[Session]) -> None:
    told = await announce(chat, meeting)
    await chat.press(told["direct-kayla"], "Coming", KAYLA)
    standing = await chat.store.read(rsvps.standing, meeting.id)
    assert [one.says.name for one in standing.answered[Answer.COMING]] == ["Kayla Buckle"]
    assert [one.says.name for one in standing.silent] == ["Marie Tremblay", "Zoe Silent"]


async def test_a_reminder_is_put_off_to_the_next_morning_or_by_half_an_hour(
    chat: Chat, meeting: Record[Session]
) -> None:
    told = await at(chat, 5, 18)
    later = await chat.press(told["direct-kayla"], "Remind me tomorrow", KAYLA)
    # Nine in Blanc-Sablon is eight in Montréal in winter.
    assert "Thursday 6 March 2025, 9:00" in later.text
    assert await at(chat, 6, 12, 59) == {}
    told = await at(chat, 6, 13)
    assert set(told) == {"direct-kayla"}
    assert "In 6 days: meeting" in told["direct-kayla"].text
    told = await at(chat, 12, 16)
    last = await chat.press(told["direct-marie"], "Me le rappeler dans 30 min", MARIE)
    assert "12 h 30" in last.text
    assert set(await at(chat, 12, 16, 30)) == {"direct-marie"}
    chat.now = datetime(2025, 3, 12, 16, 45, tzinfo=UTC)
    late = await chat.press(told["direct-kayla"], "Remind me in 30 min", KAYLA)
    assert late.reply.refused
    stranger = await chat.press(told["direct-kayla"], "Remind me in 30 min", NOEL)
    assert stranger.reply.refused


async def test_who_wants_no_reminders_has_none_and_is_told_of_changes(
    chat: Chat, meeting: Record[Session]
) -> None:
    told = await at(chat, 5, 18)
    hushed = await chat.press(told["direct-kayla"], "No more reminders here", KAYLA)
    assert "no reminders" in hushed.text
    assert set(await at(chat, 11, 17)) == {"cop", "direct-marie"}
    later = (sessions.Day(date(2025, 3, 19), "13:00", 90),)
    moved = await change(chat, meeting, lambda says: replace(says, days=later))
    assert "direct-kayla" in await announce(chat, moved, What.MOVED)
    await chat.press(hushed, "Remind me again", KAYLA)
    assert "direct-kayla" in await at(chat, 18, 17)


async def test_a_pause_is_over_on_its_day_whenever_the_meeting_is(
    chat: Chat, meeting: Record[Session]
) -> None:
    def pause(tx: Tx) -> None:
        kayla = people.find(tx, "test", "kayla")
        assert kayla is not None
        about = quiet.of_community(meeting.says.community)
        quiet.pause(tx, about, date(2025, 3, 10), kayla, int(chat.now.timestamp()))

    await chat.store.write(pause)
    assert "direct-kayla" not in await at(chat, 5, 18)
    assert "direct-kayla" in await at(chat, 11, 17)
