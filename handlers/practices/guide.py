"""The practices guide as a paper: by theme and level, with contents, index and credits."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.chat.texts import Texts
from handlers.papers.paper import Cell, Entry, Paper
from handlers.practices import words
from storage.plan import Language
from storage.practice import Level, Practice, Status, Theme
from storage.practice_marks import Chosen
from storage.words import fold

PARTS = ("context", "did", "effects")


@dataclass(frozen=True, slots=True)
class Placed:
    """A practice at its place: its number in the guide ("2.1") and the bookmark of that."""

    chosen: Chosen
    number: str
    mark: str

    @property
    def says(self) -> Practice:
        return self.chosen.record.says


def build(t: Texts, chosen: Sequence[Chosen], *, draft: bool, day: date) -> bytes:
    """The guide in the language of ``t``; each practice stays in the words of its author.

    ``day`` is the day it speaks for: of the data, so that the same practices are the same bytes.
    """
    paper = Paper(t.language, t("guide.title"), t("guide.publisher"), day)
    below = "\n".join((t("guide.subtitle"), t("guide.publisher"), t("guide.as_of", day=t.day(day))))
    paper.title(t("guide.title"), below, note=t("guide.draft") if draft else "")
    chapters = _placed(chosen)
    paper.contents(t("guide.contents"), list(_entries(t, chapters)))
    paper.heading(t("guide.about"), 1, "about", new_page=True)
    paper.paragraph(t("guide.what"))
    paper.paragraph(t("guide.how"))
    paper.paragraph(t("guide.words"))
    if draft:
        paper.paragraph(t("guide.draft_text"))
    for at, (theme, placed) in enumerate(chapters, 1):
        name = f"{at}. {t(f'practice.theme.{theme}')}"
        paper.heading(name, 1, f"theme_{at}", new_page=True)
        for one in placed:
            _practice(paper, t, one)
    every = [one for _, placed in chapters for one in placed]
    _index(paper, t, every)
    _credits(paper, t, every)
    return paper.content()


def as_of(chosen: Iterable[Chosen], otherwise: date) -> date:
    """The day that the guide speaks for: the last on which a practice of it was marked."""
    return max((one.day for one in chosen), default=otherwise)


def _placed(chosen: Sequence[Chosen]) -> list[tuple[Theme, list[Placed]]]:
    """The practices by theme, and within one by level, in the lists’ order; then by title."""
    levels = {level: at for at, level in enumerate(Level)}
    chapters: list[tuple[Theme, list[Placed]]] = []
    for theme in Theme:
        of = [one for one in chosen if (one.record.says.theme or Theme.OTHER) is theme]
        of.sort(
            key=lambda one: (
                levels[one.record.says.level or Level.ALL],
                fold(one.record.says.title),
                one.record.id,
            )
        )
        if of:
            at = len(chapters) + 1
            placed = [
                Placed(one, f"{at}.{n}", f"practice_{one.record.id}") for n, one in enumerate(of, 1)
            ]
            chapters.append((theme, placed))
    return chapters


def _entries(t: Texts, chapters: Sequence[tuple[Theme, list[Placed]]]) -> Iterable[Entry]:
    yield Entry(t("guide.about"), 1, "about")
    for at, (theme, placed) in enumerate(chapters, 1):
        yield Entry(f"{at}. {t(f'practice.theme.{theme}')}", 1, f"theme_{at}")
        for one in placed:
            yield Entry(f"{one.number} {one.says.title}", 2, one.mark, one.says.language)
    yield Entry(t("guide.index"), 1, "index")
    yield Entry(t("guide.credits"), 1, "credits")


def _practice(paper: Paper, t: Texts, one: Placed) -> None:
    says, language = one.says, one.says.language
    paper.heading(f"{one.number} {says.title}", 2, one.mark, language)
    facts = (
        (t("practice.field.level"), words.level(t, says.level or Level.ALL)),
        (t("practice.field.community"), _community(t, one)),
        (t("practice.field.author"), says.author),
        (t("practice.field.institution"), says.institution),
        (
            t("practice.field.language"),
            "" if language is t.language else t(f"practice.language.{language}"),
        ),
        (
            t("practice.field.status"),
            "" if one.chosen.status is Status.PUBLISHED else words.status(t, one.chosen.status),
        ),
    )
    paper.facts([(label, value) for label, value in facts if value])
    for part in PARTS:
        text: str = getattr(says, part)
        if text:
            paper.heading(t(f"practice.field.{part}"), 3)
            paper.paragraph(text, language)
    if says.links:
        paper.heading(t("practice.field.links"), 3)
        paper.links(says.links)


def _index(paper: Paper, t: Texts, every: Sequence[Placed]) -> None:
    """Where each theme, level, community and so on is found, by the practices' numbers."""
    paper.heading(t("guide.index"), 1, "index", new_page=True)
    paper.paragraph(t("guide.index_text"))
    themes, levels = [*Theme], [*Level]
    _table(
        paper, t, "theme", every, lambda one: words.theme(t, one.says.theme or Theme.OTHER),
        lambda one: str(themes.index(one.says.theme or Theme.OTHER)).zfill(2),
    )  # fmt: skip
    _table(
        paper, t, "level", every, lambda one: words.level(t, one.says.level or Level.ALL),
        lambda one: str(levels.index(one.says.level or Level.ALL)).zfill(2),
    )  # fmt: skip
    _table(paper, t, "community", every, lambda one: _community(t, one), None)
    for field in ("institution", "author"):
        _table(paper, t, field, every, lambda one, field=field: getattr(one.says, field), None)


def _community(t: Texts, one: Placed) -> str:
    """The name of the community that it comes from, "" for none."""
    return one.chosen.community.name(t.language) if one.chosen.community else ""


def _table(
    paper: Paper,
    t: Texts,
    field: str,
    every: Sequence[Placed],
    name: Callable[[Placed], str],
    order: Callable[[Placed], str] | None,
) -> None:
    """A part of the index: what is called so, in order, each with the practices it leads to."""
    found: dict[tuple[str, str], tuple[str, list[Placed]]] = {}
    for one in every:
        called = name(one)
        if called:
            key = (order(one) if order else "", fold(called))
            found.setdefault(key, (called, []))[1].append(one)
    if not found:
        return
    rows: list[tuple[str, Cell]] = []
    for key in sorted(found):
        called, those = found[key]
        parts: list[tuple[str, str]] = []
        for at, one in enumerate(those):
            parts += [("; ", "")] if at else []
            parts.append((f"{one.number} {one.says.title}", one.mark))
        rows.append((called, Cell(tuple(parts))))
    header = (t(f"practice.field.{field}"), t("guide.practices"))
    paper.table(header, rows, (2.4, 4.1))


def _credits(paper: Paper, t: Texts, every: Sequence[Placed]) -> None:
    """Everyone whose practice is in the guide, by community and name; those of none come last."""
    paper.heading(t("guide.credits"), 1, "credits", new_page=True)
    paper.paragraph(t("guide.thanks"))
    found: dict[str, dict[str, str]] = {}
    for one in every:
        if credit := words.credit(one.says):
            found.setdefault(_community(t, one), {})[fold(credit)] = credit
    for community in sorted(found, key=lambda name: (not name, fold(name))):
        if any(found):
            paper.heading(community or t("guide.others"), 3)
        for _, credit in sorted(found[community].items()):
            paper.paragraph(credit)
    paper.paragraph(t("guide.made_with", count=len(every)), muted=True)


def file_name(t: Texts, language: Language) -> str:
    """What the file is called."""
    return t("guide.file", language=language.value)
