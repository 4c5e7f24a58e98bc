"""The Teams door: hears everything Teams delivers, each thing once, and in Teams' time."""

import asyncio
import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.config import Teams as Settings
from bot.dispatch import Dispatch, note
from bot.late import Late
from bot.once import Once
from bot.packing import Packing
from bot.teams import activities, forms
from bot.teams.activities import SEARCH, Heard
from bot.teams.answering import Answer, Answering, toast
from bot.teams.connector import Connector, Refused, failing
from bot.teams.files import Files
from bot.teams.limits import VALUE_LIMIT
from bot.teams.members import Members
from bot.teams.origin import PLATFORM, THREAD, Activity, origin, who, within
from bot.teams.pictures import Pictures
from bot.teams.places import Places
from bot.teams.posting import Posts
from bot.teams.render import bring
from bot.teams.sender import Chat, Message, Sender, words
from handlers import closed
from handlers.chat.incoming import Incoming, Kind, Place
from handlers.chat.texts import Texts
from storage import addresses, people, unfinished
from storage.addresses import REMOVED
from storage.engine import Tx
from storage.people import Newcomer

log = logging.getLogger("jalon.teams")

Json = dict[str, Any]
WORKING_AFTER = 5.0  # seconds; Teams waits for 15, and people for less


class Door:
    """Takes activities, and posts."""

    def __init__(
        self,
        connector: Connector,
        dispatch: Dispatch,
        files: Files,
        pictures: Pictures,
        settings: Settings,
    ) -> None:
        home = "" if settings.emulator else settings.tenant_id
        secret = settings.app_password.get_secret_value() if settings.app_password else ""
        self._only_from = home if settings.app_type == "SingleTenant" else ""
        self._dispatch = dispatch
        self._store = dispatch.store
        self._members = Members(connector, dispatch.store, home)
        self._packing = Packing(dispatch.store, dispatch.now, VALUE_LIMIT)
        self._sender = Sender(connector, dispatch.store, dispatch.now, self._closed)
        places = Places(dispatch.store, secret)
        self._answering = Answering(dispatch, self._members, self._packing, places, files, pictures)
        self.posts = Posts(connector, self._packing, pictures, self._closed)
        self._once = Once[Answer]()
        self._late = Late(PLATFORM, dispatch.store, dispatch.now)
        self._making: set[str] = set()
        self._notices: dict[str, asyncio.Task[str]] = {}

    async def start(self) -> None:
        """Take up what was not finished when the bot last stopped."""
        for one in await self._store.read(unfinished.everything, PLATFORM):
            content = json.loads(one.content)
            if "message" in content:
                self._sender.go_on(one.id, content)
                continue
            heard = self._read(content["activity"])
            if heard is None:
                await self._store.write(unfinished.done, one.id)
            else:
                self._late.go_on(heard.key, one.id, lambda heard=heard: self._finish(heard))

    async def close(self) -> None:
        """Finish what can be finished at once; the rest is taken up at the next start."""
        await self._members.close()
        await self._late.close()
        for task in self._notices.values():
            task.cancel()
        await asyncio.gather(*self._notices.values(), return_exceptions=True)
        await self._sender.close()

    async def take(self, activity: Activity) -> Json | None:
        """Answer a delivery, within the time that Teams waits; what takes longer is said after.

        Gives the body of an invoke's answer. Whatever is acknowledged and not yet done is
        remembered first.
        """
        if self._only_from and origin(activity).tenant not in ("", self._only_from):
            log.warning("teams: something from another tenant is left unanswered")
            return None
        if activity["type"] == "invoke" and activity.get("name") == SEARCH:
            return await self._suggest(activity)
        if activity["type"] in ("installationUpdate", "conversationUpdate"):
            place, team = activities.went(activity)
            if place or team:
                await self._store.write(_leave, place, team)
                return None
            if not activities.came(activity) or not await self._is_new(activity):
                return None
        heard = self._read(activity)
        if heard is None:
            return None
        try:
            async with asyncio.timeout(WORKING_AFTER):
                answer = await self._once(heard.key, lambda: self._answer(heard))
            if answer.undone:
                self._once.forget(heard.key)
            return answer.body
        except TimeoutError:
            pass
        content = {"activity": activity}
        await self._late.take(heard.key, content, lambda: self._finish(heard))
        t = self._texts(heard)
        if heard.key in self._making and heard.key not in self._notices and not heard.invoke:
            self._notices[heard.key] = asyncio.create_task(self._notice(heard, t))
        return toast(t("teams.working"))

    def _read(self, activity: Activity) -> Heard | None:
        """What was heard; None where it is no activity that Teams documents."""
        try:
            match activity["type"], activity.get("name"):
                case "message", _:
                    return activities.message(activity)
                case "invoke", activities.EXECUTE:
                    return activities.press(activity)
                case "invoke", activities.CONSENT:
                    return activities.consent(activity)
                case "installationUpdate" | "conversationUpdate", _:
                    return activities.added(activity)
                case _:
                    return None
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            note(error)
            return None

    async def _is_new(self, activity: Activity) -> bool:
        """Take note of where the bot was added; Teams says so in two activities."""
        there, at = origin(activity), int(self._dispatch.now().timestamp())
        if there.direct:  # kept once it is known whose it is
            known = await self._store.read(addresses.find, PLATFORM, there.place)
            return known is None or known.closed != ""
        name = activities.name_of_place(activity)
        return await self._store.write(
            addresses.add, PLATFORM, there.place, there.reference, name, at
        )

    async def _answer(self, heard: Heard) -> Answer:
        """Make the answer, and hand over what it has to say."""
        self._making.add(heard.key)
        try:
            answer = await self._answering(heard)
        except Exception as error:
            answer = await self._answering.failed(heard, note(error))
        finally:
            self._making.discard(heard.key)
        messages = answer.messages
        if heard.key in self._notices:
            notice = await self._notices[heard.key]
            messages = _in_place_of(notice, Chat.of(heard.origin), messages)
        for one in messages:
            await self._sender.send(one)
        return answer

    async def _notice(self, heard: Heard, t: Texts) -> str:
        """Say that it takes a while; the activity's id, or "" where even that could not be said."""
        notice = Message(Chat.of(heard.origin), words(t("teams.working")))
        try:
            return await self._sender.now(notice)
        except Exception as error:
            if failing(error) is None and not isinstance(error, Refused):
                note(error)
            return ""

    async def _finish(self, heard: Heard) -> None:
        """Say what Teams no longer waits for."""
        answer = await self._once(heard.key, lambda: self._answer(heard))
        if answer.undone:
            self._once.forget(heard.key)
        if answer.shown and not answer.messages and not heard.refreshes:
            await self._sender.send(Message(Chat.with_(heard.origin), bring(answer.shown)))
        self._notices.pop(heard.key, None)

    async def _suggest(self, activity: Activity) -> Json:
        """The choices of an input that is searched as one types."""
        value, there = within(activity, "value"), origin(activity)
        typed, name = str(value.get("queryText") or ""), str(value.get("dataset") or "")
        place = Place(PLATFORM, there.place, there.direct, there.reference)
        found: list[Json] = []
        try:
            async with asyncio.timeout(WORKING_AFTER):
                sender = await self._members.get(who(activity), there)
                msg = Incoming(sender, place, Kind.PRESS, "", name, typed)
                found = forms.found(await self._dispatch.choices(msg))
        except TimeoutError:
            pass  # nothing found, this time
        return {
            "statusCode": 200,
            "type": "application/vnd.microsoft.search.searchResponse",
            "value": {"results": found},
        }

    async def _closed(self, conversation: str, why: str) -> None:
        """Nothing can be sent there any more: say so to those who should know."""
        place = conversation.partition(THREAD)[0]
        at = int(self._dispatch.now().timestamp())
        await self._store.write(_close, place, why, at)

    def _texts(self, heard: Heard) -> Texts:
        who = heard.who
        return Texts.load(
            self._dispatch.language(Newcomer(PLATFORM, who.identity, who.name, who.locale))
        )


