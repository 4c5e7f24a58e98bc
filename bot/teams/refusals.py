"""What a refusal of Teams' means: whether to try again, and whether the address is closed."""

import json
import random
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp

from bot.teams.tokens import SignInRefused

NO_ANSWER = "no answer in JSON"
NOT_ALLOWED = "not a service URL that the bot may post to"
PASSING = {401, 408, 412, 429, 500, 502, 503, 504}
# https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability
FINAL = {
    (403, "BotDisabledByAdmin"),
    (403, "BotNotInConversationRoster"),
    (403, "ConversationBlockedByUser"),
    (403, "MessageWritesBlocked"),
}
CODE = re.compile(r"[A-Za-z0-9 _.-]{1,60}")
UNSAID = 1.0  # seconds to wait where Teams sees too many calls, and doesn't say how long


class Refused(Exception):
    """Teams said no. ``code`` is its word for why, or "" where it gave none.

    ``status`` is 0 where we did not ask. ``retry_after`` is the header of that name.
    """

    def __init__(self, status: int, code: str, retry_after: str = "") -> None:
        super().__init__(f"{status} {code}".strip())
        self.status = status
        self.code = code
        self.retry_after = retry_after


def failing(error: Exception) -> float | None:
    """How many seconds to wait before trying again, at least; None where that would not help.

    What only an administrator can mend, such as a secret that has run out, counts as passing.
    """
    match error:
        case Refused(status=status, code=code) if status in PASSING or code == NO_ANSWER:
            least = UNSAID if status == 429 else 0.0
            return max(least, _seconds(error.retry_after)) + random.random()
        case SignInRefused():
            return _seconds(error.retry_after) + random.random()
        case aiohttp.ClientError() | OSError():
            return random.random()
        case _:
            return None


def final(error: Exception) -> str:
    """The code that says that the bot can't write to this address any more; "" for any other."""
    match error:
        case Refused(status=status, code=code) if (status, code) in FINAL:
            return code
        case _:
            return ""


def in_short(error: Exception) -> str:
    """What an error says, without anything it quotes."""
    match error:
        case Refused():
            return str(error)
        case SignInRefused():
            return f"sign-in: {error}"
        case _:
            return type(error).__name__


def code_of(raw: bytes) -> str:
    """The code in a refusal's body, or "".

    Mostly {"error": {"code": …}}. A blocked thread's comes from further behind: {"errorCode": 209,
    "message": "{\\"subCode\\": …}"}, the message being JSON in text.
    """
    match _parsed(raw):
        case {"error": {"message": {"subCode": str(code)}}}:
            pass
        case {"error": {"message": str(inner)}} if sub := _sub_code(inner):
            code = sub
        case {"error": {"code": str(code)}} | {"error": str(code)}:
            pass
        case {"message": {"subCode": str(code)}} | {"subCode": str(code)}:
            pass
        case {"message": str(inner)}:
            code = _sub_code(inner)
        case _:
            return ""
    return code if CODE.fullmatch(code) else ""


def _sub_code(inner: str) -> str:
    match _parsed(inner):
        case {"subCode": str(code)}:
            return code
        case _:
            return ""


def _parsed(raw: str | bytes) -> object:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _seconds(retry_after: str) -> float:
    """A `Retry-After` header, seconds or an HTTP date, in seconds; 0 where it is neither."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after)
    try:
        at = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
