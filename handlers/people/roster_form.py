"""The forms of the roster: someone to add or edit, and the day on which someone leaves."""

import re
from collections.abc import Mapping
from datetime import date

from handlers import describe
from handlers.chat import values as given
from handlers.chat.cards import Form, Input, InputKind
from handlers.chat.context import Context
from handlers.chat.texts import capital
from storage.identities import address
from storage.network import Language
from storage.rosters import LONGEST_TEXT, NEVER_NAMED, Member

_EMAIL = re.compile(r"[^@\s,;:<>()\"]+@[^@\s,;:<>()\"]+\.[^@\s,;:<>()\".]+")


def values_of(member: Member) -> dict[str, str]:
    """A member as the values of the form's inputs."""
    return {
        "name": member.name,
        "role": member.role,
        "board": member.board,
        "centre": member.centre,
        "email": member.email,
        "starts": member.starts.isoformat() if member.starts else "",
        "ends": member.ends.isoformat() if member.ends else "",
        "language": member.language or "",
    }


def build(
    ctx: Context,
    values: Mapping[str, str],
    carried: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Form:
    """The form, filled with ``values``; ``carried`` comes back with it untouched."""
    t, network, wrong = ctx.t, ctx.plans.network, errors or {}

    def ask(
        name: str,
        kind: InputKind = InputKind.TEXT,
        choices: tuple[tuple[str, str], ...] = (),
        hint: str = "",
        *,
        required: bool = False,
    ) -> Input:
        label, value = t(f"roster.field.{name}"), values.get(name, "")
        return Input(name, label, kind, value, choices, required, hint, wrong.get(name, ""))

    roles = tuple(
        (one.id, capital(describe.role(t, network, one.id)))
        for one in network.role
        if one.id not in NEVER_NAMED
    )
    boards = tuple((one.id, one.short[t.language]) for one in network.body)
    languages = tuple((one.value, t(f"roster.speaks.{one}")) for one in Language)
    editing = "id" in carried
    return Form(
        "roster.save",
        t("roster.form.edit" if editing else "roster.form.add"),
        (
            ask("name", hint=t("roster.hint.name"), required=True),
            ask("role", InputKind.CHOICE, roles, required=True),
            ask("board", InputKind.CHOICE, boards),
            ask("centre"),
            ask("email"),
            ask("starts", InputKind.DATE, hint=t("roster.hint.starts")),
            ask("ends", InputKind.DATE),
            ask("language", InputKind.CHOICE, languages),
        ),
        t("roster.form.save"),
        t("roster.form.cancel"),
        carried,
    )


def leaving(ctx: Context, name: str, day: str, carried: Mapping[str, str], error: str = "") -> Form:
    """The form that asks for someone's last day."""
    t = ctx.t
    label = t("roster.form.last_day", name=name)
    last = Input("ends", label, InputKind.DATE, day, required=True, error=error)
    title, save, cancel = t("roster.form.end"), t("roster.form.save"), t("roster.form.cancel")
    return Form("roster.ended", title, (last,), save, cancel, carried)


def read(ctx: Context, values: Mapping[str, str]) -> tuple[Member | None, dict[str, str]]:
    """What the inputs say: a member, or the errors by input."""
    t, network = ctx.t, ctx.plans.network
    said = {field: " ".join(values.get(field, "").split()) for field in values_of(Member(""))}
    known = {
        "role": {one.id for one in network.role} - NEVER_NAMED,
        "board": {"", *(one.id for one in network.body)},
        "language": {"", *Language},
    }
    errors = {
        field: t("roster.error.choice") for field, ids in known.items() if said[field] not in ids
    }
    for field in ("name", "centre", "email"):
        if len(said[field]) > LONGEST_TEXT:
            errors[field] = t("roster.error.impossible")
    if not said["name"]:
        errors["name"] = t("roster.error.name")
    if said["email"] and not _EMAIL.fullmatch(said["email"]):
        errors["email"] = t("roster.error.email")
    for field in ("starts", "ends"):
        if said[field] and not given.is_day(said[field]):
            errors[field] = t("roster.error.day")
    if not errors and said["starts"] and said["ends"] and said["ends"] < said["starts"]:
        errors["ends"] = t("roster.error.ends")
    if errors:
        return None, errors
    return Member(
        said["name"],
        address(said["email"]),
        said["role"],
        said["board"],
        said["centre"],
        date.fromisoformat(said["starts"]) if said["starts"] else None,
        date.fromisoformat(said["ends"]) if said["ends"] else None,
        Language(said["language"]) if said["language"] else None,
    ), {}
