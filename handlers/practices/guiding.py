"""/guide: the practices guide as a file, in both languages, and its delivery as the plan has it."""

from dataclasses import dataclass
from datetime import date

from handlers.chat import values
from handlers.chat.cards import Action, Block, Card, File, Reply, Style, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from storage import documents, practice_marks
from storage.documents import Document
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.people import Person
from storage.plan import Language, Plan
from storage.plan_files import Plans
from storage.practice import Status
from storage.practice_marks import Chosen
from storage.records import Record

router = Router()

TARGET = "practices-guide"  # of the plan that asks for it


@dataclass(frozen=True, slots=True)
class Guide:
    """What stands in the guide, which plan asks for it, and what is kept of its delivery."""

    chosen: tuple[Chosen, ...]
    plan: Plan | None
    document: Record[Document] | None

    @property
    def delivered(self) -> date | None:
        return self.document.says.sent if self.document else None

    def file(self, language: Language, otherwise: date) -> File:
        """The guide in a language; ``otherwise`` is its day where no practice has one."""
        from handlers.practices import guide

        t = Texts.load(language)
        day = self.delivered or guide.as_of(self.chosen, otherwise)
        content = guide.build(t, self.chosen, draft=self.delivered is None, day=day)
        return File(guide.file_name(t, language), content)


def read(tx: Tx, plans: Plans, by: Person | None) -> Guide:
    """What the guide is made of, for the team; ``by`` is None in the shell. Raises NotAllowed."""
    chosen = tuple(practice_marks.for_guide(tx, by))
    asks = (one for one in reversed(plans.all) if any(of.id == TARGET for of in one.target))
    plan = next(asks, None)
    kept = documents.of(tx, plan.id, TARGET, 1) if plan else None
    return Guide(chosen, plan, kept)


@router.command("guide", "guide")
async def show(msg: Incoming, ctx: Context) -> Reply:
    """What the guide holds, and the buttons that build and deliver it."""
    if not ctx.person.role.logs:
        raise NotAllowed
    t, made = ctx.t, await ctx.store.read(read, ctx.plans, ctx.person)
    if not made.chosen:
        empty = Text(t("guide.chat.empty"))
        return Reply(Card(t("guide.chat.title"), (empty,), _list(t)))
    selected = sum(one.status is Status.SELECTED for one in made.chosen)
    published = len(made.chosen) - selected
    state = t("guide.chat.draft")
    if made.delivered:
        state = t("guide.chat.delivered", day=t.day(made.delivered))
    blocks: list[Block] = [
        Text(t("guide.chat.holds", selected=selected, published=published)),
        Text(state, muted=True),
    ]
    return Reply(Card(t("guide.chat.title"), tuple(blocks), _actions(ctx, made)))


@router.action("guide.build")
async def build(msg: Incoming, ctx: Context) -> Reply:
    """Give out the guide in the language that the button names."""
    try:
        language = Language(values.text(msg.values, "language"))
    except ValueError:
        raise UserError("errors.no_such_button") from None
    made = await ctx.store.read(read, ctx.plans, ctx.person)
    if not made.chosen:
        raise UserError("guide.chat.empty")
    file = made.file(language, ctx.today)
    text = Text(ctx.t("guide.chat.made", name=file.name))
    return Reply(Card(ctx.t("guide.chat.title"), (text,)), file=file)


def _actions(ctx: Context, made: Guide) -> tuple[Action, ...]:
    t = ctx.t
    first, second = (t.language, *(one for one in Language if one is not t.language))
    actions = [
        Action(t(f"guide.chat.build_{one}"), "guide.build", {"language": one.value}, style)
        for one, style in ((first, Style.PRIMARY), (second, Style.PLAIN))
    ]
    if made.plan is not None and ctx.person.role.manages and made.delivered is None:
        version = made.document.version if made.document else 0
        of = {"plan": made.plan.id, "target": TARGET, "number": "1", "version": str(version)}
        actions.append(Action(t("guide.chat.deliver"), "report.mark", {**of, "step": "sent"}))
    if made.document is not None:
        kept = {"id": str(made.document.id)}
        actions.append(Action(t("guide.chat.open"), "report.open", kept))
    return (*actions, *_list(t))


def _list(t: Texts) -> tuple[Action, ...]:
    return (Action(t("guide.chat.list"), "practice.list", {"list": "", "offset": "0"}),)
