"""Any meeting, written in every shape of report: what is read is what an oracle counts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.files import attendance, tables
from handlers.files.attendance import Attendance
from handlers.files.attendees import minutes_by_day
from tests.handlers.files.meetings import (
    ENCODINGS,
    Manner,
    Meeting,
    Person,
    Rows,
    log,
    manners,
    meetings,
    teams,
    written,
    zoom,
)

TORONTO = ZoneInfo("America/Toronto")
few = settings(max_examples=60, deadline=None)
encodings = st.sampled_from(ENCODINGS)
separators = st.sampled_from("\t,;")
sections = st.sampled_from([(2, 3), (2,), (3,)])


def read(rows: Rows, separator: str, encoding: str) -> Attendance:
    found = attendance.read(tables.read(written(rows, separator, encoding)), TORONTO)
    assert found is not None
    return found


def right(found: Attendance, meeting: Meeting) -> Attendance:
    """The reading whose dates are the meeting's; another one only where nothing tells."""
    if meeting.start.day > 12:
        assert not found.ambiguous_dates
    when = meeting.start, meeting.end
    (one,) = (one for one in (found, *found.others) if (one.starts, one.ends) == when)
    return one


def spans(person: Person, meeting: Meeting) -> tuple[tuple[datetime, datetime], ...]:
    """When they were there, second by second."""
    there = sorted(person.there)
    starts = [s for s in there if s - 1 not in person.there]
    ends = [s + 1 for s in there if s + 1 not in person.there]
    return tuple((meeting.at(a), meeting.at(b)) for a, b in zip(starts, ends, strict=True))


def check_people(found: Attendance, meeting: Meeting) -> None:
    got = {one.name: (one.email, one.minutes) for one in found.attendees}
    assert got == {one.name: (one.email, one.minutes) for one in meeting.people}


def check_days(found: Attendance, meeting: Meeting) -> None:
    """The seconds of each day, where the file tells when each join began and ended."""
    for person, read in zip(meeting.people, found.attendees, strict=True):
        assert read.intervals == spans(person, meeting)
        days: dict[object, int] = {}
        for second in person.there:
            day = meeting.at(second).date()
            days[day] = days.get(day, 0) + 1
        assert minutes_by_day(read) == {day: (count + 30) // 60 for day, count in days.items()}


@few
@given(meetings(), manners("en", "fr"), sections, separators, encodings)
def test_a_report_of_teams(
    meeting: Meeting, manner: Manner, parts: tuple[int, ...], separator: str, encoding: str
) -> None:
    found = right(read(teams(meeting, manner, parts), separator, encoding), meeting)
    check_people(found, meeting)
    assert found.source == "teams"
    assert found.ends == meeting.end
    assert [one.organizer for one in found.attendees] == [one.organizer for one in meeting.people]
    if manner.block:
        assert found.title == meeting.title
    if 3 in parts:
        check_days(found, meeting)


@few
@given(meetings(), manners("pt"), sections, encodings)
def test_a_report_in_another_language_is_read_by_where_things_stand(
    meeting: Meeting, manner: Manner, parts: tuple[int, ...], encoding: str
) -> None:
    kept = Manner("pt", manner.clock, manner.lasting, manner.case, False, manner.block, True)
    found = right(read(teams(meeting, kept, parts), "\t", encoding), meeting)
    check_people(found, meeting)
    assert [one.organizer for one in found.attendees] == [one.organizer for one in meeting.people]


@few
@given(meetings(), manners("en", "fr"), separators, encodings)
def test_a_report_of_zoom(meeting: Meeting, manner: Manner, separator: str, encoding: str) -> None:
    found = right(read(zoom(meeting, manner), separator, encoding), meeting)
    check_people(found, meeting)
    check_days(found, meeting)
    assert found.source == "zoom"
    assert [one.guest for one in found.attendees] == [one.guest for one in meeting.people]
    if manner.block:
        assert found.title == meeting.title
        assert found.attendees[0].organizer == bool(meeting.people[0].email)


@few
@given(meetings(), manners("en", "fr"), separators, encodings)
def test_a_report_of_zoom_with_a_row_a_person(
    meeting: Meeting, manner: Manner, separator: str, encoding: str
) -> None:
    found = read(zoom(meeting, manner, unique=True), separator, encoding)
    check_people(found, meeting)
    assert all(minutes_by_day(one) == {} for one in found.attendees)


@few
@given(meetings(), manners("en"), separators, encodings)
def test_a_log_of_joins_and_leaves(
    meeting: Meeting, manner: Manner, separator: str, encoding: str
) -> None:
    found = right(read(log(meeting, manner), separator, encoding), meeting)
    got = {one.name: one.minutes for one in found.attendees}
    seconds = int((meeting.end - meeting.start).total_seconds())
    assert got.pop("Last One") == (seconds + 30) // 60
    assert got == {one.name: one.minutes for one in meeting.people}


@few
@given(meetings(), manners("en", "fr"), st.data())
def test_a_report_cut_anywhere_is_read_as_far_as_it_goes(
    meeting: Meeting, manner: Manner, data: st.DataObject
) -> None:
    whole = written(teams(meeting, manner), "\t", "utf-16")
    cut = whole[: data.draw(st.integers(0, len(whole)))]
    try:
        found = attendance.read(tables.read(cut), TORONTO)
    except tables.NotATable:
        assert len(cut) < 20
        return
    if found:
        assert len(found.attendees) <= len(meeting.people) + 1  # a name may be cut in two


ODD = """Name|Nom|Join Time|Leave Time|Duration (Minutes)|User Action|Timestamp|Topic|Start Time
1. Summary|2. Participants|3. x|Marie|=HYPERLINK(1)|10/16/24, 1:00:12 PM|01/02/2024 13:00|Yes|(
9/9/0000 9:00|1h 3m|-5||31/31/24 10:00|2024-01-01T00:00:00+14:00|0001-01-01 00:00 Z|1e999
9999-12-31 23:59 -12:00|iPhone ()"""
words = st.sampled_from(ODD.replace("\n", "|").split("|"))


@few
@given(st.lists(st.lists(words | st.text(max_size=8), max_size=6), max_size=12))
def test_no_table_is_too_odd(rows: Rows) -> None:
    found = attendance.read(rows, TORONTO)
    assert found is None or all(one.minutes >= 0 for one in found.attendees)


@few
@given(meetings(), manners("en", "fr"))
def test_rows_twice_change_nothing(meeting: Meeting, manner: Manner) -> None:
    rows = zoom(meeting, manner)
    twice = [row for row in rows for _ in range(2)] if not manner.block else rows + rows[-1:]
    check_people(read(twice, ",", "utf-8"), meeting)


@few
@given(meetings(), manners("en"))
def test_a_meeting_over_midnight(meeting: Meeting, manner: Manner) -> None:
    late = Meeting(meeting.title, meeting.start.replace(hour=23, minute=50), meeting.people)
    found = right(read(teams(late, manner), "\t", "utf-16"), late)
    check_days(found, late)
    assert found.ends is not None
    assert found.ends - late.start < timedelta(days=1)
