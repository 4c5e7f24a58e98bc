"""The form of a community, for making one and for changing it."""

from collections.abc import Mapping
from dataclasses import replace

from handlers import describe
from handlers.chat.cards import Form, Input, InputKind
from handlers.chat.context import Context
from handlers.chat.texts import capital
from handlers.chat.values import is_count
from handlers.communities import words
from storage.community import LONGEST_NAME, MOST, Community, school_year
from storage.network import Language
from storage.plan import CommunityKind
from storage.rosters import NEVER_NAMED

PEOPLE = "people.find"  # the search for people on the chat, which managers have
EMPTY = Community("", "", CommunityKind.PRACTICE)
YEARS_BACK, YEARS_AHEAD = 5, 6
RUNS = 3  # school years that the programme has a community run for


def values_of(says: Community) -> dict[str, str]:
    """A community as the values of the form's inputs."""
    first, last = says.years or ("", "")
    return {
        "name_en": says.name_en,
        "name_fr": says.name_fr,
        "kind": says.kind.value,
        "sector": says.sector,
        "smallest": str(says.smallest or ""),
        "largest": str(says.largest or ""),
        "facilitator": str(says.facilitator or ""),
        "plan": says.plan,
        "first_year": str(first),
        "last_year": str(last),
        "target": says.target,
        "roles": ",".join(says.roles),
        "reminders": ",".join(str(minutes) for minutes in says.reminders),
        "remind_channel": "yes" if says.remind_channel else "",
        "language": says.language or "",
    }


def new(ctx: Context, said: Mapping[str, str]) -> dict[str, str]:
    """The values of a new one: what was said, and for the rest what its plan has."""
    planned = words.sectors(ctx).get(said.get("sector", ""))
    this = school_year(ctx.today)
    first = int(said.get("first_year") or this)
    filled = values_of(replace(EMPTY, years=(first, max(first, this) + RUNS - 1)))
    if planned:
        sizes = {"smallest": planned.smallest, "largest": planned.largest}
        filled |= {name: str(size or "") for name, size in sizes.items()}
    plan = words.plan_with_communities(ctx)
    if plan and school_year(plan.ends) >= first:
        filled["plan"] = plan.id
    return {**filled, **said}


def build(
    ctx: Context,
    values: Mapping[str, str],
    carried: Mapping[str, str],
    facilitator: str = "",
    errors: Mapping[str, str] | None = None,
) -> Form:
    """The form, filled with ``values``; ``carried`` comes back with it untouched.

    ``facilitator`` is the name of who has that number.
    """
    t, wrong = ctx.t, errors or {}
    who = values.get("facilitator", "")

    def ask(
        name: str,
        kind: InputKind = InputKind.TEXT,
        choices: Mapping[str, str] | None = None,
        *,
        required: bool = False,
    ) -> Input:
        hint = t.texts.get(f"community.hint.{name}", "")
        assert isinstance(hint, str)
        search = PEOPLE if name == "facilitator" else ""
        rows = tuple((one, said) for one, said in (choices or {}).items() if one)
        error = wrong.get(name, "")
        label, value = t(f"community.field.{name}"), values.get(name, "")
        return Input(name, label, kind, value, rows, required, hint, error, search)

    choice, several = InputKind.CHOICE, InputKind.CHOICES
    known = _choices(ctx)
    editing = "id" in carried
    return Form(
        "community.save",
        t("community.form.edit" if editing else "community.form.new"),
        (
            ask("name_en", required=True),
            ask("name_fr", required=True),
            ask("kind", choice, known["kind"], required=True),
            ask("sector", choice, known["sector"]),
            ask("smallest", InputKind.NUMBER),
            ask("largest", InputKind.NUMBER),
            ask("facilitator", choice, {who: facilitator} if who and facilitator else {}),
            ask("first_year", choice, known["first_year"]),
            ask("last_year", choice, known["last_year"]),
            ask("plan", choice, known["plan"]),
            ask("target", choice, known["target"], required=True),
            ask("roles", several, known["roles"]),
            ask("reminders", several, known["reminders"]),
            ask("remind_channel", InputKind.TICK),
            ask("language", choice, known["language"]),
        ),
        t("community.form.save"),
        t("community.form.cancel"),
        carried,
    )


