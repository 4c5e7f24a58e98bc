"""A report as a Word document: the plan's own layout with the results beside, then the annexes."""

from collections.abc import Sequence
from itertools import groupby

from handlers import describe
from handlers.chat.cards import Tone
from handlers.chat.texts import Texts, capital
from handlers.papers.paper import Across, Entry, Paper, Said
from handlers.progress import words
from handlers.reports import sheets, shown
from handlers.reports.sheets import Sheet
from handlers.reports.shown import Cell
from handlers.reports.told import as_of, how, is_draft, name, period
from storage.plan import Network
from storage.report import Indicated, OfStrand, OfStrategy, Reached, Report
from storage.reported import Annex

COLORS = {Tone.GOOD: "1E6B45", Tone.WARN: "8A5A00", Tone.BAD: "A4262C", Tone.NEUTRAL: "595959"}
MUTED = COLORS[Tone.NEUTRAL]
LAYOUT = (2.7, 3.2, 3.6)  # of strategies, indicators and targets, in inches
MOST = 60  # rows of hours, partners or updates on paper; a workbook has them all
SUMMARY = (3.6, 2.9, 1.6, 1.4)
NUMBERS = (shown.Hours, shown.Share, shown.Amount, int)


def build(t: Texts, report: Report) -> bytes:
    """The document; the same report is the same bytes."""
    title, plan = name(t, report), report.plan.title[t.language]
    paper = Paper(t.language, f"{title} · {plan}", plan, as_of(report), landscape=True)
    note = t("document.draft") if is_draft(report) else ""
    paper.title(title, f"{plan}\n{period(t, report)}", note=note)
    tables = sheets.of(t, report)
    paper.contents(t("guide.contents"), list(_entries(t, report)))
    paper.heading(t("document.summary"), 1, "summary", new_page=True)
    paper.paragraph(how(t, report), muted=True)
    _summary(paper, t, report)
    _changes(paper, t, report, tables)
    for at, strand in enumerate(report.strands):
        _strand(paper, t, report.plan.network, strand, f"strand_{at}")
    for annex in Annex:
        own = [one for one in tables if one.annex is annex]
        there = any(one.rows for one in own)
        paper.heading(_annex(t, annex), 1, f"annex_{annex}", new_page=there)
        if not there:
            paper.paragraph(t("document.none"), muted=True)
            continue
        for sheet in own:
            _sheet(paper, t, sheet)
    return paper.content()


def _entries(t: Texts, report: Report) -> list[Entry]:
    entries = [Entry(t("document.summary"), 1, "summary")]
    for at, strand in enumerate(report.strands):
        entries.append(Entry(_title(t, strand), 1, f"strand_{at}"))
    return [*entries, *(Entry(_annex(t, one), 1, f"annex_{one}") for one in Annex)]


def _annex(t: Texts, annex: Annex) -> str:
    title = t(f"document.annexes.{annex}")
    return t("document.annex", letter=sheets.letter(annex), title=title)


def _title(t: Texts, strand: OfStrand) -> str:
    return t("document.strand", id=strand.strand.id, title=strand.strand.title[t.language])


def _summary(paper: Paper, t: Texts, report: Report) -> None:
    """Every target on a line."""
    header = [t(f"document.column.{one}") for one in ("target", "result", "expected", "status")]
    rows: list[list[list[Said]]] = []
    for strand in report.strands:
        for one in strand.targets:
            figure, target = shown.figure(one.figure), one.figure.target
            due = figure.expected
            rows.append(
                [
                    [Said(target.name[t.language])],
                    [Said(words.reached(t, figure))],
                    [Said("" if due is None else words.due_by_now(t, target, due))],
                    [_status(t, one)],
                ]
            )
    paper.table(header, rows, SUMMARY)


def _changes(paper: Paper, t: Texts, report: Report, tables: Sequence[Sheet]) -> None:
    """What is no longer as it was in the report that was sent before, or that all of it is."""
    if report.changes is None:
        return
    sent = report.changes.sent
    of = {"report": describe.report(t, sent.target, sent.number), "day": t.day(sent.last)}
    paper.heading(t("document.changes.title"), 2)
    there = next((one for one in tables if one.id == "changes"), None)
    if there is None:
        paper.paragraph(t("document.changes.none", **of), muted=True)
        return
    paper.paragraph(t("document.changes.some", **of))
    _rows(paper, t, there, there.rows)


