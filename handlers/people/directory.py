"""/people: for a manager everyone, a page at a time; for anyone else how they are known."""

from collections.abc import Mapping

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Item, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.people import finding, linking
from handlers.people.finding import Known
from storage import identities
from storage.words import fold

router = Router()

PAGE = 8
LINK = {"link", "lier", "relier"}


@router.command("people", "equipe")
async def people(msg: Incoming, ctx: Context) -> Reply:
    """List people, all or those whom the words are a part of; or join two."""
    word, _, rest = msg.text.partition(" ")
    if fold(word) in LINK:
        return await linking.start(ctx, rest)
    return await _list(ctx, {"words": msg.text, "offset": "0"}, replace=False)


@router.action("people.page")
async def turn(msg: Incoming, ctx: Context) -> Reply:
    """Another page of the same list."""
    return await _list(ctx, msg.values, replace=True)


async def _list(ctx: Context, asked: Mapping[str, str], *, replace: bool) -> Reply:
    if not ctx.person.role.manages:
        ids = await ctx.store.read(identities.of_everyone)
        return Reply(_mine(ctx, Known(ctx.person, ids.get(ctx.person.id, ()))), replace=replace)
    everyone = await ctx.store.read(finding.everyone)
    words, offset = values.text(asked, "words"), values.whole(asked, "offset")
    found = finding.matching(words, everyone) if words else everyone
    if not found:
        raise UserError("people.nobody", words=words, example=ctx.t("people.find_example"))
    return Reply(_page(ctx, words, found, offset), replace=replace)


def _mine(ctx: Context, me: Known) -> Card:
    t = ctx.t
    blocks = (_item(ctx, me), Text(t("people.other_platform"), muted=True))
    return Card(t("people.title.mine"), blocks)


def _page(ctx: Context, words: str, found: list[Known], offset: int) -> Card:
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
    return Card(t("people.title.all"), tuple(blocks), (*turn, link))


def _item(ctx: Context, known: Known) -> Item:
    return Item(known.person.name, f"{finding.role(ctx.t, known.person)} · {known.where}")
