"""Surveys and journals by chat: sent out, handed in by name, from a file and by oneself."""

import json
from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from handlers.chat.incoming import Incoming, Kind, Place
from storage import records, rosters, surveys
from storage.engine import Tx
from storage.people import Newcomer, TeamRole
from storage.rosters import Member
from storage.surveys import COMPLETION, SURVEY, Completion, Source, Survey
from tests.conversation import ADMIN, FRENCH, MANAGER, MEMBER, STAFF, Answer, Chat
from tests.storage.making import NOW, meet

TODAY = date(2025, 2, 12)
KAYLA = Newcomer("test", "kayla", "Kayla", "en-CA", guest=True, email="kayla@littoral.example")
ROSTER = (
    Member("Marie Tremblay", "marie@emsb.example", "cda", "EMSB"),
    Member("John O’Brien", "john@rsb.example", "cda", "RSB"),
    Member("Kayla Anderson", "kayla@littoral.example", "cda", "LITTORAL"),
    Member("Noémie Côté", "", "cda", "EMSB", starts=date(2025, 2, 3)),
    Member("Paul Roy", "", "cda", "ETSB"),
    Member("Paul Roy", "", "cda", "WQSB"),
    Member("Aïcha Diallo", "aicha@rsb.example", "principal", "RSB"),
)


@pytest.fixture
async def listed(chat: Chat) -> Chat:
    """A conversation with six CDAs and a principal on the roster."""

    def enrol(tx: Tx) -> None:
        by = meet(tx, "Manager", TeamRole.MANAGER)
        for says in ROSTER:
            rosters.add(tx, says, by, NOW)

    await chat.store.write(enrol)
    return chat


async def act(chat: Chat, name: str, values: Mapping[str, str], who: Newcomer = STAFF) -> Answer:
    """Press a button that no card here has."""
    place = Place(who.platform, f"direct-{who.id}", True)
    key = f"act-{name}-{abs(hash((json.dumps(dict(values)), who.id, chat.now)))}"
    return Answer(await chat.dispatch(Incoming(who, place, Kind.PRESS, key, name, "", values)))


async def acts(chat: Chat) -> list[Completion]:
    """What was recorded and counts."""

    def read(tx: Tx) -> list[Completion]:
        return [one.says for one in records.every(tx, COMPLETION) if one.voided is None]

    return await chat.store.read(read)


async def out(chat: Chat) -> list[Survey]:
    """The surveys and journals that count."""

    def read(tx: Tx) -> list[Survey]:
        return [one.says for one in records.every(tx, SURVEY) if one.voided is None]

    return await chat.store.read(read)


async def test_a_survey_is_sent_out_by_a_line_taken_back_and_restored(listed: Chat) -> None:
    sent = await listed.say("/survey open CDAs today closes 2025-06-20", MANAGER)
    for said in ("Sent out", "6 CDAs", "0 of 6 (0%)", "Friday 20 June 2025"):
        assert said in sent.text
    survey = Survey("survey-cdas", "Year-end survey, CDAs", TODAY, date(2025, 6, 20))
    assert await out(listed) == [survey]
    gone = await listed.press(sent, "Undo", MANAGER)
    assert "no longer counts" in gone.text
    assert await out(listed) == []
    assert "Put back" in (await listed.press(gone, "Restore", MANAGER)).text
    assert await out(listed) == [survey]


