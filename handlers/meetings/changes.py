"""What the members of a community hear when one of its meetings changes."""

from handlers.meetings import telling, times
from handlers.meetings.telling import What
from storage.engine import Tx
from storage.records import Record
from storage.sessions import Session


def tell(tx: Tx, before: Record[Session] | None, after: Record[Session], at: int) -> What | None:
    """Have members told of what became of a session, and what was said show it; what they hear.

    ``before`` is None where it is new. Of a link or an agenda that changes nobody is told, nor of
    what is over.
    """
    what = news(before, after, at)
    if what is None:
        telling.touch(tx, after)
    else:
        telling.announce(tx, after, what, at)
    return what


def news(before: Record[Session] | None, after: Record[Session], at: int) -> What | None:
    """What there is to tell: that a meeting is set, moved or cancelled, or nothing."""
    planned = before is not None and _takes_place(before)
    if times.ends(after.says).timestamp() <= at:
        return None
    if not _takes_place(after):
        return What.CANCELLED if planned else None
    if not planned or before is None or before.says.community != after.says.community:
        return What.SET
    return None if _times(before.says) == _times(after.says) else What.MOVED


def _takes_place(session: Record[Session]) -> bool:
    says = session.says
    return bool(says.community) and session.voided is None and not says.cancelled


def _times(says: Session) -> list[tuple[object, str]]:
    return [(one.day, one.starts) for one in says.days]
