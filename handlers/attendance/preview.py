"""What taking in a report of attendance would do, as blocks of a card."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers import describe
from handlers.attendance import matching
from handlers.attendance.matching import Matched, Pending, Person
from handlers.chat.cards import Action, Block, Facts, Heading, Item, Table, Text
from handlers.chat.texts import Texts
from storage.network import Network
from storage.presences import Attendance
from storage.records import Record
from storage.rosters import Member
from storage.sessions import Session

MOST_ASKED = 6  # unmatched people, each with the names that come near
MOST_NAMED = 40  # in a paragraph; how many more there are is said


@dataclass(frozen=True, slots=True)
class About:
    """What a report is shown beside: its session, and the attendance that is there already."""

    t: Texts
    network: Network
    session: Session
    before: Attendance | None


def about(t: Texts, pending: Pending) -> str:
    """ "PLC meeting 1 · Wednesday 16 October 2024, 13:00 or …"."""
    moments = [t.moment(one.starts) for one in pending.dates]
    when = t("attendance.file.or").join(dict.fromkeys(moments))
    return " · ".join(one for one in (pending.title, when) if one)


def blocks(
    beside: About, pending: Pending, matched: Matched, carried: Mapping[str, str]
) -> list[Block]:
    """Who would be recorded, who is not known, who was too short; of heads only their number.

    Buttons send what is ``carried``.
    """
    t, session = beside.t, beside.session
    heads = [
        count for count, at in zip(matched.heads, matched.places, strict=True) if at is not None
    ]
    rows = [
        (t("attendance.file.file"), pending.file),
        (t("attendance.file.about"), about(t, pending)),
        (t("attendance.file.there"), " + ".join(map(t.number, heads))),
        (t("attendance.file.short"), _number(t, matched.short)),
        (t("attendance.file.organizers"), _number(t, matched.skipped)),
    ]
    shown: list[Block] = [Facts(tuple((label, said) for label, said in rows if said))]
    if matching.other_day(pending, session):
        shown.append(Text(t("attendance.file.other_day")))
    if beside.before is not None and _replaces(beside.before, matched):
        there = beside.before.participants
        shown.append(Text(t("attendance.file.replaces", count=there)))
    if session.unnamed:
        return [*shown, Text(t("attendance.unnamed"))]
    if matched.there:
        shown.append(_table(beside, matched))
    shown += _unmatched(beside, matched, carried)
    if matched.short:
        names = [f"{one.name} ({_minutes(t, one)})" for one in matched.short]
        shown.append(Text(t("attendance.file.too_short", names=_all_of(t, names)), muted=True))
    if matched.skipped:
        names = [one.name for one in matched.skipped]
        shown.append(Text(t("attendance.file.held_by", names=_all_of(t, names)), muted=True))
    return shown


def _table(beside: About, matched: Matched) -> Table:
    t = beside.t
    rows = [
        (member.says.name, describe.board(t, beside.network, member.says.board), _minutes(t, one))
        for one, member in matched.there
    ]
    header = (t("attendance.name"), t("attendance.board"), t("attendance.file.stayed"))
    return Table(t("attendance.file.matched", count=len(rows)), header, tuple(rows))


def _unmatched(beside: About, matched: Matched, carried: Mapping[str, str]) -> list[Block]:
    """Those on no roster: the first to whom names come near with these; the others are listed."""
    if not matched.unmatched:
        return []
    asked = [one for one in matched.unmatched if one[2]][:MOST_ASKED]
    t = beside.t
    title = t("attendance.file.unmatched", count=len(matched.unmatched))
    shown: list[Block] = [Heading(title)]
    for place, person, near in asked:
        of = {**carried, "place": str(place)}
        actions = tuple(_is(beside, one, person, of) for one in near)
        says = f"{person.name} · {_minutes(t, person)}"
        shown.append(Item(says, t("attendance.file.near"), actions=actions))
    if kept := [one[1].name for one in matched.unmatched if one not in asked]:
        shown.append(Text(t("attendance.file.kept", names=_all_of(t, kept))))
    return shown


def _is(beside: About, member: Record[Member], person: Person, of: Mapping[str, str]) -> Action:
    """The button that says who somebody is."""
    values = {**of, "member": str(member.id)}
    label = describe.member(beside.t, beside.network, member.says)
    return Action(label, "attendance.file_as", values, hint=person.name)


def _replaces(before: Attendance, matched: Matched) -> bool:
    """Whether the report takes the place of what is recorded for one of its days."""
    there = {one.day for one in (*before.counts, *before.present, *before.unmatched)}
    return any(
        count and at in there for count, at in zip(matched.heads, matched.places, strict=True)
    )


def _number(t: Texts, people: tuple[Person, ...]) -> str:
    return t.number(len(people)) if people else ""


def _all_of(t: Texts, names: list[str]) -> str:
    """The names as a list; of many the first, and how many more there are."""
    more = len(names) - MOST_NAMED
    if more > 0:
        names = [*names[:MOST_NAMED], t("attendance.file.more", count=more)]
    return t.all_of(names)


def _minutes(t: Texts, person: Person) -> str:
    return " + ".join(t.duration(minutes) for minutes in person.days if minutes) or "0"
