"""What a meeting looks like to whoever is told of it: when, who comes, and one's own answer."""

from dataclasses import dataclass

from handlers import describe
from handlers.chat.cards import Action, Block, Card, Facts, Item, Style, Text, Tone
from handlers.chat.posts import Telling
from handlers.meetings import times
from storage import communities, records, rsvps, sessions
from storage.community import Community
from storage.engine import Tx
from storage.records import Record
from storage.rsvps import Answer, Standing
from storage.sessions import Session

# In the order of the buttons.
BUTTONS = (Answer.COMING, Answer.NOT_COMING, Answer.MAYBE)


@dataclass(frozen=True, slots=True)
class Seen:
    """A meeting, its community, how its members have answered, and how whoever looks has.

    ``invited``: whoever looks is a member; of a channel nobody in particular looks.
    """

    session: Record[Session]
    community: Community
    standing: Standing
    mine: Answer | None
    invited: bool

    @property
    def off(self) -> bool:
        """Whether it does not take place."""
        return self.session.voided is not None or self.session.says.cancelled


def read(tx: Tx, session: int, person: int | None) -> Seen:
    """Read a community's meeting as somebody, or a channel, sees it. Raises NotFound."""
    record = records.get(tx, sessions.KIND, session)
    community = communities.get(tx, record.says.community)
    mine = None if person is None else rsvps.of_person(tx, session, person)
    return Seen(
        record,
        community.says,
        rsvps.standing(tx, session),
        mine and mine.says.answer,
        person is None or rsvps.invited(tx, person, record.says),
    )


def show(
    telling: Telling, seen: Seen, title: str, *, asks: bool = True, reminds: bool = False
) -> Card:
    """The meeting under a title, with the buttons to answer where it is still to come.

    ``asks``: whether somebody who hasn't answered is asked to. ``reminds``: it is a reminder to one
    person, which they can put off, or have no more of.
    """
    t, says = telling.t, seen.session.says
    community, called = seen.community.name(t.language), says.called(t.language)
    rows = [
        ("community", "" if community in called else community),
        ("title", called),
        ("when", times.when(t, says, telling.now.tzinfo)),
        ("length", t.duration(says.minutes)),
        ("place", " · ".join(filter(None, (says.place, says.link)))),
        ("agenda", says.agenda),
    ]
    blocks: list[Block] = [
        Facts(tuple((t(f"meeting.field.{name}"), said) for name, said in rows if said))
    ]
    over = times.ends(says) <= telling.now
    if not seen.off and (answered := counts(telling, seen.standing)):
        blocks.append(Text(answered))
    if seen.mine and telling.person:
        blocks.append(Text(t(f"meeting.mine.{seen.mine}")))
    elif asks and telling.person and seen.invited and not over and not seen.off:
        blocks.append(Text(t("meeting.question")))
    look = Action("", "meeting.look", {"session": str(seen.session.id)})
    actions = _actions(telling, seen, over=over)
    if reminds and seen.invited and not seen.off and not over:
        actions += _for_later(telling, seen)
    return Card(title, tuple(blocks), actions, _tone(seen), look)


def counts(telling: Telling, standing: Standing) -> str:
    """ "9 coming · 2 not coming · 3 have not answered", nobody's name."""
    t = telling.t
    counted = [(f"meeting.count.{one}", standing.count(one)) for one in BUTTONS]
    counted.append(("meeting.count.silent", len(standing.silent)))
    return " · ".join(t(key, count=count) for key, count in counted if count)


def answer_buttons(telling: Telling, seen: Seen) -> tuple[Action, ...]:
    """A button for each answer."""
    t, session = telling.t, seen.session
    hint = describe.session(t, session.says)
    return tuple(
        Action(
            t(f"meeting.answer.{one}"),
            "meeting.answer",
            {"session": str(session.id), "answer": one},
            Style.PRIMARY if one is Answer.COMING and seen.mine is None else Style.PLAIN,
            hint=hint,
        )
        for one in BUTTONS
    )


def names(telling: Telling, standing: Standing) -> list[Block]:
    """Who has given which answer, for who facilitates: in a chat of their own."""
    t = telling.t
    listed = [(f"meeting.count.{one}", standing.answered[one]) for one in BUTTONS]
    listed.append(("meeting.count.silent", standing.silent))
    return [
        Item(t(key, count=len(them)), t.all_of([one.says.name for one in them]))
        for key, them in listed
        if them
    ]


def _actions(telling: Telling, seen: Seen, *, over: bool) -> tuple[Action, ...]:
    t, of = telling.t, {"session": str(seen.session.id)}
    hint = describe.session(t, seen.session.says)
    actions: list[Action] = []
    if not over and not seen.off and seen.invited:
        actions += answer_buttons(telling, seen)
    if not over:
        actions.append(Action(t("meeting.calendar"), "meeting.calendar", of, hint=hint))
    return tuple(actions)


def _for_later(telling: Telling, seen: Seen) -> tuple[Action, ...]:
    """Put the reminder off, or have no more of them."""
    t, says = telling.t, seen.session.says
    of, hint = {"session": str(seen.session.id)}, describe.session(t, says)
    actions: list[Action] = []
    if until := times.snoozed(says, telling.now):
        key = "tomorrow" if until - telling.now > 2 * times.HALF_AN_HOUR else "soon"
        actions.append(Action(t(f"meeting.snooze.{key}"), "meeting.snooze", of, hint=hint))
    quiet = Action(t("meeting.quiet"), "meeting.quiet", of, hint=seen.community.name(t.language))
    return (*actions, quiet)


def _tone(seen: Seen) -> Tone:
    if seen.off:
        return Tone.WARN
    return Tone.GOOD if seen.mine is Answer.COMING else Tone.NEUTRAL
