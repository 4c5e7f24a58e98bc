"""Quiet: what a person does not want to be told for now, until a day or until they say.

It is theirs alone: nobody pauses or resumes for another. An account that was joined brings its own
along, so two can count for one subject; whoever is asked about them is quiet while either is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from storage import people, records
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.limits import Impossible
from storage.people import Person, TeamRole
from storage.records import Kind, Record

NUDGES = "nudges"
FURTHEST = timedelta(days=366)  # beyond is a day misread, or no pause any more

_ABOUT = re.compile(r"nudges|(?:community|survey)/[1-9][0-9]{0,14}")


@dataclass(frozen=True, slots=True)
class Quiet:
    """That nothing is to be told about a subject before the day ``until``; None: until they say.

    ``about`` is NUDGES, or as ``of_community`` and ``of_survey`` name a subject.
    """

    about: str
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is quiet on that day."""
        return self.until is None or day < self.until


def of_community(number: int) -> str:
    """The subject of the reminders that a community's members get themselves."""
    return f"community/{number}"


def of_survey(number: int) -> str:
    """The subject of the reminders of one survey or journal."""
    return f"survey/{number}"


def check(says: Quiet, at: int) -> None:
    """Raise Impossible for what can't be paused, and for days that are over or too far."""
    today = datetime.fromtimestamp(at, UTC).date()
    if not _ABOUT.fullmatch(says.about):
        raise Impossible("about")
    if says.until is not None and not today <= says.until <= today + FURTHEST:
        raise Impossible("until")


def _count(tx: Tx, record: Record[Quiet], sign: int) -> None:
    if sign > 0 and _of(tx, record.person, record.says.about):
        raise ChangedMeanwhile  # another took its place
    records.keep(tx, "quiet", _indexed(record), sign)


def _indexed(record: Record[Quiet]) -> dict[str, object]:
    says = record.says
    return {
        "record": record.id,
        "about": says.about,
        "until": says.until and says.until.isoformat(),
    }


KIND = Kind("quiet", Quiet, lambda role: role is not TeamRole.PENDING, _count, check)


def pause(tx: Tx, about: str, until: date | None, by: Person, at: int) -> Record[Quiet]:
    """Tell the person nothing of a subject before a day, or until they say; in the place of before.

    Raises NotAllowed and Impossible.
    """
    there = _of(tx, by.id, about)
    for one in there[1:]:
        records.void(tx, KIND, one.id, one.version, by, at)
    return records.put(tx, KIND, there[0] if there else None, Quiet(about, until), by, at)


def resume(tx: Tx, about: str, by: Person, at: int) -> Record[Quiet] | None:
    """Tell the person of a subject again; what was taken back, or None where nothing was paused.

    Raises NotAllowed.
    """
    ended = [records.void(tx, KIND, one.id, one.version, by, at) for one in _of(tx, by.id, about)]
    return ended[0] if ended else None


def undo(tx: Tx, id: int, version: int, by: Person, at: int) -> Record[Quiet]:
    """Take back what made this version of one's own. Raises what ``records.undo`` does."""
    if records.get(tx, KIND, id).person != by.id:
        raise NotAllowed
    return records.undo(tx, KIND, id, version, by, at)


def is_quiet(tx: Tx, person: int, about: str, day: date) -> bool:
    """Whether somebody, as who they are now, is to be told nothing of a subject on a day."""
    now = people.joined(tx).get(person, person)
    return any(one.says.holds(day) for one in _of(tx, now, about))


def of_person(tx: Tx, person: int, day: date) -> list[Record[Quiet]]:
    """What somebody, as who they are now, is to be told nothing of on a day, by its subject."""
    now = people.joined(tx).get(person, person)
    rows = tx.rows(
        "SELECT q.record FROM quiet q JOIN records r ON r.id = q.record"
        " WHERE r.person = :person ORDER BY q.about, q.record DESC",
        person=now,
    )
    found = (records.get(tx, KIND, row["record"]) for row in rows)
    return [one for one in found if one.says.holds(day)]


def wrong(tx: Tx) -> Iterator[str]:
    """What it is looked up by and is not what the records say, as sentences."""
    yield from records.unlike(tx, KIND, "quiet", _indexed)


def _of(tx: Tx, person: int, about: str) -> list[Record[Quiet]]:
    """What counts of a person and a subject, the newest first."""
    rows = tx.rows(
        "SELECT q.record FROM quiet q JOIN records r ON r.id = q.record"
        " WHERE q.about = :about AND r.person = :person ORDER BY q.record DESC",
        about=about,
        person=person,
    )
    return [records.get(tx, KIND, row["record"]) for row in rows]
