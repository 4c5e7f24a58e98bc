"""Meetings of communities: a line names one, and nothing more is asked; the receipt tells whom."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from icalendar import Calendar

from storage import deliveries, sessions
from storage.engine import Store
from storage.people import Newcomer, TeamRole
from storage.plan import Language
from storage.records import Record
from storage.sessions import Session
from tests.conversation import FRENCH, MANAGER, MEMBER, STAFF, Chat
from tests.handlers.convening import ELEMENTARY, FAR, MARIE, PLC, SECONDARY, found, on_chat


async def meetings(chat: Chat, community: int = 0) -> list[Record[Session]]:
    first, last = date(2020, 1, 1), date(2030, 12, 31)
    return await chat.store.read(sessions.of_communities, first, last, community)


@pytest.fixture
async def elementary(store: Store) -> int:
    id = await store.write(found, ELEMENTARY, "marie", "luc", "anne")
    await store.write(on_chat, MARIE)
    await store.write(on_chat, FAR)
    return id


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("/meeting Elementary March 5 1pm 90 min", "Meeting 1 of Elementary"),
        ("/meeting of the elementary community March 5 1pm 90 min", "Meeting 1 of Elementary"),
        ("/rencontre primaire 5 mars 13 h, 90 min", "Meeting 1 of Elementary"),
        ("/meeting Elementary: sharing, March 5 1pm 90 min", "Sharing"),
    ],
)
async def test_a_line_that_names_a_community_is_its_meeting(
    chat: Chat, elementary: int, line: str, title: str
) -> None:
    card = await chat.say(line)
    assert card.card.title == "Planned"
    (meeting,) = await meetings(chat, elementary)
    assert (meeting.says.title, meeting.says.target) == (title, "community-meetings")
    assert (meeting.says.first, meeting.says.starts) == (date(2025, 3, 5), "13:00")
    assert meeting.says.minutes == 90
    assert "Meeting of\nElementary" in card.text
    await chat.press(card, "Undo")
    assert await meetings(chat) == []


async def test_the_receipt_says_who_is_told_and_where_it_is_another_time(
    chat: Chat, elementary: int
) -> None:
    card = await chat.say("/meeting Elementary March 5 1pm 90 min")
    assert "3 members; 2 can be told privately" in card.text
    assert "14:00 in Blanc-Sablon" in card.text
    assert "The community has no channel yet" in card.text
    assert "It has 3 members that day; 12 are meant." in card.text


async def test_the_receipt_speaks_french(chat: Chat, elementary: int) -> None:
    card = await chat.say("/rencontre primaire le 7 mars 2025 90 min", FRENCH)
    assert "Rencontre 1 : Primaire" in card.text
    assert "3 membres, dont 2 en privé" in card.text
    assert "est un jour de fermeture : " in card.text
    assert "Aucune heure n’est dite" in card.text


async def test_a_link_and_an_agenda_are_kept(chat: Chat, elementary: int) -> None:
    line = "/meeting Elementary March 5 1pm 90 min agenda: what worked; news https://example.org/a"
    card = await chat.say(line)
    (meeting,) = await meetings(chat)
    assert meeting.says.agenda == "what worked; news"
    assert meeting.says.link == "https://example.org/a"
    assert "Agenda\nwhat worked; news" in card.text


async def test_a_weekend_and_a_second_meeting_that_day_are_said(
    chat: Chat, store: Store, elementary: int
) -> None:
    await store.write(found, SECONDARY, "luc")
    await chat.say("/meeting Elementary March 8 1pm 90 min")
    card = await chat.say("/meeting Elementary March 8 3pm 90 min")
    assert "Saturday 8 March 2025 is on a weekend." in card.text
    assert "It meets on that day already: Sat 8 Mar · Meeting 1 of Elementary." in card.text
    assert "Meeting 2 of Elementary" in card.text


async def test_who_is_in_two_communities_that_meet_on_a_day_is_counted(
    chat: Chat, store: Store, elementary: int
) -> None:
    both = await store.write(found, replace(SECONDARY, roles=("other",)))
    assert both
    await chat.say("/meeting Elementary March 5 1pm 90 min")
    card = await chat.say("/meeting Secondary and vocational March 5 3pm 90 min")
    assert "3 of its members have another meeting that day" in card.text


async def test_a_word_among_others_is_asked_about(chat: Chat, elementary: int) -> None:
    card = await chat.say("/meeting planning with elementary consultants March 5 1pm 90 min")
    assert card.card.title == "Which target does it count for?"
    assert await meetings(chat) == []
    done = await chat.press(card, "A meeting of Elementary")
    (meeting,) = await meetings(chat, elementary)
    assert meeting.says.title == "Planning with elementary consultants"
    assert done.card.title == "Planned"


async def test_a_word_among_others_can_be_another_meeting(chat: Chat, elementary: int) -> None:
    card = await chat.say("/meeting planning with elementary consultants March 5 1pm 90 min")
    await chat.press(card, "PLC meetings")
    assert await meetings(chat) == []


async def test_in_its_channel_the_community_is_assumed(chat: Chat, store: Store) -> None:
    says = replace(ELEMENTARY, channel_platform="test", channel="team")
    id = await store.write(found, says, "marie")
    chat.direct = False
    card = await chat.say("/meeting sharing March 5 1pm 90 min")
    (meeting,) = await meetings(chat, id)
    assert meeting.says.title == "Sharing"
    assert "The channel and 1 member" in card.text
    chat.direct = True
    card = await chat.say("/meeting sharing March 5 1pm 90 min")
    assert card.card.title == "Which target does it count for?"


async def test_the_plc_is_a_community_where_it_was_set_up(chat: Chat, store: Store) -> None:
    before = await chat.say("/meeting PLC tomorrow 1pm 90 min")
    assert "Meeting of" not in before.text
    id = await store.write(found, PLC)
    await chat.say("/meeting PLC on journals tomorrow 1pm 90 min")
    await chat.say("/meeting PLC March 5 1pm 90 min")
    titles = [one.says.title for one in await meetings(chat, id)]
    assert titles == ["PLC on journals", "Meeting 2 of Peer Learning Community (PLC)"]
    assert all(one.says.target == "plc-meetings" for one in await meetings(chat, id))


async def test_without_a_length_the_form_knows_the_community(chat: Chat, elementary: int) -> None:
    form = await chat.say("/meeting Elementary March 5 1pm agenda: news")
    filled = {one.name: one.value for one in form.form.inputs}
    assert filled["community"] == str(elementary)
    assert filled["target"] == "community-meetings"
    assert filled["agenda"] == "news"
    again = await chat.submit(form, length="soon")
    assert {one.name: one.error for one in again.form.inputs}["length"]
    await chat.submit(again, length="90 min")
    (meeting,) = await meetings(chat, elementary)
    assert meeting.says.title == "Meeting 1 of Elementary"


async def test_the_form_alone_asks_for_the_community(chat: Chat, elementary: int) -> None:
    form = await chat.say("/meeting")
    names = [one.name for one in form.form.inputs]
    assert "community" in names
    assert "community" not in [one.name for one in (await chat.say("/workshop")).form.inputs]
    filled = {"day": "2025-03-05", "length": "2 h", "agenda": "first\nsecond"}
    wrong = await chat.submit(form, community="99", **filled)
    assert {one.name: one.error for one in wrong.form.inputs}["community"]
    await chat.submit(form, community=str(elementary), **filled)
    (meeting,) = await meetings(chat, elementary)
    assert meeting.says.agenda == "first\nsecond"


async def test_an_edit_keeps_and_changes_the_community(
    chat: Chat, store: Store, elementary: int
) -> None:
    card = await chat.say("/meeting Elementary March 5 1pm 90 min")
    form = await chat.press(card, "Edit")
    await chat.submit(form, agenda="news")
    (meeting,) = await meetings(chat, elementary)
    assert meeting.says.agenda == "news"
    card = await chat.say("/meeting list Elementary")
    form = await chat.press(await chat.press(card, "Open"), "Edit")
    await chat.submit(form, community="", title="A talk")
    assert await meetings(chat) == []


async def test_a_community_that_is_none_is_refused(chat: Chat, elementary: int) -> None:
    card = await chat.say("/meeting planning with elementary consultants March 5 1pm 90 min")
    answer = await chat.press(card, "A meeting of Elementary", tampered={"community": "99"})
    assert "button" in answer.text
    assert await meetings(chat) == []


async def test_a_meeting_that_is_over_tells_nobody(chat: Chat, elementary: int) -> None:
    card = await chat.say("/meeting Elementary yesterday 1pm 90 min")
    assert "can be told privately" not in card.text
    assert "no channel" not in card.text


async def test_members_the_facilitator_and_the_team_get_the_file(
    chat: Chat, store: Store, elementary: int
) -> None:
    card = await chat.say("/meeting Elementary March 5 1pm 90 min")
    for who in (STAFF, MANAGER, replace(MARIE, guest=True)):
        answer = await chat.press(card, "Calendar file (.ics)", who)
        assert answer.reply.private
        assert answer.reply.file is not None
        (event,) = Calendar.from_ical(answer.reply.file.content).events
        assert event["sequence"] == 1


async def test_strangers_get_no_file(chat: Chat, store: Store, elementary: int) -> None:
    card = await chat.say("/meeting Elementary March 5 1pm 90 min")
    stranger = replace(MEMBER, id="nora", role=TeamRole.MEMBER)
    answer = await chat.press(card, "Calendar file (.ics)", stranger)
    assert answer.reply.file is None
    workshop = await chat.press(
        await chat.say("/workshop 3h family nights yesterday"), "PD workshops"
    )
    number = workshop.button("Move").values["id"]
    none = await chat.press(card, "Calendar file (.ics)", tampered={"session": number})
    assert none.reply.file is None


async def test_a_moved_meeting_has_a_later_file_and_a_cancelled_one_says_so(
    chat: Chat, elementary: int
) -> None:
    card = await chat.say("/meeting Elementary March 5 1pm 90 min")
    moved = await chat.say("/meeting move Elementary to March 12 at 2pm")
    off = await chat.press(moved, "Cancel it")
    files = [await chat.press(one, "Calendar file (.ics)") for one in (moved, off)]
    last = files[-1].reply.file
    assert last is not None
    calendar = Calendar.from_ical(last.content)
    (event,) = calendar.events
    assert (calendar["method"], event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 3)
    assert card.card.title == "Planned"


async def at_home(chat: Chat) -> list[str]:
    """The titles of what is said by itself now, in Marie's own chat."""
    return [said.card.title for place, said in await chat.posted() if place == "direct-marie"]


