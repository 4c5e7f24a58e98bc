"""A report of attendance that is dropped: its session chosen, previewed, confirmed, taken back."""

import json
from collections.abc import Mapping
from fractions import Fraction
from hashlib import sha256
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from handlers import describe, session_choice
from handlers.attendance import matching, preview, saving, view
from handlers.attendance.matching import Matched, Pending
from handlers.chat import values
from handlers.chat.cards import Action, Card, Form, Input, InputKind, Item, Reply, Style, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Dropped, Incoming
from handlers.chat.router import Router
from handlers.files import attendance as reports
from handlers.files import tables
from storage import presences, rosters
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.plan_files import Plans
from storage.presences import Attendance
from storage.records import Record
from storage.rosters import Member
from storage.sessions import Session

router = Router()

LONGEST_NAME = 200
MOST_PEOPLE = 1000
HALF = Fraction(1, 2)
FITS = 2.0  # the day at least

_PENDING = TypeAdapter(Pending)


def read(file: Dropped, zone: str) -> Pending | None:
    """The report that a file holds, or None. Raises UserError for one that is too long."""
    try:
        found = reports.read(tables.read(file.content), ZoneInfo(zone))
    except tables.NotATable:
        return None
    if found is None:
        return None
    if len(found.attendees) > MOST_PEOPLE:
        raise UserError("attendance.too_long", most=MOST_PEOPLE)
    return matching.pending(found, file.name[-LONGEST_NAME:], sha256(file.content).hexdigest())


@router.take_files
async def take(msg: Incoming, ctx: Context) -> Reply | None:
    """Propose the session that a dropped report is of; nothing is stored."""
    found = [read(one, ctx.person.timezone) for one in msg.files]
    if not any(found):
        return None
    _check(ctx)
    pending = found[0]
    if len(found) > 1 or pending is None:
        raise UserError("attendance.one_file")
    sessions = await ctx.store.read(_candidates, ctx, pending, msg.text)
    if not sessions:
        raise UserError("attendance.no_session", example=ctx.t("session.example"))
    return Reply(_which(ctx, pending, sessions))


@router.action("attendance.file")
async def show(msg: Incoming, ctx: Context) -> Reply:
    """What taking the report in for this session would do."""
    _check(ctx)
    pending = _pending(msg.values)
    session, matched = await ctx.store.read(_matched, ctx, pending, msg.values)
    return Reply(_preview(ctx, pending, session, matched, msg.values), replace=True)


@router.action("attendance.file_as")
async def choose(msg: Incoming, ctx: Context) -> Reply:
    """Somebody of the report is this member, or nobody of the roster; shown again."""
    place, member = values.text(msg.values, "place"), values.text(msg.values, "member")
    chosen = _chosen(msg.values) | {int(place): int(member)}
    return await show(_with(msg, chosen=json.dumps(chosen)), ctx)


@router.action("attendance.file_other")
async def other(msg: Incoming, ctx: Context) -> Reply:
    """Look for the session of the report among all there are."""
    _check(ctx)
    t = ctx.t
    label = t("session.which")
    one = Input("session", label, InputKind.CHOICE, required=True, search=session_choice.SEARCH)
    carried = {"pending": values.text(msg.values, "pending")}
    next_, cancel = t("attendance.form.next"), t("session.form.cancel")
    return Reply(Form("attendance.file", label, (one,), next_, cancel, carried))


@router.action("attendance.confirm")
async def confirm(msg: Incoming, ctx: Context) -> Reply:
    """Take the report in as it was shown."""
    _check(ctx)
    pending = _pending(msg.values)
    session, matched = await ctx.store.read(_matched, ctx, pending, msg.values)
    before = await ctx.store.read(presences.of_session, session.id)
    says = matching.says(
        pending, matched, session.says, before.says if before else Attendance(session.id)
    )
    if before is not None and before.says.file == says.file:
        title = ctx.t("attendance.title.same_file")
        seen = await ctx.store.read(view.read, session.id)
        return Reply(view.show(ctx, seen, title), replace=True)
    return await saving.save(ctx, says, "attendance.title.taken")


def share_of(plans: Plans, session: Session) -> Fraction:
    """How much of a session somebody must have stayed, as the plan of that day says."""
    in_force = plans.in_force(session.last)
    return in_force[0].present_share if in_force else HALF


def _check(ctx: Context) -> None:
    if not ctx.person.role.logs:
        raise NotAllowed


