"""What the bot says without being asked: a post's card is made when it is said, for its reader."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.chat.cards import Card
from handlers.chat.texts import Texts
from storage.engine import Tx
from storage.people import Person
from storage.plan_files import Plans


@dataclass(frozen=True, slots=True)
class Telling:
    """Whom a post is for: ``person``, or None where a channel reads it.

    ``t`` is in their language, or the channel's; ``now`` in their time zone, or home's. ``said``:
    it was said before, and is to be shown as it is now.
    """

    t: Texts
    plans: Plans
    now: datetime
    person: Person | None
    said: bool = False


# Makes a post's card from what it carries; None where there is nothing to say any more.
Maker = Callable[[Tx, Telling, Mapping[str, str]], Card | None]
