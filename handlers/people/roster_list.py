"""The roster as a list: those whom a name, a role or a body finds, a page at a time."""

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.files import spellings
from handlers.people import roster_words
from storage import rosters
from storage.engine import Tx
from storage.network import Network
from storage.records import Record
from storage.rosters import Member

router = Router()

PAGE = 8
ALL = {"roster", "list", "liste", "registre"}


@router.action("roster.page")
async def turn(msg: Incoming, ctx: Context) -> Reply:
    """A page of those whom the words find."""
    if not ctx.person.role.logs:
        raise UserError("roster.unseen")
    words, offset = values.text(msg.values, "words"), values.whole(msg.values, "offset")
    return await page(ctx, words, offset, replace=offset > 0 or "turned" in msg.values)


async def page(ctx: Context, words: str, offset: int, *, replace: bool = False) -> Reply:
    """Those whom the words find, from the ``offset``th on; "" is everyone."""
    if not ctx.person.role.logs:
        raise UserError("roster.unseen")
    count, found = await ctx.store.read(read, ctx.plans.network, words, offset)
    t = ctx.t
    blocks: list[Block] = [Text(t("roster.people", count=count) if count else t("roster.empty"))]
    blocks += [roster_words.item(ctx, one) for one in found]
    actions = [
        Action(
            t(f"people.{label}"),
            "roster.page",
            {"words": words, "offset": str(to), "turned": "yes"},
        )
        for label, to, there in (
            ("before", max(0, offset - PAGE), offset > 0),
            ("after", offset + PAGE, offset + PAGE < count),
        )
        if there
    ]
    if ctx.person.role.manages:
        actions.append(Action(t("roster.add"), "roster.add"))
    return Reply(Card(t("roster.title.list"), tuple(blocks), tuple(actions)), replace=replace)


def read(tx: Tx, network: Network, words: str, offset: int = 0) -> tuple[int, list[Record[Member]]]:
    """How many the words find, and a page of them: a role's and a body's words name those."""
    ids = _found(tx, network, words)
    return len(ids), [rosters.get(tx, id) for id in ids[offset : offset + PAGE]]


def _found(tx: Tx, network: Network, words: str) -> list[int]:
    roles, boards = spellings.roles(network), spellings.boards(network)
    role, board = spellings.find(words, roles), spellings.find(words, boards)
    if role or board:
        return rosters.found(tx, "", role, board)
    names: list[str] = []
    for word in words.split():
        role, board = role or spellings.find(word, roles), board or spellings.find(word, boards)
        if not (spellings.find(word, roles) or spellings.find(word, boards)):
            names.append(word)
    # A name may be a word for a body, too ("Pearson").
    return rosters.found(tx, words) or rosters.found(tx, " ".join(names), role, board)
