"""Addresses, as a whole: where on a platform the bot has been spoken to."""

from storage.engine import Tx


def channels(tx: Tx, platform: str) -> list[str]:
    """The ids of a platform's channels, direct chats left out."""
    rows = tx.rows(
        "SELECT id FROM addresses WHERE platform = :platform AND person IS NULL ORDER BY id",
        platform=platform,
    )
    return [row["id"] for row in rows]
