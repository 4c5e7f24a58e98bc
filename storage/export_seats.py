"""The tables of an export on interests in communities: calls, verdicts, draws and offers."""

from collections.abc import Iterator

from storage import records
from storage.draws import DRAW, Draw
from storage.engine import Tx
from storage.export_records import Row, each
from storage.export_units import instant
from storage.interests import CALL, INTEREST, RELEVANCE, Call, Interest, Relevance
from storage.seats import OFFER, Offer


def tables(tx: Tx) -> dict[str, Iterator[Row]]:
    """The rows of each table, by its name in the dictionary."""
    return {
        "calls": each(tx, CALL, "call", _call),
        "interests": each(tx, INTEREST, "interest", _interest),
        "interest_people": _people(tx),
        "relevances": each(tx, RELEVANCE, "relevance", _relevance),
        "draws": each(tx, DRAW, "draw", _draw),
        "offers": each(tx, OFFER, "offer", _offer),
    }


def _call(says: Call) -> Row:
    days = {"opens": says.opens.isoformat(), "closes": says.closes.isoformat()}
    return {**days, "closed": int(says.closed)}


def _interest(says: Interest) -> Row:
    return {
        "call": says.call,
        "institution": says.institution,
        "sector": says.sector.value,
        "level": says.level,
        "people_number": says.seats,
        "project": says.project,
        "communities": tuple(str(id) for id in says.communities),
        "language": says.language.value if says.language else "",
    }


def _people(tx: Tx) -> Iterator[Row]:
    for record in records.every(tx, INTEREST):
        for one in record.says.people:
            says = {"name": one.name, "role": one.role, "email": one.email}
            yield {"interest": record.id, **says}


def _relevance(says: Relevance) -> Row:
    return {
        "interest": says.interest,
        "seen_version": says.version,
        "verdict": says.verdict.value,
        "reason": says.reason,
        "told": int(says.told),
    }


def _draw(says: Draw) -> Row:
    return {
        "call": says.call,
        "community": says.community,
        "capacity": says.capacity,
        "needed": int(says.needed),
        "taken": tuple(str(id) for id in says.taken),
        "waiting": tuple(str(id) for id in says.waiting),
        "confirmed_by": says.confirmed or None,
        "told_at": instant(says.told),
        "review": says.review,
        "draw_record": says.drawn,
    }


def _offer(says: Offer) -> Row:
    of = {"draw": says.draw, "interest": says.interest}
    return {**of, "until_at": instant(says.until), "answer": says.answer.value}