def read(
    ctx: Context, values: Mapping[str, str], before: Community = EMPTY
) -> tuple[Community | None, dict[str, str]]:
    """What the inputs say, for the rest as it was ``before``; or the errors by input.

    Who facilitates is a number that nobody may have.
    """
    t = ctx.t
    said = {name: " ".join(values.get(name, "").split()) for name in values_of(EMPTY)}
    known = _choices(ctx)
    errors = {
        name: t("community.why.choice")
        for name, choices in known.items()
        if any(one not in choices for one in _parts(name, said[name]))
    }
    for name in ("name_en", "name_fr"):
        if not said[name]:
            errors[name] = t("community.why.name")
        elif len(said[name]) > LONGEST_NAME:
            errors[name] = t("community.why.long", most=t.number(LONGEST_NAME))
    for name in ("smallest", "largest"):
        if said[name] and not (is_count(said[name]) and int(said[name]) <= MOST):
            errors[name] = t("community.why.size", most=t.number(MOST))
    if said["facilitator"] and not is_count(said["facilitator"]):
        errors["facilitator"] = t("community.why.choice")
    first, last = said["first_year"], said["last_year"]
    if bool(first) != bool(last) or (first and last and last < first):
        errors.setdefault("last_year", t("community.why.years"))
    if errors:
        return None, errors
    smallest, largest = (
        int(said[name]) if said[name] else None for name in ("smallest", "largest")
    )
    if smallest and largest and largest < smallest:
        return None, {"largest": t("community.why.larger")}
    return replace(
        before,
        name_en=said["name_en"],
        name_fr=said["name_fr"],
        kind=CommunityKind(said["kind"]),
        sector=said["sector"],
        smallest=smallest,
        largest=largest,
        facilitator=int(said["facilitator"] or 0),
        plan=said["plan"],
        years=(int(first), int(last)) if first else None,
        target=said["target"],
        roles=_parts("roles", said["roles"]),
        reminders=tuple(sorted(map(int, _parts("reminders", said["reminders"])), reverse=True)),
        remind_channel=said["remind_channel"] == "yes",
        language=Language(said["language"]) if said["language"] else None,
    ), {}


def _parts(name: str, said: str) -> tuple[str, ...]:
    """The choices that were made: of an input with several, none for ""."""
    several = name in ("roles", "reminders")
    return tuple(filter(None, said.split(","))) if several else (said,)


def _choices(ctx: Context) -> dict[str, dict[str, str]]:
    """What can be chosen at each input, by value; "" where it may be left open."""
    t, network, this = ctx.t, ctx.plans.network, school_year(ctx.today)
    first = min(this - YEARS_BACK, *(plan.starts.year for plan in ctx.plans.all))
    years = {str(year): words.school_year(year) for year in range(first, this + YEARS_AHEAD)}
    return {
        "kind": {one.value: t(f"community.kind.{one}") for one in CommunityKind},
        "sector": {"": "", **{id: one.name[t.language] for id, one in words.sectors(ctx).items()}},
        "plan": {"": "", **{plan.id: plan.title[t.language] for plan in ctx.plans.all}},
        "first_year": {"": "", **years},
        "last_year": {"": "", **years},
        "target": words.targets(ctx),
        "roles": {
            one.id: capital(describe.role(t, network, one.id, 2))
            for one in network.role
            if one.id not in NEVER_NAMED
        },
        "reminders": {str(minutes): words.before(t, minutes) for minutes in words.MINUTES},
        "language": {"": "", **{one.value: t(f"community.speaks.{one}") for one in Language}},
    }
