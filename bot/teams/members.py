"""Who a person in Teams is: name, language, time zone and e-mail, asked of Teams now and then."""

import logging
from dataclasses import replace
from typing import Any

from bot import members
from bot.patience import patiently
from bot.teams.connector import Connector, failing, in_short
from bot.teams.origin import PLATFORM, Activity, Origin, Who
from storage.engine import Store
from storage.people import Newcomer

log = logging.getLogger("jalon.teams")

GUEST = "#EXT#"  # in the sign-in name of a guest from another tenant


class Members:
    """The people of the conversations that the bot is in."""

    def __init__(self, connector: Connector, store: Store, tenant: str) -> None:
        self._connector = connector
        self._tenant = tenant
        self._members = members.Members(PLATFORM, store)

    async def get(self, who: Who, origin: Origin) -> Newcomer:
        """Who this is; language and time zone as their client just said, else as we know them."""
        found = await self._members.get(who.identity, lambda: self._ask(who, origin))
        stored = self._members.stored(who.identity)
        timezone = who.timezone or (stored.timezone if stored else found.timezone)
        return replace(found, locale=who.locale or found.locale, timezone=timezone)

    def knows(self, who: Who) -> bool:
        """Whether they have spoken to the bot."""
        return self._members.stored(who.identity) is not None

    async def close(self) -> None:
        """Stop asking."""
        await self._members.close()

    async def _ask(self, who: Who, origin: Origin) -> Newcomer:
        async def ask() -> Activity | None:
            async for member in self._connector.members(origin.service_url, origin.place):
                if who.id == member.get("id") or who.entra in _entra(member):
                    return member
            return None

        member = await patiently(ask, failing, lambda error: f"teams: {in_short(error)}", log)
        if member is None:  # nobody vouches for them
            return Newcomer(PLATFORM, who.identity, who.name or who.identity, guest=True)
        return described(who, member, origin.tenant, self._tenant)


def described(who: Who, member: Activity, tenant: str, ours: str) -> Newcomer:
    """Someone as the list of members describes them, in a conversation of ``tenant``.

    A guest unless a full member of ``ours``; where that is not set, of the conversation's, whose
    word for an e-mail is then not taken.
    """
    theirs = member.get("tenantId") or tenant
    guest = (
        str(member.get("userRole") or "").lower() in {"guest", "anonymous"}
        or GUEST in (member.get("userPrincipalName") or "")
        or theirs != (ours or tenant)
    )
    email = str(member.get("email") or "") if ours else ""
    given = f"{member.get('givenName') or ''} {member.get('surname') or ''}".strip()
    name = " ".join((member.get("name") or who.name or given or who.identity).split())
    return Newcomer(PLATFORM, who.identity, name, guest=guest, email=email)


def _entra(member: Any) -> set[str]:
    """The member's object id, under either of its names."""
    return {id for id in (member.get("aadObjectId"), member.get("objectId")) if id}
