"""Files both ways: dropped in the own chat, and made by the bot for one person."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.teams.files import CONSENT
from tests.teams.connector import Teams
from tests.teams.driver import TeamsUser
from tests.teams.jalon import Jalon
from tests.teams.reading import pressables
from tests.teams.seen import Seen

LINE = "log 2h15 with a CDA at EMSB yesterday re action plan"


async def test_a_dropped_file_reaches_the_bot(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.shares("attendance.csv", b"1,2\n")
    await alex.reads("attendance.csv")


async def test_a_file_beyond_ten_megabytes_is_refused_kindly(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.shares("large.csv", b"x" * 10_000_001)
    await alex.reads("10")


async def test_a_file_elsewhere_is_not_fetched(jalon: Jalon, teams: Teams) -> None:
    await jalon.stop()
    jalon.settings = {"service_hosts": ("localhost",)}
    teams.host = "localhost"
    await jalon.start()
    alex = jalon.user("alex", "Alex Roy")
    before = len(teams.called("GET"))
    await alex.shares("attendance.csv", b"1,2\n")
    assert len(teams.called("GET")) == before


async def test_a_made_file_is_put_with_the_persons_own_once_they_agree(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    asked = await offered(jalon, alex)
    file = await alex.consents(asked)
    await jalon.settled()
    assert file is not None
    assert file.content is not None
    assert b"EMSB" in file.content


async def test_a_file_that_is_declined_is_let_go(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    asked = await offered(jalon, alex)
    await alex.consents(asked, accept=False)
    await alex.reads("not kept")


async def test_someone_elses_file_is_not_given_out(jalon: Jalon) -> None:
    alex, marie = jalon.user("alex", "Alex Roy"), jalon.user("marie", "Marie Tremblay")
    asked, own = await offered(jalon, alex), await offered(jalon, marie)
    forged = replace(own, message=replace(own.message, activity=asked.message.activity))
    theirs = await marie.consents(forged)
    await marie.reads("made for someone else")
    assert theirs is not None
    assert theirs.content is None


async def test_where_teams_knows_no_consent_a_link_gives_it_for_a_while(
    tmp_path: Path, teams: Teams
) -> None:
    teams.signed = False
    jalon = Jalon(tmp_path / "local", teams, emulator=True)
    await jalon.start()
    alex = jalon.user("alex", "Alex Roy")
    await listed(alex)
    waiting = await alex.reads("ten minutes")
    await alex.press("Get the file", waiting)
    [mine] = [one for one in alex.sees() if one.message.id == waiting.message.id]
    got = await alex.opens("Download", mine)
    assert (got.status, b"EMSB" in got.body) == (200, True)
    [link] = [one["url"] for one in pressables(mine.card) if one["type"] == "Action.OpenUrl"]
    for forged in (link.replace("until=1", "until=2"), link.replace("for=", "for=x"), link[:-1]):
        assert (await alex.transport.get(forged)).status == 404
    jalon.now += timedelta(minutes=11)
    assert (await alex.transport.get(link)).status == 410
    marie = jalon.user("marie", "Marie Tremblay")
    await marie.says("help")
    hers = await marie.reads("What you can say")
    await marie.presses(next(iter(pressables(waiting.card))), hers)
    await marie.reads("made for someone else")
    await jalon.close()


async def listed(user: TeamsUser) -> None:
    """Ask for one's entries as a file."""
    await user.says(LINE)
    await user.says("entries this week")
    await user.press("As a file", user.chat)


async def offered(jalon: Jalon, user: TeamsUser) -> Seen:
    """What Teams asks once a file was made."""
    await listed(user)
    await jalon.settled()
    [asked] = [
        one
        for one in user.sees()
        for each in one.message.activity.get("attachments", ())
        if each["contentType"] == CONSENT
    ]
    return asked
