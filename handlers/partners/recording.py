"""/partner: a line or a form says how a partner stands or records an agreement; and undo."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.chat import values
from handlers.chat.cards import Action, Card, Item, Reply, Style, Text
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.files.names import nearest
from handlers.partners import form, line, view
from storage import partners, partnerships, records
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.partnerships import AGREEMENT, PARTNERSHIP, Agreement, Partnership
from storage.words import fold

router = Router()

LIST = {"list", "liste"}
PAGE = 8
NEAREST = 3


@router.command("partner", "partenaire")
async def partner(msg: Incoming, ctx: Context) -> Reply:
    """Keep what the line says; a name alone opens the partner, a word alone the form."""
    _check(ctx)
    if not msg.text:
        return Reply(form.build(ctx, {"standing": "existing"}))
    if fold(msg.text) in LIST:
        return await _list(ctx, 0, turned=False)
    return await _take(ctx, msg.text, {})


@router.action("partner.page")
async def turn(msg: Incoming, ctx: Context) -> Reply:
    """Another page of the list."""
    return await _list(ctx, values.whole(msg.values, "offset"), turned=True)


@router.action("partner.named")
async def named(msg: Incoming, ctx: Context) -> Reply:
    """Which partner was meant has been said: go on with the line."""
    return await _take(ctx, values.text(msg.values, "said"), msg.values)


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
    return Reply(form.build(ctx, form.values_of(record.says if record else Partnership(name))))


@router.action("partner.save")
async def save(msg: Incoming, ctx: Context) -> Reply:
    """The form of a partner was sent."""
    _check(ctx)
    says, errors = form.read(ctx, msg.values)
    return Reply(form.build(ctx, msg.values, errors)) if says is None else await _tell(ctx, says)


@router.action("partner.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of what is known of a partner."""

    def work(tx: Tx, id: int, version: int) -> view.Seen:
        done = records.undo(tx, PARTNERSHIP, id, version, ctx.person, ctx.at)
        return view.seen(tx, ctx, done.says.partner, done)

    return await ctx.change(
        work,
        lambda seen: view.reply(ctx, seen, "partner.title.restored"),
        values.whole(msg.values, "id"),
        values.whole(msg.values, "version"),
    )


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
    carried = {name: msg.values[name] for name in ("id", "version") if name in msg.values}
    says, errors = form.read_agreement(ctx, msg.values)
    if says is None:
        return Reply(form.build_agreement(ctx, msg.values, carried, errors))
    return await _agree(ctx, says, carried)


@router.action("partner.undo_agreement")
async def undo_agreement(msg: Incoming, ctx: Context) -> Reply:
    """Take back what made this version of an agreement."""

    def work(tx: Tx, id: int, version: int) -> view.Seen:
        done = records.undo(tx, AGREEMENT, id, version, ctx.person, ctx.at)
        return _with(view.read(tx, ctx, done.says.partner), done)

    return await ctx.change(
        work,
        lambda seen: view.reply(ctx, seen, "partner.title.restored"),
        values.whole(msg.values, "id"),
        values.whole(msg.values, "version"),
    )


def _check(ctx: Context) -> None:
    if not ctx.person.role.logs:
        raise NotAllowed


async def _take(ctx: Context, text: str, answers: Mapping[str, str]) -> Reply:
    """What a line says, once the partner it names is sure."""
    _check(ctx)
    about_agreement = line.is_agreement(text)
    agreement, day_read = line.read_agreement(text, today=ctx.today)
    name = answers.get("name") or (
        agreement.partner if about_agreement else line.read(text).says.partner
    )
    known = await ctx.store.read(_names, ctx)
    if spelled := line.same(name, known):
        name = spelled
    elif name and "name" not in answers:
        near = nearest(name, [(one, one) for one in known], NEAREST)
        if near:
            return Reply(_which(ctx, text, name, near), replace=True)
    if about_agreement:
        agreement = replace(agreement, partner=name)
        if not name or not day_read:
            return Reply(form.build_agreement(ctx, form.agreement_values(agreement), {}))
        return await _agree(ctx, agreement, {})
    before = await ctx.store.read(partnerships.of_partner, name)
    said = line.read(text, before.says if before else None)
    says = replace(said.says, partner=name)
    if said.plain:
        return await _tell(ctx, says)
    if before is not None or line.same(name, known):
        seen = await ctx.store.read(view.read, ctx, name)
        return Reply(view.show(ctx, seen, ctx.t("partner.title.one")))
    return Reply(form.build(ctx, form.values_of(says)))


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


async def _tell(ctx: Context, says: Partnership) -> Reply:
    def work(tx: Tx) -> view.Seen:
        done = partnerships.tell(tx, says, ctx.person, ctx.at)
        return view.seen(tx, ctx, says.partner, done)

    return await ctx.change(work, lambda seen: view.reply(ctx, seen, "partner.title.recorded"))


async def _agree(ctx: Context, says: Agreement, carried: Mapping[str, str]) -> Reply:
    def work(tx: Tx) -> view.Seen:
        if "id" in carried:
            id, version = values.whole(carried, "id"), values.whole(carried, "version")
            done = records.change(tx, AGREEMENT, id, version, says, ctx.person, ctx.at)
        else:
            done = records.add(tx, AGREEMENT, says, ctx.person, ctx.at)
        return _with(view.read(tx, ctx, says.partner), done)

    return await ctx.change(work, lambda seen: view.reply(ctx, seen, "partner.title.agreed"))


def _with(seen: view.Seen, done: records.Record[Agreement]) -> view.Seen:
    """The partner with the agreement that was just changed on top, also one taken back."""
    others = [one for one in seen.agreements if one.id != done.id]
    return replace(seen, agreements=(done, *others))


def _names(tx: Tx, ctx: Context) -> list[str]:
    """Every partner's name: those of the network, and those that support went to."""
    known = dict.fromkeys(partners.names(tx))
    known |= dict.fromkeys(one.name for one in ctx.plans.network.partner)
    return list(known)


async def _list(ctx: Context, offset: int, *, turned: bool) -> Reply:
    _check(ctx)
    t, every = ctx.t, await ctx.store.read(partnerships.every)
    items = [
        Item(
            one.says.partner,
            " · ".join(
                part
                for part in (t(f"partner.standing.{one.says.standing}"), one.says.purpose)
                if part
            ),
            actions=(
                Action(
                    t("partner.open"),
                    "partner.open",
                    {"name": one.says.partner},
                    hint=one.says.partner,
                ),
            ),
        )
        for one in every[offset : offset + PAGE]
    ]
    turns = tuple(
        Action(t(f"partner.{label}"), "partner.page", {"offset": str(at)})
        for label, at, there in (
            ("before", max(0, offset - PAGE), offset > 0),
            ("after", offset + PAGE, offset + PAGE < len(every)),
        )
        if there
    )
    none = (Text(t("partner.none"), muted=True),)
    return Reply(Card(t("partner.list"), tuple(items) or none, turns), replace=turned)
