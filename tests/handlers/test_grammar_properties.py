"""What holds of the grammar for any line: no failure, known parts are read, an echo is alike."""

from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from handlers import describe
from handlers.chat.texts import Texts
from handlers.lines.grammar import Names, Reading, read_day, read_entry, read_minutes
from handlers.lines.period import read_period
from storage.entries import Draft
from storage.plan import EntryKind, Language
from storage.plan_files import load_networks

TODAY = date(2026, 11, 18)
NETWORK = load_networks(None)["english-schools"]
NAMES = Names(NETWORK, ["Vision Gaspé"])

# Each part in both languages, with what it means.
DURATIONS = {
    "2h": 120, "1h30": 90, "1 h 30": 90, "1.5h": 90, "1,25 h": 75, "90m": 90, "45 min": 45,
    "an hour and a half": 90, "une heure et quart": 75, "trois quarts d’heure": 45,
    "2½ hours": 150, "half an hour": 30, "une demi-heure": 30, "vingt-cinq minutes": 25,
    "9:30-11": 90, "de 9h à 11h30": 150, "from 9am to noon": 180, "14 h à 15 h 30": 90, "1:15": 75,
    "2 hrs 5 min": 125, "deux heures moins quart": 105, "1h + 15 min": 75, "3.75 hours": 225,
    "soixante minutes": 60,
}  # fmt: skip
DAYS = {
    "yesterday": "2026-11-17", "hier soir": "2026-11-17", "lundi": "2026-11-16",
    "last Friday": "2026-11-13", "vendredi passé": "2026-11-13", "Nov 12": "2026-11-12",
    "le 12 novembre": "2026-11-12", "on November 3rd, 2026": "2026-11-03",
    "2026-10-30": "2026-10-30", "two days ago": "2026-11-16", "il y a trois jours": "2026-11-15",
    "this morning": "2026-11-18", "13/11/2026": "2026-11-13", "ven. 6 nov.": "2026-11-06",
    "Dec 3": "2025-12-03", "": "",
}  # fmt: skip
PEOPLE = {
    "with a CDA": "cda", "avec l’ADC": "cda", "with the principal": "principal",
    "avec la direction": "principal", "with a school board rep": "board_rep", "": "",
    "avec un agent de transition": "transition_agent",
}  # fmt: skip
BOARDS = {
    "at EMSB": "EMSB", "à la CSEM": "EMSB", "Riverside": "RSB", "(WQSB)": "WQSB", "": "",
    "du Littoral": "LITTORAL", "Hebrew Academy": "HEBREW", "cqsb": "CQSB",
}  # fmt: skip
OBJECTIVES = ["", "re action plan", "about the May fair", "au sujet du bilan", "concernant l’Été"]

WORDS = [
    *DURATIONS, *DAYS, *PEOPLE, *BOARDS, *OBJECTIVES, "-", ",", "(", ")", "à", "and", "et", "+",
    "&", "the", "9", "30", "2026", "12/11", "1/2", "half", "quart", "week", "semaine", "last",
    "il y a", "ago", "table", "partner support", "soutien à", "Marie", "O'Brien", "de la", "May",
    "mar", "sat", "Sam", "mon", "pm", "all day", "Grade 11", '"', "«", "»", "0h", "13h",
    "99 hours", "sept", "moins", "\n", "🎉", "½",
]  # fmt: skip
lines = st.lists(st.sampled_from(WORDS), max_size=14).flatmap(
    lambda words: st.sampled_from(["", " ", ", "]).map(lambda by: by.join(words))
)


@settings(max_examples=400, deadline=None)
@given(text=st.text() | lines)
@example("\ud800 2h")
@example("İ" * 50 + " 2h")
@example("9" * 5000 + "h")
@example("99999999 days ago 2h")
@example("2h 45/12 99/99 0/0")
@example("31/02/0000 2h 0000-00-00")
def test_no_text_makes_it_fail(text: str) -> None:
    reading = read_entry(text, today=TODAY, names=NAMES)
    assert (reading.minutes is None) == any(q.about == "minutes" for q in reading.open_questions)
    assert reading.minutes is None or 0 < reading.minutes <= 720
    assert date(2000, 1, 1) <= reading.day <= TODAY
    assert all(isinstance(one, int | date) for q in reading.open_questions for one in q.readings)
    read_minutes(text)
    read_day(text, today=TODAY)
    read_period(text, today=TODAY)


@settings(max_examples=400, deadline=None)
@given(
    duration=st.sampled_from(sorted(DURATIONS)),
    day=st.sampled_from(sorted(DAYS)),
    role=st.sampled_from(sorted(PEOPLE)),
    board=st.sampled_from(sorted(BOARDS)),
    objective=st.sampled_from(OBJECTIVES),
    order=st.permutations(range(3)),
)
def test_a_line_of_known_parts_is_read(
    duration: str, day: str, role: str, board: str, objective: str, order: list[int]
) -> None:
    parts = [duration, day, f"{role} {board}"]
    line = ", ".join(parts[at] for at in order if parts[at].strip()) + f" {objective}"
    reading = read_entry(line, today=TODAY, names=NAMES)
    assert reading.open_questions == ()
    assert reading.minutes == DURATIONS[duration]
    assert reading.day_given == bool(day)
    assert reading.day.isoformat() == (DAYS[day] or "2026-11-18")
    assert [one.role for one in reading.people] == [PEOPLE[role]] * bool(role)
    assert reading.boards == (BOARDS[board],) * bool(board)
    assert reading.kind is EntryKind.ACCOMPANIMENT
    assert bool(reading.objective) == bool(objective)


def echo(reading: Reading, t: Texts) -> str:
    """The words of a receipt's facts on one line; a partner and an objective as they stand."""
    assert reading.minutes is not None
    says = Draft(reading.kind, reading.day, reading.minutes, reading.people, reading.boards)
    en = t.language is Language.EN
    parts = [
        ("", f"{t.duration(says.minutes)} {t.full_date(says.day)} {describe.kind(t, says.kind)}"),
        ("", f'"{reading.partner}"' if reading.partner else ""),
        ("with " if en else "avec ", describe.people(t, NETWORK, says)),
        ("at " if en else "à ", describe.boards(t, NETWORK, says)),
        ("", ("on request" if en else "sur demande") if reading.requested else ""),
        ("re " if en else "objet ", f'"{reading.objective}"' if reading.objective else ""),
    ]
    return " ".join(f"{word}{said}" for word, said in parts if said)


@settings(max_examples=600, deadline=None)
@given(text=lines, language=st.sampled_from(["en", "fr"]))
@example("2h with Marie Pearson (CDA) and O'Brien, partner support Maison des jeunes", "fr")
@example('2h re "a "quoted" word"', "en")
def test_what_the_receipt_echoes_reads_the_same(text: str, language: str) -> None:
    reading = read_entry(text, today=TODAY, names=NAMES, minutes=75, day=date(2026, 10, 2))
    line = echo(reading, Texts.load(Language(language)))
    again = read_entry(line, today=TODAY, names=NAMES)
    said = (again.minutes, again.day, again.kind, again.boards, again.objective, again.requested)
    assert said == (
        reading.minutes,
        reading.day,
        reading.kind,
        reading.boards,
        reading.objective,
        reading.requested,
    )
    assert set(again.people) == set(reading.people)
    assert (again.partner, again.open_questions) == (reading.partner, ())
