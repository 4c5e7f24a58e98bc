"""The SDK between the endpoint and the door: each kind of activity that the door knows of.

Activities stay the JSON that they came as: what the SDK would make of one, nobody here reads.
"""

# The SDK's own types are incomplete.
# pyright: reportUnknownMemberType=false, reportMissingTypeStubs=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from http import HTTPStatus
from typing import Any, Protocol, cast

from botbuilder.core import ActivityHandler, CloudAdapterBase, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes
from botframework.connector.auth import AuthenticateRequestResult

from bot.teams.authentication import Authentication

Json = dict[str, Any]

ACTION = "adaptiveCard/action"
INVOKES = {ACTION, "application/search", "fileConsent/invoke"}
ROUTED = {"message", "invoke", "installationUpdate", "conversationUpdate"}


class Receiver(Protocol):
    """Whoever does something with what Teams delivers."""

    async def take(self, activity: Json) -> Json | None:
        """Do it. Of an invoke: the body of its response."""
        ...


class Adapter(CloudAdapterBase):
    """Has a receiver take the activities of those who may speak."""

    def __init__(self, authentication: Authentication, receiver: Receiver) -> None:
        super().__init__(authentication)
        self.authentication = authentication
        self._handler = _Handler(self, receiver)

    async def process(
        self, who: AuthenticateRequestResult, activity: Activity
    ) -> InvokeResponse | None:
        """Have an activity taken; what to answer to an invoke, or None. Raises what that raises."""
        answer = await self.process_activity(who, activity, self._handler.on_turn)
        return cast("InvokeResponse | None", answer)

    def answer(self, context: TurnContext, status: int, body: Json | None) -> None:
        """Answer an invoke. Sent as an activity, it would be copied whole on its way."""
        response = InvokeResponse(status=status, body=body)
        context.turn_state[self._INVOKE_RESPONSE_KEY] = Activity(
            type=ActivityTypes.invoke_response, value=response
        )


class _Handler(ActivityHandler):
    """Brings the kinds of activity that there is something to do for to the receiver."""

    def __init__(self, adapter: Adapter, receiver: Receiver) -> None:
        self._adapter = adapter
        self._receiver = receiver

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await self._receiver.take(_raw(turn_context))

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        await self._receiver.take(_raw(turn_context))

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        await self._receiver.take(_raw(turn_context))

    async def on_invoke_activity(self, turn_context: TurnContext) -> None:
        activity = _raw(turn_context)
        if activity.get("name") not in INVOKES:
            self._adapter.answer(turn_context, HTTPStatus.NOT_IMPLEMENTED, None)
        elif activity["name"] == ACTION and not _executes(activity.get("value")):
            self._adapter.answer(turn_context, HTTPStatus.OK, NOT_SUPPORTED)
        else:
            body = await self._receiver.take(activity)
            self._adapter.answer(turn_context, HTTPStatus.OK, body)


# No card of ours has another kind of button.
NOT_SUPPORTED: Json = {
    "statusCode": 400,
    "type": "application/vnd.microsoft.error",
    "value": {"code": "NotSupported", "message": "Only Action.Execute is supported."},
}


def activity_of(raw: Json) -> Activity:
    """An activity for the SDK, with what it came as inside. ``raw`` has the fields it must have."""
    activity = Activity(
        type=raw["type"],
        id=raw.get("id", ""),
        name=raw.get("name", ""),
        channel_id=raw["channelId"],
        service_url=raw["serviceUrl"],
    )
    cast("Any", activity).additional_properties = raw
    return activity


def _raw(context: TurnContext) -> Json:
    return cast("Json", cast("Any", context.activity).additional_properties)


def _executes(value: object) -> bool:
    match value:
        case {"action": {"type": "Action.Execute"}}:
            return True
        case _:
            return False
