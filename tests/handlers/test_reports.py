"""/report: what was prepared, sent and posted, on which day; managers mark, the team sees."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reports import line
from storage import documents
from storage.documents import Document
from storage.verify import problems
from tests.conversation import ADMIN, FRENCH, MANAGER, MEMBER, STAFF, Chat

TODAY = date(2025, 2, 12)
PLAN = "clc-2024-25"


async def kept(chat: Chat, target: str = "dsrea-reports") -> list[Document]:
    return [one.says for one in await chat.store.read(documents.of_target, PLAN, target)]


def said(number: int | None, step: str, day: date | None, *, plan: bool = False) -> line.Said:
    return line.Said(plan, number, step, day)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2 sent yesterday", said(2, "sent", date(2025, 2, 11))),
        ("sent report 2 yesterday", said(2, "sent", date(2025, 2, 11))),
        ("hier, rapport 2 envoyé", said(2, "sent", date(2025, 2, 11))),
        ("I sent the second report to the DSREA yesterday", said(2, "sent", date(2025, 2, 11))),
        ("j’ai envoyé le premier rapport à la DSREA hier", said(1, "sent", date(2025, 2, 11))),
        ("sent 2 days ago", said(None, "sent", date(2025, 2, 10))),
        ("2 février, rapport 1 envoyé", said(1, "sent", date(2025, 2, 2))),
        ("sent 2", said(2, "sent", None)),
        ("#2 was sent", said(2, "sent", None)),
        ("2nd report sent", said(2, "sent", None)),
        ("2e rapport remis hier", said(2, "sent", date(2025, 2, 11))),
        ("troisième rapport d’étape prêt", said(3, "prepared", None)),
        ("progress report 1 prepared", said(1, "prepared", None)),
        ("rapport 3 envoyé le 2025-02-03", said(3, "sent", date(2025, 2, 3))),
        ("2 posted online on Feb 3", said(2, "posted", date(2025, 2, 3))),
        ("plan publié le 16 octobre", said(None, "posted", date(2024, 10, 16), plan=True)),
        ("le plan a été mis en ligne hier", said(None, "posted", date(2025, 2, 11), plan=True)),
        ("2025-02-03 plan posted", said(None, "posted", date(2025, 2, 3), plan=True)),
        ("plan submitted on Sept 27", said(None, "sent", date(2024, 9, 27), plan=True)),
        ("report 3", said(3, "", None)),
        ("sent", said(None, "sent", None)),
        ("note", said(None, "", None)),
        ("", said(None, "", None)),
        ("1 sent one day", line.Said(False, 1, "sent", None, day_read=False)),
        ("1 sent tomorrow", line.Said(False, 1, "sent", None, day_read=False)),
        ("1 prepared and sent", line.Said(False, 1, "prepared", None, day_read=False, steps=2)),
    ],
)
def test_a_line_says_which_what_and_when(text: str, read: line.Said) -> None:
    assert line.read(text, today=TODAY) == read


WORDS = st.sampled_from(
    ["2", "12", "report", "rapport", "plan", "sent", "envoyé", "posted", "publié", "yesterday",
     "hier", "2025-02-03", "le", "on", "Feb"]
)  # fmt: skip


@given(st.lists(WORDS | st.text(max_size=8), max_size=8))
def test_any_line_is_read_or_has_no_day(words: list[str]) -> None:
    read = line.read(" ".join(words), today=TODAY)
    assert read.day is None or (read.day_read and read.day <= TODAY)
    assert read.number is None or 1 <= read.number <= 99
    assert read.step in ("", *line.STEPS)


@given(
    st.integers(1, 99),
    st.sampled_from(["sent", "envoyé", "remis"]),
    st.dates(TODAY - timedelta(days=700), TODAY),
    st.booleans(),
)
def test_number_step_and_day_are_read_in_either_order(
    number: int, step: str, day: date, turned: bool
) -> None:
    words = f"{day}, report {number} {step}" if turned else f"{number} {step} {day}"
    assert line.read(words, today=TODAY) == said(number, "sent", day)


async def test_a_report_that_was_sent_counts_and_is_taken_back(chat: Chat) -> None:
    done = await chat.say("/report 2 sent yesterday", MANAGER)
    assert "Tuesday 11 February 2025" in done.text
    assert await chat.hours("dsrea-reports") == 1
    gone = await chat.press(done, "Undo", MANAGER)
    assert await chat.hours("dsrea-reports") == 0
    await chat.press(gone, "Restore", MANAGER)
    assert await chat.hours("dsrea-reports") == 1


async def test_prepared_and_posted_do_not_count(chat: Chat) -> None:
    done = await chat.say("/rapport 1 préparé", ADMIN)
    assert await chat.hours("dsrea-reports") == 0
    done = await chat.press(done, "Marquer comme envoyé", ADMIN)
    assert await chat.hours("dsrea-reports") == 1
    await chat.press(done, "Publié aujourd’hui", ADMIN)
    assert (await kept(chat))[0] == Document(PLAN, "dsrea-reports", 1, TODAY, TODAY, TODAY)


async def test_the_plan_counts_whatever_the_day_it_was_submitted(chat: Chat) -> None:
    done = await chat.say("/report plan sent 2024-06-12", MANAGER)
    assert await chat.hours("action-plan") == 1
    form = await chat.press(done, "It was another day", MANAGER)
    wrong = await chat.submit(form, MANAGER, day="2025-03-01")
    assert "day that is over" in wrong.text
    await chat.submit(form, MANAGER, day="2024-09-27")
    assert (await kept(chat, "action-plan"))[0].sent == date(2024, 9, 27)


async def test_all_are_shown_with_what_is_due(chat: Chat) -> None:
    shown = await chat.say("/report", STAFF)
    for said in (
        "First progress report",
        "was due 6 December 2024",
        "due 14 March 2025",
        "assumed",
    ):
        assert said in shown.text
    assert not {"Prepared today", "Mark as sent", "Posted today"} & set(shown.labels)
    shown = await chat.say("/report", MANAGER)
    await chat.press(shown, "Mark as sent", MANAGER)
    assert await chat.hours("dsrea-reports") == 1
    assert "envoyé le 12 février 2025" in (await chat.say("/rapport", FRENCH)).text
    assert (await chat.say("/report 1", MANAGER)).text.count("progress report") == 1


async def test_which_one_is_asked_where_it_is_open(chat: Chat) -> None:
    asked = await chat.say("/report sent yesterday", MANAGER)
    await chat.press(asked, "Third progress report", MANAGER)
    assert (await kept(chat))[0] == Document(PLAN, "dsrea-reports", 3, sent=date(2025, 2, 11))
    assert "Third" not in " ".join((await chat.say("/report sent", MANAGER)).labels)
    assert "say a report’s number" in (await chat.say("/report 9 sent", MANAGER)).text
    assert "cannot read that day" in (await chat.say("/report 1 sent one day", MANAGER)).text
    assert "One step" in (await chat.say("/report 1 prepared and sent", MANAGER)).text


async def test_a_document_taken_back_is_not_restored_beside_another(chat: Chat) -> None:
    gone = await chat.press(await chat.say("/report 1 sent", MANAGER), "Undo", MANAGER)
    await chat.say("/report 1 prepared", MANAGER)
    assert (await chat.press(gone, "Restore", MANAGER)).reply.refused
    assert len(await kept(chat)) == 1
    assert await chat.store.read(problems) == []


async def test_only_managers_mark(chat: Chat) -> None:
    assert "Managers say" in (await chat.say("/report 1 sent", STAFF)).text
    shown = await chat.say("/report", MANAGER)
    done = await chat.say("/report 3 sent", MANAGER)
    for answer, label in [
        *((shown, label) for label in ("Prepared today", "Mark as sent", "Posted today")),
        *((done, label) for label in ("Undo", "It was another day", "Posted today")),
    ]:
        assert (await chat.press(answer, label, STAFF)).reply.refused
    await chat.press(done, "Undo", MANAGER)
    assert (await chat.say("/report", MEMBER)).reply.refused
    for forged in (
        {"plan": "x"},
        {"target": "accompaniment-hours"},
        {"step": "burnt"},
        {"number": "7"},
        {"version": "7"},
    ):
        assert (await chat.press(shown, "Mark as sent", MANAGER, tampered=forged)).reply.refused
    assert await kept(chat) == []


async def test_what_is_late_of_the_plan_before_is_asked_about(chat: Chat) -> None:
    chat.now = datetime(2024, 8, 20, 15, tzinfo=UTC)
    done = await chat.say("/report plan sent", MANAGER)
    assert "PRT Action Plan 2024-2025" in done.text
    asked = await chat.say("/report posted", MANAGER)
    label = next(one for one in asked.labels if one.startswith("Well-being practices guide"))
    await chat.press(asked, label, MANAGER)
    kept_guide = await chat.store.read(
        documents.of_target, "wellbeing-communities-2021-24", "practices-guide"
    )
    assert kept_guide[0].says.posted == date(2024, 8, 20)


async def test_the_documents_of_another_plan_are_a_press_away(chat: Chat) -> None:
    shown = await chat.say("/report", MANAGER)
    other = await chat.press(shown, shown.labels[-1], MANAGER)
    assert "practices guide" in other.text
    assert (await chat.press(shown, shown.labels[-1], MEMBER)).reply.refused
    await chat.press(other, "Posted today", MANAGER)
    assert "First progress report" in (await chat.press(other, other.labels[-1], MANAGER)).text


async def test_a_button_of_an_older_version_changes_nothing(chat: Chat) -> None:
    stale = await chat.say("/report", MANAGER)
    await chat.say("/report 1 sent yesterday", MANAGER)
    assert (await chat.press(stale, "Mark as sent", MANAGER)).reply.refused
    assert [one.sent for one in await kept(chat)] == [date(2025, 2, 11)]


async def test_what_is_done_keeps_its_day_until_another_is_said(chat: Chat) -> None:
    await chat.say("/report 1 sent 2024-12-05", MANAGER)
    assert "sent 5 December 2024" in (await chat.say("/report 1 sent", MANAGER)).text
    assert (await kept(chat))[0].sent == date(2024, 12, 5)
    await chat.say("/report 1 sent 2024-12-04", MANAGER)
    assert (await kept(chat))[0].sent == date(2024, 12, 4)
