"""The conversation that brings up every card, had in Slack: each card says all that it says."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot import sample
from bot.gallery import NAMES, Shown, Step, cards, steps
from bot.slack.render import PAGE
from handlers.chat.cards import Card, Form
from storage import people
from storage.people import Newcomer, TeamRole
from storage.plan import Language
from storage.plan_files import load_plans
from tests import whole_conversation
from tests.new_database import new_folder
from tests.slack.driver import SlackUser
from tests.slack.inputs import NotSubmitted
from tests.slack.jalon import Jalon
from tests.slack.reading import Page, Seen, plain, pressables
from tests.slack.workspace import Workspace

Stands = Seen | Page  # a card or a form as it stands in Slack


@pytest.fixture
async def jalon(tmp_path: Path, workspace: Workspace):
    started = Jalon(new_folder(tmp_path / "data"), workspace)
    await started.start()
    yield started
    await started.stop()


class Talk:
    """Goes through the steps with one person for each role."""

    def __init__(self, jalon: Jalon, language: Language) -> None:
        self.jalon = jalon
        self.language = language
        self.team = jalon.workspace.add_channel("team")
        self.users: dict[TeamRole, SlackUser] = {}
        self.kept: dict[str, tuple[Shown, Stands]] = {}

    async def take(self, step: Step, shown: Shown) -> None:
        """Do the step; what Slack shows then says all that ``shown`` says.

        Slack does not say that the bot was added, and shows everyone the same card.
        """
        if step.added or step.look or step.on in ("welcome", "hello"):
            return
        self.jalon.now = whole_conversation.clock(step, self.jalon.now)
        user = await self._user(step.role)
        if step.email:
            await self._meet(user, step.role, step.email)
        place = self.team if step.channel and not self._pressed_alone(step, user) else user.dm
        before = {one.message.ts: one.text for one in user.sees(place)}
        await self._do(step, user)
        await self.jalon.settled()
        if step.posted:
            said = [one for one in user.sees(place) if plain(shown.title) in one.text]
            stands: Stands = said[-1]
        elif isinstance(shown, Form):
            stands = await user.form()
        else:
            changed = [
                one
                for one in user.sees(place)
                if one.blocks and before.get(one.message.ts) != one.text
            ]
            stands = changed[-1]
        self._compare(shown, stands, await self._further(user, stands))
        self.kept[""] = shown, stands
        if step.keep:
            self.kept[step.keep] = shown, stands

    async def _do(self, step: Step, user: SlackUser) -> None:
        place = self.team if step.channel else None
        said = step.fr if self.language is Language.FR else step.en
        if step.posted:
            await whole_conversation.occur(step, self.jalon.store, self.jalon.now)
        elif said.startswith("/"):
            await user.slash(said, place)
        elif said:
            await user.writes(said)
        elif step.drop:
            await user.shares(step.drop, step.content.encode().ljust(step.size))
        elif step.submit:
            await self._submit(user, step.values)
        elif step.forge:
            action = {"action_id": f"{step.forge}#0", "value": _json(step.values)}
            await user.presses(action, user.sees()[-1])
        else:
            shown, stands = self.kept[step.on]
            assert isinstance(shown, Card)
            button = button_in(shown, stands, step)
            if isinstance(stands, Seen) and not self._own(user, stands):
                stands = user.sees()[-1]  # someone else's card: its button, from one's own
            await user.presses(button, stands)

    async def _submit(self, user: SlackUser, values: Mapping[str, str]) -> None:
        try:
            await user.submit(dict(values))
        except NotSubmitted:  # a client that is not Slack's sends what Slack's never would
            view = (await user.form()).view
            for name, value in values.items():
                (held,) = view.typed[name].values()
                option = {"value": f"={value}", "text": {"type": "plain_text", "text": value}}
                several = "selected_options" in held
                held |= {"value": value, "selected_date": value, "selected_option": option}
                held |= {"selected_options": [option]} if several else {}
            await user.sends(view)

    def _pressed_alone(self, step: Step, user: SlackUser) -> bool:
        """Whether the step presses what stands in the person's own chat, so is answered there."""
        stands = self.kept[step.on][1] if step.press else None
        return isinstance(stands, Seen) and stands.message.channel == user.dm.id

    def _own(self, user: SlackUser, stands: Seen) -> bool:
        return user.user.id in self.jalon.workspace.channels[stands.message.channel].members

    async def _further(self, user: SlackUser, stands: Stands) -> str:
        """What the card says on its further pages; it is back at the first one then."""
        said = ""
        if not isinstance(stands, Seen):
            return said
        place, ts = self.jalon.workspace.channels[stands.message.channel], stands.message.ts
        for _ in range(9):
            turn = [one for one in pressables(stands.blocks) if one["action_id"].startswith(PAGE)]
            if not turn:
                return said
            forward = {"page": json.loads(turn[-1]["value"])["page"]}
            if forward["page"] == "0" or (len(turn) == 1 and said):
                forward = {"page": "0"}
            value = json.dumps(json.loads(turn[-1]["value"]) | forward)
            await user.presses(turn[-1] | {"value": value}, stands)
            await self.jalon.settled()
            (stands,) = [one for one in user.sees(place) if one.message.ts == ts]
            said += "\n" + stands.text
            if forward["page"] == "0":
                return said
        raise AssertionError("no end of pages")

    def _compare(self, shown: Shown, stands: Stands, further: str) -> None:
        said = "\n".join([stands.text, *stands.labels, getattr(stands, "title", ""), further])
        if isinstance(stands, Page):
            ends = [plain(stands.view.view[one]["text"]) for one in ("submit", "close")]
            said += "\n".join(["", *ends, *stands.inputs.values(), *stands.errors.values()])
        whole_conversation.check(shown, said, _in_slack)

    async def _user(self, role: TeamRole) -> SlackUser:
        if role not in self.users:
            locale = f"{self.language}-CA"
            user = self.jalon.user(role, NAMES[role], locale=locale)
            self.team.members.add(user.user.id)
            await self._meet(user, role, "")
            await user.slash("/language")
            self.users[role] = user
        return self.users[role]

    async def _meet(self, user: SlackUser, role: TeamRole, email: str) -> None:
        """Have the bot know who somebody is."""
        locale = f"{self.language}-CA"
        who = Newcomer("slack", user.user.id, NAMES[role], locale, email=email)
        await self.jalon.store.write(people.meet, who, role, 0)


