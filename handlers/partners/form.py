"""The forms of a partner and of an agreement."""

from collections.abc import Mapping
from datetime import date

from handlers.chat import values as given
from handlers.chat.cards import Form, Input, InputKind
from handlers.chat.context import Context
from storage.limits import FIRST_DAY
from storage.outputs import is_url
from storage.partnerships import Agreement, Partnership, Standing

LONGEST = 1000


def values_of(says: Partnership) -> dict[str, str]:
    """A partner as the values of the form's inputs."""
    return {
        "partner": says.partner,
        "standing": says.standing.value,
        "table": "yes" if says.table else "",
        "seat": "yes" if says.seat else "",
        "purpose": says.purpose,
        "contact": says.contact,
    }


def build(
    ctx: Context,
    values: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Form:
    """The form of a partner, filled with ``values``."""
    t, wrong = ctx.t, errors or {}

    def ask(name: str, kind: InputKind = InputKind.TEXT, *, required: bool = False) -> Input:
        choices = tuple((one.value, t(f"partner.standing.{one}")) for one in Standing)
        hint = t.texts.get(f"partner.hint.{name}", "")
        assert isinstance(hint, str)
        return Input(
            name,
            t(f"partner.field.{name}"),
            kind,
            values.get(name, ""),
            choices if kind is InputKind.CHOICE else (),
            required,
            hint,
            wrong.get(name, ""),
        )

    inputs = (
        ask("partner", required=True),
        ask("standing", InputKind.CHOICE, required=True),
        ask("table", InputKind.TICK),
        ask("seat", InputKind.TICK),
        ask("purpose"),
        ask("contact"),
    )
    save, cancel = t("partner.form.save"), t("partner.form.cancel")
    return Form("partner.save", t("partner.form.title"), inputs, save, cancel)


def read(ctx: Context, values: Mapping[str, str]) -> tuple[Partnership | None, dict[str, str]]:
    """What the inputs say: a partner, or the errors by input."""
    t, errors = ctx.t, dict[str, str]()
    said = {name: " ".join(values.get(name, "").split()) for name in values_of(Partnership(""))}
    if not said["partner"]:
        errors["partner"] = t("partner.why.partner")
    if said["standing"] not in {*Standing}:
        errors["standing"] = t("partner.why.standing")
    errors |= {
        name: t("partner.why.too_much_text") for name, text in said.items() if len(text) > LONGEST
    }
    if errors:
        return None, errors
    seat = said["seat"] == "yes"
    return Partnership(
        said["partner"],
        seat or said["table"] == "yes",
        Standing(said["standing"]),
        seat,
        said["purpose"],
        said["contact"],
    ), {}


def agreement_values(says: Agreement) -> dict[str, str]:
    """An agreement as the values of the form's inputs."""
    return {
        "partner": says.partner,
        "title": says.title,
        "signed": says.signed.isoformat() if says.signed else "",
        "ends": says.ends.isoformat() if says.ends else "",
        "url": says.url,
    }


def build_agreement(
    ctx: Context,
    values: Mapping[str, str],
    carried: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Form:
    """The form of an agreement; ``carried`` comes back with it untouched."""
    t, wrong = ctx.t, errors or {}

    def ask(name: str, kind: InputKind = InputKind.TEXT, *, required: bool = False) -> Input:
        hint = t.texts.get(f"partner.hint.{name}", "")
        assert isinstance(hint, str)
        label, value = t(f"partner.field.{name}"), values.get(name, "")
        return Input(name, label, kind, value, (), required, hint, wrong.get(name, ""))

    inputs = (
        ask("partner", required=True),
        ask("signed", InputKind.DATE),
        ask("title"),
        ask("ends", InputKind.DATE),
        ask("url"),
    )
    save, cancel = t("partner.form.save"), t("partner.form.cancel")
    return Form(
        "partner.save_agreement", t("partner.form.agreement"), inputs, save, cancel, carried
    )


def read_agreement(
    ctx: Context, values: Mapping[str, str]
) -> tuple[Agreement | None, dict[str, str]]:
    """What the inputs say: an agreement, or the errors by input."""
    t, errors = ctx.t, dict[str, str]()
    said = {
        name: " ".join(values.get(name, "").split()) for name in agreement_values(Agreement(""))
    }
    if not said["partner"]:
        errors["partner"] = t("partner.why.partner")
    for name in ("signed", "ends"):
        if said[name] and not given.is_day(said[name]):
            errors[name] = t("partner.why.day")
    if "signed" not in errors and said["signed"]:
        day = date.fromisoformat(said["signed"])
        if not FIRST_DAY <= day <= ctx.today:
            errors["signed"] = t("partner.why.future")
        elif said["ends"] and "ends" not in errors and said["ends"] < said["signed"]:
            errors["ends"] = t("partner.why.ends")
    if said["url"] and not is_url(said["url"]):
        errors["url"] = t("partner.why.url")
    errors |= {
        name: t("partner.why.too_much_text") for name, text in said.items() if len(text) > LONGEST
    }
    if errors:
        return None, errors
    signed, ends = (date.fromisoformat(said[n]) if said[n] else None for n in ("signed", "ends"))
    return Agreement(said["partner"], said["title"], signed, ends, said["url"]), {}
