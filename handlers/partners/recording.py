"""/partner: a line or a form says how a partner stands or records an agreement; and undo."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.chat import values
from handlers.chat.cards import Action, Card, Reply, Style, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.partners import form, known, line, listing, view
from storage import partnerships, records
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.partnerships import AGREEMENT, LONGEST_NAME, PARTNERSHIP, Agreement, Partnership
from storage.records import Record
from storage.words import fold

router = Router()

LIST = {"list", "liste"}
LONGEST = 500  # of a line that buttons carry


@router.command("partner", "partenaire")
async def partner(msg: Incoming, ctx: Context) -> Reply:
    """Keep what the line says; a name alone opens the partner, a word alone the form."""
    _check(ctx)
    if not msg.text:
        return Reply(form.build(ctx, form.values_of(Partnership("")), {}))
    if fold(msg.text) in LIST:
        return await listing.page(ctx, 0, turned=False)
    return await _take(ctx, msg.text, "")


@router.action("partner.named")
async def named(msg: Incoming, ctx: Context) -> Reply:
    """Which partner was meant has been said: go on with the line."""
    _check(ctx)
    return await _take(ctx, values.text(msg.values, "said"), values.text(msg.values, "name"))


@router.action("partner.open")
async def open_(msg: Incoming, ctx: Context) -> Reply:
    """All that is known of a partner."""
    _check(ctx)
    seen = await ctx.store.read(view.read, ctx, values.text(msg.values, "name"))
    return Reply(view.show(ctx, seen, ctx.t("partner.title.one")))


@router.action("partner.edit")
async def edit(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with what is known of a partner."""
    _check(ctx)
    name = values.text(msg.values, "name")
    record = await ctx.store.read(partnerships.of_partner, name)
    says = record.says if record else await ctx.store.read(known.assumed, ctx, name)
    carried = {"id": str(record.id), "version": str(record.version)} if record else {}
    return Reply(form.build(ctx, form.values_of(says), carried))


@router.action("partner.save")
async def save(msg: Incoming, ctx: Context) -> Reply:
    """The form of a partner was sent, for a new one or a changed one."""
    _check(ctx)
    carried = _carried(msg.values)
    says, errors = form.read(ctx, msg.values)
    if says is not None:
        errors = await _unsure(ctx, says.partner, msg.values)
        there = await ctx.store.read(partnerships.of_partner, says.partner)
        if there is not None and str(there.id) != carried.get("id"):
            errors = {"partner": ctx.t("partner.why.known", name=there.says.partner)}
    if says is None or errors:
        return Reply(form.build(ctx, msg.values, carried, errors))
    return await _tell(ctx, says, carried)


