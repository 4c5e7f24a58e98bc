"""`jalon manifest …`: what a platform needs to know of Jalon before it can be installed there."""

from pathlib import Path
from typing import Annotated, NoReturn
from urllib.parse import SplitResult, urlsplit

import typer

from bot.about import PATH
from bot.config import GUID
from bot.shell import config_of, give_up
from bot.slack.manifest import manifest
from bot.teams.manifest import App, package
from handlers.all import everything
from storage.network import Language

app = typer.Typer(no_args_is_help=True, help="Make what a platform makes its app from.")

LANGUAGE = typer.Option(help="The language of the app's own words.")


@app.command()
def slack(
    url: Annotated[
        str, typer.Option(help="Where Slack reaches the bot over HTTPS; without: Socket Mode.")
    ] = "",
    language: Annotated[Language, LANGUAGE] = Language.EN,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write.")
    ] = None,
) -> None:
    """Print the manifest that Slack makes the app from."""
    text = manifest(everything(), language, _origin("--url", url, "Slack"))
    if output is None:
        typer.echo(text, nl=False)
        return
    _write(output, text.encode())
    typer.echo(f"{output}: paste it at https://api.slack.com/apps, Create New App, From a manifest")


@app.command()
def teams(
    ctx: typer.Context,
    app_id: Annotated[str, typer.Option(help="The bot's Microsoft App ID.")] = "",
    url: Annotated[str, typer.Option(help="Where people's browsers reach the bot.")] = "",
    website: Annotated[str, typer.Option(help="A page about the app. [<url>/about]")] = "",
    privacy: Annotated[str, typer.Option(help="A page on privacy. [<url>/about]")] = "",
    terms: Annotated[str, typer.Option(help="The terms of use. [<url>/about]")] = "",
    language: Annotated[Language, LANGUAGE] = Language.EN,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")] = Path(
        "jalon-teams.zip"
    ),
) -> None:
    """Write the package that Teams makes the app from; what isn't given is in the settings."""
    settings = config_of(ctx).teams
    id = app_id.strip().lower() or settings.app_id
    if not id:
        give_up("teams.app_id is not set: set JALON_TEAMS__APP_ID, or give --app-id")
    if not GUID.fullmatch(id):
        give_up("--app-id: must look like 00000000-0000-0000-0000-000000000000")
    at = _origin("--url" if url else "teams.public_url", url or settings.public_url, "Teams")
    given = (("--website", website), ("--privacy", privacy), ("--terms", terms))
    pages = (_page(option, page, at) for option, page in given)
    _write(output, package(App(id, at, *pages), everything(), language))
    typer.echo(
        f"{output}: upload it at https://admin.teams.microsoft.com, Teams apps, Manage apps, Upload"
        " new app; or in Teams, Apps, Manage your apps, Upload an app"
    )


def _page(option: str, given: str, at: str) -> str:
    """The page's address: what is given, or the bot's own page. Gives up where there is neither."""
    if given:
        if not _https(given):
            _refuse(option, given, "Teams")
        return given
    if not at:
        give_up("teams.public_url is not set: set JALON_TEAMS__PUBLIC_URL, or give --url")
    return f"{at}{PATH}"


def _origin(option: str, url: str, platform: str) -> str:
    """The address that paths are put behind, or "". Gives up where the platform would refuse it."""
    if url and (not (parts := _https(url)) or parts.query or parts.fragment):
        _refuse(option, url, platform)
    return url.rstrip("/")


def _https(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts if parts.scheme == "https" and parts.hostname else None


def _refuse(option: str, url: str, platform: str) -> NoReturn:
    give_up(f"{option} {url}: {platform} needs an address such as https://jalon.example.org")


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        give_up(f"{file}: {error.strerror}")
