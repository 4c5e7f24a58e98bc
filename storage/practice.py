"""What a practice says of itself, who may see it, what the team makes of it; what none can say."""

from dataclasses import dataclass
from enum import StrEnum

from storage.limits import LONGEST_TEXT, Impossible
from storage.outputs import LONGEST_URL, is_url
from storage.plan import Language

LONGEST_LINE = 200  # of a title, a name
MOST_LINKS = 20
LINES = ("title", "author", "institution")
TEXTS = ("did", "context", "effects")


class Level(StrEnum):
    """Where a practice was tried."""

    PRESCHOOL = "preschool"
    ELEMENTARY = "elementary"
    SECONDARY = "secondary"
    VOCATIONAL = "vocational"
    ADULT = "adult"
    ALL = "all"


class Theme(StrEnum):
    """What of well-being a practice is about: the chapters of the guide, in this order."""

    BELONGING = "belonging"
    EMOTIONS = "emotions"
    MENTAL_HEALTH = "mental_health"
    ACTIVE = "active"
    CLIMATE = "climate"
    VOICE = "voice"
    FAMILIES = "families"
    STAFF = "staff"
    TRANSITIONS = "transitions"
    OTHER = "other"


class Sees(StrEnum):
    """Who may see a practice; one that is selected or published is seen by everyone."""

    EVERYONE = "everyone"
    MEMBERS = "members"  # of its community today, and who facilitates it
    FACILITATORS = "facilitators"


class Status(StrEnum):
    """What the team has made of a practice."""

    SHARED = "shared"
    PROMISING = "promising"
    SELECTED = "selected"
    PUBLISHED = "published"

    @property
    def chosen(self) -> bool:
        """Whether it stands in the guide."""
        return self in (Status.SELECTED, Status.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Practice:
    """A practice in its author's words, written in ``language``; never with a student's name.

    ``level`` and ``theme`` are None where they are not said yet. ``links`` lead to its materials.
    ``community`` is the number of the one it belongs to, 0 for none.
    """

    title: str
    did: str
    level: Level | None = None
    theme: Theme | None = None
    context: str = ""
    effects: str = ""
    links: tuple[str, ...] = ()
    sees: Sees = Sees.EVERYONE
    author: str = ""
    institution: str = ""
    language: Language = Language.EN
    community: int = 0


def check(says: Practice, at: int) -> None:
    """Raise Impossible for what no practice can say."""
    for field in ("title", "did"):
        text: str = getattr(says, field)
        if not text.strip():
            raise Impossible(field)
    for field in (*LINES, *TEXTS):
        text = getattr(says, field)
        longest = LONGEST_TEXT if field in TEXTS else LONGEST_LINE
        if len(text) > longest or not writable(text):
            raise Impossible(field)
    wrong = (len(one) > LONGEST_URL or not is_url(one) or not writable(one) for one in says.links)
    if len(says.links) > MOST_LINKS or any(wrong):
        raise Impossible("links")
    if says.community < 0:
        raise Impossible("community")
    if says.sees is Sees.MEMBERS and not says.community:
        raise Impossible("sees")


def writable(text: str) -> bool:
    """Whether every character of it can be kept."""
    return not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text)
