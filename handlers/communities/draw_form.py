"""The forms of a draw: what the randomness will be, what it was, and why a person looks again."""

from collections.abc import Mapping

from handlers.chat.cards import Form, Input, InputKind
from handlers.chat.context import Context
from handlers.communities import drawing
from storage.draws import Draw
from storage.records import Record


def freeze(
    ctx: Context, community: str, given: Mapping[str, str], errors: Mapping[str, str]
) -> Form:
    """The form that asks where the randomness will come from, and from when it can be known."""

    def ask(name: str, kind: InputKind = InputKind.TEXT) -> Input:
        hint = ctx.t.texts.get(f"draw.hint.{name}", "")
        assert isinstance(hint, str)
        value, error = given.get(name, ""), errors.get(name, "")
        label = ctx.t(f"draw.field.{name}")
        return Input(name, label, kind, value, required=True, hint=hint, error=error)

    return Form(
        "draw.freeze",
        ctx.t("draw.form.freeze"),
        (ask("source"), ask("day", InputKind.DATE), ask("time")),
        ctx.t("draw.freeze"),
        ctx.t("community.form.cancel"),
        {"community": community},
    )


def mix(ctx: Context, draw: Record[Draw], typed: str = "", error: str = "") -> Form:
    """The form that asks for the randomness."""
    source = drawing.read_frozen(draw.says.frozen).source
    label = ctx.t("draw.field.typed")
    one = Input("typed", label, value=typed, required=True, hint=source, error=error)
    return _form(ctx, "draw.mix", one, draw, "draw.mix")


def review(ctx: Context, draw: Record[Draw], why: str = "", error: str = "") -> Form:
    """The form that asks why a person looks at it once more."""
    label, hint = ctx.t("draw.field.review"), ctx.t("draw.hint.review")
    one = Input("review", label, InputKind.LONG_TEXT, why, hint=hint, error=error)
    return _form(ctx, "draw.review", one, draw, "draw.review")


def person(ctx: Context, carried: Mapping[str, str], why: str = "", error: str = "") -> Form:
    """The form with which somebody concerned asks a person to look at the outcome."""
    t = ctx.t
    label = t("draw.field.why")
    one = Input("why", label, InputKind.LONG_TEXT, why, required=True, error=error)
    cancel = t("community.form.cancel")
    return Form(
        "draw.asked", t("draw.ask_person"), (one,), t("interest.form.send"), cancel, carried
    )


def _form(ctx: Context, name: str, one: Input, draw: Record[Draw], title: str) -> Form:
    carried = {"id": str(draw.id), "version": str(draw.version)}
    save, cancel = ctx.t("interest.form.save"), ctx.t("community.form.cancel")
    return Form(name, ctx.t(title), (one,), save, cancel, carried)
