"""The fake Teams shows cards, presses their buttons and fills in their forms as Teams does."""

from typing import Any

import pytest

from tests.teams.connector import Teams
from tests.teams.driver import TeamsUser
from tests.teams.fake.echo import Echo, card, message, shown
from tests.teams.inputs import NotSubmitted
from tests.teams.people import Json


def form(**more: Any) -> Json:
    """A card with inputs of several kinds."""
    inputs: list[Json] = [
        {"type": "Input.Text", "id": "what", "label": "What", "isRequired": True, **more},
        {"type": "Input.Number", "id": "hours", "label": "Hours", "min": 1, "value": 2},
        {
            "type": "Input.ChoiceSet",
            "id": "roles",
            "label": "Roles",
            "isMultiSelect": True,
            "choices": [{"title": "CDA", "value": "cda"}, {"title": "Head", "value": "head"}],
        },
        {
            "type": "Input.ChoiceSet",
            "id": "school",
            "label": "School",
            "style": "filtered",
            "choices": [],
            "choices.data": {"type": "Data.Query", "dataset": "schools"},
        },
    ]
    buttons = [
        {"type": "Action.Execute", "title": "Log", "verb": "log", "data": {"jalon": {"form": []}}},
        {
            "type": "Action.Execute",
            "title": "Cancel",
            "verb": "teams.cancel",
            "associatedInputs": "none",
        },
    ]
    return {"type": "AdaptiveCard", "version": "1.5", "body": inputs, "actions": buttons}


async def test_a_button_is_answered_to_who_pressed_it_and_an_edit_to_all(
    echo: Echo, teams: Teams, alex: TeamsUser, sam: TeamsUser
) -> None:
    place = teams.add_group("Pilot", [alex.user, sam.user])
    echo.says, echo.answers = message(card("Logged")), shown(card("Taken back", title="Restore"))
    await alex.says("log 2h", place)
    await alex.press("Undo")
    pressed = echo.heard[-1]
    assert pressed["name"] == "adaptiveCard/action"
    assert pressed["value"] == {
        "action": {
            "type": "Action.Execute",
            "title": "Undo",
            "verb": "undo",
            "data": {"jalon": {"values": {"entry": "7"}}},
        },
        "trigger": "manual",
    }
    theirs = alex.sees(place)[-1]
    assert (theirs.text, theirs.labels, theirs.private) == ("Taken back", ["Restore"], True)
    assert pressed["replyToId"] == theirs.message.id
    assert sam.sees(place)[-1].text == "Logged"
    url = f"{echo.activities(pressed)}/{theirs.message.id}"
    assert await echo.call("PUT", url, message(card("For all"))) == (200, {"id": theirs.message.id})
    assert [one.sees(place)[-1].text for one in (alex, sam)] == ["For all", "For all"]
    assert (await echo.call("DELETE", url))[0] == 200
    assert len(alex.sees(place)) == 1


async def test_an_answer_in_words_is_a_toast_and_another_is_trouble(
    echo: Echo, alex: TeamsUser
) -> None:
    echo.says = message(card("Logged"))
    await alex.says("log 2h")
    kind = "application/vnd.microsoft.activity.message"
    echo.answers = {"statusCode": 200, "type": kind, "value": "Sent"}
    await alex.press("Undo")
    assert (alex.toast, alex.trouble) == ("Sent", "")
    assert alex.sees()[-1].text == "Logged"
    echo.status = 500
    await alex.press("Undo")
    assert alex.toast == ""
    assert "500" in alex.trouble


async def test_a_form_is_filled_in_as_teams_does(echo: Echo, alex: TeamsUser) -> None:
    echo.says, echo.answers = message(form()), shown(card("Logged"))
    await alex.says("log")
    assert alex.sees()[-1].inputs == {"What": "", "Hours": "2", "Roles": "", "School": ""}
    with pytest.raises(NotSubmitted, match="What"):
        await alex.submit({"Hours": "3"})
    with pytest.raises(NotSubmitted, match="Hours"):
        await alex.submit({"What": "a", "Hours": "0"})
    assert len(echo.heard) == 1
    await alex.submit({"Hours": "0"}, checked=False)
    assert echo.heard[-1]["value"]["action"]["data"]["hours"] == "0"
    await alex.says("log")
    assert (await alex.form("School")).message is alex.sees()[-1].message
    await alex.submit({"What": "plan", "roles": ["CDA", "head"]})
    action = echo.heard[-1]["value"]["action"]
    assert action["verb"] == "log"
    assert action["data"] == {
        "jalon": {"form": []},
        "what": "plan",
        "hours": "2",
        "roles": "cda,head",
    }
    assert alex.sees()[-1].text == "Logged"


