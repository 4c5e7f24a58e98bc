"""People of the team, for tests of one storage function."""

import pytest

from storage.engine import Tx
from storage.people import Person, TeamRole
from tests.storage.making import meet


@pytest.fixture
def alex(tx: Tx) -> Person:
    return meet(tx, "Alex")


@pytest.fixture
def sam(tx: Tx) -> Person:
    return meet(tx, "Sam", TeamRole.MANAGER)


@pytest.fixture
def marie(tx: Tx) -> Person:
    return meet(tx, "Marie", TeamRole.MEMBER)
