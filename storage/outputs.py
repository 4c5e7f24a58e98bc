"""Outputs: tools, capsules and updates of the site, and how many of them were published when.

An output counts by one day: a published one by the day it was published; one that is not, by the
day it was recorded, as home's calendar has it. So a tool belongs to the plan's year in which it
came out, and until then to the one in which somebody wrote it down. No day lies ahead: what is to
come out is recorded without one.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from storage import records
from storage.engine import Tx
from storage.limits import FIRST_DAY, Impossible
from storage.local_time import HOME
from storage.people import TeamRole
from storage.period_lock import Dated
from storage.records import Kind, Record
from storage.words import fold

SITE = "site-updates"  # no target of a plan: updates of the site are reported all the same
LONGEST_WORDS = 1000  # of each text
LONGEST_URL = 2000


@dataclass(frozen=True, slots=True)
class Output:
    """A tool or a capsule, by the id of its target; or, with SITE, an update of the site.

    ``objective`` is what is to be learned with it; ``note`` describes an update of the site.
    """

    target: str
    title: str
    theme: str = ""
    objective: str = ""
    revamped: bool = False
    published: date | None = None
    url: str = ""
    note: str = ""

    @property
    def is_published(self) -> bool:
        """Whether it is out: only with both a day and a URL."""
        return self.published is not None and self.url != ""


Cell = tuple[str, str, int]  # target, day, published (1) or not (0)


def is_url(text: str) -> bool:
    """Whether a browser could open it: http or https, a host, and no space within."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:  # "http://["
        return False
    return parts.scheme in ("http", "https") and bool(host) and text.split() == [text]


def day_of(record: Record[Output]) -> date:
    """The day an output counts by; an update of the site by its day, with or without a URL."""
    says = record.says
    if says.published is not None and (says.is_published or says.target == SITE):
        return says.published
    return datetime.fromtimestamp(record.created, HOME).date()


def published(tx: Tx, target: str, first: date, last: date) -> int:
    """How many outputs of a target were published in a period, its first and last day included."""
    return _sum(tx, target, 1, first, last)


def recorded(tx: Tx, targets: Sequence[str], first: date, last: date) -> int:
    """How many outputs of these targets count in a period, published or not.

    One that is not published counts by the day it was recorded: see above.
    """
    return sum(_sum(tx, target, 0, first, last) for target in set(targets))


def _sum(tx: Tx, target: str, least: int, first: date, last: date) -> int:
    row = tx.row(
        "SELECT cast(coalesce(sum(outputs), 0) AS bigint) AS outputs FROM output_totals"
        " WHERE target = :target AND day BETWEEN :first AND :last AND published >= :least",
        target=target,
        least=least,
        first=first.isoformat(),
        last=last.isoformat(),
    )
    assert row is not None
    return int(row["outputs"])


def of_target(
    tx: Tx, target: str, first: date, last: date, limit: int, offset: int = 0
) -> list[Record[Output]]:
    """The outputs of a target that count in a period, published or not, the newest day first."""
    rows = tx.rows(
        "SELECT record FROM outputs WHERE target = :target AND day BETWEEN :first AND :last"
        " ORDER BY day DESC, record DESC LIMIT :limit OFFSET :offset",
        target=target,
        first=first.isoformat(),
        last=last.isoformat(),
        limit=limit,
        offset=offset,
    )
    return [records.get(tx, OUTPUT, row["record"]) for row in rows]


def found(
    tx: Tx, words: str, limit: int = 50, offset: int = 0, *, target: str = ""
) -> list[Record[Output]]:
    """The outputs that count and say these words (all of them for none), the newest day first.

    Case and accents do not matter. Looks at every output: a team has tens of them in a year.
    """
    rows = tx.rows(
        "SELECT record FROM outputs"
        " WHERE (:target = '' OR target = :target) AND instr(folded, :words) > 0"
        " ORDER BY day DESC, record DESC LIMIT :limit OFFSET :offset",
        target=target,
        words=fold(words),
        limit=limit,
        offset=offset,
    )
    return [records.get(tx, OUTPUT, row["record"]) for row in rows]


def wrong(tx: Tx) -> Iterator[tuple[Cell, int, int]]:
    """The cells whose kept count is not what the records say: (cell, kept, recounted)."""
    kept: Counter[Cell] = Counter()
    for row in tx.each("SELECT * FROM output_totals"):
        kept[row["target"], row["day"], row["published"]] = row["outputs"]
    recounted = Counter(
        _cell(record) for record in records.every(tx, OUTPUT) if record.voided is None
    )
    for cell in sorted(kept.keys() | recounted.keys()):
        if kept[cell] != recounted[cell]:
            yield cell, kept[cell], recounted[cell]


def unlike(tx: Tx) -> Iterator[str]:
    """What outputs are looked up by and is not what their records say, as sentences."""
    yield from records.unlike(tx, OUTPUT, "outputs", _indexed)


def _cell(record: Record[Output]) -> Cell:
    return record.says.target, day_of(record).isoformat(), int(record.says.is_published)


def _count(tx: Tx, record: Record[Output], change: int) -> None:
    target, day, out = _cell(record)
    tx.run(
        "INSERT INTO output_totals AS t (target, day, published, outputs)"
        " VALUES (:target, :day, :published, :change)"
        " ON CONFLICT (target, day, published) DO UPDATE SET outputs = t.outputs + :change",
        target=target,
        day=day,
        published=out,
        change=change,
    )
    records.keep(tx, "outputs", _indexed(record), change)


def _indexed(record: Record[Output]) -> dict[str, object]:
    (target, day, out), says = _cell(record), record.says
    words = (says.title, says.theme, says.objective, says.note)
    return {
        "record": record.id,
        "target": target,
        "day": day,
        "published": out,
        "folded": fold(" ".join(words)),
    }


def _check(says: Output, at: int) -> None:
    """Raise Impossible for what no output can say. A day may lie one ahead of ``at``'s in UTC.

    The plan's targets are not known here; whoever reads the form checks them.
    """
    if not says.target or len(says.target) > LONGEST_WORDS:
        raise Impossible("target")
    if not says.title.strip():
        raise Impossible("title")
    for field in ("target", "title", "theme", "objective", "note", "url"):
        text: str = getattr(says, field)
        longest = LONGEST_URL if field == "url" else LONGEST_WORDS
        if len(text) > longest or any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text):
            raise Impossible(field)
    if says.url and not is_url(says.url):
        raise Impossible("url")
    tomorrow = datetime.fromtimestamp(at, UTC).date() + timedelta(days=1)
    if says.published is not None and not FIRST_DAY <= says.published <= tomorrow:
        raise Impossible("published")


def _may(role: TeamRole) -> bool:
    """The whole team records outputs, and changes each other's: they are the team's."""
    return role.logs


def _counts(tx: Tx, record: Record[Output]) -> Dated | None:
    """When it was published: until then it changes as work goes on."""
    says = record.says
    if says.target == SITE:
        return Dated(day_of(record))
    return Dated(day_of(record), says.target) if says.is_published else None


OUTPUT = Kind("output", Output, _may, _count, _check, _counts)
