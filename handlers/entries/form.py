"""The form beside the one line: the same fields, for logging and for changing an entry."""

from collections.abc import Mapping
from datetime import date

from handlers import describe
from handlers.chat.cards import Form, Input, InputKind
from handlers.chat.context import Context
from handlers.lines.grammar import Question, Why, read_day, read_minutes
from storage.entries import Accompanied, Draft
from storage.plan import EntryKind

LONGEST_TEXT = 1000
MOST_PEOPLE = 999
MOST_GROUPS = 20


def values_of(ctx: Context, draft: Draft | None) -> dict[str, str]:
    """A draft as the values of the form's inputs; an empty form's without one."""
    if draft is None:
        return {"kind": EntryKind.ACCOMPANIMENT, "day": ctx.today.isoformat(), "number_1": "1"}
    values = {
        "kind": draft.kind.value,
        "duration": ctx.t.duration(draft.minutes) if draft.minutes else "",
        "day": draft.day.isoformat(),
        "boards": ",".join(draft.boards),
        "partner": draft.partner,
        "table": "yes" if draft.table else "",
        "objective": draft.objective,
        "requested": "yes" if draft.requested else "",
    }
    for position, one in enumerate(draft.people or (Accompanied(),), 1):
        values[f"role_{position}"] = one.role
        values[f"name_{position}"] = one.name
        values[f"number_{position}"] = str(one.number)
    return values


def build(
    ctx: Context,
    values: Mapping[str, str],
    carried: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Form:
    """The form, filled with ``values``; ``carried`` comes back with it untouched."""
    t, network = ctx.t, ctx.plans.network
    errors = errors or {}

    def ask(
        name: str,
        kind: InputKind = InputKind.TEXT,
        choices: tuple[tuple[str, str], ...] = (),
        *,
        required: bool = False,
    ) -> Input:
        field, _, position = name.partition("_")
        label = t(f"log.field.{field}")
        if position not in ("", "1"):
            label = f"{label} ({position})"
        hint = t.texts.get(f"log.hint.{field}", "")
        return Input(
            name,
            label,
            kind,
            values.get(name, ""),
            choices,
            required,
            hint if isinstance(hint, str) else "",
            errors.get(name, ""),
        )

    kinds = tuple((kind.value, describe.kind(t, kind)) for kind in EntryKind)
    roles = tuple((one.id, one.name[t.language]) for one in network.role)
    boards = tuple((one.id, one.short[t.language]) for one in network.body)
    inputs = [
        ask("duration", required=True),
        ask("day", InputKind.DATE, required=True),
        ask("kind", InputKind.CHOICE, kinds, required=True),
    ]
    for position in range(1, max(1, _groups(values)) + 1):
        inputs += [
            ask(f"role_{position}", InputKind.CHOICE, roles),
            ask(f"name_{position}"),
            ask(f"number_{position}", InputKind.NUMBER),
        ]
    inputs += [
        ask("boards", InputKind.CHOICES, boards),
        ask("partner"),
        ask("table", InputKind.TICK),
        ask("objective", InputKind.LONG_TEXT),
        ask("requested", InputKind.TICK),
    ]
    editing = "id" in carried
    return Form(
        "log.save",
        t("log.form.edit" if editing else "log.form.title"),
        tuple(inputs),
        t("log.form.save" if editing else "log.form.submit"),
        t("log.form.cancel"),
        carried,
    )


def read(
    ctx: Context, values: Mapping[str, str], half_day_minutes: int
) -> tuple[Draft | None, dict[str, str]]:
    """What the inputs say: a draft, or the errors by input."""
    t, network = ctx.t, ctx.plans.network
    errors: dict[str, str] = {}
    minutes = read_minutes(values.get("duration", ""), half_day_minutes=half_day_minutes)
    if isinstance(minutes, Question):
        errors["duration"] = t(f"log.why.{minutes.why}")
    day = read_day(values.get("day", ""), today=ctx.today)
    if isinstance(day, Question):
        errors["day"] = t("log.why.missing_day" if day.why is Why.MISSING else f"log.why.{day.why}")
    people: list[Accompanied] = []
    for position in range(1, _groups(values) + 1):
        number = _number(values.get(f"number_{position}", "1") or "1")
        if number is None:
            errors[f"number_{position}"] = t("log.why.number")
        one = Accompanied(
            values.get(f"role_{position}", ""),
            " ".join(values.get(f"name_{position}", "").split()),
            number or 1,
        )
        if one.role not in {"", *(known.id for known in network.role)}:
            errors[f"role_{position}"] = t("log.why.choice")
        if one.role or one.name or one.number > 1:
            people.append(one)
    boards = tuple(sorted({id for id in values.get("boards", "").split(",") if id}))
    if not set(boards) <= {known.id for known in network.body}:
        errors["boards"] = t("log.why.choice")
    for name in ("objective", "partner", *(f"name_{n}" for n in range(1, _groups(values) + 1))):
        if len(values.get(name, "")) > LONGEST_TEXT:
            errors[name] = t("log.why.too_much_text")
    if values.get("kind") not in set(EntryKind):
        errors["kind"] = t("log.why.choice")
    elif values["kind"] == EntryKind.ACCOMPANIMENT and values.get("partner", "").strip():
        errors["partner"] = t("log.why.partner_of_accompaniment")
    if errors or not isinstance(minutes, int) or not isinstance(day, date):
        return None, errors
    return _draft(values, day, minutes, people, boards), {}


def _draft(
    values: Mapping[str, str],
    day: date,
    minutes: int,
    people: list[Accompanied],
    boards: tuple[str, ...],
) -> Draft:
    partner = " ".join(values.get("partner", "").split())
    return Draft(
        EntryKind(values["kind"]),
        day,
        minutes,
        tuple(people),
        boards,
        partner=partner,
        table=partner != "" and values.get("table") == "yes",
        objective=" ".join(values.get("objective", "").split()),
        requested=values.get("requested") == "yes",
        said=values.get("said", ""),
    )


def _groups(values: Mapping[str, str]) -> int:
    """How many rows of people the values hold."""
    return min(MOST_GROUPS, sum(name.startswith("role_") for name in values))


def _number(text: str) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    return number if 1 <= number <= MOST_PEOPLE else None
