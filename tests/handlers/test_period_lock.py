"""What a sent report was made from is changed only with a reason; what comes later needs none."""

import pytest

from handlers.chat.cards import Action, Card, Reply
from storage import period_lock, records, sent_reports
from storage.outputs import OUTPUT
from storage.period_lock import Reason
from storage.verify import problems
from tests.conversation import FRENCH, MANAGER, MEMBER, STAFF, Answer, Chat

PLAN = "clc-2024-25"
WHY = "Two hours were written as twenty"


@pytest.fixture
async def logged(chat: Chat) -> Answer:
    """An entry, which a report was made from and sent."""
    made = await chat.say("/log 6h with a CDA at EMSB on Feb 10")
    await chat.say("/report 2 sent", MANAGER)
    chat.pass_time(days=2)
    return made


async def given(chat: Chat) -> list[Reason]:
    report = await chat.store.read(sent_reports.of, PLAN, "dsrea-reports", 2)
    return await chat.store.read(period_lock.reasons, report.id if report else 0)


async def test_an_entry_is_taken_back_once_the_reason_is_said(chat: Chat, logged: Answer) -> None:
    asked = await chat.press(logged, "Undo")
    assert asked.form.title == "Why this change?"
    assert "Progress report 2 was made from this and sent 12 February 2025." in asked.text
    assert await chat.hours("accompaniment-hours") == 6
    done = await chat.submit(asked, reason_text=WHY)
    assert done.reply.replace
    assert await chat.hours("accompaniment-hours") == 0
    assert [(one.action, one.text) for one in await given(chat)] == [("void", WHY)]
    assert await chat.store.read(problems) == []


async def test_a_form_that_was_filled_in_goes_on_with_what_was_filled_in(
    chat: Chat, logged: Answer
) -> None:
    form = await chat.press(logged, "Edit")
    asked = await chat.submit(form, duration="2h")
    nothing = await chat.submit(asked, reason_text="  ")
    assert "A few words, please" in nothing.text
    done = await chat.submit(nothing, reason_text=WHY)
    assert "2 h" in done.text
    assert await chat.hours("accompaniment-hours") == 2
    assert [(one.action, one.text) for one in await given(chat)] == [("change", WHY)]


async def test_what_was_filled_in_is_given_back_where_it_comes_to_nothing(
    chat: Chat, logged: Answer
) -> None:
    form = await chat.press(logged, "Edit")
    asked = await chat.submit(form, duration="2h")
    await chat.submit(await chat.submit(form, duration="3h"), reason_text="First")
    late = await chat.submit(asked, reason_text=WHY)
    assert late.reply.refused
    assert "2h" in late.text
    assert WHY in late.text
    assert await chat.hours("accompaniment-hours") == 3


async def test_in_french_it_is_asked_in_french(chat: Chat) -> None:
    made = await chat.say("/noter 6h avec un ADC CSEM le 10 février", FRENCH)
    await chat.say("/report 2 sent", MANAGER)
    asked = await chat.press(made, "Annuler", FRENCH)
    assert asked.form.title == "Pourquoi ce changement?"
    assert "Ceci a servi à un rapport envoyé le 12 février 2025 : Rapport d’étape 2." in asked.text


async def test_a_typed_line_goes_on_too(chat: Chat) -> None:
    made = await chat.say("/workshop 3h Calm classrooms yesterday")
    await chat.press(made, "PD workshops")
    first = await chat.say("/attendance Calm classrooms 12")
    await chat.say("/report 2 sent", MANAGER)
    asked = await chat.say("/attendance Calm classrooms 14")
    assert asked.form.title == "Why this change?", first.text
    done = await chat.submit(asked, reason_text=WHY)
    assert "14" in done.text
    assert [one.text for one in await given(chat)] == [WHY]


async def test_what_is_recorded_after_it_was_sent_asks_for_nothing(
    chat: Chat, logged: Answer
) -> None:
    late = await chat.say("/log 2h with a CDA at EMSB on Feb 11")
    form = await chat.press(late, "Edit")
    changed = await chat.submit(form, duration="3h")
    assert await chat.hours("accompaniment-hours") == 9
    await chat.press(changed, "Undo")
    assert await chat.hours("accompaniment-hours") == 8
    assert await given(chat) == []


async def test_a_change_with_a_reason_is_undone_in_one_press(chat: Chat, logged: Answer) -> None:
    done = await chat.submit(await chat.press(logged, "Undo"), reason_text=WHY)
    back = await chat.press(done, "Restore")
    assert await chat.hours("accompaniment-hours") == 6
    again = await chat.press(back, "Edit")
    asked = await chat.submit(again, duration="2h")
    assert asked.form.title == "Why this change?"  # another change has its own reason


async def test_an_entry_moved_into_the_period_asks_too(chat: Chat) -> None:
    made = await chat.say("/log 6h with a CDA at EMSB today")
    await chat.say("/report 2 sent yesterday", MANAGER)
    form = await chat.press(made, "Edit")
    asked = await chat.submit(form, day="2025-02-10")
    assert asked.form.title == "Why this change?"
    elsewhere = await chat.submit(form, duration="2h")
    assert "2 h" in elsewhere.text


