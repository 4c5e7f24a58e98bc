"""The grammar of one line of chat: phrases with what must be understood, and what must be asked."""

from datetime import date
from pathlib import Path

import pytest

from handlers.lines.days import DAYS
from handlers.lines.durations import DURATIONS
from handlers.lines.grammar import (
    PEOPLE,
    About,
    Names,
    Question,
    Reading,
    Why,
    read_day,
    read_entry,
    read_minutes,
)
from handlers.lines.period import PERIODS, Period, read_period
from handlers.lines.rules import Rules
from handlers.lines.words import Line
from storage.plan import EntryKind
from storage.plan_files import load_networks

TODAY = date(2026, 11, 18)  # a Wednesday
NETWORK = load_networks(None)["english-schools"]
NAMES = Names(NETWORK, ["Vision Gaspé", "Table jeunesse"])
OURS = Path(__file__).parent / "phrases.tsv"
CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus" / "phrases.tsv"


def phrases(file: Path) -> list[dict[str, str]]:
    """The rows of a table of phrases; none where the file is not there."""
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def read(text: str) -> Reading:
    return read_entry(text, today=TODAY, names=NAMES)


def why(reading: Reading, about: About) -> Why:
    """Why the line has to be asked about."""
    (question,) = (one for one in reading.open_questions if one.about is about)
    return question.why


def check(row: dict[str, str]) -> None:
    """Fail where a phrase is not understood as its row says."""
    text, minutes, days = row["text"], row["minutes"], row["date"].split("|")
    if row["part"] == "duration":
        assert read_minutes(text) == int(minutes)
        return
    if row["part"] == "date":
        assert str(read_day(text, today=TODAY)) in days
        return
    reading = read(text)
    asked = {question.about for question in reading.open_questions}
    assert asked == {
        about
        for about, said in ((About.MINUTES, minutes), (About.DAY, row["date"]))
        if said == "ask"
    }
    assert reading.minutes == (None if minutes == "ask" else int(minutes))
    if days[0] in {"-", "none", "ask"}:
        assert not reading.day_given
        assert reading.day == TODAY
    else:
        assert str(reading.day) in days
    people = ";".join(
        one.role + f":{one.name}" * bool(one.name) + f"*{one.number}" * (one.number > 1)
        for one in reading.people
    )
    assert row.get("kind", "*") in {"*", reading.kind}
    assert row.get("people", "*") in {"*", people or "-"}
    assert row.get("boards", "*") in {"*", ",".join(reading.boards) or "-"}


@pytest.mark.parametrize("row", phrases(OURS), ids=lambda row: row["text"])
def test_a_phrase_of_ours_is_understood(row: dict[str, str]) -> None:
    check(row)


@pytest.mark.skipif(not CORPUS.exists(), reason="no ../shared beside the checkout")
@pytest.mark.parametrize("row", phrases(CORPUS), ids=lambda row: row["text"])
def test_a_phrase_of_the_corpus_is_understood(row: dict[str, str]) -> None:
    check(row)


@pytest.mark.parametrize(
    ("line", "objective"),
    [
        ("2h15 with Marie Tremblay (CDA, EMSB) yesterday re action plan", "action plan"),
        ("1h30 avec la direction EMSB le 12 novembre", ""),
        ("2 hours Tuesday, Grade 11 transition", "Grade 11 transition"),
        ("yesterday 2h for the 4th journal review", "4th journal review"),
        ("hier 2h pour le 4e journal", "4e journal"),
        ("45 min appel rep CS WQSB aujourd'hui", ""),
        ("2h ADC RSB concernant l'Été à l'école, hier", "Été à l'école"),
        ("noon to 1:30 lunch and learn Monday", "lunch and learn"),
        ("1h check-in with CDA EMSB", "check-in"),
        ("2h yesterday CDA EMSB re report due Nov 30", "report due Nov 30"),
        ("2h with CDA at EMSB re partner agreement", "partner agreement"),
        ("1h with CLC at Laval Senior Academy, 5 Nov", "CLC at Laval Senior Academy"),
        ("1h at Laval Senior Academy with CDA re budget", "budget, Laval Senior Academy"),
        ("2h w/ CDA EMSB (grade 6 (late) visit)", "grade 6 (late) visit"),
        ('2h CDA EMSB re "Monday, 3h with the parents"', "Monday, 3h with the parents"),
        ("2h CDA EMSB 🎉", "🎉"),
        ("2h CDA EMSB re <b>bold</b> =cmd|' /C calc'!A0", "<b>bold</b> =cmd|' /C calc'!A0"),
        ("2h CDA EMSB re שלום עולם", "שלום עולם"),
    ],
)
def test_the_objective_keeps_the_words_as_typed(line: str, objective: str) -> None:
    assert read(line).objective == objective


