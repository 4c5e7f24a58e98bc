"""Meetings of a community that are planned, or called off, at once: everyone has one message."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from handlers import describe
from handlers.chat.cards import Action, Block, Card, Item, Text, Tone
from handlers.chat.posts import Telling
from handlers.chat.router import Router
from handlers.meetings import card, telling, times
from handlers.meetings.card import Seen
from handlers.meetings.telling import What
from storage import communities, deliveries
from storage.deliveries import Post
from storage.engine import Tx
from storage.records import Record
from storage.rsvps import about_all
from storage.sessions import Session

router = Router()

SAYS = "meeting.several"


def announce(tx: Tx, several: Sequence[Record[Session]], what: What, at: int) -> None:
    """Have everyone told that meetings of one community are set, or cancelled.

    Each of those on whose day they are a member. Their reminders ask whether they come.
    """
    number = several[0].says.community
    community = communities.get(tx, number).says
    theirs: defaultdict[int, list[Record[Session]]] = defaultdict(list)
    for one in several:
        for person in telling.members(tx, one.says):
            theirs[person].append(one)
    key = f"meetings/{what}/" + ",".join(f"{one.id}:{one.version}" for one in several)
    if community.channel:
        channel, of = (community.channel_platform, community.channel), _values(several, what)
        about, until = about_all(number), _until(several)
        deliveries.put(tx, Post(key, SAYS, of, channel=channel, about=about, until=until), at)
    for person, them in theirs.items():
        once, of, about = f"{key}/{person}", _values(them, what), about_all(number, person)
        deliveries.put(tx, Post(once, SAYS, of, person, about=about, until=_until(them)), at)


@router.post(SAYS)
def told(tx: Tx, telling: Telling, of: Mapping[str, str]) -> Card | None:
    """The meetings as they now are; nothing where the news is none any more when it is said."""
    person = telling.person
    ids = [int(one) for one in of["sessions"].split(",")]
    seen = [card.read(tx, id, person and person.id) for id in ids]
    off = [one for one in seen if one.off]
    if What(of["what"]) is What.CANCELLED and not off:
        return None
    if What(of["what"]) is What.SET and len(off) == len(seen) and not telling.said:
        return None
    t, on = telling.t, len(seen) - len(off)
    blocks: list[Block] = [Text(seen[0].community.name(t.language))]
    blocks += [_item(telling, one) for one in seen]
    if on:
        blocks.append(Text(t("meeting.several_asked"), muted=True))
        return Card(t("meeting.title.several", count=on), tuple(blocks))
    title = t("meeting.title.several_off", count=len(off))
    return Card(title, tuple(blocks), tone=Tone.WARN)


def _item(telling: Telling, seen: Seen) -> Item:
    """One of them: when, what it is called and how long, one's own answer, and its buttons."""
    t, says = telling.t, seen.session.says
    of, hint = {"session": str(seen.session.id)}, describe.session(t, says)
    called = says.called(t.language)
    details = [called, t.duration(says.minutes), says.link or says.place]
    if seen.off:
        details = [called, t("meeting.title.cancelled")]
    elif seen.mine:
        details.append(t(f"meeting.mine.{seen.mine}"))
    actions: list[Action] = []
    if times.ends(says) > telling.now:
        if seen.invited and not seen.off:
            actions.append(Action(t("meeting.reply"), "meeting.open", of, hint=hint))
        actions.append(Action(t("meeting.calendar"), "meeting.calendar", of, hint=hint))
    when = times.when(t, says, telling.now.tzinfo)
    detail = " · ".join(filter(None, details))
    return Item(when, detail, struck=seen.off, actions=tuple(actions))


def _values(several: Sequence[Record[Session]], what: What) -> dict[str, str]:
    return {"sessions": ",".join(str(one.id) for one in several), "what": what}


def _until(several: Sequence[Record[Session]]) -> int:
    """When the last of them begins, in UTC seconds: after that, nobody needs to be told."""
    return max(int(times.starts(one.says).timestamp()) for one in several)