async def test_members_are_told_of_a_meeting_its_move_and_its_end(
    chat: Chat, elementary: int
) -> None:
    card = await chat.say("/meeting Elementary March 5 1pm 90 min")
    assert await at_home(chat) == ["Nouvelle rencontre"]
    moved = await chat.say("/meeting move Elementary to March 12 at 2pm")
    assert "Told\n3 members; 2 can be told privately" in moved.text
    assert await at_home(chat) == ["La rencontre est déplacée"]
    back = await chat.press(moved, "Undo")
    assert "Told" in back.text
    assert await at_home(chat) == ["La rencontre est déplacée"]
    off = await chat.press(back, "Cancel it")
    assert "Told" in off.text
    assert await at_home(chat) == ["La rencontre n’a pas lieu"]
    on = await chat.press(off, "It takes place after all")
    assert await at_home(chat) == ["Nouvelle rencontre"]
    assert on.card.title == "Changed"
    assert card.card.title == "Planned"


async def test_a_meeting_that_is_taken_back_is_told_too(chat: Chat, elementary: int) -> None:
    card = await chat.say("/meeting Elementary March 5 1pm 90 min")
    await chat.posted()
    gone = await chat.press(card, "Undo")
    assert "Told\n3 members" in gone.text
    assert await at_home(chat) == ["La rencontre n’a pas lieu"]
    await chat.press(gone, "Restore")
    assert await at_home(chat) == ["Nouvelle rencontre"]


