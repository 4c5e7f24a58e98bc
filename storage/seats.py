"""Seats of a community: given when a draw is confirmed by a person, and offered on as they free up.

A seat is a participant's. Whoever waits is offered seats in the order of the list, never past
another.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from storage import communities, draws, interests, participants, people, records
from storage.communities import MEMBERSHIP, Membership
from storage.draws import DRAW, Draw
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed
from storage.interests import INTEREST, Interest
from storage.people import Person, TeamRole
from storage.records import Kind, Record
from storage.rosters import Member

DAY = 24 * 3600
OFFERED_FOR = 7 * DAY  # seconds that an offer stands


class Answer(StrEnum):
    """What became of an offer."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Offer:
    """Seats offered to an interest that waited; ``until`` is in UTC seconds."""

    draw: int
    interest: int
    until: int
    answer: Answer = Answer.WAITING


def _count_offer(tx: Tx, record: Record[Offer], sign: int) -> None:
    records.keep(tx, "offers", _indexed_offer(record), sign)


def _indexed_offer(record: Record[Offer]) -> dict[str, object]:
    says = record.says
    return {
        "record": record.id,
        "draw": says.draw,
        "interest": says.interest,
        "until": says.until,
        "answer": says.answer.value,
    }


def _known(role: TeamRole) -> bool:
    return role is not TeamRole.PENDING


OFFER = Kind("offer", Offer, _known, _count_offer)


def confirm(tx: Tx, id: int, version: int, day: date, by: Person, at: int) -> Record[Draw]:
    """Have what was proposed hold: who was taken becomes a member from a day on.

    Raises NotAllowed, and ChangedMeanwhile where nothing is proposed or it was confirmed.
    """
    before = records.get(tx, DRAW, id)
    if not before.says.proposed or before.says.confirmed or before.voided is not None:
        raise ChangedMeanwhile
    says = replace(before.says, confirmed=by.id, review="")
    confirmed = records.change(tx, DRAW, id, version, says, by, at)
    for interest in says.taken:
        if records.get(tx, INTEREST, interest).voided is None:
            _seat(tx, confirmed, interest, day, by, at)
    return confirmed


def tell(tx: Tx, id: int, version: int, by: Person, at: int) -> Record[Draw]:
    """Note that everyone concerned is told now; from here on, freed seats are offered.

    Raises NotAllowed, and ChangedMeanwhile where it is not confirmed or was told.
    """
    before = records.get(tx, DRAW, id)
    if not before.says.confirmed or before.says.told or before.voided is not None:
        raise ChangedMeanwhile
    return records.change(tx, DRAW, id, version, replace(before.says, told=at), by, at)


def undo(tx: Tx, id: int, version: int, by: Person, at: int) -> Record[Draw]:
    """Take back what made this version of a draw, with the members that a confirmation made.

    Raises NotAllowed, and ChangedMeanwhile where those concerned have been told.
    """
    before = records.get(tx, DRAW, id)
    if before.says.told:
        raise ChangedMeanwhile
    undone = records.undo(tx, DRAW, id, version, by, at)
    was, is_now = before.says.confirmed, undone.says.confirmed
    for interest in before.says.taken:
        for one in communities.of_interest(tx, interest):
            if was and not is_now and one.says.community == before.says.community:
                participants.void(tx, one, by, at)
    if is_now and not was:  # a confirmation is confirmed anew, never restored
        raise ChangedMeanwhile
    return undone


def holds(tx: Tx, draw: Record[Draw]) -> list[int]:
    """The interests that have seats by a draw now, by number: taken, or accepted since."""
    accepted = {
        one.says.interest for one in offers(tx, draw.id) if one.says.answer is Answer.ACCEPTED
    }
    return sorted(id for id in {*draw.says.taken, *accepted} if _counts(tx, id))


def queue(tx: Tx, draw: Record[Draw]) -> list[int]:
    """The interests that wait and were offered nothing yet, in the order of the list."""
    asked = {one.says.interest for one in offers(tx, draw.id)}
    return [id for id in draw.says.waiting if id not in asked and _counts(tx, id)]


def offers(tx: Tx, draw: int) -> list[Record[Offer]]:
    """What was offered of a draw, in the order it was."""
    rows = tx.rows("SELECT record FROM offers WHERE draw = :draw ORDER BY record", draw=draw)
    return [records.get(tx, OFFER, row["record"]) for row in rows]


def free(tx: Tx, draw: Record[Draw]) -> int:
    """How many seats of a draw nobody has or is offered."""
    held = sum(draw.says.seats(id) for id in holds(tx, draw))
    return draw.says.capacity - held - _offered(tx, draw)


def offer_next(tx: Tx, draw: Record[Draw], at: int) -> list[Record[Offer]]:
    """Offer the free seats to who waits, in order, while they suffice for whoever is next."""
    made: list[Record[Offer]] = []
    if not draw.says.told or draw.voided is not None:
        return made
    by = _in_whose_name(tx, draw)
    left = _left(tx, draw, at)
    for interest in queue(tx, draw):
        left -= draw.says.seats(interest)
        if left < 0:
            break
        made.append(records.add(tx, OFFER, Offer(draw.id, interest, at + OFFERED_FOR), by, at))
    return made


