"""The form of a membership: who, of which sector, and what pays for replacing them."""

from collections.abc import Mapping
from datetime import date

from handlers.chat.cards import Form, Input, InputKind
from handlers.chat.context import Context
from handlers.chat.values import is_count, is_day
from storage import participants
from storage.communities import Community, Membership
from storage.community import LONGEST_NAME
from storage.plan import Sector

SEARCH = "community.member"
TEXTS = ("name", "email", "institution", "role")


def values_of(says: Membership) -> dict[str, str]:
    """A membership as the values of the form's inputs."""
    return {
        "member": str(says.member),
        "institution": says.institution,
        "role": says.role,
        "sector": says.sector.value,
        "measure": says.measure,
        "starts": says.starts.isoformat(),
        "ends": says.ends.isoformat() if says.ends else "",
    }


def measures(ctx: Context, plan: str) -> dict[str, Sector]:
    """Every measure there is, with the sector that has it."""
    return {
        measure: sector
        for sector in Sector
        for measure in participants.measures(ctx.plans.all, sector, plan)
    }


def build(
    ctx: Context,
    community: Community,
    values: Mapping[str, str],
    carried: Mapping[str, str],
    who: str = "",
    errors: Mapping[str, str] | None = None,
) -> Form:
    """The form; ``who`` is the name of the member that is set. Editing, they stay who they are."""
    t, wrong, editing = ctx.t, errors or {}, "id" in carried

    def ask(
        name: str,
        kind: InputKind = InputKind.TEXT,
        choices: tuple[tuple[str, str], ...] = (),
        *,
        required: bool = False,
        search: str = "",
    ) -> Input:
        hint = t.texts.get(f"community.hint.{name}", "")
        assert isinstance(hint, str)
        label, value = t(f"community.field.{name}"), values.get(name, "")
        error = wrong.get(name, "")
        return Input(name, label, kind, value, choices, required, hint, error, search)

    member = values.get("member", "")
    known = ((member, who),) if member and who else ()
    sectors = tuple((one.value, t(f"community.pays.{one}")) for one in Sector)
    codes = tuple(
        (code, f"{code} · {t(f'community.pays.{sector}')}")
        for code, sector in measures(ctx, community.plan).items()
    )
    new = (
        ask("member", InputKind.CHOICE, known, search=SEARCH),
        ask("name"),
        ask("email"),
    )
    rest = (
        ask("institution"),
        ask("role"),
        ask("sector", InputKind.CHOICE, sectors, required=True),
        ask("measure", InputKind.CHOICE, codes),
        ask("starts", InputKind.DATE, required=True),
    )
    return Form(
        "community.join",
        who if editing else t("community.form.join", name=community.name(t.language)),
        (*rest, ask("ends", InputKind.DATE)) if editing else (*new, *rest),
        t("community.form.save"),
        t("community.form.cancel"),
        carried,
    )


def read(
    ctx: Context, plan: str, community: int, values: Mapping[str, str]
) -> tuple[Membership | None, dict[str, str]]:
    """What the inputs say, the member 0 where a new person is named; or the errors by input."""
    t = ctx.t
    errors: dict[str, str] = {}
    texts = {name: " ".join(values.get(name, "").split()) for name in TEXTS}
    for name, text in texts.items():
        if len(text) > LONGEST_NAME:
            errors[name] = t("community.why.long", most=t.number(LONGEST_NAME))
    member = values.get("member", "")
    if member and not is_count(member):
        errors["member"] = t("community.why.choice")
    if not member and not texts["name"]:
        errors["name"] = t("community.why.whom")
    if texts["email"] and "@" not in texts["email"]:
        errors["email"] = t("community.why.email")
    sector, measure = values.get("sector", ""), values.get("measure", "")
    if sector not in {*Sector}:
        errors["sector"] = t("community.why.choice")
    elif measure and measures(ctx, plan).get(measure) != sector:
        codes = participants.measures(ctx.plans.all, Sector(sector), plan)
        errors["measure"] = t("community.why.measure", measures=t.all_of([*codes]))
    starts, ends = values.get("starts", ""), values.get("ends", "")
    if not is_day(starts):
        errors["starts"] = t("community.why.day")
    if ends and not is_day(ends):
        errors["ends"] = t("community.why.day")
    elif ends and is_day(starts) and ends < starts:
        errors["ends"] = t("community.why.ends")
    if errors:
        return None, errors
    return Membership(
        community,
        int(member or 0),
        date.fromisoformat(starts),
        date.fromisoformat(ends) if ends else None,
        Sector(sector),
        measure,
        texts["role"],
        texts["institution"],
    ), {}


def of_day(ctx: Context, title: str, day: str, carried: Mapping[str, str], error: str = "") -> Form:
    """The form that asks for the last day of a membership."""
    t = ctx.t
    label = t("community.field.ends")
    last = Input("ends", label, InputKind.DATE, day, required=True, error=error)
    return Form(
        "community.ended",
        title,
        (last,),
        t("community.form.save"),
        t("community.form.cancel"),
        carried,
    )


def to_another(
    ctx: Context,
    title: str,
    choices: Mapping[str, str],
    values: Mapping[str, str],
    carried: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Form:
    """The form that asks which community somebody moves to, and from which day."""
    t, wrong = ctx.t, errors or {}
    to = Input(
        "to",
        t("community.field.to"),
        InputKind.CHOICE,
        values.get("to", ""),
        tuple(choices.items()),
        required=True,
        error=wrong.get("to", ""),
    )
    day = Input(
        "starts",
        t("community.field.starts"),
        InputKind.DATE,
        values.get("starts", ""),
        required=True,
        error=wrong.get("starts", ""),
    )
    save, cancel = t("community.form.save"), t("community.form.cancel")
    return Form("community.moved", title, (to, day), save, cancel, carried)
