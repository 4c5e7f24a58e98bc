"""What the bot says in a person's language: texts by key, and numbers, hours and dates.

One TOML file a feature and language. A text with ``one`` and ``other`` is a plural, chosen by the
parameter ``count``. Figures are cut, never rounded up: 74.96% must not print as 75%.
"""

import re
import tomllib
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, get_day_names, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_decimal

from storage.plan import Language

FOLDER = Path(__file__).parents[1] / "texts"
PLURAL = {"one", "other"}
LOCALES = {Language.EN: "en_CA", Language.FR: "fr_CA"}
# Quebec writes a no-break space before % and h; English Canada none before %.
PERCENT = {Language.EN: "{}%", Language.FR: "{}\u00a0%"}


class Texts:
    """All texts of one language: ``t("log.undo")``, ``t.hours(135)``."""

    def __init__(self, language: Language, texts: dict[str, str | dict[str, str]]) -> None:
        self.language = language
        self.texts = texts
        self._locale = LOCALES[language]
        self._plural = Locale.parse(self._locale).plural_form

    @classmethod
    @cache
    def load(cls, language: Language) -> Self:
        """Read the language's files: the key of a text is its file's name, a dot and its path."""
        texts: dict[str, str | dict[str, str]] = {}
        for path in sorted((FOLDER / language).glob("*.toml")):
            _flatten(path.stem, tomllib.loads(path.read_text("utf-8")), texts)
        return cls(language, texts)

    def __call__(self, key: str, **values: object) -> str:
        """The text with its values filled in. Raises KeyError for an unknown key or value."""
        text = self.texts[key]
        if isinstance(text, dict):
            count = values["count"]
            assert isinstance(count, int | float | Decimal | Fraction)
            form = self._plural(count if isinstance(count, int) else float(count))
            text = text.get(form, text["other"])
        return text.format_map(values) if values else text

    def number(self, value: Fraction | int, decimals: int = 0) -> str:
        """A number, cut (not rounded) to ``decimals``."""
        return _number(value.numerator, value.denominator, decimals, self._locale)

    def percent(self, value: Fraction) -> str:
        """A share of 1 as per cent, cut to one decimal."""
        return PERCENT[self.language].format(self.number(value * 100, 1))

    def hours(self, minutes: int | Fraction) -> str:
        """Minutes as decimal hours: "2.25 h", « 2,25 h »."""
        decimal = _number(minutes.numerator, minutes.denominator * 60, 2, self._locale)
        return f"{decimal}\u00a0h"

    def duration(self, minutes: int) -> str:
        """Minutes as people say them: "2 h 15 min", "45 min"."""
        hours, rest = divmod(minutes, 60)
        parts = [f"{hours}\u00a0h"] if hours else []
        if rest or not hours:
            parts.append(f"{rest}\u00a0min")
        return "\u00a0".join(parts)

    def full_date(self, day: date) -> str:
        """Weekday and full date: "Wednesday 18 November 2026"."""
        return _date(day, "EEEE d MMMM y", self._locale)

    def short_date(self, day: date) -> str:
        """Weekday, day and month, abbreviated: "Wed 18 Nov"."""
        return _date(day, "EEE d MMM", self._locale)

    def day(self, day: date) -> str:
        """Day, month and year: "18 November 2026"."""
        return _date(day, "d MMMM y", self._locale)

    def month(self, day: date) -> str:
        """Month and year: "November 2026"."""
        return _date(day, "LLLL y", self._locale)

    def weekday(self, number: int) -> str:
        """The name of a day of the week, from Monday, 0."""
        return str(get_day_names("wide", locale=self._locale)[number])

    def short_month(self, day: date) -> str:
        """Month, abbreviated: "Nov"."""
        return _date(day, "LLL", self._locale)

    def short_month_of_year(self, day: date) -> str:
        """Month, abbreviated, and year: "Nov 2026"."""
        return _date(day, "LLL y", self._locale)

    def place_of(self, zone: ZoneInfo) -> str:
        """The place that a time zone is named for: "Blanc-Sablon"."""
        return str(get_timezone_location(zone, locale=self._locale, return_city=True))

    def moment(self, at: datetime) -> str:
        """Date and time: "Wednesday 18 November 2026, 13:30"; « 13 h 30 » in French."""
        hour = "H:mm" if self.language is Language.EN else "H\u00a0'h'\u00a0mm"
        return str(format_datetime(at, f"EEEE d MMMM y, {hour}", locale=self._locale))

    def clock(self, at: datetime) -> str:
        """The time alone: "13:30"; « 13 h 30 » in French."""
        hour = "H:mm" if self.language is Language.EN else "H\u00a0'h'\u00a0mm"
        return str(format_datetime(at, hour, locale=self._locale))

    def all_of(self, words: list[str]) -> str:
        """A list in words: "a, b and c"."""
        if len(words) < 2:
            return "".join(words)
        return str(format_list(words, locale=self._locale))


def capital(text: str) -> str:
    """The text with a capital at its start, as a button's label has."""
    return text[:1].upper() + text[1:]


def _flatten(key: str, value: Any, texts: dict[str, str | dict[str, str]]) -> None:
    if isinstance(value, str) or value.keys() >= PLURAL:
        texts[key] = value
        return
    for name, inner in value.items():
        _flatten(f"{key}.{name}", inner, texts)


# Babel parses its patterns anew at each call; a conversation repeats the same few values.
@lru_cache(4096)
def _number(numerator: int, denominator: int, decimals: int, locale: str) -> str:
    sign = -1 if numerator < 0 else 1
    cut = Decimal(sign * (abs(numerator) * 10**decimals // denominator)).scaleb(-decimals)
    pattern = "#,##0." + "#" * decimals
    return str(format_decimal(cut, format=pattern, locale=locale, decimal_quantization=False))


@lru_cache(4096)
def _date(day: date, style: str, locale: str) -> str:
    if day.day == 1 and locale.startswith("fr"):
        style = re.sub(r"\bd\b", "d'er'", style)  # le 1er juillet
    return str(format_date(day, style, locale=locale))