async def test_what_a_line_leaves_open_is_asked_in_a_form(listed: Chat) -> None:
    opened = await listed.say("/survey open principals", MANAGER)
    filled = {one.name: one.value for one in opened.form.inputs}
    assert filled == {
        "target": "survey-principals",
        "opened": "2025-02-12",
        "closes": "",
        "title": "",
    }
    wrong = await listed.submit(
        opened, MANAGER, target="journals-cdas", opened="2025-07-01", closes="2024-01-01"
    )
    assert {one.name for one in wrong.form.inputs if one.error} == {"target", "opened", "closes"}
    wrong = await listed.submit(opened, MANAGER, opened="soon", closes="2026-01-01", title="\0")
    assert {one.name for one in wrong.form.inputs if one.error} == {"opened", "closes", "title"}
    wrong = await listed.submit(opened, MANAGER, closes="soon")
    assert {one.name for one in wrong.form.inputs if one.error} == {"closes"}
    assert await out(listed) == []
    planned = await listed.submit(opened, MANAGER, opened="2025-06-02", title="Leaders’ survey")
    assert "Planned" in planned.text
    assert "Record who did" not in planned.labels
    edited = await listed.press(planned, "Edit", MANAGER)
    changed = await listed.submit(edited, MANAGER, opened="2025-02-10")
    assert "Changed" in changed.text
    assert await out(listed) == [
        Survey("survey-principals", "Leaders’ survey", date(2025, 2, 10)),
    ]
    back = await listed.press(changed, "Undo", MANAGER)
    assert "Put back as it was" in back.text
    assert "has the plan" not in (await listed.say("/survey open", MANAGER)).text


async def test_two_of_one_target_on_one_day_would_count_twice(listed: Chat) -> None:
    await listed.say("/survey open CDAs today", MANAGER)
    again = await listed.say("/survey open CDAs today", MANAGER)
    assert "goes out on Wednesday 12 February 2025 already" in again.text
    assert len(await out(listed)) == 1


async def test_journals_are_numbered_and_each_has_its_roster(listed: Chat) -> None:
    first = await listed.say("/journal open yesterday closes 2025-02-28", MANAGER)
    assert "Journal 1" in first.text
    assert "Journal 2" in (await listed.say("/journal open today", MANAGER)).text
    shown = await listed.say("/journal list", STAFF)
    assert [one.text for one in shown.card.blocks if one.block == "item"] == [
        "Journal 2",
        "Journal 1",
    ]
    opened = await listed.press(shown, "Open", STAFF)
    assert opened.labels == ["Record who did", "What was recorded"]
    assert "Nothing yet" in (await listed.press(opened, "What was recorded")).text


async def test_a_survey_in_no_plans_time_says_so(listed: Chat) -> None:
    form = await listed.say("/survey open CDAs 2019-09-01", MANAGER)
    opened = await listed.submit(form, MANAGER, opened="2019-09-01")
    assert "No action plan covers that day" in opened.text
    assert "Who is missing" not in opened.labels
    nobody = await listed.submit(form, MANAGER, target="survey-reps", opened="2001-09-01")
    assert "Nobody was on that roster" in nobody.text


@pytest.mark.parametrize("who", [STAFF, MEMBER])
async def test_only_managers_send_out(listed: Chat, who: Newcomer) -> None:
    sent = await listed.say("/survey open CDAs today", MANAGER)
    for line in ("/survey open CDAs today", "/journal open", "/journal ouvrir"):
        assert (await listed.say(line, who)).reply.refused
    for label in ("Edit", "Undo"):
        assert (await listed.press(sent, label, who)).reply.refused
    new = await listed.say("/survey open", MANAGER)
    assert (await listed.submit(new, who)).reply.refused
    id = sent.button("Undo").values["id"]
    assert (await act(listed, "survey.void", {"id": id, "version": "1"}, who)).reply.refused
    assert (await act(listed, "survey.new", {"what": "survey"}, who)).reply.refused
    assert len(await out(listed)) == 1


async def test_names_are_recorded_as_one_act_and_taken_back_as_one(listed: Chat) -> None:
    await listed.say("/survey open CDAs 2025-02-03", MANAGER)
    done = await listed.say("/survey done Marie Tremblay, john@rsb.example and NOEMIE COTE")
    assert "3 of 6 (50%)" in done.text
    assert "John O’Brien, Marie Tremblay and Noémie Côté" in done.text
    assert await listed.hours("survey-cdas") == 0.5
    gone = await listed.press(done, "Undo")
    assert await listed.hours("survey-cdas") == 0
    back = await listed.press(gone, "Restore")
    assert "Put back" in back.text
    again = await listed.say("/survey done Marie Tremblay yesterday")
    assert "recorded already" in again.text
    assert len(await acts(listed)) == 1


