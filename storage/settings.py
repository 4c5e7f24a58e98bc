"""Settings that the running product keeps for itself, such as where the simulated clock stands."""

from storage.engine import Tx


def get(tx: Tx, name: str) -> str | None:
    """The value, or None."""
    row = tx.row("SELECT value FROM settings WHERE name = :name", name=name)
    return str(row["value"]) if row else None


def put(tx: Tx, name: str, value: str) -> None:
    """Set the value."""
    tx.run(
        "INSERT INTO settings (name, value) VALUES (:name, :value)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name=name,
        value=value,
    )
