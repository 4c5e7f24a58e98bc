"""Whether people come to a meeting: each member's answer, the newest, and who gave none."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from storage import communities, deliveries, on_chat, people, records, sessions
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, StorageError
from storage.people import Person, TeamRole
from storage.records import Kind, Record
from storage.rosters import Member
from storage.sessions import Session


class NotInvited(StorageError):
    """Only the members of the community that meets are asked."""


class Answer(StrEnum):
    """What a member says of a meeting to come."""

    COMING = "coming"
    MAYBE = "maybe"
    NOT_COMING = "not_coming"


@dataclass(frozen=True, slots=True)
class Rsvp:
    """An answer to a meeting, of whoever recorded it."""

    session: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class Standing:
    """How a meeting's members have answered: each once, by name; ``silent`` have not."""

    answered: dict[Answer, list[Record[Member]]] = field(
        default_factory=lambda: {one: list[Record[Member]]() for one in Answer}
    )
    silent: list[Record[Member]] = field(default_factory=list[Record[Member]])

    def count(self, answer: Answer) -> int:
        """How many gave this answer."""
        return len(self.answered[answer])


def _count(tx: Tx, record: Record[Rsvp], sign: int) -> None:
    records.keep(tx, "rsvps", _indexed(record), sign)


def _indexed(record: Record[Rsvp]) -> dict[str, object]:
    return {"record": record.id, "session": record.says.session, "answer": record.says.answer}


KIND = Kind("rsvp", Rsvp, lambda role: role is not TeamRole.PENDING, _count)


def about(session: int, person: int | None = None) -> str:
    """What the messages about a meeting are about: those in a channel, or a person's own."""
    return f"session/{session}" if person is None else f"session/{session}/person/{person}"


def about_all(community: int, person: int | None = None) -> str:
    """The same of messages about several meetings of a community at once."""
    all_of = f"community/{community}/meetings"
    return all_of if person is None else f"{all_of}/person/{person}"


def answer(tx: Tx, session: int, says: Answer, by: Person, at: int) -> Record[Rsvp]:
    """Take in one's own answer, in the place of an earlier one.

    Raises NotFound, NotInvited, and ChangedMeanwhile where the meeting does not take place.
    """
    meeting = records.get(tx, sessions.KIND, session)
    if meeting.voided is not None or meeting.says.cancelled:
        raise ChangedMeanwhile
    if not invited(tx, by.id, meeting.says):
        raise NotInvited
    before = of_person(tx, session, by.id)
    answered = records.put(tx, KIND, before, Rsvp(session, says), by, at)
    deliveries.touch(tx, about(session))
    deliveries.touch(tx, about(session, by.id))
    deliveries.touch(tx, about_all(meeting.says.community, by.id))
    return answered


def invited(tx: Tx, person: int, meeting: Session) -> bool:
    """Whether someone is a member of the community that meets, on the day when it does."""
    there = communities.of_person(tx, person, meeting.first)
    return meeting.community in {one.id for one in there}


def of_person(tx: Tx, session: int, person: int) -> Record[Rsvp] | None:
    """Someone's newest answer, whichever of their accounts gave it, or None."""
    return _newest(tx, session).get(people.joined(tx).get(person, person))


def answers(tx: Tx, session: int) -> dict[int, Answer]:
    """The newest answer of each person, as who they now are."""
    return {person: one.says.answer for person, one in _newest(tx, session).items()}


def standing(tx: Tx, session: int) -> Standing:
    """How those have answered who are members on the day of the meeting. Raises NotFound."""
    says = records.get(tx, sessions.KIND, session).says
    found, given = Standing(), answers(tx, session)
    for member in communities.members_on(tx, says.community, says.first):
        person = on_chat.person_of(tx, member)
        answer = None if person is None else given.get(person)
        (found.silent if answer is None else found.answered[answer]).append(member)
    return found


def silent(tx: Tx, community: int, before: date, meetings: int) -> set[int]:
    """The people who answered none of the last so many meetings that began before a day.

    They were members on the day of each. Nobody, where there were not so many.
    """
    held = sessions.of_communities(tx, date.min, before - timedelta(days=1), community)
    last = held[-meetings:]
    if len(last) < meetings:
        return set()
    return set[int].intersection(*(_silent_at(tx, one) for one in last))


def _silent_at(tx: Tx, meeting: Record[Session]) -> set[int]:
    members = communities.members_on(tx, meeting.says.community, meeting.says.first)
    there = {on_chat.person_of(tx, member) for member in members}
    return {one for one in there if one is not None} - answers(tx, meeting.id).keys()


def _newest(tx: Tx, session: int) -> dict[int, Record[Rsvp]]:
    rows = tx.rows(
        "SELECT record FROM rsvps WHERE session = :session ORDER BY record", session=session
    )
    now_are = people.joined(tx)
    given = [records.get(tx, KIND, row["record"]) for row in rows]
    return {now_are.get(one.person, one.person): one for one in given}


def wrong(tx: Tx) -> Iterator[str]:
    """What answers are looked up by and is not what their records say, as sentences."""
    yield from records.unlike(tx, KIND, "rsvps", _indexed)
