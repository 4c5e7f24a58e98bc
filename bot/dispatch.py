"""An Incoming becomes a Reply: who, in which language, which handler, and what if it fails.

Nothing a person typed goes into the log; what failed is found again by its code.
"""

import logging
import secrets
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from typing import Literal

from handlers import reasons
from handlers.chat.cards import Block, Card, Example, Reply, Said, Text, Tone
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import LARGEST_FILE, Incoming, Kind, Place
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from storage import addresses, people
from storage.engine import Store, Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound, StorageError
from storage.limits import Impossible
from storage.local_time import zone_of
from storage.people import Newcomer, Person, TeamRole
from storage.period_lock import NeedsReason
from storage.plan import Language
from storage.plan_files import Plans
from storage.words import fold

log = logging.getLogger("jalon")

NewPeople = Literal["staff", "member", "ask"]
HELP_WORDS = {"help", "aide", "?"}
GREETINGS = {"", "hello", "hi", "hey", "bonjour", "salut", "allo", "thanks", "thank you", "merci"}
ROLES = {"staff": TeamRole.STAFF, "member": TeamRole.MEMBER, "ask": TeamRole.PENDING}


@dataclass(frozen=True, slots=True)
class Dispatch:
    """Answers every Incoming with a Reply; never raises."""

    store: Store
    plans: Plans
    router: Router
    now: Callable[[], datetime]
    new_people: NewPeople = "staff"

    async def __call__(self, msg: Incoming) -> Reply:
        language = language_of(msg.sender)
        try:
            ctx = await self._context(msg)
            language = ctx.person.language
            if ctx.person.role is TeamRole.PENDING:
                return _refuse(ctx.t, "errors.pending", msg)
            return await self._answer(msg, ctx)
        except NeedsReason as error:
            return reasons.ask(Texts.load(language), msg, error)
        except UserError as error:
            t = Texts.load(language)
            return _refuse(t, error.key, msg, error.example, **error.params)
        except (NotAllowed, NotFound, ChangedMeanwhile, Impossible) as error:
            return _refuse(Texts.load(language), _KEYS[type(error)], msg)
        except Exception as error:
            return _refuse(Texts.load(language), "errors.failed", msg, code=note(error))

    def language(self, who: Newcomer) -> Language:
        """The language someone speaks; of someone new, as their platform's locale says."""
        person = self.store.recall(people.PEOPLE, people.find, who.platform, who.id)
        return person.language if person else language_of(who)

    async def choices(self, msg: Incoming) -> Sequence[tuple[str, str]]:
        """What the search named ``msg.name`` finds for ``msg.text``; nothing where it fails."""
        try:
            search = self.router.find_search(msg.name)
            ctx = await self._context(msg)
            if search is None or ctx.person.role is TeamRole.PENDING:
                return ()
            return await search(msg.text, ctx)
        except (UserError, NotAllowed):
            return ()
        except Exception as error:
            note(error)
            return ()

    async def _context(self, msg: Incoming) -> Context:
        person = await self.person(msg)
        return Context(
            self.store,
            self.plans,
            self.router,
            Texts.load(person.language),
            person,
            msg.place,
            self.now().astimezone(zone_of(person.timezone)),
            msg.key,
        )

    async def person(self, msg: Incoming) -> Person:
        """Who it is; someone new gets the role that the platform or the settings say."""
        known = self.store.recall(people.PEOPLE, _known, msg.sender, msg.place)
        if known is not None:
            return known
        role = ROLES[self.new_people]
        if msg.sender.guest and role is not TeamRole.PENDING:
            role = TeamRole.MEMBER
        role = msg.sender.role or role
        return await self.store.write(_meet, msg, role, int(self.now().timestamp()))

    async def _answer(self, msg: Incoming, ctx: Context) -> Reply:
        if msg.kind is Kind.DROP:
            return await self._take_files(msg, ctx)
        if msg.kind is not Kind.MESSAGE:
            added = msg.kind is Kind.ADDED
            handler = self.router.greeting if added else self.router.find_action(msg.name)
            if handler is None:
                raise UserError("errors.no_such_button")
            return await handler(msg, ctx)
        command, rest = self.router.read(msg.text)
        if command is None:
            return await self._without_command(msg, ctx)
        if fold(rest) in HELP_WORDS:
            command, rest = self.router.commands["help"], command.name
        return await command.handler(replace(msg, name=command.name, text=rest), ctx)

    async def _take_files(self, msg: Incoming, ctx: Context) -> Reply:
        large = [one.name for one in msg.files if one.size > LARGEST_FILE]
        if large:
            most = ctx.t.number(LARGEST_FILE // 1_000_000)
            raise UserError("errors.file_too_large", names=ctx.t.all_of(large), megabytes=most)
        for taker in self.router.takers:
            reply = await taker(msg, ctx)
            if reply is not None:
                return reply
        names = ctx.t.all_of([one.name for one in msg.files])
        raise UserError("errors.file_unknown", names=names)

    async def _without_command(self, msg: Incoming, ctx: Context) -> Reply:
        if fold(msg.text.strip(" .!?,")) in GREETINGS:
            return await self.router.commands["help"].handler(replace(msg, text=""), ctx)
        word = msg.text.strip().partition(" ")[0]
        if not word.startswith("/"):
            for taker in self.router.word_takers:
                reply = await taker(msg, ctx)
                if reply is not None:
                    return reply
        near = get_close_matches(fold(word.removeprefix("/")), self.router.words(), 1)
        if near:
            raise UserError("errors.near_command", word="/" + near[0])
        raise UserError("errors.no_such_command")


_KEYS: dict[type[StorageError], str] = {
    NotAllowed: "errors.not_allowed",
    NotFound: "errors.not_found",
    ChangedMeanwhile: "errors.changed_meanwhile",
    Impossible: "errors.impossible",
}


def note(error: BaseException) -> str:
    """Log where something of ours failed, under a code that the person is told; return the code."""
    code = secrets.token_hex(3)
    log.error("%s: %s", code, _where(error))
    return code


def language_of(sender: Newcomer) -> Language:
    """The language of someone not met yet, from their platform's locale."""
    return Language.FR if sender.locale.lower().startswith("fr") else Language.EN


def _known(tx: Tx, who: Newcomer, place: Place) -> Person | None:
    """The person as stored, or None where the platform says something new about them."""
    known_there = addresses.knows(
        tx, place.platform, place.id, direct=place.direct, reference=place.reference
    )
    return people.known(tx, who) if known_there else None


def _meet(tx: Tx, msg: Incoming, role: TeamRole, at: int) -> Person:
    person = people.meet(tx, msg.sender, role, at)
    place = msg.place
    owner = person.id if place.direct else None
    addresses.note(tx, place.platform, place.id, owner, at, place.reference)
    return person


def _refuse(t: Texts, key: str, msg: Incoming, example: str = "", **params: object) -> Reply:
    """A card that says what went wrong and gives back what was typed."""
    blocks: list[Block] = [Text(t(key, **params))]
    if example:
        blocks.append(Example(example))
    said = reasons.said(msg) or msg.values.get("said", "")
    if said:
        blocks += [Text(t("errors.you_typed"), muted=True), Said(said)]
    return Reply(Card(t("errors.title"), tuple(blocks), tone=Tone.WARN), refused=True)


def _where(error: BaseException) -> str:
    """The kind of an error and where it arose, without its message: that may quote a person."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    return "\n  ".join([type(error).__name__, *lines])
