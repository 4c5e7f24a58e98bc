"""/workshop and /meeting: a line or the form records a session; its target is proposed first."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from handlers.asking import ask
from handlers.chat import values
from handlers.chat.cards import Action, Card, Facts, Reply, Said, Style, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.chat.texts import capital
from handlers.lines.reading import Why
from handlers.meetings import changes, mine
from handlers.sessions import (
    changing,
    convening,
    form,
    line,
    listing,
    moving,
    proposing,
    series,
    view,
    words,
)
from handlers.sessions.convening import Meant
from storage import presences, records, sessions
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.presences import Attendance, Counted
from storage.sessions import Day, Session
from storage.target_sessions import OTHER
from storage.words import fold

router = Router()

CARRIED = ("id", "version", "meeting")
SERIES = {"series", "serie"}
VERBS = {
    "list": {"list", "liste"},
    "cancel": {"cancel", "annuler", "annule"},
    "move": {"move", "postpone", "reschedule", "deplacer", "deplace", "reporter"},
}


@router.command("workshop", "atelier")
async def workshop(msg: Incoming, ctx: Context) -> Reply:
    """Record what the line says, list, move or cancel; a word alone opens the form."""
    return await _answer(msg, ctx, {})


@router.command("meeting", "rencontre")
async def meeting(msg: Incoming, ctx: Context) -> Reply:
    """The same for what is called a meeting; a member sees those to come."""
    if not ctx.person.role.logs and fold(msg.text) in ("", *VERBS["list"]):
        return await mine.first_page(ctx)
    return await _answer(msg, ctx, {"meeting": "yes"})


@router.action("session.answer")
async def answer(msg: Incoming, ctx: Context) -> Reply:
    """A question about a line was answered, or its target chosen: read it as of that day."""
    if not ctx.person.role.logs:
        raise NotAllowed
    today = min(values.day(msg.values, "today"), ctx.today)
    return await _record(ctx, values.text(msg.values, "said"), today, msg.values)


@router.action("session.form")
async def open_form(msg: Incoming, ctx: Context) -> Reply:
    """Open the form with what the line says."""
    if not ctx.person.role.logs:
        raise NotAllowed
    text = msg.values.get("said", "")
    whose = await ctx.store.read(convening.meant, ctx, text, msg.values)
    said = convening.read(ctx, whose, ctx.today, msg.values)
    return await _form(ctx, said, msg.values, whose)


@router.action("session.save")
async def save(msg: Incoming, ctx: Context) -> Reply:
    """The form was sent, for a new session or a changed one."""
    if not ctx.person.role.logs:
        raise NotAllowed
    carried = {name: one for name, one in msg.values.items() if name in (*CARRIED, "counts")}
    says, errors = await form.read(ctx, msg.values)
    if says is None:
        return await form.show(ctx, msg.values, carried, errors)
    if "id" in carried:
        try:
            return await changing.save(ctx, carried, says)
        except UserError as error:
            if error.key != "session.names_not_kept":
                raise
            why = {"audience": ctx.t(error.key)}
            return await form.show(ctx, msg.values, carried, why)
    return await _add(ctx, says, _counts(ctx, carried.get("counts", "")), asks=True)


async def _answer(msg: Incoming, ctx: Context, called: Mapping[str, str]) -> Reply:
    if not ctx.person.role.logs:
        raise NotAllowed
    if not msg.text:
        return await form.show(ctx, {"day": ctx.today.isoformat()}, called)
    word, _, rest = msg.text.partition(" ")
    verb = next((name for name, said in VERBS.items() if fold(word) in said), "")
    # "list of resources 3h", "move it! 3h": a title may start like that, and has a length.
    read = words.read_line(ctx, msg.text, ctx.today, {})
    recorded = bool(read.title) and read.minutes is not None
    if "meeting" in called and fold(word) in SERIES:
        return await series.propose(ctx, rest)
    if verb == "list" and not recorded:
        return await listing.first_page(ctx, rest)
    if verb in ("cancel", "move"):
        act = moving.cancel_named if verb == "cancel" else moving.move_named
        try:
            return await act(ctx, rest)
        except UserError:
            if not recorded:
                raise
    return await _record(ctx, msg.text, ctx.today, called)


async def _record(ctx: Context, text: str, today: date, answers: Mapping[str, str]) -> Reply:
    """Record what a line says; ask first where it is open, and which target it counts for."""
    whose = await ctx.store.read(convening.meant, ctx, text, answers)
    said = convening.read(ctx, whose, today, answers)
    carried = dict(answers) | {"said": text, "today": today.isoformat()}
    missing = any(one.why is Why.MISSING for one in said.questions)
    named = bool(said.title) or whose.community is not None
    if not named or (missing and len(said.questions) == 1):
        return await _form(ctx, said, answers, whose)
    if said.number and not said.questions:
        error = {"title": ctx.t("session.why.number", number=said.number)}
        return await _form(ctx, said, answers, whose, error)
    if said.questions:
        example = ctx.t("session.example")
        return ask(
            ctx,
            said.questions[0],
            carried,
            answer="session.answer",
            form="session.form",
            example=example,
            why="session.far" if said.questions[0].why is Why.FUTURE else "",
        )
    if whose.community is not None:
        says = convening.become(ctx, whose.community, said, _session(ctx, said, OTHER.id))
        return await _add(ctx, says, said.counts)
    if target := answers.get("target", ""):
        if target not in words.targets(ctx):
            raise UserError("errors.no_such_button")
        return await _add(ctx, _session(ctx, said, target), said.counts)
    target = proposing.named(words.offered(ctx, said.days[-1]), said, text)
    if not target:
        return Reply(_which_target(ctx, said, carried, whose), replace=True)
    return await _add(ctx, _session(ctx, said, target), said.counts, asks=True)


def _which_target(ctx: Context, said: line.Said, carried: Mapping[str, str], whose: Meant) -> Card:
    """What was understood, and a button for each target, the likeliest first.

    Before these one for each community that it may be a meeting of.
    """
    t, meeting = ctx.t, "meeting" in carried
    likely = proposing.proposed(words.offered(ctx, said.days[-1]), said, meeting=meeting)
    fits = bool(likely) and proposing.fit(likely[0], said, meeting=meeting) > 0
    says = replace(_session(ctx, said, OTHER.id), area=said.part)
    there = Attendance(0, _heads_of(says, said.counts)) if said.counts else None
    choices = [(one.id, one.name[t.language]) for one in likely]
    choices.append((OTHER.id, t("session.other")))
    actions = [
        Action(
            t("session.told.of", community=one.says.name(t.language)),
            "session.answer",
            {**carried, "community": str(one.id)},
            Style.PRIMARY,
        )
        for one in whose.maybe
    ]
    actions += [
        Action(
            label,
            "session.answer",
            {**carried, "target": id},
            Style.PRIMARY if fits and not place and not whose.maybe else Style.PLAIN,
        )
        for place, (id, label) in enumerate(choices)
    ]
    actions.append(Action(t("log.ask.form"), "session.form", carried))
    blocks = (
        Facts(tuple(view.facts(ctx, says, there))),
        Text(t("session.which_target_hint" if fits else "session.which_target_open"), muted=True),
        Said(carried["said"]),
    )
    return Card(t("session.which_target"), blocks, tuple(actions))


async def _add(
    ctx: Context, says: Session, counts: tuple[tuple[str, int], ...], *, asks: bool = False
) -> Reply:
    """Record a session and the heads that were counted; those of one to come are registered."""
    over = says.last <= ctx.today
    if counts and not over and says.registered is None:
        says = replace(says, registered=sum(number for _, number in counts))

    def work(tx: Tx) -> view.Seen:
        titled = convening.titled(tx, ctx, says)
        session = records.add(tx, sessions.KIND, titled, ctx.person, ctx.at)
        if counts and over:
            heads = Attendance(session.id, _heads_of(says, counts))
            presences.take(tx, heads, ctx.person, ctx.at)
        return view.read(tx, session, changes.tell(tx, None, session, ctx.at))

    key = "session.title.recorded" if over else "session.title.planned"
    return await ctx.change(work, lambda seen: view.reply(ctx, seen, key, asks=asks))


def _heads_of(says: Session, counts: tuple[tuple[str, int], ...]) -> tuple[Counted, ...]:
    """So many on each of its days."""
    days = range(len(says.days))
    return tuple(Counted(day, board, number) for day in days for board, number in counts)


def _session(ctx: Context, said: line.Said, id: str) -> Session:
    target = words.target(ctx, id)
    named = {one.id for one in target.part} if target else set[str]()
    return Session(
        id,
        capital(said.title),
        said.theme,
        said.part if said.part in named else "",
        said.audience,
        tuple(Day(day, said.starts, said.minutes or 0) for day in said.days),
        link=said.link,
        agenda=said.agenda,
        boards=tuple(sorted(said.boards)),
        head_counts=target is not None and target.head_counts,
    )


async def _form(
    ctx: Context,
    said: line.Said,
    answers: Mapping[str, str],
    whose: Meant,
    errors: Mapping[str, str] | None = None,
) -> Reply:
    """The form, filled as far as a line says, and with what comes back of it."""
    carried = _heads(said) | {name: answers[name] for name in CARRIED if name in answers}
    return await form.show(ctx, _filled(ctx, said, answers, whose), carried, errors)


def _filled(
    ctx: Context, said: line.Said, answers: Mapping[str, str], whose: Meant
) -> dict[str, str]:
    """The values of the form's inputs as far as a line says them."""
    target, meeting = answers.get("target", ""), "meeting" in answers
    if not target and said.title and whose.community is None:
        offered = words.offered(ctx, said.days[-1] if said.days else ctx.today)
        best = next(iter(proposing.proposed(offered, said, meeting=meeting)), None)
        target = best.id if best and proposing.fit(best, said, meeting=meeting) > 0 else ""
    says = _session(ctx, said, target)
    if whose.community is not None:
        says = convening.become(ctx, whose.community, said, says)
    return form.values_of(ctx, says) | {
        "area": said.part,
        "starts": said.starts,
        "length": ctx.t.duration(said.minutes) if said.minutes else "",
    }


def _heads(said: line.Said) -> dict[str, str]:
    """The heads that a line counts, as the form carries them: "EMSB 9,RSB 5"."""
    text = ",".join(f"{board} {number}".strip() for board, number in said.counts)
    return {"counts": text} if text else {}


def _counts(ctx: Context, text: str) -> tuple[tuple[str, int], ...]:
    """What ``_heads`` made a text of; a stranger's word."""
    counts: list[tuple[str, int]] = []
    known = {"", *(one.id for one in ctx.plans.network.body)}
    for one in filter(None, text.split(",")):
        board, _, number = one.rpartition(" ")
        if board not in known or not values.is_count(number):
            raise UserError("errors.no_such_button")
        counts.append((board, int(number)))
    return tuple(counts)
