"""Shows a card as Slack would get it, held against Slack's limits, for tests."""

from collections.abc import Mapping

from bot.slack.limits import Surface
from bot.slack.render import Rendered, pages
from handlers.chat.cards import Card
from handlers.chat.texts import Texts
from storage.plan import Language
from tests.slack.limits import problems

EN, FR = Texts.load(Language.EN), Texts.load(Language.FR)
HOSTILE = (
    "<!channel> <@U1> <#C1> <https://example.org|here> *bold* _it_ ~gone~ `code` ```x``` "
    ":tada: @here &amp; &lt;!here&gt;\n> quoted\n• listed"
)


def turn(page: int) -> Mapping[str, str]:
    return {"page": str(page)}


def show(card: Card, surface: Surface = Surface.MESSAGE, t: Texts = EN) -> list[Rendered]:
    """The card's pages, each held against Slack's limits."""
    made = pages(card, t, surface, turn)
    for page in made:
        message = {"text": page.text, "blocks": page.blocks}
        view = {"type": "home", "blocks": page.blocks}
        assert not page.blocks or problems(message if surface == "message" else view, surface) == []
    return made
