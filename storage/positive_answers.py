"""Which answers to a question of a form are positive, as somebody chose last time."""

import json
from collections.abc import Sequence
from hashlib import sha256

from storage import settings
from storage.engine import Tx
from storage.words import fold


def remember(tx: Tx, question: str, answers: Sequence[str]) -> None:
    """Keep it for the next export that asks this."""
    settings.put(tx, _name(question), json.dumps([*answers], ensure_ascii=False))


def of(tx: Tx, question: str) -> tuple[str, ...]:
    """The answers that are positive; none where nobody has chosen any."""
    said = settings.get(tx, _name(question))
    return tuple(json.loads(said)) if said else ()


def _name(question: str) -> str:
    """A question by its digest: it may be long."""
    return f"positive/{sha256(fold(question).encode()).hexdigest()}"
