"""Surveys and journals listed: the year's, one's own for who is asked, and what was recorded."""

from collections.abc import Mapping

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, Example, Item, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.surveys import receipt, standing, view, words
from handlers.surveys.standing import Mine, Standing
from handlers.surveys.words import What
from storage import people, records, surveys
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.records import Record
from storage.surveys import COMPLETION, Completion

router = Router()

PAGE = 6


async def show(ctx: Context, what: What, said: str) -> Reply:
    """The year's, or the one that words name; of a member of a community, their own."""
    year = await ctx.store.read(standing.year, ctx, what)
    if not ctx.person.role.logs:
        own = await ctx.store.read(standing.mine, ctx, year)
        return Reply(_own(ctx, what, own))
    found = standing.meant(ctx, said, what, year) if said else year
    if said and len(found) == 1:
        id = found[0].survey.id
        return Reply(view.show(ctx, await ctx.store.read(view.read, ctx, id)))
    if said and not found:
        raise UserError(f"survey.none_such.{what}", example=ctx.t(f"survey.example.{what}"))
    return Reply(_page(ctx, what, found, 0))


@router.action("survey.list")
async def turn(msg: Incoming, ctx: Context) -> Reply:
    """A page of the year's."""
    if not ctx.person.role.logs:
        raise NotAllowed
    said = values.text(msg.values, "what")
    if said not in list(What):
        raise UserError("errors.no_such_button")
    year = await ctx.store.read(standing.year, ctx, What(said))
    page = _page(ctx, What(said), year, values.whole(msg.values, "offset"))
    return Reply(page, replace=True)


def _page(ctx: Context, what: What, found: list[Standing], offset: int) -> Card:
    t = ctx.t
    blocks: list[Block] = [_item(ctx, one) for one in found[offset : offset + PAGE]]
    if not found:
        blocks.append(Text(t(f"survey.none.{what}")))
        if ctx.person.role.manages:
            blocks.append(Example(t(f"survey.example.open_{what}")))
    actions = _turns(ctx, "survey.list", {"what": what}, offset, more=len(found) > offset + PAGE)
    if ctx.person.role.manages:
        actions.append(Action(t(f"survey.form.{what}"), "survey.new", {"what": what}))
    return Card(t(f"survey.list.{what}"), tuple(blocks), tuple(actions))


def _item(ctx: Context, one: Standing) -> Item:
    title = words.title(ctx, one.survey.says)
    parts = (view.count(ctx, one) if one.is_out else "", view.when(ctx, one))
    of = {"id": str(one.survey.id)}
    open_ = Action(ctx.t("survey.see"), "survey.open", of, hint=title)
    return Item(title, " · ".join(part for part in parts if part), actions=(open_,))


def _own(ctx: Context, what: What, own: list[Mine]) -> Card:
    """Those that went to the person who asks, each to be marked as handed in."""
    t = ctx.t
    blocks: list[Block] = []
    for one in own[:PAGE]:
        title = words.title(ctx, one.standing.survey.says)
        if one.day:
            blocks.append(Item(title, t("survey.yours", day=t.full_date(one.day))))
            continue
        survey = {"survey": str(one.standing.survey.id)}
        did = Action(t("survey.i_did"), "survey.mine", survey, hint=title)
        blocks.append(Item(title, view.when(ctx, one.standing), actions=(did,)))
    if not own:
        blocks.append(Text(t("survey.none_yours")))
    return Card(t(f"survey.list.{what}"), tuple(blocks))


@router.action("survey.acts")
async def acts(msg: Incoming, ctx: Context) -> Reply:
    """What was recorded for a survey, each to be taken back as a whole."""
    return await _acts_page(ctx, msg.values)


@router.action("survey.void_act")
async def void_act(msg: Incoming, ctx: Context) -> Reply:
    """Take back one of the acts, whatever its version; it stays on top, struck, to be restored."""

    def work(tx: Tx, id: int, version: int) -> _Acts:
        surveys.void(tx, id, version, ctx.person, ctx.at)
        return _read_acts(tx, ctx, msg.values, id)

    return await ctx.change_version(
        msg.values, work, lambda read: Reply(_acts(ctx, read), replace=True)
    )


@router.action("survey.restore_act")
async def restore_act(msg: Incoming, ctx: Context) -> Reply:
    """Let an act count again."""

    def work(tx: Tx, id: int, version: int) -> _Acts:
        surveys.undo(tx, id, version, ctx.person, ctx.at)
        return _read_acts(tx, ctx, msg.values)

    return await ctx.change_version(
        msg.values, work, lambda read: Reply(_acts(ctx, read), replace=True)
    )


# A survey, where in the list, and the acts there with who recorded each; the struck one first.
_Acts = tuple[Standing, int, list[tuple[Record[Completion], str]], bool]


async def _acts_page(ctx: Context, asked: Mapping[str, str]) -> Reply:
    return Reply(_acts(ctx, await ctx.store.read(_read_acts, ctx, asked)), replace=True)


def _read_acts(tx: Tx, ctx: Context, asked: Mapping[str, str], voided: int = 0) -> _Acts:
    """A page of the acts. Raises NotAllowed for who isn't of the team."""
    if not people.role_of(tx, ctx.person.id).logs:
        raise NotAllowed
    survey, offset = values.whole(asked, "survey"), values.whole(asked, "offset")
    there = surveys.acts(tx, survey)
    shown = there[offset : offset + PAGE]
    if voided:
        shown = [records.get(tx, COMPLETION, voided), *shown]
    by = [(one, people.get(tx, one.person).name) for one in shown]
    return standing.get(tx, ctx, survey), offset, by, len(there) > offset + PAGE


def _acts(ctx: Context, read: _Acts) -> Card:
    t = ctx.t
    one, offset, there, more = read
    survey = {"survey": str(one.survey.id)}
    blocks: list[Block] = [Text(f"{words.title(ctx, one.survey.says)} · {view.count(ctx, one)}")]
    blocks += [_act(ctx, act, by, survey | {"offset": str(offset)}) for act, by in there]
    if not there:
        blocks.append(Text(t("survey.no_acts"), muted=True))
    actions = _turns(ctx, "survey.acts", survey, offset, more=more)
    back = Action(t("survey.back"), "survey.open", {"id": str(one.survey.id)})
    return Card(t("survey.acts"), tuple(blocks), (*actions, back))


def _act(ctx: Context, act: Record[Completion], by: str, asked: Mapping[str, str]) -> Item:
    t, says = ctx.t, act.says
    text = f"{t('survey.people', count=len(says.members))} · {t(f'survey.source.{says.source}')}"
    of = {**asked, **view.values_of(act)}
    detail = f"{receipt.days(ctx, act)} · {t('survey.by', name=by)}"
    if act.voided is not None:
        restore = Action(t("survey.restore"), "survey.restore_act", of, hint=text)
        return Item(text, detail, struck=True, actions=(restore,))
    void = Action(t("survey.void"), "survey.void_act", of, hint=text)
    return Item(text, detail, actions=(*receipt.edits(ctx, act, of, text), void))


def _turns(
    ctx: Context, name: str, asked: Mapping[str, str], offset: int, *, more: bool
) -> list[Action]:
    return [
        Action(ctx.t(f"survey.{label}"), name, {**asked, "offset": str(at)})
        for label, at, there in (
            ("before", max(0, offset - PAGE), offset > 0),
            ("after", offset + PAGE, more),
        )
        if there
    ]
