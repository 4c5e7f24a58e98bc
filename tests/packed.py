"""What the gallery shows, as a door has it once its buttons' values fit: long ones are held."""

import re
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.gallery import Shown, cards
from bot.packing import Packing
from handlers.chat.cards import Card
from storage.engine import Store
from storage.plan import Language
from tests.conversation import NOW


def unsealed(text: str) -> str:
    """The text of a snapshot without hashes: those change with whatever the sample records."""
    return re.sub(r"\b[0-9a-f]{64}\b", "(hash)", text)


async def packed_cards(language: Language, most: int) -> Sequence[tuple[str, Shown]]:
    """Each card and form; a button or a form carries ``most`` characters."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        try:
            packing = Packing(store, lambda: NOW, most)
            return [(title, await _packed(packing, says)) for title, says in await cards(language)]
        finally:
            await store.close()


async def _packed(packing: Packing, says: Shown) -> Shown:
    if isinstance(says, Card):
        return await packing.card(says)
    return replace(says, values=await packing.values(says.values))
