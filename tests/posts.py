"""Posts for tests: whatever they are to say, made into a card as the bot makes its own."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.chat.cards import Action, Block, Card, Picture, Text
from handlers.chat.charts import Bar, Bullets, Tone
from handlers.chat.posts import Telling
from handlers.chat.router import Router
from storage import deliveries
from storage.deliveries import ALWAYS, Post
from storage.engine import Tx

router = Router()

SAYS = "test.say"
BAR = Bar("One", "1 of 2", "on track", Tone.GOOD, 0.5)
CHART = Bullets("Targets", (("", (BAR,)),), "Reached", "Expected", "Goal")
PICTURE = Picture(CHART, "One: 1 of 2")


@router.post(SAYS)
def card(tx: Tx, telling: Telling, of: Mapping[str, str]) -> Card | None:
    """A title, and as many long lines as it is to have; nothing for the title "nothing"."""
    if of["title"] == "nothing":
        return None
    texts: tuple[Block, ...] = tuple(
        Text(f"Line {number} " + "x" * 2000) for number in range(int(of["lines"]))
    )
    press = Action("Press", "log.open", {"said": "x" * 3000}) if texts else None
    if of.get("picture"):
        texts = (*texts, replace(PICTURE, chart=replace(CHART, title=of["title"])))
    return Card(f"{of['title']} ({telling.t.language})", texts, (press,) if press else ())


def say(
    tx: Tx,
    once: str,
    person: int | None,
    title: str,
    at: int,
    *,
    lines: int = 0,
    channel: tuple[str, str] | None = None,
    picture: bool = False,
    due: int = 0,
    until: int = ALWAYS,
    about: str = "",
) -> bool:
    """Have this title said to a person, or in a channel."""
    of = {"title": title, "lines": str(lines), "picture": "yes" if picture else ""}
    post = Post(once, SAYS, of, person, channel, about, due, until)
    return deliveries.put(tx, post, at)
