"""What to look at before a report is sent: its day, what is to be checked, who owes what."""

from datetime import date

from handlers import gaps, still_open
from handlers.chat.cards import Action, Block, Heading, Item, Text
from handlers.chat.texts import Texts, capital
from handlers.reports import told, view
from handlers.reports.due import Due
from storage import missing, narratives
from storage.engine import Tx
from storage.plan_files import Plans
from storage.report import Report


def read(tx: Tx, t: Texts, plans: Plans, one: Due, made: Report, today: date) -> list[Block]:
    """The list, for managers: each thing in a line, with the button that leads to it."""
    dates = view.dates(t, one, today)
    lines: list[Block] = [Text(capital(dates))] if dates else []
    if open_ := sum(still_open.counts(tx, plans, today, None).values()):
        see = Action(t("check.see"), "check.open")
        lines.append(Item(t("check.home", count=open_), actions=(see,)))
    written = narratives.of_report(tx, made.plan.id, made.kind, made.number)
    if left := len({one.id for one in made.plan.target} - written.keys()):
        of = told.carried(made.plan, made.kind, made.number)
        write = Action(t("narrative.write"), "report.notes", of)
        lines.append(Item(t("report.checklist.no_note", count=left), actions=(write,)))
    owed = [gap for gap in missing.read(tx, made.plan, made.period.at) if gap.there]
    lines += [gaps.item(t, made.plan, gap) for gap in owed]
    return [Heading(t("report.checklist.title")), *lines] if lines else []
