"""A report of attendance that is dropped: its session chosen, previewed, confirmed, taken back."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, tzinfo
from fractions import Fraction
from hashlib import sha256

from pydantic import TypeAdapter, ValidationError

from handlers import describe, session_choice
from handlers.attendance import finding, matching, preview, saving
from handlers.attendance.finding import Roster
from handlers.attendance.matching import Matched, Pending
from handlers.attendance.view import Seen
from handlers.chat import values
from handlers.chat.cards import (
    Action,
    Block,
    Card,
    Form,
    Input,
    InputKind,
    Item,
    Reply,
    Style,
    Text,
)
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.files import attendance as reports
from handlers.files import tables
from storage import presences, sessions
from storage.engine import Tx
from storage.plan_files import Plans
from storage.presences import Attendance
from storage.records import Record
from storage.sessions import Session

router = Router()

LONGEST_NAME = 200
MOST_PEOPLE = 1000
HALF = Fraction(1, 2)
FITS = 2  # of its day at least
NEWEST = 100  # sessions that are looked at beside those of the report's days
DIGEST = 9  # characters, so that those of a file for each day of a session can be kept

_PENDING = TypeAdapter(Pending)


def read(name: str, content: bytes, zone: tzinfo) -> Pending | None:
    """The report that a file holds, or None. Raises UserError for one that is too long."""
    try:
        found = reports.read(tables.read(content), zone)
    except tables.NotATable:
        return None
    if found is None:
        return None
    if len(found.attendees) > MOST_PEOPLE:
        raise UserError("attendance.too_long", most=MOST_PEOPLE)
    digest = sha256(content).hexdigest()[:DIGEST]
    return matching.pending(found, name[-LONGEST_NAME:], digest)


def fitting(tx: Tx, pending: Pending, today: date) -> list[Record[Session]]:
    """The sessions that a report may be of, the one that fits best first."""
    spans = [(day, day) for dates in pending.dates for day in (dates.starts.date(), *dates.days)]
    spans.append((today - session_choice.BEHIND, today))
    found = {
        one.id: one
        for first, last in dict.fromkeys(spans)
        for one in sessions.found(tx, "", first, last, limit=NEWEST)
        if not one.says.cancelled and one.says.first <= today
    }
    ranked = sorted(found.values(), key=lambda one: -matching.fit(pending, one.says))
    return ranked[: session_choice.FEW]


def matched(
    tx: Tx,
    plans: Plans,
    pending: Pending,
    session: Session,
    chosen: Mapping[int, int],
    *,
    organizers: bool,
) -> Matched:
    """The report beside a session; of one where nobody is named, without a look at the roster."""
    roster = Roster([]) if session.unnamed else finding.everyone(tx, session)
    share = _share_of(plans, session)
    return matching.match(pending, session, roster, chosen, organizers=organizers, share=share)


def taking(
    plans: Plans, pending: Pending, chosen: Mapping[int, int], *, organizers: bool
) -> saving.Change:
    """The change that takes a report in. It raises UserError where nobody stayed long enough."""

    def change(tx: Tx, seen: Seen) -> Attendance:
        session = seen.session.says
        found = matched(tx, plans, pending, session, chosen, organizers=organizers)
        if not any(found.heads):
            raise UserError("attendance.file.nobody")
        return matching.says(pending, found, session, seen.says)

    return change


@router.take_files
async def take(msg: Incoming, ctx: Context) -> Reply | None:
    """Propose the session that a dropped report is of; nothing is stored."""
    found = [read(one.name, one.content, ctx.now.tzinfo or UTC) for one in msg.files]
    if not any(found):
        return None
    saving.check(ctx)
    pending = found[0]
    if len(found) > 1 or pending is None:
        raise UserError("attendance.one_file")
    there = await ctx.store.read(_candidates, ctx, pending, msg.text)
    if not there:
        raise UserError("attendance.no_session", example=ctx.t("session.example"))
    return Reply(_which(ctx, pending, there, named=bool(msg.text.strip())))


@router.action("attendance.file")
async def show(msg: Incoming, ctx: Context) -> Reply:
    """What taking the report in for this session would do."""
    saving.check(ctx)
    return Reply(
        await ctx.store.read(_preview, ctx, _pending(msg.values), msg.values), replace=True
    )


@router.action("attendance.file_as")
async def choose(msg: Incoming, ctx: Context) -> Reply:
    """Somebody of the report is this member; shown again."""
    place, member = values.whole(msg.values, "place"), values.whole(msg.values, "member")
    chosen = json.dumps(_chosen(msg.values) | {place: member})
    return await show(replace(msg, values={**msg.values, "chosen": chosen}), ctx)


@router.action("attendance.file_other")
async def other(msg: Incoming, ctx: Context) -> Reply:
    """Look for the session of the report among all there are."""
    saving.check(ctx)
    t = ctx.t
    label = t("session.which")
    one = Input("session", label, InputKind.CHOICE, required=True, search=session_choice.SEARCH)
    carried = {"pending": values.text(msg.values, "pending")}
    next_, cancel = t("attendance.form.next"), t("session.form.cancel")
    return Reply(Form("attendance.file", label, (one,), next_, cancel, carried))


@router.action("attendance.confirm")
async def confirm(msg: Incoming, ctx: Context) -> Reply:
    """Take the report in as it was shown."""
    pending, chosen = _pending(msg.values), _chosen(msg.values)
    take_in = taking(ctx.plans, pending, chosen, organizers=_organizers(msg.values))
    session = values.whole(msg.values, "session")
    return await saving.save(ctx, session, take_in, "attendance.title.taken")


def _share_of(plans: Plans, session: Session) -> Fraction:
    """How much of a session somebody must have stayed, as the plan of that day says."""
    in_force = plans.in_force(session.last)
    return in_force[0].present_share if in_force else HALF


def _organizers(carried: Mapping[str, str]) -> bool:
    return carried.get("organizers") == "yes"


def _pending(carried: Mapping[str, str]) -> Pending:
    try:
        pending = _PENDING.validate_json(values.text(carried, "pending"))
    except ValidationError:
        raise UserError("errors.no_such_button") from None
    rows = [one.days for one in (*pending.people, *pending.dates)]
    whole = all(len(one) == pending.width for one in rows)
    if len(pending.people) > MOST_PEOPLE or not whole:
        raise UserError("errors.no_such_button")
    return pending


def _chosen(carried: Mapping[str, str]) -> dict[int, int]:
    """Who is said to be which member, by place in the report."""
    try:
        said = json.loads(carried.get("chosen", "{}"))
        return {int(place): int(member) for place, member in said.items()}
    except (ValueError, TypeError, AttributeError):
        raise UserError("errors.no_such_button") from None


def _candidates(tx: Tx, ctx: Context, pending: Pending, words: str) -> list[Record[Session]]:
    """The sessions that the words name, else those of the report's day, else some to choose from.

    The one that fits best comes first.
    """
    if words.strip():
        found = session_choice.found(tx, ctx, words)
        return sorted(found, key=lambda one: -matching.fit(pending, one.says))
    there = fitting(tx, pending, ctx.today)
    return [one for one in there if matching.fit(pending, one.says) >= FITS] or there


def _which(ctx: Context, pending: Pending, there: list[Record[Session]], *, named: bool) -> Card:
    """The report, and the sessions it may be of; those of parents and students get no names.

    ``named``: the sessions are those that somebody said.
    """
    t = ctx.t
    fits = matching.fit(pending, there[0].says) >= FITS
    only_heads = fits and there[0].says.unnamed
    bare = _dumped(matching.without_names(pending))
    whole = bare if only_heads else _dumped(pending)
    blocks: list[Block] = [Text(preview.about(t, pending))]
    if pending.dates and not fits and not named:
        blocks.append(Text(t("attendance.file.none_fits")))
    for place, one in enumerate(there):
        unnamed = one.says.unnamed
        if only_heads and not unnamed:
            continue
        text = describe.session(t, one.says)
        of = {"pending": bare if unnamed else whole, "session": str(one.id)}
        style = Style.PRIMARY if fits and not place else Style.PLAIN
        press = Action(t("session.choose"), "attendance.file", of, style, hint=text)
        target = describe.target(t, ctx.plans.all, one.says.target)
        blocks.append(Item(text, target, actions=(press,)))
    hint = "attendance.file.only_heads" if only_heads else "attendance.file.which_hint"
    others = Action(t("attendance.file.other"), "attendance.file_other", {"pending": whole})
    title = t("attendance.file.which", file=pending.file)
    return Card(title, (*blocks, Text(t(hint), muted=True)), (others,))


def _preview(tx: Tx, ctx: Context, pending: Pending, carried: Mapping[str, str]) -> Card:
    t = ctx.t
    session = session_choice.chosen(tx, values.whole(carried, "session"))
    organizers = _organizers(carried)
    found = matched(tx, ctx.plans, pending, session.says, _chosen(carried), organizers=organizers)
    before = presences.of_session(tx, session.id)
    shown = matching.without_names(pending) if session.says.unnamed else pending
    of = {
        "pending": _dumped(shown),
        "session": str(session.id),
        "chosen": carried.get("chosen", "{}"),
        "organizers": carried.get("organizers", ""),
    }
    about = preview.About(t, ctx.plans.network, session.says, before and before.says)
    blocks = preview.blocks(about, pending, found, of)
    actions: list[Action] = []
    if any(found.heads):
        take_in = t("attendance.file.confirm")
        actions.append(Action(take_in, "attendance.confirm", of, Style.PRIMARY))
    else:
        blocks.append(Text(t("attendance.file.nobody")))
    if found.skipped or organizers:
        label = t("attendance.file.leave_out" if organizers else "attendance.file.keep")
        turned = {**of, "organizers": "" if organizers else "yes"}
        actions.append(Action(label, "attendance.file", turned))
    title = t("attendance.file.preview", session=describe.session(t, session.says))
    return Card(title, (*blocks, Text(t("attendance.file.stored"), muted=True)), tuple(actions))


def _dumped(pending: Pending) -> str:
    return _PENDING.dump_json(pending).decode()
