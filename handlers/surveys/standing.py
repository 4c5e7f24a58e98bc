"""How surveys and journals stand: whom each went to, who has handed it in, and who may still."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handlers.chat.context import Context
from handlers.files.headers import plain
from handlers.surveys import words
from handlers.surveys.matching import Roster
from handlers.surveys.words import What
from storage import on_chat, records, rosters, surveys
from storage.engine import Tx
from storage.errors import NotFound
from storage.plan import Target
from storage.records import Record
from storage.rosters import Member
from storage.surveys import Survey


@dataclass(frozen=True, slots=True)
class Standing:
    """A survey on a day. ``asked`` are the humans of its roster, ``done`` those who handed it in.

    ``late`` came to the roster since: they are to hand in every journal of the year too.
    """

    survey: Record[Survey]
    target: Target
    asked: Mapping[int, Record[Member]]
    late: Mapping[int, Record[Member]]
    done: Mapping[int, date]
    today: date

    @property
    def handed_in(self) -> int:
        """How many of those who were asked have handed it in."""
        return len(self.asked.keys() & self.done.keys())

    @property
    def is_out(self) -> bool:
        return self.survey.voided is None and self.survey.says.opened <= self.today

    @property
    def is_open(self) -> bool:
        closes = self.survey.says.closes
        return self.is_out and (closes is None or self.today <= closes)

    @property
    def everyone(self) -> dict[int, Record[Member]]:
        """Everyone who may hand it in."""
        return {**self.late, **self.asked}


@dataclass(frozen=True, slots=True)
class Mine:
    """A survey that is out and went to the person who asks: as whom, and when it was handed in."""

    standing: Standing
    member: int
    day: date | None


def get(tx: Tx, ctx: Context, id: int) -> Standing:
    """A survey as it stands today. Raises NotFound, also where no plan has its target."""
    return of(tx, ctx, records.get(tx, surveys.SURVEY, id))


def of(tx: Tx, ctx: Context, survey: Record[Survey]) -> Standing:
    """A survey as it stands today. Raises NotFound where no plan has its target."""
    target = words.target_of(ctx, survey.says)
    if target is None:
        raise NotFound
    role = words.role_of(target)
    return Standing(
        survey,
        target,
        surveys.asked(tx, role, survey.says.opened),
        surveys.asked(tx, role, ctx.today) if target.every else {},
        surveys.completed(tx, survey.id, ctx.today),
        ctx.today,
    )


def year(tx: Tx, ctx: Context, what: What) -> list[Standing]:
    """The surveys, or the journals, of the plans in force, the newest first; planned ones too."""
    plans = words.plans(ctx)
    first, last = min(plan.starts for plan in plans), max(plan.ends for plan in plans)
    there = surveys.between(tx, first, last)
    known = [(one, words.target_of(ctx, one.says)) for one in there]
    return [of(tx, ctx, one) for one, target in known if target and words.what_is(target) is what]


def roster(tx: Tx, standing: Standing) -> Roster:
    """Those who may hand it in, to find people in."""
    return Roster(standing.everyone, rosters.everyone(tx), rosters.humans(tx))


def mine(tx: Tx, ctx: Context, among: list[Standing]) -> list[Mine]:
    """Those that are out and went to the person who asks."""
    members = {rosters.human(tx, one.id): one.id for one in on_chat.members_of(tx, ctx.person.id)}
    return [
        Mine(one, member, one.done.get(human))
        for one in among
        for human, member in members.items()
        if one.is_out and human in one.everyone
    ]


def meant(ctx: Context, said: str, what: What, among: list[Standing]) -> list[Standing]:
    """Those that words name: by the title, or by the role that it is for."""
    wanted = plain(said).split()
    if not wanted:
        return []
    titles = [plain(words.title(ctx, one.survey.says)).split() for one in among]
    titled = [
        one
        for one, title in zip(among, titles, strict=True)
        if all(any(word.startswith(each) for word in title) for each in wanted)
    ]
    target = words.named(ctx, said, what)
    return titled or [one for one in among if one.target.id == target]
