"""A report as a file: which one is meant, its name, its bytes; and those that were sent."""

from datetime import date
from enum import StrEnum

from handlers.chat.cards import File
from handlers.chat.texts import Texts
from handlers.reports import archive
from storage import report, sent_reports
from storage.engine import Tx
from storage.people import Person
from storage.plan import Language, Plan
from storage.report import Report, ReportKind, document_of
from storage.sent_reports import SentFile, SentReport


class Format(StrEnum):
    """What a report is given out as."""

    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"


def read(tx: Tx, plan: Plan, kind: ReportKind, number: int | None, today: date) -> Report:
    """A report of a plan; of progress reports the next, else the last, where no number says which.

    Raises NoSuchReport.
    """
    if kind is ReportKind.ANNUAL:
        number = 0
    elif number is None:
        reports = report.reports_of(plan)
        number = report.unsent(tx, plan) or (int(reports.goal) if reports else 1)
    return report.read(tx, plan, kind, number, today)


def give(tx: Tx, made: Report, language: Language, format: Format) -> File:
    """The file of a report: of one that was sent, as it was then."""
    kept = made.sent and sent_reports.file(tx, made.sent.id, language, format)
    return File(kept.name, kept.content) if kept else build(Texts.load(language), made, format)


def freeze(
    tx: Tx, plan: Plan, kind: ReportKind, number: int, by: Person, at: int, today: date
) -> SentReport:
    """Keep a report that was just marked as sent: all its figures, and every file of it."""
    made = read(tx, plan, kind, number, today)
    files: list[SentFile] = []
    for language in Language:
        for format in Format:
            one = build(Texts.load(language), made, format)
            files.append(SentFile(language, format, one.name, one.content))
    document, days = document_of(plan, kind, made.number), (plan.starts, made.period.at)
    return sent_reports.freeze(tx, document, days, made.figures, files, by, at)


def build(t: Texts, made: Report, format: Format) -> File:
    """A file of a report: the same for the same report. Of CSV there are several, in one zip."""
    name = t(f"document.name.{made.kind}", number=made.number)

    def named(ending: str) -> str:
        return t("document.file", name=name, plan=made.plan.id, ending=ending)

    match format:
        case Format.DOCX:
            from handlers.reports import paper

            return File(named("docx"), paper.build(t, made))
        case Format.XLSX:
            from handlers.reports import workbook

            return File(named("xlsx"), workbook.build(t, made))
        case Format.CSV:
            return File(named("zip"), archive.build(t, made))
