"""Which reports there are."""

from enum import StrEnum


class ReportKind(StrEnum):
    """Which report."""

    PROGRESS = "progress"
    ANNUAL = "annual"
