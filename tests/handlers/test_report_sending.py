"""A report that is marked as sent stays as it was sent: every figure and every file, for good."""

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from handlers.chat.texts import Texts
from handlers.reports import giving
from handlers.reports.giving import Format
from storage import export, figures, report, sent_reports
from storage.engine import Tx
from storage.plan import Language
from storage.report import ReportKind
from storage.sent_reports import SentReport
from storage.verify import problems
from tests.conversation import ADMIN, MANAGER, STAFF, Answer, Chat
from tests.reading_papers import words_of

PLAN = "clc-2024-25"
TODAY = date(2025, 2, 12)
BOTH = list(product(("French", "English"), ("Word", "Excel", "CSV (zip)")))


async def sent(chat: Chat, target: str = "dsrea-reports", number: int = 2) -> SentReport | None:
    return await chat.store.read(sent_reports.of, PLAN, target, number)


async def see(chat: Chat, number: int = 2) -> Answer:
    shown = await chat.say(f"/report {number}", MANAGER)
    return await chat.press(shown, "See the report", MANAGER)


async def files(chat: Chat, number: int = 2) -> dict[tuple[str, str], tuple[str, bytes]]:
    """The name and the content of every file of a report."""
    asked, found = await see(chat, number), dict[tuple[str, str], tuple[str, bytes]]()
    for language, format in BOTH:
        file = (await chat.press(asked, f"{format} In {language}", MANAGER)).reply.file
        assert file is not None
        found[language, format] = file.name, file.content
    return found


async def test_what_was_sent_stays_byte_for_byte(chat: Chat) -> None:
    await chat.say("/log 6h with a CDA at EMSB on Feb 10")
    draft = await files(chat)
    marked = await chat.say("/report 2 sent", MANAGER)
    kept = await files(chat)
    assert {name for name, _ in draft.values()} == {name for name, _ in kept.values()}
    assert "DRAFT" in words_of(draft["English", "Word"][1])
    assert "DRAFT" not in words_of(kept["English", "Word"][1])
    await chat.say("/log 3h with a CDA at EMSB on Feb 10")
    chat.pass_time(days=30)
    assert await files(chat) == kept

    asked = await chat.press(marked, "See what was sent", ADMIN)
    assert "Envoyé le mercredi 12 février 2025; noté par Sam Cohen." in asked.text
    given = await chat.press(asked, "Word En anglais", ADMIN)
    assert hashlib.sha256(kept["English", "Word"][1]).hexdigest() in given.text
    assert await chat.store.read(problems) == []


async def test_every_figure_is_kept_as_it_was(chat: Chat) -> None:
    await chat.say("/log 6h with a CDA at EMSB on Feb 10")
    plan = chat.plans.get(PLAN)
    await chat.say("/report 2 sent", MANAGER)
    of = await sent(chat)
    assert of is not None
    assert (of.first, of.last) == (plan.starts, TODAY)
    now = await chat.store.read(figures.read, plan, TODAY)
    assert {one.target.id: one.actual for one in now} == {
        one.target.id: of.figures.targets[one.target.id].as_of(one).actual for one in now
    }
    assert of.figures.targets["accompaniment-hours"].actual == "6"
    assert of.figures.targets["dsrea-reports"].actual == "1"
    await chat.say("/log 3h with a CDA at EMSB on Feb 10")
    assert await sent(chat) == of


async def test_taken_back_it_is_a_draft_again_and_sent_again_it_is_kept_anew(chat: Chat) -> None:
    await chat.say("/log 6h with a CDA at EMSB on Feb 10")
    marked = await chat.say("/report 2 sent", MANAGER)
    first = await files(chat)
    await chat.press(marked, "Undo", MANAGER)
    assert await sent(chat) is None
    assert "DRAFT" in words_of((await files(chat))["English", "Word"][1])
    await chat.say("/log 3h with a CDA at EMSB on Feb 10")
    await chat.say("/report 2 sent", MANAGER)
    again = await sent(chat)
    assert again is not None
    assert again.figures.targets["accompaniment-hours"].actual == "9"
    assert await files(chat) != first
    assert await chat.store.read(problems) == []


async def test_another_day_is_another_report_and_its_undo_the_one_before(chat: Chat) -> None:
    await chat.say("/log 6h with a CDA at EMSB on Feb 11")
    marked = await chat.say("/report 2 sent", MANAGER)
    first = await sent(chat)
    form = await chat.press(marked, "It was another day", MANAGER)
    earlier = await chat.submit(form, MANAGER, day="2025-02-10")
    moved = await sent(chat)
    assert moved is not None
    assert (moved.last, moved.figures.targets["accompaniment-hours"].actual) == (
        TODAY - timedelta(days=2),
        "0",
    )
    await chat.press(earlier, "Undo", MANAGER)
    assert await sent(chat) == first
    posted = await chat.say("/report 2 posted", MANAGER)
    assert await sent(chat) == first  # what else is marked makes no new one
    await chat.press(posted, "Undo", MANAGER)
    assert await sent(chat) == first


