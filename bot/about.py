"""The page that the app's listing leads to: what Jalon is, what it keeps, who sees what."""

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from handlers.chat.texts import Texts
from storage.plan import Language

PATH = "/about"
HEADERS = {
    # Words and their style: nothing is loaded, run or sent anywhere.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
        " frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def page() -> str:
    """The page as HTML, in every language."""
    return _TEMPLATES.get_template("about.html").render(
        first=next(iter(Language)).value, texts=[Texts.load(language) for language in Language]
    )


def add_to(app: web.Application) -> None:
    """Serve the page to whoever asks: it holds nothing about anyone."""
    html = page()

    async def show(_: web.Request) -> web.Response:
        return web.Response(text=html, content_type="text/html", headers=HEADERS)

    app.router.add_get(PATH, show)


_TEMPLATES = Environment(
    loader=PackageLoader("bot", ""),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
