"""/partner list: every partner that something is known of, by name, a page at a time."""

from handlers.chat import values
from handlers.chat.cards import Action, Card, Item, Reply, Text
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from storage import partnerships
from storage.errors import NotAllowed

router = Router()

PAGE = 8


@router.action("partner.page")
async def turn(msg: Incoming, ctx: Context) -> Reply:
    """Another page of the list."""
    return await page(ctx, values.whole(msg.values, "offset"), turned=True)


async def page(ctx: Context, offset: int, *, turned: bool) -> Reply:
    """A page of the partners, for the team; ``turned`` where it takes the place of another."""
    if not ctx.person.role.logs:
        raise NotAllowed
    t, every = ctx.t, await ctx.store.read(partnerships.every)
    items = [
        Item(
            one.says.partner,
            " · ".join(
                part
                for part in (t(f"partner.standing.{one.says.standing}"), one.says.purpose)
                if part
            ),
            actions=(
                Action(
                    t("partner.open"),
                    "partner.open",
                    {"name": one.says.partner},
                    hint=one.says.partner,
                ),
            ),
        )
        for one in every[offset : offset + PAGE]
    ]
    turns = tuple(
        Action(t(f"partner.{label}"), "partner.page", {"offset": str(at)})
        for label, at, there in (
            ("before", max(0, offset - PAGE), offset > 0),
            ("after", offset + PAGE, offset + PAGE < len(every)),
        )
        if there
    )
    none = (Text(t("partner.none"), muted=True),)
    return Reply(Card(t("partner.list"), tuple(items) or none, turns), replace=turned)
