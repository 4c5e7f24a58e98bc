"""The tables of an export that hold what is recorded beside hours, row by row."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from storage import documents, feedback, presences, quiet, records, rosters, rsvps, sessions
from storage.channels import CHANNEL, Channel
from storage.communities import COMMUNITY, MEMBERSHIP, Community, Membership
from storage.engine import Tx
from storage.export_units import instant
from storage.narratives import NARRATIVE, Narrative
from storage.outputs import OUTPUT, Output
from storage.partnerships import AGREEMENT, PARTNERSHIP, Agreement, Partnership
from storage.practice import LINES, TEXTS, Practice
from storage.practice_comments import COMMENT, Comment
from storage.practice_marks import MARK, Mark
from storage.practices import PRACTICE
from storage.quiet import Quiet
from storage.records import Kind, Record
from storage.rosters import MEMBER
from storage.surveys import COMPLETION, SURVEY, Survey

S = TypeVar("S")

Row = dict[str, object]

FEWEST_ANSWERS = 5  # of fewer it could be told who said what


def tables(tx: Tx) -> dict[str, Iterator[Row]]:
    """The rows of each table, by its name in the dictionary."""
    return {
        "sessions": each(tx, sessions.KIND, "session", _session),
        "attendances": each(tx, presences.KIND, "attendance", _attendance),
        "attendance_boards": _boards(tx),
        "presences": _presences(tx),
        "feedback": _feedback(tx),
        "feedback_answers": _answers(tx),
        "roster": _roster(tx),
        "outputs": each(tx, OUTPUT, "output", _output),
        "partnerships": each(tx, PARTNERSHIP, "partnership", _partnership),
        "agreements": each(tx, AGREEMENT, "agreement", _agreement),
        "surveys": each(tx, SURVEY, "survey", _survey),
        "completions": _completions(tx),
        "documents": each(tx, documents.KIND, "document", _document),
        "narratives": each(tx, NARRATIVE, "narrative", _narrative),
        "communities": each(tx, COMMUNITY, "community", _community),
        "memberships": each(tx, MEMBERSHIP, "membership", _membership),
        "rsvps": each(tx, rsvps.KIND, "rsvp", _rsvp),
        "pauses": each(tx, quiet.KIND, "pause", _pause),
        "channels": each(tx, CHANNEL, "channel", _channel),
        "practices": each(tx, PRACTICE, "practice", _practice),
        "practice_marks": each(tx, MARK, "mark", _mark),
        "practice_comments": each(tx, COMMENT, "comment", _comment),
    }


def each(
    tx: Tx, kind: Kind[S], number: str, row: Callable[[S], Mapping[str, object]]
) -> Iterator[Row]:
    """A row for each record of a kind: its number, what it says, and by whom and when."""
    for record in records.every(tx, kind):
        yield {number: record.id, **row(record.says), **_recorded(record)}


def _recorded(record: Record[S]) -> Row:
    return {
        "person": record.person,
        "version": record.version,
        "created_at": instant(record.created),
        "voided_at": instant(record.voided),
    }


def _session(says: sessions.Session) -> Row:
    return {
        "target": says.target,
        "title": says.title,
        "theme": says.theme,
        "area": says.area,
        "audience": says.audience,
        "first_day": says.first.isoformat(),
        "last_day": says.last.isoformat(),
        "days": len(says.days),
        "minutes": says.minutes,
        "language": says.language,
        "place": says.place,
        "link": says.link,
        "community": says.community,
        "agenda": says.agenda,
        "boards": says.boards,
        "registered": says.registered,
        "cancelled": int(says.cancelled),
        "head_counts": int(says.head_counts),
    }


def _attendance(says: presences.Attendance) -> Row:
    return {
        "session": says.session,
        "participants": says.participants,
        "unmatched": tuple(dict.fromkeys(one.name for one in says.unmatched)),
        "source": says.source.value,
    }


def _boards(tx: Tx) -> Iterator[Row]:
    for record in records.every(tx, presences.KIND):
        of: Row = {"attendance": record.id, "session": record.says.session}
        for board, number in sorted(record.says.boards.items()):
            yield of | {"board": board, "number": number}


def _presences(tx: Tx) -> Iterator[Row]:
    for record in records.every(tx, presences.KIND):
        of: Row = {"attendance": record.id, "session": record.says.session}
        for one in dict.fromkeys(record.says.present):
            yield of | {"member": one.member, "day": one.day + 1}


def _feedback(tx: Tx) -> Iterator[Row]:
    for record in records.every(tx, feedback.KIND):
        says = record.says
        numbers = {"asked": says.asked, "answered": says.answered, "positive": says.positive}
        of = {"feedback": record.id, "session": says.session, "source": says.source.value}
        yield {**of, **numbers, **_recorded(record)}
    for row in tx.rows("SELECT * FROM feedback_counts WHERE record IS NULL ORDER BY session"):
        nobody = {"person": None, "version": None, "created_at": None, "voided_at": None}
        numbers = {name: row[name] for name in ("session", "asked", "answered", "positive")}
        yield {"feedback": None, **numbers, "source": "chat", **nobody}


def _answers(tx: Tx) -> Iterator[Row]:
    """In no order of time, and not beside who has answered."""
    for row in tx.rows(
        "SELECT session FROM feedback_answers GROUP BY session HAVING count(*) >= :fewest"
        " ORDER BY session",
        fewest=FEWEST_ANSWERS,
    ):
        for score, comment in feedback.answers(tx, row["session"]):
            yield {"session": row["session"], "score": score, "comment": comment}


def _roster(tx: Tx) -> Iterator[Row]:
    humans = rosters.humans(tx)
    for record in records.every(tx, MEMBER):
        says = record.says
        yield {
            "member": record.id,
            "human": humans.get(record.id, record.id),
            "name": says.name,
            "role": says.role,
            "board": says.board,
            "centre": says.centre,
            "email": says.email,
            "starts": _day(says.starts),
            "ends": _day(says.ends),
            "language": says.language.value if says.language else "",
            **_recorded(record),
        }


def _output(says: Output) -> Row:
    return {
        "target": says.target,
        "title": says.title,
        "theme": says.theme,
        "objective": says.objective,
        "revamped": int(says.revamped),
        "published": _day(says.published),
        "url": says.url,
        "note": says.note,
    }


def _partnership(says: Partnership) -> Row:
    return {
        "partner": says.partner,
        "table": int(says.table),
        "standing": says.standing.value,
        "seat": int(says.seat),
        "since": _day(says.since),
        "until": _day(says.until),
        "purpose": says.purpose,
        "contact": says.contact,
    }


def _agreement(says: Agreement) -> Row:
    days = {"signed": _day(says.signed), "ends": _day(says.ends)}
    return {"partner": says.partner, "title": says.title, **days, "url": says.url}


def _survey(says: Survey) -> Row:
    days = {"opened": _day(says.opened), "closes": _day(says.closes)}
    return {"target": says.target, "title": says.title, **days}


def _completions(tx: Tx) -> Iterator[Row]:
    for record in records.every(tx, COMPLETION):
        says = record.says
        for member, day in says.members:
            one = {"survey": says.survey, "member": member, "day": _day(day)}
            source = says.source.value
            yield {"completion": record.id, **one, "source": source, **_recorded(record)}


def _document(says: documents.Document) -> Row:
    days = {name: _day(getattr(says, name)) for name in ("prepared", "sent", "posted")}
    return {"plan": says.plan, "target": says.target, "number": says.number, **days}


def _narrative(says: Narrative) -> Row:
    of = {"plan": says.plan, "report": says.report.value, "number": says.number}
    return {**of, "target": says.target, "text": says.text}


def _community(says: Community) -> Row:
    first, last = says.years or ("", "")
    return {
        "name_en": says.name_en,
        "name_fr": says.name_fr,
        "kind": says.kind.value,
        "sector": says.sector,
        "smallest": says.smallest,
        "largest": says.largest,
        "facilitator": says.facilitator or None,
        "plan": says.plan,
        "target": says.target,
        "first_year": first,
        "last_year": last,
        "roles": says.roles,
        "language": says.language.value if says.language else "",
    }


def _rsvp(says: rsvps.Rsvp) -> Row:
    return {"session": says.session, "answer": says.answer}


def _membership(says: Membership) -> Row:
    return {
        "community": says.community,
        "member": says.member,
        "starts": says.starts.isoformat(),
        "ends": _day(says.ends),
        "sector": says.sector.value,
        "measure": says.measure,
        "role": says.role,
        "institution": says.institution,
        "interest": says.interest or None,
    }


def _pause(says: Quiet) -> Row:
    return {"about": says.about, "until": _day(says.until)}


def _channel(says: Channel) -> Row:
    where = {"platform": says.platform, "id": says.id}
    what = {"programme": says.programme, "strands": says.strands, "community": says.community}
    return {**where, **what, "weekday": says.weekday + 1, "at": says.at, "on": says.on}


def _practice(says: Practice) -> Row:
    words = {name: getattr(says, name) for name in (*LINES, *TEXTS)}
    level, theme = says.level or "", says.theme or ""
    said = {"level": str(level), "theme": str(theme), "links": says.links}
    sees = {"sees": says.sees.value, "community": says.community}
    return {**words, **said, **sees, "language": says.language.value}


def _mark(says: Mark) -> Row:
    return {"practice": says.practice, "status": says.status.value, "day": _day(says.day)}


def _comment(says: Comment) -> Row:
    return {"practice": says.practice, "text": says.text}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
