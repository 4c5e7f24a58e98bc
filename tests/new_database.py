"""New databases for tests: the newest shape is made once, and copied."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from storage.engine import FILE, Tx, writing


def new_folder(folder: Path) -> Path:
    """Make ``folder`` a data folder, with an empty database where it has none; it."""
    folder.mkdir(exist_ok=True)
    if not (folder / FILE).exists():
        (folder / FILE).write_bytes(_empty())
    return folder


@contextmanager
def new_database() -> Iterator[Tx]:
    """A transaction on a database that is there as long as it."""
    with tempfile.TemporaryDirectory() as folder, writing(new_folder(Path(folder))) as tx:
        yield tx


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        with writing(Path(folder)):
            pass  # opened, and so brought to its shape
        return (Path(folder) / FILE).read_bytes()
