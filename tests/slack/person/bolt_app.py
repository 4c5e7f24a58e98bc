"""An app made of Bolt, for the fake Slack to speak with."""

from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.memory import Json
from tests.slack.workspace import BOT_TOKEN, SECRET, Workspace

SCHOOLS = [(f"school-{n}", f"École\u00a0{n}") for n in range(3)]


def text(words: str) -> Json:
    return {"type": "plain_text", "text": words}


def option(value: str, label: str) -> Json:
    return {"value": value, "text": text(label)}


def asked(name: str, element: Json, *, optional: bool = True) -> Json:
    label = text(name.capitalize() + "\u00a0?")
    element = {**element, "action_id": name}
    shape = {"type": "input", "block_id": name, "label": label, "optional": optional}
    return shape | {"element": element}


def button(label: str, action_id: str, value: str = "7", **more: str) -> Json:
    element = {"type": "button", "text": text(label), "action_id": action_id, "value": value}
    return {"type": "actions", "elements": [element | more]}


PRESSABLE = [{"type": "section", "text": text("2.25 h")}, button("Undo", "undo")]
COLOURS = [option("red", "Red"), option("blue", "Blue")]
FORM: Json = {
    "type": "modal",
    "callback_id": "form",
    "private_metadata": "kept",
    "title": text("A form"),
    "submit": text("Send"),
    "close": text("Cancel"),
    "blocks": [
        asked("words", {"type": "plain_text_input"}, optional=False),
        asked("day", {"type": "datepicker", "initial_date": "2025-02-12"}),
        asked("number", {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}),
        asked("colour", {"type": "static_select", "options": COLOURS}),
        asked("colours", {"type": "multi_static_select", "options": COLOURS}),
        asked("ticks", {"type": "checkboxes", "options": COLOURS}),
        asked("school", {"type": "external_select", "min_query_length": 2}),
    ],
}


class BoltApp:
    """The app: it remembers what it heard, and answers in each of the ways there are."""

    def __init__(self, workspace: Workspace) -> None:
        self.heard: list[Json] = []
        self.says: dict[str, Any] = {}  # what the next submission is answered with
        self.web = AsyncWebClient(BOT_TOKEN, base_url=workspace.api_url)
        self.app = AsyncApp(client=self.web, signing_secret=SECRET, process_before_response=True)
        self.app.command("/say")(self._say)
        self.app.command("/form")(self._form)
        self.app.action("undo")(self._undo)
        self.app.action("quiet")(self._quiet)
        self.app.view("form")(self._submitted)
        self.app.view_closed("form")(self._quiet)
        self.app.options("school")(self._options)
        self.app.shortcut("new_entry")(self._form)
        self.app.shortcut("from_message")(self._form)
        for event in ("message", "app_mention", "app_home_opened"):
            self.app.event(event)(self._event)

    async def http(self, request: web.Request) -> web.Response:
        answer = await self.app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    async def _say(self, ack: Any, body: Json) -> None:
        self.heard.append(body)
        await ack(text=body["text"], blocks=PRESSABLE, response_type=body["text"])

    async def _form(self, ack: Any, body: Json) -> None:
        self.heard.append(body)
        await ack()
        await self.web.views_open(trigger_id=body["trigger_id"], view=FORM)

    async def _undo(self, ack: Any, body: Json, respond: Any) -> None:
        self.heard.append(body)
        await ack()
        if body["container"]["type"] == "view":
            home = {"type": "home", "blocks": PRESSABLE[:1]}
            await self.web.views_publish(user_id=body["user"]["id"], view=home)
        else:
            await respond(text="undone", replace_original=True)

    async def _quiet(self, ack: Any, body: Json) -> None:
        self.heard.append(body)
        await ack()

    async def _submitted(self, ack: Any, body: Json) -> None:
        self.heard.append(body)
        await ack(**self.says)

    async def _options(self, ack: Any, body: Json) -> None:
        self.heard.append(body)
        await ack(options=[option(*one) for one in SCHOOLS])

    async def _event(self, body: Json) -> None:
        self.heard.append(body)
        event = body["event"]
        if event["type"] == "app_home_opened":
            home = {"type": "home", "blocks": PRESSABLE}
            await self.web.views_publish(user_id=event["user"], view=home)
        elif "text" in event:
            await self.web.chat_postMessage(channel=event["channel"], text=f"Heard {event['text']}")