async def test_a_telephone_sends_numbers_and_what_is_empty(echo: Echo, alex: TeamsUser) -> None:
    alex.mobile = True
    echo.says, echo.answers = message(form(value="plan")), shown(card("Cancelled"))
    await alex.says("log")
    await alex.submit()
    data = echo.heard[-1]["value"]["action"]["data"]
    assert (data["hours"], data["roles"], data["school"]) == (2, "", "")
    older = await alex.reads("Cancelled")
    await alex.says("log")
    await alex.cancel()
    assert alex.sees()[-1].message is not older.message
    assert echo.heard[-1]["value"]["action"]["data"] == {}


async def test_choices_are_searched_as_one_types(echo: Echo, alex: TeamsUser) -> None:
    echo.says = message(form(value="plan"))
    await alex.says("log")
    echo.answers = {
        "statusCode": 200,
        "type": "application/vnd.microsoft.search.searchResponse",
        "value": {"results": [{"title": "Saint-Paul", "value": "12"}]},
    }
    assert await alex.search("School", "sai") == ["Saint-Paul"]
    asked = echo.heard[-1]["value"]
    assert (asked["dataset"], asked["queryText"]) == ("schools", "sai")
    await alex.submit({"School": "Saint-Paul"})
    assert echo.heard[-1]["value"]["action"]["data"]["school"] == "12"


async def test_a_card_refreshes_for_the_person_who_looks(
    echo: Echo, teams: Teams, alex: TeamsUser, sam: TeamsUser
) -> None:
    place = teams.add_group("Pilot", [alex.user, sam.user])
    action = {"type": "Action.Execute", "title": "Refresh", "verb": "mine", "data": {}}
    refresh = {"action": action, "userIds": [alex.user.id]}
    echo.says = message(card("Answer", refresh=refresh))
    echo.answers = shown(card("You answered"))
    await alex.says("ask", place)
    await alex.refresh(alex.sees(place)[-1])
    assert echo.heard[-1]["value"]["trigger"] == "automatic"
    assert alex.sees(place)[-1].text == "You answered"
    assert sam.sees(place)[-1].text == "Answer"
    await sam.refresh(sam.sees(place)[-1])
    assert echo.heard[-1]["value"]["trigger"] == "manual"


async def test_a_card_reads_as_a_person_reads_it(echo: Echo, alex: TeamsUser) -> None:
    def text(said: str, **more: str) -> Json:
        return {"type": "TextBlock", "text": said, **more}

    def row(*cells: str) -> Json:
        shown = [{"type": "TableCell", "items": [text(one)]} for one in cells]
        return {"type": "TableRow", "cells": shown}

    bar = {"type": "ProgressBar", "value": 1, "max": 2, "fallback": text("not shown")}
    table = {"type": "Table", "columns": [{}, {}], "rows": [row("Who", "Hours"), row("EMSB", "2")]}
    facts = {"type": "FactSet", "facts": [{"title": "Duration", "value": "2\u00a0h"}]}
    inputs = [
        text("⚠ Too many", color="attention"),
        {"type": "Input.Number", "id": "hours", "label": "Hours"},
        {"type": "Input.Text", "id": "what", "label": "What"},
    ]
    icon = {"type": "Icon", "name": "x", "fallback": "drop"}
    echo.says = message(card("R&D", text(r"1\. \*plan\*"), bar, table, facts, icon, *inputs))
    await alex.says("hello")
    seen = alex.sees()[-1]
    assert seen.text == (
        "R&D\n1. *plan*\nWho | Hours\nEMSB | 2\nDuration: 2 h\n⚠ Too many\nHours\nWhat"
    )
    assert seen.errors == {"Hours": "⚠ Too many"}
    assert list(seen.buttons) == ["Undo"]
