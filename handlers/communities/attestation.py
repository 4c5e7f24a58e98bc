"""/community attestation: the meetings that a member attended, as a document."""

import re
import unicodedata

from handlers.chat import values
from handlers.chat.cards import Action, Card, Facts, File, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.communities import member_naming, member_view
from handlers.communities.member_view import Joined
from storage import attendances, participants
from storage.attendances import Attended
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.network import Language
from storage.words import fold

router = Router()

WORDS = {"attestation", "attestations"}
# "Marie Tremblay in French", « Marie Tremblay en anglais »
IN_LANGUAGE = re.compile(
    r"[\s,]+(?:in |en )?(?P<said>french|francais|français|english|anglais|fr|en)$", re.IGNORECASE
)


async def of_line(ctx: Context, text: str) -> Reply:
    """The attestation of the member whom the line names, in the language that it says."""
    m = IN_LANGUAGE.search(text)
    language = ctx.t.language
    if m:
        language = Language.FR if fold(m["said"]).startswith("fr") else Language.EN
    said = text[: m.start()] if m else text

    def meant(tx: Tx) -> Joined:
        example = "community.example.attestation"
        return member_naming.meant(tx, ctx, said, example, ended=True)[1]

    return await _give(ctx, (await ctx.store.read(meant)).record.id, language)


@router.action("community.attestation")
async def give(msg: Incoming, ctx: Context) -> Reply:
    """The attestation of a membership, in one's own language or in the one that was pressed."""
    said = msg.values.get("language", ctx.t.language)
    if said not in {*Language}:
        raise UserError("errors.no_such_button")
    return await _give(ctx, values.whole(msg.values, "id"), Language(said))


async def _give(ctx: Context, id: int, language: Language) -> Reply:
    """The document, with what it says. Raises UserError where no meeting was attended."""
    from handlers.communities import attestation_paper

    t, (joined, meetings) = ctx.t, await ctx.store.read(_read, ctx, id)
    if not meetings:
        raise UserError("attestation.none", name=joined.member.says.name)
    name = joined.member.says.name
    minutes, measure = sum(one.minutes for one in meetings), _measure(ctx, joined)
    facts = Facts(
        (
            (t("community.field.member"), name),
            (t("attestation.field.meetings"), t.number(len(meetings))),
            (t("attestation.field.total"), t.duration(minutes)),
            (t("community.field.measure"), measure),
        )
    )
    other = Language.EN if language is Language.FR else Language.FR
    of = {"id": str(id), "language": other.value}
    action = Action(t(f"attestation.in_{other}"), "community.attestation", of, hint=name)
    card = Card(t("attestation.title"), (facts, Text(t("attestation.sign"), muted=True)), (action,))
    content = attestation_paper.build(ctx, joined, meetings, measure, language)
    file = File(f"attestation-{_plain(name)}-{language}.docx", content)
    return Reply(card, file=file)


def _read(tx: Tx, ctx: Context, id: int) -> tuple[Joined, list[Attended]]:
    """A membership, and each meeting that its member attended.

    Raises NotFound, and NotAllowed for who sees no names.
    """
    joined = member_view.get(tx, ctx, id)
    if not joined.community.leads:
        raise NotAllowed
    return joined, attendances.of_membership(tx, joined.record, ctx.today)


def _measure(ctx: Context, joined: Joined) -> str:
    """The measure that pays for it; where that is not known, those there are."""
    says, plan = joined.record.says, joined.community.record.says.plan
    return says.measure or " / ".join(participants.measures(ctx.plans.all, says.sector, plan))


def _plain(name: str) -> str:
    """A name as part of a file's name."""
    spread = unicodedata.normalize("NFKD", name)
    return "-".join(re.findall(r"[a-z0-9]+", spread.encode("ascii", "ignore").decode().lower()))
