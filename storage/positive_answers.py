"""Which answers to a question of a form are positive, as somebody chose last time."""

import json
from collections.abc import Mapping
from hashlib import sha256

from storage import settings
from storage.engine import Tx
from storage.words import fold


def remember(tx: Tx, question: str, answers: Mapping[str, bool]) -> None:
    """Keep of each answer whether it is positive, for the next export that asks this.

    What was kept of answers that were not there this time stays.
    """
    known = of(tx, question) | dict(answers)
    settings.put(tx, _name(question), json.dumps(known, ensure_ascii=False))


def of(tx: Tx, question: str) -> dict[str, bool]:
    """Whether each answer is positive, as far as anybody has chosen."""
    said = settings.get(tx, _name(question))
    return json.loads(said) if said else {}


def _name(question: str) -> str:
    """A question by its digest: it may be long."""
    return f"positive/{sha256(fold(question).encode()).hexdigest()}"
