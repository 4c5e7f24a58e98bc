"""A data folder, and a transaction on its database, for tests of one storage function."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.engine import Tx, writing
from storage.people import Person, TeamRole
from tests.storage.making import meet


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def tx(folder: Path) -> Iterator[Tx]:
    with writing(folder) as opened:
        yield opened


@pytest.fixture
def alex(tx: Tx) -> Person:
    return meet(tx, "Alex")


@pytest.fixture
def sam(tx: Tx) -> Person:
    return meet(tx, "Sam", TeamRole.MANAGER)


@pytest.fixture
def marie(tx: Tx) -> Person:
    return meet(tx, "Marie", TeamRole.MEMBER)
