"""Modals and homes: what a trigger may open, what is on a screen, and what is typed there."""

from typing import Any

from tests.slack.memory import TEAM, Json, View
from tests.slack.world import Refused, World

TRIGGER_LIFE, STACK = 3, 3  # seconds, and modals one over the other


class Screens(World):
    """The world, and what each person has on their screen."""

    def __init__(self) -> None:
        super().__init__()
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self._triggers: dict[str, tuple[str, float]] = {}
        self._spent: set[str] = set()

    def trigger(self, user: str) -> str:
        """A trigger_id: for one view, within three seconds."""
        made = f"{next(self.numbers)}.{TEAM[2:]}.{user.lower()}"
        self._triggers[made] = (user, self.now)
        return made

    def pull(self, trigger: str) -> str:
        """Spend a trigger; gives whose it was."""
        if trigger not in self._triggers:
            raise Refused("invalid_trigger_id")
        user, made = self._triggers[trigger]
        if trigger in self._spent:
            raise Refused("exchanged_trigger_id")
        if self.now - made > TRIGGER_LIFE:
            raise Refused("expired_trigger_id")
        self._spent.add(trigger)
        return user

    def check_view(self, view: Any, kind: str, beside: View | None = None) -> Json:
        """Hold a view that comes in place of ``beside`` against Slack's limits.

        Raises Refused, and keeps why.
        """
        right = isinstance(view, dict) and isinstance(view.get("blocks"), list)
        if not right or view["type"] != kind:
            self.refuse("invalid_arguments", f"no {kind} view: {view!r:.80}")
        self.check(view, "view", "invalid_arguments")
        external = view.get("external_id")
        if external and self.find_view(external_id=external) not in (None, beside):
            raise Refused("duplicate_external_id")
        return view

    def show_modal(self, user: str, view: Json) -> View:
        """Put a modal on top of a person's stack."""
        stack = self.stacks.setdefault(user, [])
        if len(stack) >= STACK:
            raise Refused("push_limit_reached")
        id = self.id("V")
        below = stack[-1] if stack else None
        shown = View(
            id,
            user,
            self._view_with_ids(view),
            self._hash(),
            root=below.root if below else id,
            previous=below.id if below else None,
        )
        shown.typed = initial(shown.view["blocks"])
        stack.append(shown)
        self.change()
        return shown

    def update_view(self, shown: View, view: Json) -> View:
        """Put another view in its place. What was typed stays where both ids are the same."""
        typed = shown.typed
        shown.earlier.append(shown.view)
        shown.view, shown.hash = self._view_with_ids(view), self._hash()
        shown.typed = initial(shown.view["blocks"])
        for block, actions in shown.typed.items():
            for action, state in actions.items():
                old = typed.get(block, {}).get(action)
                if old and old["type"] == state["type"]:
                    actions[action] = old
        shown.errors = {}
        self.change()
        return shown

    def publish(self, user: str, view: Json) -> View:
        """Show a person's home."""
        if user in self.homes:
            return self.update_view(self.homes[user], view)
        home = View(self.id("V"), user, self._view_with_ids(view), self._hash())
        home.typed = initial(home.view["blocks"])
        self.homes[user] = home
        self.change()
        return home

    def find_view(self, id: str = "", external_id: str = "") -> View | None:
        """A view that is on someone's screen."""
        for one in [*self.homes.values(), *(v for stack in self.stacks.values() for v in stack)]:
            if one.id == id or (external_id and one.view.get("external_id") == external_id):
                return one
        return None

    def _view_with_ids(self, view: Json) -> Json:
        return view | {"blocks": self.with_ids(view["blocks"])}

    def _hash(self) -> str:
        return f"{int(self.now)}.{next(self.numbers):08x}"


def initial(blocks: list[Json]) -> dict[str, dict[str, Json]]:
    """The state of a view's inputs before anyone has touched them."""
    return {
        one["block_id"]: {one["element"]["action_id"]: untouched(one["element"])}
        for one in blocks
        if one["type"] == "input"
    }


def untouched(element: Json) -> Json:
    """The state of an input that shows what it was given at first."""
    kind = element["type"]
    first = {
        key.removeprefix("initial_"): value
        for key, value in element.items()
        if key.startswith("initial_")
    }
    match kind:
        case "plain_text_input" | "number_input" | "email_text_input" | "url_text_input":
            return {"type": kind, "value": first.get("value")}
        case "datepicker":
            return {"type": kind, "selected_date": first.get("date")}
        case "timepicker":
            return {"type": kind, "selected_time": first.get("time")}
        case "static_select" | "external_select" | "radio_buttons":
            return {"type": kind, "selected_option": first.get("option")}
        case "multi_static_select" | "multi_external_select" | "checkboxes":
            return {"type": kind, "selected_options": first.get("options", [])}
        case _:
            raise AssertionError(f"an input of type {kind}")
