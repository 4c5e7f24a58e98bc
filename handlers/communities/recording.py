"""/community: makes, shows and changes communities, by a line or a form; and undo."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers.chat import values
from handlers.chat.cards import Action, Card, Item, Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.communities import (
    attestation,
    calling,
    draw,
    form,
    line,
    listing,
    member_moving,
    members,
    view,
    words,
)
from handlers.communities.view import Seen
from storage import addresses, communities, people, records
from storage.communities import COMMUNITY, Community
from storage.engine import Tx
from storage.errors import NotAllowed, NotFound
from storage.people import Person
from storage.plan import Language
from storage.records import Record
from storage.words import fold

router = Router()

LIST = {"", "list", "liste", "all", "toutes"}
NEW = {"new", "create", "nouvelle", "nouveau", "creer", "cree"}
HERE = {"here", "ici"}
CHECK = {"check", "verifier", "verifie"}
SEATS = {"draw", "seats", "tirage", "places"}
BY_LINE = (
    (members.ADD, members.add),
    (members.END, members.end),
    (member_moving.MOVE, member_moving.move),
    (calling.OPEN, calling.open_),
    (attestation.WORDS, attestation.of_line),
    (members.LIST, members.of_line),
)


@router.command("community", "communaute")
async def community(msg: Incoming, ctx: Context) -> Reply:
    """Do what the first word says; other words name a community, which is shown."""
    verb, _, rest = msg.text.partition(" ")
    word = fold(verb.strip(",.:"))
    if word in LIST and not rest:
        return await listing.page(ctx, 0, turned=False)
    if word in CHECK and not rest:
        return await listing.amiss(ctx)
    if word in NEW:
        return await _new(ctx, rest)
    if word in HERE:
        return await _here(ctx, rest)
    for verbs, do in BY_LINE:
        if word in verbs:
            return await do(ctx, rest)
    if word in SEATS:
        return await draw.named(ctx, rest) if rest else await draw.page(ctx)
    if word in calling.CLOSE and not rest:
        return await calling.close(ctx)
    seen = await ctx.store.read(_named, ctx, msg.text)
    return Reply(view.show(ctx, seen))


@router.action("community.open")
async def open_(msg: Incoming, ctx: Context) -> Reply:
    """Show one."""
    seen = await ctx.store.read(view.get, ctx, values.whole(msg.values, "id"))
    return view.reply(ctx, seen) if seen.record.voided is not None else Reply(view.show(ctx, seen))


@router.action("community.new")
async def new(msg: Incoming, ctx: Context) -> Reply:
    """Open the form of a new one."""
    return await _new(ctx, "")


@router.action("community.edit")
async def edit(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with a community as it is."""
    _check(ctx)
    record = await ctx.store.read(communities.get, values.whole(msg.values, "id"))
    return await _form(ctx, form.values_of(record.says), view.values_of(record), {})


