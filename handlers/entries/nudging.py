"""What staff are asked in their own chat when they have logged nothing for five school days."""

from collections.abc import Mapping
from datetime import date

from handlers.chat.cards import Action, Card, Example, Style, Text
from handlers.chat.posts import Telling
from handlers.chat.router import Router
from handlers.lines.period import EVER
from storage import entries, quiet, silent
from storage.engine import Tx
from storage.people import Person
from storage.quiet import NUDGES

router = Router()

SAYS = "nudge"  # what the post says


@router.post(SAYS)
def nudge(tx: Tx, telling: Telling, of: Mapping[str, str]) -> Card | None:
    """The question with the three likeliest next steps; nothing for who has logged meanwhile."""
    person, day = telling.person, date.fromisoformat(of["day"])
    if person is None or telling.now.tzinfo is None:
        return None
    asked = silent.is_silent(tx, telling.plans, person.id, day, telling.now.tzinfo)
    if not asked or quiet.is_quiet(tx, person.id, NUDGES, day):
        return None
    t = telling.t
    since = t.full_date(_since(tx, telling, person, day))
    actions = (
        Action(t("nudge.form"), "log.open", style=Style.PRIMARY),
        Action(t("nudge.away"), "quiet.open"),
    )
    blocks = (
        Text(t("nudge.since", day=since)),
        *(Example(line) for line in t("nudge.lines").splitlines()),
        Text(t("nudge.privacy"), muted=True),
    )
    return Card(t("nudge.title"), blocks, actions)


def _since(tx: Tx, telling: Telling, person: Person, day: date) -> date:
    """The day of their last entry, or the first of the days that they were silent on."""
    last = entries.of_person(tx, person.id, EVER, day, person, limit=1)
    return last[0].says.day if last else silent.since(telling.plans, day) or day
