"""What a handler is given beside the message: the store, the plans, the words, and the time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Concatenate, ParamSpec, TypeVar

from pydantic import TypeAdapter

from handlers.chat import values
from handlers.chat.cards import Reply
from handlers.chat.incoming import Place
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from storage import inbound
from storage.engine import Store, Tx
from storage.people import Person
from storage.plan_files import Plans

P = ParamSpec("P")
T = TypeVar("T")

_REPLY = TypeAdapter(Reply)


@dataclass(frozen=True, slots=True)
class Context:
    """One message's surroundings. ``now`` is in the person's own time zone.

    ``reason`` is why they want what they ask for, where they said so.
    """

    store: Store
    plans: Plans
    router: Router
    t: Texts
    person: Person
    place: Place
    now: datetime
    key: str
    reason: str = ""

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def at(self) -> int:
        """Now, in UTC seconds."""
        return int(self.now.timestamp())

    async def change(
        self,
        work: Callable[Concatenate[Tx, P], T],
        reply: Callable[[T], Reply],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Reply:
        """Do a unit of work once for this delivery, and reply from its result.

        The reply is kept with the work under the delivery's key: delivered again, nothing is done
        again and the first reply is given back. ``reply`` must not wait for anything.
        """

        def once(tx: Tx) -> Reply:
            answered = inbound.reply(tx, self.key)
            if answered is not None:
                return _REPLY.validate_json(answered)
            answer = reply(work(tx.because(self.reason), *args, **kwargs))
            assert answer.file is None
            inbound.record(tx, self.key, self.at, _REPLY.dump_json(answer).decode())
            return answer

        return await self.store.write(once)

    async def change_version(
        self,
        of: Mapping[str, str],
        work: Callable[[Tx, int, int], T],
        reply: Callable[[T], Reply],
    ) -> Reply:
        """As ``change``: the work is done to the number and the version that a button carried."""
        return await self.change(work, reply, values.whole(of, "id"), values.whole(of, "version"))
