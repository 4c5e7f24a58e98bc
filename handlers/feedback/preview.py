"""An export of a form as it is shown before it is taken in: what it holds, and what it may be."""

from collections.abc import Mapping

from handlers import session_choice
from handlers.chat import values
from handlers.chat.cards import (
    Action,
    Block,
    Card,
    Facts,
    Form,
    Heading,
    Input,
    InputKind,
    Item,
    Style,
    Text,
)
from handlers.chat.context import Context
from handlers.feedback import export, view
from handlers.feedback.export import FITS, Pending
from handlers.replies import shows_rate
from storage.records import Record
from storage.sessions import Session
from storage.surveys import Survey

SURVEY = "survey.file"  # takes an export in for a survey


def asked(waits: Pending, seen: view.Seen) -> int | None:
    """How many were asked: all who came; None where that isn't known, or fewer than replied."""
    came = seen.sum.participants
    return came if came >= max(1, waits.replies) else None


def which(
    ctx: Context,
    waits: Pending,
    there: list[Record[Session]],
    out: list[Record[Survey]],
    named: str,
) -> Card:
    """What the export may be: feedback on one of these sessions, or a survey that is out."""
    t, carried = ctx.t, {"pending": export.dump(waits)}
    blocks: list[Block] = [_facts(ctx, waits)]
    if there:
        blocks.append(Heading(t("feedback.file.about_session")))
    for place, one in enumerate(there):
        value, text = session_choice.choice(ctx, one)
        fits = not place and export.distance(waits, one.says.last) <= FITS
        style = Style.PRIMARY if fits else Style.PLAIN
        of = {**carried, "session": value}
        press = Action(t("session.choose"), "feedback.file", of, style, hint=text)
        blocks.append(Item(text, t("feedback.file.by_day") if fits else "", actions=(press,)))
    if out:
        blocks.append(Heading(t("feedback.file.about_survey")))
    for survey in out[: session_choice.FEW]:
        text = f"{survey.says.title} · {t.day(survey.says.opened)}"
        of = {
            "survey": str(survey.id),
            "file": waits.file,
            "digest": waits.digest,
            "people": named,
        }
        press = Action(t("feedback.file.this_survey"), SURVEY, of, hint=text)
        blocks.append(Item(text, actions=(press,)))
    blocks.append(Text(t("feedback.file.stored"), muted=True))
    others = Action(t("feedback.file.other"), "feedback.file_other", carried)
    title = t("feedback.file.which", file=waits.file)
    return Card(title, tuple(blocks), (others,) if waits.questions else ())


def show(ctx: Context, waits: Pending, seen: view.Seen) -> Card:
    """What would be taken in, and every way to have it otherwise."""
    t = ctx.t
    of = {"pending": export.dump(waits), "session": str(seen.session.id)}
    _, session = session_choice.choice(ctx, seen.session)
    blocks: list[Block] = [Text(session), _facts(ctx, waits)]
    blocks += [Text(note, muted=True) for note in _notes(ctx, waits, seen)]
    actions: list[Action] = []
    if waits.counts is not None:
        label = t("feedback.file.confirm")
        actions.append(Action(label, "feedback.confirm", of, Style.PRIMARY, hint=session))
    if waits.question is not None:
        actions.append(Action(t("feedback.file.which_positive"), "feedback.file_answers", of))
    if len(waits.questions) > 1 or waits.question is None:
        actions.append(Action(t("feedback.file.other_question"), "feedback.file_question", of))
    actions.append(Action(t("feedback.file.other"), "feedback.file_other", of))
    return Card(t("feedback.file.preview"), tuple(blocks), tuple(actions))


def _notes(ctx: Context, waits: Pending, seen: view.Seen) -> list[str]:
    """What there is to know before it is taken in."""
    t, notes = ctx.t, list[str]()
    if waits.question is None:
        notes.append(t("feedback.file.no_question"))
    elif waits.positive is None:
        notes.append(t("feedback.file.cannot_tell"))
    elif waits.remembered:
        notes.append(t("feedback.file.remembered"))
    elif not shows_rate(ctx, waits.question.answered):
        notes.append(t("feedback.few"))
    if (came := asked(waits, seen)) is not None:
        notes.append(t("feedback.file.asked", count=came))
    if seen.totals is not None and seen.totals.says.file == waits.digest:
        notes.append(t("feedback.file.same"))
    elif seen.sum.asked:
        notes.append(t("feedback.file.replaces", numbers=view.numbers(ctx, seen.sum)))
    notes.append(t("feedback.file.stored"))
    return notes


def _facts(ctx: Context, waits: Pending) -> Facts:
    """What the export holds: whose it is, and what its question comes to."""
    t = ctx.t
    replies = t("feedback.file.replies", count=waits.replies)
    when = t.day(waits.days[0]) if len(waits.days) == 1 else ""
    rows = [(t("feedback.file.file"), " · ".join(filter(None, (waits.source, replies, when))))]
    if waits.question is not None:
        rows.append((t("feedback.file.question"), waits.question.text))
    if waits.question is not None and waits.counts is not None:
        answered, positive = waits.counts
        rows += [
            (
                t("feedback.file.positive"),
                " · ".join(waits.positive or ()) or t("feedback.file.no"),
            ),
            (t("feedback.answered"), t.number(answered)),
        ]
        if shows_rate(ctx, answered):
            rows.append((t("feedback.positive"), t.number(positive)))
    return Facts(tuple(rows))


def form(ctx: Context, name: str, title: str, one: Input, carried: Mapping[str, str]) -> Form:
    """A form with one question about an export."""
    t = ctx.t
    of = {name: carried[name] for name in ("pending", "session") if name in carried}
    of.pop(one.name, None)
    return Form(name, t(title), (one,), t("feedback.form.next"), t("session.form.cancel"), of)


def ask_asked(ctx: Context, waits: Pending, seen: view.Seen, carried: Mapping[str, str]) -> Form:
    """Ask how many were asked, where no attendance says so."""
    t, said = ctx.t, carried.get("asked", "")
    came = {"replies": t.number(waits.replies), "came": t.number(seen.sum.participants)}
    one = Input(
        "asked",
        t("feedback.file.how_many"),
        InputKind.NUMBER,
        said,
        required=True,
        hint=t("feedback.file.came" if seen.sum.participants else "feedback.file.nobody", **came),
        error=t("feedback.file.fewer", **came) if said else "",
    )
    of = {name: values.text(carried, name) for name in ("pending", "session")}
    save, cancel = t("feedback.file.confirm"), t("session.form.cancel")
    return Form("feedback.confirm", t("feedback.form.title"), (one,), save, cancel, of)
