"""What was said where, in memory: who may see each line, edits in place, and live listeners.

Nothing here outlives the process, and nothing has to: what a card needs is in its buttons.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from handlers.chat.cards import Card, File
from storage.people import Newcomer
from storage.plan import Language

KEPT = 300  # lines a place
KEPT_FILES = 30  # of the bot's own; one may have megabytes
BEHIND = 200  # events a listener may fall behind before it has to start over


@dataclass(frozen=True, slots=True)
class Line:
    """Words of a person, or a card of the bot (then ``author`` is None), in one place.

    ``only_for`` is the id of the one person who sees it; empty, everyone there does. ``files`` are
    the names of those that came with it. ``version`` grows with every edit.
    """

    id: str
    place: str
    author: Newcomer | None
    at: datetime
    says: str | Card
    language: Language
    only_for: str = ""
    files: tuple[str, ...] = ()
    version: int = 1

    def seen_by(self, person: Newcomer) -> bool:
        """Whether this person sees it."""
        return self.only_for in ("", person.id)


class Tick:
    """The clock was moved, or some time has passed."""


Event = Line | Tick


class Ears:
    """One open page: a person in a place, and what has not been told to it yet."""

    def __init__(self, place: str, person: Newcomer) -> None:
        self.place = place
        self.person = person
        self._events: deque[Event] = deque()
        self._something = asyncio.Event()
        self._closed = False

    def tell(self, event: Event) -> None:
        """Queue an event; one who cannot keep up is cut off, and comes back for everything."""
        self._events.append(event)
        if len(self._events) > BEHIND:
            self.close()
        self._something.set()

    def close(self) -> None:
        """End the listening at once."""
        self._closed = True
        self._events.clear()
        self._something.set()

    async def next(self) -> Event | None:
        """The next event, or None when listening is over."""
        while not self._events and not self._closed:
            self._something.clear()
            await self._something.wait()
        return self._events.popleft() if self._events else None


class Conversation:
    """The lines of every place and who is listening to them."""

    def __init__(self) -> None:
        # Part of every id: a page that outlives us does not take our lines for its old ones.
        self.run = uuid4().hex[:8]
        self._count = 0
        self._lines: dict[str, deque[Line]] = {}
        self._files: OrderedDict[str, File] = OrderedDict()
        self._ears: set[Ears] = set()

    def say(
        self,
        place: str,
        author: Newcomer | None,
        says: str | Card,
        *,
        at: datetime,
        language: Language,
        only_for: str = "",
        files: tuple[str, ...] = (),
        gives: File | None = None,
    ) -> Line:
        """Add a line, and tell whoever listens and may see it.

        ``files``: the names of those a person gave. ``gives``: the one that the bot gives.
        """
        self._count += 1
        id = f"line-{self.run}-{self._count}"
        files = self._keep(id, gives) or files
        line = Line(id, place, author, at, says, language, only_for, files)
        self._lines.setdefault(place, deque(maxlen=KEPT)).append(line)
        self._tell(line)
        return line

    def edit(self, line: Line, says: Card, language: Language, gives: File | None = None) -> Line:
        """Put a new card, and its file, in the place of a line's old one."""
        files, version = self._keep(line.id, gives), line.version + 1
        return self._put(replace(line, says=says, language=language, files=files, version=version))

    def reveal(self, line: Line) -> Line:
        """Let everyone in the place see a line that was one person's."""
        return self._put(replace(line, only_for="", version=line.version + 1))

    def card(self, place: str, person: Newcomer, id: str) -> Line | None:
        """The bot's line of this id, if it is still known here and this person sees it."""
        lines = self.seen(place, person)
        return next((line for line in lines if line.id == id and line.author is None), None)

    def line(self, place: str, id: str) -> Line | None:
        """The bot's line of this id, whoever sees it, if it is still known here."""
        there = self._lines.get(place, ())
        return next((one for one in there if one.id == id and one.author is None), None)

    def file(self, place: str, person: Newcomer, id: str) -> File | None:
        """The file that the bot gave with this line, if it is kept and this person sees it."""
        return self._files.get(id) if self.card(place, person, id) else None

    def seen(self, place: str, person: Newcomer) -> list[Line]:
        """What this person sees in a place, oldest first."""
        return [line for line in self._lines.get(place, ()) if line.seen_by(person)]

    def tick(self) -> None:
        """Tell every page to look at the clock."""
        for ears in self._ears:
            ears.tell(Tick())

    @contextmanager
    def listen(self, place: str, person: Newcomer) -> Generator[Ears]:
        """Hear what is said in a place from here on, as this person does."""
        ears = Ears(place, person)
        self._ears.add(ears)
        try:
            yield ears
        finally:
            self._ears.discard(ears)

    def close(self) -> None:
        """End all listening, so that the process can stop."""
        for ears in self._ears:
            ears.close()

    def _keep(self, id: str, gives: File | None) -> tuple[str, ...]:
        """Keep a line's file in place of any it had; return its name."""
        self._files.pop(id, None)
        if gives is None:
            return ()
        self._files[id] = gives
        if len(self._files) > KEPT_FILES:
            self._files.popitem(last=False)
        return (gives.name,)

    def _put(self, line: Line) -> Line:
        lines = self._lines[line.place]
        for at, old in enumerate(lines):
            if old.id == line.id:
                lines[at] = line
                self._tell(line)
        return line

    def _tell(self, line: Line) -> None:
        for ears in self._ears:
            if ears.place == line.place and line.seen_by(ears.person):
                ears.tell(line)
