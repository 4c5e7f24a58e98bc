"""What tests share that have random conversations through a door: who says what, and what adds up.

Twelve conversations by default; ``JALON_TALKS`` says how many.
"""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hypothesis import strategies as st

from handlers.chat.texts import Texts
from storage import entries, totals
from storage.engine import Store
from storage.people import TeamRole
from storage.plan import Language
from storage.verify import problems

TALKS = int(os.environ.get("JALON_TALKS", "12"))
PEOPLE = (
    ("alex", "Alexandra Whitlock", "en-CA", TeamRole.STAFF),
    ("odile", "Odile Beauchemin", "fr-CA", TeamRole.STAFF),
    ("samuel", "Samuel Okafor", "en-CA", TeamRole.MANAGER),
    ("ines", "Inès Gagnon", "fr-CA", TeamRole.ADMIN),
    ("marie", "Marie Tremblay", "fr-CA", TeamRole.MEMBER),
    ("nora", "Nora Newell", "en-CA", TeamRole.PENDING),
)
LINES = (
    "/log 2h15 with a CDA at EMSB yesterday re action plan",
    "/log 1h",
    "/noter 1,5 h table CHSSN lundi",
    "/log 30 with a CDA",
    "/log 11h with a CDA at NFSB yesterday",
    "/log",
    "/entries",
    "/entries everyone",
    "/saisies Alexandra",
    "/progress",
    "/progres accompagnement",
    "/home",
    "/people",
    "/help",
    "/language français",
    "/langue",
    "/lgo 2h",
    "1h with a CDA at EMSB",
    "thanks",
    "<!channel> & *hello* `x`",
)
ODD = ("", "?", "0", "-1", "2h", "45 min", "99999h", "2025-02-30", "2025-02-10", "x" * 2900, "é\n&")
HOURS = re.compile(r"\d\s?h\b|\bmin\b")


@dataclass(frozen=True)
class Step:
    """Something that one of the people does, or that goes wrong: ``n`` and ``m`` choose which."""

    does: str
    who: int
    n: int
    m: int
    copies: int


def scripts(done: Sequence[str]) -> st.SearchStrategy[list[Step]]:
    """What happens in a conversation, of all that can be ``done``."""
    number = st.integers(0, 999)
    who = st.integers(0, 2) | st.integers(0, len(PEOPLE) - 1)
    copies = st.sampled_from([1, 1, 1, 2])
    step = st.builds(Step, st.sampled_from(done), who, number, number, copies)
    return st.lists(step, min_size=20, max_size=40)


def plain(text: str) -> str:
    """The text with its no-break spaces made plain."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


RESTORE = {plain(Texts.load(one)("log.restore")) for one in Language}
SHARED = {
    plain(Texts.load(one)("log.shared", name=name)) for one in Language for _, name, *_ in PEOPLE
}


class Told:
    """What people were told of each entry, by its number: its newest version, and if it counts."""

    def __init__(self) -> None:
        self.entries: dict[int, tuple[int, bool]] = {}

    def note(self, name: str, label: str, values: Mapping[str, str]) -> None:
        """A button that somebody sees, which may name an entry and its version."""
        name = values.get("home") or name
        if not {"id", "version"} <= values.keys() or name.startswith(("people", "role")):
            return
        state = int(values["version"]), plain(label) not in RESTORE
        id = int(values["id"])
        self.entries[id] = max(self.entries.get(id, state), state, key=lambda one: one[0])

    async def check(self, store: Store) -> None:
        """The store holds what people were told, and no more; its figures are those of that."""
        kept = await store.read(
            lambda tx: {one.id: (one.version, one.voided is None) for one in entries.every(tx)}
        )
        assert kept == self.entries
        counted = await store.read(totals.logged, None, date.min, date.max)
        assert counted.entries == sum(counts for _, counts in kept.values())
        assert await store.read(problems) == []


def shared(text: str) -> bool:
    """Whether this is what "Share with the others" tells all."""
    return text.partition("\n")[0] in SHARED


def tells_of_others(text: str, reader: str) -> bool:
    """Whether it holds hours, and the name of someone other than its reader."""
    others = [real for name, real, *_ in PEOPLE if name != reader]
    return any(one in text for one in others) and HOURS.search(text) is not None