async def test_members_are_told_what_else_of_a_meeting_changed(chat: Chat, elementary: int) -> None:
    card = await chat.say("/meeting Elementary March 5 1pm 90 min")
    await chat.posted()
    form = await chat.press(card, "Edit")
    changed = await chat.submit(form, agenda="news", length="2 h", place="https://example.org/hall")
    assert "Told\n3 members; 2 can be told privately" in changed.text
    stale = await chat.store.read(deliveries.stale, "test", 10)
    assert {address.id for _, address in stale} == {"direct-marie", "direct-luc"}
    told = dict(await chat.posted())
    luc, marie = told["direct-luc"], told["direct-marie"]
    assert luc.card.title == "The meeting has changed: its length, its place or link and its agenda"
    assert {"2 h", "https://example.org/hall", "news"} <= set(luc.text.split("\n"))
    assert marie.card.title.startswith("La rencontre a changé\u00a0: sa durée, son lieu")
    assert "Are you coming?" not in luc.text
    assert "Coming" in luc.labels
    file = (await chat.press(luc, "Calendar file (.ics)", replace(FAR, guest=True))).reply.file
    assert file is not None
    (event,) = Calendar.from_ical(file.content).events
    assert event["sequence"] == 2
    assert event.end - event.start == timedelta(hours=2)
    back = await chat.press(changed, "Undo")
    assert "Told" in back.text
    assert "has changed" in dict(await chat.posted())["direct-luc"].card.title


