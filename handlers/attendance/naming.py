"""Names of who came: typed in a line, picked from the roster, and who an unknown name is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from handlers import describe
from handlers.attendance import saving, view
from handlers.chat import values
from handlers.chat.cards import Action, Card, Form, Input, InputKind, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.files.names import nearest
from storage import rosters
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.presences import Attendance, Present, Source, Unmatched
from storage.records import Record
from storage.rosters import Member
from storage.sessions import Session

router = Router()

SEARCH = "attendance.member"
BETWEEN = re.compile(r"[,;\n]|\s(?:and|et)\s")
MOST_CHOICES = 100  # of an input, in any door
NEAREST = 4
MOST_NAMES = 300
MOST_DAYS = 5  # that can be ticked in one form


@dataclass(frozen=True, slots=True)
class Sorted:
    """Names that a line says: members of the roster by those names, and names of nobody there."""

    named: tuple[tuple[Record[Member], ...], ...]
    others: tuple[str, ...]


def sorted_out(tx: Tx, text: str) -> Sorted:
    """Which of the words between commas are names of the roster."""
    named: list[tuple[Record[Member], ...]] = []
    others: list[str] = []
    for part in list(dict.fromkeys(" ".join(one.split()) for one in BETWEEN.split(text)))[
        :MOST_NAMES
    ]:
        if found := rosters.named(tx, part):
            named.append(tuple(found))
        elif part:
            others.append(part)
    return Sorted(tuple(named), tuple(others))


async def take(ctx: Context, session: int, text: str) -> Reply:
    """Add those whom a line names to who was there, on every day of the session."""
    seen = await ctx.store.read(view.read, session)
    about = await ctx.store.read(sorted_out, text)
    says = _with(seen.session.says, seen.says, about)
    return await saving.save(ctx, replace(says, source=Source.PICKED))


@router.action("attendance.pick")
async def pick(msg: Incoming, ctx: Context) -> Reply:
    """Open the form to tick who was there; where many could be, the body is asked for first."""
    _check(ctx)
    session, board = values.whole(msg.values, "session"), msg.values.get("board", "")
    seen, roster = await ctx.store.read(_offered, session, board)
    if seen.session.says.unnamed:
        raise UserError("attendance.only_heads", example=ctx.t("attendance.example"))
    if len(roster) > MOST_CHOICES and not board:
        return Reply(_which_board(ctx, session))
    return Reply(_form(ctx, seen, roster[:MOST_CHOICES], board))


@router.action("attendance.picked")
async def picked(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent: of those it offered, the ticked ones were there."""
    _check(ctx)
    session, board = values.whole(msg.values, "session"), msg.values.get("board", "")
    seen, roster = await ctx.store.read(_offered, session, board)
    offered = {one.id for one in roster[:MOST_CHOICES]}
    days = min(len(seen.session.says.days), MOST_DAYS)
    ticked = _ticked(msg.values, days, offered)
    kept = [one for one in seen.says.present if one.member not in offered or one.day >= MOST_DAYS]
    about = await ctx.store.read(sorted_out, msg.values.get("others", ""))
    says = replace(seen.says, present=(*kept, *ticked), source=Source.PICKED, file="")
    return await saving.save(ctx, _with(seen.session.says, says, about))


@router.action("attendance.who")
async def who(msg: Incoming, ctx: Context) -> Reply:
    """Offer the members whose names come near one that is on no roster."""
    _check(ctx)
    name = values.text(msg.values, "name")
    near = await ctx.store.read(_near, name)
    t, carried = ctx.t, _about(msg.values)
    actions = [
        Action(one.says.name, "attendance.match", {**carried, "member": str(one.id)})
        for one in near
    ]
    actions.append(Action(t("attendance.someone_else"), "attendance.search", carried))
    if ctx.person.role.manages:
        actions.append(Action(t("attendance.add_to_roster"), "roster.add", {"name": name}))
    says = t("attendance.near" if near else "attendance.nobody_near")
    return Reply(Card(t("attendance.who_is", name=name), (Text(says),), tuple(actions)))


@router.action("attendance.search")
async def search_form(msg: Incoming, ctx: Context) -> Reply:
    """Look for the member in the whole roster."""
    _check(ctx)
    t, carried = ctx.t, _about(msg.values)
    one = Input(
        "member", t("attendance.form.member"), InputKind.CHOICE, required=True, search=SEARCH
    )
    title = t("attendance.who_is", name=carried["name"])
    save, cancel = t("attendance.form.save"), t("session.form.cancel")
    return Reply(Form("attendance.match", title, (one,), save, cancel, carried))


@router.search(SEARCH)
async def search(text: str, ctx: Context) -> Sequence[tuple[str, str]]:
    """The members of whom the text is a part."""
    _check(ctx)
    found = await ctx.store.read(rosters.search, text, MOST_CHOICES)
    return [_choice(ctx, one) for one in found]


