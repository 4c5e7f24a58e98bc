"""Finds a role, a body or a language by its own words, in both languages; none is guessed."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from handlers.files.headers import plain
from storage.network import Language, Network

# In plain words.
LANGUAGES = {
    "en": Language.EN, "eng": Language.EN, "english": Language.EN, "anglais": Language.EN,
    "anglaise": Language.EN, "en ca": Language.EN,
    "fr": Language.FR, "fra": Language.FR, "french": Language.FR, "francais": Language.FR,
    "francaise": Language.FR, "fr ca": Language.FR,
}  # fmt: skip
LONGEST = 200  # characters; no name of a role or of a body is longer


def roles(network: Network) -> dict[str, str]:
    """Each spelling of a role, in plain words, with the role's id."""
    return _spellings(
        (r.id, (r.id, r.name.en, r.name.fr, r.plural.en, r.plural.fr, *r.also))
        for r in network.role
    )


def boards(network: Network) -> dict[str, str]:
    """Each spelling of a body, in plain words, with the body's id."""
    return _spellings(
        (b.id, (b.id, b.name.en, b.name.fr, b.short.en, b.short.fr, *b.also)) for b in network.body
    )


def find(said: str, among: Mapping[str, str]) -> str:
    """The id of what is said, whole or in parts that all say the same ("CDA / ADC"); else ""."""
    if len(said) > LONGEST:
        return ""
    if whole := among.get(plain(said)):
        return whole
    parts = {among.get(plain(part), "") for part in re.split(r"[/|(),;–]", said) if part.strip()}
    return parts.pop() if len(parts) == 1 else ""


def _spellings(known: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """The spellings of each, but for those that two of them share."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for id, words in known:
        for word in words:
            found[plain(word)].add(id)
    return {word: ids.pop() for word, ids in found.items() if word and len(ids) == 1}
