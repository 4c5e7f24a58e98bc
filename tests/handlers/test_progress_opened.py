"""/progress: figures of sessions and outputs opened, down to what they are made of."""

from datetime import date, timedelta

import pytest

from storage import outputs, records
from storage.engine import Tx
from storage.outputs import Output
from storage.people import TeamRole
from tests.conversation import FRENCH, MANAGER, MEMBER, Answer, Chat
from tests.handlers.holding import TUESDAY, enrol, hold, row
from tests.storage.making import NOW, meet

OUTCOME, CHOICE = "outcome-area", "theme-of-choice"


def workshops(tx: Tx, of_outcome: int, of_choice: int) -> None:
    for area, number in ((OUTCOME, of_outcome), (CHOICE, of_choice)):
        for n in range(number):
            hold(tx, "pd-workshops", TUESDAY - timedelta(days=n), area=area)


async def test_a_sum_that_is_met_without_its_parts_says_so(chat: Chat) -> None:
    await chat.store.write(workshops, 28, 9)
    said = await row(chat, "pd-workshops")
    assert "37 of 37 (100%)" in said
    assert "Identified outcome areas: 28 of 27 · Themes of choice: 9 of 10" in said
    assert "The sum is met, but not each part" in said
    opened = await chat.say("/progress pd-workshops")
    assert "Themes of choice\n9 of 10" in opened.text
    assert "The sum is met, but not each part" in opened.text
    french = await chat.say("/progres pd-workshops", FRENCH)
    assert "La somme est atteinte, mais pas chaque partie" in french.text
    await chat.store.write(workshops, 0, 1)
    assert "sum is met" not in await row(chat, "pd-workshops")


async def test_a_session_of_no_part_is_told(chat: Chat) -> None:
    await chat.store.write(hold, "pd-workshops")
    opened = await chat.say("/progress pd-workshops")
    assert "1 session is of none of the parts." in opened.text
    assert "1 session counts: held by 12 February 2025 and not cancelled." in opened.text
    assert "Each is at least 2 h 30 min long." in opened.text


def mixed(tx: Tx) -> None:
    hold(tx, "pd-workshops", title="Counts", counts=(("EMSB", 9), ("", 2)), replies=(11, 8, 7))
    hold(tx, "pd-workshops", title="Was cancelled", cancelled=True)
    hold(tx, "pd-workshops", title="Is short", minutes=149)
    hold(tx, "pd-workshops", date(2025, 2, 20), title="Is to come")
    hold(tx, "onboarding-sessions", title="One day only")


async def test_the_sessions_that_count_and_apart_those_that_do_not(chat: Chat) -> None:
    await chat.store.write(mixed)
    opened = await chat.say("/progress pd-workshops")
    why = "3 more do not count: not over yet (1), too short (1), cancelled (1)."
    assert why in opened.text
    counted = await chat.press(opened, "Sessions that count (1)")
    assert "This figure is made of 1 session." in counted.text
    assert "Counts" in counted.text
    assert (
        "a theme · CDAs, teachers · 11 participants · 8 of 11 replied · positive: 7 of 8 (87.5%)"
        in counted.text
    )
    assert "Is short" not in counted.text
    button = counted.button("Open")
    assert button.name == "session.open"
    assert button.values["id"].isdigit()
    apart = await chat.press(opened, "Not counted (3)")
    for title, why in (
        ("cancelled", "Was"),
        ("too short", "Is short"),
        ("not over yet", "to come"),
    ):
        assert title in apart.text
        assert why in apart.text
    assert "Counts" not in apart.text
    assert apart.labels == ["Open", "Open", "Open", "Back to the target"]
    back = await chat.press(apart, "Back to the target")
    assert back.card == opened.card
    orientation = await chat.say("/progress onboarding-sessions")
    assert "not all its days (1)" in orientation.text


async def test_who_came_from_where(chat: Chat) -> None:
    await chat.store.write(mixed)
    opened = await chat.say("/progress pd-workshops")
    assert "Participants\n11\n" in opened.text
    assert "1, and 2 participants of none or not given" in opened.text
    assert "EMSB\n9\nNot given\n2" in opened.text
    assert "Replied\n8 of 11 (72.7%)" in opened.text


def plenaries(tx: Tx) -> None:
    ann, bob = enrol(tx, "Ann", "board_rep", "EMSB"), enrol(tx, "Bob", "board_rep", "RSB")
    hold(tx, "board-rep-meetings", date(2024, 10, 2), present=(ann, bob))
    hold(tx, "board-rep-meetings", date(2025, 1, 29), present=(ann,), counts=(("ETSB", 1), ("", 3)))


