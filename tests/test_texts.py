"""Both languages say everything: the same keys, the same values, and every key in use."""

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.chat.texts import FOLDER, Texts
from storage.plan import Language

ROOT = Path(__file__).parents[1]
EN, FR = Texts.load(Language.EN), Texts.load(Language.FR)
SOURCES = [p for top in ("bot", "handlers", "schedules") for p in (ROOT / top).rglob("*.py")]


def placeholders(text: str | dict[str, str]) -> set[str]:
    forms = [text] if isinstance(text, str) else list(text.values())
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert EN.texts.keys() == FR.texts.keys()


@pytest.mark.parametrize("key", sorted(EN.texts))
def test_both_languages_take_the_same_values(key: str) -> None:
    assert placeholders(EN.texts[key]) == placeholders(FR.texts[key])


def test_every_file_is_there_in_both_languages_in_the_same_order() -> None:
    for english in (FOLDER / "en").glob("*.toml"):
        french = FOLDER / "fr" / english.name
        assert list(tomllib.loads(english.read_text())) == list(tomllib.loads(french.read_text()))


def patterns_in_code() -> Iterator[re.Pattern[str]]:
    """Each text key in the source; of one that is put together, what it can be."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.compile(re.escape(node.value))
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_-]+"
                    for part in node.values
                ]
                yield re.compile("".join(parts))
    # Jinja templates name theirs as t("…").
    for template in [*(ROOT / "bot").rglob("*.html"), *(ROOT / "bot").rglob("*.j2")]:
        for key in re.findall(r"""\bt\(["']([a-z._]+)["']""", template.read_text()):
            yield re.compile(re.escape(key))


def test_every_text_is_used() -> None:
    patterns = [p for p in patterns_in_code() if "." in p.pattern]
    unused = [key for key in EN.texts if not any(p.fullmatch(key) for p in patterns)]
    assert unused == []


def test_every_key_in_the_code_is_a_text() -> None:
    """Keys given whole to t(…) or UserError(…)."""
    missing: list[str] = []
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            first = node.args[0]
            known = not isinstance(first, ast.Constant) or first.value in EN.texts
            if name in ("t", "UserError") and not known:
                missing.append(f"{source.name}:{node.lineno} {ast.unparse(first)}")
    assert missing == []


def test_french_follows_quebec_typography() -> None:
    for key, text in FR.texts.items():
        for form in [text] if isinstance(text, str) else text.values():
            assert "'" not in form, key
            assert not re.search(r"[ \u00a0][?!;]", form), key
            assert not re.search(r"(?<![\u00a0h\d]):(?!\w|//)", form), key
            assert "« " not in form, key


def test_hours_are_said_as_people_write_them() -> None:
    assert EN.hours(135) == "2.25\u00a0h"
    assert FR.hours(135) == "2,25\u00a0h"
    assert EN.hours(84_000) == "1,400\u00a0h"
    assert FR.hours(84_000).replace("\u202f", "\u00a0") == "1\u00a0400\u00a0h"
    assert EN.duration(135) == "2\u00a0h\u00a015\u00a0min"
    assert EN.duration(45) == "45\u00a0min"


def test_dates_are_said_in_full() -> None:
    day = date(2026, 11, 18)
    assert EN.full_date(day) == "Wednesday 18 November 2026"
    assert FR.full_date(day) == "mercredi 18 novembre 2026"


@given(st.fractions(0, 1), st.sampled_from([EN, FR]))
def test_a_share_is_never_printed_as_more_than_it_is(share: Fraction, t: Texts) -> None:
    shown = t.percent(share).rstrip("\u00a0%").replace(",", ".")
    assert Fraction(shown) / 100 <= share < Fraction(shown) / 100 + Fraction(1, 1000)


def test_seventy_four_point_nine_six_is_not_seventy_five() -> None:
    assert EN.percent(Fraction(7496, 10000)) == "74.9%"
    assert FR.percent(Fraction(7496, 10000)) == "74,9\u00a0%"


def test_plurals_follow_the_language() -> None:
    assert EN("entry.people", count=0) == "0 people"
    assert FR("entry.people", count=0) == "0 personne"
    assert FR("entry.people", count=2) == "2 personnes"
