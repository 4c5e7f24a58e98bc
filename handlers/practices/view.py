"""A practice as it is shown: its words, what the team has made of it, and the comments."""

from dataclasses import dataclass

from handlers.chat.cards import (
    Action,
    Block,
    Card,
    Facts,
    Heading,
    Item,
    Reply,
    Said,
    Style,
    Tone,
)
from handlers.chat.context import Context
from handlers.practices import words
from storage import communities, people, practice_comments, practice_marks, practices
from storage.community import Community
from storage.engine import Tx
from storage.practice import Level, Practice, Sees, Status, Theme
from storage.practice_comments import Comment
from storage.practice_marks import Mark
from storage.records import Record

PARTS = ("context", "did", "effects")


@dataclass(frozen=True, slots=True)
class Shown:
    """A practice with all that is told of it, and what whoever looks at it may do."""

    record: Record[Practice]
    by: str
    mark: Record[Mark] | None
    comments: tuple[tuple[Record[Comment], str], ...]
    community: Community | None
    changes: bool
    takes_back: bool

    @property
    def status(self) -> Status:
        return self.mark.says.status if self.mark else Status.SHARED


def read(tx: Tx, ctx: Context, id: int) -> Shown:
    """Read a practice for the person who asks. Raises NotFound where it is none of theirs."""
    record = practices.get(tx, id, ctx.person, ctx.at)
    comments = practice_comments.of_practice(tx, id, ctx.person, ctx.at)
    community = record.says.community
    return Shown(
        record,
        people.get(tx, record.person).name,
        practice_marks.of(tx, id),
        tuple((one, people.get(tx, one.person).name) for one in comments),
        communities.get(tx, community).says if community else None,
        practices.may_change(tx, record, ctx.person),
        practices.may_take_back(tx, record, ctx.person),
    )


def opened(ctx: Context, shown: Shown) -> Reply:
    """The practice on a card of its own."""
    if shown.record.voided is not None:
        return taken_back(ctx, shown)
    return Reply(_card(ctx, shown, shown.record.says.title, (), Tone.NEUTRAL))


def receipt(ctx: Context, shown: Shown, key: str, *first: Action) -> Reply:
    """The practice after something was done, with the way back, in the place of its card.

    ``first`` are the ways back of what was done; without any, that of its own last change.
    """
    if shown.record.voided is not None:
        return taken_back(ctx, shown)
    undo = Action(ctx.t("practice.undo"), "practice.undo", values_of(shown.record))
    return Reply(_card(ctx, shown, ctx.t(key), first or (undo,), Tone.GOOD), replace=True)


def taken_back(ctx: Context, shown: Shown) -> Reply:
    """What is shown of a practice that was taken back, to those who can restore it."""
    t, says = ctx.t, shown.record.says
    restore = Action(
        t("practice.restore"), "practice.undo", values_of(shown.record), Style.PRIMARY, says.title
    )
    item = Item(says.title, words.about(t, says), struck=True)
    return Reply(Card(t("practice.title.voided"), (item,), (restore,)), replace=True)


def values_of(record: Record[Practice]) -> dict[str, str]:
    """What a button says of the practice it is about."""
    return {"id": str(record.id), "version": str(record.version)}


def _card(ctx: Context, shown: Shown, title: str, first: tuple[Action, ...], tone: Tone) -> Card:
    t, says = ctx.t, shown.record.says
    seen = t("practice.sees.everyone" if shown.status.chosen else f"practice.sees.{says.sees}")
    community = shown.community.name(t.language) if shown.community else ""
    facts = [
        (t("practice.field.title"), "" if title == says.title else says.title),
        (t("practice.field.level"), words.level(t, says.level)),
        (t("practice.field.theme"), words.theme(t, says.theme)),
        (t("practice.field.community"), community),
        (t("practice.field.status"), _status(ctx, shown)),
        (t("practice.field.author"), says.author),
        (t("practice.field.institution"), says.institution),
        (t("practice.field.by"), shown.by if shown.by != says.author else ""),
        (t("practice.field.sees"), seen),
    ]
    blocks: list[Block] = [Facts(tuple((label, value) for label, value in facts if value))]
    for part in PARTS:
        if text := getattr(says, part):
            blocks += [Heading(t(f"practice.field.{part}")), Said(text)]
    if says.links:
        blocks += [Heading(t("practice.field.links")), Said("\n".join(says.links))]
    if shown.changes:
        blocks += _missing(ctx, shown.record)
    if shown.comments:
        blocks.append(Heading(t("practice.comments", count=len(shown.comments))))
        blocks += [_comment(ctx, one, name) for one, name in shown.comments]
    return Card(title, tuple(blocks), (*first, *_actions(ctx, shown)), tone)


def _status(ctx: Context, shown: Shown) -> str:
    status = words.status(ctx.t, shown.status)
    return f"{status} · {ctx.t.day(shown.mark.says.day)}" if shown.mark else status


def _missing(ctx: Context, record: Record[Practice]) -> list[Block]:
    """What the guide files a practice by, each a press away."""
    t, says, of = ctx.t, record.says, values_of(record)
    blocks: list[Block] = []
    kinds = (("level", says.level, [*Level]), ("theme", says.theme, [*Theme]))
    for field, value, known in kinds:
        if value is None:
            fills = tuple(
                Action(t(f"practice.{field}.{one}"), "practice.fill", {**of, field: one.value})
                for one in known
            )
            blocks.append(Item(t(f"practice.missing.{field}"), actions=fills))
    return blocks


def _actions(ctx: Context, shown: Shown) -> tuple[Action, ...]:
    t, record = ctx.t, shown.record
    of, hint = values_of(record), record.says.title
    actions = [Action(t("practice.comment"), "practice.comment", {"practice": of["id"]}, hint=hint)]
    if shown.changes:
        actions.append(Action(t("practice.edit"), "practice.edit", of, hint=hint))
        if not shown.status.chosen:
            for other in Sees:
                if other is record.says.sees or (other is Sees.MEMBERS and not shown.community):
                    continue
                label, to = t(f"practice.show_to.{other}"), {**of, "sees": other.value}
                actions.append(Action(label, "practice.fill", to, hint=hint))
    if shown.takes_back:
        actions.append(Action(t("practice.void"), "practice.void", of, hint=hint))
    if ctx.person.role.logs:
        actions += _marks(ctx, shown)
    return tuple(actions)


def _marks(ctx: Context, shown: Shown) -> list[Action]:
    """A button for each thing that the team can make of it."""
    version = shown.mark.version if shown.mark else 0
    of = {"practice": str(shown.record.id), "version": str(version)}
    return [
        Action(
            ctx.t(f"practice.mark.{one}"),
            "practice.mark",
            {**of, "status": one.value},
            hint=shown.record.says.title,
        )
        for one in Status
        if one is not shown.status
    ]


def _comment(ctx: Context, record: Record[Comment], name: str) -> Item:
    """A comment with its buttons: one's own is changed, and the team takes any out."""
    t, of = ctx.t, {"id": str(record.id), "version": str(record.version)}
    actions: list[Action] = []
    if record.person == ctx.person.id:
        actions.append(Action(t("practice.edit"), "practice.comment_edit", of, hint=name))
    if record.person == ctx.person.id or ctx.person.role.logs:
        actions.append(Action(t("practice.void"), "practice.comment_void", of, hint=name))
    return Item(record.says.text, name, actions=tuple(actions))
