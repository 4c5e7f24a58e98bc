"""What every test may ask for: a store in a temporary folder, and a conversation with the bot."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from storage.engine import Store
from tests.conversation import Chat


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[Store]:
    opened = Store(tmp_path / "data")
    yield opened
    await opened.close()


@pytest.fixture
def chat(store: Store) -> Chat:
    return Chat(store)
