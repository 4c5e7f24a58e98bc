"""What a button or a modal carries in Slack; what it has no room for is held in the store."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from bot import packing
from bot.packing import HELD
from bot.slack.limits import VALUE_LIMIT
from bot.slack.payloads import Origin
from storage.engine import Store

METADATA_LIMIT = 3000  # characters


class Packing(packing.Packing):
    """Makes what Slack's buttons and modals carry fit, and brings it back."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        super().__init__(store, now, VALUE_LIMIT)

    async def metadata(self, values: Mapping[str, str], origin: Origin) -> str:
        """What a modal carries: a form's values, and where its answer goes."""
        content = json.dumps({"values": dict(values), "origin": origin.to_json()})
        if len(content) <= METADATA_LIMIT:
            return content
        return json.dumps({HELD: await self.hold(content)})

    async def carried(self, metadata: str) -> str:
        """What a modal carried, in full. Raises Unknown."""
        token = json.loads(metadata).get(HELD)
        return await self.held(token) if token else metadata
