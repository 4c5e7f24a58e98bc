"""Killed at any moment, the store loses nothing that it acknowledged.

Five kills by default. For a long run: ``JALON_KILLS=1000 pytest tests/storage/test_kill.py -s``.
"""

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from storage.engine import Tx, reading, writing
from storage.verify import problems

KILLS = int(os.environ.get("JALON_KILLS", "5"))
KILLS_OF_A_FOLDER = 20
PROGRAM = Path(__file__).with_name("write_until_killed.py")


class Acknowledged(NamedTuple):
    """One line of the program: under ``key`` entry ``id`` became ``version``."""

    key: str
    id: int
    version: int
    digest: str


def test_no_acknowledged_entry_is_lost_to_a_kill(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    acknowledged: list[Acknowledged] = []
    kills = lines = 0
    folder = tmp_path
    while kills < KILLS:
        first_start = kills % KILLS_OF_A_FOLDER == 0
        if first_start:
            folder = tmp_path / f"data-{kills}"
            acknowledged = []
        new = write_and_kill(folder, str(kills), patience(chance, first_start))
        acknowledged += new
        kills += 1
        lines += len(new)
        last_of_folder = kills % KILLS_OF_A_FOLDER == 0 or kills == KILLS
        check(folder, acknowledged if last_of_folder else new, f"seed {seed}, kill {kills}")
    sys.stdout.write(f"{kills} kills, {lines} changes acknowledged, 0 lost\n")
    assert lines


def patience(chance: random.Random, first_start: bool) -> float:
    """Seconds from before the store is opened to the kill: at the first start it makes tables."""
    return chance.uniform(0, 0.05 if first_start else 0.4)


def write_and_kill(folder: Path, run: str, patience: float) -> list[Acknowledged]:
    out = folder.with_suffix(f".{run}")
    with out.open("wb") as stdout:
        writer = subprocess.Popen([sys.executable, PROGRAM, folder, run], stdout=stdout)
        try:
            while not out.stat().st_size:
                assert writer.poll() is None, "the program ended by itself"
                time.sleep(0.001)
            time.sleep(patience)
            assert writer.poll() is None, "the program ended by itself"
        finally:
            writer.kill()
            writer.wait()
    said = [line.split() for line in out.read_text().splitlines()[1:]]
    return [Acknowledged(key, int(id), int(version), dig) for key, id, version, dig in said]


def check(folder: Path, acknowledged: list[Acknowledged], when: str) -> None:
    """Look once as `jalon progress` would, beside the ruins, and once as the next start does."""
    try:
        with reading(folder) as tx:
            check_kept(tx, acknowledged, when)
    except FileNotFoundError:
        assert not acknowledged, when
    with writing(folder) as tx:
        check_kept(tx, acknowledged, when)


def check_kept(tx: Tx, acknowledged: list[Acknowledged], when: str) -> None:
    assert problems(tx) == [], when
    chained = {(row[0], row[1]) for row in tx.rows("SELECT subject, digest FROM audit")}
    versions = {row[0]: row[1] for row in tx.rows("SELECT id, version FROM entries")}
    answered = {row[0]: row[1] for row in tx.rows("SELECT key, reply FROM inbound")}
    for one in acknowledged:
        assert (f"entry/{one.id}", one.digest) in chained, (when, one)
        assert versions[one.id] >= one.version, (when, one)
        assert answered[one.key] == str(one.id), (when, one)
    rows = tx.rows("SELECT count(*) FROM audit WHERE subject LIKE 'entry/%'")
    assert rows[0][0] == len(answered), "every change has its key, and every key its change"
