"""The form of a survey or a journal that goes out, and that of who has handed it in."""

from collections.abc import Mapping
from datetime import date

from handlers.chat.cards import Form, Input, InputKind
from handlers.chat.context import Context
from handlers.chat.values import is_day
from handlers.surveys import words
from handlers.surveys.words import What
from storage.limits import FIRST_DAY, LONGEST_TEXT
from storage.surveys import Survey


def values_of(says: Survey) -> dict[str, str]:
    """A survey as the values of the form's inputs."""
    return {
        "target": says.target,
        "title": says.title,
        "opened": says.opened.isoformat(),
        "closes": says.closes.isoformat() if says.closes else "",
    }


def build(
    ctx: Context,
    what: What,
    values: Mapping[str, str],
    carried: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Form:
    """The form, filled with ``values``; ``carried`` comes back with it untouched."""
    t, errors = ctx.t, errors or {}
    among = words.of_kind(ctx, what)

    def ask(name: str, kind: InputKind = InputKind.TEXT, *, required: bool = False) -> Input:
        choices = tuple((id, one.name[t.language]) for id, one in among.items())
        return Input(
            name,
            t(f"survey.field.{name}"),
            kind,
            values.get(name, ""),
            choices if name == "target" else (),
            required,
            t(f"survey.hint.{name}") if name in ("title", "opened", "closes") else "",
            errors.get(name, ""),
        )

    editing = "id" in carried
    return Form(
        "survey.save",
        t("survey.form.edit" if editing else f"survey.form.{what}"),
        (
            ask("target", InputKind.CHOICE, required=True),
            ask("opened", InputKind.DATE, required=True),
            ask("closes", InputKind.DATE),
            ask("title"),
        ),
        t("survey.form.save" if editing else "survey.form.open"),
        t("survey.form.cancel"),
        {**carried, "what": what},
    )


def read(
    ctx: Context, what: What, values: Mapping[str, str]
) -> tuple[Survey | None, dict[str, str]]:
    """What the inputs say, the title "" where it is left open; or the errors by input."""
    t = ctx.t
    errors: dict[str, str] = {}
    target, title = values.get("target", ""), " ".join(values.get("title", "").split())
    if target not in words.of_kind(ctx, what):
        errors["target"] = t("survey.why.choice")
    if len(title) > LONGEST_TEXT or not title.isprintable():
        errors["title"] = t("survey.why.title")
    opened, closes = _day(values.get("opened", "")), _day(values.get("closes", ""))
    last = date.fromisoformat(words.last_day(ctx))
    if opened is None:
        errors["opened"] = t("survey.why.day")
    elif not FIRST_DAY <= opened <= max(last, ctx.today):
        errors["opened"] = t("survey.why.after_plan", day=t.day(last))
    if values.get("closes") and closes is None:
        errors["closes"] = t("survey.why.day")
    elif closes and opened and closes < opened:
        errors["closes"] = t("survey.why.closes")
    elif closes and closes > max(last, ctx.today):
        errors["closes"] = t("survey.why.after_plan", day=t.day(last))
    if errors or opened is None:
        return None, errors
    return Survey(target, title, opened, closes), {}


def people(
    ctx: Context,
    of: str,
    values: Mapping[str, str],
    carried: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    *,
    alone: bool = False,
) -> Form:
    """Who handed in the survey called ``of``, and when; with an "id" among the carried, anew.

    ``alone``: only when, as it is one's own.
    """
    t, errors = ctx.t, errors or {}
    editing = "id" in carried
    inputs = (
        Input(
            "people",
            t("survey.field.people"),
            InputKind.LONG_TEXT,
            values.get("people", ""),
            required=True,
            hint=t("survey.hint.people"),
            error=errors.get("people", ""),
        ),
        Input(
            "day",
            t("survey.field.day"),
            InputKind.DATE,
            values.get("day", ""),
            required=alone or not editing,
            hint=t("survey.hint.day") if editing and not alone else "",
            error=errors.get("day", ""),
        ),
    )
    return Form(
        "survey.names",
        of,
        inputs[1:] if alone else inputs,
        t("survey.form.save" if editing else "survey.form.record"),
        t("survey.form.cancel"),
        carried,
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if is_day(text) else None
