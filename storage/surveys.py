"""Surveys and journals: the day each went out to a role of the roster, and who handed it in.

What records that some have handed one in is one record, by name, from a file or by oneself; so it
is taken back as a whole. A member has handed it in while any record says so.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from storage import on_chat, people, records, rosters
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.limits import FIRST_DAY, LONGEST_TEXT, Impossible
from storage.people import Person, TeamRole
from storage.records import Kind, Record
from storage.rosters import Member

MOST_MEMBERS = 2000
FURTHEST = timedelta(days=2 * 366)  # after today: a year mistyped, not a survey planned


class Source(StrEnum):
    """How it became known that it was handed in."""

    TYPED = "typed"
    FILE = "file"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey or a journal by its target, out from ``opened`` on, to be in by ``closes``."""

    target: str
    title: str
    opened: date
    closes: date | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """Members who handed a survey in, each with the day; ``file`` is a digest, or ""."""

    survey: int
    members: tuple[tuple[int, date], ...]
    source: Source = Source.TYPED
    file: str = ""


Completed = Record[Completion]


def check_survey(says: Survey, at: int) -> None:
    """Raise Impossible for what no survey can say. The plan's targets are not known here."""
    today = datetime.fromtimestamp(at, UTC).date()
    if not says.target or not says.title.strip():
        raise Impossible("target" if says.title.strip() else "title")
    for field in ("target", "title"):
        text: str = getattr(says, field)
        if len(text) > LONGEST_TEXT or any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text):
            raise Impossible(field)
    if not FIRST_DAY <= says.opened <= today + FURTHEST:
        raise Impossible("opened")
    if says.closes is not None and not says.opened <= says.closes <= today + FURTHEST:
        raise Impossible("closes")


def check_completion(says: Completion, at: int) -> None:
    """Raise Impossible for what no completion can say. Nothing is handed in in the future."""
    tomorrow = datetime.fromtimestamp(at, UTC).date() + timedelta(days=1)
    if not 1 <= len(says.members) <= MOST_MEMBERS:
        raise Impossible("members")
    if len({member for member, _ in says.members}) < len(says.members):
        raise Impossible("members")
    if any(not FIRST_DAY <= day <= tomorrow for _, day in says.members):
        raise Impossible("day")
    if len(says.file) > LONGEST_TEXT or not says.file.isprintable():
        raise Impossible("file")


def _count_survey(tx: Tx, record: Record[Survey], sign: int) -> None:
    records.keep(tx, "surveys", _indexed(record), sign)


def _indexed(record: Record[Survey]) -> dict[str, object]:
    says = record.says
    return {"record": record.id, "target": says.target, "opened": says.opened.isoformat()}


def _count_completion(tx: Tx, record: Record[Completion], sign: int) -> None:
    if sign < 0:
        tx.run("DELETE FROM completions WHERE record = :id", id=record.id)
        return
    tx.run_many(
        "INSERT INTO completions (record, survey, member, day)"
        " VALUES (:record, :survey, :member, :day)",
        [
            {
                "record": record.id,
                "survey": record.says.survey,
                "member": member,
                "day": day.isoformat(),
            }
            for member, day in record.says.members
        ],
    )


def _opens(role: TeamRole) -> bool:
    return role.manages


def _tells(role: TeamRole) -> bool:
    return role.logs or role is TeamRole.MEMBER


SURVEY = Kind("survey", Survey, _opens, _count_survey, check_survey)
COMPLETION = Kind("completion", Completion, _tells, _count_completion, check_completion)


def complete(tx: Tx, says: Completion, by: Person, at: int) -> Completed | None:
    """Record who handed a survey in; None where all of them have, so nothing changes.

    Members of communities speak for themselves only. Raises NotFound, NotAllowed, Impossible, and
    ChangedMeanwhile where the survey was taken back.
    """
    _check_speaker(tx, says, by)
    done = completed(tx, says.survey, date.max)
    if all(rosters.human(tx, member) in done for member, _ in says.members):
        return None
    return records.add(tx, COMPLETION, says, by, at)


