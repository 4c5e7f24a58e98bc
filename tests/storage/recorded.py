"""One of each kind of record, for tests that look at all of them."""

from storage import (
    addresses,
    channels,
    communities,
    documents,
    feedback,
    interests,
    narratives,
    outputs,
    partnerships,
    practice_comments,
    practice_marks,
    practices,
    presences,
    quiet,
    records,
    rosters,
    rsvps,
    same_people,
    seats,
    sessions,
    surveys,
)
from storage.channels import Channel
from storage.communities import Community, Membership
from storage.documents import Document
from storage.draws import DRAW, Draw
from storage.engine import Tx
from storage.feedback import Feedback
from storage.interests import Call, Interest
from storage.narratives import Narrative
from storage.outputs import Output
from storage.partnerships import Agreement, Partnership
from storage.people import Person, TeamRole
from storage.plan import CommunityKind, Sector
from storage.practice import Practice, Status
from storage.practice_comments import Comment
from storage.practice_marks import Mark
from storage.presences import Attendance, Counted, Present, Unmatched
from storage.report_kinds import ReportKind
from storage.rosters import Member
from storage.rsvps import Answer, Rsvp
from storage.seats import Offer
from storage.sessions import Day, Session
from storage.surveys import Completion, Survey
from tests.storage.making import DAY, NOW, meet

MEETING = Session("plc-meetings", "PLC", days=(Day(DAY, "", 120),))


def one_of_each(tx: Tx, staff: Person, manager: Person) -> None:
    """Two members who are one (1, 2), meetings (3, 4), attendance (5), totals (6), and so on."""
    for name in ("Marie Tremblay", "M. Tremblay"):
        rosters.add(tx, Member(name, role="cda", board="emsb", starts=DAY), manager, NOW)
    meeting, other = (records.add(tx, sessions.KIND, MEETING, staff, NOW) for _ in range(2))
    there = Attendance(
        meeting.id,
        (Counted(0, "emsb", 9),),
        (Present(0, 1), Present(0, 2)),
        (Unmatched(0, "Somebody"),),
    )
    presences.take(tx, there, staff, NOW)
    feedback.take(tx, Feedback(other.id, 14, 8, 7), staff, NOW)
    asked = [meet(tx, f"Person {number}", TeamRole.MEMBER) for number in range(3)]
    feedback.ask(tx, meeting.id, [one.id for one in asked])
    feedback.answer(tx, meeting.id, asked[0], 5, "très bien", NOW)
    same_people.join(tx, 1, 2, manager, NOW)
    tool = Output("cda-tools", "Asset map", published=DAY, url="https://example.org/map")
    records.add(tx, outputs.OUTPUT, tool, staff, NOW)
    partnerships.tell(tx, Partnership("CHSSN", table=True, seat=True), staff, NOW)
    records.add(tx, partnerships.AGREEMENT, Agreement("CHSSN", "Memo", DAY), staff, NOW)
    survey = records.add(tx, surveys.SURVEY, Survey("survey-cdas", "CDAs", DAY), manager, NOW)
    surveys.complete(tx, Completion(survey.id, ((1, DAY),)), staff, NOW)
    sent = Document("clc-2024-25", "dsrea-reports", 1, sent=DAY)
    documents.mark(tx, sent, 0, manager, NOW)
    cop = Community("Elementary", "Primaire", CommunityKind.PRACTICE, years=(2024, 2026))
    community = records.add(tx, communities.COMMUNITY, cop, manager, NOW)
    joined = Membership(community.id, 1, DAY, measure="15021")
    records.add(tx, communities.MEMBERSHIP, joined, manager, NOW)
    coming = Rsvp(meeting.id, Answer.COMING)
    records.add(tx, rsvps.KIND, coming, asked[0], NOW)
    quiet.pause(tx, "nudges", None, staff, NOW)
    garden = practices.share(
        tx, Practice("A quiet garden", "We dug it.", community=community.id), staff, NOW
    )
    practice_marks.mark(tx, Mark(garden.id, Status.PUBLISHED, DAY), 0, manager, NOW)
    practice_comments.add(tx, Comment(garden.id, "Merci!"), asked[0], NOW)
    call = records.add(tx, interests.CALL, Call(DAY, DAY), manager, NOW)
    team = (interests.Participant("Ana Roy", "teacher", "ana@lac.example"),)
    sent_in = Interest(call.id, "Lac", Sector.PUBLIC, "", team, "Calm", (community.id,))
    interest = interests.send(tx, sent_in, DAY, asked[0], NOW)
    relevant = interests.Relevance(interest.id, 1, interests.Verdict.YES)
    interests.judge(tx, relevant, manager, NOW)
    drawn = Draw(call.id, community.id, 1, ((interest.id, 1),), waiting=(interest.id,))
    draw = records.add(tx, DRAW, drawn, manager, NOW)
    records.add(tx, seats.OFFER, Offer(draw.id, interest.id, NOW), manager, NOW)
    addresses.note(tx, "test", "C1", None, NOW)
    channels.settle(tx, Channel("test", "C1", "clc"), manager, NOW)
    said = Narrative("clc-2024-25", ReportKind.PROGRESS, 1, "cda-tools", "Two are out.")
    narratives.tell(tx, said, 0, manager, NOW)
