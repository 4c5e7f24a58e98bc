"""What a manager is told where a platform no longer lets the bot write to someone."""

from handlers.chat.cards import Card, Text, Tone
from handlers.chat.texts import Texts

# By the codes that platforms give for it.
WHYS = {
    "BotNotInConversationRoster": "removed",
    "ConversationBlockedByUser": "blocked",
    "MessageWritesBlocked": "writes_blocked",
    "BotDisabledByAdmin": "disabled",
}


def card(t: Texts, name: str, why: str) -> Card:
    """``name`` is the person's or the channel's, "" where there is none; ``why`` is the code."""
    reason = WHYS.get(why, "other")
    title = t("closed.title", name=name or t("closed.a_chat"))
    says = t(f"closed.why.{reason}", code=why)
    blocks = (Text(says), Text(t(f"closed.to_do.{reason}")), Text(t("closed.kept"), muted=True))
    return Card(title, blocks, tone=Tone.WARN)
