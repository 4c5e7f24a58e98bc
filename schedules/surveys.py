"""Reminders of surveys and journals, to those on the chat who have still to hand them in."""

from collections.abc import Iterator
from datetime import date, time, timedelta

from handlers.surveys.view import REMINDER, about
from schedules import ahead
from schedules.job import At
from storage import missing, quiet, surveys
from storage.deliveries import Post
from storage.engine import Tx
from storage.occurrences import Occurrence
from storage.plan_files import Plans

TEN = At(time(10), school_days=True)
AHEAD = (7, 1)  # days before it closes
LONGEST = timedelta(days=2 * 366)  # that one is out


def posts(tx: Tx, plans: Plans, one: Occurrence) -> Iterator[Post]:
    """A reminder to each who is missing from a survey that closes so many days later."""
    day = date.fromisoformat(one.key)
    for survey in surveys.between(tx, day - LONGEST, day - timedelta(days=1)):
        last = survey.says.closes
        until = last and ahead.until(plans, day, last, AHEAD)
        if until is None:
            continue
        subject = quiet.of_survey(survey.id)
        for person in sorted(missing.on_the_chat(tx, plans, survey, day)):
            if not quiet.is_quiet(tx, person, subject, day):
                once, of = f"survey/{survey.id}/{day}/{person}", {"survey": str(survey.id)}
                yield Post(
                    once, REMINDER, of, person, about=about(survey.id), due=one.due, until=until
                )