async def test_the_next_one_begins_where_it_ended_also_on_the_day_it_was_sent(chat: Chat) -> None:
    await chat.say("/report 2 sent", MANAGER)
    assert "12 February 2025 to 12 February 2025" in (await see(chat, 3)).text
    chat.pass_time(days=3)
    assert "13 February 2025 to 15 February 2025" in (await see(chat, 3)).text


async def test_the_year_end_report_is_sent_too_and_counts_for_no_target(chat: Chat) -> None:
    chat.pass_time(days=130)
    shown = await chat.say("/report", MANAGER)
    asked = await chat.press(shown, "See the report Year-end report", MANAGER)
    assert "Due 23 June" in asked.text
    marked = await chat.press(asked, "Mark as sent Year-end report", MANAGER)
    assert "Sent on" in marked.text
    of = await sent(chat, "annual-report", 1)
    assert of is not None
    assert of.figures.targets["dsrea-reports"].actual == "0"
    assert "DRAFT" not in words_of(
        (await chat.store.read(_file, chat, ReportKind.ANNUAL)),
    )


def _file(tx: Tx, chat: Chat, kind: ReportKind) -> bytes:
    made = giving.read(tx, chat.plans.get(PLAN), kind, None, chat.now.date())
    return giving.give(tx, made, Language.EN, Format.DOCX).content


@pytest.mark.parametrize(
    "said", ["annual report sent", "bilan annuel envoyé", "/rapport bilan remis hier"]
)
async def test_the_year_end_report_is_marked_in_words(chat: Chat, said: str) -> None:
    await chat.say(said if said[0] == "/" else f"/report {said}", MANAGER)
    assert await sent(chat, "annual-report", 1) is not None
    assert await sent(chat) is None


async def test_the_plan_itself_is_no_report(chat: Chat) -> None:
    marked = await chat.say("/report plan sent", MANAGER)
    assert "See what was sent" not in marked.labels
    assert await chat.store.read(lambda tx: list(sent_reports.contents(tx))) == []


async def test_before_it_is_sent_stands_what_to_look_at(chat: Chat) -> None:
    clear = await see(chat)
    assert "would ask about" not in clear.text
    assert "Nothing is written yet on 25 targets." in clear.text
    await chat.say("/log 2h", STAFF)  # without a role and a board
    form = await chat.say("/people add Marie Tremblay, CDA, EMSB, since 2024-09-01", MANAGER)
    await chat.submit(form, MANAGER)
    await chat.say("/journal open 2025-02-03", MANAGER)
    asked = await see(chat)
    assert "Due 14 March" in asked.text
    assert "1 thing a report would ask about" in asked.text
    assert "1 of 1 missing" in asked.text
    await chat.say("/report 2 sent", MANAGER)
    after = await see(chat)
    assert "Before it is sent" not in after.text
    assert "Mark as sent" not in after.labels


async def test_a_file_that_somebody_changed_is_found(chat: Chat) -> None:
    await chat.say("/report 2 sent", MANAGER)

    def forge(tx: Tx) -> None:
        tx.run("UPDATE sent_files SET content = :other WHERE format = 'docx'", other=b"x")

    await chat.store.write(forge)
    found = await chat.store.read(problems)
    assert len(found) == 2
    assert "is not what was sent" in found[0]


async def test_a_figure_that_somebody_changed_is_found(chat: Chat) -> None:
    await chat.say("/report 2 sent", MANAGER)
    await chat.store.write(lambda tx: tx.run("UPDATE sent_reports SET last = '2025-02-11'"))
    found = await chat.store.read(problems)
    assert found == ["Report 1 is not what the audit chain says it became."]


async def test_what_was_sent_is_in_the_export(chat: Chat, tmp_path: Path) -> None:
    await chat.say("/report 2 sent", MANAGER)
    await chat.store.read(export.write, tmp_path, export.Format.JSON)
    reports, kept = (
        json.loads((tmp_path / f"{table}.json").read_text("utf-8"))
        for table in ("sent_reports", "sent_files")
    )
    assert [(one["last_day"], one["marked_at"]) for one in reports] == [
        ("2025-02-12", "2025-02-12T15:00:00Z")
    ]
    hashes = {hashlib.sha256(content).hexdigest() for _, content in (await files(chat)).values()}
    assert {one["sha256"] for one in kept} == hashes


async def test_sent_twice_by_one_delivery_it_is_kept_once(chat: Chat) -> None:
    for _ in range(2):
        await chat.say("/report 2 sent", MANAGER, key="k")
    assert len(await chat.store.read(lambda tx: list(sent_reports.contents(tx)))) == 1


async def test_what_is_built_after_is_what_was_built_before(chat: Chat) -> None:
    """The files that are kept are those that the report of that moment makes."""
    await chat.say("/log 6h with a CDA at EMSB on Feb 10")
    await chat.say("/report 2 sent", MANAGER)
    kept = await files(chat)
    made = await chat.store.read(report.read, chat.plans.get(PLAN), ReportKind.PROGRESS, 2, TODAY)
    for language, format in product(Language, Format):
        built = giving.build(Texts.load(language), replace(made, sent=None), format)
        assert (built.name, built.content) in kept.values()
