"""What a manager is told where a platform no longer lets the bot write to someone."""

from collections.abc import Mapping

from handlers.chat.cards import Card, Text, Tone
from handlers.chat.posts import Telling
from handlers.chat.router import Router
from storage import deliveries, people
from storage.deliveries import Post
from storage.engine import Tx

router = Router()

SAYS = "closed"  # what the post says
# By the codes that platforms give for it.
WHYS = {
    "BotNotInConversationRoster": "removed",
    "ConversationBlockedByUser": "blocked",
    "MessageWritesBlocked": "writes_blocked",
    "BotDisabledByAdmin": "disabled",
}


def tell_managers(tx: Tx, place: str, name: str, why: str, at: int) -> None:
    """Have every manager told. ``name`` is the person's or the channel's, ``why`` the code."""
    of = {"name": name, "why": why}
    for person in people.everyone(tx):
        if person.role.manages:
            once = f"closed/{place}/{at}/{person.id}"
            deliveries.put(tx, Post(once, SAYS, of, person.id), at)


@router.post(SAYS)
def card(tx: Tx, telling: Telling, of: Mapping[str, str]) -> Card:
    """Who can't be written to, why, and what can be done."""
    t, why = telling.t, of["why"]
    reason = WHYS.get(why, "other")
    title = t("closed.title", name=of["name"] or t("closed.a_chat"))
    says = t(f"closed.why.{reason}", code=why)
    blocks = (Text(says), Text(t(f"closed.to_do.{reason}")), Text(t("closed.kept"), muted=True))
    return Card(title, blocks, tone=Tone.WARN)
