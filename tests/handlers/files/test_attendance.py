"""Reports of attendance: the shapes that are met, and what in them is easily got wrong."""

import json
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from handlers.files import attendance, tables
from handlers.files.attendance import Attendance
from handlers.files.attendees import Attendee, Role, minutes_by_day, present
from handlers.files.spoken import spoken

at = datetime.fromisoformat
TORONTO = ZoneInfo("America/Toronto")
SAMPLES = Path(__file__).parents[3].parent / "shared" / "samples"
REPORTS = ["teams-attendance-utf16.csv", "zoom-attendance-detailed.csv"]


def read(text: str) -> Attendance:
    found = attendance.read(tables.read(text.encode()), TORONTO)
    assert found is not None
    return found


def minutes(found: Attendance) -> dict[str, int]:
    return {one.said: one.minutes for one in found.attendees if not one.organizer}


def teams(*people: str, head: str = "") -> Attendance:
    """A report of Teams whose third section has these rows, tabs written as bars."""
    rows = [*([head] if head else []), "3. In-Meeting Activities"]
    rows += ["Name|Join Time|Leave Time|Duration|Email|Role", *people]
    return read("\n".join(rows).replace("|", "\t"))


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_samples(name: str, encoding: str, separator: str) -> None:
    if not (SAMPLES / name).exists():
        pytest.skip("the samples are not here")
    expected = json.loads((SAMPLES / "expected.json").read_text("utf-8"))[name]
    rows = tables.read((SAMPLES / name).read_bytes())
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    for content in ((SAMPLES / name).read_bytes(), text.encode(encoding)):
        found = attendance.read(tables.read(content), TORONTO)
        assert found is not None
        assert found.title == expected["title"]
        assert minutes(found) == expected["minutes_present"]
        organizers = [one.name for one in found.attendees if one.organizer]
        assert organizers == expected.get("organizers", [])


def test_other_files_are_none() -> None:
    others = [
        "name,email,role,board,start_date,end_date\nMarie,m@emsb.example,CDA,EMSB,2019-08-26,",
        "Nom,Courriel,Date d'arrivée,Date de départ\nMarie,m@emsb.example,2019-08-26,2020-01-01",
        "ID,Start time,Completion time,Email,Name,What will you use first?\n"
        "1,11/6/24 12:10:01,11/6/24 12:12:01,anonymous,,the map",
        "Horodateur,Êtes-vous satisfait ?\n2024/11/06 12:17:00 PM UTC-5,Oui",
        "Name,Duration\nWorkshop,90",
        "Title,Start time,Duration,Name\nWorkshop,2024-01-01 09:00,90,Marie",
        "Name,Join Time,Leave Time\n",
        "x",
    ]
    for text in others:
        assert attendance.read(tables.read(text.encode()), TORONTO) is None, text


def test_a_meeting_that_nobody_came_to_is_a_report() -> None:
    found = read(
        "1. Summary\nMeeting title\tPLC\n\n2. Participants\nName\tFirst Join\tLast Leave\n"
    )
    assert (found.title, found.attendees, found.starts) == ("PLC", (), None)


def test_dates_that_read_two_ways_are_given_both_ways() -> None:
    found = teams("Marie|11/6/24, 9:00:00 AM|11/6/24, 10:00:00 AM|1h||")
    assert found.ambiguous_dates
    assert found.starts == at("2024-11-06 09:00")  # a clock of 12 hours: the month first
    assert [one.starts for one in found.others] == [at("2024-06-11 09:00")]
    assert not any(one.ambiguous_dates for one in found.others)


