"""What is asked about a line that can be read two ways: a button for each reading, and the form."""

from collections.abc import Mapping
from datetime import date

from handlers.chat.cards import Action, Block, Card, Example, Reply, Said, Style, Text
from handlers.chat.context import Context
from handlers.chat.texts import capital
from handlers.lines.reading import About, Question


def ask(
    ctx: Context,
    question: Question,
    carried: Mapping[str, str],
    *,
    answer: str,
    form: str,
    example: str,
    why: str = "",
) -> Reply:
    """The question in the place of the card before it.

    A reading's button sends ``answer`` with what is ``carried`` and "day" or "minutes"; the last
    button sends ``form``. ``carried`` holds the line as "said"; ``why`` is the key of what is said
    instead where the question is put otherwise.
    """
    t = ctx.t
    actions: list[Action] = []
    style = Style.PRIMARY if len(question.readings) == 1 else Style.PLAIN
    for reading in question.readings:
        if isinstance(reading, date):
            label, value = capital(t.full_date(reading)), reading.isoformat()
        else:
            label, value = t.duration(reading), str(reading)
        field = "day" if question.about is About.DAY else "minutes"
        actions.append(Action(label, answer, {**carried, field: value}, style))
    actions.append(Action(t("log.ask.form"), form, carried))
    blocks: tuple[Block, ...] = (Text(t(why or f"log.why.{question.why}")), Said(carried["said"]))
    if not question.readings:
        blocks = (*blocks, Text(t("log.ask.say")), Example(example))
    return Reply(Card(t(f"log.ask.{question.about}"), blocks, tuple(actions)), replace=True)
