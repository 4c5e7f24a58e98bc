"""A fake Slack on this machine: a server that speaks the part of the Web API Jalon uses."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from tests.slack import hooks, uploads
from tests.slack.faults import Fault, Faults
from tests.slack.memory import BOT, Json, Message, View
from tests.slack.methods import METHODS, Method, method
from tests.slack.people import User
from tests.slack.sockets import Sockets
from tests.slack.views import Screens
from tests.slack.world import Refused

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-test-bot", "xapp-test-app", "test-signing-secret"
SCOPES = {scope for one in METHODS.values() if not one.app for scope in one.scopes}
EVENTS = {"app_home_opened", "app_mention", "member_joined_channel", "message.im", "user_change"}
# What a form brings as JSON text.
STRUCTURED = ("blocks", "view", "metadata", "files", "attachments")


@dataclass(frozen=True, slots=True)
class Call:
    """A call that reached us: its method, its arguments, and what it was answered."""

    method: str
    args: Json
    answer: Json


class Workspace(Screens):
    """The server and its memory. ``scopes`` and ``events`` are what the bot was granted."""

    def __init__(self) -> None:
        super().__init__()
        self.scopes = set(SCOPES)
        self.events = set(EVENTS)
        self.calls: list[Call] = []
        self.sockets = Sockets(self)
        self.faults = Faults(self.change)
        self._runner: web.AppRunner | None = None

    @property
    def api_url(self) -> str:
        """The base URL of the Web API, for ``AsyncWebClient`` and ``JALON_SLACK__API_URL``."""
        return f"{self.base}/api/"

    async def start(self) -> None:
        """Listen on a free port of this machine."""
        app = web.Application(client_max_size=50_000_000)
        for path, name, serve in (
            ("/api/{method}", "", self._api),
            ("/commands/{tail:.+}", "response_url", self._respond),
            ("/actions/{tail:.+}", "response_url", self._respond),
            ("/upload/v1/{file}", "files.upload", self._upload),
            ("/files-pri/{file}/{name}", "files.download", self._download),
            ("/files-pri/{file}/download/{name}", "files.download", self._download),
            ("/signin", "signin", self._sign_in),
            ("/link/", "socket", self.sockets.connect),
        ):
            app.router.add_route("*", path, self._with_faults(name, serve))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base = f"http://{host}:{port}"

    async def close(self) -> None:
        self.faults.close()
        await self.sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def fail(self, method: str, times: int = 1, *, with_: Fault) -> None:
        """Let the next calls of a method go wrong.

        Beside the Web API's methods: ``response_url``, ``files.upload``, ``files.download`` and
        ``socket`` (the WebSocket's handshake).
        """
        self.faults.order(method, times, with_)

    @property
    def faults_left(self) -> dict[str, list[Fault]]:
        """Faults that were ordered and not met."""
        return self.faults.left

    @property
    def waiting(self) -> list[str]:
        """The methods whose answers are slow at this moment."""
        return self.faults.waiting

    def called(self, method: str) -> list[Call]:
        """The calls of one method that were worked on, oldest first."""
        return [one for one in self.calls if one.method == method]

    def modal(self, person: User) -> View | None:
        """The modal on top of a person's screen."""
        stack = self.stacks.get(person.id)
        return stack[-1] if stack else None

    def bot_messages(self, channel: str) -> list[Message]:
        """What the bot has in a conversation, whoever sees it, oldest first."""
        return [
            one
            for one in self.messages
            if one.channel == channel and not one.deleted and one.user == BOT
        ]

    def _with_faults(
        self, name: str, serve: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def served(request: web.Request) -> web.StreamResponse:
            method = name or request.match_info["method"]
            # Read at once: what is done after the connection ended needs its body all the same.
            await request.read()
            return await self.faults.meet(request, method, lambda: serve(request))

        return served

    async def _api(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        method = METHODS.get(name)
        headers = {"x-oauth-scopes": ",".join(sorted(self.scopes))}
        args: Json = {}
        try:
            if method is None:
                self.violate(f"unknown_method: {name}")
                raise Refused("unknown_method", req_method=name)
            headers["x-accepted-oauth-scopes"] = ",".join(method.scopes)
            args = await _arguments(request, method)
            self._authorize(request, method, args)
            answer = {"ok": True} | method.work(self, args | {"scopes": sorted(self.scopes)})
        except Refused as refused:
            answer = {"ok": False, "error": refused.code} | refused.more
        self.calls.append(Call(name, args, answer))
        self.change()
        return web.json_response(answer, headers=headers)

    def _authorize(self, request: web.Request, method: Method, args: Json) -> None:
        """Check the token and the scopes. Raises Refused."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = token or str(args.pop("token", ""))
        if not token:
            raise Refused("not_authed")
        if token not in (BOT_TOKEN, APP_TOKEN):
            raise Refused("invalid_auth")
        if method.app != (token == APP_TOKEN):
            raise Refused("not_allowed_token_type")
        if not method.app and method.scopes and not self.scopes & set(method.scopes):
            needed, provided = ",".join(method.scopes), ",".join(sorted(self.scopes))
            raise Refused("missing_scope", needed=needed, provided=provided)

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        return await hooks.respond(self, request)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        return await uploads.upload(self, request)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        token = request.headers.get("Authorization", "")
        allowed = token == f"Bearer {BOT_TOKEN}" and "files:read" in self.scopes
        return uploads.download(self, request, allowed)

    async def _sign_in(self, request: web.Request) -> web.StreamResponse:
        return web.Response(text=uploads.LOGIN, content_type="text/html")


@method("apps.connections.open", json=True, app=True)
def _(world: Screens, args: Json) -> Json:
    assert isinstance(world, Workspace)
    return {"url": world.sockets.issue()}


async def _arguments(request: web.Request, method: Method) -> Json:
    """The arguments, from the query, a form, or JSON where the method reads it."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        # Slack's older methods do not look at a JSON body at all.
        if method.json:
            try:
                body = json.loads(await request.text())
            except ValueError:
                raise Refused("invalid_json") from None
            if not isinstance(body, dict):
                raise Refused("json_not_object")
            args |= body
    else:
        args |= dict(await request.post())
    for name in STRUCTURED:
        if isinstance(args.get(name), str):
            try:
                args[name] = json.loads(args[name])
            except ValueError:
                raise Refused("invalid_json") from None
    return args
