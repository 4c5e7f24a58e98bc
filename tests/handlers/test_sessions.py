"""/workshop and /meeting: by line and by form, a target proposed; moved, cancelled, undone."""

from dataclasses import replace
from datetime import date

import pytest

from bot.dispatch import Dispatch
from handlers.all import everything
from handlers.chat.cards import Facts, Style
from handlers.lines.calendar import When
from handlers.lines.words import Names
from handlers.sessions import line, proposing
from storage import figures, session_sums, sessions
from storage.plan import Measure
from storage.plan_files import Plans, load_plans
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
        ("PLC le 28 mai 13 h 90 min", "PLC", 90, [(2025, 5, 28)], "13:00"),
        ("PLC le 28 mai à 13 h 120 min", "PLC", 120, [(2025, 5, 28)], "13:00"),
        ("PLC May 28 13:00 90 min", "PLC", 90, [(2025, 5, 28)], "13:00"),
        ("PLC May 28 9:30 2h", "PLC", 120, [(2025, 5, 28)], "09:30"),
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
    found, targets = read(said), proposing.of_sessions(PLAN)
    assert proposing.proposed(targets, found)[0].id == target
    assert proposing.named(targets, found, said) == (target if plain else "")


def test_only_targets_that_there_are_are_proposed() -> None:
    other = proposing.of_sessions(PLANS.get("wellbeing-communities-2021-24"))
    for said in ("3h PLC", "orientation des nouveaux ADC"):
        assert proposing.named(other, read(said), said) == ""
        assert proposing.proposed(other, read(said)) == [*other]
    assert proposing.proposed([], read("3h PLC")) == []
    # One that nothing here knows is proposed by the words of its name.
    assert proposing.fit(other[0], read("90 min community meeting")) > 0
    assert proposing.fit(other[0], read("90 min budget")) == 0


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
    assert "13 h 30" in done.text
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
    moved = await chat.say("/workshop move family engagement to March 5 at 1pm")
    assert "Wednesday 5 March 2025" in moved.text
    assert ((await kept(chat))[0].first, (await kept(chat))[0].starts) == (
        date(2025, 3, 5),
        "13:00",
    )
    await chat.press(moved, "Undo")
    assert {one.first for one in await kept(chat)} == {date(2025, 2, 11), date(2025, 2, 13)}
    gone = await chat.say("/rencontre annuler PLC", FRENCH)
    assert "Annulée" in gone.text
    for nobody in ("/workshop cancel zebra", "/workshop move zebra to March 5"):
        assert "find no session" in (await chat.say(nobody)).text
    which = await chat.say("/workshop cancel")
    assert "Which session" in which.text


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
    for said in ("/workshop 3h A", "/meeting PLC 90 min", "/workshop list", "/workshop cancel A"):
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


async def test_a_full_day_and_a_half_day_are_said_to_be(chat: Chat) -> None:
    asked = await chat.say("/workshop full day CLC development Nov 20, theme of our choice")
    assert "6 h (full day)" in asked.text
    french = await chat.say("/atelier demi-journée engagement des familles hier", FRENCH)
    assert "3 h (demi-journée)" in french.text
    two = await chat.say("/workshop orientation for new CDAs 17 and 18 Sept, two days")
    assert "6 h a day, 2 days" in two.text
    assert "Tuesday 17 September 2024 and Wednesday 18 September 2024" in two.text
    assert await chat.hours("onboarding-sessions") == 1


async def test_another_target_is_a_press_away_where_nobody_chose_it(chat: Chat) -> None:
    done = await chat.say("/meeting PLC yesterday 90 min, EMSB")
    assert await chat.hours("plc-meetings") == 1
    others = await chat.press(done, "Other target")
    assert "PLC meetings" not in others.labels
    forged = await chat.press(
        others, "Meetings with school board reps", tampered={"target": "partner-hours"}
    )
    assert forged.reply.refused
    stays = await chat.press(others, "Leave it as it is")
    assert "PLC meetings" in stays.text
    moved = await chat.press(others, "Meetings with school board reps")
    assert await chat.hours("plc-meetings") == 0
    assert await chat.hours("board-rep-meetings") == 1
    await chat.press(moved, "Undo")
    assert await chat.hours("plc-meetings") == 1
    assert (await chat.press(done, "Other target", MEMBER)).reply.refused
    chosen = await recorded(chat)
    assert "Other target" not in chosen.labels


