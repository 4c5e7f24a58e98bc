"""Say this, see that: a conversation with the real router and store, without a door."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

from bot.dispatch import Dispatch
from bot.gallery import actions_of
from bot.posting import make
from handlers.all import everything
from handlers.chat.cards import Action, Card, Form, Reply
from handlers.chat.incoming import Dropped, Incoming, Kind, Place
from schedules.all import JOBS
from schedules.occurring import occur
from storage import deliveries, figures
from storage.engine import Store, Tx
from storage.people import Newcomer, TeamRole
from storage.plan_files import Plans, load_plans

NOW = datetime(2025, 2, 12, 15, 0, tzinfo=UTC)  # a Wednesday, 10:00 in Montreal
STAFF = Newcomer("test", "alex", "Alex Roy", "en-CA", role=TeamRole.STAFF)
FRENCH = Newcomer("test", "chantal", "Chantal Dubé", "fr-CA", role=TeamRole.STAFF)
MANAGER = Newcomer("test", "sam", "Sam Cohen", "en-CA", role=TeamRole.MANAGER)
ADMIN = Newcomer("test", "ines", "Inès Roy", "fr-CA", role=TeamRole.ADMIN)
MEMBER = Newcomer("test", "marie", "Marie Tremblay", "fr-CA", guest=True)

_keys = count()


@dataclass(frozen=True)
class Answer:
    """A reply, with all its words as one text."""

    reply: Reply

    @property
    def card(self) -> Card:
        assert isinstance(self.reply.says, Card), self.text
        return self.reply.says

    @property
    def form(self) -> Form:
        assert isinstance(self.reply.says, Form), self.text
        return self.reply.says

    @property
    def text(self) -> str:
        """Everything it says, with plain spaces."""
        return "\n".join(strings(self.reply.says)).replace("\u00a0", " ").replace("\u202f", " ")

    @property
    def labels(self) -> list[str]:
        return [action.label.replace("\u00a0", " ") for action in actions_of(self.card)]

    def button(self, label: str) -> Action:
        """The button of this label, or of this name for screen readers."""
        for action in actions_of(self.card):
            names = (action.label, f"{action.label} {action.hint}")
            if label.replace("\u00a0", " ") in [one.replace("\u00a0", " ") for one in names]:
                return action
        raise AssertionError(f"no button {label!r} among {self.labels}")


class Chat:
    """People talking with one bot. ``now`` can be set.

    ``direct``: in a chat of one's own; else in ``channel``, where others read along.
    """

    def __init__(self, store: Store, new_people: str = "staff", plans: Plans | None = None) -> None:
        self.store = store
        self.now = NOW
        self.direct = True
        self.channel = "team"
        self.plans = plans or load_plans(None)
        self.dispatch = Dispatch(store, self.plans, everything(), lambda: self.now, new_people)

    async def say(self, text: str, who: Newcomer = STAFF, *, key: str = "") -> Answer:
        return await self._bring(who, key, kind=Kind.MESSAGE, text=text)

    async def press(
        self,
        answer: Answer,
        label: str,
        who: Newcomer = STAFF,
        *,
        key: str = "",
        tampered: Mapping[str, str] | None = None,
    ) -> Answer:
        action = answer.button(label)
        values = dict(action.values) | dict(tampered or {})
        return await self._bring(who, key, kind=Kind.PRESS, name=action.name, values=values)

    async def submit(
        self, answer: Answer, who: Newcomer = STAFF, *, key: str = "", **typed: str
    ) -> Answer:
        form = answer.form
        filled = {one.name: one.value for one in form.inputs} | typed
        text = "\n".join(value for value in filled.values() if value)
        values = dict(form.values) | filled
        return await self._bring(
            who, key, kind=Kind.SUBMIT, name=form.name, text=text, values=values
        )

    async def drop(
        self,
        content: str | bytes,
        who: Newcomer = STAFF,
        *,
        name: str = "file.csv",
        text: str = "",
        key: str = "",
    ) -> Answer:
        """Give the bot a file, with or without words."""
        raw = content.encode() if isinstance(content, str) else content
        files = (Dropped(name, len(raw), raw),)
        return await self._bring(who, key, kind=Kind.DROP, text=text, files=files)

    async def added(self, who: Newcomer = STAFF) -> Answer:
        """Add the bot where ``who`` is."""
        return await self._bring(who, "", kind=Kind.ADDED)

    async def look(
        self, answer: Answer, who: Newcomer = STAFF, *, tampered: Mapping[str, str] | None = None
    ) -> Answer:
        """Look at a card that was there, as a platform that refreshes cards has it looked at."""
        refresh = answer.card.refresh
        assert refresh is not None
        values = dict(refresh.values) | dict(tampered or {})
        return await self._bring(who, "", kind=Kind.PRESS, name=refresh.name, values=values)

    async def happened(self, *names: str) -> list[tuple[str, Answer]]:
        """What was due by now of these jobs, or of all, happens; what is said, as by ``posted``."""
        for job in JOBS:
            if job.posts is not None and job.name in (names or [job.name]):
                await self.store.write(occur, job, self.plans, self.now)
        return await self.posted()

    async def posted(self) -> list[tuple[str, Answer]]:
        """What is said by itself by now and was not before, each with the place where it is."""

        def say(tx: Tx) -> list[tuple[str, Answer]]:
            at, said = int(self.now.timestamp()), list[tuple[str, Answer]]()
            deliveries.reach(tx, ("test",), at)
            while claimed := deliveries.claim(tx, "test", at, 100):
                for one in claimed:
                    post, id = one.delivery.post, one.delivery.id
                    router = self.dispatch.router
                    card, _ = make(tx, post, one.address, router, self.plans, self.now)
                    if card is None:
                        deliveries.end(tx, id, deliveries.State.DROPPED, at, "moot")
                        continue
                    deliveries.said(tx, id, f"message-{id}", at)
                    said.append((one.address.id, Answer(Reply(card))))
            return said

        return await self.store.write(say)

    async def edited(self) -> list[tuple[str, Answer]]:
        """What was said by itself and shows its subject anew, each with its place."""

        def show(tx: Tx) -> list[tuple[str, Answer]]:
            shown = list[tuple[str, Answer]]()
            for one, address in deliveries.stale(tx, "test", 100):
                router = self.dispatch.router
                card, _ = make(tx, one.post, address, router, self.plans, self.now, said=True)
                deliveries.shown(tx, one.id, one.stale)
                shown += [(address.id, Answer(Reply(card)))] if card else []
            return shown

        return await self.store.write(show)

    async def hours(self, target: str, at: date | None = None) -> float | None:
        """A target's figure as /progress would show it."""
        day = at or self.now.date()
        for figure in await self.store.read(figures.read, self.plans.current(day), day):
            if figure.target.id == target:
                return None if figure.actual is None else float(figure.actual)
        raise AssertionError(target)

    def pass_time(self, **by: float) -> None:
        self.now += timedelta(**by)

    async def _bring(
        self,
        who: Newcomer,
        key: str,
        *,
        kind: Kind,
        name: str = "",
        text: str = "",
        values: Mapping[str, str] | None = None,
        files: tuple[Dropped, ...] = (),
    ) -> Answer:
        id = f"direct-{who.id}" if self.direct else self.channel
        place = Place(who.platform, id, self.direct)
        key = key or f"key-{next(_keys)}"
        return Answer(
            await self.dispatch(Incoming(who, place, kind, key, name, text, values or {}, files))
        )


def strings(value: object) -> Iterator[str]:
    """Every text inside a card, in order; buttons by their labels."""
    match value:
        case str():
            yield value
        case Action():
            yield value.label
        case tuple():
            for one in value:
                yield from strings(one)
        case _ if is_dataclass(value):
            for field in fields(value):
                yield from strings(getattr(value, field.name))
        case _:
            return
