"""The schedule: every job, by its name, when it is due and for whom, in one place."""

from datetime import time, timedelta

from schedules import nudges, reports, surveys, troubles, weekly
from schedules.job import WEEKDAYS, At, Job, Missed
from schedules.meetings import AfterMeetings, BeforeMeetings, ask, remind
from schedules.offers import passed_on

JOBS: tuple[Job, ...] = (
    # The members of a community, and its channel, before each of its meetings.
    Job("meeting-reminders", BeforeMeetings(), remind),
    # Whoever facilitates, after it.
    Job("after-meetings", AfterMeetings(), ask),
    # Staff who logged nothing for five school days, each in private and in their own time.
    Job("nudges", nudges.WhereStaffAre(nudges.HALF_PAST_THREE), nudges.posts),
    # Seats that were offered and not taken in time, to the next on the list.
    Job("seat-offers", At(time(8)), passed_on, missed=Missed.NEWEST),
    # Managers, where something went wrong with what was to be said or done.
    Job(troubles.JOB, At(time(8, 15), WEEKDAYS), troubles.tell, Missed.NEWEST),
    # Who on the chat has still to hand a survey or a journal in, before it closes.
    Job("survey-reminders", surveys.TEN, surveys.posts),
    # Managers, before a report or the plan is due.
    Job("report-deadlines", reports.NINE, reports.posts),
    # The week in figures, in each channel that is told it.
    Job("weekly-progress", weekly.InEachChannel(), weekly.posts),
    # Let go of what is no longer needed.
    Job("retention", At(time(3, 10), lasts=timedelta(days=7)), missed=Missed.NEWEST),
    # A copy of the database, beside it.
    Job("backup", At(time(3, 40), lasts=timedelta(days=7)), missed=Missed.NEWEST),
)
