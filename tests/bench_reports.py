"""How long the reports of a year of 100,000 entries take, each entry for something else."""

import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from bot import sample
from handlers.chat.texts import Texts
from handlers.reports import giving
from handlers.reports.giving import Format
from storage import entry_changes, people
from storage.engine import Store, Tx
from storage.entries import Accompanied, Draft
from storage.people import Newcomer, TeamRole
from storage.plan import EntryKind, Language
from storage.plan_files import load_plans
from storage.report import ReportKind

ENTRIES = 100_000
TODAY = date(2025, 6, 20)
DAYS = [date(2024, 7, 2) + timedelta(days=n) for n in range(350)]
AT = 1_750_000_000
ROLES, BOARDS = ("cda", "principal", "teacher"), ("EMSB", "RSB", "LBPSB", "WQSB")
SURE = frozenset(entry_changes.Doubt)


async def bench_reports() -> list[str]:
    """The lines of the report."""
    plan, t = load_plans(None).get("clc-2024-25"), Texts.load(Language.FR)

    def logged(tx: Tx) -> None:
        team = [
            people.meet(tx, Newcomer("bench", f"p{n}", f"Person {n}"), TeamRole.STAFF, AT)
            for n in range(6)
        ]
        for n in range(ENTRIES):
            entry_changes.add(tx, _entry(n), team[n % len(team)], AT, sure=SURE)

    def built(tx: Tx, format: Format) -> int:
        made = giving.read(tx, plan, ReportKind.ANNUAL, None, TODAY)
        return len(giving.build(t, made, format).content)

    def kept(tx: Tx) -> None:
        by = people.everyone(tx)[0]
        giving.freeze(tx, plan, ReportKind.ANNUAL, 0, by, AT, TODAY)

    lines = [f"The year-end report on {ENTRIES:,} entries, each for something else, built:"]
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        try:
            await sample.fill(store, load_plans(None))
            await store.write(logged)
            for format in Format:
                start = time.perf_counter()
                size = await store.read(built, format)
                took = time.perf_counter() - start
                lines.append(f"  {format.upper()}: {took:.2f} s ({size / 1e6:.1f} MB)  goal 5 s")
            start = time.perf_counter()
            await store.write(kept)
            took = time.perf_counter() - start
            lines.append(f"  kept as sent, six files, while other writes wait: {took:.2f} s")
        finally:
            await store.close()
    return lines


def _entry(n: int) -> Draft:
    """Every other one to a partner."""
    day, objective = DAYS[n % len(DAYS)], f"something else, number {n}"
    if n % 2:
        partner = f"Partner {n % 300}"
        return Draft(EntryKind.PARTNER, day, 15, partner=partner, objective=objective)
    who, board = (Accompanied(ROLES[n % 3]),), (BOARDS[n % 4],)
    return Draft(EntryKind.ACCOMPANIMENT, day, 15, who, board, objective=objective)