async def test_a_day_may_follow_the_names(listed: Chat) -> None:
    await listed.say("/journal open 2025-02-03", MANAGER)
    await listed.say("/journal done Marie Tremblay, John O'Brien yesterday")
    [said] = await acts(listed)
    assert {day for _, day in said.members} == {TODAY - timedelta(days=1)}
    early = await listed.say("/journal done Kayla Anderson 2025-02-01")
    assert "Dated before it went out" in early.text
    assert early.labels == []


async def test_near_names_are_offered_and_never_guessed(listed: Chat) -> None:
    await listed.say("/survey open CDAs 2025-02-03", MANAGER)
    shown = await listed.say(
        "/survey done Marie Tremblay, Jhon O'Brien, Paul Roy, Zed, Aïcha Diallo"
    )
    assert "Not on the roster, so left aside: Zed" in shown.text
    assert "did not go to this person, so they are left aside: Aïcha Diallo" in shown.text
    offered = ["John O’Brien · RSB", "Paul Roy · ETSB", "Paul Roy · WQSB", "Record 1"]
    assert shown.labels == offered
    assert await acts(listed) == []
    shown = await listed.press(shown, "John O’Brien · RSB")
    shown = await listed.press(shown, "Paul Roy · WQSB")
    assert "Paul Roy" in shown.text
    done = await listed.press(shown, "Record 3")
    assert "3 of 6 (50%)" in done.text


async def test_an_act_is_edited(listed: Chat) -> None:
    await listed.say("/survey open CDAs 2025-02-03", MANAGER)
    done = await listed.say("/survey done Marie Tremblay, John O'Brien yesterday")
    form = await listed.press(done, "Edit")
    assert [one.value for one in form.form.inputs] == [
        "John O’Brien\nMarie Tremblay",
        "2025-02-11",
    ]
    wrong = await listed.submit(form, people=" ", day="2025-02-01")
    assert {one.name for one in wrong.form.inputs if one.error} == {"people", "day"}
    changed = await listed.submit(form, people="Marie Tremblay\nKayla Anderson", day="")
    [says] = await acts(listed)
    assert sorted(day.day for _, day in says.members) == [11, 12]
    assert "2 of 6" in changed.text
    unclear = await listed.submit(
        await listed.press(changed, "Edit"), people="Marie Tremblay\nKayla Andersn", day=""
    )
    unclear = await listed.press(unclear, "Kayla Anderson · CSS du Littoral")
    confirmed = await listed.press(unclear, "Record 2")
    assert "Changed" in confirmed.text
    [says] = await acts(listed)
    assert sorted(day.day for _, day in says.members) == [11, 12]
    assert "changed since" in (await listed.press(changed, "Undo")).text


async def test_which_survey_is_meant_follows_from_who_is_asked(listed: Chat) -> None:
    await listed.say("/survey open CDAs 2025-02-03", MANAGER)
    await listed.say("/survey open principals 2025-02-03", MANAGER)
    assert "1 of 1 (100%)" in (await listed.say("/survey done Aïcha Diallo")).text
    which = await listed.say("/survey done Jhon O'Brien")
    assert "Which one?" in which.text
    shown = await listed.press(which, "This one")
    assert "left aside: Jhon O'Brien" in shown.text  # the newest first: that of the principals
    named = await listed.say("/survey done CDAs: Marie Tremblay")
    assert "1 of 6" in named.text
    form = await listed.say("/survey done CDAs")
    assert "Who handed it in" in form.text
    recorded = await listed.submit(form, people="kayla@littoral.example")
    assert "2 of 6" in recorded.text
    which = await listed.say("/survey done")
    assert which.labels == ["This one", "This one"]
    assert (await listed.press(which, "This one")).form.inputs[0].name == "people"


