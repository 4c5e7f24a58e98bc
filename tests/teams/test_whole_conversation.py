"""The conversation that brings up every card, had in Teams: each card says all that it says."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bot import sample
from bot.gallery import NAMES, Shown, Step, cards, steps
from bot.teams import limits
from bot.teams.render import PAGE, pressed
from handlers.chat.cards import Card
from handlers.chat.texts import Texts
from storage import people
from storage.people import Newcomer, TeamRole
from storage.plan import Language
from storage.plan_files import load_plans
from tests import whole_conversation
from tests.any_card import squeezed
from tests.teams.connector import Teams
from tests.teams.driver import TeamsUser
from tests.teams.inputs import NotSubmitted
from tests.teams.jalon import Jalon
from tests.teams.people import Json, User
from tests.teams.reading import plain, pressables
from tests.teams.seen import Seen


class Talk:
    """Goes through the steps with one person for each role."""

    def __init__(self, jalon: Jalon, teams: Teams, language: Language) -> None:
        self.jalon = jalon
        self.teams = teams
        self.language = language
        self.team = teams.add_channel("General")
        self.users: dict[TeamRole, TeamsUser] = {}
        self.kept: dict[str, tuple[Shown, Sequence[Seen]]] = {}  # on their pages

    async def take(self, step: Step, shown: Shown) -> None:
        """Do the step; what Teams shows then says all that ``shown`` says, and is all it shows."""
        self.jalon.now = whole_conversation.clock(step, self.jalon.now)
        user = await self._user(step.role)
        if step.email:
            await self._meet(user, step.role, step.email)
        form = self.kept[""][1][0] if step.submit else None
        before = {id(one.message): one.message.changed(user.user) for one in self._sees(user)}
        await self._do(step, user)
        await self.jalon.settled()
        assert not user.trouble, user.trouble
        changed = [
            one
            for one in self._sees(user)
            if one.card and before.get(id(one.message)) != one.message.changed(user.user)
        ]
        if step.posted:
            changed = [one for one in self._sees(user) if plain(shown.title) in one.text][-1:]
        stands = max(changed, key=lambda one: _standing(one, form, user.user))
        assert form is None or stands.message is form.message
        older = Texts.load(self.language)("teams.newer_below")
        if step.drop:  # files don't come again with a page's button: all pages come at once
            pages = changed
        else:
            assert all(plain(older) in one.text for one in changed if one is not stands)
            pages = await self._pages(user, stands)
        said = [line for one in pages for line in (one.text, *one.labels, *one.inputs.values())]
        whole_conversation.check(shown, squeezed("\n".join(said)), in_teams)
        self.kept[""] = shown, pages
        if step.keep:
            self.kept[step.keep] = shown, pages

    async def _do(self, step: Step, user: TeamsUser) -> None:
        place = self.team if step.channel else user.chat
        said = step.fr if self.language is Language.FR else step.en
        if step.posted:
            await whole_conversation.occur(step, self.jalon.store, self.jalon.now)
        elif said:
            await user.says(said, place)
        elif step.drop:
            await user.shares(step.drop, step.content.encode().ljust(step.size))
        elif step.added:
            await user.removes(place)
            await user.installs(place)
        elif step.submit:
            await self._submit(user, step.values)
        elif step.forge:
            await user.presses(_execute(step.forge, step.values), self._own(user))
        elif step.look:
            await user.refresh(self.kept[step.on][1][0])
        else:
            shown, pages = self.kept[step.on]
            assert isinstance(shown, Card)
            stands, button = button_in(shown, pages, step)
            if user.user.id not in stands.message.place.members:
                stands = self._own(user)  # someone else's card: its button, from one's own
            await user.presses(button, stands)

    async def _submit(self, user: TeamsUser, values: Mapping[str, str]) -> None:
        form = await user.form()
        try:
            await user.submit(dict(values), form)
        except NotSubmitted:  # a client that is not Teams' own sends what Teams' never would
            await user.sends(values, form)

    def _sees(self, user: TeamsUser) -> list[Seen]:
        return [*user.sees(), *user.sees(self.team)]

    def _own(self, user: TeamsUser) -> Seen:
        """A card that nobody else sees."""
        return [one for one in user.sees() if one.card][-1]

    async def _pages(self, user: TeamsUser, stands: Seen) -> list[Seen]:
        """The card on each of its pages; it is back at the first one then."""
        pages, at, forward = [stands], 0, 1
        while turns := _turns(stands):
            if at + forward not in turns:
                forward = -1
            if at + forward < 0:
                break
            at += forward
            await user.presses(turns[at], stands)
            await self.jalon.settled()
            [stands] = [one for one in self._sees(user) if one.message is stands.message]
            pages += [stands] if forward > 0 else []
        return pages

    async def _user(self, role: TeamRole) -> TeamsUser:
        if role not in self.users:
            locale = f"{self.language}-CA"
            user = self.jalon.user(role, NAMES[role], locale=locale)
            self.team.members.append(user.user.id)
            await self._meet(user, role, "")
            await user.installs()
            await self.jalon.settled()
            self.users[role] = user
        return self.users[role]

    async def _meet(self, user: TeamsUser, role: TeamRole, email: str) -> None:
        """Have the bot know who somebody is."""
        locale = f"{self.language}-CA"
        who = Newcomer("teams", user.user.aad, NAMES[role], locale, email=email)
        await self.jalon.store.write(people.meet, who, role, 0)


def in_teams(line: str) -> str:
    """How a line reads there: the gallery's people are of a platform of their own."""
    known = re.sub(r"Gallery \((\w+)\)", r"Teams · \1@example.org", plain(line))
    return squeezed(known)


def _standing(one: Seen, form: Seen | None, user: User) -> tuple[bool, int]:
    """What a person looks at after something was said or pressed: a form's answer in its place."""
    in_place = form is not None and one.message is form.message
    return in_place, one.message.changed(user)


def _turns(stands: Seen) -> dict[int, Json]:
    """The buttons that turn the card's pages, by the page that they lead to."""
    turns = [one for one in pressables(stands.card) if one["verb"] == PAGE]
    return {int(pressed(one["data"])["page"]): one for one in turns}


def _execute(name: str, values: Mapping[str, str]) -> Json:
    data: dict[str, Any] = {"jalon": {"values": dict(values)}}
    return {"verb": name, "data": data, "associatedInputs": "none"}


def button_in(shown: Card, pages: Sequence[Seen], step: Step) -> tuple[Seen, Json]:
    """The button in Teams of the action that the step presses, and the page that it is on."""
    wanted, number = whole_conversation.pressed(shown, step)
    buttons = [
        (page, one)
        for page in pages
        for one in pressables(page.card)
        if one["verb"] == wanted.name and plain(one["title"]) == plain(wanted.label)
    ]
    return buttons[number]


@pytest.mark.parametrize(
    ("language", "room"),
    [(Language.EN, limits.CARD), (Language.FR, limits.CARD), (Language.FR, 12_000)],
)
async def test_every_card_says_in_teams_what_it_says(
    jalon: Jalon, teams: Teams, language: Language, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CARD", room)  # with less of it there are pages to turn
    await sample.fill(jalon.store, load_plans(None))
    jalon.now = sample.STARTS
    talk = Talk(jalon, teams, language)
    paged = 0
    had = steps(whole_conversation.SCENES)
    for step, (_, shown) in zip(had, await cards(language), strict=False):
        await talk.take(step, shown)
        paged += len(talk.kept[""][1]) > 1
    assert paged > (12 if room == 12_000 else 0)  # indicators are long in any room
