"""What a line about a narrative says: of which report and target, and in which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reports import note_line
from storage.plan_files import load_plans
from storage.report_kinds import ReportKind

PLAN = load_plans(None).get("clc-2024-25")
HOURS = "accompaniment-hours"
NEXT, ANNUAL = (None, 0), (ReportKind.ANNUAL, 0)
TWO = (ReportKind.PROGRESS, 2)


def read(text: str) -> note_line.Noted:
    noted = note_line.read(text, PLAN)
    assert noted is not None
    return noted


@pytest.mark.parametrize(
    ("text", "of", "target", "words"),
    [
        ("note accompaniment-hours Four schools.", NEXT, HOURS, "Four schools."),
        ("Note Accompaniment-Hours: Four schools.", NEXT, HOURS, "Four schools."),
        ("note accompaniment-hours – Four schools.", NEXT, HOURS, "Four schools."),
        ("note accompaniment-hours\n- one\n- two", NEXT, HOURS, "- one\n- two"),
        ("note accompaniment hours went up", NEXT, HOURS, "went up"),
        ("note “Accompaniment hours” went up", NEXT, HOURS, "went up"),
        ("note accompaniment: Hours: up", NEXT, HOURS, "Hours: up"),
        ("note accompaniment\nHours went up", NEXT, HOURS, "Hours went up"),
        ("narrative capsules Three are out", NEXT, "capsules", "Three are out"),
        ("note capsules vidéo Three are out", NEXT, "capsules", "Three are out"),
        ("note 2 accompaniment-hours Four.", TWO, HOURS, "Four."),
        ("note report 2: accompaniment-hours Four.", TWO, HOURS, "Four."),
        ("note for the report 2 accompaniment-hours Four.", TWO, HOURS, "Four."),
        ("note annual accompaniment-hours Four.", ANNUAL, HOURS, "Four."),
        ("note year-end report accompaniment-hours Four.", ANNUAL, HOURS, "Four."),
        ("note Year-end survey, CDAs: sent late", NEXT, "survey-cdas", "sent late"),
        ("note heures d'accompagnement en hausse", NEXT, HOURS, "en hausse"),
        ("note Heures d’accompagnement : en hausse", NEXT, HOURS, "en hausse"),
        ("commentaire « Heures d’accompagnement » en hausse", NEXT, HOURS, "en hausse"),
        ("commentaire rapport d’étape 2 capsules : trois", TWO, "capsules", "trois"),
        ("commentaire : capsules : 3 prêtes", NEXT, "capsules", "3 prêtes"),
        ("note bilan annuel capsules 3 prêtes", ANNUAL, "capsules", "3 prêtes"),
        ("commentaires pour le bilan, capsules : 3 prêtes", ANNUAL, "capsules", "3 prêtes"),
        ("note accompaniment", NEXT, HOURS, ""),
        ("note 2 accompaniment-hours", TWO, HOURS, ""),
    ],
)
def test_it_is_read(text: str, of: tuple[ReportKind | None, int], target: str, words: str) -> None:
    noted = read(text)
    assert (noted.kind, noted.number) == of
    assert ([one.id for one in noted.targets], noted.sure) == ([target], True)
    assert noted.text == words


@pytest.mark.parametrize(
    ("text", "targets", "words", "whole"),
    [
        ("note acompaniment-hours Up.", [HOURS], "Up.", "acompaniment-hours Up."),
        ("note accompaniment went up", [HOURS], "went up", "accompaniment went up"),
        ("note participants Ça monte", ["plc-attend-all"], "participants Ça monte", None),
        ("note : Up", [], "Up", None),
        ("note workshops: Up.", 4, "Up.", "workshops: Up."),
        ("note 12 schools joined", [], "12 schools joined", "12 schools joined"),
        ("note 9 capsules", [], "9 capsules", "9 capsules"),
        ("note We did three things: a, b", [], "We did three things: a, b", None),
    ],
)
def test_what_leaves_the_target_open_keeps_every_word(
    text: str, targets: list[str] | int, words: str, whole: str | None
) -> None:
    noted = read(text)
    assert not noted.sure
    found = [one.id for one in noted.targets]
    assert (len(found) if isinstance(targets, int) else found) == targets
    assert (noted.text, noted.whole) == (words, whole or words)


@pytest.mark.parametrize(
    ("text", "all", "of"),
    [
        ("note", False, NEXT),
        ("note 2", False, TWO),
        ("notes", True, NEXT),
        ("narratives annual", True, ANNUAL),
        ("commentaires rapport 2", True, TWO),
        ("notes 9", False, NEXT),
    ],
)
def test_alone_it_asks_for_the_form_or_the_list(
    text: str, all: bool, of: tuple[ReportKind | None, int]
) -> None:
    noted = read(text)
    assert (noted.all, (noted.kind, noted.number)) == (all, of)


@pytest.mark.parametrize("text", ["", "2 sent", "annual", "noted", "plan posted"])
def test_other_lines_are_about_no_narrative(text: str) -> None:
    assert note_line.read(text, PLAN) is None


@given(st.text(), st.sampled_from(["note", "note 2", "commentaire bilan", "notes"]))
def test_whatever_is_typed_no_word_of_it_is_lost(text: str, before: str) -> None:
    noted = read(f"{before} {text}")
    typed = " ".join(text.split())
    assert " ".join(noted.whole.split()) in typed
    lost = typed.removesuffix(" ".join(noted.whole.split()))
    assert len(lost.strip(f"{note_line.QUOTES}:,")) <= len("for the progress report 2"), lost


@given(st.text(st.characters(categories=["L", "N"]), min_size=1), st.text())
def test_after_the_name_of_a_target_everything_is_said_of_it(word: str, text: str) -> None:
    noted = read(f"note {HOURS}: {word} {text}")
    assert ([one.id for one in noted.targets], noted.sure) == ([HOURS], True)
    assert noted.text.strip() == f"{word} {text}".strip()
