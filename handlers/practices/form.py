"""The form: a practice's fields, for sharing one and for changing it."""

from collections.abc import Mapping, Sequence

from handlers.chat.cards import Form, Input, InputKind
from handlers.chat.context import Context
from storage import communities, practices
from storage.community import Community
from storage.engine import Tx
from storage.limits import LONGEST_TEXT
from storage.outputs import LONGEST_URL, is_url
from storage.plan import Language
from storage.practice import LINES, LONGEST_LINE, MOST_LINKS, TEXTS, Level, Practice, Sees, Theme
from storage.records import Record

NAMES = (
    *("title", "level", "theme", "context", "did", "effects", "links"),
    *("community", "sees", "author", "institution", "language"),
)
REQUIRED = ("title", "level", "theme", "did", "sees", "language")


def offered(tx: Tx, ctx: Context, before: Practice | None = None) -> list[Record[Community]]:
    """The communities that the form offers: theirs, and the one it belonged to ``before``."""
    theirs = practices.communities_of(tx, ctx.person, ctx.at)
    if before and before.community and before.community not in {one.id for one in theirs}:
        theirs.append(communities.get(tx, before.community))
    return theirs


def values_of(says: Practice) -> dict[str, str]:
    """A practice as the values of the form's inputs."""
    return {
        **{name: getattr(says, name) for name in (*LINES, *TEXTS)},
        "level": says.level or "",
        "theme": says.theme or "",
        "links": "\n".join(says.links),
        "community": str(says.community or ""),
        "sees": says.sees.value,
        "language": says.language.value,
    }


def build(
    ctx: Context,
    values: Mapping[str, str],
    carried: Mapping[str, str],
    there: Sequence[Record[Community]],
    errors: Mapping[str, str] | None = None,
) -> Form:
    """The form, filled with ``values``; ``carried`` comes back with it untouched.

    Where no community is ``there``, it asks for none.
    """
    t = ctx.t
    sees = [one for one in Sees if there or one is not Sees.MEMBERS]
    choices = {
        "level": tuple((one.value, t(f"practice.level.{one}")) for one in Level),
        "theme": tuple((one.value, t(f"practice.theme.{one}")) for one in Theme),
        "community": tuple((str(one.id), one.says.name(t.language)) for one in there),
        "sees": tuple((one.value, t(f"practice.sees.{one}")) for one in sees),
        "language": tuple((one.value, t(f"practice.language.{one}")) for one in Language),
    }
    inputs: list[Input] = []
    for name in NAMES:
        if name == "community" and not there:
            continue
        kind = InputKind.CHOICE if name in choices else InputKind.TEXT
        if name in TEXTS or name == "links":
            kind = InputKind.LONG_TEXT
        hint = t.texts.get(f"practice.hint.{name}", "")
        assert isinstance(hint, str)
        one = Input(
            name,
            t(f"practice.field.{name}"),
            kind,
            values.get(name, ""),
            choices.get(name, ()),
            name in REQUIRED,
            hint,
            (errors or {}).get(name, ""),
        )
        inputs.append(one)
    editing = "id" in carried
    return Form(
        "practice.save",
        t("practice.form.edit" if editing else "practice.form.title"),
        tuple(inputs),
        t("practice.form.save" if editing else "practice.form.submit"),
        t("practice.form.cancel"),
        carried,
    )


def read(
    ctx: Context, values: Mapping[str, str], there: Sequence[Record[Community]]
) -> tuple[Practice | None, dict[str, str]]:
    """What the inputs say: a practice, or the errors by input. No level is none said yet."""
    t = ctx.t
    errors: dict[str, str] = {}
    lines = {name: " ".join(values.get(name, "").split()) for name in LINES}
    texts = {name: values.get(name, "").strip() for name in TEXTS}
    said = {**lines, **texts}
    for name, text in said.items():
        longest = LONGEST_LINE if name in lines else LONGEST_TEXT
        if len(text) > longest:
            errors[name] = t("practice.why.too_much_text", most=t.number(longest))
    for name in ("title", "did"):
        if not said[name]:
            errors[name] = t(f"practice.why.{name}")
    level, theme = values.get("level", ""), values.get("theme", "")
    sees, language = values.get("sees", ""), values.get("language", "")
    community = values.get("community", "")
    for name, value, known in (
        ("level", level, ["", *Level]),
        ("theme", theme, ["", *Theme]),
        ("community", community, ["", *(str(one.id) for one in there)]),
        ("sees", sees, [*Sees]),
        ("language", language, [*Language]),
    ):
        if value not in known:
            errors[name] = t("practice.why.choice")
    if sees == Sees.MEMBERS and not community:
        errors["sees"] = t("practice.why.sees")
    links = tuple(dict.fromkeys(values.get("links", "").split()))
    if len(links) > MOST_LINKS or not all(is_url(one) and len(one) <= LONGEST_URL for one in links):
        errors["links"] = t("practice.why.links", most=MOST_LINKS)
    if errors:
        return None, errors
    says = Practice(
        lines["title"],
        texts["did"],
        Level(level) if level else None,
        Theme(theme) if theme else None,
        texts["context"],
        texts["effects"],
        links,
        Sees(sees),
        lines["author"],
        lines["institution"],
        Language(language),
        int(community or 0),
    )
    return says, {}