def _strand(paper: Paper, t: Texts, network: Network, strand: OfStrand, mark: str) -> None:
    """The plan's own table of a strand, a table an objective."""
    paper.heading(_title(t, strand), 1, mark, new_page=True)
    header = [t(f"document.column.{one}") for one in ("strategy", "indicators", "targets")]
    for objective in strand.objectives:
        paper.heading(objective.objective.text[t.language], 2)
        rows = [row for one in objective.strategies for row in _strategy(t, network, one)]
        paper.table(header, rows, LAYOUT)


def _strategy(t: Texts, network: Network, of: OfStrategy) -> list[list[list[Said]] | Across]:
    """A strategy's row, and one for what was written on each of its targets."""
    indicators = [line for one in of.indicators for line in _indicator(t, network, one)]
    targets = [line for one in of.targets for line in _target(t, one)]
    row = [[Said(of.strategy.text[t.language])], indicators, targets]
    return [row, *(_narrative(t, one) for one in of.targets if one.narrative)]


def _narrative(t: Texts, one: Reached) -> Across:
    name = Said(t("document.narrative", target=one.figure.target.name[t.language]), color=MUTED)
    lines = [Said(line) for line in one.narrative.splitlines() if line.strip()]
    return Across([name], lines)


def _indicator(t: Texts, network: Network, one: Indicated) -> list[Said]:
    label = one.indicator.text[t.language]
    if one.value is None:
        return [Said(label)]
    letter = sheets.letter(one.value) if isinstance(one.value, Annex) else ""
    value = shown.value(t, network, one.value, letter)
    listed = isinstance(one.value, Annex)
    lead = t("document.lead", label=label)
    if " " not in value:  # a number alone on a line says nothing
        lead = f"{lead.rstrip()}\u00a0"
    return [Said(value, not listed, MUTED if listed else "", lead)]


def _target(t: Texts, one: Reached) -> list[Said]:
    """Its wording in the plan, what is reached, each part, and what was added since."""
    figure = shown.figure(one.figure)
    lines = [
        Said(one.figure.target.text[t.language], apart=True),
        Said(words.reached(t, figure), bold=True),
        _status(t, one),
        *(Said(line, color=MUTED) for line in words.parts(t, figure)),
    ]
    if added := shown.added(t, one):
        lines.append(Said(t("document.since", amount=added), color=MUTED))
    return lines


def _status(t: Texts, one: Reached) -> Said:
    figure = shown.figure(one.figure)
    word = capital(words.status(t, figure))
    return Said(word, bold=True, color=COLORS[words.TONES[figure.status]])


def _sheet(paper: Paper, t: Texts, sheet: Sheet) -> None:
    """A table of an annex; one that says what each row is of, a heading for each of these."""
    title = t(f"document.sheet.{sheet.id}")
    if title != t(f"document.annexes.{sheet.annex}"):
        paper.heading(title, 2)
    if not sheet.rows:
        paper.paragraph(t("document.none"), muted=True)
        return
    of = sheet.columns[0]
    if of.id != "target":
        _rows(paper, t, sheet, sheet.rows[:MOST])
        if len(sheet.rows) > MOST:
            paper.paragraph(t("document.left", count=len(sheet.rows) - MOST), muted=True)
        return
    for target, rows in groupby(sheet.rows, key=lambda row: row[0]):
        paper.heading(shown.text(t, target), 3)
        _rows(paper, t, sheet, list(rows))


def _rows(paper: Paper, t: Texts, sheet: Sheet, rows: Sequence[tuple[Cell, ...]]) -> None:
    """Those columns that have a width; numbers end at the same place, in each part of a table."""
    kept = [at for at, one in enumerate(sheet.columns) if one.width]
    labels = [sheet.columns[at].label or sheet.columns[at].id for at in kept]
    header = [t(f"document.column.{one}") for one in labels]
    right = [
        n for n, at in enumerate(kept) if any(isinstance(row[at], NUMBERS) for row in sheet.rows)
    ]
    words_ = [[shown.text(t, row[at]) for at in kept] for row in rows]
    paper.table(header, words_, [sheet.columns[at].width for at in kept], right=right)
