"""Shares: what everyone in a channel was told of an entry, as its owner chose."""

from dataclasses import replace

from storage import entries
from storage.engine import Tx
from storage.entries import Entry, from_content
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound
from storage.people import Person


def add(tx: Tx, id: int, version: int, by: Person, platform: str, place: str) -> tuple[Entry, bool]:
    """Share one's own entry in a place, and whether that is new. ``version``: what the person saw.

    Raises NotFound, NotAllowed where it is another's, and ChangedMeanwhile.
    """
    entry = entries.get(tx, id, by)
    if entry.person != by.id:
        raise NotAllowed
    if entry.voided is not None or entry.version != version:
        raise ChangedMeanwhile
    new = tx.row(
        "INSERT INTO shares (entry, version, platform, place)"
        " VALUES (:entry, :version, :platform, :place) ON CONFLICT DO NOTHING RETURNING entry",
        entry=id,
        version=version,
        platform=platform,
        place=place,
    )
    return entry, new is not None


def get(tx: Tx, id: int, version: int, platform: str, place: str) -> Entry:
    """An entry as it was shared in a place, for whoever asks; ``voided`` is as it now is.

    Raises NotFound where it was not.
    """
    shared = tx.row(
        "SELECT 1 FROM shares WHERE entry = :entry AND version = :version"
        " AND platform = :platform AND place = :place",
        entry=id,
        version=version,
        platform=platform,
        place=place,
    )
    if shared is None:
        raise NotFound
    entry = entries.stored(tx, id)
    was = tx.row(
        "SELECT content FROM entry_versions WHERE entry = :entry AND version = :version",
        entry=id,
        version=version,
    )
    if was is None:
        return entry
    says, request, _ = from_content(was["content"])
    return replace(entry, says=says, request=request, version=version)
