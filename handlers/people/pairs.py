"""What is shown of two people: before they are joined, after, and when they are apart again."""

from dataclasses import dataclass
from datetime import date

from handlers.chat.cards import Action, Card, Facts, Style, Text, Tone
from handlers.chat.context import Context
from handlers.people import finding
from handlers.people.finding import Known
from storage import identities, links, people, totals
from storage.engine import Tx
from storage.totals import Sum


@dataclass(frozen=True, slots=True)
class Counted:
    """A person, with what they have logged."""

    known: Known
    logged: Sum

    @property
    def name(self) -> str:
        return self.known.person.name


Pair = tuple[Counted, Counted]  # the one who is kept, and the one who is joined to them


def counted(tx: Tx, id: int) -> Counted:
    """Read a person. Raises NotFound."""
    known = Known(people.get(tx, id), identities.of_everyone(tx).get(id, ()))
    return Counted(known, totals.logged(tx, id, date.min, date.max))


def asked(ctx: Context, pair: Pair) -> Card:
    """Both, and whether they are one."""
    t, (kept, joined) = ctx.t, pair
    says = t("people.ask.text", kept=kept.name, joined=joined.name)
    numbers = {"kept": str(kept.known.person.id), "joined": str(joined.known.person.id)}
    yes = Action(t("people.ask.yes"), "people.join", numbers, Style.PRIMARY)
    facts = Facts(
        (
            (t("people.form.kept"), f"{kept.name} · {_line(ctx, kept)}"),
            (t("people.form.joined"), f"{joined.name} · {_line(ctx, joined)}"),
        )
    )
    return Card(t("people.ask.title"), (facts, Text(says)), (yes,))


def joined(ctx: Context, link: links.Link, now: Counted, other: Counted) -> Card:
    """The one they are now, with the way back."""
    t = ctx.t
    says = Text(t("people.done.text", kept=now.name, joined=other.name))
    facts = Facts(((now.name, _line(ctx, now)),))
    back = Action(t("people.undo"), "people.undo", {"link": str(link.id)})
    return Card(t("people.done.title"), (says, facts), (back,), Tone.GOOD)


def apart(ctx: Context, pair: Pair) -> Card:
    """Each as they are again."""
    t = ctx.t
    facts = Facts(tuple((one.name, _line(ctx, one)) for one in pair))
    text = Text(t("people.apart.text", kept=pair[0].name))
    return Card(t("people.apart.title"), (facts, text))


def _line(ctx: Context, one: Counted) -> str:
    """ "Staff · Slack · marie@example.org · 12 entries (34 h)"."""
    t, logged = ctx.t, one.logged
    hours = t("people.logged", count=logged.entries, hours=t.hours(logged.minutes))
    return " · ".join([finding.role(t, one.known.person), one.known.where, hours])
