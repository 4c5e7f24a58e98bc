"""The roster as a list: those whom a name, a role or a body finds, or who are new; by pages."""

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.files import spellings
from handlers.people import roster_words
from handlers.people.roster_words import Known
from storage import rosters
from storage.engine import Tx
from storage.network import Network
from storage.words import fold

router = Router()

PAGE = 8
ALL = {"roster", "list", "liste", "registre"}
JOINING = {"of", "from", "at", "in", "the", "and", "de", "du", "des", "la", "le", "les", "a", "au"}
NEW = {"new", "nouveau", "nouveaux", "nouvelle", "nouvelles"}


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
    count, found = await ctx.store.read(read, ctx, words, offset)
    t, (new, named) = ctx.t, _who(words)
    if named and not count and not new:
        raise UserError("roster.nobody", words=words, example=t("people.find_example"))
    blocks: list[Block] = [Text(t("roster.people", count=count) if count else t("roster.empty"))]
    if new:
        plan = ctx.plans.current(ctx.today)
        blocks.append(Text(t("roster.new", first=t.day(plan.starts), last=t.day(plan.ends))))
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


def read(tx: Tx, ctx: Context, words: str, offset: int = 0) -> tuple[int, list[Known]]:
    """How many the words find, and a page of them: a role's and a body's words name those.

    "new": those who started in the year of the plan in force.
    """
    new, named = _who(words)
    ids = _found(tx, ctx.plans.network, named)
    if new:
        plan = ctx.plans.current(ctx.today)
        since = {id: rosters.get(tx, id).says.starts for id in ids}
        ids = [id for id, day in since.items() if day and plan.starts <= day <= plan.ends]
    return len(ids), [roster_words.known(tx, id) for id in ids[offset : offset + PAGE]]


def _who(words: str) -> tuple[bool, str]:
    """Whether only who is new is meant, and the other words."""
    first, _, rest = words.partition(" ")
    return (True, rest.strip()) if fold(first) in NEW else (False, words.strip())


def _found(tx: Tx, network: Network, words: str) -> list[int]:
    """Those of a role, of a body, of both, and whose name has the other words."""
    ways = {"role": spellings.roles(network), "board": spellings.boards(network)}
    said: dict[str, str] = {}
    names: list[str] = []
    left = words.split()
    while left:
        end, name, id = next(
            (
                (end, name, id)
                for end in range(len(left), 0, -1)
                for name, known in ways.items()
                if (id := spellings.find(" ".join(left[:end]), known))
            ),
            (1, "", ""),
        )
        if name:
            said.setdefault(name, id)
        elif fold(left[0]) not in JOINING:
            names.append(left[0])
        left = left[end:]
    role, board = said.get("role", ""), said.get("board", "")
    if said and not names:
        return rosters.found(tx, "", role, board)
    # A name may be a word for a body, too ("Pearson").
    return rosters.found(tx, words) or rosters.found(tx, " ".join(names), role, board)
