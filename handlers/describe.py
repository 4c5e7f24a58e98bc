"""An entry, a session and a report in words, for every feature that shows one."""

from collections.abc import Iterable

from handlers.chat.texts import Texts
from storage.documents import ANNUAL
from storage.entries import Accompanied, Draft
from storage.plan import EntryKind, Network, Plan
from storage.rosters import Member
from storage.sessions import Session
from storage.target_sessions import OTHER


def kind(t: Texts, entry_kind: EntryKind) -> str:
    """ "Accompaniment" or "Partner support"."""
    return t(f"entry.kind.{entry_kind}")


def role(t: Texts, network: Network, id: str, number: int = 1) -> str:
    """A role's name, in the plural where there are several."""
    found = next((one for one in network.role if one.id == id), None)
    if found is None:
        return id
    return (found.plural if number > 1 else found.name)[t.language]


def board(t: Texts, network: Network, id: str) -> str:
    """A body as people write it: "EMSB", « CSEM »."""
    found = next((one for one in network.body if one.id == id), None)
    return found.short[t.language] if found else id


def member(t: Texts, network: Network, says: Member) -> str:
    """Someone of the roster among namesakes: "Marie Tremblay · EMSB"."""
    return " · ".join(one for one in (says.name, board(t, network, says.board)) if one)


def boards(t: Texts, network: Network, draft: Draft) -> str:
    """The boards of an entry, or "" where it has none."""
    return t.all_of([board(t, network, id) for id in draft.boards])


def people(t: Texts, network: Network, draft: Draft) -> str:
    """Who was accompanied: "Marie Tremblay (CDA) and 2 principals", or ""."""
    return t.all_of([_accompanied(t, network, one) for one in draft.people])


def title(t: Texts, network: Network, draft: Draft) -> str:
    """An entry on one line: day, hours, with whom, where."""
    parts = [
        t.short_date(draft.day),
        t.hours(draft.minutes),
        kind(t, draft.kind),
        draft.partner,
        people(t, network, draft),
        boards(t, network, draft),
    ]
    return " · ".join(part for part in parts if part)


def session(t: Texts, says: Session) -> str:
    """A session on one line: its days and what it is called."""
    days = t.short_date(says.first)
    if says.last != says.first:
        days = t("entry.days", first=days, last=t.short_date(says.last))
    return f"{days} · {says.called(t.language)}"


def target(t: Texts, plans: Iterable[Plan], id: str) -> str:
    """A target's name, as the newest plan that has it calls it; the id where none has."""
    known = [*(one for plan in reversed([*plans]) for one in plan.target), OTHER]
    return next((one.name[t.language] for one in known if one.id == id), id)


def report(t: Texts, target: str, number: int) -> str:
    """A report by the document that it is: "Progress report 2"."""
    annual = target == ANNUAL
    return t("document.annual") if annual else t("document.progress", number=t.number(number))


def _accompanied(t: Texts, network: Network, one: Accompanied) -> str:
    words = role(t, network, one.role, one.number) if one.role else ""
    if one.name:
        return f"{one.name} ({words})" if words else one.name
    if not words:
        return t("entry.people", count=one.number)
    return words if one.number == 1 else f"{t.number(one.number)} {words}"
