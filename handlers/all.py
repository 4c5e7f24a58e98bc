"""Every feature, by name: the one router that the doors bring messages to."""

from handlers import closed, exporting, help, home, language, reasons, session_choice, welcome
from handlers.attendance import counting, naming, picking
from handlers.attendance import importing as attendance_files
from handlers.attendance import recording as attendance
from handlers.channel import settling as channel
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from handlers.check import listing as check
from handlers.communities import (
    attestation,
    calling,
    draw,
    draw_proposing,
    draw_telling,
    interests,
    offering,
    relevance,
)
from handlers.communities import listing as community_list
from handlers.communities import member_moving as community_moving
from handlers.communities import members as community_members
from handlers.communities import recording as community
from handlers.communities import setting_up as community_set_up
from handlers.deliveries import listing as delivery_list
from handlers.deliveries import telling as delivery_telling
from handlers.entries import changing, files, listing, log, nudging
from handlers.entries import home as my_hours
from handlers.feedback import asking as feedback_asking
from handlers.feedback import importing as feedback_files
from handlers.feedback import recording as feedback
from handlers.meetings import after as meeting_after
from handlers.meetings import answering as meeting_answers
from handlers.meetings import calendar as meeting_calendar
from handlers.meetings import mine as meeting_list
from handlers.meetings import telling as meeting_telling
from handlers.meetings import together as meetings_together
from handlers.meetings import typed as typed_answers
from handlers.missing import lists as missing
from handlers.outputs import listing as output_list
from handlers.outputs import recording as output
from handlers.partners import listing as partner_list
from handlers.partners import recording as partner
from handlers.people import (
    directory,
    linking,
    roster_changing,
    roster_import,
    roster_list,
    roster_same,
)
from handlers.practices import commenting as practice_comments
from handlers.practices import guiding as practice_guide
from handlers.practices import listing as practice_list
from handlers.practices import marking as practice_marks
from handlers.practices import recording as practice
from handlers.progress import (
    chart,
    detail,
    indicators,
    of_hours,
    of_outputs,
    of_partners,
    of_people,
    of_sessions,
    of_surveys,
    overview,
)
from handlers.progress import home as my_targets
from handlers.progress.weekly import posting as weekly
from handlers.quiet import pausing
from handlers.reports import asking as report_asking
from handlers.reports import deadlines as report_deadlines
from handlers.reports import narrating as report_narratives
from handlers.reports import recording as report
from handlers.sessions import changing as session_changing
from handlers.sessions import listing as session_list
from handlers.sessions import moving as session_moving
from handlers.sessions import recording as session
from handlers.sessions import series as session_series
from handlers.surveys import handing_in as survey_acts
from handlers.surveys import listing as survey_list
from handlers.surveys import opening as survey
from handlers.surveys import recording as survey_recording
from handlers.surveys import reminding as survey_reminding
from storage.plan import Language


def everything() -> Router:
    """A router that holds each feature's, in the order the help lists them."""
    router = Router()
    hours = (log, changing, listing, files, my_hours, nudging)
    sessions = (session, session_changing, session_moving, session_list, session_choice)
    told = (meeting_telling, meetings_together, meeting_answers, meeting_after)
    meetings = (*told, meeting_list, meeting_calendar, session_series)
    presences = (attendance, counting, naming, picking, attendance_files)
    thought = (feedback, feedback_asking, feedback_files)
    outputs = (output, output_list)
    surveys = (survey, survey_acts, survey_recording, survey_list, survey_reminding, missing)
    communities = (community, community_list, community_set_up, community_members, community_moving)
    draws = (draw, draw_proposing, draw_telling)
    seats = (attestation, interests, calling, relevance, *draws, offering)
    deliveries = (delivery_list, delivery_telling)
    reports = (report, report_asking, report_deadlines, report_narratives)
    rest = (partner, partner_list, *reports)
    behind = (of_hours, of_sessions, of_outputs, of_partners, of_people, of_surveys)
    targets = (overview, detail, chart, indicators, *behind, my_targets, weekly)
    practices = (practice, practice_list, practice_marks, practice_comments, practice_guide)
    people = (directory, linking, roster_list, roster_changing, roster_import, roster_same)
    for feature in (
        typed_answers,  # before hours, which take whatever words there are
        *hours,
        *sessions,
        *meetings,
        *presences,
        *thought,
        *outputs,
        *targets,
        check,
        home,
        *rest,
        *surveys,
        *communities,
        *seats,
        *practices,
        pausing,
        *people,
        *deliveries,
        exporting,
        channel,
        language,
        welcome,
        reasons,
        closed,
        help,
    ):
        router.include(feature.router)
    return router


def command_list(router: Router, language: Language) -> list[tuple[str, str]]:
    """Every command's word and what it does, in a language."""
    t = Texts.load(language)
    return [(one.word(language), help.summary(t, one)) for one in router.commands.values()]