async def test_a_journal_that_is_due_gives_way_to_the_one_that_is_open(listed: Chat) -> None:
    await listed.say("/journal open 2025-02-03 closes 2025-02-07", MANAGER)
    await listed.say("/journal open 2025-02-10", MANAGER)
    assert "Journal 2" in (await listed.say("/journal done Marie Tremblay")).text
    first = await listed.say("/journal done Journal 1: Marie Tremblay")
    assert "Journal 1" in first.text
    assert "Was due 7 February 2025" in (await listed.say("/journal")).text


async def test_who_came_since_hands_in_journals_and_no_survey(listed: Chat) -> None:
    await listed.say("/journal open 2025-01-20", MANAGER)
    await listed.say("/survey open CDAs 2025-01-20", MANAGER)
    assert "0 of 5" in (await listed.say("/journal done Noémie Côté")).text
    assert "did not go to this person" in (await listed.say("/survey done Noémie Côté")).text
    await listed.say("/journal open today", MANAGER)
    await listed.say("/journal done Journal 2: Noémie Côté")
    assert await listed.hours("journals-cdas") == pytest.approx(1 / 6)


async def test_a_member_says_it_for_themself_and_for_nobody_else(listed: Chat) -> None:
    assert "No survey is out yet" in (await listed.say("/survey done", KAYLA)).text
    assert "Nothing is waiting" in (await listed.say("/survey", KAYLA)).text
    await listed.say("/survey open CDAs 2025-02-03 closes 2025-06-20", MANAGER)
    assert "ne vous a été envoyé" in (await listed.say("/survey done", MEMBER)).text
    assert "about your own" in (await listed.say("/survey done Marie Tremblay", KAYLA)).text
    assert "a day from then" in (await listed.say("/survey done 2025-02-01", KAYLA)).text
    done = await listed.say("/survey done yesterday", KAYLA)
    assert "Thank you" in done.text
    assert (await acts(listed))[0].source is Source.SELF
    redated = await listed.press(done, "Edit", KAYLA)
    assert [one.name for one in redated.form.inputs] == ["day"]
    assert (await listed.submit(redated, KAYLA, day="soon")).form.inputs[0].error
    changed = await listed.submit(redated, KAYLA, day="2025-02-10")
    assert "Monday 10 February" in changed.text
    assert (await acts(listed))[0].members[0][1] == date(2025, 2, 10)
    again = await listed.say("/survey done", KAYLA)
    assert "recorded already" in again.text
    seen = await listed.press(again, "Open", KAYLA)
    assert "You did it on Monday 10 February 2025" in seen.text
    assert seen.labels == []
    assert "Tuesday 11 February" in (await listed.press(changed, "Undo", KAYLA)).text
    assert (await listed.press(done, "Undo", MEMBER)).reply.refused


async def test_a_member_presses_that_they_did(listed: Chat) -> None:
    await listed.say("/journal open 2025-02-03", MANAGER)
    await listed.say("/journal open 2025-02-10", MANAGER)
    shown = await listed.say("/journal", KAYLA)
    assert shown.labels == ["I’ve done it", "I’ve done it"]
    await listed.press(shown, "I’ve done it", KAYLA)
    shown = await listed.say("/journal", KAYLA)
    assert shown.labels == ["I’ve done it"]
    assert "You did it" in shown.text
    await listed.say("/journal done", KAYLA)
    assert len(await acts(listed)) == 2
    which = await listed.say("/journal remis", MEMBER)
    assert "ne vous a été envoyé" in which.text
    survey = {"survey": "1"}
    assert (await act(listed, "survey.mine", survey, MEMBER)).reply.refused


