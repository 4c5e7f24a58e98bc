"""/home: a person's own page, made of the sections that features register."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Form, Item, Progress, Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router

router = Router()

PRESS = "home.press"


@router.command("home", "accueil")
async def home(msg: Incoming, ctx: Context) -> Reply:
    """The page as it is now: every section's blocks, in the order they were registered."""
    blocks = [_block(block) for section in ctx.router.sections for block in await section(ctx)]
    return Reply(Card(ctx.t("home.title", name=ctx.person.name), tuple(blocks)))


@router.action(PRESS)
async def press(msg: Incoming, ctx: Context) -> Reply:
    """Do what a section's button or form does; the answer comes after the page, which stays."""
    name = values.text(msg.values, "home")
    handler = ctx.router.find_action(name)
    if handler is None:
        raise UserError("errors.no_such_button")
    carried = {key: value for key, value in msg.values.items() if key != "home"}
    reply = await handler(replace(msg, name=name, values=carried), ctx)
    says = reply.says
    if isinstance(says, Form):
        says = replace(says, name=PRESS, values=_by_way_of_here(says.name, says.values))
    return replace(reply, says=says, replace=False)


def _by_way_of_here(name: str, carried: Mapping[str, str]) -> dict[str, str]:
    return dict(carried) | {"home": name}


def _block(block: Block) -> Block:
    """The block with its buttons pressed by way of here."""
    if not isinstance(block, Item | Progress):
        return block
    return replace(block, actions=tuple(_action(one) for one in block.actions))


def _action(one: Action) -> Action:
    return replace(one, name=PRESS, values=_by_way_of_here(one.name, one.values))
