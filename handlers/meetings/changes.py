"""What the members of a community hear when one of its meetings changes."""

from collections import defaultdict
from collections.abc import Iterable

from handlers.meetings import telling, times, together
from handlers.meetings.telling import What
from storage.engine import Tx
from storage.records import Record
from storage.sessions import Session


def tell(tx: Tx, before: Record[Session] | None, after: Record[Session], at: int) -> What | None:
    """Have members told of what became of a session, and what was said show it; what they hear.

    ``before`` is None where it is new. Of what is over nobody is told.
    """
    what = news(before, after, at)
    if what is None:
        telling.touch(tx, after)
    else:
        changed = parts(before.says, after.says) if before and what is What.CHANGED else ()
        telling.announce(tx, after, what, at, changed)
    return what


def tell_all(
    tx: Tx, done: Iterable[tuple[Record[Session] | None, Record[Session]]], at: int
) -> None:
    """The same of several at once: those of a community that are set, or cancelled, as one."""
    alike: defaultdict[tuple[What, int], list[Record[Session]]] = defaultdict(list)
    for before, after in done:
        what = news(before, after, at)
        if what is What.SET or what is What.CANCELLED:
            telling.touch(tx, after)
            alike[what, after.says.community].append(after)
        else:
            tell(tx, before, after, at)
    for (what, _), several in alike.items():
        if len(several) > 1:
            together.announce(tx, several, what, at)
        else:
            telling.announce(tx, several[0], what, at)


def news(before: Record[Session] | None, after: Record[Session], at: int) -> What | None:
    """What there is to tell: that a meeting is set, moved, changed or cancelled, or nothing."""
    planned = before is not None and _takes_place(before)
    if times.ends(after.says).timestamp() <= at:
        return None
    if not _takes_place(after):
        return What.CANCELLED if planned else None
    if not planned or before is None or before.says.community != after.says.community:
        return What.SET
    if _times(before.says) != _times(after.says):
        return What.MOVED
    return What.CHANGED if parts(before.says, after.says) else None


def parts(before: Session, after: Session) -> list[str]:
    """What of a meeting that takes place when it did is different, in the order it is told."""
    lengths = [[one.minutes for one in says.days] for says in (before, after)]
    return [
        name
        for name, differs in (
            ("length", lengths[0] != lengths[1]),
            ("place", (before.place, before.link) != (after.place, after.link)),
            ("agenda", before.agenda != after.agenda),
        )
        if differs
    ]


def _takes_place(session: Record[Session]) -> bool:
    says = session.says
    return bool(says.community) and session.voided is None and not says.cancelled


def _times(says: Session) -> list[tuple[object, str]]:
    return [(one.day, one.starts) for one in says.days]
