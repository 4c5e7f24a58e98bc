"""What managers are told, once a day where there is something: how much went wrong."""

from collections.abc import Iterator, Mapping

from handlers.chat.cards import Action, Card, Text, Tone
from handlers.chat.posts import Telling
from handlers.chat.router import Router
from handlers.deliveries import describe
from storage import delivered, occurrences, people
from storage.deliveries import Post
from storage.engine import Tx
from storage.occurrences import Occurrence

router = Router()

SAYS = "deliveries.troubles"  # what the post says


def posts(tx: Tx, one: Occurrence, since: int) -> Iterator[Post]:
    """One for each manager, where something failed or became unsure since then."""
    count = delivered.troubles(tx, since, one.due, but=SAYS)
    jobs = [failure.job for failure in occurrences.failures(tx, since, one.due)]
    if not count and not jobs:
        return
    of = {"count": str(count), "jobs": ",".join(jobs)}
    for person in people.everyone(tx):
        if person.role.manages:
            once = f"troubles/{one.key}/{person.id}"
            yield Post(once, SAYS, of, person.id, until=one.until)


@router.post(SAYS)
def card(tx: Tx, telling: Telling, of: Mapping[str, str]) -> Card:
    """How much there is, and where to see it."""
    t, count = telling.t, int(of["count"])
    jobs = [describe.job(t, job) for job in of.get("jobs", "").split(",") if job]
    blocks = [Text(t("deliveries.troubles", count=count))] if count else []
    if jobs:
        blocks.append(Text(t("deliveries.not_done", count=len(jobs), jobs=t.all_of(jobs))))
    see = Action(t("deliveries.see"), "deliveries.page", {"which": "trouble", "offset": "0"})
    return Card(t("deliveries.title.troubles"), tuple(blocks), (see,), Tone.WARN)