async def test_members_are_asked_which_of_two_open_ones(listed: Chat) -> None:
    await listed.say("/journal open 2025-02-03", MANAGER)
    await listed.say("/journal open 2025-02-10", MANAGER)
    which = await listed.say("/journal done yesterday", KAYLA)
    assert "Which one?" in which.text
    await listed.press(which, "This one", KAYLA)
    assert (await acts(listed))[0].members[0][1] == TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("survey.people", {"survey": "1"}),
        ("survey.said", {"survey": "1", "said": "Zed"}),
        ("survey.names", {"survey": "1", "people": "Marie Tremblay", "day": "2025-02-12"}),
        ("survey.file", {"survey": "1", "people": '[["Marie Tremblay","",""]]'}),
        ("survey.match", {"survey": "1", "people": '[["x","","",1]]'}),
        ("survey.store", {"survey": "1", "members": '[[1,"2025-02-12"]]'}),
        ("survey.acts", {"survey": "1", "offset": "0"}),
        ("survey.list", {"what": "survey", "offset": "0"}),
        ("survey.void_act", {"survey": "1", "offset": "0", "id": "1", "version": "1"}),
        ("survey.edit_act", {"id": "1", "version": "1"}),
        ("survey.undo_act", {"id": "1", "version": "1"}),
        ("survey.open", {"id": "1"}),
    ],
)
async def test_a_member_reaches_nothing_of_others(
    listed: Chat, name: str, values: dict[str, str]
) -> None:
    survey = await listed.say("/survey open principals 2025-02-03", MANAGER)
    done = await listed.say("/survey done Aïcha Diallo")
    ids = {"survey": survey.button("Undo").values["id"], "id": done.button("Undo").values["id"]}
    if name == "survey.open":
        ids["id"] = ids["survey"]
    before = await acts(listed)
    answer = await act(listed, name, {**values, **{k: ids[k] for k in ids if k in values}}, KAYLA)
    assert answer.reply.refused
    assert "Marie" not in answer.text
    assert "Aïcha" not in answer.text
    assert await acts(listed) == before


def people(*rows: tuple[str, str, str]) -> str:
    return json.dumps(rows)


async def test_a_file_is_matched_previewed_confirmed_and_undone(listed: Chat) -> None:
    sent = await listed.say("/survey open CDAs 2025-02-03", MANAGER)
    values = {
        "survey": sent.button("Undo").values["id"],
        "file": "survey.csv",
        "digest": "d" * 64,
        "people": people(
            ("M. T.", "Marie@EMSB.example", "2025-02-10"),
            ("Marie Tremblay", "", "2025-02-11"),
            ("John O'Brien", "j.obrien@home.example", ""),
            ("Aïcha Diallo", "aicha@rsb.example", "2025-02-10"),
            ("Kayla Anderson", "", "2024-06-10"),
            ("Someone Else", "", "2025-02-10"),
            ("Noemy Côté", "", "2025-02-10"),
        ),
    }
    shown = await act(listed, "survey.file", values)
    for said in (
        "Matched on the roster (2): John O’Brien and Marie Tremblay",
        "left aside: Someone Else",
        "left aside: Aïcha Diallo",
        "Dated before it went out, so left aside: Kayla Anderson",
        "Nothing is stored yet",
    ):
        assert said in shown.text
    assert await acts(listed) == []
    done = await listed.press(shown, "Record 2")
    assert "2 of 6" in done.text
    [says] = await acts(listed)
    assert (says.source, says.file) == (Source.FILE, "d" * 64)
    assert sorted(day for _, day in says.members) == [date(2025, 2, 10), TODAY]
    again = await act(listed, "survey.file", values | {"file": "again.csv"})
    assert "2 of them are recorded already" in again.text
    assert "Nothing new" in (await listed.press(again, "Record 2")).text
    with_noemie = await listed.press(again, "Noémie Côté · EMSB")
    assert "3 of 6" in (await listed.press(with_noemie, "Record 3")).text
    await listed.press(done, "Undo")
    assert await listed.hours("survey-cdas") == 0.5  # the second file says so of all three


