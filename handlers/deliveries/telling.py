"""What managers are told, once a day where there is something: how much went wrong."""

from collections.abc import Iterator, Mapping

from handlers.chat.cards import Action, Card, Text, Tone
from handlers.chat.posts import Telling
from handlers.chat.router import Router
from storage import delivered, people
from storage.deliveries import Post
from storage.engine import Tx
from storage.occurrences import Occurrence

router = Router()

SAYS = "deliveries.troubles"  # what the post says


def posts(tx: Tx, one: Occurrence, since: int) -> Iterator[Post]:
    """One for each manager, where something failed or became unsure since then."""
    count = delivered.troubles(tx, since, one.due, but=SAYS)
    if not count:
        return
    for person in people.everyone(tx):
        if person.role.manages:
            once = f"troubles/{one.key}/{person.id}"
            yield Post(once, SAYS, {"count": str(count)}, person.id, until=one.until)


@router.post(SAYS)
def card(tx: Tx, telling: Telling, of: Mapping[str, str]) -> Card:
    """How much there is, and where to see it."""
    t = telling.t
    says = t("deliveries.troubles", count=int(of["count"]))
    see = Action(t("deliveries.see"), "deliveries.page", {"which": "trouble", "offset": "0"})
    return Card(t("deliveries.title.troubles"), (Text(says),), (see,), Tone.WARN)
