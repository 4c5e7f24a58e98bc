"""/people link: a manager joins two people who are one, after a look at both, and can undo it."""

from collections.abc import Awaitable, Mapping, Sequence

from handlers.chat import values
from handlers.chat.cards import Form, Input, InputKind, Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.people import finding, pairs
from handlers.people.finding import Known
from handlers.people.pairs import Counted, Pair, counted
from storage import links
from storage.engine import Tx
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound

router = Router()

SEARCH = "people.find"
MOST_FOUND = 100


async def start(ctx: Context, words: str) -> Reply:
    """Open the form; or ask about the two that the words name: "Marie Tremblay = marie.t"."""
    _check(ctx)
    if not words.strip():
        return Reply(_form(ctx, {}, {}))
    kept, equals, joined = words.partition("=")
    if not equals:
        raise UserError("people.how", example=ctx.t("people.example"))

    def read(tx: Tx) -> Pair:
        everyone = finding.everyone(tx)
        one, other = (finding.the_one(ctx.t, name.strip(), everyone) for name in (kept, joined))
        return _pair(tx, ctx, one.person.id, other.person.id)

    return await _kindly(_ask(ctx, ctx.store.read(read)))


@router.action("people.link")
async def open_form(msg: Incoming, ctx: Context) -> Reply:
    """Ask in a form who is who."""
    return await start(ctx, "")


@router.search(SEARCH)
async def search(text: str, ctx: Context) -> Sequence[tuple[str, str]]:
    """The people of whom the text is a part: their numbers, names and platforms."""
    if not ctx.person.role.manages:
        raise NotAllowed
    found = finding.matching(text, await ctx.store.read(finding.everyone))
    return [_choice(one) for one in found[:MOST_FOUND]]


@router.action("people.ask")
async def ask(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent: show both, and ask whether they are one."""
    _check(ctx)
    known = {str(one.person.id): one for one in await ctx.store.read(finding.everyone)}
    chosen = {
        name: known[number]
        for name in ("kept", "joined")
        if (number := msg.values.get(name, "")) in known
    }
    errors = {
        name: ctx.t("people.form.choose") for name in ("kept", "joined") if name not in chosen
    }
    if not errors and chosen["kept"] is chosen["joined"]:
        errors = {"joined": ctx.t("people.same")}
    if errors:
        return Reply(_form(ctx, chosen, errors))
    numbers = chosen["kept"].person.id, chosen["joined"].person.id
    return await _kindly(_ask(ctx, ctx.store.read(_pair, ctx, *numbers)))


@router.action("people.join")
async def join(msg: Incoming, ctx: Context) -> Reply:
    """They are one: join them."""
    kept, joined = values.whole(msg.values, "kept"), values.whole(msg.values, "joined")

    def work(tx: Tx) -> tuple[links.Link, Counted, Counted]:
        _, other = _pair(tx, ctx, kept, joined)
        made = links.link(tx, kept, joined, ctx.person, ctx.at)
        return made, counted(tx, kept), other

    return await _kindly(
        ctx.change(work, lambda done: Reply(pairs.joined(ctx, *done), replace=True))
    )


@router.action("people.undo")
async def undo(msg: Incoming, ctx: Context) -> Reply:
    """They are two after all: take them apart."""

    def work(tx: Tx, id: int) -> Pair:
        undone = links.undo(tx, id, ctx.person, ctx.at)
        return _pair(tx, ctx, undone.kept, undone.joined)

    return await _kindly(
        ctx.change(
            work,
            lambda pair: Reply(pairs.apart(ctx, pair), replace=True),
            values.whole(msg.values, "link"),
        )
    )


def _check(ctx: Context) -> None:
    if not ctx.person.role.manages:
        raise UserError("people.refused")


async def _kindly(reply: Awaitable[Reply]) -> Reply:
    """The reply, or why there is none in words about people."""
    try:
        return await reply
    except NotAllowed:
        raise UserError("people.refused") from None
    except (NotFound, ChangedMeanwhile):
        raise UserError("people.changed") from None


def _pair(tx: Tx, ctx: Context, kept: int, joined: int) -> Pair:
    """Read both. Raises NotAllowed, NotFound, and UserError where they are the same."""
    links.check(tx, kept, joined, ctx.person)
    if kept == joined:
        raise UserError("people.same")
    return counted(tx, kept), counted(tx, joined)


async def _ask(ctx: Context, reading: Awaitable[Pair]) -> Reply:
    return Reply(pairs.asked(ctx, await reading))


def _form(ctx: Context, chosen: Mapping[str, Known], errors: Mapping[str, str]) -> Form:
    t = ctx.t

    def person(name: str, hint: str = "") -> Input:
        choices = (_choice(chosen[name]),) if name in chosen else ()
        return Input(
            name,
            t(f"people.form.{name}"),
            InputKind.CHOICE,
            choices[0][0] if choices else "",
            choices,
            required=True,
            hint=hint,
            error=errors.get(name, ""),
            search=SEARCH,
        )

    return Form(
        "people.ask",
        t("people.form.title"),
        (person("kept", t("people.form.keeps")), person("joined")),
        t("people.form.submit"),
        t("people.form.cancel"),
    )


def _choice(known: Known) -> tuple[str, str]:
    return str(known.person.id), f"{known.person.name} · {known.where}"
