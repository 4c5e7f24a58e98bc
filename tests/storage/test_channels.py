"""What a channel is told by itself: by managers, in channels that there are, one say for each."""

from dataclasses import replace

import pytest

from storage import addresses, channels, records
from storage.channels import CHANNEL, Channel
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound
from storage.limits import Impossible
from storage.people import Person
from tests.storage.making import NOW

SAYS = Channel("test", "C1", "clc")


@pytest.fixture(autouse=True)
def there(tx: Tx, sam: Person) -> None:
    """A channel, and a chat of somebody's own."""
    addresses.note(tx, "test", "C1", None, NOW)
    addresses.note(tx, "test", "D1", sam.id, NOW)


def test_what_is_settled_takes_the_place_of_what_was(tx: Tx, sam: Person) -> None:
    first = channels.settle(tx, SAYS, sam, NOW)
    again = channels.settle(tx, replace(SAYS, weekday=4), sam, NOW)
    assert (again.id, again.version) == (first.id, 2)
    assert channels.settle(tx, replace(SAYS, weekday=4), sam, NOW) == again
    assert [one.says for one in channels.told(tx)] == [replace(SAYS, weekday=4)]
    assert records.undo(tx, CHANNEL, again.id, 2, sam, NOW).says == SAYS


def test_what_was_taken_back_leaves_room_for_another(tx: Tx, sam: Person) -> None:
    first = channels.settle(tx, SAYS, sam, NOW)
    records.undo(tx, CHANNEL, first.id, 1, sam, NOW)
    assert channels.of(tx, "test", "C1") is None
    other = channels.settle(tx, SAYS, sam, NOW)
    assert other.id != first.id
    with pytest.raises(ChangedMeanwhile):
        records.undo(tx, CHANNEL, first.id, 2, sam, NOW)


def test_what_is_off_or_closed_is_told_nothing(tx: Tx, sam: Person) -> None:
    channels.settle(tx, replace(SAYS, on=False), sam, NOW)
    assert channels.told(tx) == []
    channels.settle(tx, SAYS, sam, NOW)
    addresses.close(tx, "test", "C1", addresses.REMOVED)
    assert channels.told(tx) == []
    addresses.add(tx, "test", "C1", "", "team", NOW)
    assert len(channels.told(tx)) == 1, "where it is let in again, it goes on"


def test_only_managers_settle_it_and_only_of_channels(tx: Tx, alex: Person, sam: Person) -> None:
    with pytest.raises(NotAllowed):
        channels.settle(tx, SAYS, alex, NOW)
    for id in ("D1", "C9"):
        with pytest.raises(NotFound):
            channels.settle(tx, replace(SAYS, id=id), sam, NOW)


@pytest.mark.parametrize(
    "says",
    [
        Channel("test", "C1"),
        Channel("test", "C1", "clc", community=3),
        Channel("test", "C1", strands=("1",), community=3),
        Channel("test", "C1", "clc", ("1\n",)),
        Channel("test", "C1", "clc", ("1",) * 51),
        Channel("test", "C1", community=-1),
        Channel("test", "C1", "clc", weekday=7),
        Channel("test", "C1", "clc", at="24:00"),
        Channel("test", "C1", "clc", at="8:30"),
    ],
)
def test_what_cannot_be_is_refused(tx: Tx, sam: Person, says: Channel) -> None:
    with pytest.raises(Impossible):
        channels.settle(tx, says, sam, NOW)
