"""A report as tables of plain cells: what its papers, workbooks and files of values are made of."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby

from handlers import describe
from handlers.chat.texts import Texts, capital
from handlers.progress import words
from handlers.reports import changed, shown
from handlers.reports.shown import Cell, Hours, amount, share
from storage.outputs import Output
from storage.plan import Network
from storage.report import Report
from storage.report_annexes import Line, SessionLine
from storage.reported import Annex, Number, Pair

PURPOSES = 20  # of a partner


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its id; ``width`` on paper in inches, 0 where a paper has no room for it.

    ``label`` is the column as which a paper that has less of them heads it, "" for its own.
    """

    id: str
    width: float = 0.0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table. ``annex`` is the one that it belongs to, None for the report's own part."""

    id: str
    annex: Annex | None
    columns: tuple[Column, ...]
    rows: list[tuple[Cell, ...]] = field(default_factory=list[tuple[Cell, ...]])


def letter(annex: Annex) -> str:
    """A for the first annex, and so on."""
    return chr(ord("A") + list(Annex).index(annex))


def of(t: Texts, report: Report) -> list[Sheet]:
    """Every table of a report: targets, indicators, and the annexes in their order."""
    return [
        _targets(t, report),
        _indicators(t, report),
        *_changes(t, report),
        _sessions(t, report),
        *_accompaniment(t, report),
        *_partners(t, report),
        _outputs(t, report),
        Sheet(
            "site",
            Annex.SITE,
            (Column("day", 1.4), Column("title", 2.9), Column("note", 3.2), Column("url", 2.0)),
            [(one.published, one.title, one.note, one.url) for one in report.annexes.site],
        ),
    ]


def _targets(t: Texts, report: Report) -> Sheet:
    names = "strand target goal result numerator denominator share before expected status narrative"
    sheet = Sheet("targets", None, tuple(Column(name) for name in names.split()))
    for strand in report.strands:
        for one in strand.targets:
            figure, target = shown.figure(one.figure), one.figure.target
            before = shown.figure(one.before).actual if one.before else None
            sheet.rows.append(
                (
                    strand.strand.id,
                    target.name[t.language],
                    amount(target, target.goal),
                    amount(target, figure.actual),
                    figure.numerator,
                    figure.denominator,
                    None if figure.share is None else shown.Share(figure.share),
                    amount(target, before),
                    None if figure.expected is None else shown.expected(target, figure.expected),
                    capital(words.status(t, figure)),
                    one.narrative or None,
                )
            )
    return sheet


def _indicators(t: Texts, report: Report) -> Sheet:
    names = "strand objective strategy indicator result numerator denominator"
    sheet = Sheet("indicators", None, tuple(Column(name) for name in names.split()))
    for strand in report.strands:
        for objective in strand.objectives:
            for strategy in objective.strategies:
                for one in strategy.indicators:
                    sheet.rows.append(
                        (
                            strand.strand.id,
                            objective.objective.text[t.language],
                            strategy.strategy.text[t.language],
                            one.indicator.text[t.language],
                            *_beside(t, report, one.value),
                        )
                    )
    return sheet


def _beside(t: Texts, report: Report, value: Number | Pair | Annex | None) -> tuple[Cell, ...]:
    match value:
        case None:
            return None, None, None
        case Number():
            return value.number, None, None
        case Pair(numerator, denominator) if shown.few(value):
            return t("document.few"), None, denominator
        case Pair(numerator, denominator):
            return share(numerator, denominator), numerator, denominator
        case Annex():
            return t("document.see", letter=letter(value)), None, None


def _changes(t: Texts, report: Report) -> Iterator[Sheet]:
    """What is no longer as it was in the report before; no table where all of it is."""
    rows = changed.rows(t, report.plan.network, report.changes) if report.changes else []
    if rows:
        columns = Column("figure", 4.5), Column("as_sent", 2.5), Column("today", 2.5)
        yield Sheet("changes", None, columns, [*rows])


def _sessions(t: Texts, report: Report) -> Sheet:
    columns = (
        Column("target"),
        Column("first"),
        Column("last", 1.35, "day"),
        Column("title", 1.6),
        Column("theme"),
        Column("audience", 1.2),
        Column("participants", 1.1),
        Column("boards", 1.5),
        Column("board_count"),
        Column("asked"),
        Column("answered", 0.95),
        Column("response", 0.9),
        Column("positive", 0.9),
    )
    sheet = Sheet("sessions", Annex.SESSIONS, columns)
    for _, lines in groupby(report.annexes.sessions, key=lambda one: one.target.id):
        held = list(lines)
        hidden = shown.hidden(held)
        for one in held:
            sheet.rows.append(_session(t, report.plan.network, one, hidden))
    return sheet