async def test_every_act_on_a_survey_can_be_found_and_taken_back(listed: Chat) -> None:
    await listed.say("/survey open CDAs 2025-02-03", MANAGER)
    await listed.say("/survey done Marie Tremblay, John O'Brien yesterday")
    await listed.say("/survey done", KAYLA)
    card = await listed.say("/survey CDAs", FRENCH)
    shown = await listed.press(card, "Ce qui a été inscrit", FRENCH)
    for said in ("1 personne · par la personne elle-même", "2 personnes · par nom", "Alex Roy"):
        assert said in shown.text
    gone = await listed.press(shown, "Retirer", FRENCH)
    assert "Rétablir" in gone.labels
    assert await listed.hours("survey-cdas") == pytest.approx(2 / 6)
    back = await listed.press(gone, "Rétablir", FRENCH)
    assert await listed.hours("survey-cdas") == 0.5
    assert "3 sur 6" in (await listed.press(back, "Retour", FRENCH)).text


async def test_more_names_than_a_form_holds_are_not_edited_in_one(listed: Chat) -> None:
    def enrol(tx: Tx) -> None:
        by = meet(tx, "Manager", TeamRole.MANAGER)
        for n in range(81):
            rosters.add(tx, Member(f"Agent {n:02}x", role="cda"), by, NOW)

    await listed.store.write(enrol)
    await listed.say("/survey open CDAs 2025-02-03", MANAGER)
    names = "; ".join(f"Agent {n:02}x" for n in range(81))
    done = await listed.say(f"/survey done {names}")
    assert "and 69 more" in done.text
    assert done.labels == ["Undo", "Open"]
    forged = await act(listed, "survey.edit_act", done.button("Undo").values)
    assert forged.reply.refused
    few = await listed.say("/survey done Marie Tremblay")
    assert few.labels == ["Undo", "Edit", "Open"]


async def test_long_lists_are_paged(listed: Chat) -> None:
    def fill(tx: Tx) -> None:
        by = meet(tx, "Manager", TeamRole.MANAGER)
        for day in range(8):
            says = Survey("survey-cdas", f"Pulse {day}", date(2025, 1, 6 + day))
            survey = records.add(tx, SURVEY, says, by, NOW)
        for member in (1, 2, 3, 5, 6, 1, 2):
            done = Completion(survey.id, ((member, TODAY),))
            records.add(tx, COMPLETION, done, by, NOW)

    await listed.store.write(fill)
    shown = await listed.say("/survey")
    assert "Pulse 7" in shown.text
    older = await listed.press(shown, "More")
    assert "Pulse 0" in older.text
    assert "Pulse 7" in (await listed.press(older, "Before")).text
    card = await listed.say("/survey Pulse 7")
    acts_ = await listed.press(card, "What was recorded")
    assert acts_.labels.count("Take back") == 6
    assert (await listed.press(acts_, "More")).labels.count("Take back") == 1
    several = await listed.say("/survey pulse")
    assert several.labels.count("Open") == 6


@pytest.mark.parametrize(
    "change",
    [
        {"people": "no json"},
        {"people": '[["a"]]'},
        {"people": '[["a","","soon"]]'},
        {"people": json.dumps([["x" * 301, "", ""]])},
        {"people": json.dumps([["x", "", ""]] * 2001)},
        {"people": "[]"},
        {"survey": "99"},
        {"survey": "x"},
    ],
)
async def test_a_forged_file_is_refused(listed: Chat, change: dict[str, str]) -> None:
    sent = await listed.say("/survey open CDAs 2025-02-03", MANAGER)
    values = {"survey": sent.button("Undo").values["id"], "people": people(("Zed", "", ""))}
    assert (await act(listed, "survey.file", values | change)).reply.refused