async def test_a_part_is_kept_only_where_the_other_target_has_it(chat: Chat) -> None:
    form = await chat.say("/workshop")
    done = await chat.submit(
        form, title="A", target="pd-workshops", area="outcome-area", day="2025-02-10", length="3h"
    )
    other = await chat.press(
        await chat.press(done, "Other target"), "No target: kept and reported all the same"
    )
    assert "identified outcome areas" not in other.text
    assert [(one.target, one.area) for one in await kept(chat)] == [("other", "")]


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("/workshop 1h budget yesterday", ""),
        ("/meeting budget yesterday 90 min", "PLC meetings"),
        ("/meeting board reps yesterday 2h", "Meetings with school board reps"),
        ("/workshop Mettre le cap sur la réussite 3h yesterday", "PD workshops"),
        ("/workshop accueil des nouveaux arrivants 3h yesterday", "PD workshops"),
        ("/workshop orientation to the network for principals 1h yesterday",
         "Webinars for CLC principals"),
        ("/workshop 2h agents de transition hier", "Workshops for early-transition agents"),
        ("/workshop full day Mapping yesterday, identified outcome areas", "PD workshops"),
        ("/workshop full day Mapping yesterday, axes de résultats définis", "PD workshops"),
    ],
)  # fmt: skip
async def test_what_is_not_named_plainly_is_asked(chat: Chat, said: str, first: str) -> None:
    asked = await chat.say(said)
    assert "Which target" in asked.text
    assert await kept(chat) == []
    primary = [one.label for one in asked.card.actions if one.style is Style.PRIMARY]
    assert primary == ([first] if first else [])
    assert ("nothing you say points to one" in asked.text) == (not first)


async def test_without_a_plan_that_has_targets_of_sessions_it_is_kept_for_none(chat: Chat) -> None:
    others = tuple(one for one in PLAN.target if one.measure is not Measure.SESSIONS)
    plans = Plans((PLAN.model_copy(update={"target": others}),))
    chat.dispatch = Dispatch(chat.store, plans, everything(), lambda: chat.now, "staff")
    asked = await chat.say("/workshop 3h Mapping yesterday")
    assert asked.labels == ["No target: kept and reported all the same", "Open the form"]
    done = await chat.press(asked, asked.labels[0])
    assert "No target" in done.text
    form = await chat.say("/workshop Mapping yesterday")
    assert {one.name: one.value for one in form.form.inputs}["title"] == "Mapping"


async def test_boards_that_are_missing_are_asked_for(chat: Chat) -> None:
    done = await chat.say("/meeting PLC yesterday 90 min, 12 people")
    assert "From which school boards" in done.text
    form = await chat.press(done, "Add")
    done = await chat.submit(form, boards="EMSB,RSB")
    assert "From which school boards" not in done.text
    assert "EMSB and RSB" in done.text
    by_board = await chat.say("/meeting PLC second yesterday 90 min, EMSB 9 RSB 3")
    assert "From which school boards" not in by_board.text
    planned = await chat.say("/rencontre CAP demain 90 min", FRENCH)
    assert "De quelles commissions" not in planned.text


