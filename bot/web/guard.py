"""Keeps the playground to this machine: it has no login, so no other site may speak through it."""

import ipaddress
import re

from aiohttp import hdrs, web

LOOPBACK = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?", re.IGNORECASE)

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
        " object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


def refusal(request: web.Request) -> web.Response | None:
    """Why this request is not served, if it is not.

    A page of another site reaches a loopback server under the name it made up for it (DNS
    rebinding), or posts to it blindly: the first shows in Host, the second in Origin.
    """
    if not LOOPBACK.fullmatch(request.host) or not _from_here(request):
        return problem(403, "The playground answers only on 127.0.0.1, localhost and [::1].")
    if request.method == hdrs.METH_POST:
        if not _same_origin(request):
            return problem(403, "Only the playground's own page may send this.")
        if request.content_type != "application/json":
            return problem(400, "The body has to be application/json.")
    return None


def problem(status: int, says: str) -> web.Response:
    """An error as JSON."""
    return web.json_response({"error": says}, status=status, headers=HEADERS)


def _from_here(request: web.Request) -> bool:
    try:
        return ipaddress.ip_address(request.remote or "").is_loopback
    except ValueError:
        return False


def _same_origin(request: web.Request) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get(hdrs.ORIGIN)
    if site is None and origin is None:
        return False
    return site in (None, "same-origin") and origin in (None, f"{request.scheme}://{request.host}")
