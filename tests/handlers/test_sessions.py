"""/workshop and /meeting: by line and by form, a target proposed; moved, cancelled, undone."""

from datetime import date

import pytest

from handlers.lines.calendar import When
from handlers.lines.words import Names
from handlers.sessions import line, proposing
from storage import figures, sessions
from storage.plan_files import load_plans
from storage.sessions import Session
from tests.conversation import FRENCH, MANAGER, MEMBER, STAFF, Answer, Chat

PLANS = load_plans(None)
PLAN = PLANS.get("clc-2024-25")
NAMES = Names(PLANS.network)
WHEN = When(date(2025, 2, 12), PLAN.ends)
WORKSHOP = "/workshop 3h family engagement yesterday, 14 people, EMSB RSB, theme outcome"


def read(text: str) -> line.Said:
    return line.read(text, when=WHEN, names=NAMES, half_day=180)


async def kept(chat: Chat) -> list[Session]:
    found = await chat.store.read(sessions.found, "", PLAN.starts, date(2026, 1, 1), limit=50)
    return [one.says for one in found]


async def recorded(chat: Chat) -> Answer:
    return await chat.press(await chat.say(WORKSHOP), "PD workshops")


@pytest.mark.parametrize(
    ("said", "title", "minutes", "days", "starts"),
    [
        (WORKSHOP[10:], "family engagement", 180, [(2025, 2, 11)], ""),
        ("full day CLC development Nov 20, theme of our choice", "CLC development", 360,
         [(2024, 11, 20)], ""),
        ("demi-journée engagement des familles hier", "engagement des familles", 180,
         [(2025, 2, 11)], ""),
        ("une journée complète Cartographie 9 avril", "Cartographie", 360, [(2025, 4, 9)], ""),
        ("orientation for new CDAs 17 and 18 Sept, two days", "orientation for new CDAs", 360,
         [(2024, 9, 17), (2024, 9, 18)], ""),
        ("orientation des nouveaux ADC du 21 au 22 janvier, 6 h", "orientation des nouveaux ADC",
         360, [(2025, 1, 21), (2025, 1, 22)], ""),
        ("two days Welcome to the network May 5", "Welcome to the network", 360,
         [(2025, 5, 5), (2025, 5, 6)], ""),
        ("PLC Feb 12 90 min 1pm", "PLC", 90, [(2025, 2, 12)], "13:00"),
        ("PLC demain 13 h 30, 90 min", "PLC", 90, [(2025, 2, 13)], "13:30"),
        ("PLC le 28 mai à 13 h 30, 90 min", "PLC", 90, [(2025, 5, 28)], "13:30"),
        ("représentants le 28 mai 9 h à 12 h", "représentants", 180, [(2025, 5, 28)], "09:00"),
        ("Mental health from 9am to noon on March 5", "Mental health", 180, [(2025, 3, 5)],
         "09:00"),
        ("webinar for principals next Wednesday 1h", "webinar for principals", 60,
         [(2025, 2, 19)], ""),
        ("dans deux semaines 3 h Bien-être", "Bien-être", 180, [(2025, 2, 26)], ""),
    ],
)  # fmt: skip
def test_a_line_says_title_length_days_and_time(
    said: str, title: str, minutes: int, days: list[tuple[int, int, int]], starts: str
) -> None:
    found = read(said)
    assert (found.title, found.minutes, found.starts) == (title, minutes, starts)
    assert found.days == tuple(date(*day) for day in days)
    assert found.questions == ()


@pytest.mark.parametrize(
    ("said", "boards", "counts"),
    [
        ("3h Budget, 14 people, EMSB RSB", ("EMSB", "RSB"), (("", 14),)),
        ("3h Budget, 14 personnes, CSEM 9 RSB 5", ("EMSB", "RSB"), (("EMSB", 9), ("RSB", 5))),
        ("3h Budget, 14 participants (EMSB 9, RSB 3)", ("EMSB", "RSB"),
         (("EMSB", 9), ("RSB", 3), ("", 2))),
        ("3h Budget 9 from EMSB, 5 from RSB", ("EMSB", "RSB"), (("EMSB", 9), ("RSB", 5))),
        ("75 min Budget, 24 parents", (), (("", 24),)),
        ("3h Budget", (), ()),
    ],
)  # fmt: skip
def test_a_line_counts_heads_by_board(
    said: str, boards: tuple[str, ...], counts: tuple[tuple[str, int], ...]
) -> None:
    found = read(said)
    assert (found.title, set(found.boards), found.counts) == ("Budget", set(boards), counts)


