"""What every test may ask for: a store in a temporary folder, a transaction, a conversation."""

from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from storage.engine import Store, Tx, writing
from tests.conversation import Chat

# How long an example takes is the machine's business.
settings.register_profile("jalon", deadline=None)
settings.load_profile("jalon")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def tx(folder: Path) -> Iterator[Tx]:
    with writing(folder) as opened:
        yield opened


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[Store]:
    opened = Store(tmp_path / "data")
    yield opened
    await opened.close()


@pytest.fixture
def chat(store: Store) -> Chat:
    return Chat(store)
