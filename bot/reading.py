"""Reads what somebody else sends, and no more of it than one is ready to."""

from aiohttp import StreamReader


async def at_most(stream: StreamReader, most: int) -> bytes:
    """What the stream holds. Where that is more than ``most`` bytes, somewhat more than those."""
    content = bytearray()
    async for part in stream.iter_any():
        content += part
        if len(content) > most:
            break
    return bytes(content)