def change(tx: Tx, id: int, version: int, says: Completion, by: Person, at: int) -> Completed:
    """Have a completion say other members or days. Raises what ``complete`` and ``undo`` do."""
    _check_own(tx, id, by)
    _check_speaker(tx, says, by)
    return records.change(tx, COMPLETION, id, version, says, by, at)


def void(tx: Tx, id: int, version: int, by: Person, at: int) -> Completed:
    """Have a completion count no more; one's own, or anyone's for the team."""
    _check_own(tx, id, by)
    return records.void(tx, COMPLETION, id, version, by, at)


def undo(tx: Tx, id: int, version: int, by: Person, at: int) -> Completed:
    """Take back what made this version of a completion; one's own, or anyone's for the team."""
    _check_own(tx, id, by)
    return records.undo(tx, COMPLETION, id, version, by, at)


def _check_own(tx: Tx, id: int, by: Person) -> None:
    before = records.get(tx, COMPLETION, id)
    if before.person != by.id and not people.role_of(tx, by.id).logs:
        raise NotAllowed


def _check_speaker(tx: Tx, says: Completion, by: Person) -> None:
    survey = records.get(tx, SURVEY, says.survey)
    if survey.voided is not None:
        raise ChangedMeanwhile
    if not people.role_of(tx, by.id).logs:
        mine = {one.id for one in on_chat.members_of(tx, by.id)}
        if any(member not in mine for member, _ in says.members):
            raise NotAllowed
    for member, _ in says.members:
        rosters.get(tx, member)


def of_target(tx: Tx, target: str, first: date, last: date) -> list[Record[Survey]]:
    """Those of a target that went out in a period, in the order they did."""
    rows = tx.rows(
        "SELECT record FROM surveys WHERE target = :target AND opened BETWEEN :first AND :last"
        " ORDER BY opened, record",
        target=target,
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return [records.get(tx, SURVEY, row["record"]) for row in rows]


def between(tx: Tx, first: date, last: date) -> list[Record[Survey]]:
    """Every survey and journal that goes out in a period, the newest first."""
    rows = tx.rows(
        "SELECT record FROM surveys WHERE opened BETWEEN :first AND :last"
        " ORDER BY opened DESC, record DESC",
        first=first.isoformat(),
        last=last.isoformat(),
    )
    return [records.get(tx, SURVEY, row["record"]) for row in rows]


def acts(tx: Tx, survey: int) -> list[Completed]:
    """What was recorded for a survey and counts, the last first."""
    rows = tx.rows(
        "SELECT DISTINCT record FROM completions WHERE survey = :survey ORDER BY record DESC",
        survey=survey,
    )
    return [records.get(tx, COMPLETION, row["record"]) for row in rows]


def completed(tx: Tx, survey: int, at: date) -> dict[int, date]:
    """The humans who had handed a survey in by the end of a day, each with the first day."""
    rows = tx.rows(
        "SELECT coalesce(r.human, c.member) AS human, min(c.day) AS day FROM completions c"
        " LEFT JOIN roster r ON r.record = c.member"
        " WHERE c.survey = :survey AND c.day <= :at GROUP BY coalesce(r.human, c.member)",
        survey=survey,
        at=at.isoformat(),
    )
    return {row["human"]: date.fromisoformat(row["day"]) for row in rows}


def asked(tx: Tx, role: str, day: date) -> dict[int, Record[Member]]:
    """The humans of a role on the roster of a day, each as the member they then were."""
    humans = rosters.humans(tx)
    return {humans[one.id]: one for one in rosters.on_day(tx, role, day)}


def wrong(tx: Tx) -> Iterator[str]:
    """What both are looked up by and is not what their records say, as sentences."""
    yield from records.unlike(tx, SURVEY, "surveys", _indexed)
    kept: defaultdict[int, set[tuple[int, int, str]]] = defaultdict(set)
    for row in tx.each("SELECT * FROM completions"):
        kept[row["record"]].add((row["survey"], row["member"], row["day"]))
    for record in records.every(tx, COMPLETION):
        says = record.says
        said = {(says.survey, member, day.isoformat()) for member, day in says.members}
        if kept.pop(record.id, set()) != (set() if record.voided is not None else said):
            yield f"The completion {record.id} is not counted as its record says."
    for id in kept:
        yield f"Rows {id} of completions are of no completion."