def _pending(carried: Mapping[str, str]) -> Pending:
    try:
        pending = _PENDING.validate_json(values.text(carried, "pending"))
    except ValidationError:
        raise UserError("errors.no_such_button") from None
    whole = all(len(one.days) == pending.days for one in pending.people)
    if len(pending.people) > MOST_PEOPLE or not whole or not 1 <= pending.days <= 31:
        raise UserError("errors.no_such_button")
    return pending


def _chosen(carried: Mapping[str, str]) -> dict[int, int]:
    """Who is said to be which member, by place in the report."""
    try:
        said = json.loads(carried.get("chosen", "{}"))
        return {int(place): int(member) for place, member in said.items()}
    except (ValueError, TypeError, AttributeError):
        raise UserError("errors.no_such_button") from None


def _with(msg: Incoming, **changed: str) -> Incoming:
    return Incoming(
        msg.sender, msg.place, msg.kind, msg.key, msg.name, msg.text, {**msg.values, **changed}
    )


def _candidates(tx: Tx, ctx: Context, pending: Pending, words: str) -> list[Record[Session]]:
    """The sessions that a report may be of, the one that fits best first."""
    found = session_choice.found(tx, ctx, words, limit=200)
    ranked = sorted(found, key=lambda one: -matching.fit(pending, one.says))
    return ranked[: session_choice.FEW]


def _which(ctx: Context, pending: Pending, there: list[Record[Session]]) -> Card:
    """The report, and the sessions it may be of; those of parents and students get no names."""
    t = ctx.t
    fits = matching.fit(pending, there[0].says) >= FITS
    counted_only = there[0].says.unnamed and fits
    bare = _PENDING.dump_json(matching.without_names(pending)).decode()
    whole = bare if counted_only else _PENDING.dump_json(pending).decode()
    items: list[Item | Text] = []
    for place, one in enumerate(there):
        text = describe.session(t, one.says)
        of = {"pending": bare if one.says.unnamed else whole, "session": str(one.id)}
        if counted_only and not one.says.unnamed:
            continue
        style = Style.PRIMARY if fits and not place else Style.PLAIN
        press = Action(t("session.choose"), "attendance.file", of, style, hint=text)
        target = describe.target(t, ctx.plans.all, one.says.target)
        items.append(Item(text, target, actions=(press,)))
    found = preview.about(ctx, pending)
    hint = "attendance.file.only_heads" if counted_only else "attendance.file.which_hint"
    others = Action(t("attendance.file.other"), "attendance.file_other", {"pending": whole})
    title = t("attendance.file.which", file=pending.file)
    return Card(title, (Text(found), *items, Text(t(hint), muted=True)), (others,))


def _matched(
    tx: Tx, ctx: Context, pending: Pending, carried: Mapping[str, str]
) -> tuple[Record[Session], Matched]:
    session = session_choice.chosen(tx, values.whole(carried, "session"))
    roster: list[Record[Member]] = [] if session.says.unnamed else rosters.everyone(tx)
    matched = matching.match(
        pending,
        session.says,
        roster,
        _chosen(carried),
        organizers=carried.get("organizers") == "yes",
        share=share_of(ctx.plans, session.says),
    )
    return session, matched


def _preview(
    ctx: Context,
    pending: Pending,
    session: Record[Session],
    matched: Matched,
    carried: Mapping[str, str],
) -> Card:
    t = ctx.t
    shown = matching.without_names(pending) if session.says.unnamed else pending
    of = {
        "pending": _PENDING.dump_json(shown).decode(),
        "session": str(session.id),
        "chosen": carried.get("chosen", "{}"),
        "organizers": carried.get("organizers", ""),
    }
    blocks = preview.blocks(ctx, shown, session.says, matched, of)
    anyone = any(matched.heads)
    actions = [
        Action(t("attendance.file.confirm"), "attendance.confirm", of, Style.PRIMARY)
    ] * anyone
    if matched.skipped or of["organizers"]:
        kept = of["organizers"] == "yes"
        label = t("attendance.file.leave_out" if kept else "attendance.file.keep")
        actions.append(
            Action(label, "attendance.file", {**of, "organizers": "" if kept else "yes"})
        )
    title = t("attendance.file.preview", session=describe.session(t, session.says))
    return Card(title, (*blocks, Text(t("attendance.file.stored"), muted=True)), tuple(actions))
