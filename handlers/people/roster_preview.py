"""What taking in a list would do, as a card: added, changed, ended, unclear, and who is absent."""

from collections.abc import Iterator, Sequence

from handlers.chat.cards import Block, Heading, Item, Text
from handlers.chat.texts import Texts
from handlers.files.roster import Roster, Why
from handlers.people import roster_words
from handlers.people.roster_matching import Match, Matched, Unclear
from storage.network import Network

MOST_SHOWN = 20  # of each; how many more there are is said


def blocks(t: Texts, network: Network, matched: Matched, read: Roster) -> tuple[Block, ...]:
    """The preview's blocks, without its buttons."""
    said: list[Block] = [Text(summary(t, matched))]
    added = [one for one in matched.matches if one.before is None]
    ended = [one for one in matched.matches if one.ends]
    changed = [one for one in matched.matches if one.before and one.changes and not one.ends]
    said += _part(t, "added", [_added(t, network, one) for one in added])
    said += _part(t, "changed", [_changed(t, network, one) for one in changed])
    said += _part(t, "ended", [_changed(t, network, one) for one in ended])
    said += _part(t, "unclear", [_unclear(t, one) for one in matched.unclear])
    if matched.absent:
        names = [one.says.name for one in matched.absent]
        shown = t.all_of(names[:MOST_SHOWN])
        said.append(Text(t("roster.preview.absent", count=len(names), names=shown), muted=True))
    if read.unread:
        said.append(Text(t("roster.preview.unread", names=t.all_of(list(read.unread))), muted=True))
    return tuple(said)


def summary(t: Texts, matched: Matched) -> str:
    """ "3 to add · 1 to change · 1 to end · 14 as they are · 2 unclear"."""
    matches = matched.matches
    numbers = {
        "add": sum(one.before is None for one in matches),
        "change": sum(one.before is not None and one.changes and not one.ends for one in matches),
        "end": sum(one.ends for one in matches),
        "same": sum(not one.changes for one in matches),
        "unclear": len(matched.unclear),
    }
    parts = [t(f"roster.count.{how}", count=number) for how, number in numbers.items() if number]
    return " · ".join(parts)


def _part(t: Texts, how: str, items: Sequence[Item]) -> Iterator[Block]:
    if items:
        yield Heading(t(f"roster.preview.{how}"))
        yield from items[:MOST_SHOWN]
    if more := len(items[MOST_SHOWN:]):
        yield Text(t("roster.preview.more", count=more), muted=True)


def _added(t: Texts, network: Network, one: Match) -> Item:
    again = (t("roster.again"),) if one.after.same_as else ()
    return Item(one.after.name, " · ".join((roster_words.line(t, network, one.after), *again)))


def _changed(t: Texts, network: Network, one: Match) -> Item:
    assert one.before is not None
    return Item(one.after.name, roster_words.changes(t, network, one.before.says, one.after))


def _unclear(t: Texts, one: Unclear) -> Item:
    """A line, its reasons and how to mend them. Of a role not known, the name is left out.

    It may be a parent's.
    """
    nameless = any(why is Why.UNKNOWN_ROLE for why, _ in one.why)
    row = t("roster.preview.row", row=one.line.row)
    name = "" if nameless else one.line.name
    reasons = [_reason(t, why, said) for why, said in one.why]
    return Item(f"{row} · {name}" if name else row, " ".join(reasons))


def _reason(t: Texts, why: str, said: str) -> str:
    return t(f"roster.why.{why.replace(' ', '_').replace('-', '_')}", said=said)
