"""What has changed since a report was sent, in words: each figure as it was sent, and today."""

from handlers.chat.texts import Texts
from handlers.progress import words
from handlers.reports import shown
from storage.changed_since import Changes
from storage.figure import Figure
from storage.plan import Measure, Network

Row = tuple[str, str, str]  # what it is, as it was sent, and today


def rows(t: Texts, network: Network, changes: Changes) -> list[Row]:
    """A line for each figure that is another one today, the targets first."""
    targets = [
        (one.now.target.name[t.language], _figure(t, one.was), _figure(t, one.now))
        for one in changes.targets
    ]
    indicators = [
        (
            one.indicator.text[t.language],
            shown.value(t, network, one.was, ""),
            shown.value(t, network, one.now, ""),
        )
        for one in changes.indicators
    ]
    return [row for row in (*targets, *indicators) if row[1] != row[2]]


def _figure(t: Texts, one: Figure) -> str:
    figure = shown.figure(one)
    if figure.numerator is None and one.numerator is not None:
        return t("document.few")
    if figure.actual is None:
        return t("progress.status.no_data")
    if figure.target.measure is Measure.SHARE:
        return words.share(t, figure)
    return words.amount(t, figure.target, figure.actual)
