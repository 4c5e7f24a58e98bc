"""Whatever people do in Slack, in any order, while Slack fails: each is answered, and all adds up.

Twelve conversations by default. For a long run:
``JALON_TALKS=500 pytest tests/slack/test_random.py``.
"""

import asyncio
import json
import logging
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.slack import client, door
from bot.slack.manifest import EVENTS, SCOPES
from tests.new_database import new_folder
from tests.random_talk import (
    LINES,
    ODD,
    PEOPLE,
    TALKS,
    Step,
    Told,
    scripts,
    shared,
    tells_of_others,
)
from tests.slack.driver import SlackUser
from tests.slack.faults import Fault
from tests.slack.jalon import Jalon
from tests.slack.memory import BOT, Json
from tests.slack.people import Channel
from tests.slack.reading import Page, Seen, pressables
from tests.slack.test_failing import Unmoved
from tests.slack.workspace import Workspace

METHODS = (
    *("chat.postMessage", "chat.postEphemeral", "chat.update", "response_url", "views.open"),
    *("views.publish", "users.info", "conversations.open", "files.upload"),
)
DONE = (
    *("slash", "slash", "writes", "mentions", "press", "press", "press", "submit", "submit"),
    *("home", "again", "fault", "wait"),
)
FAULTS = (
    Fault.rate_limited(0),
    Fault.status(500),
    Fault.status(503, after=True),
    Fault.dropped(),
    Fault.dropped(after=True),
    Fault.malformed(after=True),
    Fault.error("internal_error"),
    None,  # slow
)


@dataclass
class Talk:
    """A conversation under way, and what people were told.

    ``managing``: the ids of those who managed at some time.
    """

    jalon: Jalon
    team: Channel
    elsewhere: Channel
    users: list[SlackUser] = field(default_factory=list[SlackUser])
    told: Told = field(default_factory=Told)
    managing: set[str] = field(default_factory=set[str])

    async def take(self, step: Step) -> None:
        """Do the step; who did it is answered, and what all were told is noted."""
        user, workspace = self.users[step.who], self.jalon.workspace
        if step.does == "fault":
            fault = FAULTS[step.m % len(FAULTS)]
            if fault is None:
                go = asyncio.Event()
                fault = Fault.slow(go, after=step.copies > 1)
                asyncio.get_running_loop().call_later(0.1, go.set)
            workspace.fail(METHODS[step.n % len(METHODS)], step.copies, with_=fault)
            return
        if step.does == "wait":
            self.jalon.now += timedelta(minutes=step.n % 20)
            return
        before = self._state(user, step.does)
        user.copies = step.copies
        done = await self._do(step, user)
        if done:
            await workspace.until(
                lambda: self._state(user, step.does) != before,
                f"an answer to {user.user.name}, {step}",
            )
        await self.jalon.settled()
        self._note()
        await self._look()

    async def _do(self, step: Step, user: SlackUser) -> bool:
        """Whether anything was done that has to be answered."""
        line = LINES[step.n % len(LINES)]
        places = (None, None, self.team, self.team, self.elsewhere)
        place = places[step.m % len(places)]
        match step.does:
            case "slash":
                await user.slash(line if line.startswith("/") else f"/jalon {line}", place)
            case "writes":
                thread = user.sees()[-1].message if user.sees() and step.m % 4 == 0 else None
                await user.writes(line.removeprefix("/"), thread=thread)
            case "mentions":
                await user.mentions(line.removeprefix("/"), self.team)
            case "home":
                await user.opens_home()
            case "press":
                buttons = list(self._buttons(user))
                if not buttons:
                    return False
                stands, button = buttons[step.n % len(buttons)]
                await user.presses(button, stands)
                assert not user.trouble
            case "submit":
                if user.modal is None:
                    return False
                view = user.modal.view
                for name in list(view.typed)[step.m % 3 :: 3]:
                    (held,) = view.typed[name].values()
                    fill(held, ODD[step.n % len(ODD)])
                await user.sends(view)
                if user.responses[0].body:  # the modal says it: perhaps what it said before
                    assert not user.trouble
                    return False
            case "again":
                if user.responses:
                    counted = await self.jalon.entries()
                    await user.again(2)
                    await self.jalon.settled()
                    assert await self.jalon.entries() == counted
                return False
            case other:
                raise AssertionError(other)
        return True

    def _buttons(self, user: SlackUser) -> Iterator[tuple[Seen | Page, Json]]:
        places = (user.dm, self.team, self.elsewhere)
        stands: list[Seen | Page] = [one for place in places for one in user.sees(place)[-4:]]
        if user.home:
            stands.append(user.home)
        for one in stands:
            for button in pressables(one.blocks):
                yield one, button

    def _state(self, user: SlackUser, does: str) -> object:
        """What someone sees: it is another once they are answered. A modal that closes is none."""
        workspace = self.jalon.workspace
        seen = [
            (one.ts, len(one.edits))
            for place in (user.dm, self.team, self.elsewhere)
            for one in workspace.seen_by(user.user, place)
            if one.user != user.user.id
        ]
        modals = [(one.hash, str(one.errors)) for one in workspace.stacks.get(user.user.id, [])]
        home = workspace.homes.get(user.user.id)
        return seen, [] if does == "submit" else modals, home and home.hash

    def _note(self) -> None:
        """What cards say of entries: each of their buttons names one, and its version."""
        for user in self.users:
            for _, button in self._buttons(user):
                name = button["action_id"].partition("#")[0]
                self.told.note(name, button["text"]["text"], json.loads(button.get("value", "{}")))

    async def _look(self) -> None:
        """Nobody sees someone's name with hours, but in what was shared, or who manages alone."""
        for user in self.users:
            if (await self.jalon.find(user.user.id)).role.manages:
                self.managing.add(user.user.id)
        for one in self.jalon.workspace.messages:
            channel = self.jalon.workspace.channels[one.channel]
            reader = one.only_for or channel.person
            if one.user != BOT:
                continue
            text, short = Seen.of(one).text, reader.removeprefix("U0").lower()
            assert reader or shared(text), text
            assert shared(text) or reader in self.managing or not tells_of_others(text, short), text


