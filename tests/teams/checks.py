"""What Teams would refuse, cut or not show of what the bot says."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator, ValidationError
from jsonschema.validators import extend

from tests.teams.people import Json

SCHEMA = Path(__file__).parents[3] / "shared" / "schemas" / "ac-1.5.0.json"
CARD = "application/vnd.microsoft.card.adaptive"
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
FILE_CARD = "application/vnd.microsoft.teams.card.file.info"
LARGEST_CARD, LARGEST = 25 * 1024, 28 * 1024  # bytes
MOST_BUTTONS, MOST_REFRESHED = 6, 60
# What current clients show and the schema of 1.5 does not have: good for those who have a fallback.
NEWER = {"Badge", "CodeBlock", "Icon", "ProgressBar", "ProgressRing"}
# Properties that Teams reads and the schema does not have.
OWN = {"choices.data", "lang", "msteams", "targetWidth"}


def problems(activity: Json, *, personal: bool) -> list[str]:
    """What is wrong with a message."""
    attachments = activity.get("attachments") or []
    if not attachments and not str(activity.get("text") or "").strip():
        return ["a message that says nothing"]
    found: list[str] = []
    for one in attachments:
        match one.get("contentType"):
            case "application/vnd.microsoft.card.adaptive":
                found += of_card(one.get("content"))
            case "application/vnd.microsoft.teams.card.file.consent":
                found += _of_consent(one, personal)
            case "application/vnd.microsoft.teams.card.file.info":
                missing = {"contentUrl", "name", "content"} - one.keys()
                found += [f"a file's card without {name}" for name in sorted(missing)]
            case other:
                found.append(f"an attachment of type {other}")
    return found


def too_large(activity: Json) -> list[str]:
    """What of it is over a limit in bytes."""
    found = [
        f"a card of {size} bytes"
        for one in activity.get("attachments") or []
        if one.get("contentType") == CARD and (size := in_bytes(one["content"])) > LARGEST_CARD
    ]
    if (size := in_bytes(activity)) > LARGEST:
        found.append(f"a message of {size} bytes")
    return found


def in_bytes(value: Any) -> int:
    """Its size as compact JSON in UTF-8."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def of_card(card: Any) -> list[str]:
    """What is wrong with an adaptive card."""
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        return ["an adaptive card that is none"]
    found: list[str] = []
    if card.get("version") != "1.5":
        found.append(f"a card of version {card.get('version')}")
    every = list(objects(card))
    for one in every:
        kind = str(one.get("type"))
        if (kind in NEWER or kind.startswith("Chart.")) and "fallback" not in one:
            found.append(f"{kind} without a fallback")
        primary = [at for at in one.get("actions") or [] if at.get("mode") != "secondary"]
        if len(primary) > MOST_BUTTONS:
            found.append(f"{len(primary)} buttons in a row")
    ids = [one["id"] for one in every if str(one.get("type")).startswith("Input.")]
    if len(ids) != len(set(ids)):
        found.append("two inputs with one id")
    if len((card.get("refresh") or {}).get("userIds") or []) > MOST_REFRESHED:
        found.append("a refresh for more than 60 people")
    return found + _against_schema(card)


def objects(value: Any) -> Iterator[Json]:
    """Every object in a card that has a type, in order; fallbacks left out."""
    if isinstance(value, list):
        for one in value:
            yield from objects(one)
    elif isinstance(value, dict):
        if "type" in value:
            yield value
        for name, one in value.items():
            if name not in ("fallback", "data"):
                yield from objects(one)


def _of_consent(attachment: Json, personal: bool) -> list[str]:
    content = attachment.get("content") or {}
    found = [] if personal else ["a file offered where only links can be"]
    if not attachment.get("name") or not isinstance(content.get("sizeInBytes"), int):
        found.append("a file offered without a name or a size")
    return found


def _of_its_type(
    validator: Any, branches: list[Json], instance: Any, schema: Json
) -> Iterator[ValidationError]:
    """An element held against its own type alone: quicker, and says what is wrong with it."""
    kind = instance.get("type") if isinstance(instance, dict) else None
    for one in branches:
        if kind and one.get("allOf") == [{"$ref": f"#/definitions/{kind}"}]:
            yield from validator.descend(instance, one)
            return
    yield from Draft6Validator.VALIDATORS["anyOf"](validator, branches, instance, schema)


@cache
def _schema() -> Any:
    by_type = extend(Draft6Validator, {"anyOf": _of_its_type})
    return by_type(json.loads(SCHEMA.read_text("utf-8"))) if SCHEMA.is_file() else None


def _against_schema(card: Json) -> list[str]:
    validator = _schema()
    error = next(iter(validator.iter_errors(_plain(card))), None) if validator else None
    return [f"{error.json_path}: {error.message:.300}"] if error else []


def _plain(value: Any) -> Any:
    """The card as a client of version 1.5 alone would take it."""
    if isinstance(value, list):
        return [found for one in value if (found := _plain(one)) is not None]
    if not isinstance(value, dict):
        return value
    kind = str(value.get("type"))
    if kind in NEWER or kind.startswith("Chart."):
        fallback = value.get("fallback")
        return _plain(fallback) if isinstance(fallback, dict) else None
    keep = {"lang"} if kind == "AdaptiveCard" else set[str]()
    plain = {
        name: one if name == "data" else _plain(one)
        for name, one in value.items()
        if name not in OWN - keep
    }
    # Choices that are found by typing came with 1.5, and its schema forgot them.
    filtered = kind == "Input.ChoiceSet" and value.get("style") == "filtered"
    return plain | {"style": "compact"} if filtered else plain