async def test_of_what_changes_for_the_team_alone_nobody_is_told(
    chat: Chat, elementary: int
) -> None:
    card = await chat.say("/meeting Elementary March 5 1pm 90 min")
    await chat.posted()
    changed = await chat.submit(await chat.press(card, "Edit"), registered="12", boards="EMSB")
    assert "Told" not in changed.text
    assert await chat.posted() == []


@pytest.mark.parametrize("line", ["yesterday 1pm 90 min", "today at 9am 30 min"])
async def test_of_what_is_over_nobody_is_told(chat: Chat, elementary: int, line: str) -> None:
    card = await chat.say(f"/meeting Elementary {line}")
    await chat.press(card, "Cancel it")
    assert await chat.posted() == []


async def test_a_workshop_tells_nobody(chat: Chat, elementary: int) -> None:
    card = await chat.say("/workshop 3h family nights March 5")
    await chat.press(await chat.press(card, "PD workshops"), "Cancel it")
    assert await chat.posted() == []


async def test_a_member_sees_their_meetings_to_come_and_answers(
    chat: Chat, store: Store, elementary: int
) -> None:
    await store.write(found, SECONDARY, "anne")
    luc = replace(FAR, guest=True)
    assert "No meeting of your communities" in (await chat.say("/meeting", luc)).text
    await chat.say("/meeting Elementary yesterday 1pm 90 min")
    await chat.say("/meeting Elementary March 5 1pm 90 min")
    await chat.say("/meeting Secondary and vocational March 6 1pm 90 min")
    mine = await chat.say("/meeting list", luc)
    assert "Wednesday 5 March 2025, 13:00 in Montréal (14:00 where you are)" in mine.text
    assert "Are you coming?" in mine.text
    assert "6 March" not in mine.text
    assert "yesterday" not in mine.text
    file = await chat.press(mine, "Calendar file (.ics)", luc)
    assert file.reply.file is not None
    await chat.press(await chat.press(mine, "Open", luc), "Coming", luc)
    assert "You said: coming" in (await chat.say("/meeting", luc)).text
    french = await chat.say("/rencontre", replace(MARIE, guest=True))
    assert french.card.title == "Vos rencontres"
    assert "mercredi 5 mars 2025, 13 h 00" in french.text


async def test_a_meeting_without_a_title_is_called_in_the_readers_language(
    chat: Chat, elementary: int
) -> None:
    card = await chat.say("/meeting Elementary March 5 1pm 90 min")
    assert "Meeting 1 of Elementary" in card.text
    told = dict(await chat.posted())
    assert "Rencontre 1 : Primaire" in told["direct-marie"].text
    assert "Meeting 1 of Elementary" in told["direct-luc"].text
    # Each finds it by what they see.
    moved: list[int] = []
    for line, who in (("déplacer rencontre 1", FRENCH), ("move meeting 1", STAFF)):
        to = "au 12 mars" if who is FRENCH else "to March 19"
        await chat.say(f"/rencontre {line} {to}", who)
        moved.append((await meetings(chat))[0].says.first.day)
    assert moved == [12, 19]
    listed = await chat.say("/rencontre liste", FRENCH)
    assert "Rencontre 1 : Primaire" in listed.text
    # Whoever changes something else leaves it as it is.
    form = await chat.press(await chat.press(listed, "Ouvrir", FRENCH), "Modifier", FRENCH)
    assert {one.name: one.value for one in form.form.inputs}[
        "title"
    ] == "Rencontre 1\u00a0: Primaire"
    await chat.submit(form, FRENCH, length="2 h")
    (meeting,) = await meetings(chat)
    assert meeting.says.title == "Meeting 1 of Elementary"
    opened = await chat.press(await chat.say("/meeting list"), "Open")
    assert "Meeting 1 of Elementary" in opened.text
    # A title that somebody gives is everyone's.
    await chat.submit(await chat.press(opened, "Edit"), title="Recess")
    assert "Recess" in (await chat.say("/rencontre liste", FRENCH)).text
    assert "Rencontre 1" not in (await chat.say("/rencontre liste", FRENCH)).text