@pytest.mark.parametrize(
    "members",
    ["no json", "[[1]]", '[[1,"2025-02-10"],[1,"2025-02-11"]]', '[[7,"2025-02-10"]]', "[]"],
)
async def test_forged_members_are_refused(listed: Chat, members: str) -> None:
    sent = await listed.say("/survey open CDAs 2025-02-03", MANAGER)
    values = {"survey": sent.button("Undo").values["id"], "members": members}
    assert (await act(listed, "survey.store", values)).reply.refused
    assert await acts(listed) == []


async def test_other_forged_buttons_are_refused(listed: Chat) -> None:
    await listed.say("/survey open CDAs 2025-02-03", MANAGER)
    for name, values in (
        ("survey.new", {"what": "poll"}),
        ("survey.list", {"what": "poll", "offset": "0"}),
        ("survey.open", {"id": "99"}),
        ("survey.edit", {"id": "99"}),
    ):
        assert (await act(listed, name, values, MANAGER)).reply.refused


async def test_a_second_delivery_records_nothing_more(listed: Chat) -> None:
    await listed.say("/survey open CDAs 2025-02-03", MANAGER, key="one")
    await listed.say("/survey open CDAs 2025-02-03", MANAGER, key="one")
    assert len(await out(listed)) == 1
    first = await listed.say("/survey done Marie Tremblay", key="two")
    again = await listed.say("/survey done Marie Tremblay", key="two")
    assert first.text == again.text
    assert len(await acts(listed)) == 1


async def test_what_cannot_be_found_says_how_to_ask(listed: Chat) -> None:
    assert "No survey has been sent out" in (await listed.say("/survey")).text
    assert "/survey open CDAs" in (await listed.say("/survey", MANAGER)).text
    assert "No journal is out yet" in (await listed.say("/journal done")).text
    assert "no survey of this year by those words" in (await listed.say("/survey zzz")).text
    await listed.say("/survey open CDAs today", MANAGER)
    assert (await listed.say("/survey done ,")).form.name == "survey.names"
    said = {"survey": "8", "said": ","}
    assert "Say who" in (await act(listed, "survey.said", said)).text


async def test_nothing_of_it_is_said_aloud_in_a_channel(listed: Chat) -> None:
    listed.direct = False
    answers = [
        await listed.say("/survey open CDAs 2025-02-03", MANAGER),
        await listed.say("/survey done Marie Tremblay, Zed"),
        await listed.say("/survey"),
        await listed.say("/survey done Marie Tremblay"),
    ]
    assert all(one.reply.private for one in answers)


async def test_it_speaks_french(listed: Chat) -> None:
    sent = await listed.say("/sondage ouvrir ADC aujourd'hui jusqu'au 20 juin", ADMIN)
    assert "Sondage de fin d’année, ADC" in sent.text
    assert await out(listed) == [
        Survey("survey-cdas", "Sondage de fin d’année, ADC", TODAY, date(2025, 6, 20)),
    ]
    assert "Year-end survey, CDAs" in (await listed.say("/survey")).text
    done = await listed.say("/sondage rempli Marie Tremblay et Noémie Côté", FRENCH)
    assert "2 sur 6 (33,3 %)" in done.text
    journal = await listed.say("/journal ouvrir 2025-02-10, ferme dans deux semaines", ADMIN)
    assert "Journal 1" in journal.text
    assert "26 février 2025" in journal.text
    reps = await listed.say("/sondage ouvrir représentants aujourd'hui", ADMIN)
    assert "Envoyé" in reps.text


async def test_a_person_whose_survey_is_gone_is_told(listed: Chat) -> None:
    sent = await listed.say("/survey open CDAs 2025-02-03", MANAGER)
    shown = await listed.say("/survey done Marie Tremblay, Zed")
    await listed.press(sent, "Undo", MANAGER)
    assert "changed since" in (await listed.press(shown, "Record 1")).text
    assert (await listed.store.read(surveys.acts, 8)) == []
