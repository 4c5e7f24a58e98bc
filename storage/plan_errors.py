"""What is wrong with a plan file, in words that name the place and what is allowed there."""

from collections.abc import Iterable
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar, cast, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Place = tuple[int | str, ...]
T = TypeVar("T")

_MUST = {
    "bool_type": "must be true or false",
    "date_type": "must be a date without quotes, such as 2024-11-15",
    "greater_than": "must be more than 0",
    "int_type": "must be a whole number without quotes",
    "string_too_short": "must not be empty",
    "string_type": "must be text in quotes",
    "string_pattern_mismatch": "must be letters (small ones in a plan's id), digits and hyphens",
    "too_short": "must not be empty",
    "tuple_type": "must be a list",
}


class PlanError(Exception):
    """A plan can't be used. ``problems`` holds one line for each thing that is wrong."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def place(*parts: int | str) -> str:
    """A place in a plan file as a person counts: the third target's goal is target.3.goal."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in parts)


def hint(word: str, allowed: Iterable[str], many: str) -> str:
    """The nearest allowed word, or all of them."""
    allowed = tuple(dict.fromkeys(allowed))
    near = _near(word, allowed)
    return f"did you mean {near}?" if near else f"{many}: {', '.join(allowed) or 'none'}"


def in_words(error: ValidationError, model: type[BaseModel], raw: object) -> list[str]:
    """One line for each of pydantic's findings about ``raw``, which should have been a model."""
    found = error.errors(include_url=False)
    meant: set[Place] = set()  # fields that are there under a mistyped name: not missing as well
    lines: list[tuple[Place, str]] = []
    for each in found:
        at = each["loc"]
        if each["type"] == "extra_forbidden":
            written, here = str(at[-1]), _at(raw, at[:-1])
            fields = _fields(model, at[:-1])
            absent = [field for field in fields if field not in here]
            if near := _near(written, absent):
                meant.add((*at[:-1], near))
                lines.append((at, f"not a field; did you mean {near}?"))
            else:
                lines.append((at, f"not a field; {hint(written, fields, 'fields')}"))
        else:
            lines.append((at, _says(each, model)))
    return [
        f"{place(*at)}: {says}" for at, says in lines if not (at in meant and says == "missing")
    ]


def _says(each: ErrorDetails, model: type[BaseModel]) -> str:
    kind = each["type"]
    if kind == "missing":
        return "missing"
    if kind == "enum":
        values = tuple(_enum(model, each["loc"]))
        near = _near(str(each["input"]), values)
        maybe = f"did you mean {near}? " if near else ""
        return f'"{each["input"]}" is not allowed; {maybe}allowed: {", ".join(values)}'
    if kind in ("model_type", "model_attributes_type"):
        return f"must be a table with {', '.join(_fields(model, each['loc']))}"
    if kind == "value_error":
        return each["msg"].removeprefix("Value error, ")
    return _MUST.get(kind, each["msg"])


def _near(word: str, allowed: Iterable[str]) -> str:
    # Half alike is enough: the shortest fields have two letters, and one of them may be mistyped.
    return next(iter(get_close_matches(word, tuple(allowed), n=1, cutoff=0.5)), "")


def _inside(annotation: object, wanted: type[T]) -> type[T] | None:
    """The first class of a kind that an annotation holds: Target in ``tuple[Target, ...]``."""
    if isinstance(annotation, type) and issubclass(annotation, wanted):
        return annotation
    inner = (_inside(part, wanted) for part in get_args(annotation))
    return next((part for part in inner if part), None)


def _annotation(model: type[BaseModel], at: Place) -> object:
    annotation: object = model
    for name in (part for part in at if isinstance(part, str)):
        inner = _inside(annotation, BaseModel)
        annotation = inner.model_fields[name].annotation if inner else None
    return annotation


def _fields(model: type[BaseModel], at: Place) -> tuple[str, ...]:
    inner = _inside(_annotation(model, at), BaseModel)
    return tuple(inner.model_fields) if inner else ()


def _enum(model: type[BaseModel], at: Place) -> Iterable[str]:
    return _inside(_annotation(model, at), StrEnum) or ()


def _at(raw: object, at: Place) -> dict[str, object]:
    """The table at a place of a file, as read."""
    for part in at:
        raw = cast("dict[int | str, object]", raw)[part]
    return cast("dict[str, object]", raw)
