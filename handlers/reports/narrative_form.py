"""The form: which target, and what the report says of it."""

from handlers.chat.cards import Form, Input, InputKind
from handlers.chat.context import Context
from handlers.chat.texts import Texts
from handlers.reports import told
from handlers.reports.narrated import Told, Which, in_order
from storage.narratives import LONGEST

SAVE = "report.note_save"


def build(ctx: Context, there: Told, text: str, error: str = "", *, other: str = "") -> Form:
    """The form for one target, with ``text``; ``other`` is what is kept by now, where it differs.

    Above what is written stands what the report before said.
    """
    t, before = ctx.t, there.before
    hints = [t("narrative.hint.other", text=other)] if other else []
    if before is not None:
        name = told.called(t, before.report, before.number)
        hints.append(t("narrative.hint.before", report=name, text=before.text))
    if there.version:
        hints.append(t("narrative.hint.empty"))
    name = there.target.name[t.language]
    input = _text(name, text, error, "\n".join(hints), required=not there.version)
    of = {**there.which.values, "target": there.target.id, "version": str(there.version)}
    return _form(t, there.which, (input,), of)


def choose(ctx: Context, which: Which, text: str, errors: dict[str, str] | None = None) -> Form:
    """The form that asks for the target as well."""
    t, wrong = ctx.t, errors or {}
    choices = tuple((one.id, one.name[t.language]) for one in in_order(which.plan))
    label, error = t("narrative.field.target"), wrong.get("target", "")
    target = Input("target", label, InputKind.CHOICE, "", choices, required=True, error=error)
    words = _text(t("narrative.field.text"), text, wrong.get("text", ""), "", required=True)
    return _form(t, which, (target, words), {**which.values, "version": "0"})


def tidy(text: str) -> str:
    """What was typed, with line breaks of one kind."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def problem(t: Texts, text: str) -> str:
    """What is wrong with a text, or ""."""
    if not text:
        return t("narrative.why.text")
    if len(text) > LONGEST:
        return t("narrative.why.too_long", most=t.number(LONGEST), now=t.number(len(text)))
    return ""


def _text(label: str, text: str, error: str, hint: str, *, required: bool) -> Input:
    kind = InputKind.LONG_TEXT
    return Input("text", label, kind, text, required=required, hint=hint, error=error)


def _form(t: Texts, which: Which, inputs: tuple[Input, ...], of: dict[str, str]) -> Form:
    title = t("narrative.form.title", report=told.called(t, which.kind, which.number))
    save, cancel = t("narrative.form.save"), t("narrative.form.cancel")
    return Form(SAVE, title, inputs, save, cancel, of)