async def test_which_board_came_to_which_meeting(chat: Chat) -> None:
    await chat.store.write(plenaries)
    opened = await chat.say("/progress board-rep-meetings", MEMBER)
    table = next(one for one in opened.card.blocks if one.block == "table")
    assert table.header[1:] == ("mer. 2 oct.", "mer. 29 janv.")
    rows = {row[0]: row[1:] for row in table.rows}
    assert len(rows) == 12
    assert (rows["CSEM"], rows["RSB"]) == (("1", "1"), ("1", "–"))
    assert (rows["ETSB"], rows["NFSB"]) == (("–", "1"), ("–", "–"))
    assert rows["Non précisé"] == ("–", "2")
    assert "Ann" not in opened.text
    assert "Première rencontre avec les représentants" in opened.text
    assert "2 octobre 2024 (présumé)" in opened.text


async def test_members_open_no_sessions_and_no_outputs(chat: Chat) -> None:
    await chat.store.write(mixed)
    for target in ("pd-workshops", "pd-feedback", "cda-tools", "tools-published"):
        opened = await chat.say(f"/progress {target}", MEMBER)
        assert set(opened.labels) <= {"Au fil de l’année", "Toutes les cibles"}
    staff = await chat.say("/progress pd-workshops")
    forged = await chat.press(staff, "Sessions that count (1)", MEMBER)
    assert "Counts" not in forged.text
    staff = await chat.say("/progress cda-tools")
    forged = await chat.press(staff, "Tools and capsules", MEMBER)
    assert "ne le permet pas" in forged.text


def tools(tx: Tx) -> None:
    by = meet(tx, "Manager", TeamRole.MANAGER)
    for n in range(7):
        says = Output(
            "cda-tools", f"Tool {n}", "a theme", "an aim", n == 6, TUESDAY, "https://a.ca"
        )
        records.add(tx, outputs.OUTPUT, says, by, NOW)
    records.add(tx, outputs.OUTPUT, Output("cda-tools", "Draft"), by, NOW)


async def test_outputs_published_or_not(chat: Chat) -> None:
    await chat.store.write(tools)
    opened = await chat.say("/progress cda-tools")
    assert "7 count: published between 1 July 2024 and 12 February 2025" in opened.text
    assert "1 more is recorded and not published yet." in opened.text
    listed = await chat.press(opened, "Tools and capsules")
    assert "8 recorded, the newest first." in listed.text
    assert "Draft\nnot published yet" in listed.text
    assert "Tool 6\n11 February 2025 · a theme · an aim · Revamped · https://a.ca" in listed.text
    older = await chat.press(listed, "Next")
    assert older.labels == ["Edit", "Edit", "Previous", "Back to the target"]
    assert (await chat.press(older, "Previous")).card == listed.card
    form = await chat.press(listed, "Edit")
    assert "Draft" in form.text
    share = await chat.say("/progress tools-published")
    assert "7 ÷ 8. Published takes a date and a link." in share.text
    of_one = await chat.press(share, "Tools for CDAs")
    assert "Draft" in of_one.text
    assert (await chat.press(of_one, "Back to the target")).card == share.card


@pytest.mark.parametrize(
    ("command", "label", "tampered"),
    [
        ("pd-workshops", "Sessions that count (1)", {"of": "cda-tools"}),
        ("pd-workshops", "Sessions that count (1)", {"of": "zzz"}),
        ("pd-workshops", "Sessions that count (1)", {"which": "zzz"}),
        ("pd-workshops", "Sessions that count (1)", {"target": "zzz"}),
        ("pd-workshops", "Sessions that count (1)", {"offset": "-1"}),
        ("cda-tools", "Tools and capsules", {"of": "pd-workshops"}),
        ("cda-tools", "Tools and capsules", {"plan": "zzz"}),
        ("plc-attend-all", "People", {"target": "pd-feedback"}),
        ("accompaniment", "Entries", {"target": "pd-feedback"}),
    ],
)
async def test_a_button_that_was_tampered_with_is_refused(
    chat: Chat, command: str, label: str, tampered: dict[str, str]
) -> None:
    await chat.store.write(mixed)
    opened = await chat.say(f"/progress {command}", MANAGER)
    said: Answer = await chat.press(opened, label, MANAGER, tampered=tampered)
    assert "button" in said.text
    assert "code" not in said.text


async def test_pages_of_sessions(chat: Chat) -> None:
    await chat.store.write(workshops, 8, 0)
    opened = await chat.say("/progress pd-workshops")
    first = await chat.press(opened, "Sessions that count (8)")
    assert first.labels.count("Open") == 6
    second = await chat.press(first, "Next")
    assert second.labels == ["Open", "Open", "Previous", "Back to the target"]
    assert (await chat.press(second, "Previous")).card == first.card
