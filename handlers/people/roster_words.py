"""A member of the roster in words: one line, all facts, what changed, and where to press."""

from dataclasses import dataclass
from datetime import date

from handlers import describe
from handlers.chat.cards import Action, Block, Card, Facts, Item, Style, Tone
from handlers.chat.context import Context
from handlers.chat.texts import Texts, capital
from storage import rosters, same_people
from storage.engine import Tx
from storage.network import Network
from storage.plan import Language
from storage.records import Record
from storage.rosters import Member

FIELDS = ("role", "board", "centre", "email", "starts", "ends", "language")


@dataclass(frozen=True, slots=True)
class Known:
    """A member, and who else on the roster is the same human."""

    member: Record[Member]
    others: tuple[Record[Member], ...] = ()


def known(tx: Tx, id: int) -> Known:
    """Read a member. Raises NotFound."""
    member = rosters.get(tx, id)
    return Known(member, tuple(same_people.others(tx, member)))


def value(t: Texts, network: Network, member: Member, field: str) -> str:
    """What a member says in a field, or ""."""
    said = getattr(member, field)
    if isinstance(said, date):
        return t.day(said)
    if isinstance(said, Language):
        return t(f"roster.speaks.{said}")
    if field == "role":
        return describe.role(t, network, member.role)
    if field == "board":
        return describe.board(t, network, member.board)
    return str(said or "")


def line(t: Texts, network: Network, member: Member) -> str:
    """ "CDA · EMSB · LaurierMac CLC · since 26 August 2019"; no e-mail, as staff may read it."""
    parts = [capital(value(t, network, member, "role"))]
    parts += [value(t, network, member, field) for field in ("board", "centre")]
    parts += [
        t(f"roster.{field}", day=value(t, network, member, field))
        for field in ("starts", "ends")
        if getattr(member, field)
    ]
    return " · ".join(part for part in parts if part)


def also(ctx: Context, one: Known) -> str:
    """Who else they are on the roster: "one person with M. Tremblay (CDA · until 1 May)", or ""."""
    t, network = ctx.t, ctx.plans.network
    rest = [f"{other.says.name} ({line(t, network, other.says)})" for other in one.others]
    return t("roster.same.also", names=t.all_of(rest)) if rest else ""


def item(ctx: Context, one: Known) -> Item:
    """A member in a list; a manager may change them there."""
    member = one.member
    actions = _change(ctx, member) if ctx.person.role.manages else ()
    details = (line(ctx.t, ctx.plans.network, member.says), also(ctx, one))
    return Item(member.says.name, " · ".join(filter(None, details)), actions=actions)


def changes(t: Texts, network: Network, before: Member, after: Member) -> str:
    """ "Role: CDA → principal; Until: 20 December 2024"."""
    found: list[str] = []
    for field in rosters.differs(before, after):
        label, now = t(f"roster.field.{field}"), value(t, network, after, field)
        then = value(t, network, before, field)
        found.append(
            t("roster.change", label=label, then=then, now=now)
            if then
            else t("roster.fact", label=label, now=now)
        )
    return "; ".join(found)


def receipt(ctx: Context, one: Record[Member], key: str, beside: tuple[Block, ...] = ()) -> Card:
    """A member as they now stand, with the way back; ``beside`` is said below."""
    t, network, values = ctx.t, ctx.plans.network, _values(one)
    if one.voided is not None:
        struck = Item(one.says.name, line(t, network, one.says), struck=True)
        restore = Action(t("roster.restore"), "roster.undo", values, Style.PRIMARY)
        return Card(t("roster.title.voided"), (struck,), (restore,))
    said = {field: value(t, network, one.says, field) for field in ("name", *FIELDS)}
    facts = tuple((t(f"roster.field.{field}"), text) for field, text in said.items() if text)
    undo = Action(t("roster.undo"), "roster.undo", values, hint=one.says.name)
    return Card(t(key), (Facts(facts), *beside), (undo, *_change(ctx, one)), Tone.GOOD)


def _change(ctx: Context, one: Record[Member]) -> tuple[Action, ...]:
    edit = Action(ctx.t("roster.edit"), "roster.edit", _values(one), hint=one.says.name)
    if one.says.ends is not None:
        return (edit,)
    return edit, Action(ctx.t("roster.end"), "roster.end", _values(one), hint=one.says.name)


def _values(one: Record[Member]) -> dict[str, str]:
    return {"id": str(one.id), "version": str(one.version)}
