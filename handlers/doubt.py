"""Asks about what looks like a student's name before it is kept; nothing typed is lost."""

from collections.abc import Iterable, Mapping

from handlers import students
from handlers.chat.cards import Action, Card, Reply, Said, Style, Text, Tone
from handlers.chat.context import Context

SURE = "sure"


def ask(
    ctx: Context,
    texts: Iterable[str],
    before: Iterable[str],
    carried: Mapping[str, str],
    *,
    send: str,
    change: str,
) -> Reply | None:
    """The question where the texts may name a student, and ``before`` did not; None else.

    Both buttons send what is ``carried``: ``send`` to keep it as it is, ``change`` to its form.
    """
    if carried.get(SURE) == "yes":
        return None
    known = {one for text in before for one in students.named(text)}
    found = [one for text in texts for one in students.named(text) if one not in known]
    if not found:
        return None
    t = ctx.t
    blocks = (
        Text(t("doubt.text")),
        Said("\n".join(dict.fromkeys(found))),
        Text(t("doubt.instead"), muted=True),
    )
    actions = (
        Action(t("doubt.change"), change, carried, Style.PRIMARY),
        Action(t("doubt.send"), send, {**carried, SURE: "yes"}),
    )
    return Reply(Card(t("doubt.title"), blocks, actions, Tone.WARN), replace=True)