def _left(tx: Tx, draw: Record[Draw], at: int) -> int:
    """The free seats, and no more than the community has places for by now."""
    day, id = datetime.fromtimestamp(at, UTC).date(), draw.says.community
    places = communities.get(tx, id).says.places(communities.size(tx, id, day))
    if places is None:
        return free(tx, draw)
    return min(free(tx, draw), places - _offered(tx, draw))


def _offered(tx: Tx, draw: Record[Draw]) -> int:
    waiting = (one for one in offers(tx, draw.id) if one.says.answer is Answer.WAITING)
    return sum(draw.says.seats(one.says.interest) for one in waiting)


def answer(
    tx: Tx, id: int, says: Answer, day: date, by: Person, at: int
) -> tuple[Record[Offer], list[Record[Offer]]]:
    """Accept or decline what one was offered; with it, what is offered on.

    Raises NotAllowed for another's, and ChangedMeanwhile where it was answered or is too late.
    """
    offer = records.get(tx, OFFER, id)
    interest = interests.own(tx, offer.says.interest, by)
    if interest.voided is not None or offer.says.until < at:
        raise ChangedMeanwhile
    draw = records.get(tx, DRAW, offer.says.draw)
    done = _answered(tx, offer, says, by, at)
    if says is Answer.ACCEPTED:
        _seat(tx, draw, interest.id, day, _in_whose_name(tx, draw), at)
    return done, offer_next(tx, draw, at)


def offers_due(tx: Tx, now: int) -> list[Record[Offer]]:
    """The offers that nobody answered in time, in the order they were made."""
    rows = tx.rows(
        "SELECT record FROM offers WHERE answer = 'waiting' AND until < :now ORDER BY record",
        now=now,
    )
    return [records.get(tx, OFFER, row["record"]) for row in rows]


def expire(tx: Tx, offer: Record[Offer], at: int) -> list[Record[Offer]]:
    """Have an offer be over that nobody answered; return what is offered to the next."""
    draw = records.get(tx, DRAW, offer.says.draw)
    _answered(tx, offer, Answer.EXPIRED, _in_whose_name(tx, draw), at)
    return offer_next(tx, draw, at)


def withdraw(
    tx: Tx, id: int, version: int, day: date, by: Person, at: int
) -> tuple[Record[Interest], list[Record[Offer]]]:
    """Withdraw an interest, with the seats it has or is offered; and what is offered on.

    Whoever has come already was a member until the day before. Raises NotFound, NotAllowed and
    ChangedMeanwhile.
    """
    interests.own(tx, id, by)
    gone = records.void(tx, INTEREST, id, version, by, at)
    concerned = [one for one in draws.of_call(tx, gone.says.call) if id in dict(one.says.pool)]
    for draw in concerned:
        lead = _in_whose_name(tx, draw) if draw.says.confirmed else by
        for one in communities.of_interest(tx, id):
            if one.says.community == draw.says.community:
                _leave(tx, one, day, lead, at)
        for offer in offers(tx, draw.id):
            if offer.says.interest == id and offer.says.answer is Answer.WAITING:
                _answered(tx, offer, Answer.DECLINED, by, at)
    return gone, [one for draw in concerned for one in offer_next(tx, draw, at)]


def _answered(tx: Tx, offer: Record[Offer], says: Answer, by: Person, at: int) -> Record[Offer]:
    if offer.says.answer is not Answer.WAITING:
        raise ChangedMeanwhile
    become = replace(offer.says, answer=says)
    return records.change(tx, OFFER, offer.id, offer.version, become, by, at)


def _seat(tx: Tx, draw: Record[Draw], interest: int, day: date, by: Person, at: int) -> None:
    """Make the people of an interest members; who is one already stays as they are."""
    says = records.get(tx, INTEREST, interest).says
    for one in says.people:
        new = Member(
            one.name, one.email, centre=says.institution, starts=day, language=says.language
        )
        member = participants.participant(tx, new, day, by, at)
        seat = Membership(
            draw.says.community,
            member.id,
            day,
            sector=says.sector,
            role=one.role,
            institution=says.institution,
            interest=interest,
        )
        try:
            records.add(tx, MEMBERSHIP, seat, by, at)
        except communities.AlreadyMember:
            continue


def _leave(tx: Tx, one: Record[Membership], day: date, by: Person, at: int) -> None:
    if one.says.starts >= day:
        participants.void(tx, one, by, at)
    elif one.says.ends is None or one.says.ends >= day:
        says = replace(one.says, ends=day - timedelta(days=1))
        records.change(tx, MEMBERSHIP, one.id, one.version, says, by, at)


def _counts(tx: Tx, interest: int) -> bool:
    return records.get(tx, INTEREST, interest).voided is None


def _in_whose_name(tx: Tx, draw: Record[Draw]) -> Person:
    """Who confirmed a draw, or where they no longer manage, somebody who does."""
    confirmed = people.joined(tx).get(draw.says.confirmed, draw.says.confirmed)
    managers = [one for one in people.everyone(tx) if one.role.manages]
    if not managers:
        raise NotAllowed
    return next((one for one in managers if one.id == confirmed), managers[0])


def wrong(tx: Tx) -> Iterator[str]:
    """What offers are looked up by and is not what their records say, as sentences."""
    yield from records.unlike(tx, OFFER, "offers", _indexed_offer)
