"""What the page may send: one shape a request, checked before anything is done with it."""

from typing import Literal

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError

from handlers.chat.incoming import LARGEST_FILE, Dropped

LIMIT = 256 * 1024  # bytes: five times a text of 10,000 emoji
MOST_FILES = 20
DROP_LIMIT = 64 * 1024 * 1024  # bytes: four of the largest files, in base 64


class Body(BaseModel):
    """Who sends it, from which channel, and a key that a second try carries again."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    as_: str = Field(alias="as")
    in_: str = Field(alias="in")
    key: str = Field(pattern=r"^[A-Za-z0-9-]{8,64}$")


class Message(Body):
    """A line typed into the message box."""

    text: str


class Given(BaseModel):
    """A file; of one that is too large, the page sends the size alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str = Field(min_length=1, max_length=255)
    size: NonNegativeInt
    content: Base64Bytes

    def dropped(self) -> Dropped:
        """The file as the bot takes it."""
        size = max(self.size, len(self.content))
        return Dropped(self.name, size, self.content if size <= LARGEST_FILE else b"")


class Drop(Message):
    """Files, with what stood in the message box."""

    files: tuple[Given, ...] = Field(min_length=1)


class Doing(Body):
    """A pressed button or a submitted form; ``line`` is the message it is on, or empty.

    ``text`` is what the form's inputs hold, a line each.
    """

    line: str
    name: str
    values: dict[str, str]
    text: str = ""


class Forward(Body):
    """Move the simulated clock."""

    hours: Literal[1, 24, 168]


def complaint(error: ValidationError) -> str:
    """The first thing wrong with a body, with its place."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"]) or "body"
    return f"{place}: {first['msg']}"
