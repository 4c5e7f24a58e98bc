"""The drives of the fake Teams' people: where their files go and come from, without a token."""

import re
from typing import Any

from aiohttp import web

from tests.teams.people import Json, User
from tests.teams.world import File, World

DOWNLOAD = "application/vnd.microsoft.teams.file.download.info"


def add(world: World, name: str, owner: User, content: bytes | None = None) -> File:
    """A file in a person's drive; without content only the place for one."""
    id = f"{next(world.numbers):08d}-8870-4044-9f2c-5bbdeba70c8c"
    world.files[id] = file = File(id, name, owner, content)
    return file


def told(world: World, file: File) -> Json:
    """The attachment of a message that a file was dropped with."""
    return {
        "contentType": DOWNLOAD,
        "contentUrl": _place(world, file),
        "name": file.name,
        "content": {
            "downloadUrl": f"{world.base}/drive/{file.id}/download?tempauth=for-minutes",
            "uniqueId": file.id,
            "fileType": _kind(file),
        },
    }


def room(world: World, file: File) -> Json:
    """The ``uploadInfo`` of a person who takes a file."""
    return {
        "contentUrl": _place(world, file),
        "name": file.name,
        "uploadUrl": f"{world.base}/drive/{file.id}/upload?tempauth=for-minutes",
        "uniqueId": file.id,
        "fileType": _kind(file),
    }


async def upload(world: World, request: web.Request) -> web.StreamResponse:
    """Take a file's content, whole, with its place in it as a drive wants it."""
    file = _file(world, request)
    content = await request.read()
    ranged = re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", request.headers.get("Content-Range", ""))
    if ranged is None or [int(one) for one in ranged.groups()] != [
        0,
        len(content) - 1,
        len(content),
    ]:
        world.problem("an upload without its Content-Range")
        return web.json_response({"error": {"code": "invalidRange"}}, status=400)
    if file.content is not None:
        return web.json_response({"error": {"code": "nameAlreadyExists"}}, status=409)
    file.content = content
    world.change()
    answer: dict[str, Any] = {"id": file.id, "name": file.name, "size": len(content)}
    return web.json_response(answer, status=201)


async def download(world: World, request: web.Request) -> web.StreamResponse:
    """Give a file's content."""
    file = _file(world, request)
    if file.content is None:
        raise web.HTTPNotFound
    return web.Response(body=file.content, content_type="application/octet-stream")


def _file(world: World, request: web.Request) -> File:
    if "Authorization" in request.headers:
        world.problem("the bot's token in a request for a file")
    if request.query.get("tempauth") != "for-minutes":
        raise web.HTTPUnauthorized
    try:
        return world.files[request.match_info["file"]]
    except KeyError:
        raise web.HTTPNotFound from None


def _place(world: World, file: File) -> str:
    return f"{world.base}/personal/{file.owner.short}/Documents/{file.name}"


def _kind(file: File) -> str:
    return file.name.rpartition(".")[2].lower() if "." in file.name else ""
