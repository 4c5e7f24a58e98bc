"""Folding: how two spellings of one name are recognised as the same."""

import unicodedata


def fold(text: str) -> str:
    """Lower case, no accents, single spaces: "  Québec " and "quebec" fold alike."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in spread if not unicodedata.combining(c)).split())
