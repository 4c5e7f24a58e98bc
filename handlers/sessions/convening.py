"""Of a line about a meeting: which community meets, and what is then known without asking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.chat import values
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.texts import capital
from handlers.meetings import naming
from handlers.meetings.naming import Sure
from handlers.sessions import line, proposing, words
from storage import communities
from storage.community import Community
from storage.engine import Tx
from storage.plan import Target
from storage.records import Record
from storage.sessions import Session
from storage.target_sessions import OTHER


@dataclass(frozen=True, slots=True)
class Meant:
    """The community that a line is about, None where it is about none; else those it may be about.

    ``text`` is the line without its name and without the ``agenda``.
    """

    community: Record[Community] | None
    maybe: Sequence[Record[Community]]
    text: str
    agenda: str = ""


def meant(tx: Tx, ctx: Context, text: str, answers: Mapping[str, str]) -> Meant:
    """Whose meeting it is. ``answers`` say that it is one ("meeting"), and what was chosen since.

    A community by its number as "community", 0 for none; or a "target", and then none.
    """
    if "meeting" not in answers:
        return Meant(None, (), text)
    text, agenda = line.split_agenda(text)
    there = [] if "target" in answers else naming.offered(tx, ctx)
    return replace(_whose(tx, ctx, there, text, answers), agenda=agenda)


def read(ctx: Context, whose: Meant, today: date, answers: Mapping[str, str]) -> line.Said:
    """What else the line says."""
    said = words.read_line(ctx, whose.text, today, answers)
    return replace(said, agenda=whose.agenda)


def _whose(
    tx: Tx,
    ctx: Context,
    there: Sequence[Record[Community]],
    text: str,
    answers: Mapping[str, str],
) -> Meant:
    if not there:
        return Meant(None, (), text)
    if "community" in answers:
        id = values.whole(answers, "community")
        chosen = next((one for one in there if one.id == id), None)
        if id and chosen is None:
            raise UserError("errors.no_such_button")
        said = naming.named([chosen], text) if chosen else None
        return Meant(chosen, (), said.rest if said and said.sure is Sure.YES else text)
    said = naming.named(there, text)
    if said.sure is Sure.YES:
        return Meant(said.communities[0], (), said.rest)
    read = words.read_line(ctx, text, ctx.today, {})
    if len(said.communities) == 1 and naming.nothing_else(said.communities[0].says, read.title):
        return Meant(said.communities[0], (), text)
    day = read.days[-1] if read.days else ctx.today
    target = proposing.named(words.offered(ctx, day), read, text)
    its = naming.of_target(there, target) if target in proposing.MEETINGS else None
    if its or target:
        return Meant(its, (), text)
    return Meant(naming.here(tx, ctx), said.communities, text)


def become(ctx: Context, community: Record[Community], said: line.Said, says: Session) -> Session:
    """A session as a meeting of a community; without a title where the line gives it none."""
    target = target_of(ctx, community.says)
    titled = said.title and not naming.nothing_else(community.says, said.title)
    return replace(
        says,
        target=target.id,
        title=capital(said.title) if titled else "",
        area="",
        community=community.id,
        head_counts=target.head_counts,
    )


def titled(tx: Tx, ctx: Context, says: Session) -> Session:
    """A session with a title: where that was left out, as a meeting of its community."""
    if says.title:
        return says
    return naming.titled(tx, ctx.t, communities.get(tx, says.community), says)


def target_of(ctx: Context, community: Community) -> Target:
    """The target that a community's meetings count for; none where no plan has it any more."""
    target = words.target(ctx, community.target)
    known = target is not None and target.id in words.targets(ctx)
    return target if target is not None and known else OTHER
