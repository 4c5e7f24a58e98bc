"""Files: the methods that make and describe them, and where their content goes and comes from."""

from urllib.parse import unquote

from aiohttp import web

from tests.slack.memory import BOT, TEAM, File, Json
from tests.slack.methods import method, need
from tests.slack.views import Screens
from tests.slack.world import Refused

LOGIN = "<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in</body></html>"


@method("files.getUploadURLExternal", "files:write", json=True)
def _(world: Screens, args: Json) -> Json:
    name, length = need(args, "filename"), str(args.get("length") or "")
    if not length.isdecimal() or int(length) == 0:
        raise Refused("invalid_arguments", response_metadata={"messages": ["length"]})
    file = File(world.id("F"), name, int(length), BOT, name, str(args.get("alt_txt") or ""))
    world.files[file.id] = file
    return {"upload_url": f"{world.base}/upload/v1/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal", "files:write", json=True)
def _(world: Screens, args: Json) -> Json:
    given = args.get("files")
    if not isinstance(given, list) or not given:
        raise Refused("invalid_arguments", response_metadata={"messages": ["files"]})
    files = [_uploaded(world, one) for one in given]
    places = [args["channel_id"]] if args.get("channel_id") else []
    places += [one for one in str(args.get("channels") or "").split(",") if one]
    channels = [_place(world, one) for one in places]
    comment = args.get("initial_comment") or ""
    blocks = None if comment else args.get("blocks")
    if comment or blocks:
        world.check_message({"text": comment, "blocks": blocks})
    for file in files:
        file.complete = True
        file.channels += channels
    for channel in channels:
        thread = args.get("thread_ts") or ""
        world.post(channel, BOT, comment, blocks, thread_ts=thread, files=files)
    return {"files": [file.shown(world.base) for file in files]}


@method("files.info", "files:read")
def _(world: Screens, args: Json) -> Json:
    file = world.files.get(need(args, "file"))
    if file is None or not file.complete:
        raise Refused("file_not_found")
    return {
        "file": file.shown(world.base),
        "comments": [],
        "response_metadata": {"next_cursor": ""},
    }


def _uploaded(world: Screens, given: Json) -> File:
    file = world.files.get(given.get("id", ""))
    if file is None or file.complete or file.content is None or len(file.content) != file.size:
        raise Refused("file_not_found")
    file.title = given.get("title") or file.name
    return file


def _place(world: Screens, id: str) -> str:
    try:
        return world.channel_to_write_in(id).id
    except Refused as refused:
        if refused.code == "channel_not_found":
            raise Refused("invalid_channel") from None
        raise


async def upload(world: Screens, request: web.Request) -> web.Response:
    """Take a file's content, raw or as a form."""
    file = world.files.get(request.match_info["file"])
    if file is None or file.complete:
        return web.Response(text="no such upload", status=404)
    if request.content_type == "multipart/form-data":
        form = await request.post()
        part = next((one for one in form.values() if isinstance(one, web.FileField)), None)
        file.content = part.file.read() if part else b""
    else:
        file.content = await request.read()
    world.change()
    return web.Response(text=f"OK - {len(file.content)}")


def download(world: Screens, request: web.Request, allowed: bool) -> web.StreamResponse:
    """A file's content; for who may not have it the page to sign in, with 200, as Slack does."""
    file = world.files.get(request.match_info["file"].removeprefix(f"{TEAM}-"))
    if not allowed or file is None or file.content is None:
        if request.path.startswith("/files-pri"):
            raise web.HTTPFound("/signin")
        return web.Response(text=LOGIN, content_type="text/html")
    if unquote(request.match_info["name"]) != file.name:
        return web.Response(status=404)
    return web.Response(body=file.content, content_type=file.shown("")["mimetype"])
