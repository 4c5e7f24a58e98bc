"""The groups of a plan whose people are members by their role: set up with one press."""

from dataclasses import dataclass

from handlers.chat import values
from handlers.chat.cards import Action, Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from handlers.communities import view
from storage import communities, records
from storage.communities import COMMUNITY, Community
from storage.community import school_year
from storage.engine import Tx
from storage.network import Language
from storage.plan import CommunityKind, Plan

router = Router()


@dataclass(frozen=True, slots=True)
class Group:
    """A group by the key of its name, and the role whose people it is."""

    name: str
    role: str


# By the plan's target that its meetings count for.
GROUPS = {
    "plc-meetings": Group("community.name.plc", "cda"),
    "board-rep-meetings": Group("community.name.reps", "board_rep"),
}


def proposed(tx: Tx, ctx: Context) -> list[Action]:
    """A button for each group of a plan in force that is no community yet."""
    there = {one.says.target for one in communities.running(tx, ctx.today)}
    targets = [id for id in GROUPS if _plan(ctx, id) and id not in there]
    return [
        Action(
            ctx.t("community.set_up", name=ctx.t(GROUPS[id].name)),
            "community.set_up",
            {"target": id},
        )
        for id in targets
    ]


@router.action("community.set_up")
async def set_up(msg: Incoming, ctx: Context) -> Reply:
    """Make the community of a target, with whoever has its role."""
    target = values.text(msg.values, "target")
    plan = _plan(ctx, target) if target in GROUPS else None
    if plan is None:
        raise UserError("errors.no_such_button")
    group = GROUPS[target]
    says = Community(
        Texts.load(Language.EN)(group.name),
        Texts.load(Language.FR)(group.name),
        CommunityKind.PRACTICE,
        smallest=None,
        largest=None,
        plan=plan.id,
        years=(school_year(plan.starts), school_year(plan.ends)),
        target=target,
        roles=(group.role,),
    )

    def work(tx: Tx) -> view.Seen:
        if communities.of_name(tx, says.name_en, says.name_fr):
            raise UserError("community.named_so", name=says.name(ctx.t.language))
        return view.see(tx, ctx, records.add(tx, COMMUNITY, says, ctx.person, ctx.at))

    return await ctx.change(work, lambda seen: view.reply(ctx, seen, "community.title.made"))


def _plan(ctx: Context, target: str) -> Plan | None:
    """The plan in force that has this target."""
    there = ctx.plans.in_force(ctx.today)
    return next((plan for plan in there for one in plan.target if one.id == target), None)
