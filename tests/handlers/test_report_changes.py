"""What changes after a report was sent is listed in the next one, and never silently."""

import csv
import zipfile
from datetime import date
from io import BytesIO, StringIO

import pytest

from handlers.chat.texts import Texts
from handlers.reports import archive, changed, paper, workbook
from storage import report
from storage.plan import Language
from storage.report import Report, ReportKind
from tests.conversation import MANAGER, Chat
from tests.reading_papers import words_of
from tests.reading_workbooks import sheets_of

PLAN = "clc-2024-25"
EN, FR = Texts.load(Language.EN), Texts.load(Language.FR)


@pytest.fixture
async def sent(chat: Chat) -> Chat:
    """Two reports were to be sent; the first one was, today."""
    await chat.say("/log 6h with a CDA at EMSB on Feb 10")
    await chat.say("/report 1 sent", MANAGER)
    chat.pass_time(days=7)
    return chat


async def made(chat: Chat, kind: ReportKind = ReportKind.PROGRESS, number: int = 2) -> Report:
    plan = chat.plans.get(PLAN)
    return await chat.store.read(report.read, plan, kind, number, chat.now.date())


async def rows(chat: Chat, t: Texts = EN) -> list[changed.Row]:
    changes = (await made(chat)).changes
    assert changes is not None
    return [
        tuple(cell.replace("\u00a0", " ").replace("\u202f", " ") for cell in row)  # pyright: ignore[reportReturnType] - three cells
        for row in changed.rows(t, chat.plans.network, changes)
    ]


async def test_what_was_added_late_is_listed_with_both_figures(sent: Chat) -> None:
    assert await rows(sent) == []
    await sent.say("/log 2h with a CDA at EMSB on Feb 11")
    assert await rows(sent) == [("Accompaniment hours", "6 h", "8 h")]
    assert await rows(sent, FR) == [("Heures d’accompagnement", "6 h", "8 h")]
    await sent.say("/log 2h with a CDA at EMSB today")  # after the day it speaks up to
    assert len(await rows(sent)) == 1


async def test_what_is_put_back_is_no_longer_listed(sent: Chat) -> None:
    logged = await sent.say("/log 2h with a CDA at EMSB on Feb 11")
    assert len(await rows(sent)) == 1
    await sent.press(logged, "Undo")
    assert await rows(sent) == []


async def test_a_share_and_an_indicator_are_listed_too(sent: Chat) -> None:
    await sent.say("/log 2h with a CDA at EMSB on Feb 11, requested")
    await sent.say("/partner agreement Literacy Quebec, signed Feb 3", MANAGER)
    listed = {name: (was, now) for name, was, now in await rows(sent)}
    assert listed["New partnership agreement"] == ("0", "1")
    assert listed["Number of CDAs who ask the PRT for support"] == ("0", "1")


async def test_the_next_report_says_so_in_every_format(sent: Chat) -> None:
    before = await made(sent)
    assert "Every figure of Progress report 1" in words_of(paper.build(EN, before))
    assert "Changed since it was sent" not in sheets_of(workbook.build(EN, before))
    await sent.say("/log 2h with a CDA at EMSB on Feb 11")
    after = await made(sent)
    said = words_of(paper.build(FR, after)).replace("\u00a0", " ")
    assert "Rapport d’étape 1 a été envoyé le 12 février 2025." in said
    assert "6 h\n8 h" in said
    assert "Changed since it was sent" in sheets_of(workbook.build(EN, after))
    files = zipfile.ZipFile(BytesIO(archive.build(EN, after)))
    name = next(one for one in files.namelist() if "changes" in one)
    table = csv.reader(StringIO(files.read(name).decode("utf-8-sig")))
    assert [row[0] for row in table] == ["Figure", "Accompaniment hours"]


async def test_the_year_end_report_tells_of_the_last_one_that_was_sent(sent: Chat) -> None:
    await sent.say("/report 2 sent", MANAGER)
    await sent.say("/log 2h with a CDA at EMSB on Feb 11")
    sent.pass_time(days=1)
    changes = (await made(sent, ReportKind.ANNUAL, 0)).changes
    assert changes is not None
    assert (changes.sent.number, changes.sent.last) == (2, date(2025, 2, 19))
    assert [one.now.target.id for one in changes.targets] == ["accompaniment-hours"]


async def test_before_any_report_was_sent_nothing_is_said_of_it(chat: Chat) -> None:
    assert (await made(chat)).changes is None
    assert "Changed since" not in words_of(paper.build(EN, await made(chat)))