@router.action("community.save")
async def save(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent, for a new one or a changed one."""
    _check(ctx)
    carried = {name: msg.values[name] for name in ("id", "version") if name in msg.values}
    before = form.EMPTY
    if "id" in carried:
        before = (await ctx.store.read(communities.get, values.whole(carried, "id"))).says
    return await _take(ctx, msg.values, carried, before)


@router.action("community.here")
async def here(msg: Incoming, ctx: Context) -> Reply:
    """The one that was chosen meets in this channel."""
    return await _meets_here(ctx, values.whole(msg.values, "id"))


@router.action("community.void")
async def void(msg: Incoming, ctx: Context) -> Reply:
    """Have a community count no more."""
    return await _done(
        msg,
        ctx,
        lambda tx, id, version: records.void(tx, COMMUNITY, id, version, ctx.person, ctx.at),
    )


@router.action("community.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of a community."""
    return await _done(
        msg,
        ctx,
        lambda tx, id, version: records.undo(tx, COMMUNITY, id, version, ctx.person, ctx.at),
    )


async def _done(
    msg: Incoming, ctx: Context, do: Callable[[Tx, int, int], Record[Community]]
) -> Reply:
    return await ctx.change_version(
        msg.values,
        lambda tx, id, version: view.see(tx, ctx, do(tx, id, version)),
        lambda seen: view.reply(ctx, seen, "community.title.restored"),
    )


async def _new(ctx: Context, text: str) -> Reply:
    _check(ctx)
    said = line.read(text, words.sectors(ctx))
    name = said.pop("who", "")
    errors: dict[str, str] = {}
    if name:
        known = await ctx.store.read(_person, name)
        if known is None:
            errors["facilitator"] = ctx.t("community.why.who", name=name)
        else:
            said["facilitator"] = str(known.id)
    filled = form.new(ctx, said)
    if not text or errors or "name_fr" not in said or "more" in said:
        if "more" in said:
            errors["name_en"] = ctx.t("community.why.more", words=said["more"])
        return await _form(ctx, filled, {}, errors)
    return await _take(ctx, filled, {}, form.EMPTY)


async def _take(
    ctx: Context, given: Mapping[str, str], carried: Mapping[str, str], before: Community
) -> Reply:
    """Keep what the values say; where that cannot be, the form with why."""
    says, errors = form.read(ctx, given, before)
    if says is not None:
        errors = await ctx.store.read(_unknown, ctx, says, carried)
    if says is None or errors:
        return await _form(ctx, given, carried, errors)

    def work(tx: Tx) -> Seen:
        if "id" not in carried:
            return view.see(tx, ctx, records.add(tx, COMMUNITY, says, ctx.person, ctx.at))
        id, version = values.whole(carried, "id"), values.whole(carried, "version")
        done = records.change(tx, COMMUNITY, id, version, says, ctx.person, ctx.at)
        return view.see(tx, ctx, done)

    key = "community.title.changed" if "id" in carried else "community.title.made"
    return await ctx.change(work, lambda seen: view.reply(ctx, seen, key))


def _unknown(tx: Tx, ctx: Context, says: Community, carried: Mapping[str, str]) -> dict[str, str]:
    """The errors of what only the store knows: a name that is taken, somebody who is nobody."""
    errors: dict[str, str] = {}
    there = communities.of_name(tx, says.name_en, says.name_fr)
    if there is not None and str(there.id) != carried.get("id"):
        errors["name_en"] = ctx.t("community.why.taken", name=words.title(ctx, there.says))
    try:
        if who := communities.facilitator(tx, says):
            people.get(tx, who)
    except NotFound:
        errors["facilitator"] = ctx.t("community.why.choice")
    return errors


async def _form(
    ctx: Context,
    given: Mapping[str, str],
    carried: Mapping[str, str],
    errors: Mapping[str, str],
) -> Reply:
    name = await ctx.store.read(_facilitator, given.get("facilitator", ""))
    return Reply(form.build(ctx, given, carried, name, errors))


async def _here(ctx: Context, text: str) -> Reply:
    """The one that is named meets in this channel; a word alone asks which."""
    _check(ctx)
    if ctx.place.direct:
        raise UserError("community.not_a_channel")
    if text:
        seen = await ctx.store.read(_named, ctx, text)
        return await _meets_here(ctx, seen.record.id)
    t, items = ctx.t, list[Item]()
    for one in await ctx.store.read(communities.running, ctx.today):
        name, of = words.title(ctx, one.says), {"id": str(one.id)}
        choose = Action(t("community.meets_here"), "community.here", of, hint=name)
        items.append(Item(name, actions=(choose,)))
    if not items:
        raise UserError("community.none")
    return Reply(Card(t("community.which_here"), tuple(items)))


async def _meets_here(ctx: Context, id: int) -> Reply:
    _check(ctx)
    if ctx.place.direct:
        raise UserError("community.not_a_channel")

    where = {"channel_platform": ctx.place.platform, "channel": ctx.place.id}

    def work(tx: Tx) -> tuple[Seen, str]:
        record = communities.get(tx, id)
        says = replace(record.says, **where)
        key = "community.title.here" if says != record.says else ""  # nothing to take back
        done = records.put(tx, COMMUNITY, record, says, ctx.person, ctx.at)
        _speak(tx, ctx, says.language)
        return view.see(tx, ctx, done), key

    return await ctx.change(work, lambda done: view.reply(ctx, *done))


def _speak(tx: Tx, ctx: Context, language: Language | None) -> None:
    """Speak the community's language in its channel; without one, that of who set it up there.

    A language that somebody chose for the channel stays.
    """
    there = addresses.find(tx, ctx.place.platform, ctx.place.id)
    if language is None and there is not None:
        language = there.language
    spoken = language or ctx.person.language
    addresses.speak(tx, ctx.place.platform, ctx.place.id, spoken, ctx.person)


def _check(ctx: Context) -> None:
    if not ctx.person.role.manages:
        raise NotAllowed


def _named(tx: Tx, ctx: Context, said: str) -> Seen:
    return view.see(tx, ctx, words.the_one(tx, ctx, said))


def _person(tx: Tx, name: str) -> Person | None:
    """The only person on the chat of this name, or None."""
    found = [one for one in people.everyone(tx) if fold(one.name) == fold(name)]
    return found[0] if len(found) == 1 else None


def _facilitator(tx: Tx, number: str) -> str:
    """The name of the person of a form's number, or ""."""
    if not number.isdigit() or len(number) > 15:
        return ""
    try:
        return people.get(tx, int(number)).name
    except NotFound:
        return ""
