"""Who is told of a meeting, when it is set, moved, changed or cancelled, and before it begins."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum

from handlers.chat.cards import Card
from handlers.chat.posts import Telling
from handlers.chat.router import Router
from handlers.meetings import card, times
from storage import communities, deliveries, on_chat, quiet, rsvps
from storage.community import Community
from storage.deliveries import Post
from storage.engine import Tx
from storage.local_time import HOME
from storage.records import Record
from storage.rsvps import Answer, about, about_all
from storage.sessions import Session

router = Router()

SAYS = "meeting.told"  # what the posts say
DAY = 24 * 60  # minutes
SILENCES = 3  # meetings without an answer, after which somebody is asked less


class What(StrEnum):
    """Why someone is told."""

    SET = "set"
    MOVED = "moved"
    CHANGED = "changed"  # not when it begins, but its length, where it is, or its agenda
    CANCELLED = "cancelled"
    REMINDER = "reminder"


def announce(
    tx: Tx, session: Record[Session], what: What, at: int, changed: Sequence[str] = ()
) -> list[Post]:
    """Have everyone told what became of a community's meeting; what is to be said.

    ``changed`` names what of it is different where it is What.CHANGED. What was said about it
    before shows how it is now. Nobody is told of one that is over.
    """
    says = session.says
    touch(tx, session)
    if not says.community or times.ends(says).timestamp() <= at:
        return []
    posts = list(_posts(tx, session, what, f"{session.version}", changed=changed))
    for post in posts:
        deliveries.put(tx, post, at)
    return posts


def touch(tx: Tx, session: Record[Session]) -> None:
    """Have what was said about a meeting shown as it is now."""
    number = session.says.community
    deliveries.touch(tx, about(session.id))
    deliveries.touch(tx, about_all(number))
    for person in members(tx, session.says):
        deliveries.touch(tx, about(session.id, person))
        deliveries.touch(tx, about_all(number, person))


def remind_later(tx: Tx, session: Record[Session], person: int, due: int) -> None:
    """Remind one person again, at an instant of their choosing (UTC seconds)."""
    of = _values(session, What.REMINDER) | {"asks": "yes"}
    once, until = f"meeting/{session.id}/snooze/{person}/{due}", _begins(session)
    to = about(session.id, person)
    deliveries.put(tx, Post(once, SAYS, of, person, about=to, due=due, until=until), due)


def reminders(tx: Tx, session: Record[Session], minutes: int) -> Iterator[Post]:
    """What is said so many minutes before a meeting, in the channel and to members."""
    day = times.before(session.says, minutes).astimezone(HOME).date()
    return _posts(tx, session, What.REMINDER, str(minutes), day)


@router.post(SAYS)
def told(tx: Tx, telling: Telling, of: Mapping[str, str]) -> Card | None:
    """The meeting as it now is; nothing where it was moved or called off before it was said."""
    person = telling.person
    seen = card.read(tx, int(of["session"]), person and person.id)
    t, says, what = telling.t, seen.session.says, What(of["what"])
    as_it_was = of["starts"] == times.starts(says).isoformat()
    if what is What.CANCELLED:
        return card.show(telling, seen, t("meeting.title.cancelled")) if seen.off else None
    if not telling.said and (seen.off or not as_it_was):
        return None  # another post says what has become of it
    if seen.off:
        return card.show(telling, seen, t("meeting.title.cancelled"))
    if not as_it_was:
        return card.show(telling, seen, t("meeting.title.moved"))
    if what is What.REMINDER:
        title = times.heading(t, says, telling.now)
        asks = of["asks"] == "yes"
        return card.show(telling, seen, title, asks=asks, reminds=person is not None)
    changed = [t(f"meeting.changed.{one}") for one in of.get("changed", "").split(",") if one]
    title = t(f"meeting.title.{what}", what=t.all_of(changed))
    return card.show(telling, seen, title, asks=of["asks"] == "yes")


def _posts(
    tx: Tx,
    session: Record[Session],
    what: What,
    which: str,
    reminded: date | None = None,
    changed: Sequence[str] = (),
) -> Iterator[Post]:
    """What is said of a meeting: to all, or as a reminder of a day, to those who want one.

    Of what changed nobody is asked again whether they come.
    """
    community = communities.get(tx, session.says.community).says
    of = _values(session, what) | {"asks": "yes", "changed": ",".join(changed)}
    until = _begins(session)
    key = f"meeting/{session.id}/{what}/{which}/{until}"
    if community.channel and (reminded is None or community.remind_channel):
        channel = community.channel_platform, community.channel
        yield Post(key, SAYS, of, channel=channel, about=about(session.id), until=until)
    for asked, person in _to_tell(tx, session, community, which, reminded):
        values = of | {"asks": "yes" if asked and not changed else ""}
        once = f"{key}/{person}"
        yield Post(once, SAYS, values, person, about=about(session.id, person), until=until)


def _values(session: Record[Session], what: What) -> dict[str, str]:
    """What a card needs: of a meeting that was moved since, it says so."""
    starts = times.starts(session.says).isoformat()
    return {"session": str(session.id), "what": what, "starts": starts}


def _begins(session: Record[Session]) -> int:
    """When a meeting begins, in UTC seconds: after that, nobody needs to be told."""
    return int(times.starts(session.says).timestamp())


def _to_tell(
    tx: Tx,
    session: Record[Session],
    community: Community,
    which: str,
    reminded: date | None,
) -> Iterator[tuple[bool, int]]:
    """The members on the chat who are told, each with whether an answer is asked for.

    Who isn't coming is not reminded. Who hasn't answered is asked once more after the first time;
    after three meetings without an answer, reminded once, a day or more ahead.
    """
    answers = rsvps.answers(tx, session.id)
    silent = rsvps.silent(tx, session.says.community, session.says.first, SILENCES)
    before = [str(one) for one in community.reminders]
    again = which in before[:1]
    ahead = [one for one in community.reminders if one >= DAY]
    once = str(min(ahead, default=max(community.reminders, default=0)))
    of_these = quiet.of_community(session.says.community)
    for person in members(tx, session.says):
        answer = answers.get(person)
        if reminded is None:
            yield answer is None, person
            continue
        asked_less = answer is None and person in silent and which != once
        hushed = quiet.is_quiet(tx, person, of_these, reminded)
        if not (answer is Answer.NOT_COMING or asked_less or hushed):
            yield answer is None and again, person


def members(tx: Tx, says: Session) -> list[int]:
    """The people on the chat who are members of the community that meets, each once."""
    if not says.community:
        return []
    there = communities.members_on(tx, says.community, says.first)
    persons = (on_chat.person_of(tx, one) for one in there)
    return list(dict.fromkeys(one for one in persons if one is not None))