def fill(held: Json, value: str) -> None:
    """Have an input hold this, whatever kind of input it is."""
    option = {"value": f"={value}", "text": {"type": "plain_text", "text": value}}
    match held["type"]:
        case "datepicker":
            held["selected_date"] = value or None
        case "plain_text_input" | "number_input":
            held["value"] = value or None
        case "static_select" | "external_select":
            held["selected_option"] = option if value else None
        case _:
            held["selected_options"] = [option] if value else []


@given(script=scripts(DONE), socket=st.booleans())
@settings(
    max_examples=TALKS,
    phases=[Phase.reuse, Phase.generate],  # to wait for what does not come takes too long to shrink
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_conversation(
    script: list[Step],
    socket: bool,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("bot.patience.PAUSE", 0.005)
    monkeypatch.setattr(client, "random", Unmoved())
    monkeypatch.setattr(door, "ACK_WITHIN", 0.05)
    monkeypatch.setattr("bot.members.PATIENCE", 0.02)
    caplog.clear()
    asyncio.run(had(script, socket=socket))
    wrong = [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]
    assert wrong == []


async def had(script: list[Step], *, socket: bool) -> None:
    """Have the conversation; in the end the store holds what people were told, and no more."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace()
        workspace.scopes = {one.name for one in SCOPES}
        workspace.events = set[str](EVENTS)
        await workspace.start()
        jalon = Jalon(new_folder(Path(folder)), workspace, socket=socket)
        await jalon.start()
        try:
            await hold(script, jalon)
        finally:
            await jalon.stop()
            await workspace.close()


async def hold(script: list[Step], jalon: Jalon) -> None:
    workspace = jalon.workspace
    users = [jalon.user(name, real, locale=locale) for name, real, locale, _ in PEOPLE]
    everyone = [one.user for one in users]
    team = workspace.add_channel("team", everyone)
    elsewhere = workspace.add_channel("elsewhere", everyone, bot=False)
    talk = Talk(jalon, team, elsewhere, users)
    for user, (*_, role) in zip(users, PEOPLE, strict=True):
        await user.slash("/aide")
        await jalon.settled()
        await jalon.give(user.user.id, role)
    for who in range(3):
        for n, place in ((0, 0), (2, 2)):  # something to press on, in either place
            await talk.take(Step("slash", who, n, place, 1))
    for step in script:
        await talk.take(step)
    await talk.told.check(jalon.store)
    assert workspace.violations == []
