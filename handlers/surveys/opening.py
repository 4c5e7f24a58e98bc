"""/survey and /journal: a manager has one go out, changes it, takes it back; anyone sees them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from handlers.chat import values
from handlers.chat.cards import Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.surveys import form, handing_in, line, listing, view, words
from handlers.surveys.words import What
from storage import records, surveys
from storage.engine import Tx
from storage.surveys import SURVEY, Survey

router = Router()


@router.command("survey", "sondage")
async def survey(msg: Incoming, ctx: Context) -> Reply:
    """Have a survey go out, record who completed one, or show them."""
    return await _command(msg, ctx, What.SURVEY)


@router.command("journal", "journal")
async def journal(msg: Incoming, ctx: Context) -> Reply:
    """Have a journal go out, record who handed one in, or show them."""
    return await _command(msg, ctx, What.JOURNAL)


@router.action("survey.new")
async def new(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with nothing said yet."""
    check(ctx)
    return _form(ctx, _what(msg.values), "")


@router.action("survey.open")
async def open_(msg: Incoming, ctx: Context) -> Reply:
    """A survey as it stands."""
    seen = await ctx.store.read(view.read, ctx, values.whole(msg.values, "id"))
    if not (ctx.person.role.logs or seen.mine):
        raise UserError("survey.unseen")
    return view.reply(ctx, seen)


@router.action("survey.save")
async def save(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent, for a new survey or a changed one."""
    check(ctx)
    what = _what(msg.values)
    carried = {name: msg.values[name] for name in ("id", "version") if name in msg.values}
    says, errors = form.read(ctx, what, msg.values)
    if says is None:
        return Reply(form.build(ctx, what, msg.values, carried, errors))
    return await _save(ctx, says, carried)


@router.action("survey.edit")
async def edit(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with the survey as it is."""
    check(ctx)
    seen = await ctx.store.read(view.read, ctx, values.whole(msg.values, "id"))
    one = seen.standing
    what = words.what_is(one.target)
    carried = view.values_of(one.survey)
    return Reply(form.build(ctx, what, form.values_of(one.survey.says), carried))


@router.action("survey.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of the survey."""

    def work(tx: Tx, id: int, version: int) -> view.Seen:
        undone = records.undo(tx, SURVEY, id, version, ctx.person, ctx.at)
        return view.read_record(tx, ctx, undone)

    return await ctx.change_version(
        msg.values, work, lambda seen: view.reply(ctx, seen, "survey.title.restored")
    )


@router.action("survey.void")
async def void(msg: Incoming, ctx: Context) -> Reply:
    """Have the survey count no more."""

    def work(tx: Tx, id: int, version: int) -> view.Seen:
        voided = records.void(tx, SURVEY, id, version, ctx.person, ctx.at)
        return view.read_record(tx, ctx, voided)

    return await ctx.change_version(msg.values, work, lambda seen: view.reply(ctx, seen))


def check(ctx: Context) -> None:
    """Raise UserError where the person has no survey go out."""
    if not ctx.person.role.manages:
        raise UserError("survey.refused")


async def _command(msg: Incoming, ctx: Context, what: What) -> Reply:
    verb, rest = line.verb(msg.text)
    if verb in line.OPEN:
        check(ctx)
        return await _open(ctx, what, rest)
    if verb in line.DONE:
        return await handing_in.said(ctx, what, rest)
    return await listing.show(ctx, what, "" if verb in line.LIST else msg.text)


async def _open(ctx: Context, what: What, said: str) -> Reply:
    """Have one go out where the line leaves nothing to ask; else open the form with it."""
    if not said:
        return _form(ctx, what, "")
    until = date.fromisoformat(words.last_day(ctx))
    read = line.opening(said, today=ctx.today, until=until)
    target = words.named(ctx, read.words, what)
    filled = {
        "target": target,
        "title": read.title,
        "opened": (read.opened or ctx.today).isoformat(),
        "closes": read.closes.isoformat() if read.closes else "",
    }
    says, errors = form.read(ctx, what, filled)
    if says is None or not read.plain:
        return Reply(form.build(ctx, what, filled, {}, errors if read.plain else {}))
    return await _save(ctx, says, {})


def _form(ctx: Context, what: What, target: str) -> Reply:
    filled = {"target": words.named(ctx, target, what), "opened": ctx.today.isoformat()}
    return Reply(form.build(ctx, what, filled, {}))


def _what(carried: Mapping[str, str]) -> What:
    try:
        return What(values.text(carried, "what"))
    except ValueError:
        raise UserError("errors.no_such_button") from None


async def _save(ctx: Context, says: Survey, carried: Mapping[str, str]) -> Reply:
    def work(tx: Tx) -> view.Seen:
        id = values.whole(carried, "id") if carried else 0
        _check_twin(tx, ctx, says, id)
        named = replace(says, title=says.title or _title(tx, ctx, says, id))
        if not carried:
            return view.read_record(tx, ctx, records.add(tx, SURVEY, named, ctx.person, ctx.at))
        version = values.whole(carried, "version")
        changed = records.change(tx, SURVEY, id, version, named, ctx.person, ctx.at)
        return view.read_record(tx, ctx, changed)

    def reply(seen: view.Seen) -> Reply:
        planned = not seen.standing.is_out
        done = "changed" if carried else "planned" if planned else "opened"
        return view.reply(ctx, seen, f"survey.title.{done}")

    return await ctx.change(work, reply)


def _check_twin(tx: Tx, ctx: Context, says: Survey, id: int) -> None:
    """Raise UserError where one of the target goes out that day already: it would count twice."""
    for one in surveys.of_target(tx, says.target, says.opened, says.opened):
        if one.id != id:
            title, day = words.title(ctx, one.says), ctx.t.full_date(says.opened)
            raise UserError("survey.twin", title=title, day=day)


def _title(tx: Tx, ctx: Context, says: Survey, id: int) -> str:
    """The target's name; of a journal, which one of the year it is."""
    target = words.of_kind(ctx, What.JOURNAL).get(says.target)
    if target is None:
        return words.targets(ctx)[says.target].name[ctx.t.language]
    plan = words.plan_of(ctx, says)
    first = plan.starts if plan else says.opened
    before = surveys.of_target(tx, says.target, first, says.opened)
    return ctx.t("survey.nth", number=1 + sum(one.id != id for one in before))