@pytest.mark.parametrize(
    ("line", "partner", "known"),
    [
        ("1.5h CHSSN table Monday", "CHSSN", True),
        ("3h soutien aux partenaires RCSSS vendredi", "CHSSN", True),
        ("2h vision gaspe re bursary", "Vision Gaspé", True),
        ("3h partner support YMCA", "YMCA", False),
        ("2h support to Boys and Girls Club of LaSalle", "Boys and Girls Club of LaSalle", False),
        ("soutien au partenaire Maison des jeunes 2h hier", "Maison des jeunes", False),
        ("14h-15h30 table de concertation Montréal-Nord", "Montréal-Nord", False),
        ("2h table régionale", "", False),
    ],
)
def test_a_partner_is_named(line: str, partner: str, known: bool) -> None:
    reading = read(line)
    assert reading.kind is EntryKind.PARTNER
    assert (reading.partner, reading.partner_known) == (partner, known)


@pytest.mark.parametrize(
    ("line", "kind", "given"),
    [
        ("2h", EntryKind.ACCOMPANIMENT, False),
        ("2h with Marie Tremblay", EntryKind.ACCOMPANIMENT, False),
        ("2h with a CDA", EntryKind.ACCOMPANIMENT, True),
        ("2h EMSB", EntryKind.ACCOMPANIMENT, True),
        ("2h coaching CHSSN", EntryKind.ACCOMPANIMENT, True),
        ("2h table CHSSN avec une ADC", EntryKind.ACCOMPANIMENT, False),
        ("2h partner support YMCA with the CDA of EMSB", EntryKind.PARTNER, True),
        ("2h with a community partner", EntryKind.PARTNER, True),
        ("90min support for the CDA at LBPSB", EntryKind.ACCOMPANIMENT, True),
    ],
)
def test_the_kind_is_what_the_line_says(line: str, kind: EntryKind, given: bool) -> None:
    reading = read(line)
    assert (reading.kind, reading.kind_given) == (kind, given)


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("2h with Sarah Cohen and Paul Roy (CDAs)", ["cda Sarah Cohen", "cda Paul Roy"]),
        ("2h avec la directrice Anne-Marie de la Rue", ["principal Anne-Marie de la Rue"]),
        ("2h with Marie Pearson (CDA, EMSB)", ["cda Marie Pearson"]),
        ("2h with Boys & Girls Club", []),
        ("2h with Laval Senior Academy", []),
        ("2h parent workshop EMSB", []),
        ("2h CDA and principal, RSB", ["cda ", "principal "]),
        ("2h with April Roy", [" April Roy"]),
    ],
)
def test_people_are_those_named(line: str, people: list[str]) -> None:
    assert [f"{one.role} {one.name}" for one in read(line).people] == people


@pytest.mark.parametrize("text", ["Pearson", "Transition Pearson", "lester b. pearson", "CSLBP"])
def test_a_board_is_matched_whatever_its_case(text: str) -> None:
    assert read(f"2h {text}").boards == ("LBPSB",)


def test_no_board_is_invented() -> None:
    assert read("2h with CDA at Laurier Academy in Laval").boards == ()


@pytest.mark.parametrize(
    "line",
    [
        "2h CDA on request",
        "2h à la demande de la direction",
        "2h ADC, sur demande",
        "2h avec 2 directions à RSB à leur demande",
        "2h avec une ADC a sa demande",
    ],
)
def test_a_request_is_recorded(line: str) -> None:
    assert read(line).requested
    assert not read(line.split(" ")[0]).requested


@pytest.mark.parametrize(
    ("line", "about", "reason"),
    [
        ("CDA EMSB", About.MINUTES, Why.MISSING),
        ("30 with CDA", About.MINUTES, Why.BARE_NUMBER),
        ("half a day with CDA", About.MINUTES, Why.HALF_DAY),
        ("une journée avec l'ADC", About.MINUTES, Why.HALF_DAY),
        ("1.30 h CDA", About.MINUTES, Why.TWO_WAYS),
        ("2h à 3h avec l'ADC", About.MINUTES, Why.TWO_WAYS),
        ("2h CDA, 20 min travel", About.MINUTES, Why.TWO_DURATIONS),
        ("0h CDA", About.MINUTES, Why.NOT_POSITIVE),
        ("-2h CDA", About.MINUTES, Why.NOT_POSITIVE),
        ("100h CDA", About.MINUTES, Why.TOO_LONG),
        ("2h CDA " + "so much to say " * 100, About.MINUTES, Why.TOO_MUCH_TEXT),
        ("2h 03/04 CDA", About.DAY, Why.TWO_WAYS),
        ("2h mercredi", About.DAY, Why.TWO_WAYS),
        ("2h Monday and Tuesday", About.DAY, Why.TWO_DATES),
        ("2h Thursday Nov 13", About.DAY, Why.TWO_DATES),
        ("2h la semaine dernière", About.DAY, Why.WHICH_DAY),
        ("2h tomorrow", About.DAY, Why.FUTURE),
        ("2h 2026-11-30", About.DAY, Why.FUTURE),
        ("2h 1900-01-01", About.DAY, Why.LONG_AGO),
        ("2h Feb 30", About.DAY, Why.NO_SUCH_DATE),
        ("2h 2026-13-01", About.DAY, Why.NO_SUCH_DATE),
    ],
)
def test_doubt_is_asked_about(line: str, about: About, reason: Why) -> None:
    assert why(read(line), about) is reason


