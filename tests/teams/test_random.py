"""Whatever people do in Teams, in any order, while Teams fails: each is answered, and all adds up.

Twelve conversations by default. For a long run:
``JALON_TALKS=500 pytest tests/teams/test_random.py``.
"""

import asyncio
import logging
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from bot.teams import refusals
from handlers.chat.texts import Texts
from storage.plan import Language
from tests.new_database import new_folder
from tests.random_talk import (
    HOURS,
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
from tests.teams.connector import Teams
from tests.teams.driver import TeamsUser
from tests.teams.jalon import Jalon
from tests.teams.microsoft import Microsoft
from tests.teams.people import BOT, Json, Place, User
from tests.teams.reading import inputs, plain, pressables
from tests.teams.seen import Seen

DONE = (
    *("says", "says", "says", "mentions", "mentions", "press", "press", "press", "press"),
    *("submit", "submit", "cancel", "odd", "look", "again", "fault", "fault", "wait"),
)
PATHS = ("POST .*/activities", "POST .*/activities", "PUT ", "GET .*members", "conversations$")
FAULTS: tuple[dict[str, Any], ...] = (
    *({"status": 429, "retry_after": 0}, {"status": 412}, {"status": 500}, {"status": 502}),
    *({"status": 503, "after": True}, {"status": 504}, {"dropped": True}),
    *({"dropped": True, "after": True}, {"delay": 0.1}, {"delay": 0.1, "after": True}),
)
VERBS = ("entry.undo", "entry.fill", "entry.shared", "log.answer", "teams.page", "teams.file", "x")
WELCOME = {plain(Texts.load(one)("welcome.title")) for one in Language}
OUTSIDER = User("nobody", "Nobody")  # sees what is there for all


@dataclass
class Talk:
    """A conversation under way, and what people were told.

    ``managing``: those who managed at some time. ``looked``: when each looked at a message last.
    """

    jalon: Jalon
    teams: Teams
    team: Place
    group: Place
    users: list[TeamsUser]
    told: Told = field(default_factory=Told)
    managing: set[str] = field(default_factory=set[str])
    looked: dict[tuple[int, str], int] = field(default_factory=dict[tuple[int, str], int])

    async def take(self, step: Step) -> None:
        """Do the step; who did it is answered, and what all were told is noted."""
        user = self.users[step.who]
        if step.does == "fault":
            path, fault = PATHS[step.n % len(PATHS)], FAULTS[step.m % len(FAULTS)]
            self.teams.faults.add(path=path, times=step.copies, **fault)
            return
        if step.does == "wait":
            self.jalon.now += timedelta(minutes=step.n % 20)
            return
        before = self._state(user)
        user.copies = step.copies
        if await self._do(step, user):
            assert not user.trouble, (step, user.trouble)
            await self.teams.until(
                lambda: user.toast or self._state(user) != before,
                f"an answer to {user.user.name}, {step}",
            )
        await self.jalon.settled()
        await self._look()

    async def _do(self, step: Step, user: TeamsUser) -> bool:
        """Whether anything was done that has to be answered."""
        line, value = LINES[step.n % len(LINES)], ODD[step.m % len(ODD)]
        match step.does:
            case "says":
                await user.says(line if step.m % 2 else line.removeprefix("/"))
            case "mentions":
                place = (self.team, self.team, self.group)[step.m % 3]
                posts = self.teams.seen_by(user.user, place)
                thread = posts[-1] if posts and place is self.team and step.m % 4 == 0 else None
                await user.says(line.removeprefix("/"), place, thread=thread)
            case "press" | "odd":
                buttons = list(self._buttons(user))
                if not buttons:
                    return False
                stands, button = buttons[step.n % len(buttons)]
                await user.presses(odd(button, step.m) if step.does == "odd" else button, stands)
            case "submit" | "cancel":
                forms = [one for one in self._cards(user) if inputs(one.card)]
                if not forms:
                    return False
                form = forms[step.n % len(forms)]
                if step.does == "cancel":
                    await user.cancel(form)
                else:
                    names = [one["id"] for one in inputs(form.card)]
                    await user.sends(dict.fromkeys(names[step.m % 3 :: 3], value), form)
            case "look":
                cards = [one for one in self._cards(user) if (one.card or {}).get("refresh")]
                if cards:
                    await user.refresh(cards[step.n % len(cards)])
                    assert not user.trouble
                return False  # who may see no more of it sees what is there
            case "again":
                if user.responses:
                    counted = await self.jalon.entries()
                    await user.redeliver(2)
                    await self.jalon.settled()
                    assert await self.jalon.entries() == counted
                return False
            case other:
                raise AssertionError(other)
        return True

    def _cards(self, user: TeamsUser) -> list[Seen]:
        """The last cards that somebody has before them."""
        places = (user.chat, self.team, self.group)
        last = [one for place in places for one in self.teams.bot_messages(place)[-5:]]
        return [Seen.of(one, user.user) for one in last]

    def _buttons(self, user: TeamsUser) -> Iterator[tuple[Seen, Json]]:
        for one in self._cards(user):
            for button in pressables(one.card):
                if button["type"] == "Action.Execute" and not inputs(one.card):
                    yield one, button

    def _state(self, user: TeamsUser) -> int:
        """Grows whenever somebody sees something new of the bot."""
        theirs = [one for one in self.teams.messages if user.user.id in one.place.members]
        return max((one.changed(user.user) for one in theirs if one.author == BOT), default=0)

    async def _look(self) -> None:
        """Read what is new: whose entries it names, and that nobody sees what is not for them."""
        for one in self.users:
            if (await self.jalon.find(one.user.aad)).role.manages:
                self.managing.add(one.user.short)
        for message in self.teams.messages:
            for reader in (*(one.user for one in self.users), OUTSIDER):
                key, changed = (id(message), reader.short), message.changed(reader)
                there = reader is OUTSIDER or reader.id in message.place.members
                if message.author == BOT and there and self.looked.get(key) != changed:
                    self.looked[key] = changed
                    self._read(message.place, Seen.of(message, reader), reader)

    def _read(self, place: Place, seen: Seen, reader: User) -> None:
        for button in pressables(seen.card):
            if not inputs(seen.card) and button["type"] == "Action.Execute":
                self.told.note(button["verb"], button["title"], button["data"]["jalon"]["values"])
        first = seen.text.partition("\n")[0]
        if reader is OUTSIDER:
            to_all = shared(seen.text) or first in WELCOME or not HOURS.search(seen.text)
            assert place.kind == "personal" or to_all, seen.text
        elif reader.short not in self.managing:
            assert shared(seen.text) or not tells_of_others(seen.text, reader.short), seen.text


def odd(button: Json, m: int) -> Json:
    """The button with a value that is another or missing, or with another name.

    The list it stands on stays: of another one, it would not tell what became of the entry.
    """
    values = dict(button["data"]["jalon"]["values"])
    names = sorted(values.keys() - {"list"})
    if m % 3 == 0 or not names:
        return button | {"verb": VERBS[m % len(VERBS)]}
    name = names[m % len(names)]
    if m % 3 == 1:
        del values[name]
    else:
        values[name] = ODD[m % len(ODD)]
    return button | {"data": {"jalon": {"values": values}}}


@given(script=scripts(DONE))
@settings(
    max_examples=TALKS,
    phases=[Phase.reuse, Phase.generate],  # to wait for what does not come takes too long to shrink
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_conversation(
    script: list[Step], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.patience.PAUSE", 0.005)
    monkeypatch.setattr(refusals, "UNSAID", 0.0)
    monkeypatch.setattr(refusals, "random", SimpleNamespace(random=lambda: 0.0))
    monkeypatch.setattr("bot.teams.door.WORKING_AFTER", 0.05)
    monkeypatch.setattr("bot.members.FRESH", 0.0)
    monkeypatch.setattr("bot.members.PATIENCE", 0.08)
    caplog.clear()
    asyncio.run(had(script))
    wrong = [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]
    assert wrong == []


async def had(script: list[Step]) -> None:
    """Have the conversation; in the end the store holds what people were told, and no more."""
    with tempfile.TemporaryDirectory() as folder:
        microsoft = Microsoft()
        await microsoft.start()
        teams = Teams(microsoft)
        await teams.start()
        jalon = Jalon(new_folder(Path(folder)), teams)
        await jalon.start()
        try:
            await hold(script, jalon, teams)
        finally:
            await jalon.close()
            await teams.close()
            await microsoft.stop()
    assert teams.problems == []


async def hold(script: list[Step], jalon: Jalon, teams: Teams) -> None:
    users = [jalon.user(short, name, locale=locale) for short, name, locale, _ in PEOPLE]
    everyone = [one.user for one in users]
    team, group = teams.add_channel("General", everyone), teams.add_group("Pilot", everyone)
    for user, (*_, role) in zip(users, PEOPLE, strict=True):
        await user.installs()
        await jalon.settled()
        await jalon.give(user.user.aad, role)
    talk = Talk(jalon, teams, team, group, users)
    for who in range(3):
        for does in ("says", "mentions"):  # something to press on, in either place
            await talk.take(Step(does, who, 0, 0, 1))
    for step in script:
        await talk.take(step)
    await talk.told.check(jalon.store)
