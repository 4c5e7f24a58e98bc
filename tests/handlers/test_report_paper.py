"""A report as a Word document: in the plan’s layout, twice the same, never too wide."""

import re
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot import sample
from handlers.chat.texts import Texts
from handlers.progress import words
from handlers.reports import paper, sheets, shown, told
from storage import entry_changes, people, report
from storage.engine import Store, Tx
from storage.entries import Draft
from storage.plan import EntryKind, Language
from storage.plan_files import load_plans
from storage.report import Report, ReportKind
from storage.reported import Annex
from tests.reading_papers import W, lines_of, part, words_of
from tests.storage.making import NOW, meet

PLANS = load_plans(None)
PLAN = PLANS.get("clc-2024-25")
TODAY = date(2025, 2, 12)
ALL = [(ReportKind.ANNUAL, 0), *((ReportKind.PROGRESS, number) for number in (1, 2, 3))]
WIDEST = 9.5 * 1440  # twentieths of a point between the margins of a landscape page


@pytest.fixture
async def year(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(tmp_path)
    await sample.fill(store, PLANS)
    yield store
    await store.close()


async def made(year: Store, kind: ReportKind = ReportKind.ANNUAL, number: int = 0) -> Report:
    return await year.read(report.read, PLAN, kind, number, TODAY)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("kind", "number"), ALL)
async def test_it_says_every_target_and_indicator_and_is_twice_the_same(
    year: Store, kind: ReportKind, number: int, language: Language
) -> None:
    t, read = Texts.load(language), await made(year, kind, number)
    content = paper.build(t, read)
    assert content == paper.build(t, await made(year, kind, number))
    said = words_of(content)
    for one in read.targets:
        assert said.count(plain(words.reached(t, shown.figure(one.figure)))) >= 2
        assert plain(one.figure.target.text[language]) in said
    for indicator in PLAN.indicator:
        assert plain(indicator.text[language]) in said
    for each in (*PLAN.strand, *PLAN.objective, *PLAN.strategy):
        text = each.title if hasattr(each, "title") else each.text
        assert plain(text[language]) in said
    assert plain(told.name(t, read)) in said
    for sheet in sheets.of(t, read):
        if sheet.annex:
            for row in sheet.rows:
                kept = [at for at, one in enumerate(sheet.columns) if one.width]
                for at in kept:
                    assert plain(shown.text(t, row[at])) in said


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


async def test_no_table_is_wider_than_its_page_and_headers_are_repeated(year: Store) -> None:
    content = paper.build(Texts.load(Language.FR), await made(year))
    xml = part(content)
    tables = xml.split("<w:tbl>")[1:]
    assert len(tables) > 20
    for table in tables:
        grid = [int(one) for one in re.findall(r'<w:gridCol w:w="(\d+)"', table)]
        assert 0 < sum(grid) <= WIDEST
        assert table.count("<w:tblHeader/>") == 1
    assert 'w:lang w:val="fr-CA"' in part(content, "word/styles.xml")
    with zipfile.ZipFile(BytesIO(content)) as parts:
        feet = [parts.read(name) for name in parts.namelist() if "footer" in name]
    assert any(b" PAGE " in foot for foot in feet)
    assert 'w:orient="landscape"' in xml


# What stands in the properties of each part of a document, in the order of the format (ISO 29500).
ORDER = {
    "tblPr": "tblStyle tblpPr tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl tabs spacing ind jc rPr",
    "rPr": "rStyle rFonts b bCs i iCs strike color spacing kern sz szCs highlight u lang",
}


async def test_what_word_reads_is_in_the_order_of_its_format(year: Store) -> None:
    root = ElementTree.fromstring(part(paper.build(Texts.load(Language.FR), await made(year))))
    for tag, order in ORDER.items():
        places = [f"{W}{name}" for name in order.split()]
        there = [*root.iter(f"{W}{tag}")]
        assert there
        for one in there:
            at = [places.index(child.tag) for child in one]
            assert at == sorted(at)


async def test_nobody_is_named_in_it(year: Store) -> None:
    """Neither who logged, nor who was accompanied, nor who is on the roster."""
    said = words_of(paper.build(Texts.load(Language.EN), await made(year)))
    names = [one.name for one in await year.read(people.everyone)]
    rows = await year.read(
        lambda tx: [row["name"] for row in tx.rows("SELECT DISTINCT name FROM entry_people")]
    )
    assert len(names) > 3
    for name in filter(None, (*names, *rows)):
        assert name not in said


async def test_a_rate_of_few_replies_is_left_out_and_cannot_be_worked_out(year: Store) -> None:
    read = await made(year)
    mine = [one for one in read.annexes.sessions if one.target.id == "pd-workshops"]
    few, some, many = (
        replace(mine[0], held=replace(mine[0].held, session=n, answered=answered, positive=1))
        for n, answered in enumerate((3, 6, 9), 1)
    )
    assert shown.hidden([many, some]) == set()
    assert shown.hidden([few, many, some]) == {1, 2}, "with the next smallest"
    other = replace(few, held=replace(few.held, session=4))
    assert shown.hidden([few, many, other]) == {1, 4}, "together they are five or more"


async def test_a_progress_report_is_a_draft_until_it_was_sent_and_says_what_was_added(
    year: Store,
) -> None:
    t = Texts.load(Language.FR)
    first = lines_of(paper.build(t, await made(year, ReportKind.PROGRESS, 1)))
    second = lines_of(paper.build(t, await made(year, ReportKind.PROGRESS, 2)))
    assert "VERSION PRÉLIMINAIRE" not in first
    assert "VERSION PRÉLIMINAIRE" in second
    assert "Du 1er juillet 2024 au 5 décembre 2024" in first
    assert "Du 6 décembre 2024 au 12 février 2025" in second
    assert not any(line.startswith("Depuis le dernier rapport :") for line in first)
    assert any(re.fullmatch(r"Depuis le dernier rapport : \+[\d,.]+ h", line) for line in second)


def test_a_year_in_which_each_entry_is_for_something_else_keeps_its_size(tx: Tx) -> None:
    by, sure = meet(tx, "Alex"), frozenset(entry_changes.Doubt)
    for number in range(paper.MOST + 30):
        day = TODAY - timedelta(days=number)
        for draft in (
            Draft(EntryKind.ACCOMPANIMENT, day, 60 + number, objective=f"Task {number}."),
            Draft(EntryKind.PARTNER, day, 60, partner="CHSSN", objective=f"Aim {number}."),
        ):
            entry_changes.add(tx, draft, by, NOW, sure=sure)
    t, read = Texts.load(Language.EN), report.read(tx, PLAN, ReportKind.ANNUAL, 0, TODAY)
    said = words_of(paper.build(t, read))
    assert len(re.findall(r"Task \d+\.", said)) == paper.MOST
    assert f"Task {paper.MOST + 29}." in said, "what most hours went to"
    assert "30 more rows are in the workbook" in said
    assert len(re.findall(r"Aim \d+\.", said)) == sheets.PURPOSES
    assert f"and {paper.MOST + 10} more" in said
    objectives = next(one for one in sheets.of(t, read) if one.id == "objectives")
    assert len(objectives.rows) == paper.MOST + 30


def test_annexes_without_anything_take_no_page_of_their_own(tx: Tx) -> None:
    t, read = Texts.load(Language.EN), report.read(tx, PLAN, ReportKind.ANNUAL, 0, TODAY)
    content = paper.build(t, read)
    assert lines_of(content).count("Nothing to report.") == len(Annex)
    assert part(content).count("<w:pageBreakBefore/>") == 1 + len(PLAN.strand)
