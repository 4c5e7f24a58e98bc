"""/people: for a manager everyone, a page at a time; for anyone else how they are known."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Heading, Item, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.people import (
    finding,
    linking,
    roster_changing,
    roster_list,
    roster_same,
    roster_words,
)
from handlers.people.finding import Known
from storage import identities
from storage.engine import Tx
from storage.words import fold

router = Router()

PAGE = 8
LINK = {"link", "lier", "relier"}
SEARCH = {"search", "find", "chercher", "cherche", "trouver", "recherche"}


@router.command("people", "equipe")
async def people(msg: Incoming, ctx: Context) -> Reply:
    """List people, all or those whom the words are a part of; join two, or keep the roster."""
    word, _, rest = msg.text.partition(" ")
    match fold(word):
        case verb if verb in LINK:
            return await linking.start(ctx, rest)
        case verb if verb in roster_changing.ADD:
            return await roster_changing.add(ctx, rest)
        case verb if verb in roster_changing.CHANGE:
            return await roster_changing.change(ctx, rest)
        case verb if verb in roster_changing.END:
            return await roster_changing.end(ctx, rest)
        case verb if verb in roster_same.SAME:
            return await roster_same.start(ctx, rest)
        case verb if verb in roster_list.ALL:
            return await roster_list.page(ctx, rest.strip(), 0)
        case verb if verb in roster_list.NEW:
            return await roster_list.page(ctx, msg.text, 0)
        case verb if verb in SEARCH and rest.strip():
            return await _list(ctx, {"words": rest.strip(), "offset": "0"}, turned=False)
        case _:
            return await _list(ctx, {"words": msg.text, "offset": "0"}, turned=False)


@router.action("people.page")
async def turn(msg: Incoming, ctx: Context) -> Reply:
    """Another page of the same list."""
    return await _list(ctx, msg.values, turned=True)


async def _list(ctx: Context, asked: Mapping[str, str], *, turned: bool) -> Reply:
    words, offset = values.text(asked, "words"), values.whole(asked, "offset")
    if not ctx.person.role.manages:
        return await _for_staff(ctx, words)
    everyone, there = await ctx.store.read(_read, ctx, words)
    found = finding.matching(words, everyone) if words else everyone
    if found:
        return Reply(_page(ctx, words, found, offset, there), replace=turned)
    if there[0]:
        return await roster_list.page(ctx, words, 0, replace=turned)
    raise UserError("people.nobody", words=words, example=ctx.t("people.find_example"))


async def _for_staff(ctx: Context, words: str) -> Reply:
    """Those on the roster whom the words find, for the team; else how one is known oneself."""
    there = await ctx.store.read(roster_list.read, ctx, words)
    if words and there[0] and ctx.person.role.logs:
        return await roster_list.page(ctx, words, 0)
    if words and ctx.person.role.logs:
        raise UserError("roster.nobody", words=words, example=ctx.t("people.find_example"))
    ids = await ctx.store.read(identities.of_everyone)
    mine = _mine(ctx, Known(ctx.person, ids.get(ctx.person.id, ())))
    if there[0] and ctx.person.role.logs:
        mine = replace(mine, actions=(_to_roster(ctx, words, there[0]),))
    return Reply(mine)


def _read(
    tx: Tx, ctx: Context, words: str
) -> tuple[list[Known], tuple[int, list[roster_words.Known]]]:
    return finding.everyone(tx), roster_list.read(tx, ctx, words)


def _mine(ctx: Context, me: Known) -> Card:
    t = ctx.t
    blocks = (_item(ctx, me), Text(t("people.other_platform"), muted=True))
    return Card(t("people.title.mine"), blocks)


def _page(
    ctx: Context,
    words: str,
    found: list[Known],
    offset: int,
    there: tuple[int, list[roster_words.Known]],
) -> Card:
    """Those known on the chat; below them those on the roster, where words were given."""
    t = ctx.t
    blocks: list[Block] = [Text(t("entry.people", count=len(found)))]
    blocks += [_item(ctx, one) for one in found[offset : offset + PAGE]]
    turn = [
        Action(t(f"people.{label}"), "people.page", {"words": words, "offset": str(to)})
        for label, to, there in (
            ("before", max(0, offset - PAGE), offset > 0),
            ("after", offset + PAGE, offset + PAGE < len(found)),
        )
        if there
    ]
    link = Action(t("people.link"), "people.link")
    count, members = there
    if count and words:
        blocks.append(Heading(t("roster.title.list")))
        blocks += [roster_words.item(ctx, one) for one in members]
    whole = count > len(members) or (count > 0 and not words)
    roster = (_to_roster(ctx, words, count),) if whole else ()
    return Card(t("people.title.all"), tuple(blocks), (*turn, link, *roster))


def _to_roster(ctx: Context, words: str, count: int) -> Action:
    label = ctx.t("roster.see", count=count)
    return Action(label, "roster.page", {"words": words, "offset": "0"})


def _item(ctx: Context, known: Known) -> Item:
    return Item(known.person.name, f"{finding.role(ctx.t, known.person)} · {known.where}")