def _leave(tx: Tx, place: str, team: str) -> None:
    """Send nothing more to a place, or to any channel of a team."""
    if place:
        addresses.close(tx, PLATFORM, place, REMOVED)
        return
    for id in addresses.channels(tx, PLATFORM):
        address = addresses.find(tx, PLATFORM, id)
        if address and within(json.loads(address.reference), "team").get("id") == team:
            addresses.close(tx, PLATFORM, id, REMOVED)


def _close(tx: Tx, place: str, why: str, at: int) -> None:
    """Close an address, and have managers told, unless it was closed already."""
    address = addresses.close(tx, PLATFORM, place, why)
    if address is None:
        return
    name = address.name if address.person is None else people.get(tx, address.person).name
    closed.tell_managers(tx, place, name, why, at)


def _in_place_of(notice: str, here: Chat, messages: Sequence[Message]) -> Sequence[Message]:
    """The messages, the first that is said here in the place of the notice."""
    for at, one in enumerate(messages):
        if one.to == here and not one.replaces:
            return [*messages[:at], replace(one, replaces=notice), *messages[at + 1 :]]
        if one.said is not None and one.said.to == here:
            said, unsaid = (
                then and replace(then, replaces=notice) for then in (one.said, one.unsaid)
            )
            first = replace(one, said=said, unsaid=unsaid)
            return [*messages[:at], first, *messages[at + 1 :]]
    return messages