@pytest.mark.parametrize(
    ("joined", "left", "starts"),
    [
        ("10/16/24, 1:00:12 PM", "10/16/24, 2:00:12 PM", at("2024-10-16 13:00:12")),
        ("16/10/24, 13 h 00", "16/10/24, 14 h", at("2024-10-16 13:00")),
        ("5/5/26, 9:00 AM", "5/5/26, 10:00 AM", at("2026-05-05 09:00")),
        ("4/9/24, 23:30", "5/9/24, 0:30", at("2024-09-04 23:30")),  # not a month long
        ("2024-10-16T13:00:12", "2024-10-16T14:00:12", at("2024-10-16 13:00:12")),
        ("2024-10-16T17:00:12Z", "2024-10-16T18:00:12Z", at("2024-10-16 13:00:12")),
        ("16 oct. 2024 à 13 h", "16 octobre 2024 14 h 00", at("2024-10-16 13:00")),
        ("Oct 16, 2024 1:00 PM", "October 16, 2024, 2:00 PM", at("2024-10-16 13:00")),
    ],
)
def test_dates_that_the_file_decides(joined: str, left: str, starts: datetime) -> None:
    found = teams(f"Marie|{joined}|{left}|1h||")
    assert not found.ambiguous_dates
    assert found.starts == starts
    assert found.attendees[0].minutes == 60


def test_one_date_decides_for_the_whole_file() -> None:
    found = teams(
        "Marie|03/04/2024 09:00:00|03/04/2024 10:00:00|1h||",
        "Noémie|25/04/2024 09:00:00|25/04/2024 10:00:00|1h||",
    )
    assert not found.ambiguous_dates
    assert found.starts == at("2024-04-03 09:00")


def test_the_account_is_not_the_email() -> None:
    found = read(
        "2. Participants\nParticipant ID (UPN),Name,First Join,Last Leave,In-Meeting Duration,Email"
        "\np1@tenant.example,Marie,2024-10-16 13:00,2024-10-16 14:00,58m 4s,Marie@EMSB.example"
    )
    (marie,) = found.attendees
    assert (marie.email, marie.minutes) == ("marie@emsb.example", 58)


def test_roles_in_both_languages() -> None:
    times = "2024-10-16 13:00|2024-10-16 14:00|1h"
    roles = ["Organizer", "Organisatrice", "Co-organizer", "Presenter", "Présentateur", "Attendee"]
    found = teams(*(f"P{i}|{times}||{role}" for i, role in enumerate(roles)))
    assert [one.role for one in found.attendees] == [
        *[Role.ORGANIZER] * 3,
        *[Role.PRESENTER] * 2,
        Role.ATTENDEE,
    ]


def test_two_devices_and_two_spellings_are_one_person() -> None:
    found = teams(
        "Tremblay, Marie|2024-10-16 13:00|2024-10-16 14:00|1h|m@emsb.example|",
        "iPhone|2024-10-16 13:30|2024-10-16 14:30|1h|m@emsb.example|",
        "marie tremblay (Guest)|2024-10-16 15:00|2024-10-16 15:10|10m||",
    )
    (marie,) = found.attendees
    assert (marie.name, marie.said, marie.minutes) == ("Marie Tremblay", "Tremblay, Marie", 100)
    assert marie.guest


def test_one_name_of_two_addresses_is_two_people_and_a_third_is_nobodys() -> None:
    found = teams(
        "Marie|2024-10-16 13:00|2024-10-16 14:00|1h|a@emsb.example|",
        "Marie|2024-10-16 13:00|2024-10-16 13:30|30m|b@emsb.example|",
        "Marie|2024-10-16 13:00|2024-10-16 13:10|10m||",
    )
    assert [one.minutes for one in found.attendees] == [60, 30, 10]


def test_two_phones_without_a_name_are_not_one() -> None:
    times = "2024-10-16 13:00|2024-10-16 14:00|1h||"
    found = teams(f"iPhone|{times}", f"iPhone|{times}")
    assert [(one.name, one.minutes) for one in found.attendees] == [("iPhone", 60)] * 2


def test_leaving_before_joining_is_no_time_at_all() -> None:
    (one,) = teams("Marie|2024-10-16 14:00|2024-10-16 13:00|||").attendees
    assert one.minutes == 0


def test_who_is_not_said_to_leave_stayed_to_the_end() -> None:
    found = read(
        "Full Name\tUser Action\tTimestamp\n"
        "Marie\tJoined before\t10/16/2024, 1:00:00 PM\n"
        "Noémie\tA rejoint\t10/16/2024, 1:10:00 PM\n"
        "Noémie\tA quitté\t10/16/2024, 1:20:00 PM\n"
        "Noémie\tLeft\t10/16/2024, 1:25:00 PM\n"
        "Aïcha\tLeft\t10/16/2024, 1:30:00 PM\n"
    )
    assert minutes(found) == {"Marie": 30, "Noémie": 10}


