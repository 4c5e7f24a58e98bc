"""Rules over a line's plain words: patterns that read as what they match, in tables."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from typing import Generic, TypeVar

How = TypeVar("How")
CHOICE = re.compile("[a-zà ,:(-]+([|][a-zà ,:(-]+)*")  # of words as they stand, no pattern
# After a number, in a rule: it is not a day, nor minutes, where it has a unit or counts something
COUNTED = "(?!hour|minute|roles|maybe-role|people|school|times|am|pm|½|¼|¾|-|to_\\d)"


class Rule:
    """A pattern over plain words: "HOURS hour and? PART" is "2 hour ½", or "a hour and ½".

    A word with "?" may be missing; one of ``parts`` is a group of its name in small letters; one
    that starts with "(?" is a pattern as it stands, "_" being a space. There is no match in a line
    that lacks one of its words; of a part that is itself a pattern, ``needs`` says them.
    """

    def __init__(
        self, words: str, parts: Mapping[str, str], needs: Mapping[str, str] | None = None
    ) -> None:
        needed = dict(parts) | dict(needs or {})
        choices = [needed.get(word, word) for word in words.split()]
        self.needs = [
            frozenset(one.split()[0] for one in choice.split("|"))
            for choice in choices
            if CHOICE.fullmatch(choice)
        ]
        pattern = r"(?<!\S)(?<!label )"
        for word in words.split():
            name = word.rstrip("?")
            part = f"(?P<{name.lower()}>{parts[name]})" if name in parts else f"(?:{name})"
            optional = "?" * word.endswith("?")
            pattern += word.replace("_", " ") if word[:2] == "(?" else f"(?:{part} ){optional}"
        self.pattern = re.compile(pattern)


class Rules(Generic[How]):
    """A table of rules in the order they are tried, each with how it is read."""

    def __init__(
        self,
        rules: Iterable[tuple[str, How]],
        parts: Mapping[str, str],
        needs: Mapping[str, str] | None = None,
    ) -> None:
        self.rules = [(Rule(words, parts, needs), how) for words, how in rules]
        self._words = frozenset(word for rule, _ in self.rules for word in chain(*rule.needs))
        self._found = lru_cache(4096)(self._find)  # the same few words come again and again

    def possible(self, words: frozenset[str]) -> list[tuple[re.Pattern[str], How]]:
        """The rules that may match in a line of these words."""
        return self._found(words & self._words)

    def _find(self, words: frozenset[str]) -> list[tuple[re.Pattern[str], How]]:
        return [
            (rule.pattern, how)
            for rule, how in self.rules
            if not any(map(words.isdisjoint, rule.needs))
        ]