def _in_slack(line: str) -> str:
    """How a line reads there: the gallery's people are of a platform of their own."""
    known = re.sub(r"Gallery \((\w+)\)", lambda who: f"Slack (U0{who[1].upper()})", plain(line))
    return known.strip()


def button_in(shown: Card, stands: Stands, step: Step) -> dict[str, object]:
    """The button in Slack of the action that the step presses."""
    wanted, number = whole_conversation.pressed(shown, step)
    buttons = [
        one
        for one in pressables(stands.blocks)
        if one["action_id"].partition("#")[0] == wanted.name
        and plain(one["text"]["text"]) == plain(wanted.label)
    ]
    return buttons[number]


def had(step: Step) -> bool:
    """Whether the step can be taken in Slack.

    Nobody says there that the bot was added, and a card that is there is the same to all.
    """
    return not (step.added or step.look or step.on in ("welcome", "hello"))


def _json(values: Mapping[str, str]) -> str:
    return json.dumps(dict(values))


@pytest.mark.parametrize("language", Language)
async def test_every_card_says_in_slack_what_it_says(jalon: Jalon, language: Language) -> None:
    await sample.fill(jalon.store, load_plans(None))
    jalon.now = sample.STARTS
    talk = Talk(jalon, language)
    had = steps(whole_conversation.SCENES)
    for step, (_, shown) in zip(had, await cards(language), strict=False):
        await talk.take(step, shown)
