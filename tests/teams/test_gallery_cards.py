"""Every card and form of the gallery in Teams: within its limits, and as a snapshot."""

import json

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.gallery import Shown, cards
from bot.teams import forms, render
from handlers.chat.cards import Card
from handlers.chat.texts import Texts
from storage.plan import Language
from tests.teams.people import Json
from tests.teams.showing import problems, turn


def payloads(says: Shown, t: Texts) -> list[Json]:
    return render.pages(says, t, turn) if isinstance(says, Card) else [forms.render(says, t)]


@pytest.mark.parametrize("language", Language)
async def test_every_card_is_within_the_limits(language: Language) -> None:
    t = Texts.load(language)
    for title, says in await cards(language):
        for made in payloads(says, t):
            assert problems(made) == [], title
            assert render.message(made, says)["summary"] == says.title


@pytest.mark.parametrize("language", Language)
async def test_every_card_as_teams_shows_it(
    language: Language, snapshot: SnapshotAssertion
) -> None:
    t = Texts.load(language)
    for title, says in await cards(language):
        parts = [title]
        for made in payloads(says, t):
            rest = {name: held for name, held in made.items() if name not in ("body", "$schema")}
            parts.append(json.dumps(rest, ensure_ascii=False))
            parts += [json.dumps(one, ensure_ascii=False) for one in made["body"]]
        assert "\n".join(parts) == snapshot