@router.action("partner.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of what is known of a partner."""

    def work(tx: Tx, id: int, version: int) -> view.Seen:
        done = records.undo(tx, PARTNERSHIP, id, version, ctx.person, ctx.at)
        return replace(view.seen(tx, ctx, done.says.partner, done), changed=id)

    return await ctx.change_version(msg.values, work, lambda seen: view.undone(ctx, seen))


@router.action("partner.agreement")
async def new_agreement(msg: Incoming, ctx: Context) -> Reply:
    """Open the form of an agreement with a partner."""
    _check(ctx)
    return Reply(form.build_agreement(ctx, {"partner": values.text(msg.values, "name")}, {}))


@router.action("partner.edit_agreement")
async def edit_agreement(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with an agreement as it is."""
    _check(ctx)
    record = await ctx.store.read(records.get, AGREEMENT, values.whole(msg.values, "id"))
    carried = {"id": str(record.id), "version": str(record.version)}
    return Reply(form.build_agreement(ctx, form.agreement_values(record.says), carried))


@router.action("partner.save_agreement")
async def save_agreement(msg: Incoming, ctx: Context) -> Reply:
    """The form of an agreement was sent, for a new one or a changed one."""
    _check(ctx)
    carried = _carried(msg.values)
    says, errors = form.read_agreement(ctx, msg.values)
    if says is not None:
        errors = await _unsure(ctx, says.partner, msg.values)
    if says is None or errors:
        return Reply(form.build_agreement(ctx, msg.values, carried, errors))
    return await _agree(ctx, says, carried)


@router.action("partner.undo_agreement")
async def undo_agreement(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of an agreement."""

    def work(tx: Tx, id: int, version: int) -> view.Seen:
        done = records.undo(tx, AGREEMENT, id, version, ctx.person, ctx.at)
        return _with(view.read(tx, ctx, done.says.partner), done)

    return await ctx.change_version(msg.values, work, lambda seen: view.undone(ctx, seen))


def _check(ctx: Context) -> None:
    if not ctx.person.role.logs:
        raise NotAllowed


def _carried(given: Mapping[str, str]) -> dict[str, str]:
    """Which record, and which version of it, a form is about; nothing for a new one."""
    return {name: given[name] for name in ("id", "version") if name in given}


async def _unsure(ctx: Context, name: str, given: Mapping[str, str]) -> dict[str, str]:
    """The error of a form whose partner is not known, where others come near: ask, don't guess."""
    there = await ctx.store.read(known.names, ctx)
    near = known.near(name, there)
    if known.same(name, there) or not near or given.get(form.ANOTHER) == "yes":
        return {}
    return _near(ctx, near)


def _near(ctx: Context, near: Sequence[str]) -> dict[str, str]:
    if not near:
        return {}
    why = ctx.t("partner.why.near", names=ctx.t.all_of([*near]))
    return {"partner": why, form.ANOTHER: ctx.t("partner.why.another")}


def _fits(text: str, name: str) -> bool:
    """Whether the buttons that ask which partner is meant can carry the line."""
    return len(text) <= LONGEST and len(name) <= LONGEST_NAME and text.isprintable()


async def _take(ctx: Context, text: str, meant: str) -> Reply:
    """What a line says, once the partner it names is sure; ``meant`` is the answer, or ""."""
    there = await ctx.store.read(known.names, ctx)
    if line.is_agreement(text):
        return await _take_agreement(ctx, text, meant, there)
    name = meant or line.read(text, today=ctx.today).says.partner
    spelled = known.same(name, there)
    near = [] if spelled or meant else known.near(name, there)
    if near and _fits(text, name):
        return Reply(_which(ctx, text, name, near), replace=True)
    name = spelled or name
    record = await ctx.store.read(partnerships.of_partner, name)
    before = record.says if record else await ctx.store.read(known.assumed, ctx, name)
    said = line.read(text, before, today=ctx.today)
    says = replace(said.says, partner=before.partner)
    filled, errors = form.read(ctx, form.values_of(says))
    if said.plain and filled is not None and not said.unread and not near:
        return await _tell(ctx, says, {})
    if spelled and not said.plain and "partner" not in errors:
        seen = await ctx.store.read(view.read, ctx, name)
        return Reply(view.show(ctx, seen, ctx.t("partner.title.one")))
    carried = {"id": str(record.id), "version": str(record.version)} if record else {}
    if said.plain:
        errors = {**errors, **_near(ctx, near), **_unread(ctx, said.unread)}
    return Reply(form.build(ctx, form.values_of(says), carried, errors))


async def _take_agreement(
    ctx: Context, text: str, meant: str, there: Sequence[known.Name]
) -> Reply:
    said = line.read_agreement(text, today=ctx.today)
    says = said.says
    who, about = line.apart(says.partner)
    near: list[str] = []
    if meant:
        says = replace(says, partner=known.same(meant, there) or meant)
    elif spelled := known.same(says.partner, there):
        says = replace(says, partner=spelled)
    elif about and (spelled := known.same(who, there)):
        title = ", ".join(one for one in (about, says.title) if one)
        says = replace(says, partner=spelled, title=title)
    else:
        near = known.near(says.partner, there) if says.partner else []
    if near and _fits(text, says.partner):
        return Reply(_which(ctx, text, says.partner, near), replace=True)
    filled, errors = form.read_agreement(ctx, form.agreement_values(says))
    if filled is None or said.unread or near:
        errors = {**errors, **_near(ctx, near), **_unread(ctx, said.unread)}
        return Reply(form.build_agreement(ctx, form.agreement_values(says), {}, errors))
    return await _agree(ctx, says, {})


def _unread(ctx: Context, unread: Sequence[tuple[str, str]]) -> dict[str, str]:
    return {name: ctx.t(f"partner.why.{why}") for name, why in unread}


def _which(ctx: Context, text: str, name: str, near: Sequence[str]) -> Card:
    """Names that come near, and that it is another one."""
    t = ctx.t
    actions = [
        Action(
            one,
            "partner.named",
            {"said": text, "name": one},
            Style.PLAIN if place else Style.PRIMARY,
        )
        for place, one in enumerate(near)
    ]
    another = {"said": text, "name": name}
    actions.append(Action(t("partner.another", name=name), "partner.named", another))
    return Card(t("partner.which"), (Text(t("partner.which_hint", name=name)),), tuple(actions))


async def _tell(ctx: Context, says: Partnership, carried: Mapping[str, str]) -> Reply:
    def work(tx: Tx) -> view.Seen:
        if "id" in carried:
            id, version = values.whole(carried, "id"), values.whole(carried, "version")
            done = records.change(tx, PARTNERSHIP, id, version, says, ctx.person, ctx.at)
        else:
            done = partnerships.tell(tx, says, ctx.person, ctx.at)
        return replace(view.seen(tx, ctx, says.partner, done), changed=done.id)

    return await ctx.change(work, lambda seen: view.reply(ctx, seen, "partner.title.recorded"))


async def _agree(ctx: Context, says: Agreement, carried: Mapping[str, str]) -> Reply:
    def work(tx: Tx) -> view.Seen:
        if "id" in carried:
            id, version = values.whole(carried, "id"), values.whole(carried, "version")
            done = records.change(tx, AGREEMENT, id, version, says, ctx.person, ctx.at)
        else:
            done = _new_agreement(tx, ctx, says)
        return _with(view.read(tx, ctx, says.partner), done)

    return await ctx.change(work, lambda seen: view.reply(ctx, seen, "partner.title.agreed"))


def _new_agreement(tx: Tx, ctx: Context, says: Agreement) -> Record[Agreement]:
    """Record an agreement; one that was under discussion becomes signed."""
    title = fold(says.title)
    there = partnerships.agreements_with(tx, says.partner)
    if any((one.says.signed, fold(one.says.title)) == (says.signed, title) for one in there):
        raise UserError("partner.agreed_already", example=ctx.t("partner.agreed_example"))
    waiting = [one for one in there if one.says.signed is None]
    same = [one for one in waiting if fold(one.says.title) == title or not title]
    if says.signed is None or len(same) != 1:
        return records.add(tx, AGREEMENT, says, ctx.person, ctx.at)
    was = same[0]
    ends, url = says.ends or was.says.ends, says.url or was.says.url
    become = replace(was.says, signed=says.signed, ends=ends, url=url)
    return records.change(tx, AGREEMENT, was.id, was.version, become, ctx.person, ctx.at)


def _with(seen: view.Seen, done: Record[Agreement]) -> view.Seen:
    """The partner with the agreement that was just changed on top, also one taken back."""
    others = [one for one in seen.agreements if one.id != done.id]
    return replace(seen, agreements=(done, *others), changed=done.id)
