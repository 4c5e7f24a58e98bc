"""The attestation of a member's meetings as a Word document."""

from handlers.chat.context import Context
from handlers.chat.texts import Texts
from handlers.communities.member_view import Joined
from handlers.papers.paper import Paper
from storage.attendances import Attended
from storage.network import Language


def build(
    ctx: Context, joined: Joined, meetings: list[Attended], measure: str, language: Language
) -> bytes:
    """The Word document: who, where, which measure, each meeting with its length, who issues it."""
    t = Texts.load(language)
    says, name = joined.record.says, joined.member.says.name
    community = joined.community.record.says.name(language)
    minutes = sum(one.minutes for one in meetings)
    title = t("attestation.paper.title")
    paper = Paper(language, f"{title} – {name}", ctx.person.name, ctx.today)
    paper.heading(title, 1)
    paper.paragraph(t("attestation.paper.says", name=name, community=community))
    facts = (
        (t("attestation.paper.name"), name),
        (t("attestation.paper.role"), says.role),
        (t("attestation.paper.institution"), says.institution),
        (t("attestation.paper.sector"), t(f"community.pays.{says.sector}")),
        (t("attestation.paper.measure"), measure),
    )
    paper.facts([row for row in facts if row[1]])
    header = [t(f"attestation.paper.{one}") for one in ("day", "meeting", "length")]
    rows = [
        (t.full_date(one.day), one.says.called(language), t.duration(one.minutes))
        for one in meetings
    ]
    paper.table(header, rows, (2.4, 2.9, 1.2))
    count = t("attestation.paper.meetings", count=len(meetings))
    paper.paragraph(t("attestation.paper.total", meetings=count, length=t.duration(minutes)))
    paper.paragraph(t("attestation.paper.issued", name=ctx.person.name, day=t.full_date(ctx.today)))
    paper.signature(t("attestation.paper.signature"))
    return paper.content()
