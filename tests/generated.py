"""The parts of the README that are made from the code: `make docs` writes them, a test checks them.

Run as a module, it writes them.
"""

import re
from pathlib import Path

from bot.config import PREFIX, Config, setting_names
from handlers.all import everything
from handlers.chat.texts import Texts
from handlers.help import summary
from storage.plan import Language

README = Path(__file__).parents[1] / "README.md"


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
    lines = ["| Setting | Variable | Default |", "|---|---|---|"]
    for name in setting_names():
        variable = PREFIX + name.upper().replace(".", "__")
        field = Config.model_fields.get(name)
        default = f"`{field.default}`" if field else "none"
        lines.append(f"| `{name}` | `{variable}` | {default} |")
    return "\n".join(lines)


def readme(text: str) -> str:
    """The README with its generated parts made anew."""
    for name, part in (("commands", commands()), ("settings", settings())):
        between = re.compile(rf"(<!-- {name}: [^\n]*-->\n).*?(<!-- /{name} -->)", re.DOTALL)
        text, found = between.subn(lambda m, part=part: f"{m[1]}{part}\n{m[2]}", text)
        assert found == 1, name
    return text


if __name__ == "__main__":
    README.write_text(readme(README.read_text("utf-8")), "utf-8")
