"""The package: Teams would take it, and it has all that people and the door need."""

import json
import re
import struct
import zipfile
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from bot.cli import cli
from bot.teams.manifest import LISTED, App, commands, package
from handlers.all import everything
from handlers.chat.cards import Reply
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from storage.plan import Language

SCHEMA = Path(__file__).parents[3] / "shared" / "schemas" / "teams-manifest-1.29.json"
ID = "11111111-aaaa-bbbb-cccc-222222222222"
URL = "https://jalon.example.org"
ABOUT = f"{URL}/about"
APP = App(ID, URL, ABOUT, ABOUT, ABOUT)
NOWHERE = App(ID, "", "https://a.org/", "https://a.org/privacy", "https://a.org/terms")
BOTH = [*product(Language, (APP, NOWHERE))]
MENU = "bots[0].commandLists[0].commands"


def files(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def made(language: Language = Language.EN, app: App = APP) -> tuple[dict[str, Any], dict[str, Any]]:
    """The manifest, and the other language's words."""
    (other,) = set(Language) - {language}
    held = files(package(app, everything(), language))
    return json.loads(held["manifest.json"]), json.loads(held[f"{other}.json"])


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("language", "app"), BOTH)
@pytest.mark.skipif(not SCHEMA.is_file(), reason="Teams' schema is not beside this checkout")
def test_it_validates_against_the_schema(language: Language, app: App) -> None:
    # Not jsonschema.validate: it looks at the schema too, which has patterns that are not Python's.
    teams = jsonschema.Draft4Validator(json.loads(SCHEMA.read_text("utf-8")))
    manifest, words = made(language, app)
    teams.validate(manifest)
    translated = with_words(manifest, words)
    assert translated != manifest
    teams.validate(translated)
    assert not teams.is_valid(manifest | {"id": "jalon"})