async def test_whoever_plans_numbers_go_on_in_both_languages(chat: Chat, elementary: int) -> None:
    await chat.say("/meeting Elementary March 5 1pm 90 min")
    await chat.say("/rencontre Primaire 12 mars 13 h, 90 min", FRENCH)
    await chat.say("/meeting Elementary February 26 1pm 90 min")
    titles = [one.says.title for one in await meetings(chat)]
    assert titles == [
        "Meeting 3 of Elementary",
        "Meeting 1 of Elementary",
        "Rencontre 2\u00a0: Primaire",
    ]


async def test_a_community_of_one_language_has_its_titles_in_it(chat: Chat, store: Store) -> None:
    await store.write(found, replace(ELEMENTARY, language=Language.FR), "luc")
    await chat.say("/meeting Elementary March 5 1pm 90 min")
    assert "Rencontre 1 : Primaire" in (await chat.say("/meeting list")).text


async def test_a_community_and_its_meetings_lead_to_each_other(
    chat: Chat, store: Store, elementary: int
) -> None:
    await store.write(found, SECONDARY, "anne")
    for day in range(3, 11):
        await chat.say(f"/meeting Elementary 2025-03-{day:02} 1pm 90 min")
    await chat.say("/meeting Secondary and vocational March 6 1pm 90 min")
    card = await chat.say("/community Elementary")
    listed = await chat.press(card, "Meetings to come")
    assert not listed.reply.replace
    assert listed.card.title == "Meetings of Elementary"
    assert "vocational" not in listed.text
    later = await chat.press(listed, "Later")
    assert later.card.title == "Meetings of Elementary"
    assert "10 March" in later.text
    meeting = await chat.press(listed, "Open")
    assert "Move" in meeting.labels
    assert (await chat.press(meeting, "The community")).card.title == "Elementary"
    # A member answers there; who is none sees nothing.
    luc = replace(FAR, guest=True)
    theirs = await chat.press(card, "Meetings to come", luc)
    assert "Coming" in (await chat.press(theirs, "Open", luc)).labels
    nora = Newcomer("test", "nora", "Nora Newell", "fr-CA", guest=True)
    other = await chat.press(card, "Meetings to come", nora)
    assert "Aucune de ses rencontres" in other.text
    assert (await chat.say("/community Elementary", nora)).labels == ["Pratiques"]


async def test_a_members_line_plans_nothing(chat: Chat, elementary: int) -> None:
    await chat.say("/meeting Elementary March 5 1pm 90 min", replace(FAR, guest=True))
    assert await meetings(chat) == []


async def test_a_member_turns_pages(chat: Chat, elementary: int) -> None:
    for day in range(3, 8):
        await chat.say(f"/meeting Elementary 2025-03-{day:02} 1pm 90 min")
        await chat.say(f"/meeting Elementary 2025-04-{day:02} 1pm 90 min")
    luc = replace(FAR, guest=True)
    first = await chat.say("/meeting", luc)
    second = await chat.press(first, "Later", luc)
    assert "7 April" in second.text
    assert (await chat.press(second, "Earlier", luc)).text == first.text


async def test_the_list_narrows_to_a_community_whatever_its_titles(
    chat: Chat, store: Store, elementary: int
) -> None:
    await store.write(found, SECONDARY, "anne")
    await chat.say("/meeting Elementary: sharing, March 5 1pm 90 min")
    await chat.say("/meeting Secondary and vocational March 6 1pm 90 min")
    listed = await chat.say("/meeting list primaire")
    assert "Sharing" in listed.text
    assert "vocational" not in listed.text
    await chat.say("/meeting Elementary March 26 1pm 90 min")
    numbered = await chat.say("/meeting move meeting 2 of elementary to March 27")
    assert "Thursday 27 March 2025" in numbered.text
    await chat.press(numbered, "Cancel it")
    moved = await chat.say("/meeting move elementary to March 12 at 2pm")
    assert "Wednesday 12 March 2025" in moved.text
