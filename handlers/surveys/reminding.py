"""Who has still to hand a survey in is reminded in their own chat, unless they want no more."""

from collections.abc import Mapping

from handlers.chat import values
from handlers.chat.cards import Action, Card, Reply, Style, Text, Tone
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.posts import Telling
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from handlers.surveys import standing, words
from handlers.surveys.view import REMINDER
from storage import missing, quiet, records
from storage.engine import Tx
from storage.quiet import Quiet
from storage.records import Record
from storage.surveys import SURVEY

router = Router()


@router.post(REMINDER)
def remind(tx: Tx, telling: Telling, of: Mapping[str, str]) -> Card | None:
    """The reminder; nothing for who has handed it in or wants none, or once it is closed."""
    survey, person, t = records.get(tx, SURVEY, int(of["survey"])), telling.person, telling.t
    today, closes = telling.now.date(), survey.says.closes
    if person is None or survey.voided is not None or closes is None or closes < today:
        return None
    still = missing.on_the_chat(tx, telling.plans, survey, today)
    if person.id not in still or quiet.is_quiet(tx, person.id, quiet.of_survey(survey.id), today):
        return None
    title = words.title(telling, survey.says)
    days, day = (closes - today).days, t.full_date(closes)
    when = t("survey.remind.when", count=days, day=day) if days else t("survey.remind.today")
    stop = Action(t("survey.remind.stop"), "survey.quiet", {"survey": of["survey"]}, hint=title)
    blocks = (Text(when), Text(t("survey.remind.private"), muted=True))
    return Card(title, blocks, (_done(t, survey.id, title), stop))


@router.action("survey.quiet")
async def no_more(msg: Incoming, ctx: Context) -> Reply:
    """Remind the person of this one no more."""
    id = values.whole(msg.values, "survey")
    one = await ctx.store.read(standing.get, ctx, id)
    if not await ctx.store.read(standing.mine, ctx, [one]):
        raise UserError("survey.not_yours")
    title = words.title(ctx, one.survey.says)

    def reply(kept: Record[Quiet]) -> Reply:
        of = {"id": str(kept.id), "version": str(kept.version)}
        undo = Action(ctx.t("survey.undo"), "quiet.undo", of, hint=title)
        says = (Text(ctx.t("survey.remind.stopped", title=title)),)
        actions = (_done(ctx.t, id, title), undo)
        return Reply(Card(ctx.t("survey.remind.no_more"), says, actions, Tone.GOOD), replace=True)

    return await ctx.change(quiet.pause, reply, quiet.of_survey(id), None, ctx.person, ctx.at)


def _done(t: Texts, survey: int, title: str) -> Action:
    return Action(t("survey.i_did"), "survey.mine", {"survey": str(survey)}, Style.PRIMARY, title)
