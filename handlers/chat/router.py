"""Which handler answers: commands by their words, buttons and forms by their names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.chat.cards import Reply
from handlers.chat.incoming import Incoming
from storage.plan import Language
from storage.words import fold

if TYPE_CHECKING:
    from handlers.chat.context import Context

Handler = Callable[[Incoming, "Context"], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, which is also its English word, its French word and its handler."""

    name: str
    french: str
    handler: Handler

    def word(self, language: Language) -> str:
        return self.french if language is Language.FR else self.name


class Router:
    """Handlers by what they answer to. A feature fills one; ``include`` joins them."""

    def __init__(self) -> None:
        self.commands: dict[str, Command] = {}
        self._words: dict[str, Command] = {}
        self._actions: dict[str, Handler] = {}
        self._otherwise: Handler | None = None

    def command(self, name: str, french: str) -> Callable[[Handler], Handler]:
        """Answer to ``/name`` and to the French word, whatever their case and accents."""

        def register(handler: Handler) -> Handler:
            self._add(Command(name, french, handler))
            return handler

        return register

    def action(self, name: str) -> Callable[[Handler], Handler]:
        """Answer to a button or a form of this name."""

        def register(handler: Handler) -> Handler:
            self._add_action(name, handler)
            return handler

        return register

    def otherwise(self, handler: Handler) -> Handler:
        """Answer to a message that starts with no command."""
        self._otherwise = handler
        return handler

    def include(self, other: Router) -> None:
        """Take over another router's handlers. Raises ValueError where a name is taken."""
        for command in other.commands.values():
            self._add(command)
        for name, handler in other._actions.items():
            self._add_action(name, handler)
        if other._otherwise is not None:
            self._otherwise = other._otherwise

    def find_command(self, word: str) -> Command | None:
        """The command of a typed word, with or without its slash."""
        return self._words.get(fold(word.removeprefix("/")))

    def find_action(self, name: str) -> Handler | None:
        """The handler of a button or a form."""
        return self._actions.get(name)

    def read(self, text: str) -> tuple[Command | None, str]:
        """Split a message into its command, if it starts with one, and the rest."""
        word, _, rest = text.strip().partition(" ")
        if "\n" in word:
            word, _, rest = text.strip().partition("\n")
        command = self.find_command(word)
        return (command, rest.strip()) if command else (None, text.strip())

    @property
    def fallback(self) -> Handler | None:
        """What answers a message that starts with no command."""
        return self._otherwise

    def words(self) -> list[str]:
        """Every word of every command, for "did you mean"."""
        return list(self._words)

    def _add(self, command: Command) -> None:
        for word in {fold(command.name), fold(command.french)}:
            if word in self._words:
                raise ValueError(f"/{word} is taken")
            self._words[word] = command
        self.commands[command.name] = command

    def _add_action(self, name: str, handler: Handler) -> None:
        if name in self._actions:
            raise ValueError(f"{name} is taken")
        self._actions[name] = handler
