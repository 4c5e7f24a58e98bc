"""Pictures in Teams: at an address of the bot's own, that nobody can make up.

What a picture shows is held in the store; it is drawn when a client asks for it.
"""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from aiohttp import web

from bot.config import Teams as Settings
from bot.teams.signing import Signer
from handlers.chat.cards import Block, Card, Picture
from handlers.chat.charts import read, written
from handlers.pictures.drawing import draw
from storage import held
from storage.engine import Store

PATH = "/teams/pictures"  # for Teams and people's browsers


class Pictures:
    """Gives pictures an address, and shows them there."""

    def __init__(self, store: Store, now: Callable[[], datetime], settings: Settings) -> None:
        self._store = store
        self._now = now
        self._url = settings.public_url
        given = settings.app_password
        # It must outlive a restart, as messages do; local clients show what is new alone.
        secret = given.get_secret_value() if given else secrets.token_hex()
        self._signer = Signer("pictures", secret)

    async def placed(self, card: Card) -> Card:
        """The card with an address for each picture, where people reach the bot's own."""
        if not self._url or not card.pictures:
            return card
        blocks: list[Block] = []
        for block in card.blocks:
            if isinstance(block, Picture):
                block = replace(block, url=await self._keep(block))
            blocks.append(block)
        return replace(card, blocks=tuple(blocks))

    async def serve(self, request: web.Request) -> web.Response:
        """Draw the picture of an address."""
        token, signature = request.match_info["token"], request.query.get("signature", "")
        if not self._signer.signed(signature, token):
            raise web.HTTPNotFound
        content = await self._store.read(held.get, token)
        if content is None:
            raise web.HTTPGone
        answer = web.Response(body=await draw(read(content)), content_type="image/png")
        answer.headers["Cache-Control"] = "private, max-age=86400"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        return answer

    async def _keep(self, picture: Picture) -> str:
        at = int(self._now().timestamp())
        token = await self._store.write(held.put, written(picture.chart), at)
        return f"{self._url}{PATH}/{token}?signature={self._signer.sign(token)}"
