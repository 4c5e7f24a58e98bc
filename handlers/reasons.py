"""Why what a sent report was made from is changed: asked for in a form, then it is done."""

from collections.abc import Mapping
from dataclasses import replace

from handlers import describe
from handlers.chat import values
from handlers.chat.cards import Form, Input, InputKind, Reply
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming, Kind
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from storage.period_lock import LONGEST, NeedsReason

router = Router()

GIVE, TEXT, ACTION, LINE = "reason.give", "reason_text", "reason_action", "reason_line"
SAID = "reason_said"  # what was filled in, to be given back where it comes to nothing


def ask(t: Texts, msg: Incoming, error: NeedsReason) -> Reply:
    """The form that asks for it; it carries what was to be done."""
    about = {LINE: msg.text} if msg.kind is Kind.MESSAGE else {ACTION: msg.name}
    if msg.kind is Kind.SUBMIT:
        about[SAID] = msg.text
    _, target, number = error.document
    name = describe.report(t, target, number)
    told = t("reason.why", report=name, day=t.day(error.sent))
    return _form(t, dict(msg.values) | about | {"reason_told": told}, "")


def said(msg: Incoming) -> str:
    """What somebody typed, with what they had typed before the reason was asked for."""
    before = msg.values.get(LINE) or msg.values.get(SAID, "")
    return "\n".join(filter(None, (before, msg.text)))


def _form(t: Texts, carried: Mapping[str, str], error: str) -> Reply:
    told = values.text(carried, "reason_told")
    input = Input(
        TEXT,
        t("reason.label"),
        InputKind.LONG_TEXT,
        carried.get(TEXT, ""),
        required=True,
        hint=told,
        error=error,
    )
    of = {name: value for name, value in carried.items() if name != TEXT}
    return Reply(Form(GIVE, t("reason.title"), (input,), t("reason.save"), t("reason.cancel"), of))


@router.action(GIVE)
async def give(msg: Incoming, ctx: Context) -> Reply:
    """Do what was to be done, with the reason that was given for it."""
    reason = " ".join(values.text(msg.values, TEXT).split())
    if not reason or len(reason) > LONGEST:
        wrong = (
            ctx.t("reason.too_long", most=ctx.t.number(LONGEST))
            if reason
            else ctx.t("reason.missing")
        )
        return _form(ctx.t, msg.values, wrong)
    ctx = replace(ctx, reason=reason)
    own = (TEXT, ACTION, LINE, SAID, "reason_told")
    meant = {name: value for name, value in msg.values.items() if name not in own}
    if LINE in msg.values:
        command, rest = ctx.router.read(msg.values[LINE])
        if command is None:
            raise UserError("errors.no_such_button")
        said = replace(msg, kind=Kind.MESSAGE, name=command.name, text=rest, values=meant)
        return await command.handler(said, ctx)
    name = values.text(msg.values, ACTION)
    handler = ctx.router.find_action(name)
    if handler is None or name == GIVE:
        raise UserError("errors.no_such_button")
    return await handler(replace(msg, name=name, values=meant), ctx)