async def test_a_session_recorded_twice_is_seen(chat: Chat) -> None:
    await chat.say("/meeting PLC yesterday 90 min, EMSB")
    twice = await chat.say("/meeting plc yesterday 90 min, EMSB", MANAGER)
    assert "is it recorded twice" in twice.text
    first = await chat.press(twice, "Open")
    assert "is it recorded twice" in first.text
    await chat.press(twice, "Undo", MANAGER)
    assert "is it recorded twice" not in (await chat.press(twice, "Open")).text


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("/workshop list of resources 3h yesterday", "List of resources"),
        ("/workshop cancel culture in schools 3h yesterday", "Cancel culture in schools"),
        ("/atelier déplacer les montagnes 3 h hier", "Déplacer les montagnes"),
        ("/workshop for parents on transitions yesterday 60 min", "For parents on transitions"),
        ("/atelier 3 h pour les parents d'EMSB hier", "Pour les parents"),
    ],
)
async def test_a_title_may_start_with_any_word(chat: Chat, said: str, title: str) -> None:
    facts = (await chat.say(said)).card.blocks[0]
    assert isinstance(facts, Facts)
    assert facts.rows[0] == ("Title", title)


async def test_what_is_not_sure_is_asked(chat: Chat) -> None:
    number = await chat.say("/meeting PLC yesterday 90 min 14")
    errors = {one.name: one.error for one in number.form.inputs if one.error}
    assert "14 people" in errors["title"]
    two = await chat.say("/workshop 3h webinar to discuss the June 5 fair, yesterday")
    assert "more than one date" in two.text
    assert {"Tuesday 11 February 2025", "Thursday 5 June 2025"} <= set(two.labels)
    form = await chat.press(two, "Open the form")
    filled = {one.name: one.value for one in form.form.inputs}
    assert (filled["day"], filled["length"]) == ("", "3\u00a0h")
    three = await chat.say("/workshop three days Mapping 17 and 18 March")
    assert "more than one date" in three.text
    from_monday = await chat.press(three, "Monday 17 March 2025")
    assert "6 h a day, 3 days" in from_monday.text
    far = await chat.say("/meeting PLC 2031-01-14 90 min")
    assert "far ahead" in far.text
    uneven = await chat.say("/workshop a day and a half Mapping April 3")
    assert {one.name: one.value for one in uneven.form.inputs}["length"] == ""
    assert await kept(chat) == []


async def test_next_years_session_is_planned_with_its_year(chat: Chat) -> None:
    done = await chat.say("/meeting PLC 2026-01-14 90 min")
    assert "Wednesday 14 January 2026" in done.text
    assert "No action plan covers that day" in done.text


async def test_the_list_takes_words_of_a_target_and_months_to_come(chat: Chat) -> None:
    await recorded(chat)
    await chat.say("/meeting PLC budget April 8 90 min")
    await chat.say("/meeting PLC grants March 11 90 min")
    assert "Family engagement" in (await chat.say("/workshop list PD")).text
    french = await chat.say("/atelier liste perfectionnement", FRENCH)
    assert "Family engagement" in french.text
    assert "PLC" not in french.text
    april = await chat.say("/workshop list April")
    assert "PLC budget" in april.text
    assert "Planned" in april.text
    assert "PLC grants" not in april.text
    assert "PLC grants" in (await chat.say("/atelier liste le mois prochain", FRENCH)).text
    assert "PLC budget" in (await chat.say("/meeting list PLC April")).text


async def test_a_line_moves_to_a_day_and_a_time_or_asks(chat: Chat) -> None:
    await chat.say("/meeting PLC tomorrow 90 min 1pm")
    moved = await chat.say("/rencontre déplacer PLC au 5 mars, 9 h à 12 h", FRENCH)
    assert "mercredi 5 mars 2025" in moved.text
    assert [(one.starts, one.minutes) for one in await kept(chat)] == [("09:00", 180)]
    form = await chat.say("/meeting move PLC to Monday")
    assert [one.value for one in form.form.inputs] == ["2025-02-17", "09:00"]
    assert [one.value for one in (await chat.say("/meeting move PLC")).form.inputs] == [
        "2025-03-05",
        "09:00",
    ]
    await chat.say("/meeting PLC grants March 11 90 min")
    which = await chat.say("/meeting move PLC to March 12")
    assert "Which session" in which.text
    await chat.press(which, "This one")  # the newest
    assert {one.first for one in await kept(chat)} == {date(2025, 3, 5), date(2025, 3, 12)}
    forged = await chat.press(which, "This one", tampered={"starts": "25:00"})
    assert forged.reply.refused
    assert "Which session" in (await chat.say("/meeting move")).text
    by_word = await chat.say("/meeting postpone grants to March 13")
    assert "Thursday 13 March 2025" in by_word.text


