"""Makes a picture of targets, and its words, from the rows that a card shows of them."""

from collections.abc import Sequence
from fractions import Fraction

from handlers.chat.cards import Picture, Progress
from handlers.chat.charts import Bar, Bullets
from handlers.chat.texts import Texts

Group = tuple[str, Sequence[Progress]]  # a heading or "", and the rows below it


def bullets(t: Texts, title: str, groups: Sequence[Group], *, brief: bool = False) -> Picture:
    """A picture of these targets. It shows nothing that the rows don't say.

    ``brief``: each target in one line, beside a card that says what matters without it.
    """
    chart = Bullets(
        title,
        tuple((heading, tuple(map(_bar, rows))) for heading, rows in groups if rows),
        t("picture.reached"),
        t("picture.expected"),
        t("picture.goal"),
        brief,
    )
    said = [title]
    for heading, rows in groups:
        said += [heading] if heading and rows else []
        said += [_said(t, row, _reached(t, row) if brief else row.text) for row in rows]
    return Picture(chart, "\n".join(said), beside=brief)


def _bar(row: Progress) -> Bar:
    return Bar(row.title, row.text, row.status, row.tone, row.share, row.expected)


def _reached(t: Texts, row: Progress) -> str:
    """How long its bar is."""
    return "" if row.share is None else t("picture.reached_share", share=_percent(t, row.share))


def _said(t: Texts, row: Progress, reached: str) -> str:
    words = [reached] if reached else []
    if row.expected is not None:
        words.append(t("picture.expected_share", share=_percent(t, row.expected)))
    words.append(row.status)
    return t("picture.of_target", name=row.title, says=" · ".join(words))


def _percent(t: Texts, share: float) -> str:
    return t.percent(Fraction(repr(share)))
