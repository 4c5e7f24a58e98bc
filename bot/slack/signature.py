"""Whether a request is from Slack: its signature over the raw bytes, checked before anything else.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import hashlib
import hmac
from collections.abc import Mapping

TOLERANCE = 300  # seconds that Slack's clock and ours may be apart
TIMESTAMP = "X-Slack-Request-Timestamp"
SIGNATURE = "X-Slack-Signature"


def complaint(headers: Mapping[str, str], body: bytes, secret: bytes, now: float) -> str:
    """What is wrong with a request, in words that quote nothing of it; "" where it is genuine."""
    timestamp, signature = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
    if not timestamp or not signature:
        return "no signature"
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 16):
        return "bad timestamp"
    if abs(now - int(timestamp)) > TOLERANCE:
        return "old timestamp"
    if not hmac.compare_digest(
        signature.encode("utf-8", "surrogateescape"), sign(timestamp, body, secret)
    ):
        return "bad signature"
    return ""


def sign(timestamp: str, body: bytes, secret: bytes) -> bytes:
    """The signature that Slack gives a body it sends at ``timestamp`` (UTC seconds)."""
    digest = hmac.new(secret, b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    return b"v0=" + digest.hexdigest().encode()
