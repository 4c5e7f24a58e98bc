"""What a report is called, and what it says of itself."""

from datetime import date

from handlers import describe
from handlers.chat.texts import Texts
from storage.documents import ANNUAL
from storage.plan import Plan
from storage.report import Report, ReportKind


def called(t: Texts, kind: ReportKind, number: int) -> str:
    """What a report is called."""
    return describe.report(t, ANNUAL if kind is ReportKind.ANNUAL else "", number)


def carried(plan: Plan, kind: ReportKind, number: int) -> dict[str, str]:
    """What a button on a report carries."""
    return {"plan": plan.id, "kind": kind.value, "number": str(number)}


def name(t: Texts, report: Report) -> str:
    """What this one is called."""
    return called(t, report.kind, report.number)


def as_of(report: Report) -> date:
    """The last day that a report speaks for."""
    return min(report.period.at, report.plan.ends)


def is_draft(report: Report) -> bool:
    """Whether it was not sent yet."""
    return report.period.sent is None


def period(t: Texts, report: Report) -> str:
    """ "1 July 2024 to 6 December 2024"."""
    return t("document.period", first=t.day(report.period.first), last=t.day(as_of(report)))


def how(t: Texts, report: Report) -> str:
    """How its figures are counted, and since when what was added."""
    first, since = report.plan.starts, report.period.first
    said = t("document.about", first=t.day(first), day=t.day(as_of(report)))
    return f"{said} {t('document.about_before', first=t.day(since))}" if since > first else said


def about(t: Texts, report: Report) -> list[str]:
    """What it says of itself, line by line."""
    draft = [t("document.draft")] if is_draft(report) else []
    return [*draft, period(t, report), how(t, report)]
