"""Who came to a target's sessions and what they thought of them, in words."""

from handlers import describe
from handlers.chat.context import Context
from handlers.chat.texts import Texts
from handlers.progress import words
from handlers.replies import shows_rate
from storage.figures import Other, Reading
from storage.indicators import Gathered
from storage.target_sessions import Held

Fact = tuple[str, str]


def facts(ctx: Context, one: Gathered) -> tuple[Fact, ...]:
    """Participants, different people, bodies and rates: what the plan reports of sessions."""
    t = ctx.t
    rows = [(t("indicators.participants"), t.number(one.sum.participants))]
    if one.people:
        rows.append((t("indicators.people"), t.number(one.people)))
        rows.append((t("indicators.roles"), roles(ctx, one.roles)))
    if one.newcomers is not None:
        rows.append((t("indicators.newcomers"), t.number(one.newcomers)))
    rows.append((t("indicators.boards"), boards(t, len(one.boards), one.no_board)))
    answered, asked, positive = one.sum.answered, one.sum.asked, one.sum.positive
    if asked:
        response = Reading(Other.RESPONSE, answered, asked)
        rows.append((t("indicators.response"), words.share(t, response)))
    if answered:
        pleased = words.share(t, Reading(Other.OF_PARTICIPANTS, positive, answered))
        shown = pleased if shows_rate(ctx, answered) else t("progress.few")
        rows.append((t("indicators.positive"), shown))
    return tuple(rows)


def boards(t: Texts, number: int, none: int) -> str:
    """So many bodies, and how many people come beside them from none."""
    if not none:
        return t.number(number)
    return t("indicators.no_board", count=none, boards=t.number(number))


def roles(ctx: Context, numbers: dict[str, int]) -> str:
    """ "12 CDAs, 3 principals"; those of no role are "no role given"."""
    t, network = ctx.t, ctx.plans.network
    return ", ".join(
        t("indicators.of_role", number=t.number(number), role=describe.role(t, network, id, number))
        if id
        else t("indicators.no_role", count=number)
        for id, number in numbers.items()
    )


def known(ctx: Context, held: Held) -> str:
    """What is known of one session: how many came, and what they thought of it."""
    t = ctx.t
    if held.participants is None:
        came = t("progress.no_attendance")
    else:
        came = t("progress.participants", count=held.participants)
    if not held.asked:
        return f"{came} · {t('progress.no_feedback')}"
    numbers = {"answered": t.number(held.answered), "asked": t.number(held.asked)}
    replies = t("progress.replies", count=held.answered, **numbers)
    if held.answered:
        pleased = words.share(t, Reading(Other.OF_PARTICIPANTS, held.positive, held.answered))
        few = t("progress.few")
        shown = t("progress.pleased", share=pleased) if shows_rate(ctx, held.answered) else few
        replies = f"{replies} · {shown}"
    return f"{came} · {replies}"
