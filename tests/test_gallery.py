"""The gallery: every card in both languages, rendered by the door, and nothing left out of it."""

import re
import string
from itertools import chain

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.gallery import cards
from bot.web.render import render
from handlers.chat.texts import Texts
from storage.plan import Language
from tests.conversation import strings
from tests.packed import unsealed

# Whole parts of a door or the shell, what nobody asked for, and the card of a failure of ours (see
# test_people.py).
ELSEWHERE = ("door.", "playground.", "slack.", "teams.", "about.", "plan.", "closed.")
ELSEWHERE += ("attestation.paper.",)
ELSEWHERE += ("errors.failed", "log.shortcut.", "practice.shortcut")
# Example lines are shown one by one; a goal is carried over only in a plan that was rolled; and
# no sample meets a target of 1,400 hours or of 37 workshops, or has more entries than a file holds.
# Two columns are only in that file.
IN_PARTS = (".lines", "progress.carried_over", "progress.status.met", "entries.file.cut")
IN_PARTS += ("log.field.minutes", "log.field.voided", "progress.sum_only")
# Everyone is at home there, and nobody silent for long.
IN_PARTS += ("meeting.when_there", "meeting.silent_thrice")
# What is rare; some of it has tests of its own.
IN_PARTS += ("calendar.none", "calendar.not_yours", "series.no_time", "series.all_planned")
IN_PARTS += ("series.not_that_year", "series.no_community", "guide.chat.empty")
IN_PARTS += ("session.told.shared", "session.told.elsewhere")
# The words of files: a report's, a calendar's, and the guide's own.
ELSEWHERE += (
    "document.",
    "calendar.agenda",
    "calendar.file",
    "guide.subtitle",
    "guide.publisher",
    "guide.draft",
)
ELSEWHERE += ("guide.contents", "guide.about", "guide.what", "guide.how", "guide.words")
ELSEWHERE += ("guide.index", "guide.credits", "guide.thanks", "guide.others", "guide.made_with")
# A step drops one small file.
IN_PARTS += (".one_file", ".too_long")
# What platforms say, what each post and job is called, and that a job failed, are in
# tests/handlers/test_deliveries.py.
ELSEWHERE += ("deliveries.job.", "deliveries.failed", "deliveries.not_done", "deliveries.worked")
ELSEWHERE += ("schedule.", "deliveries.why.", "deliveries.says.", "deliveries.a_channel")
# What a week asks for, and what comes due of a community or a survey, in test_weekly.py there.
ELSEWHERE += ("weekly.ask.", "weekly.no_risk", "weekly.meeting", "weekly.same", "weekly.less")
# There, what is reminded of is not due yet.
IN_PARTS += (".remind.today",)


@pytest.mark.parametrize("language", Language)
async def test_every_text_is_seen_in_the_gallery(language: Language) -> None:
    shown = "\n".join(chain.from_iterable(strings(says) for _, says in await cards(language)))
    unseen: list[str] = []
    for key, text in Texts.load(language).texts.items():
        forms = [text] if isinstance(text, str) else list(text.values())
        if key.startswith(ELSEWHERE) or key.endswith(IN_PARTS):
            continue
        if not any(re.search(pattern(form), shown) for form in forms):
            unseen.append(key)
    assert unseen == []


@pytest.mark.parametrize("language", Language)
async def test_every_card_as_the_playground_shows_it(
    language: Language, snapshot: SnapshotAssertion
) -> None:
    t = Texts.load(language)
    for title, says in await cards(language):
        assert unsealed(f"{title}\n{render(says, t)}") == snapshot


async def test_both_languages_show_the_same_cards() -> None:
    english, french = [await cards(language) for language in Language]
    assert [type(says) for _, says in english] == [type(says) for _, says in french]


def pattern(text: str) -> str:
    """A text as a regular expression, anything standing for its values."""
    parts = string.Formatter().parse(text)
    return "".join(
        re.escape(said) + (".*" if name is not None else "") for said, name, _, _ in parts
    )
