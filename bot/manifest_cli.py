"""`jalon manifest …`: what a platform needs to know of Jalon before it can be installed there."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from bot.shell import give_up
from bot.slack import manifest
from handlers.all import everything
from storage.network import Language

app = typer.Typer(no_args_is_help=True, help="Print what a platform makes its app from.")


@app.command()
def slack(
    url: Annotated[
        str, typer.Option(help="Where Slack reaches the bot over HTTPS; without: Socket Mode.")
    ] = "",
    language: Annotated[
        Language, typer.Option(help="The language of the app's own words.")
    ] = Language.EN,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write.")
    ] = None,
) -> None:
    """Print the manifest that Slack makes the app from."""
    text = manifest.manifest(everything(), language, _origin(url) if url else "")
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        output.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        give_up(f"{output}: {error.strerror}")
    typer.echo(f"{output}: paste it at https://api.slack.com/apps, Create New App, From a manifest")


def _origin(url: str) -> str:
    """The address with what Slack's paths are put behind. Gives up where Slack would refuse it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        give_up(f"--url {url}: Slack needs an address such as https://jalon.example.org")
    return url.rstrip("/")