def with_words(manifest: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    """The manifest as Teams reads it in the other language. Raises where a place is not in it."""
    translated = json.loads(json.dumps(manifest))
    for place, text in words.items():
        if place != "$schema":
            *way, last = [int(p) if p.isdigit() else p for p in re.findall(r"\w+", place)]
            at = translated
            for step in way:
                at = at[step]
            assert last in at, place
            at[last] = text
    return translated


@pytest.mark.parametrize(("language", "app"), BOTH)
def test_it_keeps_to_the_lengths_that_teams_takes(language: Language, app: App) -> None:
    manifest, words = made(language, app)
    for shown in (manifest, with_words(manifest, words)):
        assert len(shown["name"]["short"]) <= 30
        assert len(shown["name"]["full"]) <= 100
        assert len(shown["description"]["short"]) <= 80
        assert len(shown["description"]["full"]) <= 4000
        assert len(shown["developer"]["name"]) <= 32
        (bot,) = shown["bots"]
        assert 1 <= len(bot["commandLists"]) <= 3
        for menu in bot["commandLists"]:
            assert 1 <= len(menu["commands"]) <= LISTED
            for one in menu["commands"]:
                assert 1 <= len(one["title"]) <= 32
                assert 1 <= len(one["description"]) <= 128


@pytest.mark.parametrize("language", Language)
def test_all_that_can_be_read_is_in_both_languages(language: Language) -> None:
    (other,) = set(Language) - {language}
    manifest, words = made(language)
    assert manifest["localizationInfo"] == {
        "defaultLanguageTag": language,
        "additionalLanguages": [{"languageTag": other, "file": f"{other}.json"}],
    }
    version = f"/v{manifest['manifestVersion']}/"
    assert version in manifest["$schema"]
    assert version in words["$schema"]
    turned = {"localizationInfo": None}  # the one thing that is not translated
    assert with_words(manifest, words) | turned == made(other)[0] | turned


@pytest.mark.parametrize("language", Language)
def test_every_command_is_in_the_menu_by_its_word_in_each_language(language: Language) -> None:
    listed = commands(everything())
    assert len(listed) == min(LISTED, len(everything().commands))
    t = Texts.load(language)
    manifest, words = made(language)
    (menu,) = manifest["bots"][0]["commandLists"]
    assert menu["scopes"] == ["personal", "team", "groupChat"]
    assert menu["commands"] == [
        {"title": one.word(language), "description": t(f"help.{one.name}.summary")}
        for one in listed
    ]
    (other,) = set(Language) - {language}
    for n, one in enumerate(listed):
        assert words[f"{MENU}[{n}].title"] == one.word(other)
        says = Texts.load(other)(f"help.{one.name}.summary")
        assert words[f"{MENU}[{n}].description"] == says


def test_what_the_menu_inserts_is_understood() -> None:
    for language in Language:
        for one in made(language)[0]["bots"][0]["commandLists"][0]["commands"]:
            command, rest = everything().read(one["title"])
            assert command is not None
            assert (command.word(language), rest) == (one["title"], "")


def of(*names: str) -> Router:
    router = Router()

    async def answer(msg: Incoming, ctx: Context) -> Reply:
        raise NotImplementedError

    for name in names:
        router.command(name, f"{name}-fr")(answer)
    return router


def test_a_menu_that_has_no_room_leaves_out_the_last_and_keeps_the_help() -> None:
    names = [f"command-{n}" for n in range(LISTED + 3)]
    assert [one.name for one in commands(of(*names, "help"))] == [*names[: LISTED - 1], "help"]
    assert [one.name for one in commands(of("help", *names))] == [*names[: LISTED - 1], "help"]
    assert [one.name for one in commands(of(*names))] == names[:LISTED]
    assert [one.name for one in commands(of("log", "help"))] == ["log", "help"]


@pytest.mark.parametrize(("language", "app"), BOTH)
def test_what_the_door_needs_is_on(language: Language, app: App) -> None:
    manifest, _ = made(language, app)
    (bot,) = manifest["bots"]
    assert (manifest["id"], bot["botId"]) == (ID, ID)
    assert bot["scopes"] == ["personal", "team", "groupChat"]
    assert bot["supportsFiles"] is True
    assert bot["isNotificationOnly"] is False
    assert re.fullmatch("#[0-9a-f]{6}", manifest["accentColor"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", manifest["version"])
    assert "permissions" not in manifest
    assert "authorization" not in manifest


def test_the_addresses_are_those_given() -> None:
    manifest, _ = made(app=APP)
    assert manifest["validDomains"] == ["jalon.example.org"]
    manifest, _ = made(app=NOWHERE)
    assert manifest["validDomains"] == []
    assert manifest["developer"] == {
        "name": "Jalon",
        "websiteUrl": "https://a.org/",
        "privacyUrl": "https://a.org/privacy",
        "termsOfUseUrl": "https://a.org/terms",
    }


def test_the_icons_are_of_teams_sizes() -> None:
    held = files(package(APP, everything(), Language.EN))
    manifest = json.loads(held["manifest.json"])
    assert {*held} == {"manifest.json", "fr.json", *manifest["icons"].values()}
    for name, side in (("color", 192), ("outline", 32)):
        png = held[manifest["icons"][name]]
        assert len(png) < 15_000
        assert png.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">II", png[16:24]) == (side, side)
    assert held[manifest["icons"]["outline"]][25] == 6  # colour type: with transparency


@pytest.mark.parametrize("language", Language)
def test_the_same_package_is_the_same_bytes(language: Language) -> None:
    assert package(APP, everything(), language) == package(APP, everything(), language)


# The command


def run(*words: str | Path, **env: str) -> Result:
    return CliRunner().invoke(cli, ["manifest", "teams", *map(str, words)], env=env)


def test_the_command_writes_it_and_says_where_to_upload_it() -> None:
    said = run("--app-id", ID, "--url", f"{URL}/")
    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout.startswith("jalon-teams.zip: upload it at https://admin.teams.microsoft.com")
    assert said.stdout.count("\n") == 1
    assert Path("jalon-teams.zip").read_bytes() == package(APP, everything(), Language.EN)


def test_the_command_takes_what_is_in_the_settings(tmp_path: Path) -> None:
    Path("jalon.toml").write_text(f'[teams]\napp_id = "{ID}"\npublic_url = "{URL}"\n')
    env = {
        "JALON_TEAMS__APP_PASSWORD": "a secret",
        "JALON_TEAMS__TENANT_ID": "33333333-dddd-eeee-ffff-444444444444",
    }
    file = tmp_path / "a.zip"
    said = run("--language", "fr", "-o", file, **env)
    assert said.exit_code == 0
    assert file.read_bytes() == package(APP, everything(), Language.FR)
    assert b"a secret" not in file.read_bytes()
    other = "99999999-aaaa-bbbb-cccc-222222222222"
    run("--app-id", other.upper(), "--url", "https://b.org", "-o", file, **env)
    manifest = json.loads(files(file.read_bytes())["manifest.json"])
    assert (manifest["id"], manifest["validDomains"]) == (other, ["b.org"])


def test_pages_of_ones_own_need_no_address_of_the_bot() -> None:
    pages = ("--website", NOWHERE.website, "--privacy", NOWHERE.privacy, "--terms", NOWHERE.terms)
    assert run("--app-id", ID, *pages).exit_code == 0
    assert Path("jalon-teams.zip").read_bytes() == package(NOWHERE, everything(), Language.EN)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "teams.app_id is not set: set JALON_TEAMS__APP_ID, or give --app-id"),
        (("--app-id", "jalon"), "--app-id: must look like 00000000-0000-0000-0000-000000000000"),
        (
            ("--app-id", ID),
            "teams.public_url is not set: set JALON_TEAMS__PUBLIC_URL, or give --url",
        ),
        (
            ("--app-id", ID, "--website", ABOUT, "--privacy", ABOUT),
            "teams.public_url is not set: set JALON_TEAMS__PUBLIC_URL, or give --url",
        ),
        (
            ("--app-id", ID, "--url", "http://jalon.example.org"),
            "--url http://jalon.example.org: Teams needs an address such as",
        ),
        (("--app-id", ID, "--url", "https://["), "--url https://[: Teams needs an address"),
        (("--app-id", ID, "--url", f"{URL}/?a"), f"--url {URL}/?a: Teams needs an address"),
        (
            ("--app-id", ID, "--url", URL, "--terms", "a.org"),
            "--terms a.org: Teams needs an address such as",
        ),
        (("--app-id", ID, "--url", URL, "-o", "."), ".: Is a directory"),
    ],
)
def test_what_is_missing_or_of_no_use_is_one_line(words: tuple[str, ...], says: str) -> None:
    refused = run(*words)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"jalon: {says}")
    assert refused.stderr.count("\n") == 1
    assert not Path("jalon-teams.zip").exists()


def test_an_address_in_the_settings_that_teams_would_refuse_is_named() -> None:
    refused = run("--app-id", ID, JALON_TEAMS__PUBLIC_URL="http://127.0.0.1:3978")
    assert refused.stderr.startswith("jalon: teams.public_url http://127.0.0.1:3978: Teams needs")
