"""The manifest: Slack would take it, and it has all that people and the door need."""

import json
import re
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from typer.testing import CliRunner, Result

from bot.cli import cli
from bot.slack import payloads
from bot.slack.manifest import EVENTS, PATH, SCOPES, SLACKS_OWN, UMBRELLA, manifest
from handlers.all import everything
from handlers.chat.cards import Reply
from handlers.chat.context import Context
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from storage.plan import Language

SCHEMA = Path(__file__).parents[3] / "shared" / "schemas" / "slack-manifest-2.0.0.json"
URL = "https://jalon.example.org"
BOTH = [*product(Language, ("", URL))]
# Slack's own commands: a manifest with one of them is refused whole. /help is not one of them.
BUILT_IN = (
    "/(active|apps|archive|away|call|collapse|dm|dnd|expand|feed|feedback|invite|invite_people|join"
    "|kick|leave|me|msg|mute|open|part|prefs|remind|remove|rename|search|shortcuts|shrug|star"
    "|status|topic|unarchive|who)"
)


def made(language: Language = Language.EN, url: str = "") -> dict[str, Any]:
    return yaml.safe_load(manifest(everything(), language, url))


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, ["manifest", "slack", *map(str, words)])


@pytest.mark.parametrize(("language", "url"), BOTH)
@pytest.mark.skipif(not SCHEMA.is_file(), reason="Slack's schema is not beside this checkout")
def test_it_validates_against_the_schema(language: Language, url: str) -> None:
    jsonschema.validate(made(language, url), json.loads(SCHEMA.read_text("utf-8")))


