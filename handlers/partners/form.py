"""The forms of a partner and of an agreement."""

from collections.abc import Mapping
from datetime import date

from handlers.chat import values as given
from handlers.chat.cards import Form, Input, InputKind
from handlers.chat.context import Context
from storage.limits import FIRST_DAY
from storage.outputs import is_url
from storage.partnerships import LONGEST_NAME, Agreement, Partnership, Standing

LONGEST = 1000
ANOTHER = "another"  # the tick that a partner is not the one whose name comes near


def values_of(says: Partnership) -> dict[str, str]:
    """A partner as the values of the form's inputs."""
    return {
        "partner": says.partner,
        "standing": says.standing.value,
        "table": "yes" if says.table else "",
        "seat": "yes" if says.seat else "",
        "purpose": says.purpose,
        "contact": says.contact,
        "since": says.since.isoformat() if says.since else "",
        "until": says.until.isoformat() if says.until else "",
    }


def build(
    ctx: Context,
    values: Mapping[str, str],
    carried: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Form:
    """The form of a partner, filled with ``values``; ``carried`` comes back with it untouched."""
    t, wrong = ctx.t, errors or {}
    inputs = (
        *_who(ctx, values, wrong),
        _ask(ctx, "standing", InputKind.CHOICE, values, wrong, required=True),
        _ask(ctx, "table", InputKind.TICK, values, wrong),
        _ask(ctx, "seat", InputKind.TICK, values, wrong),
        _ask(ctx, "since", InputKind.DATE, values, wrong),
        _ask(ctx, "until", InputKind.DATE, values, wrong),
        _ask(ctx, "purpose", InputKind.TEXT, values, wrong),
        _ask(ctx, "contact", InputKind.TEXT, values, wrong),
    )
    save, cancel = t("partner.form.save"), t("partner.form.cancel")
    return Form("partner.save", t("partner.form.title"), inputs, save, cancel, carried)


def _who(ctx: Context, values: Mapping[str, str], wrong: Mapping[str, str]) -> list[Input]:
    """Which partner, and whether it is another one than those whose names come near."""
    name = _ask(ctx, "partner", InputKind.TEXT, values, wrong, required=True)
    return [name, _ask(ctx, ANOTHER, InputKind.TICK, values, wrong)]


def _ask(
    ctx: Context,
    name: str,
    kind: InputKind,
    values: Mapping[str, str],
    wrong: Mapping[str, str],
    *,
    required: bool = False,
) -> Input:
    t = ctx.t
    standings = tuple((one.value, t(f"partner.standing.{one}")) for one in Standing)
    hint = t.texts.get(f"partner.hint.{name}", "")
    assert isinstance(hint, str)
    return Input(
        name,
        t(f"partner.field.{name}"),
        kind,
        values.get(name, ""),
        standings if kind is InputKind.CHOICE else (),
        required,
        hint,
        wrong.get(name, ""),
    )


def read(ctx: Context, values: Mapping[str, str]) -> tuple[Partnership | None, dict[str, str]]:
    """What the inputs say: a partner, or the errors by input."""
    t, errors = ctx.t, dict[str, str]()
    said = {name: " ".join(values.get(name, "").split()) for name in values_of(Partnership(""))}
    if not said["partner"]:
        errors["partner"] = t("partner.why.partner")
    if said["standing"] not in {*Standing}:
        errors["standing"] = t("partner.why.standing")
    errors |= _days(ctx, said, "since", "until")
    errors |= _too_long(ctx, said)
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
        _day(said["since"]),
        _day(said["until"]),
    ), {}


def _too_long(ctx: Context, said: Mapping[str, str]) -> dict[str, str]:
    t, most = ctx.t, {name: LONGEST_NAME if name == "partner" else LONGEST for name in said}
    return {
        name: t("partner.why.too_much_text", most=t.number(most[name]))
        for name, text in said.items()
        if len(text) > most[name]
    }


def _days(ctx: Context, said: Mapping[str, str], first: str, last: str) -> dict[str, str]:
    """The errors of two days: neither no date, nor the last before the first."""
    t, days = ctx.t, [said[name] for name in (first, last)]
    unread = [name for name in (first, last) if said[name] and not given.is_day(said[name])]
    if not unread and all(days) and days[1] < days[0]:
        return {last: t(f"partner.why.{last}")}
    return {name: t("partner.why.day") for name in unread}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


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
    inputs = (
        *_who(ctx, values, wrong),
        _ask(ctx, "signed", InputKind.DATE, values, wrong),
        _ask(ctx, "title", InputKind.TEXT, values, wrong),
        _ask(ctx, "ends", InputKind.DATE, values, wrong),
        _ask(ctx, "url", InputKind.TEXT, values, wrong),
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
    errors |= _days(ctx, said, "signed", "ends")
    if "signed" not in errors and said["signed"]:
        day = date.fromisoformat(said["signed"])
        if not FIRST_DAY <= day <= ctx.today:
            errors["signed"] = t("partner.why.future")
    if said["url"] and not is_url(said["url"]):
        errors["url"] = t("partner.why.url")
    errors |= _too_long(ctx, said)
    if errors:
        return None, errors
    days = _day(said["signed"]), _day(said["ends"])
    return Agreement(said["partner"], said["title"], *days, said["url"]), {}
