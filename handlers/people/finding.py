"""Finds people by what is typed of their name, e-mail or id, and says who they are in a line."""

from collections.abc import Iterable
from dataclasses import dataclass

from handlers.chat.errors import UserError
from handlers.chat.texts import Texts
from storage import identities, people
from storage.engine import Tx
from storage.identities import EMAIL, GUEST_EMAIL, Identity
from storage.people import Person, TeamRole
from storage.words import fold

FEW = 6  # of those who go by the same words


@dataclass(frozen=True, slots=True)
class Known:
    """A person with their identities."""

    person: Person
    ids: tuple[Identity, ...]

    @property
    def where(self) -> str:
        """Platforms and e-mail, "Slack, Teams · marie@example.org"; else "Slack (U012ABC)"."""
        emails = [one.id for one in self.ids if one.platform in (EMAIL, GUEST_EMAIL)]
        others = [one for one in self.ids if one.platform not in (EMAIL, GUEST_EMAIL)]
        if not emails:
            return ", ".join(f"{one.platform.capitalize()} ({one.id})" for one in others)
        platforms = dict.fromkeys(one.platform.capitalize() for one in others)
        return " · ".join([", ".join(platforms), *emails])


def everyone(tx: Tx) -> list[Known]:
    """Everyone by name, accents aside."""
    ids = identities.of_everyone(tx)
    known = [Known(person, ids.get(person.id, ())) for person in people.everyone(tx)]
    return sorted(known, key=lambda one: fold(one.person.name))


def matching(words: str, among: Iterable[Known]) -> list[Known]:
    """Those of whom every typed word is a part; those whose name begins with them first."""
    folded = fold(words)
    found = [one for one in among if all(part in " ".join(_names(one)) for part in folded.split())]
    return sorted(found, key=lambda one: not _names(one)[0].startswith(folded))


def the_one(t: Texts, words: str, among: list[Known]) -> Known:
    """The only one who goes by these words, or whom they are a part of. Raises UserError."""
    exactly = [one for one in among if fold(words) in _names(one)]
    found = exactly or matching(words, among)
    if not words or not found:
        raise UserError("people.nobody", words=words, example=t("people.example"))
    if len(found) > 1:
        few = "; ".join(f"{one.person.name}, {one.where}" for one in found[:FEW])
        raise UserError("people.several", words=words, people=few, example=t("people.example"))
    return found[0]


def role(t: Texts, person: Person) -> str:
    """What the person may do, in a word or two."""
    if person.role is TeamRole.PENDING:
        return t("help.waiting")
    return t(f"help.role.{person.role}")


def _names(known: Known) -> list[str]:
    return [fold(known.person.name), *(fold(one.id) for one in known.ids)]