@pytest.mark.parametrize(
    ("said", "target", "plain"),
    [
        ("3h family engagement", "pd-workshops", False),
        ("60 min for parents", "family-workshops", False),
        ("1h webinar for principals", "principal-webinars", False),
        ("75 min students and CEGEP", "cegep-workshop", True),
        ("90 min PLC", "plc-meetings", True),
        ("2h rencontre des représentants", "board-rep-meetings", True),
        ("orientation for new CDAs 17 and 18 Sept", "onboarding-sessions", True),
        ("2h for early transition agents", "transition-workshops", False),
        ("3h Bien-être, thème au choix", "pd-workshops", False),
    ],
)
def test_the_target_that_fits_best_is_proposed_and_one_named_plainly_is_known(
    said: str, target: str, plain: bool
) -> None:
    found = read(said)
    assert proposing.proposed(PLAN, found)[0].id == target
    assert proposing.named(PLAN, found, said) == (target if plain else "")


def test_a_plan_without_sessions_has_nothing_to_propose() -> None:
    other = PLANS.get("wellbeing-communities-2021-24")
    for said in ("3h PLC", "orientation des nouveaux"):
        assert proposing.named(other, read(said), said) in {"", *(t.id for t in other.target)}


async def test_a_workshop_is_recorded_once_its_target_is_chosen(chat: Chat) -> None:
    asked = await chat.say(WORKSHOP)
    assert "Nothing is recorded yet" in asked.text
    assert await kept(chat) == []
    done = await chat.press(asked, "PD workshops")
    for said in ("Family engagement", "identified outcome areas", "Tuesday 11 February 2025",
                 "3 h", "EMSB and RSB", "14"):  # fmt: skip
        assert said in done.text
    assert await chat.hours("pd-workshops") == 1
    gone = await chat.press(done, "Undo")
    assert "no longer counts" in gone.text
    assert await chat.hours("pd-workshops") == 0
    await chat.press(gone, "Restore")
    assert await chat.hours("pd-workshops") == 1
    assert "was changed since" in (await chat.press(done, "Undo")).text


async def test_a_delivery_that_comes_again_records_nothing_again(chat: Chat) -> None:
    asked = await chat.say(WORKSHOP)
    first = await chat.press(asked, "PD workshops", key="same")
    again = await chat.press(asked, "PD workshops", key="same")
    assert first.text == again.text
    assert len(await kept(chat)) == 1


async def test_a_target_named_plainly_is_shown_and_can_be_changed(chat: Chat) -> None:
    done = await chat.say("/rencontre PLC demain 13 h 30, 90 min", FRENCH)
    assert "Planifiée" in done.text
    assert "13:30" in done.text
    assert await chat.hours("plc-meetings") == 0
    form = await chat.press(done, "Modifier", FRENCH)
    moved = await chat.submit(form, FRENCH, day="2025-02-10", target="board-rep-meetings")
    assert "Modifiée" in moved.text
    assert await chat.hours("board-rep-meetings") == 1


async def test_the_part_is_asked_for_on_the_receipt(chat: Chat) -> None:
    done = await chat.press(
        await chat.say("/workshop 3h Calm classrooms yesterday"), "PD workshops"
    )
    assert "For which part" in done.text
    done = await chat.press(done, PLAN.target[0].part[1].name.en)
    assert "For which part" not in done.text
    read_ = await chat.store.read(figures.read, PLAN, chat.now.date())
    assert [part.actual for part in read_[0].parts] == [0, 1]


async def test_why_a_session_does_not_count_is_said(chat: Chat) -> None:
    short = await chat.press(await chat.say("/workshop 1h Budget yesterday"), "PD workshops")
    assert "Too short to count" in short.text
    one_day = await chat.say("/workshop orientation for new CDAs yesterday, 6h")
    assert "It takes 2 days" in one_day.text
    unnamed = await chat.say("/workshop CEGEP yesterday 75 min, 86 students")
    assert "nobody is named" in unnamed.text
    assert "86" in unnamed.text
    chat.pass_time(days=200)
    late = await chat.say("/meeting PLC yesterday 90 min")
    assert "No action plan covers that day" in late.text


