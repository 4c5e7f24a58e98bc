"""The playground's door: the routes of a page that is served on this machine alone."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from aiohttp import web
from pydantic import ValidationError

from bot.clock import Clock
from bot.doors import Refusal, Said
from bot.web import bodies, cast, channels, guard, pictures
from bot.web.channels import Channel
from bot.web.pages import Cards, View, gallery
from bot.web.pictures import Pictures
from bot.web.render import render
from bot.web.stream import stream
from bot.web.talk import Answer, Choices, Talk
from handlers.chat.cards import Card, Reply
from handlers.chat.incoming import Incoming, Kind
from handlers.chat.texts import Texts
from storage.addresses import Address
from storage.people import Newcomer
from storage.plan import Language

STATIC = Path(__file__).parent / "static"
FILES = ("playground.css", "playground.js", "jalon.svg")

B = TypeVar("B", bound=bodies.Body)


class BadBody(Exception):
    """What was sent cannot be used; the message says why. ``status`` is 400 or 413."""

    def __init__(self, says: str, status: int = 400) -> None:
        super().__init__(says)
        self.status = status


class Playground:
    """Serves the page, and brings what is typed and pressed on it to ``dispatch``.

    ``pass_time`` has a simulated clock go on, and all happen that is due meanwhile.
    """

    per_second = 1000.0  # nobody else is there to be kept waiting

    def __init__(
        self,
        *,
        dispatch: Callable[[Incoming], Awaitable[Reply]],
        choices: Choices,
        commands: Callable[[Language], Sequence[tuple[str, str]]],
        language_of: Callable[[Newcomer], Language],
        gallery: Callable[[Language], Awaitable[Cards]],
        clock: Clock,
        pass_time: Callable[[timedelta], Awaitable[None]],
    ) -> None:
        self._talk = Talk(dispatch, choices, language_of, clock, pass_time)
        self._commands = commands
        self._language_of = language_of
        self._gallery = gallery
        self._clock = clock
        self._pictures = Pictures()
        self._said: dict[str, str] = {}  # what nobody asked for, by its key

    def add_to(self, app: web.Application) -> None:
        """Add the routes; open streams end when the app stops."""
        for path, show in (
            ("/", self._page),
            ("/events", self._events),
            ("/gallery", self._show_gallery),
            ("/static/{name}", self._static),
            ("/files/{line}", self._file),
            (f"{pictures.PATH}/{{name}}", self._pictures.serve),
        ):
            app.router.add_get(path, _guarded(show))
        for path, take in (
            ("/messages", self._message),
            ("/files", self._drop),
            ("/presses", self._press),
            ("/forms", self._submit),
            ("/clock", self._forward),
        ):
            app.router.add_post(path, _guarded(take))

        async def stop(_: web.Application) -> None:
            await self._talk.close()

        app.on_shutdown.append(stop)

    async def say(self, address: Address, card: Card, t: Texts, once: str) -> Said:
        """Say something that nobody asked for: an open page shows it at once."""
        at, conversation = self._clock.now(), self._talk.conversation
        line = conversation.say(address.id, None, card, at=at, language=t.language)
        self._said[once] = line.id
        return Said(line.id)

    async def said(self, address: Address, once: str, since: int) -> str | None:
        """The line that was said; those before a restart are gone, and what they said is due."""
        return self._said.get(once)

    async def edit(self, address: Address, message: str, card: Card, t: Texts) -> None:
        """Have the line show this card. Raises Refusal where the line is gone."""
        line = self._talk.conversation.line(address.id, message)
        if line is None:
            raise Refusal("gone")
        self._talk.conversation.edit(line, card, t.language)

    async def _page(self, request: web.Request) -> web.StreamResponse:
        view = await self._view(request)
        place = view.here.place(view.me)
        html = view.chat(
            self._talk.conversation.seen(place.id, view.me),
            self._commands(view.t.language),
            {one.id: self._language_of(one) for one in cast.CAST},
            self._clock.now(),
            self._clock.simulated,
        )
        return web.Response(text=html, content_type="text/html")

    async def _events(self, request: web.Request) -> web.StreamResponse:
        view = await self._view(request)
        return await stream(request, view, self._talk.conversation, self._clock.now)

    async def _show_gallery(self, request: web.Request) -> web.StreamResponse:
        asked = request.query.get("language")
        shown = [one for one in Language if asked == one] or list(Language)
        cards = {one: await self._gallery(one) for one in shown}
        html = gallery(cards, Texts.load(shown[0]), self._pictures)
        return web.Response(text=html, content_type="text/html")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """A file that came with a card, for whom the card is for."""
        view = await self._view(request)
        place = view.here.place(view.me).id
        file = self._talk.conversation.file(place, view.me, request.match_info["line"])
        if file is None:
            return guard.problem(404, "There is no such file, or it is no longer kept.")
        # No type of its own: whatever is in it, a browser saves it and runs nothing.
        return web.Response(
            body=file.content,
            content_type="application/octet-stream",
            headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, '')}"},
        )

    async def _static(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in FILES:
            return guard.problem(404, "There is no such file.")
        return web.FileResponse(STATIC / name)

    async def _message(self, request: web.Request) -> web.StreamResponse:
        body = await _read(request, bodies.Message)
        if not body.text.strip():
            raise BadBody("text: nothing was typed")
        return _told(await self._talk.typed(*_who_and_where(body), body.key, body.text))

    async def _drop(self, request: web.Request) -> web.StreamResponse:
        body = await _read(request, bodies.Drop, bodies.DROP_LIMIT)
        if len(body.files) > bodies.MOST_FILES:
            raise BadBody(f"These are more than {bodies.MOST_FILES} files at once.", 413)
        files = tuple(one.dropped() for one in body.files)
        return _told(await self._talk.typed(*_who_and_where(body), body.key, body.text, files))

    async def _press(self, request: web.Request) -> web.StreamResponse:
        return await self._did(Kind.PRESS, await _read(request, bodies.Doing))

    async def _submit(self, request: web.Request) -> web.StreamResponse:
        return await self._did(Kind.SUBMIT, await _read(request, bodies.Doing))

    async def _did(self, kind: Kind, body: bodies.Doing) -> web.StreamResponse:
        me, here = _who_and_where(body)
        answer = await self._talk.did(
            me, here, body.key, kind, body.name, body.values, text=body.text, line=body.line
        )
        return _told(answer)

    async def _forward(self, request: web.Request) -> web.StreamResponse:
        body = await _read(request, bodies.Forward)
        me, _ = _who_and_where(body)
        if not self._clock.simulated:
            raise BadBody("hours: the clock is the real one, and does not move")
        return _told(await self._talk.waited(me, body.key, timedelta(hours=body.hours)))

    async def _view(self, request: web.Request) -> View:
        """The view asked for; for a person or channel that does not exist, the first there is."""
        me = cast.person(request.query.get("as", "")) or cast.CAST[0]
        here = channels.channel(request.query.get("in", ""), me) or channels.DIRECT
        return View(me, here, Texts.load(self._language_of(me)), self._pictures)


def _who_and_where(body: bodies.Body) -> tuple[Newcomer, Channel]:
    me = cast.person(body.as_)
    if me is None:
        raise BadBody(f"as: nobody here is {body.as_!r}")
    here = channels.channel(body.in_, me)
    if here is None:
        raise BadBody(f"in: {me.name} is in no channel {body.in_!r}")
    return me, here


async def _read(request: web.Request, shape: type[B], limit: int = bodies.LIMIT) -> B:
    raw = bytearray()
    async for part in request.content.iter_any():  # not read(): that knows the app's limit alone
        raw += part
        if len(raw) > limit:
            raise BadBody(f"This is more than {limit // 1024} KiB at once.", 413)
    try:
        return shape.model_validate_json(raw)
    except ValidationError as error:
        raise BadBody(bodies.complaint(error)) from None


def _told(answer: Answer) -> web.Response:
    form = answer.form and render(answer.form, Texts.load(answer.language))
    return web.json_response({"form": form, "language": answer.language})


def _guarded(
    serve: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def guarded(request: web.Request) -> web.StreamResponse:
        refused = guard.refusal(request)
        if refused is not None:
            return refused
        try:
            response = await serve(request)
        except BadBody as error:
            return guard.problem(error.status, str(error))
        if not response.prepared:
            response.headers.update(guard.HEADERS)
        return response

    return guarded
