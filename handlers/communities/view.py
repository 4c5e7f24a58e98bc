"""A community as a card: what it is, how many are members, and what can be done."""

from dataclasses import dataclass

from handlers import describe
from handlers.chat.cards import Action, Block, Card, Facts, Item, Reply, Style, Text, Tone
from handlers.chat.context import Context
from handlers.communities import words
from storage import communities, interests, people, practices
from storage.communities import Community, Fit
from storage.engine import Tx
from storage.errors import NotFound
from storage.records import Record


@dataclass(frozen=True, slots=True)
class Seen:
    """A community as it is today.

    ``facilitator`` is a name, or ""; ``both`` is how many are in another as well; ``leads`` is
    whether the person who asks sees who its members are; ``mine``: they are one; ``call``: one can
    say that one is interested.
    """

    record: Record[Community]
    size: int
    both: int
    facilitator: str
    leads: bool
    mine: bool
    call: bool = False


def see(tx: Tx, ctx: Context, record: Record[Community]) -> Seen:
    """Read what is told of a community beside itself."""
    several = communities.in_several(tx, ctx.today)
    return Seen(
        record,
        communities.size(tx, record.id, ctx.today),
        sum(record.id in them for them in several.values()),
        _name(tx, communities.facilitator(tx, record.says)),
        communities.facilitates(tx, ctx.person, record.id),
        record.id in {one.id for one in communities.of_person(tx, ctx.person.id, ctx.today)},
        not record.says.roles and interests.takes(tx, ctx.today),
    )


def get(tx: Tx, ctx: Context, id: int) -> Seen:
    """The community of this number. Raises NotFound."""
    return see(tx, ctx, communities.get(tx, id))


def reply(ctx: Context, seen: Seen, key: str = "") -> Reply:
    """The card in the place of the one that was pressed; ``key`` is what was done."""
    if seen.record.voided is not None:
        return Reply(_taken_back(ctx, seen.record), replace=True)
    return Reply(show(ctx, seen, key), replace=True)


def show(ctx: Context, seen: Seen, key: str = "") -> Card:
    """The card of a community, with a button for everything the person may do."""
    t, says = ctx.t, seen.record.says
    title = words.title(ctx, says)
    blocks: list[Block] = [Text(title)] if key else []
    blocks.append(Facts(tuple((label, value) for label, value in _facts(ctx, seen) if value)))
    blocks += [Text(t(said)) for said in _fit(seen)]
    if seen.both and seen.leads:
        blocks.append(Text(t("community.both", count=seen.both)))
    if seen.mine:
        blocks.append(Text(t("community.mine"), muted=True))
    if ctx.person.role.manages and not says.channel:
        blocks.append(Text(t("community.no_channel", name=title), muted=True))
    tone = Tone.GOOD if key else Tone.NEUTRAL
    actions = tuple(_actions(ctx, seen, just=bool(key)))
    return Card(t(key) if key else title, tuple(blocks), actions, tone)


def size(ctx: Context, seen: Seen) -> str:
    """ "13 members of 12 to 15", and the word that is due where they are too few or too many."""
    t, says = ctx.t, seen.record.says
    number = t("community.members", count=seen.size)
    if says.smallest is None and says.largest is None:
        return number
    said = t("community.of", members=number, capacity=words.capacity(t, says))
    return " · ".join([said, *(t(key) for key in _fit(seen))])


def values_of(record: Record[Community]) -> dict[str, str]:
    """What a button says of the community that it is about."""
    return {"id": str(record.id), "version": str(record.version)}


def misfits(seen: Seen) -> bool:
    """Whether there are too few members, or too many."""
    return bool(_fit(seen))


def _fit(seen: Seen) -> list[str]:
    """The key of what is said where there are too few members, or too many."""
    fit = seen.record.says.fit(seen.size)
    return [] if fit is Fit.FITS or seen.record.says.roles else [f"community.fit.{fit}"]


def _facts(ctx: Context, seen: Seen) -> list[tuple[str, str]]:
    t, says = ctx.t, seen.record.says
    plan = next((one for one in ctx.plans.all if one.id == says.plan), None)
    places = says.places(seen.size)
    roles = [describe.role(t, ctx.plans.network, id, 2) for id in says.roles]
    where = f"{says.channel} ({says.channel_platform.capitalize()})" if says.channel else ""
    return [
        (t("community.field.other_name"), words.other_title(ctx, says)),
        (t("community.field.kind"), t(f"community.kind.{says.kind}")),
        (t("community.field.sector"), words.sector(ctx, says)),
        (t("community.field.capacity"), words.capacity(t, says)),
        (t("community.field.members"), t("community.members", count=seen.size)),
        (t("community.field.by_role"), t.all_of(roles)),
        (t("community.field.places"), "" if places is None else t.number(places)),
        (t("community.field.facilitator"), seen.facilitator or t("community.nobody")),
        (t("community.field.channel"), where),
        (t("community.field.years"), words.years(t, says)),
        (t("community.field.plan"), plan.title[t.language] if plan else ""),
        (t("community.field.target"), describe.target(t, ctx.plans.all, says.target)),
        (t("community.field.reminders"), t.all_of([words.before(t, n) for n in says.reminders])),
    ]


def _actions(ctx: Context, seen: Seen, *, just: bool) -> list[Action]:
    """The buttons; where something was done ``just`` now, one that takes that back."""
    t, of = ctx.t, values_of(seen.record)
    hint = words.title(ctx, seen.record.says)
    actions: list[Action] = []
    if seen.leads:
        one = {"id": of["id"]}
        actions.append(Action(t("community.members_of"), "community.members", one, hint=hint))
    if seen.leads or seen.mine or ctx.person.role.logs:
        meets = {"community": of["id"]}
        actions.append(Action(t("community.meetings"), "meeting.of_community", meets, hint=hint))
    if practices.shares(ctx.person.role):
        theirs = {"list": "", "community": of["id"]}
        actions.append(Action(t("community.practices"), "practice.list", theirs, hint=hint))
    if seen.call and seen.record.says.runs(ctx.today):
        wanted = {"community": of["id"]}
        actions.append(Action(t("interest.show"), "interest.new", wanted, hint=hint))
    if ctx.person.role.manages:
        back = "undo" if just else "void"
        actions.append(Action(t(f"community.{back}"), f"community.{back}", of, hint=hint))
        actions.append(Action(t("community.edit"), "community.edit", of, hint=hint))
    return actions


def _name(tx: Tx, person: int) -> str:
    try:
        return people.get(tx, person).name
    except NotFound:
        return ""


def _taken_back(ctx: Context, record: Record[Community]) -> Card:
    """What is shown in its place once a community no longer counts."""
    t = ctx.t
    item = Item(words.title(ctx, record.says), words.other_title(ctx, record.says), struck=True)
    restore = Action(t("community.restore"), "community.undo", values_of(record), Style.PRIMARY)
    text = Text(t("community.kept"), muted=True)
    return Card(t("community.title.voided"), (item, text), (restore,))
