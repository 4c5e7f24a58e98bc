"""The benchmark of /progress beside many sessions: how many must not matter."""

import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from statistics import median

from bot.dispatch import Dispatch
from bot.web.render import render
from handlers.all import everything
from handlers.chat.incoming import Incoming, Kind, Place
from handlers.chat.texts import Texts
from storage import people, session_sums
from storage.database import writing
from storage.engine import Store
from storage.people import Newcomer, TeamRole
from storage.plan import Language, Measure, Plan
from storage.plan_files import Plans

NOW = datetime(2025, 2, 12, 15, 0, tzinfo=UTC)
SIZES = (1_000, 100_000)  # sessions
EACH = 10  # present at a session
MEMBERS = 200
ROUNDS = 40
WHO = Newcomer("bench", "p1", "Person 1", role=TeamRole.STAFF)
EN = Texts.load(Language.EN)
_keys = count()


async def bench_sessions(plans: Plans) -> list[str]:
    """Ask for /progress beside few sessions and beside many, in turn."""
    times: dict[int, list[float]] = {size: [] for size in SIZES}
    with tempfile.TemporaryDirectory() as folder:
        stores: dict[int, Store] = {}
        for size in SIZES:
            where = Path(folder) / str(size)
            fill(where, plans.current(NOW.date()), size)
            store = stores[size] = Store(where)
            assert await store.read(lambda tx: list(session_sums.wrong(tx))) == []
        for round in range(ROUNDS + 1):
            for size, store in stores.items():
                took = await _ask(Dispatch(store, plans, everything(), lambda: NOW))
                if round:  # the first one warms up
                    times[size].append(took)
        for store in stores.values():
            await store.close()
    few, many = (median(times[size]) * 1000 for size in SIZES)
    return [
        f"/progress at {SIZES[1]:,} sessions and {SIZES[1] * EACH:,} presences against"
        f" {SIZES[0]:,} and {SIZES[0] * EACH:,}, rendered:",
        f"  {many / few:.2f}x ({many:.1f} ms, {few:.1f} ms)  goal 1.50x",
    ]


async def _ask(dispatch: Dispatch) -> float:
    place = Place("bench", "d1", direct=True)
    msg = Incoming(WHO, place, Kind.MESSAGE, f"sessions-{next(_keys)}", text="/progress")
    start = time.perf_counter()
    render((await dispatch(msg)).says, EN)
    return time.perf_counter() - start


def fill(folder: Path, plan: Plan, size: int) -> None:
    """Write sessions, presences and feedback directly, and have their sums kept as always."""
    targets = [one for one in plan.target if one.measure is Measure.SESSIONS]
    with writing(folder) as tx:
        who = people.meet(tx, WHO, TeamRole.STAFF, int(NOW.timestamp()))
        for n in range(1, size + 1):
            target = targets[n % len(targets)]
            day = (plan.starts + timedelta(days=n % 220)).isoformat()
            one = {"id": n, "day": day, "number": EACH}
            tx.run(
                "INSERT INTO records (id, kind, content, person, version, created)"
                " VALUES (:id, 'bench', '', :person, 1, 1)",
                id=n,
                person=who.id,
            )
            tx.run(
                "INSERT INTO sessions (session, target, area, days, minutes, first, last,"
                " cancelled, unnamed, folded)"
                " VALUES (:id, :target, :area, :days, 180, :day, :day, 0, 0, '')",
                target=target.id,
                area=target.part[n % 2].id if target.part else "",
                days=target.days,
                **one,
            )
            tx.run(
                "INSERT INTO attendances (session, record, participants, named)"
                " VALUES (:id, :id, :number, 1)",
                **one,
            )
            tx.run(
                "INSERT INTO feedback_counts (session, asked, answered, positive)"
                " VALUES (:id, :number, 7, 6)",
                **one,
            )
            tx.run_many(
                "INSERT INTO presences (session, member, day) VALUES (:session, :member, 0)",
                [{"session": n, "member": (7 * n + k) % MEMBERS + 1} for k in range(EACH)],
            )
            session_sums.keep(tx, n, 1)
