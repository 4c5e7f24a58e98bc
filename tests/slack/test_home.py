"""The Home tab: one's own page, which shows the answer to what is pressed there, and is fresh."""

from tests.slack.faults import Fault
from tests.slack.jalon import Jalon

LINE = "/log 2h15 with a CDA at EMSB yesterday re action plan"


async def test_it_shows_ones_own_week_and_the_teams_progress(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash(LINE)
    await alex.opens_home()
    home = await alex.reads_at_home("Alex Roy")
    for said in ("2.25 h", "Tue 11 Feb", "PRT Action Plan 2024-2025", "16 of 25 targets"):
        assert said in home.text
    for label in ("Log hours", "Undo", "Edit", "English", "Français"):
        assert label in home.labels
    assert await jalon.entries() == 1


async def test_what_is_pressed_is_answered_above_and_the_page_is_fresh(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash(LINE)
    await alex.opens_home()
    await alex.press("Undo", await alex.reads_at_home("2.25 h"))
    home = await alex.reads_at_home("Taken back")
    assert home.text.index("Taken back") < home.text.index("Alex Roy")
    assert "0 h" in home.text
    assert await jalon.entries() == 0
    await alex.press("Restore", home)
    await alex.reads_at_home("It counts again")
    assert await jalon.entries() == 1


async def test_hours_are_logged_and_changed_from_there(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.opens_home()
    await alex.press("Log hours", await alex.reads_at_home("Alex Roy"))
    await alex.submit({"Duration": "no"})
    assert alex.modal is not None
    assert list(alex.modal.errors) == ["Duration"]
    await alex.submit({"Duration": "2h15"})
    home = await alex.reads_at_home("Logged")
    await alex.press("Edit", home)
    await alex.submit({"Duration": "3 h"})
    assert "3 h" in (await alex.reads_at_home("Changed")).text
    assert alex.sees() == []


async def test_the_language_changes_at_once(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.opens_home()
    await alex.press("Français", await alex.reads_at_home("Alex Roy"))
    home = await alex.reads_at_home("Je vous parle désormais")
    assert "Noter des heures" in home.labels or "Inscrire des heures" in home.labels


async def test_every_target_can_be_opened_there(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash(LINE)
    await alex.opens_home()
    await alex.press("All targets", await alex.reads_at_home("Alex Roy"))
    home = await alex.reads_at_home("16 of 25 targets have figures so far.\n1.1")
    await alex.press("Open", home)
    assert "All targets" in (await alex.reads_at_home("37 full- to half-day workshops")).labels


async def test_a_member_sees_figures_and_no_hours(jalon: Jalon) -> None:
    marie = jalon.user("marie", "Marie Tremblay", locale="fr-CA", restricted=True)
    await marie.opens_home()
    home = await marie.reads_at_home("Marie Tremblay")
    assert "Plan d’action" in home.text
    assert not {"Annuler", "Modifier"} & set(home.labels)


async def test_it_is_not_drawn_for_the_other_tabs(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.opens_home("messages")
    await jalon.settled()
    assert alex.home is None


async def test_what_a_failing_slack_does_not_draw_is_said_in_the_direct_chat(
    jalon: Jalon,
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash(LINE)
    await alex.opens_home()
    home = await alex.reads_at_home("2.25 h")
    jalon.workspace.fail("views.publish", with_=Fault.error("not_enabled"))
    await alex.press("Undo", home)
    await alex.reads("Taken back", alex.dm)
