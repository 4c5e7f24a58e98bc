"""Channels as they are shown: what each is told by itself, the receipt, and the list of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.chat.cards import Action, Block, Card, Example, Item, Reply, Style, Text, Tone
from handlers.chat.context import Context
from handlers.chat.texts import Texts, capital
from storage import addresses, channels, communities
from storage.addresses import Address
from storage.channels import Channel
from storage.engine import Tx
from storage.local_time import HOME
from storage.plan import Language, Plan
from storage.plan_files import Plans
from storage.records import Record


@dataclass(frozen=True, slots=True)
class Seen:
    """A channel, what is kept of it, and of what it is told: the name of a plan or a community."""

    address: Address
    record: Record[Channel] | None
    name: str

    @property
    def on(self) -> bool:
        """Whether it is told anything."""
        return self.record is not None and self.record.voided is None and self.record.says.on

    @property
    def where(self) -> dict[str, str]:
        """What a button says of the channel it is about."""
        return {"platform": self.address.platform, "channel": self.address.id}


def see(tx: Tx, ctx: Context, address: Address) -> Seen:
    """A channel as it is now."""
    record = channels.of(tx, address.platform, address.id)
    return Seen(address, record, _name(tx, ctx, record.says) if record else "")


def every(tx: Tx, ctx: Context) -> list[Seen]:
    """All channels where the bot is."""
    return [see(tx, ctx, one) for one in addresses.of_channels(tx)]


def newest(plans: Plans, programme: str) -> Plan | None:
    """The last plan of a programme to start, or None."""
    return next((one for one in reversed(plans.all) if one.programme == programme), None)


def card(ctx: Context, seen: Seen) -> Card:
    """What the channel is told, and how that is changed."""
    t = ctx.t
    blocks: list[Block] = [Text(_told(ctx, seen)), Text(t("channel.private"), muted=True)]
    if not seen.on:
        blocks += [Text(t("channel.or_say"), muted=True), Example(t("channel.example"))]
    return Card(title(t, seen), tuple(blocks), _actions(t, seen))


def receipt(
    ctx: Context, seen: Seen, spoke: Language | None, settled: Record[Channel] | None
) -> Reply:
    """What the channel is told now, with the way back: to what was settled, and what it spoke."""
    t = ctx.t
    back = seen.where | {"spoke": spoke or ""}
    if settled is not None:
        back |= {"id": str(settled.id), "version": str(settled.version)}
    undo = Action(t("channel.undo"), "channel.undo", back, hint=title(t, seen))
    actions = (undo, *_actions(t, seen))
    return Reply(Card(title(t, seen), (Text(_told(ctx, seen)),), actions, Tone.GOOD), replace=True)


def listed(ctx: Context, there: Sequence[Seen]) -> Card:
    """Every channel, each with its buttons."""
    t = ctx.t
    items = [Item(title(t, one), _told(ctx, one), actions=_actions(t, one)) for one in there]
    return Card(t("channel.title"), (Text(t("channel.intro")), *items))


def title(t: Texts, seen: Seen) -> str:
    """The channel's name; of one that has told none, what its platform knows it by."""
    return t("channel.name", name=(seen.address.name or seen.address.id).removeprefix("#"))


def _told(ctx: Context, seen: Seen) -> str:
    t = ctx.t
    language = t(f"channel.language.{seen.address.language or Language.EN}")
    if not seen.on or seen.record is None:
        return t("channel.nothing", language=language)
    says = seen.record.says
    clock = t.clock(datetime.combine(ctx.today, says.clock, HOME))
    strands = t.all_of(list(says.strands))
    what = t("channel.strands", count=len(says.strands), strands=strands, plan=seen.name)
    return t(
        "channel.weekly",
        day=t.weekday(says.weekday),
        at=clock,
        what=what if says.strands else seen.name,
        language=language,
    )


def _actions(t: Texts, seen: Seen) -> tuple[Action, ...]:
    hint, where = title(t, seen), seen.where
    change = Action(t("channel.change"), "channel.form", where, hint=hint)
    if seen.on:
        return change, Action(t("channel.stop"), "channel.switch", where | {"on": ""}, hint=hint)
    start = t("channel.start")
    return Action(start, "channel.switch", where | {"on": "yes"}, Style.PRIMARY, hint), change


def _name(tx: Tx, ctx: Context, says: Channel) -> str:
    language = ctx.t.language
    if says.community:
        return communities.get(tx, says.community).says.name(language)
    plan = newest(ctx.plans, says.programme)
    return plan.title[language] if plan else capital(says.programme)