async def test_the_days_of_a_session_move_together(chat: Chat) -> None:
    await chat.say("/workshop orientation for new CDAs 17 and 18 March, two days")
    moved = await chat.say("/workshop move orientation to March 24")
    assert "Monday 24 March 2025 and Tuesday 25 March 2025" in moved.text


async def test_a_session_is_named_by_a_day_to_come(chat: Chat) -> None:
    await chat.say("/meeting PLC tomorrow 90 min")
    await chat.say("/meeting PLC today 90 min")
    await chat.say("/meeting PLC grants March 11 90 min")
    gone = await chat.say("/meeting cancel tomorrow")
    assert "Thursday 13 February 2025" in gone.text
    assert "counts nowhere" in gone.text
    assert "Tuesday 11 March 2025" in (await chat.say("/meeting cancel PLC on March 11")).text
    which = await chat.say("/meeting cancel zebra today")  # no word of its title: asked
    assert "Which session" in which.text
    gone = await chat.press(which, "This one")
    assert "Wednesday 12 February 2025" in gone.text
    assert "No session has taken place" in (await chat.say("/meeting cancel")).text


async def test_those_to_come_are_offered_first(chat: Chat) -> None:
    for said in ("past yesterday", "late April 8", "soon tomorrow"):
        await chat.say(f"/meeting PLC {said} 90 min")
    which = await chat.say("/meeting cancel")
    assert [line for line in which.text.splitlines() if "· PLC" in line] == [
        "Thu 13 Feb · PLC soon",
        "Tue 8 Apr · PLC late",
        "Tue 11 Feb · PLC past",
    ]


async def test_undone_its_attendance_and_feedback_count_nowhere(chat: Chat) -> None:
    done = await recorded(chat)
    await chat.say("/feedback family engagement 8 of 14, 6 positive")

    async def sums() -> tuple[int, int, int]:
        target = PLAN.target[0]
        found = await chat.store.read(session_sums.by_area, target, PLAN.starts, PLAN.ends)
        whole = sum(found.values(), session_sums.Sum())
        return whole.participants, whole.answered, whole.positive

    assert await sums() == (14, 8, 6)
    assert await chat.hours("pd-feedback") == 0.75
    gone = await chat.press(done, "Undo")
    assert await sums() == (0, 0, 0)
    assert await chat.hours("pd-feedback") is None
    back = await chat.press(gone, "Restore")
    assert await sums() == (14, 8, 6)
    await chat.press(back, "Cancel it")
    assert await sums() == (0, 0, 0)
    assert await chat.store.read(lambda tx: list(session_sums.wrong(tx))) == []


async def test_how_pleased_a_few_were_is_for_managers(chat: Chat) -> None:
    await recorded(chat)
    await chat.say("/feedback family engagement 4 of 14, 3 positive")
    opened = await chat.press(await chat.say("/workshop list"), "Open")
    assert "4 of 14" in opened.text
    assert "positive" not in opened.text
    assert "3 positive" in (
        await chat.press(await chat.say("/workshop list", MANAGER), "Open", MANAGER)
    ).text  # fmt: skip
    await chat.say("/feedback family engagement 5 of 14, 3 positive")
    opened = await chat.press(await chat.say("/workshop list"), "Open")
    assert "5 of 14, 3 positive" in opened.text


async def test_heads_that_a_form_carries_are_a_strangers_word(chat: Chat) -> None:
    form = await chat.say("/workshop Mapping yesterday, EMSB 9 RSB 5")
    for counts in ("ATLANTIS 9", "EMSB 0", "EMSB many", "9 EMSB"):
        forged = Answer(replace(form.reply, says=replace(form.form, values={"counts": counts})))
        refused = await chat.submit(forged, length="3h", target="pd-workshops")
        assert refused.reply.refused
    assert await kept(chat) == []
