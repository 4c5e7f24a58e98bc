"""What Slack does with an app's answer to a submitted modal, and to a search in one."""

from typing import Any

from tests.slack.inputs import options_of
from tests.slack.memory import Json, View
from tests.slack.transport import Response
from tests.slack.views import Screens
from tests.slack.world import Refused

OPTION_TEXT, OPTION_VALUE, OPTIONS = 75, 150, 100
TROUBLE = "We had some trouble connecting. Try again?"


def submitted(world: Screens, view: View, response: Response) -> str:
    """Do what the answer says, or close the modal where it says nothing.

    Gives what Slack then shows of trouble, or "".
    """
    stack, trouble = world.stacks[view.user], ""
    said: Any = response.json if response.status == 200 else None
    if response.status != 200:
        trouble = TROUBLE
    elif not said:
        stack.remove(view)
    else:
        try:
            _act(world, view, said)
        except Refused as refused:
            trouble = f"{TROUBLE} {refused.code}"
    world.change()
    return trouble


def offered(world: Screens, response: Response) -> list[Json]:
    """The options that a search has found."""
    found = options_of(response.json or {}) if response.status == 200 else []
    if len(found) > OPTIONS:
        world.violate(f"block_suggestion: {len(found)} options")
    for one in found:
        if len(one["text"]["text"]) > OPTION_TEXT or len(one["value"]) > OPTION_VALUE:
            world.violate(f"block_suggestion: too long: {one!r:.200}")
    return found


def _act(world: Screens, view: View, said: Json) -> None:
    match said.get("response_action"):
        case "errors":
            known = {one["block_id"] for one in view.view["blocks"] if one["type"] == "input"}
            if not said["errors"] or not said["errors"].keys() <= known:
                world.refuse("invalid_errors", f"at {sorted(said['errors'])}")
            view.errors = said["errors"]
        case "update":
            world.update_view(view, world.check_view(said["view"], "modal", beside=view))
        case "push":
            world.show_modal(view.user, world.check_view(said["view"], "modal"))
        case "clear":
            world.stacks[view.user].clear()
        case other:
            world.refuse("invalid_response_action", repr(other))
