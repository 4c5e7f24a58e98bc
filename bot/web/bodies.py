"""What the page may send: one shape a request, checked before anything is done with it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

LIMIT = 256 * 1024  # bytes: five times a text of 10,000 emoji


class Body(BaseModel):
    """Who sends it, from which channel, and a key that a second try carries again."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    as_: str = Field(alias="as")
    in_: str = Field(alias="in")
    key: str = Field(pattern=r"^[A-Za-z0-9-]{8,64}$")


class Message(Body):
    """A line typed into the message box."""

    text: str


class Doing(Body):
    """A pressed button or a submitted form; ``line`` is the message it is on, or empty."""

    line: str
    name: str
    values: dict[str, str]


class Forward(Body):
    """Move the simulated clock."""

    days: Literal[1, 7]


def complaint(error: ValidationError) -> str:
    """The first thing wrong with a body, with its place."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"]) or "body"
    return f"{place}: {first['msg']}"
