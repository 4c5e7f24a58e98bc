"""The people behind a share, for managers: at how many sessions each was, what they handed in."""

from dataclasses import dataclass

from handlers import describe
from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Item, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.chat.texts import capital
from handlers.progress import of_surveys
from handlers.progress.choosing import chosen_plan, chosen_target
from handlers.progress.opened import PAGE, back, carried, pages
from storage import rosters, target_sessions
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.indicators import ROSTER
from storage.plan import Plan, Target
from storage.rosters import Member
from storage.session_sums import Been

router = Router()


@dataclass(frozen=True, slots=True)
class Person:
    """Someone of the share, and how often they were there."""

    says: Member
    been: Been


def buttons(ctx: Context, plan: Plan, target: Target) -> tuple[Action, ...]:
    """The button to the people, for those who may read their names."""
    if not ctx.person.role.manages or not _among(target):
        return ()
    asked = carried(plan, target) | {"offset": "0"}
    return (Action(ctx.t("progress.people"), "progress.people", asked),)


@router.action("progress.people")
async def show_people(msg: Incoming, ctx: Context) -> Reply:
    """Everyone the share is among, those who did least first."""
    if not ctx.person.role.manages:
        raise NotAllowed
    t, plan, offset = ctx.t, chosen_plan(ctx, msg.values), values.whole(msg.values, "offset")
    target = chosen_target(plan, msg.values)
    if not _among(target):
        raise UserError("errors.no_such_button")
    held, found = await ctx.store.read(_read, ctx, plan, target)
    asked = target.among.startswith(ROSTER)
    blocks: list[Block] = [Text(t("progress.of_people", count=len(found)))]
    blocks += [_item(ctx, one, held, asked=asked) for one in found[offset : offset + PAGE]]
    more = offset + PAGE < len(found)
    turns = pages(t, "progress.people", carried(plan, target), offset, more)
    actions = (*turns, back(ctx, plan, msg.values))
    return Reply(Card(target.name[t.language], tuple(blocks), actions), replace=True)


def _among(target: Target) -> bool:
    return target.among.partition(":")[0] in ("attended_any", "new", "roster")


def _read(tx: Tx, ctx: Context, plan: Plan, target: Target) -> tuple[int, list[Person]]:
    """How many sessions were held or surveys are out, and who the share is among."""
    if target.among.startswith(ROSTER):
        held, found = _asked(tx, ctx, plan, target)
    else:
        held, found = _there(tx, ctx, plan, target)
    found.sort(key=lambda one: (one.been.complete, one.been.present, one.says.name))
    return held, found


def _there(tx: Tx, ctx: Context, plan: Plan, target: Target) -> tuple[int, list[Person]]:
    held = 0
    for one in plan.target:
        if one.id in target.of:
            there = target_sessions.of_target(tx, plan, one, ctx.today)
            held += sum(1 for each in there if each.why is None)
    been = target_sessions.been(tx, plan, target.of, ctx.today)
    among, _, role = target.among.partition(":")
    humans = set(been)
    if among == "new":
        last = min(ctx.today, plan.ends)
        humans = {rosters.human(tx, one.id) for one in rosters.new(tx, role, plan.starts, last)}
    return held, [Person(rosters.get(tx, id).says, been.get(id, Been())) for id in humans]


def _asked(tx: Tx, ctx: Context, plan: Plan, target: Target) -> tuple[int, list[Person]]:
    """Those of the rosters that the surveys went to; of journals, of the last one's."""
    out = of_surveys.out(tx, ctx, plan, target)
    of = [roster for _, roster, _ in (out[-1:] if target.every else out)]
    members = {human: member for roster in of for human, member in roster.items()}
    found: list[Person] = []
    for human, member in members.items():
        number = sum(1 for _, _, done in out if human in done)
        found.append(Person(member.says, Been(number, number)))
    return len(out), found


def _item(ctx: Context, one: Person, held: int, *, asked: bool) -> Item:
    t, network = ctx.t, ctx.plans.network
    did = "progress.did" if asked else "progress.been"
    there = t(did, present=t.number(one.been.present), count=held)
    if one.been.complete < one.been.present:
        there = t("progress.in_part", there=there, complete=t.number(one.been.complete))
    role = capital(describe.role(t, network, one.says.role))
    parts = (role, describe.board(t, network, one.says.board), there)
    return Item(one.says.name, " · ".join(part for part in parts if part))
