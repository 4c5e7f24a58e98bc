"""What Jalon is in Slack, as the manifest that an administrator makes the app from."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from handlers import help
from handlers.chat.router import Command, Router
from handlers.chat.texts import Texts
from storage.plan import Language

PATH = "/slack/events"  # where Slack posts everything, over HTTP
UMBRELLA = "jalon"  # takes every command, for workspaces where another app has a word of ours
SLACKS_OWN = {"feedback"}  # a command of Slack itself; with the umbrella's word before it, ours
EVENTS = ("app_home_opened", "app_mention", "message.im")


@dataclass(frozen=True, slots=True)
class Scope:
    """A permission of the bot; ``why`` is the key of the text that says what it is for."""

    name: str
    why: str


SCOPES = (
    Scope("app_mentions:read", "slack.manifest.scope.app_mentions"),
    Scope("channels:history", "slack.manifest.scope.history"),
    Scope("channels:read", "slack.manifest.scope.channels"),
    Scope("chat:write", "slack.manifest.scope.chat"),
    Scope("commands", "slack.manifest.scope.commands"),
    Scope("files:read", "slack.manifest.scope.files_read"),
    Scope("files:write", "slack.manifest.scope.files_write"),
    Scope("groups:history", "slack.manifest.scope.history"),
    Scope("groups:read", "slack.manifest.scope.groups"),
    Scope("im:history", "slack.manifest.scope.im_history"),
    Scope("im:write", "slack.manifest.scope.im_write"),
    Scope("users:read", "slack.manifest.scope.users"),
    Scope("users:read.email", "slack.manifest.scope.email"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """A slash command as Slack lists it, in the language of its word."""

    word: str
    description: str
    usage: str


def manifest(router: Router, language: Language, url: str = "") -> str:
    """The manifest as YAML, its own words and comments in ``language``.

    Slack connects to the bot's Socket Mode, or where ``url`` is given ("https://jalon.example.org",
    without a slash at the end) sends requests there.
    """
    t = Texts.load(language)
    return _TEMPLATES.get_template("manifest.yaml.j2").render(
        t=t,
        url=url,
        commands=[_umbrella(t), *_words(router)],
        shortcuts=router.shortcuts,
        scopes=SCOPES,
        events=EVENTS,
    )


def _umbrella(t: Texts) -> Word:
    return Word(UMBRELLA, t("slack.manifest.umbrella"), t("slack.manifest.umbrella_usage"))


def _words(router: Router) -> Iterator[Word]:
    """Every word of every command, once, but for those that Slack keeps for itself."""
    seen = set(SLACKS_OWN)
    for command in router.commands.values():
        for language in Language:
            word = command.word(language)
            if word not in seen:
                seen.add(word)
                t = Texts.load(language)
                yield Word(word, help.summary(t, command), _usage(t, command))


def _usage(t: Texts, command: Command) -> str:
    """What can follow the word: the first of the command's examples that has something."""
    examples = t(f"help.{command.name}.lines").splitlines()
    return next((rest for line in examples if (rest := line.partition(" ")[2])), "")


def _quoted(text: str) -> str:
    """A text as JSON writes it, which is YAML as well whatever the text holds."""
    return json.dumps(text, ensure_ascii=False)


_TEMPLATES = Environment(
    loader=PackageLoader("bot.slack", ""),
    autoescape=False,  # YAML, no page
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_TEMPLATES.filters["quoted"] = _quoted
