"""`jalon import people` and `attendance`: what they print and change, and their line of refusal."""

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import cli
from storage import (
    documents,
    people,
    period_lock,
    presences,
    records,
    rosters,
    sent_reports,
    sessions,
)
from storage.database import reading, writing
from storage.engine import Store
from storage.figure import Status
from storage.people import Newcomer, TeamRole
from storage.rosters import Member
from storage.sessions import Day, Session

AT = 1_739_372_400  # 12 February 2025
LIST = "name,email,role,board\nNoémie Côté,n@x.example,CDA,EMSB\nBob\u202e,,CDA,Atlantis\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with writing(tmp_path / "data") as tx:
        for name, role in (("Inès", TeamRole.ADMIN), ("Sam", TeamRole.MANAGER)):
            people.meet(tx, Newcomer("test", name.casefold(), name), role, 0)
    return tmp_path / "data"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def jalon(data: Path, *words: object) -> Result:
    result = CliRunner().invoke(cli, ["--data", str(data), "import", *map(str, words)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def kept(data: Path) -> list[tuple[str, int]]:
    with reading(data) as tx:
        return [(one.says.name, one.person) for one in rosters.everyone(tx)]


def refused(result: Result) -> str:
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    return result.stderr.removeprefix("jalon: ").rstrip()


def test_it_shows_what_it_would_do_and_does_it_with_yes(data: Path, file: Path) -> None:
    shown = jalon(data, "people", file)
    assert shown.exit_code == 0
    assert "1 to add · 1 unclear" in shown.stdout
    assert "I do not know the school board “Atlantis”" in shown.stdout
    assert "\u202e" not in shown.stdout
    assert shown.stdout.endswith("Nothing is stored yet: add --yes to take it in.\n")
    assert kept(data) == []
    done = jalon(data, "people", file, "--yes")
    assert done.stdout.endswith("Taken in, in the name of Inès: 1 added, 0 changed, 0 ended.\n")
    assert kept(data) == [("Noémie Côté", 1)]
    again = jalon(data, "people", file, "--yes")
    assert "1 as on the roster · 1 unclear" in again.stdout
    assert again.stdout.endswith("Nothing was changed.\n")
    assert kept(data) == [("Noémie Côté", 1)]


def test_it_is_done_in_the_name_of_a_manager(data: Path, file: Path) -> None:
    assert "in the name of Sam" in jalon(data, "people", file, "--yes", "--by", "sam").stdout
    assert kept(data) == [("Noémie Côté", 2)]
    said = refused(jalon(data, "people", file, "--yes", "--by", "Zoé"))
    assert said == "no manager or administrator is called Zoé; name one by an e-mail or an id"
    with writing(data) as tx:
        people.set_role(tx, 2, TeamRole.ADMIN, 0, None)
    assert "several administrators" in refused(jalon(data, "people", file, "--yes"))
    with writing(data) as tx:
        for id in (1, 2):
            people.set_role(tx, id, TeamRole.STAFF, 0, None)
    assert "no administrator yet" in refused(jalon(data, "people", file, "--yes"))


def test_what_is_no_list_is_one_line(data: Path, file: Path, tmp_path: Path) -> None:
    assert "there is no database yet" in refused(jalon(tmp_path / "none", "people", file))
    assert "no such file" in refused(jalon(data, "people", tmp_path / "no.csv"))
    for content in (b"", b"%PDF-1.7", b"1,2\n"):
        file.write_bytes(content)
        assert "no list of people" in refused(jalon(data, "people", file))
    file.write_text("name,role\n" + "Ann Able,CDA\n" * 1001)
    assert "more than 1000 lines" in refused(jalon(data, "people", file))


async def test_beside_a_running_bot_it_shows_and_does_not_change(data: Path, file: Path) -> None:
    store = Store(data)
    try:
        assert "1 to add" in jalon(data, "people", file).stdout
        assert "a bot runs on" in refused(jalon(data, "people", file, "--yes"))
    finally:
        await store.close()


REPORT = """Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Noémie Côté,,2025-02-11 09:00:00,2025-02-11 12:00:00,180,No
Mary‮ Tremblay,,2025-02-11 09:00:00,2025-02-11 12:00:00,180,No
Bob Short,,2025-02-11 09:00:00,2025-02-11 09:05:00,5,No
"""

NOTHING = sent_reports.Stood(None, None, None, Status.NO_DATA)


@pytest.fixture
def session(data: Path) -> int:
    """The number of a session on the day of the report; two people are on the roster."""
    with writing(data) as tx:
        by = people.everyone(tx)[0]
        for name in ("Noémie Côté", "Marie Tremblay"):
            rosters.add(tx, Member(name, role="cda", board="EMSB"), by, AT)
        days = (Day(date(2025, 2, 11), "09:00", 180),)
        return records.add(
            tx, sessions.KIND, Session("pd-workshops", "Mapping", days=days), by, AT
        ).id


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.csv"
    path.write_text(REPORT, encoding="utf-8")
    return path


def attendance(data: Path, session: int) -> presences.Attendance | None:
    with reading(data) as tx:
        found = presences.of_session(tx, session)
        return found and found.says


def test_a_report_of_attendance_is_shown_and_taken_in(
    data: Path, report: Path, session: int
) -> None:
    listed = jalon(data, "attendance", report)
    assert listed.exit_code == 0
    assert f"{session}  Tue 11 Feb · Mapping\n" in listed.stdout
    shown = jalon(data, "attendance", report, "--session", session)
    assert "Attendance: Tue 11 Feb · Mapping\n" in shown.stdout
    assert "1 person matched\n" in shown.stdout
    assert "If not, it is kept as a name. Marie Tremblay · EMSB\n" in shown.stdout
    assert "Too short to count: Bob Short (5\u00a0min).\n" in shown.stdout
    assert shown.stdout.endswith("Nothing is stored yet: add --yes to take it in.\n")
    assert "\u202e" not in shown.stdout
    assert attendance(data, session) is None
    done = jalon(data, "attendance", report, "--session", session, "--yes")
    assert done.stdout.endswith("Taken in, in the name of Inès. Participants: 2.\n")
    says = attendance(data, session)
    assert says is not None
    assert (len(says.present), len(says.unmatched)) == (1, 1)
    again = jalon(data, "attendance", report, "--session", session, "--yes", "--by", "sam")
    assert again.stdout.endswith("Nothing was changed: that was recorded already.\n")
    assert "takes the place of what is recorded: 2 participants." in again.stdout


def test_what_a_sent_report_was_made_from_is_changed_with_a_reason(
    data: Path, report: Path, session: int
) -> None:
    words = "attendance", report, "--session", session, "--yes"
    jalon(data, *words)
    with writing(data) as tx:
        by, day = people.everyone(tx)[0], date(2025, 2, 12)
        of = "clc-2024-25", "dsrea-reports", 1
        documents.mark(tx, documents.Document(*of, sent=day), 0, by, AT)
        figures = sent_reports.Figures({"pd-workshops": NOTHING}, {})
        sent = sent_reports.freeze(tx, of, (date(2024, 7, 1), day), figures, [], by, AT)
    report.write_text(REPORT + "Ann Able,,2025-02-11 09:00:00,2025-02-11 12:00:00,180,No\n")
    without = jalon(data, *words)
    assert without.exit_code == 2
    assert without.stderr.endswith("sent; say why with --reason\n")
    assert (attendance(data, session) or presences.Attendance(0)).participants == 2
    done = jalon(data, *words, "--reason", "Ann had been forgotten")
    assert done.stdout.endswith("Participants: 3.\n")
    with reading(data) as tx:
        assert [one.text for one in period_lock.reasons(tx, sent.id)] == ["Ann had been forgotten"]


def test_those_who_held_it_are_counted_with_hosts(data: Path, report: Path, session: int) -> None:
    report.write_text(
        "1. Summary\nMeeting title\tMapping\n\n2. Participants\n"
        "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole\n"
        "Host\t2025-02-11 09:00\t2025-02-11 12:00\t3h\th@x.example\tOrganizer\n"
        "Ann Able\t2025-02-11 09:00\t2025-02-11 12:00\t3h\t\tAttendee\n"
    )
    without = jalon(data, "attendance", report, "--session", session)
    assert "Left out, as they held it: Host." in without.stdout
    with_them = jalon(data, "attendance", report, "--session", session, "--hosts", "--yes")
    assert with_them.stdout.endswith("Participants: 2.\n")


def test_what_is_no_report_or_no_session_is_one_line(
    data: Path, file: Path, report: Path, session: int
) -> None:
    assert "no attendance report" in refused(jalon(data, "attendance", file))
    assert refused(jalon(data, "attendance", report, "--session", 999)) == "there is no session 999"
    with writing(data) as tx:
        by = people.everyone(tx)[0]
        later = Session("pd-workshops", "Later", days=(Day(date(2999, 2, 11), "", 180),))
        coming = AT + 1000 * 366 * 86400
        to_come = records.add(tx, sessions.KIND, later, by, coming).id
        records.void(tx, sessions.KIND, session, 1, by, AT)
    said = jalon(data, "attendance", report, "--session", to_come, "--yes")
    assert said.exit_code == 2
    assert "That session is still to come" in said.stderr
    gone = refused(jalon(data, "attendance", report, "--session", session))
    assert gone == f"session {session} was taken back"
    assert "No session has been recorded" in jalon(data, "attendance", report).stdout
    report.write_text(REPORT.replace(",180,", ",1,").replace("12:00:00", "09:01:00"))
    said = jalon(data, "attendance", report, "--session", to_come)
    assert "Nobody stayed long enough" in said.stderr


async def test_only_the_team_records_attendance(data: Path, report: Path, session: int) -> None:
    with writing(data) as tx:
        people.meet(tx, Newcomer("test", "zoe", "Zoé"), TeamRole.MEMBER, 0)
        people.meet(tx, Newcomer("test", "alex", "Alex"), TeamRole.STAFF, 0)
    words = "attendance", report, "--session", session, "--yes", "--by"
    said = jalon(data, *words, "Zoé")
    assert "nobody of the team is called Zoé" in said.stderr
    assert attendance(data, session) is None
    store = Store(data)
    try:
        assert "a bot runs on" in jalon(data, *words, "Alex").stderr
    finally:
        await store.close()
    assert "in the name of Alex" in jalon(data, *words, "Alex").stdout
