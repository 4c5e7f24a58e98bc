"""A person fills in modals in the fake Slack."""

import pytest

from tests.slack.driver import SlackUser
from tests.slack.inputs import NotSubmitted
from tests.slack.memory import Json
from tests.slack.people import Channel
from tests.slack.person.bolt_app import COLOURS, FORM, SCHOOLS, BoltApp, option, text
from tests.slack.workspace import Workspace


async def test_a_form_is_filled_in_and_submitted(app: BoltApp, alex: SlackUser):
    await alex.slash("/form")
    form = await alex.form()
    assert (form.title, form.inputs["Day ?"]) == ("A form", "2025-02-12")
    assert await alex.searches("School ?", "é") == []
    assert await alex.searches("School ?", "éc") == ["École 0", "École 1", "École 2"]
    await alex.submit(
        {
            "words": "2h",
            "Number ?": 3,
            "Colour ?": "Blue",
            "Colours ?": ["Red", "blue"],
            "Ticks ?": True,
            "School ?": "École 1",
        }
    )
    view = app.heard[-1]["view"]
    held = {name: state[name] for name, state in view["state"]["values"].items()}
    assert held == {
        "words": {"type": "plain_text_input", "value": "2h"},
        "day": {"type": "datepicker", "selected_date": "2025-02-12"},
        "number": {"type": "number_input", "value": "3"},
        "colour": {"type": "static_select", "selected_option": COLOURS[1]},
        "colours": {"type": "multi_static_select", "selected_options": COLOURS},
        "ticks": {"type": "checkboxes", "selected_options": COLOURS},
        "school": {"type": "external_select", "selected_option": option(*SCHOOLS[1])},
    }
    assert (view["private_metadata"], view["callback_id"]) == ("kept", "form")
    assert alex.modal is None


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({}, "Words ?: required"),
        ({"words": "x" * 3001}, "Words ?: 3001 characters"),
        ({"words": "x", "number": "1.5"}, "Number ?: not a whole number"),
        ({"words": "x", "number": "0"}, "Number ?: out of range"),
        ({"words": "x", "number": "two"}, "Number ?: not a number"),
        ({"words": "x", "colour": "Green"}, "no option 'Green' among .*Red"),
    ],
)
async def test_slack_itself_refuses_some_answers(
    app: BoltApp, alex: SlackUser, values: Json, says: str
):
    await alex.slash("/form")
    with pytest.raises(NotSubmitted, match=says.replace("?", r"\?")):
        await alex.submit(values)
    assert alex.modal is not None
    assert all(body.get("type") != "view_submission" for body in app.heard)


async def test_errors_are_shown_at_their_inputs(app: BoltApp, alex: SlackUser):
    await alex.slash("/form")
    app.says = {"response_action": "errors", "errors": {"words": "No."}}
    await alex.submit({"words": "?"})
    assert alex.modal is not None
    assert (alex.modal.errors, alex.modal.inputs["Words ?"]) == ({"Words ?": "No."}, "?")
    app.says = {}
    await alex.submit({"words": "2h"})
    assert (alex.modal, alex.trouble) == (None, "")


async def test_errors_for_no_input_are_a_violation(
    workspace: Workspace, app: BoltApp, alex: SlackUser
):
    await alex.slash("/form")
    app.says = {"response_action": "errors", "errors": {"other": "No."}}
    await alex.submit({"words": "?"})
    assert workspace.violations.pop() == "invalid_errors: at ['other']"
    assert (alex.modal is None, alex.trouble[:20]) == (False, "We had some trouble ")


async def test_modals_follow_one_another(workspace: Workspace, app: BoltApp, alex: SlackUser):
    await alex.shortcut("new_entry")
    app.says = {"response_action": "update", "view": FORM | {"title": text("Second")}}
    await alex.submit({"words": "kept"})
    assert alex.modal is not None
    assert (alex.modal.title, alex.modal.inputs["Words ?"]) == ("Second", "kept")
    app.says = {"response_action": "push", "view": FORM | {"title": text("Third")}}
    await alex.submit()
    assert (len(workspace.stacks[alex.user.id]), alex.modal.title) == (2, "Third")
    app.says = {}
    await alex.submit({"words": "x"})
    assert alex.modal is not None
    assert alex.modal.title == "Second"
    app.says = {"response_action": "clear"}
    await alex.submit()
    assert alex.modal is None


async def test_a_cancelled_modal_is_told_to_who_asked(
    workspace: Workspace, app: BoltApp, alex: SlackUser
):
    await alex.slash("/form")
    assert (await alex.cancel(), alex.modal) == (None, None)
    trigger = workspace.trigger(alex.user.id)
    await app.web.views_open(trigger_id=trigger, view=FORM | {"notify_on_close": True})
    assert await alex.cancel() is not None
    assert app.heard[-1]["type"] == "view_closed"


async def test_a_shortcut_of_a_message_brings_its_words(
    app: BoltApp, alex: SlackUser, team: Channel
):
    message = alex.says("2h at EMSB", team)
    await alex.message_shortcut("from_message", message)
    body = app.heard[-1]
    assert (body["message"]["text"], body["message_ts"]) == ("2h at EMSB", message.ts)
    assert alex.modal is not None
