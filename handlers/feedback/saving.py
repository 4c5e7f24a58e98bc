"""Records the totals of a session in the place of what was there, and shows what that was."""

from handlers.feedback import view
from storage import feedback, records, session_sums, sessions
from storage.engine import Tx
from storage.feedback import Feedback
from storage.people import Person


def take(tx: Tx, says: Feedback, by: Person, at: int) -> view.Seen:
    """Record totals. Raises NotFound, Impossible, NotAllowed and ChangedMeanwhile."""
    records.get(tx, sessions.KIND, says.session)
    before = session_sums.of_session(tx, says.session)
    taken = feedback.take(tx, says, by, at)
    after = session_sums.of_session(tx, says.session)
    return view.seen(tx, says.session, taken, before if before.asked and before != after else None)
