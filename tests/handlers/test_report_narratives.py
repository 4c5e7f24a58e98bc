"""What managers wrote on a target, in a report’s files: as it was typed, and nothing runs."""

import csv
import re
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO, StringIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers.chat.texts import Texts
from handlers.papers.xml import clean
from handlers.reports import archive, paper, workbook
from storage import narratives, report
from storage.engine import Tx
from storage.export import neutral
from storage.narratives import LONGEST, Narrative
from storage.people import TeamRole
from storage.plan import Language
from storage.plan_files import load_plans
from storage.report import Report, ReportKind
from tests.new_database import new_database
from tests.reading_papers import lines_of, part
from tests.reading_workbooks import sheets_of, xml_of
from tests.storage.making import DAY, NOW, meet

PLAN = load_plans(None).get("clc-2024-25")
TARGET = "accompaniment-hours"
TEXT = "Four schools joined.\nThe visits:\n\n- Lac\n- Gaspé"
TYPED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1)


def told(tx: Tx, text: str = TEXT) -> Report:
    says = Narrative(PLAN.id, ReportKind.PROGRESS, 2, TARGET, text)
    narratives.tell(tx, says, 0, meet(tx, "Sam", TeamRole.MANAGER), NOW)
    return report.read(tx, PLAN, ReportKind.PROGRESS, 2, DAY)


def in_workbook(content: bytes, sheet: str = "Targets") -> list[object]:
    rows = sheets_of(content)[sheet]
    at = len(rows[0]) - 1
    return [row[at] for row in rows if len(row) > at]


def in_files(content: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        text = parts.read("01-targets.csv").decode("utf-8-sig")
    return [row[-1] for row in csv.reader(StringIO(text, newline=""))]


@pytest.mark.parametrize(
    ("language", "head", "name", "sheet"),
    [
        (Language.EN, "Narrative", "Accompaniment hours", "Targets"),
        (Language.FR, "Commentaire", "Heures d’accompagnement", "Cibles"),
    ],
)
def test_it_stands_beside_its_target_in_each_file(
    tx: Tx, language: Language, head: str, name: str, sheet: str
) -> None:
    t, made = Texts.load(language), told(tx)
    content = paper.build(t, made)
    assert content == paper.build(t, made)
    lines = lines_of(content)
    at = lines.index(f"{head} · {name}")
    assert lines[at + 1 : at + 5] == ["Four schools joined.", "The visits:", "- Lac", "- Gaspé"]
    wording = next(one for one in PLAN.target if one.id == TARGET).text[language]
    assert wording.replace("\u00a0", " ") in lines[at - 12 : at], "right below its target"
    assert sum(line.startswith(f"{head} · ") for line in lines) == 1
    assert in_workbook(workbook.build(t, made), sheet) == [head, TEXT]
    assert [one for one in in_files(archive.build(t, made)) if one] == [head, TEXT]


def test_a_long_one_goes_on_on_the_next_page_and_no_wider_than_its_table(tx: Tx) -> None:
    xml = part(paper.build(Texts.load(Language.EN), told(tx, "word " * (LONGEST // 5))))
    (row,) = (one for one in re.findall(r"<w:tr>.*?</w:tr>", xml, re.DOTALL) if "word word" in one)
    assert "w:cantSplit" not in row
    assert row.count("<w:tc>") == 2
    assert '<w:gridSpan w:val="2"/>' in row
    assert xml.count("<w:cantSplit/>") == xml.count("</w:tr>") - 1


@cache
def _bare() -> Report:
    """A report of one strand, so that it is made soon."""
    with new_database() as tx:
        made = report.read(tx, PLAN, ReportKind.PROGRESS, 2, DAY)
    strand = next(s for s in made.strands if any(_is_it(one) for one in s.targets))
    return replace(made, strands=(strand,))


def _is_it(one: report.Reached) -> bool:
    return one.figure.target.id == TARGET


def _with(made: Report, text: str) -> Report:
    (strand,) = made.strands
    objectives = tuple(
        replace(
            objective,
            strategies=tuple(
                replace(
                    one,
                    targets=tuple(
                        replace(reached, narrative=text) if _is_it(reached) else reached
                        for reached in one.targets
                    ),
                )
                for one in objective.strategies
            ),
        )
        for objective in strand.objectives
    )
    return replace(made, strands=(replace(strand, objectives=objectives),))


@settings(max_examples=40, deadline=None)
@given(TYPED)
@example('=HYPERLINK("https://example.org","x")')
@example("+1\n=2\n@SUM(A1)")
@example("_x0041_ <b>&amp;</b> {=1} \x01 \ufffe 👩‍🏫")
@example("https://example.org/a")
@example("12")
def test_any_text_is_kept_as_typed_and_runs_nowhere(text: str) -> None:
    t, made = Texts.load(Language.EN), _with(_bare(), text)
    there = clean(text)
    lines = lines_of(paper.build(t, made))
    typed = [clean(one).replace("\u00a0", " ") for one in text.splitlines() if one.strip()]
    at = lines.index("Narrative · Accompaniment hours")
    # A tab is an element of its own in a document.
    said = [one for one in (line.replace("\t", "") for line in typed) if one]
    assert lines[at + 1 : at + 1 + len(said)] == said
    book = workbook.build(t, made)
    assert [one for one in in_workbook(book) if one] == ["Narrative", *([there] if there else [])]
    pages = xml_of(book)
    assert not any("<f>" in xml or "<hyperlink" in xml for xml in pages.values())
    assert [one for one in in_files(archive.build(t, made)) if one] == ["Narrative", neutral(text)]