def test_waiting_to_be_let_in_is_not_attending() -> None:
    found = read(
        "Nom (nom original),Heure d’arrivée,Heure de départ,Durée (minutes),Salle d’attente\n"
        "Marie,2024-10-16 13:00,2024-10-16 14:00,60,Oui\n"
        "Noémie,2024-10-16 13:00,2024-10-16 14:00,60,Non\n"
    )
    assert minutes(found) == {"Noémie": 60}
    assert found.source == "zoom"


def test_a_meeting_beside_each_of_its_people() -> None:
    found = read(
        "Topic,Meeting ID,User Name,User Email,Start Time,End Time,Duration (Minutes),"
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
        "Workshop,1,Host,h@x.example,2024-10-16 13:00,2024-10-16 15:00,120,"
        "Marie,m@x.example,2024-10-16 13:05,2024-10-16 14:05,60,No\n"
    )
    assert (found.title, found.starts) == ("Workshop", at("2024-10-16 13:00"))
    assert [(one.name, one.email, one.minutes) for one in found.attendees] == [
        ("Marie", "m@x.example", 60)
    ]


def test_days_are_told_apart_unless_the_file_does_not() -> None:
    found = teams(
        "Marie|2024-10-16 09:00|2024-10-16 12:00|3h|m@x.example|",
        "Marie|2024-10-17 09:00|2024-10-17 10:30|1h 30m|m@x.example|",
    )
    assert minutes_by_day(found.attendees[0]) == {date(2024, 10, 16): 180, date(2024, 10, 17): 90}
    whole = read(
        "2. Participants\nName,First Join,Last Leave,In-Meeting Duration\n"
        "Marie,2024-10-16 09:00,2024-10-17 10:30,4h 30m\n"
        "Noémie,2024-10-16 09:00,2024-10-16 12:00,2h\n"
    )
    marie, noemie = whole.attendees
    assert (marie.minutes, minutes_by_day(marie)) == (270, {})
    assert minutes_by_day(noemie) == {date(2024, 10, 16): 120}


@pytest.mark.parametrize(
    ("said", "name", "guest"),
    [
        ("DiSalvatore, Michele", "Michele DiSalvatore", False),
        ("Côté, Noémie (Invitée)", "Noémie Côté", True),
        ("John O'Brien (Guest) (Unverified)", "John O'Brien", True),
        ("John O'Brien (Non vérifié)", "John O'Brien", True),
        ("Marie Tremblay (Invité(e))", "Marie Tremblay", True),
        ("iPhone (Marie Tremblay)", "Marie Tremblay", False),
        ("iPad Pro 11 (Marie Tremblay)", "Marie Tremblay", False),
        ("iPhone de Marie Tremblay", "Marie Tremblay", False),
        ("Marie Tremblay’s iPhone 12", "Marie Tremblay", False),
        ("Marie Tremblay - iPad", "Marie Tremblay", False),
        ("Marie T. (Marie Tremblay)", "Marie Tremblay", False),
        ("Marie Tremblay (elle/she)", "Marie Tremblay", False),
        ("Marie Tremblay (EMSB)", "Marie Tremblay", False),
        ("Marie Tremblay (Host, me)", "Marie Tremblay", False),
        ('=HYPERLINK("x")', '=HYPERLINK("x")', False),
        ("Marie  Tremblay\u00a0", "Marie Tremblay", False),
        ("(Guest)", "(Guest)", False),
        ("", "", False),
    ],
)
def test_names_as_people_write_them(said: str, name: str, guest: bool) -> None:
    assert spoken(said) == (name, guest)


def test_present_is_a_share_of_the_session() -> None:
    def stayed(count: int) -> Attendee:
        return Attendee("M", "M", "", count, Role.ATTENDEE, False, ())

    assert present(stayed(45), 90)
    assert not present(stayed(44), 90)
    assert not present(stayed(60), 91, Fraction(2, 3))
    assert present(stayed(61), 91, Fraction(2, 3))