async def test_what_is_open_is_asked_and_nothing_typed_is_lost(chat: Chat) -> None:
    form = await chat.say("/workshop family engagement yesterday, 14 people, EMSB 9 RSB 5")
    values = {one.name: one.value for one in form.form.inputs}
    assert values["title"] == "Family engagement"
    assert values["day"] == "2025-02-11"
    wrong = await chat.submit(form, length="soon", starts="25:00", more_days="2025-02-11", title="")
    assert {one.name for one in wrong.form.inputs if one.error} == {
        "length", "starts", "more_days", "title"
    }  # fmt: skip
    done = await chat.submit(form, length="half day", target="pd-workshops")
    assert "14 (EMSB 9 and RSB 5)" in done.text
    two_ways = await chat.say("/workshop 3h grant writing 03/04")
    assert "read two ways" in two_ways.text
    which = await chat.press(two_ways, "Thursday 3 April 2025")
    planned = await chat.press(which, "PD workshops")
    assert "counts once it is over" in planned.text


async def test_heads_of_a_planned_session_are_those_registered(chat: Chat) -> None:
    done = await chat.say("/meeting PLC tomorrow 90 min, 14 people")
    assert "Registered" in done.text
    assert "Participants" not in done.text


async def test_a_session_is_moved_cancelled_and_held_after_all(chat: Chat) -> None:
    done = await recorded(chat)
    moved = await chat.submit(await chat.press(done, "Move"), day="2025-02-10", starts="13 h 30")
    assert "Monday 10 February 2025" in moved.text
    wrong = await chat.submit(await chat.press(moved, "Move"), day="soon", starts="9")
    assert any(one.error for one in wrong.form.inputs)
    cancelled = await chat.press(moved, "Cancel it")
    assert await chat.hours("pd-workshops") == 0
    assert "counts nowhere" in cancelled.text
    await chat.press(cancelled, "It takes place after all")
    assert await chat.hours("pd-workshops") == 1


async def test_a_line_moves_and_cancels(chat: Chat) -> None:
    await recorded(chat)
    await chat.say("/meeting PLC tomorrow 90 min")
    form = await chat.say("/workshop move family engagement to March 5")
    assert form.form.inputs[0].value == "2025-03-05"
    await chat.submit(form)
    assert (await kept(chat))[0].first == date(2025, 3, 5)
    gone = await chat.say("/rencontre annuler PLC", FRENCH)
    assert "Annulée" in gone.text
    for nobody in ("/workshop cancel zebra", "/workshop move zebra to March 5"):
        assert "find no session" in (await chat.say(nobody)).text
    which = await chat.say("/workshop cancel")
    assert "No session has taken place" in which.text or "Which session" in which.text


async def test_the_list_has_pages_and_opens_each(chat: Chat) -> None:
    for n in range(8):
        await chat.say(f"/meeting PLC number{n} 2025-01-{n + 10} 90 min")
    first = await chat.say("/meeting list")
    assert first.text.count("PLC number") == 6
    second = await chat.press(first, "Earlier")
    assert second.text.count("PLC number") == 2
    assert "Later" in second.labels
    opened = await chat.press(second, "Open")
    assert "Who came" in opened.labels
    assert (await chat.say("/meeting list number3")).text.count("PLC number") == 1
    assert "No session here" in (await chat.say("/rencontre list October")).text


async def test_members_of_communities_record_nothing(chat: Chat) -> None:
    done = await recorded(chat)
    for said in ("/workshop 3h A", "/meeting", "/workshop list", "/workshop cancel A"):
        assert (await chat.say(said, MEMBER)).reply.refused
    for label in done.labels:
        if label not in ("Who came", "Feedback"):
            assert (await chat.press(done, label, MEMBER)).reply.refused
    assert len(await kept(chat)) == 1


async def test_a_forged_target_or_part_is_refused(chat: Chat) -> None:
    asked = await chat.say(WORKSHOP)
    forged = await chat.press(asked, "PD workshops", tampered={"target": "accompaniment-hours"})
    assert forged.reply.refused
    form = await chat.say("/workshop")
    wrong = await chat.submit(
        form, STAFF, title="A", target="king", length="3h", boards="ATLANTIS", audience="king"
    )
    assert {one.name for one in wrong.form.inputs if one.error} == {"target", "boards", "audience"}
    assert await kept(chat) == []


async def test_managers_and_colleagues_change_what_is_the_teams(chat: Chat) -> None:
    done = await recorded(chat)
    form = await chat.press(done, "Edit", MANAGER)
    changed = await chat.submit(form, MANAGER, theme="families")
    assert "Recorded by" in changed.text
    assert "families" in changed.text
