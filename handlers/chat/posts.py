"""What a handler has said to somebody else, in their own chat: kept with the work, said once."""

from pydantic import TypeAdapter

from handlers.chat.cards import Card
from storage import posts
from storage.engine import Tx

_CARD = TypeAdapter(Card)


def post(tx: Tx, once: str, person: int, card: Card, at: int) -> None:
    """Say a card to a person after this unit of work; one of the same ``once`` is said once."""
    posts.put(tx, once, person, _CARD.dump_json(card).decode(), at)


def card_of(content: str) -> Card:
    """What ``post`` kept."""
    return _CARD.validate_json(content)
