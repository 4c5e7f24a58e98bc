"""What tests share that have the gallery's conversation through a door: time, buttons and words."""

from collections.abc import Callable
from datetime import datetime

from bot import gallery, sample
from bot.gallery import Shown, Step, actions_of
from handlers.chat.cards import Action, Card, Form
from storage.engine import Store
from storage.plan_files import load_plans
from tests.conversation import strings

# What strings() gives beside words: the names of blocks.
GALLERY = "(Gallery)"

# The scenes that are had through the doors of platforms. Those after them hand a person several
# things at once, which a platform shows in another order; their story is in community_year.py.
SCENES = gallery.SCENES[: gallery.SCENES.index("interests")]
KINDS = {"card", "text", "said", "heading", "facts", "table", "progress", "item", "example"}


def clock(step: Step, now: datetime) -> datetime:
    """What time it is at a step, after the time it was."""
    day = step.on_day
    if day is None:
        return now
    return sample.STARTS.replace(year=day.year, month=day.month, day=day.day)


async def occur(step: Step, store: Store, now: datetime) -> None:
    """Have the job occur that is due at a step."""
    await store.write(gallery.occur, step, load_plans(None), now)


def pressed(shown: Card, step: Step) -> tuple[Action, int]:
    """The button that a step presses, and how many before it look the same."""
    actions = actions_of(shown)
    wanted = next(
        one
        for one in actions
        if one.name == step.press and step.values.items() <= one.values.items()
    )
    alike = [one for one in actions if (one.name, one.label) == (wanted.name, wanted.label)]
    return wanted, alike.index(wanted)


def words(shown: Shown) -> list[str]:
    """What a card says, its buttons by their labels; a form its questions and what is wrong."""
    if isinstance(shown, Form):
        asked = [text for one in shown.inputs for text in (one.label, one.hint, one.error)]
        return [shown.title, *asked, shown.submit, shown.cancel]
    return [one for one in strings(shown) if type(one) is str and one not in KINDS]


def check(shown: Shown, said: str, read: Callable[[str], str]) -> None:
    """Hold what ``said`` against all that a card says; ``read`` is how a line of it reads there."""
    for text in words(shown):
        for line in text.splitlines():
            if GALLERY in line:
                continue  # a place has another id there
            assert read(line) in said, (line, said)
