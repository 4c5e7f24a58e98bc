"""Every kind of record there is, for what looks at all of them."""

from typing import Any

from storage import documents, feedback, presences, quiet, rsvps, sessions
from storage.channels import CHANNEL
from storage.communities import COMMUNITY, MEMBERSHIP
from storage.draws import DRAW
from storage.interests import CALL, INTEREST, RELEVANCE
from storage.narratives import NARRATIVE
from storage.outputs import OUTPUT
from storage.partnerships import AGREEMENT, PARTNERSHIP
from storage.practice_comments import COMMENT
from storage.practice_marks import MARK
from storage.practices import PRACTICE
from storage.records import Kind
from storage.roster_imports import IMPORT
from storage.rosters import MEMBER
from storage.same_people import DECISION
from storage.seats import OFFER
from storage.surveys import COMPLETION, SURVEY

ALL: tuple[Kind[Any], ...] = (
    sessions.KIND,
    presences.KIND,
    feedback.KIND,
    MEMBER,
    IMPORT,
    DECISION,
    OUTPUT,
    PARTNERSHIP,
    AGREEMENT,
    SURVEY,
    COMPLETION,
    documents.KIND,
    COMMUNITY,
    MEMBERSHIP,
    CALL,
    INTEREST,
    RELEVANCE,
    DRAW,
    OFFER,
    rsvps.KIND,
    quiet.KIND,
    PRACTICE,
    MARK,
    COMMENT,
    CHANNEL,
    NARRATIVE,
)
