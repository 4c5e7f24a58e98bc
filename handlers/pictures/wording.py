"""Makes a picture of targets, and its words, from the rows that a card shows of them."""

from collections.abc import Sequence
from fractions import Fraction

from handlers.chat.cards import Picture, Progress
from handlers.chat.charts import Bar, Bullets
from handlers.chat.texts import Texts

Group = tuple[str, Sequence[Progress]]  # a heading or "", and the rows below it


def bullets(t: Texts, title: str, groups: Sequence[Group]) -> Picture:
    """A picture of these targets. It shows nothing that the rows don't say."""
    chart = Bullets(
        title,
        tuple((heading, tuple(map(_bar, rows))) for heading, rows in groups if rows),
        t("picture.reached"),
        t("picture.expected"),
        t("picture.goal"),
    )
    said = [title]
    for heading, rows in groups:
        said += [heading] if heading and rows else []
        said += [_said(t, row) for row in rows]
    return Picture(chart, "\n".join(said))


def _bar(row: Progress) -> Bar:
    return Bar(row.title, row.text, row.status, row.tone, row.share, row.expected)


def _said(t: Texts, row: Progress) -> str:
    words = [row.text]
    if row.expected is not None:
        share = t.percent(Fraction(repr(row.expected)))
        words.append(t("picture.expected_share", share=share))
    words.append(row.status)
    return t("picture.of_target", name=row.title, says=" · ".join(words))
