"""Who of a list handed a survey in, before it is recorded: matched, unclear, and left aside."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from pydantic import TypeAdapter, ValidationError

from handlers import describe
from handlers.chat.cards import Action, Block, Card, Item, Style, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.surveys import receipt, words
from handlers.surveys.matching import Matched, Named, Unclear
from handlers.surveys.standing import Standing
from storage import rosters
from storage.records import Record
from storage.rosters import Member
from storage.surveys import MOST_MEMBERS

# Name, e-mail, ISO day or "", and the number of the member a person said it is.
_PEOPLE = TypeAdapter(list[tuple[str, str, str] | tuple[str, str, str, int]])
_MEMBERS = TypeAdapter(list[tuple[int, date]])


def read_people(text: str) -> list[Named]:
    """People as a button carries them. Raises UserError for what is none of ours."""
    try:
        each = _PEOPLE.validate_json(text)
        people = [
            Named(one[0], one[1], date.fromisoformat(one[2]) if one[2] else None, *one[3:])
            for one in each
        ]
    except (ValidationError, ValueError):
        raise UserError("errors.no_such_button") from None
    if len(people) > MOST_MEMBERS or any(
        len(text) > rosters.LONGEST_TEXT for one in people for text in (one.name, one.email)
    ):
        raise UserError("errors.no_such_button")
    return people


def write_people(people: Sequence[Named]) -> str:
    """People as a button carries them."""
    rows = [
        (one.name, one.email, one.day.isoformat() if one.day else "", one.member) for one in people
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def read_members(text: str) -> tuple[tuple[int, date], ...]:
    """Members with their days as a button carries them. Raises UserError."""
    try:
        members = tuple(_MEMBERS.validate_json(text))
    except ValidationError:
        raise UserError("errors.no_such_button") from None
    different = len({member for member, _ in members})
    if not 1 <= len(members) <= MOST_MEMBERS or different < len(members):
        raise UserError("errors.no_such_button")
    return members


def show(
    ctx: Context,
    one: Standing,
    people: Sequence[Named],
    matched: Matched,
    carried: Mapping[str, str],
) -> Card:
    """The preview. ``carried`` holds "survey" and what else the buttons say again."""
    t = ctx.t
    by_id = {member.id: (human, member) for human, member in one.everyone.items()}
    blocks: list[Block] = []
    if matched.found:
        names = sorted(by_id[member][1].says.name for member in matched.found)
        known = sum(by_id[member][0] in one.done for member in matched.found)
        said = t("survey.preview.found", count=len(names), names=receipt.some(ctx, names))
        blocks.append(Text(said))
        if known:
            blocks.append(Text(t("survey.preview.known", count=known), muted=True))
    blocks += [_unclear(ctx, people, each, carried) for each in matched.unclear if each.near]
    for how, names in (
        ("nobody", [people[each.place].said for each in matched.unclear if not each.near]),
        ("elsewhere", list(matched.elsewhere)),
        ("early", list(matched.early)),
    ):
        if names:
            shown = receipt.some(ctx, names)
            blocks.append(Text(t(f"survey.preview.{how}", count=len(names), names=shown)))
    actions: tuple[Action, ...] = ()
    if matched.found:
        members = json.dumps(
            [(member, day.isoformat()) for member, day in matched.found.items()],
            separators=(",", ":"),
        )
        label = t("survey.preview.confirm", count=len(matched.found))
        yes = Action(label, "survey.store", {**carried, "members": members}, Style.PRIMARY)
        actions = (yes,)
        blocks.append(Text(t("survey.preview.stored"), muted=True))
    else:
        blocks.append(Text(t("survey.preview.nothing"), muted=True))
    title = t("survey.preview.title", title=words.title(ctx, one.survey.says))
    return Card(title, tuple(blocks), actions)


def _unclear(
    ctx: Context, people: Sequence[Named], unclear: Unclear, carried: Mapping[str, str]
) -> Item:
    """Someone who is not matched, with a button for each who came near."""
    t, said = ctx.t, people[unclear.place].said
    actions = tuple(
        Action(
            _label(ctx, near),
            "survey.match",
            {**carried, "people": write_people(_with(people, unclear.place, near))},
            hint=said,
        )
        for near in unclear.near
    )
    return Item(said, t("survey.preview.unclear"), actions=actions)


def _with(people: Sequence[Named], place: int, member: Record[Member]) -> list[Named]:
    """The list with one of them being this member."""
    chosen = replace(people[place], member=member.id)
    return [*people[:place], chosen, *people[place + 1 :]]


def _label(ctx: Context, member: Record[Member]) -> str:
    board = describe.board(ctx.t, ctx.plans.network, member.says.board)
    return f"{member.says.name} · {board}" if board else member.says.name
