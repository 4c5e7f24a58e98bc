"""Names of who came, as a line says them; and who of the roster an unknown name is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from handlers import describe
from handlers.attendance import finding, saving
from handlers.attendance.finding import Roster
from handlers.attendance.view import Seen
from handlers.chat import values
from handlers.chat.cards import Action, Card, Form, Input, InputKind, Reply, Text
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from storage import records, rosters, sessions
from storage.engine import Tx
from storage.presences import LONGEST_NAME, Attendance, Present, Source, Unmatched
from storage.records import Record
from storage.rosters import Member

router = Router()

SEARCH = "attendance.member"
BETWEEN = re.compile(r"[,;\n]|\s(?:and|et)\s")
LINKING = re.compile(r"(?:^|\s)(?:at|for|to|in|à|a|au|aux|pour|de)$|:$", re.IGNORECASE)
MOST_FOUND = 100  # choices of an input, in any door
MOST_NAMES = 300  # in a line
LONGEST = 6  # words of a name beside words of a title


@dataclass(frozen=True, slots=True)
class Sorted:
    """The names of the roster that a line says, and the rest of it."""

    names: tuple[str, ...]
    rest: str


def split(text: str) -> list[str]:
    """What stands between commas, each once."""
    parts = (" ".join(one.split())[:LONGEST_NAME] for one in BETWEEN.split(text))
    return list(dict.fromkeys(one for one in parts if one))[:MOST_NAMES]


def sorted_out(tx: Tx, text: str) -> Sorted:
    """Which names of the roster a line says, also behind or before the words of a title."""
    roster = Roster(rosters.everyone(tx))
    names: list[str] = []
    rest: list[str] = []
    for part in split(text):
        name, others = _name_in(roster, part)
        names += [name] * bool(name)
        rest += [others] * bool(others)
    return Sorted(tuple(names), ", ".join(rest))


def come_near(tx: Tx, text: str) -> bool:
    """Whether any of the words between commas come near a name of the roster."""
    roster = Roster(rosters.everyone(tx))
    return any(roster.near(one) for one in split(text))


def change(tx: Tx, seen: Seen, says: Attendance, text: str) -> Attendance:
    """The attendance with these names there, too, on every day of the session."""
    session = seen.session.says
    roster = finding.everyone(tx, session)
    days = range(len(session.days))
    found = {name: roster.of(name, "", session) for name in split(text)}
    present = (Present(day, one.id) for day in days for one in found.values() if one)
    unmatched = (Unmatched(day, name) for day in days for name, one in found.items() if not one)
    return replace(
        says,
        present=tuple(dict.fromkeys((*says.present, *present))),
        unmatched=tuple(dict.fromkeys((*says.unmatched, *unmatched))),
        source=Source.PICKED,
    )


@router.action("attendance.who")
async def who(msg: Incoming, ctx: Context) -> Reply:
    """Offer the members whose names come near one that is on no roster."""
    saving.check(ctx)
    name = values.text(msg.values, "name")
    t, carried = ctx.t, _about(msg.values)
    near = await ctx.store.read(_near, values.whole(carried, "session"), name)
    actions = [
        Action(label, "attendance.match", {**carried, "member": id}, hint=name)
        for id, label in (choice(ctx, one) for one in near)
    ]
    actions.append(Action(t("attendance.someone_else"), "attendance.search", carried, hint=name))
    if ctx.person.role.manages:
        add = t("attendance.add_to_roster")
        actions.append(Action(add, "roster.add", {"name": name}, hint=name))
    says = t("attendance.near" if near else "attendance.nobody_near")
    return Reply(Card(t("attendance.who_is", name=name), (Text(says),), tuple(actions)))


def _near(tx: Tx, session: int, name: str) -> Sequence[Record[Member]]:
    return finding.everyone(tx, records.get(tx, sessions.KIND, session).says).near(name)


@router.action("attendance.search")
async def search_form(msg: Incoming, ctx: Context) -> Reply:
    """Look for the member in the whole roster."""
    saving.check(ctx)
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
    saving.check(ctx)
    found = await ctx.store.read(rosters.search, text, MOST_FOUND)
    return [choice(ctx, one) for one in found]


@router.action("attendance.match")
async def match(msg: Incoming, ctx: Context) -> Reply:
    """An unknown name is this member: on every day on which it stands."""
    name, member = values.text(msg.values, "name"), values.whole(msg.values, "member")

    def matched(tx: Tx, seen: Seen) -> Attendance:
        meant = [one for one in seen.says.unmatched if one.name == name]
        there = (Present(one.day, member) for one in meant)
        return replace(
            seen.says,
            present=tuple(dict.fromkeys((*seen.says.present, *there))),
            unmatched=tuple(one for one in seen.says.unmatched if one not in meant),
            source=Source.PICKED,  # of a file it would be what was taken in before
        )

    session = values.whole(msg.values, "session")
    return await saving.save(ctx, session, matched, "attendance.title.matched")


def choice(ctx: Context, one: Record[Member]) -> tuple[str, str]:
    """A member as the choice of an input."""
    return str(one.id), describe.member(ctx.t, ctx.plans.network, one.says)


def _about(carried: Mapping[str, str]) -> dict[str, str]:
    return {name: values.text(carried, name) for name in ("session", "name")}


def _name_in(roster: Roster, part: str) -> tuple[str, str]:
    """The name of the roster that a part is, ends in or starts with, and its other words."""
    if roster.has(part):
        return part, ""
    words = part.split(" ")
    for length in range(min(len(words) - 1, LONGEST), 1, -1):
        if roster.has(name := " ".join(words[-length:])):
            return name, LINKING.sub("", " ".join(words[:-length]))
        if roster.has(name := " ".join(words[:length])):
            return name, " ".join(words[length:])
    return "", part
