"""The form: an output's fields, for recording one and for changing it."""

from collections.abc import Mapping
from datetime import date

from handlers.chat.cards import Form, Input, InputKind
from handlers.chat.context import Context
from handlers.chat.values import is_day
from handlers.outputs import words
from storage.limits import FIRST_DAY
from storage.outputs import LONGEST_URL, LONGEST_WORDS, Output, is_url

TEXTS = ("title", "theme", "objective", "note")


def values_of(says: Output) -> dict[str, str]:
    """An output as the values of the form's inputs."""
    return {
        "target": says.target,
        "title": says.title,
        "theme": says.theme,
        "objective": says.objective,
        "revamped": "yes" if says.revamped else "",
        "published": says.published.isoformat() if says.published else "",
        "url": says.url,
        "note": says.note,
    }


def build(
    ctx: Context,
    values: Mapping[str, str],
    carried: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Form:
    """The form, filled with ``values``; ``carried`` comes back with it untouched."""
    t = ctx.t
    errors = errors or {}

    def ask(name: str, kind: InputKind = InputKind.TEXT, *, required: bool = False) -> Input:
        choices = tuple(words.names(ctx).items()) if name == "target" else ()
        hint = t.texts.get(f"output.hint.{name}", "")
        assert isinstance(hint, str)
        return Input(
            name,
            t(f"output.field.{name}"),
            kind,
            values.get(name, ""),
            choices,
            required,
            hint,
            errors.get(name, ""),
        )

    editing = "id" in carried
    return Form(
        "output.save",
        t("output.form.edit" if editing else "output.form.title"),
        (
            ask("target", InputKind.CHOICE, required=True),
            ask("title", required=True),
            ask("theme"),
            ask("objective"),
            ask("revamped", InputKind.TICK),
            ask("published", InputKind.DATE),
            ask("url"),
            ask("note", InputKind.LONG_TEXT),
        ),
        t("output.form.save" if editing else "output.form.submit"),
        t("output.form.cancel"),
        carried,
    )


def read(ctx: Context, values: Mapping[str, str]) -> tuple[Output | None, dict[str, str]]:
    """What the inputs say: an output, or the errors by input."""
    t = ctx.t
    errors: dict[str, str] = {}
    target, url = values.get("target", ""), values.get("url", "").strip()
    if target not in words.names(ctx):
        errors["target"] = t("output.why.choice")
    texts = {name: " ".join(values.get(name, "").split()) for name in TEXTS}
    if not texts["title"]:
        errors["title"] = t("output.why.title")
    most = t.number(LONGEST_WORDS)
    errors |= {
        name: t("output.why.too_much_text", most=most)
        for name, text in texts.items()
        if len(text) > LONGEST_WORDS
    }
    if url and (not is_url(url) or len(url) > LONGEST_URL):
        errors["url"] = t("output.why.url")
    day = values.get("published", "")
    if day and not is_day(day):
        errors["published"] = t("output.why.day")
    elif day and not FIRST_DAY <= date.fromisoformat(day) <= ctx.today:
        errors["published"] = t("output.why.future")
    if errors:
        return None, errors
    published = date.fromisoformat(day) if day else None
    revamped = values.get("revamped") == "yes"
    return Output(target, revamped=revamped, published=published, url=url, **texts), {}
