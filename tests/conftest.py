"""What every test may ask for: a store in a temporary folder, a transaction, a conversation."""

import os
import shutil
import tempfile
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from storage.engine import Store, Tx, writing
from tests.conversation import Chat
from tests.new_database import new_folder

# How long an example takes is the machine's business. Where a change is judged, the examples are
# the same each time; others are looked for wherever else the tests run.
settings.register_profile("jalon", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("jalon")

# A file system in memory, and what room there must be in it (bytes).
MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3


def pytest_configure() -> None:
    """Keep the databases of tests in memory where there is room: thousands wait for the disk."""
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def tx(folder: Path) -> Iterator[Tx]:
    with writing(new_folder(folder)) as opened:
        yield opened


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[Store]:
    opened = Store(new_folder(tmp_path / "data"))
    yield opened
    await opened.close()


@pytest.fixture
def chat(store: Store) -> Chat:
    return Chat(store)
