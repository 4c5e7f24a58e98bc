"""Which community and which member a line means, on the roster or among those who are members."""

from collections.abc import Sequence

from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.communities import member_form, member_line, member_view, words
from handlers.communities.member_line import Said
from handlers.communities.member_view import Joined
from storage import communities, rosters
from storage.communities import Community
from storage.engine import Tx
from storage.records import Record
from storage.rosters import Member

FEW = 6


def said(
    tx: Tx, ctx: Context, text: str
) -> tuple[Said, Record[Community] | None, list[Record[Member]]]:
    """What the line says, the community that it names, and whom of the roster it may mean."""
    line = member_line.read(
        text,
        measures=member_form.measures(ctx, "").items(),
        is_community=lambda name: len(words.found(tx, ctx, name)) == 1,
        day_of=lambda words: member_line.near(words, ctx.today),
    )
    community = words.the_one(tx, ctx, line.community) if line.community else None
    by_email = rosters.by_email(tx, line.email)[:1]
    return line, community, by_email or _named(tx, line.name)


def _named(tx: Tx, name: str) -> list[Record[Member]]:
    """Those of this name, each human once, as who started last."""
    if not name:
        return []
    there = rosters.named(tx, name) or rosters.search(tx, name, FEW)
    humans = {rosters.human(tx, one.id): one for one in reversed(there)}
    return [*humans.values()]


def meant(
    tx: Tx, ctx: Context, text: str, example: str, *, ended: bool = False
) -> tuple[Said, Joined]:
    """What a line says, and the one membership that it is about today.

    ``ended``: where there is none today, one that has ended will do. Raises UserError, with the
    text of ``example`` as the line that says it right.
    """
    line, community, found = said(tx, ctx, text)
    if not (line.name or line.email):
        how = ctx.t(example, name="Marie Tremblay", community=ctx.t("community.example.some"))
        raise UserError("community.member_how", example=how)
    in_ = community.id if community else 0
    return line, held(tx, ctx, found, line.name, in_=in_, example=example, ended=ended)


def held(
    tx: Tx,
    ctx: Context,
    found: Sequence[Record[Member]],
    name: str,
    *,
    in_: int = 0,
    not_in: int = 0,
    example: str = "community.example.move",
    ended: bool = False,
) -> Joined:
    """The one membership that those who were found hold today. Raises UserError."""
    t = ctx.t
    ever = [
        one
        for member in found
        for one in communities.of_human(tx, rosters.human(tx, member.id))
        if in_ in (0, one.says.community) and one.says.community != not_in
    ]
    today = [one for one in ever if one.says.holds(ctx.today)]
    there = today or (ever if ended else [])
    names = sorted(words.title(ctx, communities.get(tx, one.says.community).says) for one in there)
    if not names:
        raise UserError("community.holds_none", name=name, example=t("community.example.list"))
    if len(names) > 1:
        line = t(example, name=name, community=names[0])
        raise UserError("community.holds_several", name=name, names=t.all_of(names), example=line)
    return member_view.see(tx, ctx, there[0])
