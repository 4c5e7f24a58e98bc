"""Say this, see that: in channels, direct messages, mentions and threads, in both languages."""

import pytest

from bot.slack.render import PAGE
from storage.people import TeamRole
from tests.slack.faults import Fault
from tests.slack.jalon import Jalon
from tests.slack.reading import plain, pressables

LINE = "2h15 with a CDA at EMSB yesterday re action plan"
LIGNE = "2h15 avec une ADC à la CSEM hier, plan d’action"


async def test_a_line_is_logged_and_taken_back_in_one_press(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash(f"/log {LINE}")
    receipt = alex.sees()[-1]
    assert "Duration: 2 h 15 min (2.25 h)" in receipt.text
    assert receipt.fallback.startswith("Logged\n")
    await alex.press("Undo")
    struck = await alex.reads("Taken back")
    assert struck.message.ts == receipt.message.ts
    assert await jalon.entries() == 0
    await alex.press("Restore")
    await alex.reads("It counts again")
    assert await jalon.entries() == 1


async def test_both_languages_have_commands_of_their_own(jalon: Jalon) -> None:
    chantal = jalon.user("chantal", "Chantal Dubé", locale="fr-CA")
    await chantal.slash(f"/noter {LIGNE}")
    assert "Durée : 2 h 15 min (2,25 h)" in chantal.sees()[-1].text
    await chantal.slash("/log 45 min with a principal at RSB")
    assert "Durée : 45 min" in chantal.sees()[-1].text
    await chantal.slash("/language english")
    await chantal.slash("/entries")
    assert "My entries" in chantal.sees()[-1].text


async def test_a_command_among_others_is_answered_to_the_person_alone(jalon: Jalon) -> None:
    alex, sam = jalon.user("alex", "Alex Roy"), jalon.user("sam", "Sam Roy")
    team = jalon.workspace.add_channel("team", [alex.user, sam.user])
    await alex.slash(f"/log {LINE}", team)
    assert alex.sees(team)[-1].private
    assert sam.sees(team) == []


async def test_a_receipt_is_shared_only_when_asked(jalon: Jalon) -> None:
    alex, sam = jalon.user("alex", "Alex Roy"), jalon.user("sam", "Sam Roy")
    team = jalon.workspace.add_channel("team", [alex.user, sam.user])
    await alex.slash(f"/log 2h with Marie Tremblay (CDA, EMSB) re {LINE[-11:]}", team)
    await alex.press("Share with the others")
    shared = await sam.reads("Alex Roy", team)
    assert "2 h" in shared.text
    assert "Tremblay" not in shared.text
    assert "action plan" not in shared.text
    assert shared.labels == []
    assert "Logged" in alex.sees(team)[0].text


async def test_where_the_bot_is_not_a_command_works_all_the_same(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    elsewhere = jalon.workspace.add_channel("elsewhere", [alex.user], bot=False)
    await alex.slash(f"/log {LINE}", elsewhere)
    await alex.press("Undo")
    assert (await alex.reads("Taken back", elsewhere)).private


async def test_a_chat_of_two_people_is_not_the_chat_with_the_bot(jalon: Jalon) -> None:
    alex, sam = jalon.user("alex", "Alex Roy"), jalon.user("sam", "Sam Roy")
    between = jalon.workspace.add_channel("between", [alex.user, sam.user], bot=False)
    jalon.workspace.channels["D0BETWEEN"] = between
    between.id, between.private = "D0BETWEEN", True
    await alex.slash(f"/log {LINE}", between)
    assert alex.sees(between)[-1].private
    assert sam.sees(between) == []


async def test_the_same_words_in_a_direct_message(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.writes(f"log {LINE}")
    await alex.reads("Logged")
    await alex.writes("entries")
    await alex.reads("My entries")
    await alex.writes("I was at RSB for 2 hours with a CDA today")
    await alex.press("Log it")
    await jalon.settled()
    assert await jalon.entries() == 2


async def test_the_same_words_by_mention_are_answered_in_private(jalon: Jalon) -> None:
    alex, sam = jalon.user("alex", "Alex Roy"), jalon.user("sam", "Sam Roy")
    team = jalon.workspace.add_channel("team", [alex.user, sam.user])
    await alex.mentions(f": log {LINE}", team)
    assert (await alex.reads("Logged", team)).private
    assert not any("Logged" in one.text for one in sam.sees(team))


async def test_a_mention_in_a_thread_is_answered_there(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    team = jalon.workspace.add_channel("team", [alex.user])
    start = alex.says("What did you do yesterday?", team)
    await alex.mentions(f"log {LINE}", team, thread=start)
    assert (await alex.reads("Logged", team)).message.thread_ts == start.ts


async def test_a_person_who_is_named_is_written_by_their_name(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    jalon.workspace.add_user("marie", "Marie Tremblay")
    await alex.writes("log 2h with @marie (CDA, EMSB)")
    assert "Marie Tremblay" in (await alex.reads("Logged")).text


async def test_what_others_say_and_what_is_edited_is_not_heard(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.writes(f"log {LINE}")
    receipt = await alex.reads("Logged")
    said = alex.sees()[0].message
    await alex.edits(said, "log 9h with a principal at RSB")
    await alex.echo(receipt.message)
    await jalon.settled()
    assert await jalon.entries() == 1


async def test_another_app_with_a_command_of_that_name_is_gone_round(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash(f"/jalon log {LINE}")
    assert "Logged" in alex.sees()[-1].text
    await alex.slash("/jalon")
    assert "What you can say" in alex.sees()[-1].text


@pytest.mark.parametrize(
    "note", ["<!channel> <@U0SAM>", "*a* _b_ ~c~ `d` :tada: &amp; @here #team"]
)
async def test_a_note_mentions_nobody_and_is_shown_as_typed(jalon: Jalon, note: str) -> None:
    alex = jalon.user("alex", "Alex Roy")
    jalon.user("sam", "Sam Roy")
    await alex.slash(f"/log 2h with a CDA at EMSB re {note}")
    await alex.writes(f"log 1h with a CDA at EMSB re {note}")
    await alex.reads("1 h")
    await jalon.settled()
    shown = [one for one in alex.sees() if "Logged" in one.text]
    assert len(shown) == 2
    for one in shown:
        assert one.message.pings == []
        assert "<!" not in one.message.text
    assert note in shown[1].text


async def test_a_form_in_slack(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash("/log")
    form = await alex.form()
    assert form.title == "Log hours"
    await alex.submit({"Duration": "soon", "School board": ["EMSB"], "Objective": "what I did"})
    assert alex.modal is not None
    assert list(alex.modal.errors) == ["Duration"]
    await alex.submit({"Duration": "2h15"})
    assert alex.modal is None
    receipt = await alex.reads("Logged")
    assert "School board: EMSB" in receipt.text
    await alex.press("Edit")
    edit = await alex.form()
    assert plain(edit.inputs["Duration"]) == "2 h 15 min"
    await alex.submit({"Duration": "3 h", "Role of the person": "CDA"})
    changed = await alex.reads("Changed")
    assert "3 h" in changed.text
    assert changed.message.ts == receipt.message.ts


async def test_a_private_card_in_a_channel_is_edited_in_place(jalon: Jalon) -> None:
    alex, sam = jalon.user("alex", "Alex Roy"), jalon.user("sam", "Sam Roy")
    team = jalon.workspace.add_channel("team", [alex.user, sam.user])
    await alex.slash(f"/log {LINE}", team)
    await alex.press("Edit")
    await alex.submit({"Duration": "4 h"})
    await alex.reads("Changed", team)
    assert len(alex.sees(team)) == 1
    assert sam.sees(team) == []


async def test_a_longer_line_than_a_button_holds_is_not_lost(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    words = "family engagement, school teams, " * 100
    await alex.slash(f"/log 2h with a CDA at EMSB re {words}")
    await alex.press("Open the form")
    form = await alex.form()
    assert form.inputs["Objective"].count("school teams") > 80
    assert form.text.count("school teams") == 100  # what the input cannot hold stands above it
    await alex.submit({"Duration": "2 h", "Objective": "family engagement"})
    await alex.reads("Logged")


async def test_a_button_that_holds_nothing_any_more_says_so(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash(f"/log 2h with a CDA at EMSB re {'family engagement, ' * 150}")
    await jalon.store.write(lambda tx: tx.run("DELETE FROM held"))
    await alex.press("Open the form")
    await alex.reads("no longer in use")


async def test_a_form_that_carries_nothing_any_more_gives_back_what_was_typed(
    jalon: Jalon,
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash(f"/log 2h with a CDA at EMSB re {'family engagement, ' * 180}")
    await alex.press("Open the form")
    await alex.form()
    await jalon.store.write(lambda tx: tx.run("DELETE FROM held"))
    await alex.submit({"Duration": "2 h", "Objective": "what I typed"})
    assert "what I typed" in (await alex.reads("no longer in use")).text


async def test_tables_come_one_a_page(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash(f"/log {LINE}")
    await alex.slash("/progress accompaniment")
    assert "Page 1 of 3" in alex.sees()[-1].text
    await alex.press("Next: By school board")
    second = await alex.reads("Page 2 of 3")
    assert "EMSB | 2.25 h | 1" in second.text
    await alex.press("All targets")
    await alex.reads("16 of 25 targets")


async def test_nobody_turns_the_pages_of_someone_elses_answer(jalon: Jalon) -> None:
    alex, sam = jalon.user("alex", "Alex Roy"), jalon.user("sam", "Sam Roy")
    await sam.slash("/help")
    await alex.slash("/progress accompaniment")
    button = next(
        one for one in pressables(alex.sees()[-1].blocks) if one["action_id"].startswith(PAGE)
    )
    await sam.presses(button, sam.sees()[-1])
    assert "someone else’s answer" in (await sam.reads("someone else")).text


async def test_a_member_of_a_community_and_a_stranger_see_no_hours(jalon: Jalon) -> None:
    marie = jalon.user("marie", "Marie Tremblay", restricted=True)
    stranger = jalon.user("olivier", "Olivier Dupuis", team="T0OTHER", stranger=True)
    for guest in (marie, stranger):
        await guest.slash("/log 2h")
        assert "Your role does not allow that" in guest.sees()[-1].text


async def test_who_someone_is_follows_slack(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy", tz="America/Vancouver")
    await alex.slash("/help")
    person = await jalon.find("U0ALEX")
    assert (person.name, person.timezone, person.role) == (
        "Alex Roy",
        "America/Vancouver",
        TeamRole.STAFF,
    )


async def test_someone_whom_slack_does_not_know_is_a_guest(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    jalon.workspace.fail("users.info", with_=Fault.error("user_not_found"))
    await alex.slash("/log 2h")
    assert "Your role does not allow that" in alex.sees()[-1].text
