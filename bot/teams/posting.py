"""Says in Teams what nobody asked for: at most once, as Teams can't be asked what it has taken."""

import aiohttp

from bot.doors import CannotTell, NotSaid, Refusal, Said, Unclear
from bot.packing import Packing
from bot.teams import render
from bot.teams.connector import Connector, Refused, failing, final, in_short
from bot.teams.kit import Json
from bot.teams.pictures import Pictures
from bot.teams.sender import Chat, Close
from bot.teams.tokens import SignInRefused
from handlers.chat.cards import Card
from handlers.chat.texts import Texts
from storage.addresses import Address

PER_SECOND = 20.0  # Teams takes 30 to 50 a second of an app in a tenant; answers go first
# Before anything reaches Teams, or where it says that it took nothing.
NOTHING_TAKEN = {401, 412, 429}


class Posts:
    """What is said by itself, in channels and in people's own chats."""

    per_second = PER_SECOND

    def __init__(
        self, connector: Connector, packing: Packing, pictures: Pictures, close: Close
    ) -> None:
        self._connector = connector
        self._packing = packing
        self._pictures = pictures
        self._close = close

    async def say(self, address: Address, card: Card, t: Texts, once: str) -> Said:
        """Post a card; the id of its activity. Of several pages, that of the last."""
        chat, id = Chat.at(address), ""
        for page in await self._pages(card, t):
            try:
                id = await self._connector.send(
                    chat.service_url, chat.conversation, render.message(page, card)
                )
            except Exception as error:
                meant = await self._meant(address, error)
                # Of what was said in part, no part is said twice.
                raise (
                    Unclear(str(meant)) if id and isinstance(meant, NotSaid) else meant
                ) from error
        return Said(id)

    async def said(self, address: Address, once: str, since: int) -> str | None:
        """Teams does not tell a bot what it has said."""
        raise CannotTell

    async def edit(self, address: Address, message: str, card: Card, t: Texts) -> None:
        """Have the activity show this card; of several pages the first."""
        chat, page = Chat.at(address), (await self._pages(card, t))[0]
        try:
            await self._connector.update(
                chat.service_url, chat.conversation, message, render.message(page, card)
            )
        except Exception as error:
            meant = await self._meant(address, error)
            # To put the same card there twice does no harm.
            raise NotSaid(0.0, str(meant)) if isinstance(meant, Unclear) else meant from error

    async def _pages(self, card: Card, t: Texts) -> list[Json]:
        card = await self._packing.card(await self._pictures.placed(card))
        return render.pages(card, t, None)

    async def _meant(self, address: Address, error: Exception) -> Exception:
        """What an error means for what was to be said; an address that is no more, is closed."""
        if why := final(error):
            await self._close(address.id, why)
            return Refusal(why)
        match error:
            case Refused(status=status) if status in NOTHING_TAKEN:
                return NotSaid(failing(error) or 0.0, in_short(error))
            case SignInRefused() | aiohttp.ClientConnectorError():
                return NotSaid(failing(error) or 0.0, in_short(error))
            case _ if failing(error) is not None:
                return Unclear(in_short(error))
            case Refused():
                return Refusal(in_short(error))
            case _:
                return error
