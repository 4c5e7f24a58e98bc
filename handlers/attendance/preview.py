"""What taking in a report of attendance would do, as blocks of a card."""

from collections.abc import Mapping
from datetime import datetime

from handlers import describe
from handlers.attendance.matching import Matched, Pending, Person
from handlers.chat.cards import Action, Block, Facts, Heading, Item, Table, Text
from handlers.chat.context import Context
from storage.sessions import Session

MOST_SHOWN = 40  # rows of each; how many more there are is said


def about(ctx: Context, pending: Pending) -> str:
    """ "PLC meeting 1 · Wednesday 16 October 2024, 13:00 or …"."""
    t = ctx.t
    moments = [t.moment(datetime.fromisoformat(one)) for one in pending.starts]
    when = t("attendance.file.or").join(moments)
    return " · ".join(one for one in (pending.title, when) if one)


def blocks(
    ctx: Context,
    pending: Pending,
    session: Session,
    matched: Matched,
    carried: Mapping[str, str],
) -> list[Block]:
    """Who would be recorded, who is not known, who was too short; of heads only their number."""
    t, network = ctx.t, ctx.plans.network
    held = t.number(len(matched.skipped)) if matched.skipped else ""
    rows = [
        (t("attendance.file.file"), pending.file),
        (t("attendance.file.about"), about(ctx, pending)),
        (t("attendance.file.there"), " + ".join(t.number(one) for one in matched.heads)),
        (t("attendance.file.short"), t.number(len(matched.short)) if matched.short else ""),
        (t("attendance.file.organizers"), held),
    ]
    shown: list[Block] = [Facts(tuple((label, said) for label, said in rows if said))]
    if session.unnamed:
        return [*shown, Text(t("attendance.unnamed"))]
    if matched.there:
        there = [
            (member.says.name, describe.board(t, network, member.says.board), _minutes(ctx, one))
            for one, member in matched.there[:MOST_SHOWN]
        ]
        header = (t("attendance.name"), t("attendance.board"), t("attendance.file.stayed"))
        caption = t("attendance.file.matched", count=len(matched.there))
        shown.append(Table(caption, header, tuple(there)))
    if matched.unmatched:
        shown.append(Heading(t("attendance.file.unmatched", count=len(matched.unmatched))))
    for person, near in matched.unmatched[:MOST_SHOWN]:
        place = str(pending.people.index(_of(pending, person)))
        actions = tuple(
            Action(
                member.says.name,
                "attendance.file_as",
                {**carried, "place": place, "member": str(member.id)},
                hint=person.name,
            )
            for member in near
        )
        detail = t("attendance.file.near" if near else "attendance.file.kept")
        shown.append(Item(f"{person.name} · {_minutes(ctx, person)}", detail, actions=actions))
    if matched.short:
        names = [f"{one.name} ({_minutes(ctx, one)})" for one in matched.short[:MOST_SHOWN]]
        shown.append(Text(t("attendance.file.too_short", names=t.all_of(names)), muted=True))
    if matched.skipped:
        names = [one.name for one in matched.skipped[:MOST_SHOWN]]
        shown.append(Text(t("attendance.file.held_by", names=t.all_of(names)), muted=True))
    return shown


def _minutes(ctx: Context, person: Person) -> str:
    return " + ".join(ctx.t.duration(minutes) for minutes in person.days if minutes) or "0"


def _of(pending: Pending, person: Person) -> Person:
    """Somebody as the report has them: what they stayed too short for is taken off meanwhile."""
    return next(
        one
        for one in pending.people
        if (one.name, one.email, one.organizer) == (person.name, person.email, person.organizer)
    )
