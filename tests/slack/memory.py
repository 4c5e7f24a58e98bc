"""What the fake Slack remembers of what is said and shown: messages, views and files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

TEAM, APP, BOT, BOT_ID = "T0TEAM", "A0JALON", "U0JALON", "B0JALON"
PING = re.compile(r"<(![a-z]+|!subteam\^\w+|@\w+)(?:[|^][^>]*)?>")

Json = dict[str, Any]


@dataclass
class Message:
    """A message; ``only_for`` is who sees an ephemeral one, ``edits`` what it said before."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list[Json])
    only_for: str = ""
    thread_ts: str = ""
    metadata: Json | None = None
    files: list[Json] = field(default_factory=list[Json])
    edits: list[Json] = field(default_factory=list[Json])
    deleted: bool = False

    def shown(self, *, metadata: bool = True) -> Json:
        """The message object, as the API and payloads have it."""
        shown: Json = {
            "type": "message",
            "user": self.user,
            "text": self.text,
            "ts": self.ts,
            "team": TEAM,
        }
        if self.user == BOT:
            shown |= {"bot_id": BOT_ID, "app_id": APP}
            shown["bot_profile"] = {
                "id": BOT_ID,
                "app_id": APP,
                "user_id": BOT,
                "name": "Jalon",
                "icons": {},
                "deleted": False,
                "updated": 1739300000,
                "team_id": TEAM,
            }
        if self.blocks:
            shown["blocks"] = self.blocks
        if self.thread_ts:
            shown["thread_ts"] = self.thread_ts
        if self.files:
            shown |= {"files": self.files, "upload": False}
        if self.edits:
            shown["edited"] = {"user": self.user, "ts": self.edits[-1]["edited_ts"]}
        if metadata and self.metadata is not None:
            shown["metadata"] = self.metadata
        return shown

    @property
    def pings(self) -> list[str]:
        """Whom and what its text and blocks call: ``!channel``, ``@U0ALEX``…"""
        texts = [self.text, *(one["text"] for one in objects(self.blocks, "mrkdwn"))]
        return [found[1] for text in texts for found in PING.finditer(text)]


@dataclass
class View:
    """A modal on a person's stack, or their home. ``typed`` is what their inputs hold."""

    id: str
    user: str
    view: Json
    hash: str
    root: str = ""
    previous: str | None = None
    typed: dict[str, dict[str, Json]] = field(default_factory=dict[str, dict[str, Json]])
    earlier: list[Json] = field(default_factory=list[Json])
    errors: dict[str, str] = field(default_factory=dict[str, str])

    def shown(self) -> Json:
        """The view object, as the API and payloads have it."""
        shown: Json = {
            "id": self.id,
            "team_id": TEAM,
            "type": self.view["type"],
            "blocks": self.view["blocks"],
            "private_metadata": self.view.get("private_metadata", ""),
            "callback_id": self.view.get("callback_id", ""),
            "state": {"values": self.typed},
            "hash": self.hash,
            "title": self.view.get("title"),
            "clear_on_close": self.view.get("clear_on_close", False),
            "notify_on_close": self.view.get("notify_on_close", False),
            "close": self.view.get("close"),
            "submit": self.view.get("submit"),
            "previous_view_id": self.previous,
            "root_view_id": self.root or self.id,
            "app_id": APP,
            "external_id": self.view.get("external_id", ""),
            "app_installed_team_id": TEAM,
            "bot_id": BOT_ID,
        }
        if self.view["type"] == "home":
            del shown["title"], shown["close"], shown["submit"]
        return shown


@dataclass
class File:
    """A file: who made it, where it is shared, and what is in it (None before the upload)."""

    id: str
    name: str
    size: int
    user: str
    title: str = ""
    alt_text: str = ""
    content: bytes | None = None
    channels: list[str] = field(default_factory=list[str])
    complete: bool = False

    def shown(self, base: str) -> Json:
        """The file object; ``base`` is where its content is served from."""
        kind = self.name.rpartition(".")[2].lower() if "." in self.name else "binary"
        name = quote(self.name)
        private = f"{base}/files-pri/{TEAM}-{self.id}"
        shown: Json = {
            "id": self.id,
            "created": 1739300000,
            "timestamp": 1739300000,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": MIMETYPES.get(kind, "application/octet-stream"),
            "filetype": kind,
            "pretty_type": kind.upper(),
            "user": self.user,
            "user_team": TEAM,
            "editable": False,
            "size": self.size,
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": any(one.startswith("C") for one in self.channels),
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": f"{private}/{name}",
            "url_private_download": f"{private}/download/{name}",
            "media_display_type": "unknown",
            "permalink": f"{base}/files/{self.user}/{self.id}/{name}",
            "channels": [one for one in self.channels if one.startswith("C")],
            "groups": [one for one in self.channels if one.startswith("G")],
            "ims": [one for one in self.channels if one.startswith("D")],
            "has_rich_preview": False,
            "file_access": "visible",
        }
        if self.alt_text:
            shown["alt_txt"] = self.alt_text
        return shown


MIMETYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "png": "image/png",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def objects(value: Any, kind: str = "") -> Iterator[Json]:
    """Every object inside blocks that has a type, in order; those of ``kind`` if it is given."""
    if isinstance(value, list):
        for one in value:
            yield from objects(one, kind)
    elif isinstance(value, dict):
        if value.get("type") and kind in ("", value["type"]):
            yield value
        for one in value.values():
            yield from objects(one, kind)
