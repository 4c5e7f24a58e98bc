"""Sessions as they lie in the store, and what the overview says of a target."""

from collections.abc import Iterable
from datetime import date

from bot.gallery import actions_of
from handlers.chat.cards import Card, Reply
from storage import feedback, presences, records, rosters, sessions
from storage.engine import Tx
from storage.feedback import Feedback
from storage.people import Newcomer, TeamRole
from storage.presences import Attendance, Counted, Present
from storage.rosters import Member
from storage.sessions import Day, Session
from tests.conversation import STAFF, Answer, Chat
from tests.storage.making import NOW, meet

TUESDAY = date(2025, 2, 11)
Replies = tuple[int, int, int]  # asked, answered, positive


def hold(
    tx: Tx,
    target: str,
    *days: date,
    area: str = "",
    minutes: int = 180,
    cancelled: bool = False,
    title: str = "A title",
    counts: Iterable[tuple[str, int]] = (),
    present: Iterable[int] = (),
    replies: Replies | None = None,
) -> int:
    """A session with who came on its first day, and what they thought of it."""
    by = meet(tx, "Manager", TeamRole.MANAGER)
    lasting = tuple(Day(day, "", minutes) for day in days or (TUESDAY,))
    says = Session(target, title, "a theme", area, ("cda", "teacher"), lasting, cancelled=cancelled)
    id = records.add(tx, sessions.KIND, says, by, NOW).id
    counted = tuple(Counted(0, board, number) for board, number in counts)
    there = tuple(Present(0, member) for member in present)
    presences.take(tx, Attendance(id, counted, there), by, NOW)
    if replies:
        feedback.take(tx, Feedback(id, *replies), by, NOW)
    return id


def enrol(tx: Tx, name: str, role: str, board: str, starts: date | None = None) -> int:
    by = meet(tx, "Manager", TeamRole.MANAGER)
    return rosters.add(tx, Member(name, role=role, board=board, starts=starts), by, NOW).id


async def row(chat: Chat, target: str, who: Newcomer = STAFF, command: str = "/progress") -> str:
    """What the overview says of a target."""
    card = await chat.say(command, who)
    names = {one.id: (one.name.en, one.name.fr) for one in chat.plans.get("clc-2024-25").target}
    lines = "\n".join(
        f"{block.title} | {block.text} | {block.status} | {block.detail}"
        for block in card.card.blocks
        if block.block == "progress"
    )
    said = lines.replace("\u00a0", " ").replace("\u202f", " ").split("\n")
    return next(line for line in said if line.split(" | ")[0] in names[target])


async def open_hinted(chat: Chat, answer: Answer, hint: str, who: Newcomer = STAFF) -> Answer:
    """Press the one button of many alike that says this to a screen reader."""
    action = next(one for one in actions_of(answer.card) if one.hint == hint)
    alone = Answer(Reply(Card(answer.card.title, (), (action,))))
    return await chat.press(alone, alone.labels[0], who)
