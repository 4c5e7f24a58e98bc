"""Folding: how two spellings of one name are recognised as the same."""

import unicodedata


def fold(text: str) -> str:
    """Lower case, no accents, single spaces: "  Québec " and "quebec" fold alike."""
    if text.isascii():
        return " ".join(text.lower().split())
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(c for c in spread if not unicodedata.combining(c)).split())
