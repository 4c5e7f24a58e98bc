"""Logs, changes and voids entries at full speed, and prints each once it is acknowledged.

Run by test_kill: ``python write_until_killed.py FOLDER RUN``. A line is "key id version digest".
"""

import asyncio
import os
import random
import sys
from datetime import date, timedelta
from pathlib import Path

from storage import audit, entry_changes, inbound, people
from storage.engine import Store, Tx
from storage.entries import Accompanied, Draft, Entry, content
from storage.entry_changes import Doubt
from storage.people import Newcomer, Person, TeamRole
from storage.plan import EntryKind

CALLERS = 32
NOW = 1_740_000_000
SURE = frozenset(Doubt)


def draft(chance: random.Random) -> Draft:
    partner = chance.random() < 0.3
    return Draft(
        EntryKind.PARTNER if partner else EntryKind.ACCOMPANIMENT,
        date(2024, 9, 1) + timedelta(days=chance.randrange(150)),
        chance.randrange(1, 300),
        tuple(Accompanied(role, "Marie") for role in ("cda", "principal")[: chance.randrange(3)]),
        ("emsb", "nfsb")[: chance.randrange(3)],
        partner=chance.choice(("CHSSN", "YMCA", "Centraide")) if partner else "",
        requested=chance.random() < 0.3,
        said="x" * chance.randrange(200),
    )


def once(tx: Tx, key: str, entry: Entry) -> Entry:
    inbound.record(tx, key, NOW, str(entry.id))
    return entry


def log(tx: Tx, key: str, says: Draft, by: Person) -> Entry:
    return once(tx, key, entry_changes.add(tx, says, by, NOW, sure=SURE))


def change(tx: Tx, key: str, old: Entry, says: Draft, by: Person) -> Entry:
    return once(tx, key, entry_changes.change(tx, old.id, old.version, says, by, NOW, sure=SURE))


def void(tx: Tx, key: str, old: Entry, by: Person) -> Entry:
    return once(tx, key, entry_changes.void(tx, old.id, old.version, by, NOW))


def acknowledge(key: str, entry: Entry) -> None:
    line = f"{key} {entry.id} {entry.version} {audit.digest(content(entry))}\n"
    os.write(1, line.encode())


async def call(store: Store, run: str, number: int) -> None:
    chance = random.Random(f"{run}-{number}")
    who = Newcomer("test", str(number), f"Person {number}")
    by = await store.write(people.meet, who, TeamRole.STAFF, NOW)
    turn = 0
    while True:
        key = f"{run}-{number}-{turn}"
        turn += 1
        entry = await store.write(log, key, draft(chance), by)
        acknowledge(key, entry)
        if chance.random() < 0.3:
            entry = await store.write(change, f"{key}-c", entry, draft(chance), by)
            acknowledge(f"{key}-c", entry)
        if chance.random() < 0.2:
            entry = await store.write(void, f"{key}-v", entry, by)
            acknowledge(f"{key}-v", entry)


async def main(folder: Path, run: str) -> None:
    os.write(1, b"ready\n")
    store = Store(folder)
    await asyncio.gather(*(call(store, run, number) for number in range(CALLERS)))


asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
