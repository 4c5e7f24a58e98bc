"""Records who handed a survey in, once it is clear who: one act, taken back as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from handlers.chat import values
from handlers.chat.cards import Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.surveys import form, matching, preview, receipt, standing, view, words
from handlers.surveys.matching import Matched, Named
from handlers.surveys.receipt import Receipt
from handlers.surveys.standing import Standing
from storage import records, rosters, surveys
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.surveys import COMPLETION, Completion, Source

router = Router()

# What a preview's buttons say again; "kept": members of an act that is changed keep their days.
CARRIED = ("survey", "file", "digest", "id", "version", "kept")


@router.action("survey.file")
async def file(msg: Incoming, ctx: Context) -> Reply:
    """A form's export was dropped, and is said to be of this survey: show whom it names."""
    check(ctx)
    people = preview.read_people(values.text(msg.values, "people"))
    if not people:
        raise UserError("survey.anonymous", example=ctx.t("survey.example.done"))
    one = await ctx.store.read(standing.get, ctx, values.whole(msg.values, "survey"))
    carried = {name: msg.values[name] for name in CARRIED if name in msg.values}
    matched = await ctx.store.read(_match, ctx, one, people, carried)
    return Reply(preview.show(ctx, one, people, matched, carried), replace=True)


@router.action("survey.match")
async def match(msg: Incoming, ctx: Context) -> Reply:
    """Somebody said who it is: show the list again."""
    return await file(msg, ctx)


@router.action("survey.store")
async def store(msg: Incoming, ctx: Context) -> Reply:
    """Record those who were shown to be matched."""
    check(ctx)
    carried = {name: msg.values[name] for name in CARRIED if name in msg.values}
    members = preview.read_members(values.text(msg.values, "members"))
    return await _store(ctx, members, carried)


@router.action("survey.undo_act")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of an act, as a whole."""

    def work(tx: Tx, id: int, version: int) -> Receipt:
        return receipt.read(tx, ctx, surveys.undo(tx, id, version, ctx.person, ctx.at))

    return await ctx.change_version(
        msg.values, work, lambda done: receipt.reply(ctx, done, "survey.title.restored")
    )


@router.action("survey.edit_act")
async def edit(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with an act as it is; who isn't of the team changes the day of their own."""
    record = await ctx.store.read(records.get, COMPLETION, values.whole(msg.values, "id"))
    alone = not ctx.person.role.logs
    if len(record.says.members) > receipt.MOST_EDITED:
        raise UserError("errors.no_such_button")
    if alone and record.person != ctx.person.id:
        raise NotAllowed
    act = await ctx.store.read(receipt.read, ctx, record)
    day = receipt.one_day(record)
    filled = {"people": "\n".join(act.names), "day": day.isoformat() if day else ""}
    carried = {"survey": str(record.says.survey), **view.values_of(record)}
    title = words.title(ctx, act.standing.survey.says)
    return Reply(form.people(ctx, title, filled, carried, alone=alone))


async def own(ctx: Context, survey: int, member: int, day: date) -> Reply:
    """Record that the person who says it has handed one in."""
    return await _add(ctx, Completion(survey, ((member, day),), Source.SELF))


def check(ctx: Context) -> None:
    """Raise UserError where the person speaks for themself only."""
    if not ctx.person.role.logs:
        raise UserError("survey.only_yours")


async def take(
    ctx: Context,
    one: Standing,
    people: Sequence[Named],
    carried: Mapping[str, str],
) -> Reply:
    """Record people who are named; where anything about one is unclear, show them first."""
    if not people:
        raise UserError("survey.why.people", example=ctx.t("survey.example.done"))
    matched = await ctx.store.read(_match, ctx, one, people, carried)
    if matched.unclear or matched.elsewhere or matched.early:
        return Reply(preview.show(ctx, one, people, matched, carried), replace=True)
    return await _store(ctx, tuple(matched.found.items()), carried)


def _match(
    tx: Tx, ctx: Context, one: Standing, people: Sequence[Named], carried: Mapping[str, str]
) -> Matched:
    roster = standing.roster(tx, one)
    matched = matching.match(people, roster, one.survey.says.opened, ctx.today)
    if "kept" not in carried:
        return matched
    before = dict(records.get(tx, COMPLETION, values.whole(carried, "id")).says.members)
    found = {member: before.get(member, day) for member, day in matched.found.items()}
    return replace(matched, found=found)


async def _store(
    ctx: Context, members: tuple[tuple[int, date], ...], carried: Mapping[str, str]
) -> Reply:
    """Record the members, or have the act that is being changed say them."""
    survey, digest = values.whole(carried, "survey"), carried.get("digest", "")
    source = Source.FILE if digest else Source.TYPED
    says = Completion(survey, members, source, digest)
    if "id" not in carried:
        return await _add(ctx, says)
    return await _change(ctx, carried, members)


async def _add(ctx: Context, says: Completion) -> Reply:
    return await ctx.change(
        lambda tx: _completed(tx, ctx, says), lambda done: receipt.reply(ctx, done)
    )


async def _change(
    ctx: Context, carried: Mapping[str, str], members: tuple[tuple[int, date], ...]
) -> Reply:
    id, version = values.whole(carried, "id"), values.whole(carried, "version")

    def change(tx: Tx) -> Receipt:
        after = replace(records.get(tx, COMPLETION, id).says, members=members)
        _check_asked(tx, ctx, after)
        return receipt.read(tx, ctx, surveys.change(tx, id, version, after, ctx.person, ctx.at))

    return await ctx.change(
        change, lambda done: receipt.reply(ctx, done, "survey.title.act_changed")
    )


async def redate(ctx: Context, carried: Mapping[str, str], day: date) -> Reply:
    """Have everyone in an act have handed it in on another day."""
    before = await ctx.store.read(records.get, COMPLETION, values.whole(carried, "id"))
    return await _change(ctx, carried, tuple((member, day) for member, _ in before.says.members))


def _completed(tx: Tx, ctx: Context, says: Completion) -> Receipt:
    _check_asked(tx, ctx, says)
    record = surveys.complete(tx, says, ctx.person, ctx.at)
    if record is None:
        return receipt.nothing(tx, ctx, says.survey)
    return receipt.read(tx, ctx, record)


def _check_asked(tx: Tx, ctx: Context, says: Completion) -> None:
    """Raise NotAllowed for members whom it didn't go to: a button is a stranger's word."""
    asked = standing.get(tx, ctx, says.survey).everyone
    if any(rosters.human(tx, member) not in asked for member, _ in says.members):
        raise NotAllowed