def test_the_readings_of_a_doubt_are_offered() -> None:
    (question,) = read("10 with CDA").open_questions
    assert question == Question(About.MINUTES, Why.BARE_NUMBER, (10, 600))
    (question,) = read("2h 03/04 CDA").open_questions
    assert question.readings == (date(2026, 4, 3), date(2026, 3, 4))


def test_answers_close_the_questions() -> None:
    reading = read_entry(
        "30 with CDA 03/04", today=TODAY, names=NAMES, minutes=30, day=date(2026, 4, 3)
    )
    assert reading.open_questions == ()
    assert (reading.minutes, reading.day, reading.day_given) == (30, date(2026, 4, 3), True)


def test_a_half_day_is_as_long_as_the_plan_says() -> None:
    question = read_minutes("half a day", half_day_minutes=210)
    assert isinstance(question, Question)
    assert question.readings == (210,)


@pytest.mark.parametrize("text", ["", "  ", "EMSB", "no idea"])
def test_a_form_field_that_says_nothing_is_asked_about(text: str) -> None:
    for question in (read_minutes(text), read_day(text, today=TODAY)):
        assert isinstance(question, Question)
        assert question.why is Why.MISSING


@pytest.mark.parametrize("spaced", ["2\u00a0h\u00a015\u00a0min", "2\u202fh\u202f15", "２ｈ１５"])
def test_typography_does_not_matter(spaced: str) -> None:
    assert read_minutes(spaced) == 135


def test_the_rest_of_a_long_line_is_its_objective() -> None:
    notes = "what was said about the school " * 25
    reading = read(f"2h CDA EMSB yesterday re {notes}")
    assert reading.minutes == 120
    assert reading.objective == notes.strip()


def days(first: str, last: str, rest: str = "") -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last), rest)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("", days("2026-11-16", "2026-11-22")),
        ("this week", days("2026-11-16", "2026-11-22")),
        ("la semaine dernière", days("2026-11-09", "2026-11-15")),
        ("last month", days("2026-10-01", "2026-10-31")),
        ("mois dernier", days("2026-10-01", "2026-10-31")),
        ("this year", days("2026-01-01", "2026-12-31")),
        ("October", days("2026-10-01", "2026-10-31")),
        ("en décembre", days("2025-12-01", "2025-12-31")),
        ("octobre 2024", days("2024-10-01", "2024-10-31")),
        ("since 1 Oct", days("2026-10-01", "2026-11-18")),
        ("depuis le 1er octobre", days("2026-10-01", "2026-11-18")),
        ("since Monday", days("2026-11-16", "2026-11-18")),
        ("from 1 Oct to 15 Oct", days("2026-10-01", "2026-10-15")),
        ("du 1er au 15 octobre", days("2026-10-01", "2026-10-15")),
        ("entre le 1er et le 15 octobre", days("2026-10-01", "2026-10-15")),
        ("the last 7 days", days("2026-11-12", "2026-11-18")),
        ("hier", days("2026-11-17", "2026-11-17")),
        ("2026-11-12", days("2026-11-12", "2026-11-12")),
        ("all", days("2000-01-01", "2026-11-18")),
        ("tout", days("2000-01-01", "2026-11-18")),
        ("Marie Roy last week", days("2026-11-09", "2026-11-15", "Marie Roy")),
        ("de Marie en octobre", days("2026-10-01", "2026-10-31", "Marie")),
        ("équipe", days("2026-11-16", "2026-11-22", "équipe")),
    ],
)
def test_a_period_is_read(text: str, period: Period) -> None:
    assert read_period(text, today=TODAY) == period


@pytest.mark.parametrize("text", ["next week", "03/04", "Feb 30"])
def test_a_period_in_doubt_is_asked_about(text: str) -> None:
    assert isinstance(read_period(text, today=TODAY), Question)


@pytest.mark.parametrize("table", [DAYS, DURATIONS, PEOPLE, PERIODS])
def test_a_rule_that_is_not_tried_would_not_have_matched(table: Rules[object]) -> None:
    for row in phrases(OURS):
        line = Line(row["text"], NAMES.lexicon)
        tried = {pattern for pattern, _ in table.possible(line.kinds)}
        for rule, _ in table.rules:
            assert rule.pattern in tried or not rule.pattern.search(line.words), row["text"]