@pytest.mark.parametrize(("language", "url"), BOTH)
def test_it_keeps_to_the_lengths_that_slack_takes(language: Language, url: str) -> None:
    app = made(language, url)
    shown, features = app["display_information"], app["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    assert re.fullmatch("#[0-9a-f]{6}", shown["background_color"])
    assert 1 <= len(features["slash_commands"]) <= 50
    for one in features["slash_commands"]:
        assert re.fullmatch("/[a-z0-9_-]{1,31}", one["command"])
        assert 1 <= len(one["description"]) <= 2000
        assert 1 <= len(one.get("usage_hint", "none")) <= 1000
    assert 1 <= len(features["shortcuts"]) <= 10
    for one in features["shortcuts"]:
        assert 1 <= len(one["name"]) <= 24
        assert 1 <= len(one["description"]) <= 150
        assert 1 <= len(one["callback_id"]) <= 255


@pytest.mark.parametrize("language", Language)
def test_every_command_is_there_in_both_languages_and_in_the_language_of_its_word(
    language: Language,
) -> None:
    listed = {one["command"]: one for one in made(language)["features"]["slash_commands"]}
    for command in everything().commands.values():
        # A word that both languages share is there once, in the first of them.
        words = {command.word(each): each for each in reversed(Language)}
        for word, each in words.items():
            if word in SLACKS_OWN:
                continue
            one = listed.pop(f"/{word}")
            t = Texts.load(each)
            assert one["description"] == t(f"help.{command.name}.summary")
            examples = t(f"help.{command.name}.lines").splitlines()
            if "usage_hint" in one:
                assert f"{one['command']} {one['usage_hint']}" in examples
            else:
                assert examples == [one["command"]]
            assert one["should_escape"] is False
    assert list(listed) == [f"/{UMBRELLA}"]


def test_the_umbrella_takes_the_other_commands() -> None:
    ids = {"user_id": "U0ALEX", "channel_id": "C0TEAM", "trigger_id": "1.2.3"}
    heard = payloads.command({"command": f"/{UMBRELLA}", "text": "noter 2h15 hier", **ids})
    command, rest = everything().read(heard.text)
    assert command is not None
    assert (command.name, rest) == ("log", "2h15 hier")


def test_none_of_its_words_is_slacks_own() -> None:
    listed = {one["command"] for one in made()["features"]["slash_commands"]}
    assert not any(re.fullmatch(BUILT_IN, word) for word in listed)
    assert "/retroaction" in listed
    assert everything().find_command("feedback")  # after the umbrella's word


def test_a_word_that_is_the_same_in_both_languages_is_listed_once() -> None:
    router = Router()

    async def log(msg: Incoming, ctx: Context) -> Reply:
        raise NotImplementedError

    router.command("log", "log")(log)
    features = yaml.safe_load(manifest(router, Language.FR))["features"]
    assert [one["command"] for one in features["slash_commands"]] == ["/jalon", "/log"]
    assert "shortcuts" not in features  # Slack takes no empty list


@pytest.mark.parametrize("language", Language)
def test_every_shortcut_is_there_in_the_language_asked_for(language: Language) -> None:
    router, t = everything(), Texts.load(language)
    listed = made(language)["features"]["shortcuts"]
    assert [(one["callback_id"], one["name"], one["type"]) for one in listed] == [
        (one.name, t(one.text), "message" if one.on_message else "global")
        for one in router.shortcuts
    ]


def test_without_an_address_slack_uses_socket_mode_and_is_given_no_other() -> None:
    app = made()
    assert app["settings"]["socket_mode_enabled"] is True
    assert "http" not in yaml.safe_dump(app)


def test_with_an_address_every_request_goes_to_the_same_path() -> None:
    app = made(url=URL)
    settings = app["settings"]
    assert settings["socket_mode_enabled"] is False
    addresses = [
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
        settings["interactivity"]["message_menu_options_url"],
        *(one["url"] for one in app["features"]["slash_commands"]),
    ]
    assert set(addresses) == {URL + PATH}


@pytest.mark.parametrize(("language", "url"), BOTH)
def test_what_the_door_needs_is_on(language: Language, url: str) -> None:
    app = made(language, url)
    assert app["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert app["settings"]["interactivity"]["is_enabled"] is True
    assert app["settings"]["event_subscriptions"]["bot_events"] == list(EVENTS)
    assert app["settings"]["org_deploy_enabled"] is False
    assert app["settings"]["token_rotation_enabled"] is False
    assert list(app["oauth_config"]["scopes"]) == ["bot"]


@pytest.mark.parametrize("language", Language)
def test_every_scope_says_why_in_the_language_asked_for(language: Language) -> None:
    assert made(language)["oauth_config"]["scopes"]["bot"] == [scope.name for scope in SCOPES]
    t, text = Texts.load(language), manifest(everything(), language)
    for scope in SCOPES:
        assert f"      - {scope.name} # {t(scope.why)}\n" in text


def test_what_it_subscribes_to_has_its_scope() -> None:
    needed = {"app_mention": "app_mentions:read", "message.im": "im:history"}
    assert needed.keys() == {*EVENTS} - {"app_home_opened"}  # which needs none
    assert {*needed.values()} <= {scope.name for scope in SCOPES}


# The command


def test_the_command_prints_it() -> None:
    printed = run()
    assert (printed.exit_code, printed.stdout) == (0, manifest(everything(), Language.EN))
    printed = run("--language", "fr", "--url", f"{URL}/")
    assert printed.stdout == manifest(everything(), Language.FR, URL)


def test_the_command_writes_it_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "jalon.yaml"
    said = run("--language", "fr", "-o", file)
    assert said.exit_code == 0
    assert f"{file}: paste it at" in said.stdout
    assert file.read_text("utf-8") == manifest(everything(), Language.FR)
    refused = run("-o", tmp_path)
    assert refused.exit_code == 2
    assert refused.stderr == f"jalon: {tmp_path}: Is a directory\n"


@pytest.mark.parametrize(
    "url",
    [
        "jalon.example.org",
        "http://jalon.example.org",
        "https://",
        "https://a.org/?x=1",
        "https://[",
    ],
)
def test_an_address_that_slack_would_refuse_is_refused(url: str) -> None:
    refused = run("--url", url)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith(f"jalon: --url {url}: Slack needs an address such as")
    assert refused.stderr.count("\n") == 1
