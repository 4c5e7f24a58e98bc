"""/report: what was prepared, sent and posted, on which day; managers mark, the team sees."""

from datetime import date

import pytest

from handlers.reports import line
from storage import documents
from storage.documents import Document
from storage.verify import problems
from tests.conversation import ADMIN, FRENCH, MANAGER, MEMBER, STAFF, Chat

TODAY = date(2025, 2, 12)
PLAN = "clc-2024-25"


async def kept(chat: Chat, target: str = "dsrea-reports") -> list[Document]:
    return [one.says for one in await chat.store.read(documents.of_target, PLAN, target)]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("2 sent yesterday", line.Said(False, 2, "sent", date(2025, 2, 11))),
        ("progress report 1 prepared", line.Said(False, 1, "prepared", None)),
        ("plan publié le 16 octobre", line.Said(True, None, "posted", date(2024, 10, 16))),
        ("rapport 3 envoyé le 2025-02-03", line.Said(False, 3, "sent", date(2025, 2, 3))),
        ("2e rapport remis hier", line.Said(False, 2, "sent", date(2025, 2, 11))),
        ("plan submitted on Sept 27", line.Said(True, None, "sent", date(2024, 9, 27))),
        ("sent", line.Said(False, None, "sent", None)),
        ("1 sent one day", line.Said(False, 1, "sent", None, day_read=False)),
        ("", line.Said(False, None, "", None)),
    ],
)
def test_a_line_says_which_what_and_when(said: str, read: line.Said) -> None:
    assert line.read(said, today=TODAY) == read


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
    done = await chat.press(done, "Envoyé aujourd’hui", ADMIN)
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
    assert shown.labels == []
    shown = await chat.say("/report", MANAGER)
    await chat.press(shown, "Sent today", MANAGER)
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


async def test_a_document_taken_back_is_not_restored_beside_another(chat: Chat) -> None:
    gone = await chat.press(await chat.say("/report 1 sent", MANAGER), "Undo", MANAGER)
    await chat.say("/report 1 prepared", MANAGER)
    assert (await chat.press(gone, "Restore", MANAGER)).reply.refused
    assert len(await kept(chat)) == 1
    assert await chat.store.read(problems) == []


async def test_only_managers_mark(chat: Chat) -> None:
    assert "Managers say" in (await chat.say("/report 1 sent", STAFF)).text
    shown = await chat.say("/report", MANAGER)
    for label in set(shown.labels):
        assert (await chat.press(shown, label, STAFF)).reply.refused
    assert (await chat.say("/report", MEMBER)).reply.refused
    for forged in ({"plan": "x"}, {"target": "accompaniment-hours"}, {"step": "burnt"}):
        assert (await chat.press(shown, "Sent today", MANAGER, tampered=forged)).reply.refused
    assert await kept(chat) == []
