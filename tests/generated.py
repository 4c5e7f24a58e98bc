"""The parts of the pages that are made from the code: `make docs` writes them, a test checks them.

Run as a module, it writes them.
"""

import json
import re
from pathlib import Path

from bot.config import PREFIX, Config, Slack, Teams, setting_names
from bot.slack.manifest import SCOPES
from handlers.all import everything
from handlers.chat.texts import Texts
from handlers.help import summary
from storage.plan import Language

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
SLACK = ROOT / "docs" / "slack.md"


def commands() -> str:
    """The table of commands, from the router and the help's texts."""
    english, french = Texts.load(Language.EN), Texts.load(Language.FR)
    lines = ["| English | French | What it does |", "|---|---|---|"]
    lines += [
        f"| `/{one.word(Language.EN)}` | `/{one.word(Language.FR)}` | {summary(english, one)} |"
        for one in everything().commands.values()
    ]
    assert all(summary(french, one) for one in everything().commands.values())
    return "\n".join(lines)


def settings() -> str:
    """The table of settings, from the settings' model."""
    models = {"": Config, "slack": Slack, "teams": Teams}
    lines = ["| Setting | Variable | Default |", "|---|---|---|"]
    for name in setting_names():
        variable = PREFIX + name.upper().replace(".", "__")
        table, _, inner = name.rpartition(".")
        default = models[table].model_fields[inner].default
        lines.append(f"| `{name}` | `{variable}` | {_written(default)} |")
    return "\n".join(lines)


def _written(default: object) -> str:
    """A default as it is written in a variable."""
    if default in (None, ""):
        return "none"
    written = json.dumps(default) if isinstance(default, bool | tuple) else default
    return f"`{written}`"


def scopes() -> str:
    """The table of the Slack app's scopes, from the manifest's."""
    t = Texts.load(Language.EN)
    lines = ["| Scope | With it, Jalon |", "|---|---|"]
    lines += [f"| `{scope.name}` | {t(scope.why)} |" for scope in SCOPES]
    return "\n".join(lines)


PAGES = {README: {"commands": commands, "settings": settings}, SLACK: {"scopes": scopes}}


def anew(page: Path) -> str:
    """A page with its generated parts made anew."""
    text = page.read_text("utf-8")
    for name, part in PAGES[page].items():
        between = re.compile(rf"(<!-- {name}: [^\n]*-->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text, found = between.subn(lambda m, part=part: f"{m[1]}{part()}\n{m[2]}", text)
        assert found == 1, name
    return text


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(anew(page), "utf-8")