def _session(t: Texts, network: Network, one: SessionLine, hidden: set[int]) -> tuple[Cell, ...]:
    says, held = one.says, one.held
    audience = t.all_of([describe.role(t, network, id, 2) for id in says.audience])
    boards = [describe.board(t, network, id) for id, number in one.boards.of.items() if number]
    positive: Cell = share(held.positive, held.answered)
    return (
        one.target.name[t.language],
        says.first,
        says.last,
        says.called(t.language),
        says.theme,
        capital(audience),
        held.participants,
        ", ".join(sorted(boards)),
        len(boards),
        held.asked or None,
        held.answered if held.asked else None,
        share(held.answered, held.asked),
        t("document.few") if held.session in hidden else positive,
    )


def _accompaniment(t: Texts, report: Report) -> Iterator[Sheet]:
    annex, network = report.annexes.accompaniment, report.plan.network
    board = partial(shown.board, t, network)

    def role(id: str) -> str:
        return capital(shown.role(t, network, id))

    yield _hours("boards", "board", annex.boards, lambda one: shown.joint(one, board))
    yield _hours("roles", "role", annex.roles, lambda one: shown.joint(one, role))
    none = t("document.none_given")
    yield _hours("objectives", "purpose", annex.objectives, lambda one: one or none)
    for id, column, numbers, name in (
        ("request_boards", ("board", "requests"), annex.requests.boards, board),
        ("request_roles", ("role", "people"), annex.requests.people, role),
    ):
        yield Sheet(
            id,
            Annex.ACCOMPANIMENT,
            (Column(column[0], 8.0), Column(column[1], 1.5)),
            [(name(id), number) for id, number in numbers.items()],
        )


def _hours(id: str, column: str, lines: Sequence[Line], name: Callable[[str], str]) -> Sheet:
    columns = Column(column, 6.5), Column("hours", 1.5), Column("entries", 1.5)
    rows: list[tuple[Cell, ...]] = [
        (name(one.name), Hours(one.minutes), one.entries) for one in lines
    ]
    return Sheet(id, Annex.ACCOMPANIMENT, columns, rows)


def _partners(t: Texts, report: Report) -> Iterator[Sheet]:
    columns = (
        Column("partner", 2.3),
        Column("kind", 1.0),
        Column("hours", 0.9),
        Column("entries", 0.7),
        Column("purposes", 2.6),
        Column("seat", 1.0),
        Column("standing", 1.0),
    )
    yield Sheet(
        "partners",
        Annex.PARTNERS,
        columns,
        [
            (
                one.support.name or t("document.none_given"),
                t(f"document.kind.{'table' if one.table else 'organisation'}"),
                Hours(one.support.minutes),
                one.support.entries,
                _some(t, one.purposes),
                t("document.seat.yes") if one.seat else None,
                t(f"partner.standing.{one.standing}") if one.standing else None,
            )
            for one in report.annexes.partners
        ],
    )
    yield Sheet(
        "agreements",
        Annex.PARTNERS,
        (Column("partner", 3.0), Column("title", 3.9), Column("signed", 1.3), Column("ends", 1.3)),
        [(one.partner, one.title, one.signed, one.ends) for one in report.annexes.agreements],
    )


def _some(t: Texts, purposes: Sequence[str]) -> str:
    """The first of them: those that most hours went to."""
    said, left = [*purposes[:PURPOSES]], len(purposes) - PURPOSES
    return "; ".join([*said, t("document.and_more", count=left)] if left > 0 else said)


def _outputs(t: Texts, report: Report) -> Sheet:
    names = {one.id: one.name[t.language] for one in report.plan.target}
    columns = (
        Column("target"),
        Column("title", 2.2),
        Column("kind", 0.9),
        Column("theme", 1.3),
        Column("learning", 2.0),
        Column("published", 1.4),
        Column("url", 1.7),
    )

    def row(one: Output) -> tuple[Cell, ...]:
        kind = t("output.revamped" if one.revamped else "output.new")
        out = one.published if one.is_published else t("output.unpublished")
        return names[one.target], one.title, kind, one.theme, one.objective, out, one.url

    return Sheet("outputs", Annex.OUTPUTS, columns, [row(one) for one in report.annexes.outputs])
