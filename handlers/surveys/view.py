"""A survey or a journal as a card: whom it went to, how many handed it in, and what can be done."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from handlers.chat.cards import Action, Block, Card, Facts, Item, Reply, Style, Text, Tone
from handlers.chat.context import Context
from handlers.surveys import standing, words
from handlers.surveys.standing import Mine, Standing
from storage import deliveries
from storage.engine import Tx
from storage.records import Record
from storage.surveys import Completion, Survey

REMINDER = "survey.reminder"  # what the post of a reminder says


@dataclass(frozen=True, slots=True)
class Seen:
    """A survey as it stands, and who of those it went to the person who asks is."""

    standing: Standing
    mine: Mine | None
    reminded: tuple[tuple[date, int], ...] = ()  # on which days how many


def about(survey: int) -> str:
    """The subject of what is said about a survey."""
    return f"survey/{survey}"


def read(tx: Tx, ctx: Context, id: int) -> Seen:
    """Read a survey for who asks. Raises NotFound."""
    return _seen(tx, ctx, standing.get(tx, ctx, id))


def read_record(tx: Tx, ctx: Context, survey: Record[Survey]) -> Seen:
    """Read what is told of a survey beside the survey itself. Raises NotFound."""
    return _seen(tx, ctx, standing.of(tx, ctx, survey))


def reply(ctx: Context, seen: Seen, key: str = "") -> Reply:
    """The card in the place of the one that was pressed; ``key`` is what was done."""
    if seen.standing.survey.voided is not None:
        return Reply(_taken_back(ctx, seen.standing), replace=True)
    return Reply(show(ctx, seen, key), replace=True)


def show(ctx: Context, seen: Seen, key: str = "") -> Card:
    """How a survey stands, with a button for everything the person may do."""
    t, one = ctx.t, seen.standing
    title = words.title(ctx, one.survey.says)
    blocks: list[Block] = [Text(title)] if key else []
    blocks.append(Facts(tuple(_facts(ctx, seen))))
    if words.plan_of(ctx, one.survey.says) is None:
        blocks.append(Text(t("survey.no_plan"), muted=True))
    if seen.mine and seen.mine.day:
        blocks.append(Text(t("survey.yours", day=t.full_date(seen.mine.day))))
    tone = Tone.GOOD if key else Tone.NEUTRAL
    return Card(
        t(key) if key else title, tuple(blocks), tuple(_actions(ctx, seen, just=bool(key))), tone
    )


def count(ctx: Context, one: Standing) -> str:
    """ "31 of 41 completed", « 31 sur 41 remis »."""
    what = words.what_is(one.target)
    done = ctx.t.number(one.handed_in)
    return ctx.t(f"survey.count.{what}", done=done, count=ctx.t.number(len(one.asked)))


def so_far(ctx: Context, one: Standing) -> tuple[str, str]:
    """A fact: "Completed", "31 of 41 (75.6%)"."""
    t, asked = ctx.t, len(one.asked)
    label = t(f"survey.field.{words.what_is(one.target)}")
    if not asked:
        return label, t("survey.nobody_asked")
    percent = t.percent(Fraction(one.handed_in, asked))
    numbers = {"done": t.number(one.handed_in), "count": t.number(asked)}
    return label, t("survey.share", **numbers, percent=percent)


def when(ctx: Context, one: Standing) -> str:
    """When it goes out, or went out and is to be in."""
    t, says = ctx.t, one.survey.says
    if not one.is_out:
        return t("survey.planned", day=t.day(says.opened))
    if not one.is_open and says.closes:
        return t("survey.closed", day=t.day(says.closes))
    out = t("survey.out", day=t.day(says.opened))
    return f"{out} · {t('survey.closes', day=t.day(says.closes))}" if says.closes else out


def values_of(one: Record[Survey] | Record[Completion]) -> dict[str, str]:
    """What a button says of the survey, or of the completion, that it is about."""
    return {"id": str(one.id), "version": str(one.version)}


def _seen(tx: Tx, ctx: Context, one: Standing) -> Seen:
    said = deliveries.said_about(tx, about(one.survey.id), REMINDER)
    tz = ctx.now.tzinfo
    days = (datetime.fromtimestamp(each.ended or 0, tz).date() for each in said)
    mine = next(iter(standing.mine(tx, ctx, [one])), None)
    return Seen(one, mine, tuple(Counter(days).items()))


def _facts(ctx: Context, seen: Seen) -> list[tuple[str, str]]:
    t, one = ctx.t, seen.standing
    says = one.survey.says
    name = one.target.name[t.language]
    facts = [(t("survey.field.target"), name)] if name != words.title(ctx, says) else []
    facts.append((t("survey.field.opened"), t.full_date(says.opened)))
    if says.closes:
        facts.append((t("survey.field.closes"), t.full_date(says.closes)))
    if one.is_out:
        if one.asked:
            facts.append((t("survey.field.asked"), words.roster(ctx, one.target, len(one.asked))))
        facts.append(so_far(ctx, one))
    if seen.reminded and ctx.person.role.manages:
        each = [
            t("survey.remind.count", count=number, day=t.short_date(day))
            for day, number in seen.reminded
        ]
        facts.append((t("survey.field.reminded"), t.all_of(each)))
    return facts


def _actions(ctx: Context, seen: Seen, *, just: bool) -> list[Action]:
    """The buttons; where something was done ``just`` now, one that takes that back."""
    t, one = ctx.t, seen.standing
    hint = words.title(ctx, one.survey.says)
    survey, role = {"survey": str(one.survey.id)}, ctx.person.role
    actions: list[Action] = []
    if seen.mine and not seen.mine.day:
        actions.append(Action(t("survey.i_did"), "survey.mine", survey, Style.PRIMARY, hint))
    if role.logs and one.is_out:
        actions.append(Action(t("survey.record"), "survey.people", survey, hint=hint))
        acts = survey | {"offset": "0"}
        actions.append(Action(t("survey.acts"), "survey.acts", acts, hint=hint))
    if role.manages:
        plan = words.plan_of(ctx, one.survey.says)
        if one.is_out and plan:
            of = survey | {"plan": plan.id, "target": one.target.id, "offset": "0"}
            actions.append(Action(t("survey.missing"), "missing.page", of, hint=hint))
        of, back = values_of(one.survey), "undo" if just else "void"
        actions.append(Action(t("survey.edit"), "survey.edit", of, hint=hint))
        actions.append(Action(t(f"survey.{back}"), f"survey.{back}", of, hint=hint))
    return actions


def _taken_back(ctx: Context, one: Standing) -> Card:
    """What is shown in its place once a survey no longer counts."""
    t, of, says = ctx.t, values_of(one.survey), one.survey.says
    item = Item(words.title(ctx, says), t.full_date(says.opened), struck=True)
    restore = Action(t("survey.restore"), "survey.undo", of, Style.PRIMARY)
    return Card(t("survey.title.voided"), (item, Text(t("survey.kept"), muted=True)), (restore,))
