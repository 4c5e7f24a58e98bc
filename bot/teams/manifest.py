"""What Jalon is in Teams, as the package that an administrator uploads."""

import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from handlers import help
from handlers.chat.router import Command, Router
from handlers.chat.texts import Texts
from storage.plan import Language

VERSION = "1.29"
SCHEMAS = f"https://developer.microsoft.com/json-schemas/teams/v{VERSION}"
ICONS = ("color.png", "outline.png")
SCOPES = ("personal", "team", "groupChat")
LISTED = 10  # commands that Teams' menu has room for
LAST = "help"  # tells of the commands that the menu has no room for
STABLE = (1980, 1, 1, 0, 0, 0)  # a date for every file: the same package is the same bytes


@dataclass(frozen=True, slots=True)
class App:
    """What only those who install it know: its id, where people reach it, and pages about it.

    ``url`` is the bot's own address ("https://jalon.example.org"), or "". Every page is https.
    """

    id: str
    url: str
    website: str
    privacy: str
    terms: str


def package(app: App, router: Router, language: Language) -> bytes:
    """The package as a zip: the manifest in ``language``, the other language's words, the icons."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in _files(app, router, language):
            archive.writestr(zipfile.ZipInfo(name, STABLE), content)
    return packed.getvalue()


def manifest(app: App, router: Router, language: Language) -> dict[str, Any]:
    """The manifest, its words in ``language`` and those of the others in files of their own."""
    t = Texts.load(language)
    return {
        "$schema": f"{SCHEMAS}/MicrosoftTeams.schema.json",
        "manifestVersion": VERSION,
        "version": version("jalon"),
        "id": app.id,
        "localizationInfo": {
            "defaultLanguageTag": language.value,
            "additionalLanguages": [
                {"languageTag": other.value, "file": _file(other)} for other in _others(language)
            ],
        },
        "developer": {
            "name": "Jalon",
            "websiteUrl": app.website,
            "privacyUrl": app.privacy,
            "termsOfUseUrl": app.terms,
        },
        "name": {"short": t("teams.manifest.name"), "full": t("teams.manifest.full_name")},
        "description": {
            "short": t("teams.manifest.description"),
            "full": t("teams.manifest.long_description"),
        },
        "icons": {"color": ICONS[0], "outline": ICONS[1]},
        "accentColor": "#12423a",
        "bots": [
            {
                "botId": app.id,
                "scopes": [*SCOPES],
                "supportsFiles": True,
                "isNotificationOnly": False,
                "commandLists": [
                    {
                        "scopes": [*SCOPES],
                        "commands": [
                            {"title": one.word(language), "description": help.summary(t, one)}
                            for one in commands(router)
                        ],
                    }
                ],
            }
        ],
        "validDomains": [urlsplit(app.url).netloc] if app.url else [],
    }


def words(router: Router, language: Language) -> Mapping[str, str]:
    """The manifest's words in another language, by the place that each stands in."""
    t = Texts.load(language)
    found = {
        "$schema": f"{SCHEMAS}/MicrosoftTeams.Localization.schema.json",
        "name.short": t("teams.manifest.name"),
        "name.full": t("teams.manifest.full_name"),
        "description.short": t("teams.manifest.description"),
        "description.full": t("teams.manifest.long_description"),
    }
    for n, one in enumerate(commands(router)):
        place = f"bots[0].commandLists[0].commands[{n}]"
        found[f"{place}.title"] = one.word(language)
        found[f"{place}.description"] = help.summary(t, one)
    return found


def commands(router: Router) -> list[Command]:
    """Those that the menu offers, in the router's order: what people do most comes first there.

    Where there are more than it has room for, the last ones are left out, but never ``LAST``.
    """
    every = list(router.commands.values())
    last = [one for one in every if one.name == LAST]
    return [one for one in every if one.name != LAST][: LISTED - len(last)] + last


def _files(app: App, router: Router, language: Language) -> Iterator[tuple[str, bytes]]:
    yield "manifest.json", _json(manifest(app, router, language))
    for other in _others(language):
        yield _file(other), _json(words(router, other))
    for icon in ICONS:
        yield icon, files("bot.teams").joinpath(icon).read_bytes()


def _others(language: Language) -> list[Language]:
    return [one for one in Language if one is not language]


def _file(language: Language) -> str:
    return f"{language.value}.json"


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
