"""The card of a week: a sentence, what moved or is at risk, what is due, missing, and one ask."""

from datetime import date

from handlers.chat.cards import Action, Block, Card, Facts, Heading, Progress, Text, Tone
from handlers.chat.texts import Texts, capital
from handlers.progress import words
from handlers.progress.chart import of_targets
from handlers.progress.weekly import ahead, lacking
from handlers.progress.weekly.lacking import GAP, Lack
from handlers.progress.weekly.week import DAY, Row, Week
from storage import audit
from storage.engine import Tx
from storage.figures import Status
from storage.plan import Measure
from storage.plan_files import Plans
from storage.quality import Concern

ASKED_FOR = (Concern.ATTENDANCE, Concern.FEEDBACK, GAP, Concern.ENTRY)  # the most useful first
MOST_LACKS = 3  # kinds of what /check shows that are said of each

Due = list[tuple[date, str]]


def build(tx: Tx, t: Texts, plans: Plans, week: Week) -> Card:
    """The card as everybody in a channel may see it."""
    name = week.scope.name(t.language)
    if week.scope.strands:
        said = t.all_of(list(week.scope.strands))
        name = t("channel.strands", count=len(week.scope.strands), strands=said, plan=name)
    due = ahead.read(tx, t, week)
    about = (Text(name, muted=True), _footer(tx, t))
    title = t("weekly.title", first=t.day(week.first), last=t.day(week.last))
    if not week.moved:
        return Card(title, (Text(_quiet(t, week, due)), *about), _actions(t, week))
    lacks = lacking.read(tx, t, plans, week.scope, week.last + DAY)
    blocks: list[Block] = [
        Text(_headline(t, week)),
        *(row(t, one) for one in week.few),
        *_due(t, due),
        *_missing(t, lacks),
        Heading(t("weekly.heading.ask")),
        Text(_ask(t, week, due, lacks)),
        *_picture(t, week),
        *about,
    ]
    tone = Tone.WARN if week.at_risk(Status.OFF_TRACK) else Tone.NEUTRAL
    return Card(title, tuple(blocks), _actions(t, week), tone)


def row(t: Texts, one: Row, actions: tuple[Action, ...] = ()) -> Progress:
    """A target with how it changed in the week, and its pace."""
    detail = [change(t, one), words.pace(t, one.now)]
    return words.row(t, one.now, " · ".join(filter(None, detail)), actions)


def change(t: Texts, one: Row) -> str:
    """ "+12.5 h this week"; of a share, what it was before."""
    now, before = one.now, one.before
    if now.actual is None:
        return ""
    if not one.moved:
        return t("weekly.same")
    if now.target.measure is Measure.SHARE:
        was = words.share(t, before) if before.actual is not None else t("progress.status.no_data")
        return t("weekly.was", share=was)
    by = now.actual - (before.actual or 0)
    key = "weekly.more" if by > 0 else "weekly.less"
    return t(key, amount=words.amount(t, now.target, abs(by)))


def _headline(t: Texts, week: Week) -> str:
    count, of = len(week.moved), len(week.rows)
    return t("weekly.headline", count=count, of=t.number(of), standing=_standing(t, week))


def _standing(t: Texts, week: Week) -> str:
    """How many are off track and how many to be watched, or that none is at risk."""
    off, watch = (len(week.at_risk(one)) for one in (Status.OFF_TRACK, Status.WATCH))
    said = [t("weekly.off_track", count=off)] if off else []
    said += [t("weekly.watch", count=watch)] if watch else []
    return t.all_of(said) or t("weekly.no_risk")


def _quiet(t: Texts, week: Week, due: Due) -> str:
    line = t("weekly.quiet", standing=_standing(t, week))
    if not due:
        return line
    day, what = due[0]
    return f"{line} {t('weekly.next_due', what=what, day=t.day(day))}"


def _due(t: Texts, due: Due) -> list[Block]:
    if not due:
        return []
    rows = tuple((capital(t.short_date(day)), what) for day, what in due)
    return [Heading(t("weekly.heading.due")), Facts(rows)]


def _missing(t: Texts, lacks: list[Lack]) -> list[Block]:
    if not lacks:
        return []
    whom = dict.fromkeys(one.whom for one in lacks)
    rows = tuple(
        (capital(who), _lacking(t, [one for one in lacks if one.whom == who])) for who in whom
    )
    return [Heading(t("weekly.heading.missing")), Facts(rows)]


def _lacking(t: Texts, lacks: list[Lack]) -> str:
    """What is asked for before all others, and how much more /check shows; of people, all."""
    asked = {kind: place for place, kind in enumerate(ASKED_FOR)}
    first = sorted(lacks, key=lambda one: asked.get(one.kind, len(asked)))
    checked = [one for one in first if one.kind != GAP]
    rest = checked[MOST_LACKS:] if len(checked) > MOST_LACKS + 1 else []
    said = [one.text for one in first if one not in rest]
    return "; ".join([*said, t("weekly.rest", count=len(rest))] if rest else said)


def _ask(t: Texts, week: Week, due: Due, lacks: list[Lack]) -> str:
    """The one thing that would help most."""
    there = {one.kind: one for one in reversed(lacks)}
    first = next((one for one in ASKED_FOR if one in there), None)
    if first is not None:
        return t(f"weekly.ask.{first}", whom=capital(there[first].whom))
    if due:
        day, what = due[0]
        return t("weekly.ask.due", what=what, day=t.day(day))
    behind = next((one for one in week.few if one.at_risk), None)
    if behind is not None:
        return t("weekly.ask.behind", target=behind.now.target.name[t.language])
    return t("weekly.ask.hours")


def _picture(t: Texts, week: Week) -> list[Block]:
    """Where every target stands, at a glance: the rows say the few that moved or are at risk.

    Of a community's one target, its row says all there is.
    """
    if week.scope.community is not None:
        return []
    now = [one.now for one in week.rows]
    return [of_targets(t, week.scope.plan, now, week.last, brief=True)]


def _footer(tx: Tx, t: Texts) -> Text:
    """The head of the audit chain: who keeps it can tell later whether history was rewritten."""
    return Text(t("weekly.footer", head=audit.head(tx)), muted=True)


def _actions(t: Texts, week: Week) -> tuple[Action, ...]:
    plan = {"plan": week.scope.plan.id}
    of = week.scope.carried | {"day": (week.last + DAY).isoformat()}
    sources = Action(t("weekly.sources"), "weekly.sources", of)
    everything = Action(t("progress.back"), "progress.all", plan)
    changed = Action(t("weekly.changes"), "weekly.changes", of)
    return (everything, changed, sources) if week.few else (everything, changed)
