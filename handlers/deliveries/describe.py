"""A delivery in words: what kind it is of, what became of it and why; nothing of what it says."""

from datetime import datetime

from handlers.chat.texts import Texts
from handlers.closed import WHYS as CLOSED
from storage.deliveries import Delivery, State
from storage.occurrences import Failure

# Why something was not said, in the words that the engine and the platforms have for it.
WHYS = {
    "late": "late",
    "moot": "moot",
    "no_chat": "no_chat",
    "closed": "closed",
    "lost": "lost",
    "ServerDisconnectedError": "no_answer",
    "TimeoutError": "no_answer",
    "account_inactive": "token",
    "channel_not_found": "gone",
    "disk_full": "disk_full",
    "invalid_auth": "token",
    "is_archived": "archived",
    "missing_scope": "not_allowed",
    "no answer in JSON": "no_answer",
    "no_access": "no_access",
    "not_in_channel": "not_there",
    "ratelimited": "busy",
    "restricted_action": "not_allowed",
    "token_revoked": "token",
    "user_not_found": "gone",
    "404 ConversationNotFound": "gone",
    "413 MessageSizeTooBig": "too_large",
    "429 Throttled": "busy",
    "msg_blocks_too_long": "too_large",
    "msg_too_long": "too_large",
}


def what(t: Texts, one: Delivery) -> str:
    """What kind of post it is."""
    return t(f"deliveries.says.{key(one.post.says)}")


def key(says: str) -> str:
    """The part of a text's key that stands for a post's name."""
    return says.replace(".", "_")


def state(t: Texts, one: Delivery, now: datetime) -> str:
    """What became of it, when (in the zone of ``now``), and why."""
    at = datetime.fromtimestamp(one.ended or one.post.due, now.tzinfo)
    said = t(f"deliveries.state.{one.state}", at=t.moment(at))
    if not one.why:
        return said
    because = why(t, one.why)
    if one.state is State.SENT:
        because = t("deliveries.why.picture", why=because)
    return f"{said} · {because}"


def job(t: Texts, name: str) -> str:
    """What a job of the schedule does."""
    return t(f"deliveries.job.{name}")


def failure(t: Texts, one: Failure, now: datetime) -> str:
    """When a job failed last (in the zone of ``now``), how often, why, and if it worked since."""
    at = t.moment(datetime.fromtimestamp(one.at, now.tzinfo))
    said = [t("deliveries.failed", count=one.times, at=at), why(t, one.why)]
    if one.done:
        done = t.moment(datetime.fromtimestamp(one.done, now.tzinfo))
        said.append(t("deliveries.worked", at=done))
    return " · ".join(said)


def why(t: Texts, code: str) -> str:
    """A reason in words; a code that nobody has words for is given as it is."""
    if code in CLOSED:
        return t(f"closed.why.{CLOSED[code]}")
    if code.startswith("error "):
        return t("deliveries.why.error", code=code.removeprefix("error "))
    return t(f"deliveries.why.{WHYS.get(code, 'other')}", code=code)
