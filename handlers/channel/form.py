"""The form of what a channel is told: whose week, which strands, language, day and time."""

from collections.abc import Mapping, Sequence

from handlers.channel import view
from handlers.channel.view import Seen
from handlers.chat.cards import Form, Input, InputKind
from handlers.chat.context import Context
from handlers.chat.texts import capital
from handlers.lines.clock import read_time
from storage.channels import Channel
from storage.communities import Community
from storage.plan import Language
from storage.records import Record

Communities = Sequence[Record[Community]]


def values_of(ctx: Context, seen: Seen, says: Channel) -> dict[str, str]:
    """What the inputs hold of a channel."""
    language = seen.address.language or ctx.t.language
    return {
        "on": "yes" if seen.on or seen.record is None else "",
        "of": f"community/{says.community}" if says.community else f"plan/{says.programme}",
        "strands": ",".join(f"{says.programme}/{one}" for one in says.strands),
        "language": language.value,
        "weekday": str(says.weekday),
        "at": says.at,
    }


def build(
    ctx: Context,
    seen: Seen,
    there: Communities,
    values: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
) -> Form:
    """The form, filled with ``values``."""
    t, wrong, known = ctx.t, errors or {}, _choices(ctx, there)

    def ask(name: str, kind: InputKind, hint: str = "", *, required: bool = False) -> Input:
        label, rows = t(f"channel.field.{name}"), tuple(known.get(name, {}).items())
        value, error = values.get(name, ""), wrong.get(name, "")
        return Input(name, label, kind, value, rows, required, hint, error)

    choice = InputKind.CHOICE
    inputs = (
        ask("on", InputKind.TICK),
        ask("of", choice, required=True),
        ask("strands", InputKind.CHOICES, t("channel.hint.strands")),
        ask("language", choice, required=True),
        ask("weekday", choice, required=True),
        ask("at", InputKind.TEXT, t("channel.hint.at"), required=True),
    )
    save, cancel = t("channel.save"), t("channel.cancel")
    return Form("channel.save", view.title(t, seen), inputs, save, cancel, seen.where)


def read(
    ctx: Context, seen: Seen, there: Communities, values: Mapping[str, str]
) -> tuple[Channel, Language] | dict[str, str]:
    """What the inputs say; or the errors by input."""
    t, known = ctx.t, _choices(ctx, there)
    said = {name: values.get(name, "").strip() for name in ("on", "at", *known)}
    of, _, id = said["of"].partition("/")
    strands = tuple(filter(None, said["strands"].split(",")))
    errors = {
        name: t("channel.why.choice")
        for name in ("of", "language", "weekday")
        if said[name] not in known[name]
    }
    if not all(one in known["strands"] and one.startswith(f"{id}/") for one in strands):
        errors["strands"] = t("channel.why.strands")
    at = read_time(said["at"])
    if at is None:
        errors["at"] = t("channel.why.at")
    if errors or at is None:
        return errors
    channel = Channel(
        seen.address.platform,
        seen.address.id,
        programme=id if of == "plan" else "",
        strands=tuple(one.partition("/")[2] for one in strands),
        community=int(id) if of == "community" else 0,
        weekday=int(said["weekday"]),
        at=at,
        on=said["on"] == "yes",
    )
    return channel, Language(said["language"])


def _choices(ctx: Context, there: Communities) -> dict[str, dict[str, str]]:
    """What can be chosen at each input, by value."""
    t, language = ctx.t, ctx.t.language
    newest = {one.programme: one for one in ctx.plans.all}
    plans = {f"plan/{id}": one.title[language] for id, one in newest.items()}
    groups = {f"community/{one.id}": one.says.name(language) for one in there}
    return {
        "of": plans | groups,
        "strands": {
            f"{plan.programme}/{one.id}": f"{one.id} · {one.title[language]}"
            for plan in newest.values()
            for one in plan.strand
        },
        "language": {one.value: capital(t(f"channel.language.{one}")) for one in Language},
        "weekday": {str(number): capital(t.weekday(number)) for number in range(7)},
    }
