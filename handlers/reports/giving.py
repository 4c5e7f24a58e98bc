"""A report as a file to give out: which one is meant, what it is called, and its bytes."""

from datetime import date
from enum import StrEnum

from handlers.chat.cards import File
from handlers.chat.texts import Texts
from handlers.reports import archive
from storage import documents, report
from storage.engine import Tx
from storage.plan import Plan
from storage.report import Report, ReportKind


class Format(StrEnum):
    """What a report is given out as."""

    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"


def read(tx: Tx, plan: Plan, kind: ReportKind, number: int | None, today: date) -> Report:
    """A report of a plan; of progress reports the next, where no number says which.

    Raises NoSuchReport.
    """
    if kind is ReportKind.ANNUAL:
        return report.read(tx, plan, kind, 0, today)
    return report.read(tx, plan, kind, _next(tx, plan) if number is None else number, today)


def file(t: Texts, made: Report, format: Format) -> File:
    """The file of a report: the same for the same report. Of CSV there are several, in one zip."""
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


def _next(tx: Tx, plan: Plan) -> int:
    """The first progress report that is not marked as sent; the last one where all are."""
    target = report.reports_of(plan)
    if target is None:
        return 1
    kept = documents.of_target(tx, plan.id, target.id)
    sent = {one.says.number for one in kept if one.says.sent is not None}
    most = int(target.goal)
    return next((number for number in range(1, most + 1) if number not in sent), most)