@router.action("attendance.match")
async def match(msg: Incoming, ctx: Context) -> Reply:
    """An unknown name is this member: on every day on which it stands."""
    _check(ctx)
    session, name = values.whole(msg.values, "session"), values.text(msg.values, "name")
    member = values.whole(msg.values, "member")
    await ctx.store.read(rosters.get, member)
    seen = await ctx.store.read(view.read, session)
    matched = [one for one in seen.says.unmatched if one.name == name]
    there = tuple(Present(one.day, member) for one in matched)
    says = replace(
        seen.says,
        present=tuple(dict.fromkeys((*seen.says.present, *there))),
        unmatched=tuple(one for one in seen.says.unmatched if one not in matched),
    )
    return await saving.save(ctx, says, "attendance.title.matched")


def _check(ctx: Context) -> None:
    if not ctx.person.role.logs:
        raise NotAllowed


def _about(carried: Mapping[str, str]) -> dict[str, str]:
    return {name: values.text(carried, name) for name in ("session", "name")}


def stay(stays: Sequence[Record[Member]], session: Session) -> Record[Member]:
    """Of one person's stays the one during which the session was, else the last."""
    day = session.first
    return next(
        (
            one
            for one in stays
            if (one.says.starts is None or one.says.starts <= day)
            and (one.says.ends is None or one.says.ends >= day)
        ),
        stays[0],
    )


def _with(session: Session, says: Attendance, about: Sorted) -> Attendance:
    """The attendance with these people there on every day of the session."""
    days = range(len(session.days))
    members = [stay(one, session).id for one in about.named]
    present = (Present(day, member) for day in days for member in members)
    unmatched = (Unmatched(day, name) for day in days for name in about.others)
    return replace(
        says,
        present=tuple(dict.fromkeys((*says.present, *present))),
        unmatched=tuple(dict.fromkeys((*says.unmatched, *unmatched))),
    )


def _ticked(carried: Mapping[str, str], days: int, offered: set[int]) -> list[Present]:
    found: list[Present] = []
    for day in range(days):
        for text in filter(None, carried.get(f"there_{day}", "").split(",")):
            if not values.is_count(text) or int(text) not in offered:
                raise UserError("errors.no_such_button")
            found.append(Present(day, int(text)))
    return found


def _offered(tx: Tx, session: int, board: str) -> tuple[view.Seen, list[Record[Member]]]:
    """The session, and those of its audience who were on the roster of its first day, by name.

    Those who are said to have been there are offered whatever their role.
    """
    seen = view.read(tx, session)
    says = seen.session.says
    roles = says.audience or tuple(dict.fromkeys(one.says.role for one in rosters.everyone(tx)))
    there = {one.id: one for role in roles for one in rosters.on_day(tx, role, says.first)}
    found = [one for one in (there | seen.members).values() if board in ("", one.says.board)]
    return seen, sorted(found, key=lambda one: one.says.name)


def _near(tx: Tx, name: str) -> list[Record[Member]]:
    known = [(one.id, one.says.name) for one in rosters.everyone(tx)]
    return [rosters.get(tx, id) for id in nearest(name, known, NEAREST)]


def _choice(ctx: Context, one: Record[Member]) -> tuple[str, str]:
    board = describe.board(ctx.t, ctx.plans.network, one.says.board)
    return str(one.id), f"{one.says.name} · {board}" if board else one.says.name


def _which_board(ctx: Context, session: int) -> Form:
    t = ctx.t
    boards = tuple((one.id, one.short[t.language]) for one in ctx.plans.network.body)
    label = t("attendance.board")
    one = Input("board", label, InputKind.CHOICE, choices=boards, required=True)
    carried = {"session": str(session)}
    next_, cancel = t("attendance.form.next"), t("session.form.cancel")
    return Form("attendance.pick", t("attendance.pick"), (one,), next_, cancel, carried)


def _form(ctx: Context, seen: view.Seen, roster: Sequence[Record[Member]], board: str) -> Form:
    t, says = ctx.t, seen.session.says
    choices = tuple(_choice(ctx, one) for one in roster)
    offered = {one.id for one in roster}
    inputs = [
        Input(
            f"there_{day}",
            t("attendance.form.there_on", day=t.day(one.day))
            if len(says.days) > 1
            else t("attendance.form.there"),
            InputKind.CHOICES,
            ",".join(
                str(there.member)
                for there in seen.says.present
                if there.day == day and there.member in offered
            ),
            choices,
        )
        for day, one in enumerate(says.days[:MOST_DAYS])
        if choices
    ]
    hint = t("attendance.form.others_hint")
    inputs.append(Input("others", t("attendance.form.others"), InputKind.LONG_TEXT, hint=hint))
    carried = {"session": str(seen.session.id), "board": board}
    title = t("attendance.form.title", session=describe.session(t, says))
    save, cancel = t("attendance.form.save"), t("session.form.cancel")
    return Form("attendance.picked", title, tuple(inputs), save, cancel, carried)
