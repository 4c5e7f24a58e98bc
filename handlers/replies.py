"""Fewer than five replies: who may see how pleased so few people were. Decided here only."""

from handlers.chat.context import Context

FEWEST = 5


def shows_rate(ctx: Context, answered: int) -> bool:
    """Whether the rate of so many replies is shown to who asks, where they ask.

    With fewer than five it could be told who said what, so only a manager sees it, by themself.
    """
    return answered >= FEWEST or (ctx.person.role.manages and ctx.place.direct)
