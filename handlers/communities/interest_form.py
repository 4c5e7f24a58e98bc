"""The form of an interest: the institution, its project, its people, and communities in order."""

import re
from collections.abc import Mapping

from handlers.chat.cards import Form, Input, InputKind
from handlers.chat.context import Context
from handlers.communities import words
from handlers.files import spellings
from storage import communities
from storage.communities import Community
from storage.engine import Tx
from storage.identities import address
from storage.interests import LONGEST_WORDS, MOST_PEOPLE, Interest, Participant
from storage.limits import LONGEST_TEXT
from storage.network import Language
from storage.plan import Sector
from storage.records import Record
from storage.rosters import NEVER_NAMED

PREFERENCES = ("first", "second", "third")
_BREAK = re.compile(r"[,;\t]")


def among(tx: Tx, ctx: Context) -> list[Record[Community]]:
    """The communities that one can be interested in: not those that one is in by one's role."""
    return [one for one in communities.running(tx, ctx.today) if not one.says.roles]


def values_of(says: Interest) -> dict[str, str]:
    """An interest as the values of the form's inputs."""
    wanted = (str(id) for id in says.communities)
    return {
        "institution": says.institution,
        "sector": says.sector.value,
        "level": says.level,
        "people": "\n".join(line(one) for one in says.people),
        "project": says.project,
        "language": says.language or "",
        **dict(zip(PREFERENCES, wanted, strict=False)),
    }


def line(one: Participant) -> str:
    """Someone as the form has them: "Ana Roy, teacher, ana@lac.example"."""
    return ", ".join(filter(None, (one.name, one.role, one.email)))


def build(
    ctx: Context,
    there: list[Record[Community]],
    values: Mapping[str, str],
    carried: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Form:
    """The form, filled with ``values``; ``carried`` comes back with it untouched."""
    t, wrong = ctx.t, errors or {}
    choices = {
        "sector": tuple((one.value, t(f"community.pays.{one}")) for one in Sector),
        "language": tuple((one.value, t(f"community.speaks.{one}")) for one in Language),
    }
    choices |= dict.fromkeys(
        PREFERENCES, tuple((str(one.id), words.title(ctx, one.says)) for one in there)
    )

    def ask(name: str, kind: InputKind = InputKind.TEXT, *, required: bool = False) -> Input:
        hint = t.texts.get(f"interest.hint.{name}", "")
        assert isinstance(hint, str)
        return Input(
            name,
            t(f"interest.field.{name}"),
            kind,
            values.get(name, ""),
            choices.get(name, ()),
            required,
            hint,
            wrong.get(name, ""),
        )

    editing = "id" in carried
    return Form(
        "interest.send",
        t("interest.form.change" if editing else "interest.form.new"),
        (
            ask("institution", required=True),
            ask("sector", InputKind.CHOICE, required=True),
            ask("level"),
            ask("people", InputKind.LONG_TEXT, required=True),
            ask("project", InputKind.LONG_TEXT, required=True),
            ask("language", InputKind.CHOICE),
            ask("first", InputKind.CHOICE, required=True),
            ask("second", InputKind.CHOICE),
            ask("third", InputKind.CHOICE),
        ),
        t("interest.form.save" if editing else "interest.form.send"),
        t("community.form.cancel"),
        carried,
    )


def read(
    ctx: Context, there: list[Record[Community]], call: int, values: Mapping[str, str]
) -> tuple[Interest | None, dict[str, str]]:
    """What the inputs say: an interest, or the errors by input."""
    t = ctx.t
    errors: dict[str, str] = {}
    institution, level = (
        " ".join(values.get(name, "").split()) for name in ("institution", "level")
    )
    project = values.get("project", "").strip()
    for name, text, most in (
        ("institution", institution, LONGEST_WORDS),
        ("level", level, LONGEST_WORDS),
        ("project", project, LONGEST_TEXT),
    ):
        if not text and name != "level":
            errors[name] = t("interest.why.needed")
        elif len(text) > most:
            errors[name] = t("community.why.long", most=t.number(most))
    people = [_person(one) for one in values.get("people", "").splitlines() if one.strip()]
    if why := _why_not(ctx, people):
        errors["people"] = why
    sector, language = values.get("sector", ""), values.get("language", "")
    if sector not in {*Sector}:
        errors["sector"] = t("community.why.choice")
    if language not in {"", *Language}:
        errors["language"] = t("community.why.choice")
    known, wanted = {str(one.id) for one in there}, list[int]()
    for name in PREFERENCES:
        choice = values.get(name, "")
        if choice and choice not in known:
            errors[name] = t("community.why.choice")
        elif choice and int(choice) not in wanted:
            wanted.append(int(choice))
    if not wanted:
        errors.setdefault("first", t("community.why.choice"))
    if errors:
        return None, errors
    return Interest(
        call,
        institution,
        Sector(sector),
        level,
        tuple(people),
        project,
        tuple(wanted),
        Language(language) if language else None,
    ), {}


def _person(text: str) -> Participant:
    """One line: the name first, and what has an @ in it is the e-mail."""
    parts = [" ".join(part.split()) for part in _BREAK.split(text)]
    email = next((part.strip("<>() ") for part in parts if "@" in part), "")
    name, *rest = [part for part in parts if part and "@" not in part] or [""]
    return Participant(name, ", ".join(rest), address(email))


def _why_not(ctx: Context, people: list[Participant]) -> str:
    """Why these cannot be the people of an interest, or ""."""
    t = ctx.t
    if not 1 <= len(people) <= MOST_PEOPLE:
        return t("interest.why.people", most=t.number(MOST_PEOPLE))
    roles = spellings.roles(ctx.plans.network)
    for one in people:
        if not one.name:
            return t("interest.why.name")
        if any(spellings.find(part, roles) in NEVER_NAMED for part in one.role.split(", ")):
            return t("interest.why.never_named")
        if max(len(one.name), len(one.role), len(one.email)) > LONGEST_WORDS:
            return t("community.why.long", most=t.number(LONGEST_WORDS))
    emails = [one.email for one in people if one.email]
    return t("interest.why.same_email") if len(set(emails)) < len(emails) else ""
