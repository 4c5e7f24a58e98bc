"""Files in Slack: what people gave the bot, and what it gives them."""

# The SDK's own types are incomplete.
# pyright: reportUnknownMemberType=false

from pathlib import PurePath

from aiohttp import ClientTimeout

from bot.reading import at_most
from bot.slack.client import Slack
from bot.slack.payloads import Payload
from handlers.chat.cards import File, Picture
from handlers.chat.incoming import LARGEST_FILE, Dropped
from handlers.pictures.drawing import draw

ALT = 1000  # characters that Slack takes of what a picture shows
TIMEOUT = 60  # seconds for the largest file


class Unreadable(Exception):
    """Slack did not give the file out; the message is its HTTP status."""


async def fetch(slack: Slack, file: Payload) -> Dropped:
    """A file that was shared with the bot; without content where it is too large, or elsewhere."""
    if file.get("file_access") == "check_file_info":  # from another workspace: only its id is here
        id = file["id"]
        file = (await slack.until_said(lambda: slack.ask("files.info", file=id)))["file"]
    name, size = file.get("name") or file["id"], int(file.get("size") or 0)
    url = file.get("url_private_download")
    if not url or size > LARGEST_FILE:
        return Dropped(name, size, b"")
    content = await slack.until_said(lambda: _read(slack, url))
    if len(content) > LARGEST_FILE:
        return Dropped(name, len(content), b"")
    return Dropped(name, len(content), content)


async def show(
    slack: Slack, picture: Picture, channel: str, thread: str = "", *, once: bool = False
) -> None:
    """Show a picture in a channel or a direct chat; what is too much to say of it is cut."""
    alt, title = picture.alt, picture.chart.title
    if len(alt) > ALT:  # after a whole line: half a figure is another figure
        whole, _, _ = alt[: ALT - 1].rpartition("\n")
        alt = f"{whole or alt[: ALT - 2]}\n…"
    file = File(f"{title.replace('/', '-')}.png", await draw(picture.chart))
    await upload(slack, file, channel, thread, alt, once=once)


async def upload(
    slack: Slack,
    file: File,
    channel: str,
    thread: str = "",
    alt: str | None = None,
    *,
    once: bool = False,
) -> None:
    """Give a file out in a channel or a direct chat, by its id; ``alt`` is a picture's.

    ``once``: where it may be there, as Slack's answer was lost, it is not given out again.
    """

    async def whole() -> None:
        await _share(slack, await _put(slack, file, alt), file, channel, thread)

    if once:
        id = await slack.until_said(lambda: _put(slack, file, alt))  # nobody sees it yet
        await slack.until_said(lambda: _share(slack, id, file, channel, thread), once=True)
    else:
        await slack.until_said(whole)


async def _put(slack: Slack, file: File, alt: str | None) -> str:
    """Have Slack hold a file that nobody sees; its id."""
    about = {"filename": file.name, "length": len(file.content)} | ({"alt_txt": alt} if alt else {})
    made = await slack.ask("files.getUploadURLExternal", **about)
    async with slack.session.post(made["upload_url"], data=file.content) as answer:
        if answer.status != 200:
            raise OSError(answer.status)
    return made["file_id"]


async def _share(slack: Slack, id: str, file: File, channel: str, thread: str) -> None:
    await slack.web.files_completeUploadExternal(
        files=[{"id": id, "title": PurePath(file.name).stem}],
        channel_id=channel,
        thread_ts=thread or None,
    )


async def _read(slack: Slack, url: str) -> bytes:
    headers = {"Authorization": f"Bearer {slack.web.token}"}
    # Where the token may not read it, Slack leads to a page to sign in.
    async with slack.session.get(
        url, headers=headers, allow_redirects=False, timeout=ClientTimeout(TIMEOUT)
    ) as answer:
        if answer.status >= 500 or answer.status == 429:
            raise OSError(answer.status)
        if answer.status != 200:
            raise Unreadable(str(answer.status))
        return await at_most(answer.content, LARGEST_FILE)
