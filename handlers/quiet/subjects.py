"""What a person can pause: nudges, their communities' reminders, and surveys they silenced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.chat.texts import Texts
from storage import communities, quiet, records
from storage.engine import Tx
from storage.people import Person, TeamRole
from storage.quiet import NUDGES, Quiet
from storage.records import Record
from storage.surveys import SURVEY
from storage.words import fold

# What people call nudges, and the names of a community's reminders around its own.
NUDGE_WORDS = {
    "nudge", "nudges", "hours", "log", "logging", "heures", "relance", "relances", "rappel",
    "rappels", "reminder", "reminders",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that can be paused: its subject as kept, in words, and how it is paused today."""

    about: str
    text: str
    paused: Quiet | None


def read(tx: Tx, t: Texts, person: Person, today: date) -> list[Subject]:
    """All of a person's subjects: nudges of staff, communities by name, and what else is paused."""
    kept = {one.says.about: one.says for one in reversed(quiet.of_person(tx, person.id, today))}
    mine = [NUDGES] if person.role is TeamRole.STAFF else []
    mine += [quiet.of_community(one.id) for one in communities.of_person(tx, person.id, today)]
    each = ((about, _text(tx, t, about, today)) for about in dict.fromkeys([*mine, *kept]))
    return [Subject(about, text, kept.get(about)) for about, text in each if text]


def named(there: Sequence[Subject], words: str) -> list[Subject]:
    """Those that the words name; without words nudges, where there are any, else all."""
    said = fold(words).split()
    if not said or NUDGE_WORDS.issuperset(said):
        return [one for one in there if one.about == NUDGES] or ([] if said else [*there])
    said = [word for word in said if word not in NUDGE_WORDS]
    return [
        one for one in there if one.about != NUDGES and all(word in fold(one.text) for word in said)
    ]


def text(tx: Tx, t: Texts, record: Record[Quiet]) -> str:
    """What a pause is about, in words."""
    return _text(tx, t, record.says.about, None)


def _text(tx: Tx, t: Texts, about: str, today: date | None) -> str:
    """A subject in words; "" for a survey that is over on a day that is given."""
    kind, _, number = about.partition("/")
    if kind == NUDGES:
        return t("quiet.about.nudges")
    if kind == "community":
        community = communities.get(tx, int(number))
        return t("quiet.about.community", name=community.says.name(t.language))
    survey = records.get(tx, SURVEY, int(number))
    closes = survey.says.closes
    over = survey.voided is not None or (closes and today and closes < today)
    return "" if over and today else t("quiet.about.survey", title=survey.says.title)