async def test_once_the_report_is_taken_back_nothing_is_asked(chat: Chat) -> None:
    made = await chat.say("/log 6h with a CDA at EMSB on Feb 10")
    sent = await chat.say("/report 2 sent", MANAGER)
    await chat.press(sent, "Undo", MANAGER)
    await chat.press(made, "Undo")
    assert await chat.hours("accompaniment-hours") == 0


async def test_a_published_tool_is_held_and_one_to_come_is_not(chat: Chat) -> None:
    form = await chat.say("/output tool Kit, published 2025-02-03, https://a.example/kit")
    out = await chat.submit(form, target="cda-tools")
    form = await chat.say("/output tool Guide")
    draft = await chat.submit(form, target="cda-tools")
    await chat.say("/report 2 sent", MANAGER)
    await chat.press(draft, "Undo")
    asked = await chat.press(out, "Undo")
    assert asked.form.title == "Why this change?"
    await chat.submit(asked, reason_text=WHY)
    there = await chat.store.read(lambda tx: [*records.every(tx, OUTPUT)])
    assert [one.voided is not None for one in there] == [True, True]
    assert len(await given(chat)) == 1


async def test_what_the_form_sends_back_is_a_strangers_word(chat: Chat, logged: Answer) -> None:
    asked = await chat.press(logged, "Undo")
    for forged in ("reason.give", "no.such", ""):
        answer = await chat.submit(asked, reason_text=WHY, reason_action=forged)
        assert answer.reply.refused, forged
    long = await chat.submit(asked, reason_text="x" * 1001)
    assert "1,000 characters" in long.text
    other = await chat.submit(asked, FRENCH, reason_text=WHY)  # of somebody else's entry
    assert other.reply.refused
    assert await chat.hours("accompaniment-hours") == 6
    assert await given(chat) == []


async def test_the_same_submission_twice_is_one_change(chat: Chat, logged: Answer) -> None:
    asked = await chat.press(logged, "Undo")
    for _ in range(2):
        await chat.submit(asked, reason_text=WHY, key="once")
    assert len(await given(chat)) == 1


async def test_managers_see_what_changed_and_why_and_what_came_late(
    chat: Chat, logged: Answer
) -> None:
    asked = await _see(chat)
    same = await chat.press(asked, "What has changed since", MANAGER)
    assert "Every figure is still what it was." in same.text
    await chat.submit(await chat.press(logged, "Undo"), reason_text=WHY)
    late = await chat.say("/log 2h with a CDA at EMSB on Feb 11")
    assert "Progress report 2 was sent 12 February 2025: what this changes" in late.text
    seen = await chat.press(asked, "What has changed since", MANAGER)
    assert "Accompaniment hours\n6 h\n2 h" in seen.text
    assert f"taken back · Alex Roy · 14 February 2025 · {WHY}" in seen.text
    assert "Logged since, for days the report covers (1)" in seen.text
    form = await chat.press(seen, "Edit", MANAGER)
    assert form.form.name == "log.save"
    for who in (STAFF, MEMBER):
        refused = await chat.press(asked, "What has changed since", who)
        assert refused.reply.refused
        assert WHY not in refused.text


async def _see(chat: Chat) -> Answer:
    return await chat.press(await chat.say("/report 2", MANAGER), "See the report", MANAGER)


async def test_each_kind_of_change_is_listed_in_words(chat: Chat) -> None:
    made = await chat.say("/workshop 3h Calm classrooms yesterday")
    workshop = await chat.press(made, "PD workshops")
    await chat.say("/attendance Calm classrooms 12")
    kit = await chat.submit(
        await chat.say("/output tool Kit, published 2025-02-03, https://a.example/kit"),
        target="cda-tools",
    )
    signed = await chat.say("/partner signed an agreement with YMCA yesterday")
    await chat.say("/report 2 sent", MANAGER)
    await chat.submit(await chat.say("/attendance Calm classrooms 14"), reason_text=WHY)
    for card in (workshop, kit, signed):
        await chat.submit(await chat.press(card, "Undo"), reason_text=WHY)
    assert [one.subject.partition("/")[0] for one in await given(chat)] == [
        "agreement", "output", "session", "attendance",
    ]  # fmt: skip
    seen = await chat.press(await _see(chat), "What has changed since", MANAGER)
    for words in ("Calm classrooms", "Kit", "YMCA", "Changed, with the reason (4)"):
        assert words in seen.text


async def test_of_a_report_that_was_not_sent_nothing_has_changed(chat: Chat) -> None:
    asked = await _see(chat)
    assert "What has changed since" not in asked.labels
    values = {"plan": PLAN, "kind": "progress"}
    for number in ("2", "9", "x"):
        forged = Action("Forged", "report.changes", values | {"number": number})
        card = Answer(Reply(Card("", (), (forged,))))
        assert (await chat.press(card, "Forged", MANAGER)).reply.refused


async def test_a_reason_that_somebody_rewrote_is_found(chat: Chat, logged: Answer) -> None:
    await chat.submit(await chat.press(logged, "Undo"), reason_text=WHY)
    await chat.store.write(lambda tx: tx.run("UPDATE reasons SET text = 'x'"))
    found = await chat.store.read(problems)
    assert len(found) == 1
    assert found[0].startswith("Reason ")
