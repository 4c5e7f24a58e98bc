"""Which handler answers: commands by their words, buttons and forms by their names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.chat.cards import Block, Reply
from handlers.chat.incoming import Incoming
from storage.plan import Language
from storage.words import fold

if TYPE_CHECKING:
    from handlers.chat.context import Context
    from handlers.chat.posts import Maker

Handler = Callable[[Incoming, "Context"], Awaitable[Reply]]
# Takes dropped files, or words without a command; None where they are none of its kind.
Taker = Callable[[Incoming, "Context"], Awaitable[Reply | None]]
# Finds what is typed: (value, label) of each choice, the best first.
Search = Callable[[str, "Context"], Awaitable[Sequence[tuple[str, str]]]]
# Blocks of a person's own page.
Section = Callable[["Context"], Awaitable[Sequence[Block]]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, which is also its English word, its French word and its handler."""

    name: str
    french: str
    handler: Handler

    def word(self, language: Language) -> str:
        return self.french if language is Language.FR else self.name


@dataclass(frozen=True, slots=True)
class Shortcut:
    """An action that a platform's own menus offer; ``text`` is the key of its label.

    ``on_message``: on a message, whose words come as the value ``said`` and whose day as ``today``.
    """

    name: str
    text: str
    on_message: bool


class Router:
    """Handlers by what they answer to. A feature fills one; ``include`` joins them."""

    def __init__(self) -> None:
        self.commands: dict[str, Command] = {}
        self.shortcuts: list[Shortcut] = []
        self.takers: list[Taker] = []
        self.word_takers: list[Taker] = []
        self.sections: list[Section] = []
        self._searches: dict[str, Search] = {}
        self._words: dict[str, Command] = {}
        self._actions: dict[str, Handler] = {}
        self.posts: dict[str, Maker] = {}
        self._added: Handler | None = None

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

    def shortcut(
        self, name: str, text: str, *, on_message: bool = False
    ) -> Callable[[Handler], Handler]:
        """Answer to this action, and have the platform's menus offer it."""

        def register(handler: Handler) -> Handler:
            self._add_action(name, handler)
            self.shortcuts.append(Shortcut(name, text, on_message))
            return handler

        return register

    def search(self, name: str) -> Callable[[Search], Search]:
        """Find the choices of the inputs that name this search."""

        def register(search: Search) -> Search:
            self._add_search(name, search)
            return search

        return register

    def post(self, name: str) -> Callable[[Maker], Maker]:
        """Make the cards of the posts that say this."""

        def register(maker: Maker) -> Maker:
            self._add_post(name, maker)
            return maker

        return register

    def take_files(self, taker: Taker) -> Taker:
        """Look at files that are dropped, after those that were registered before."""
        self.takers.append(taker)
        return taker

    def take_words(self, taker: Taker) -> Taker:
        """Look at a message without a command, after those that were registered before."""
        self.word_takers.append(taker)
        return taker

    def home(self, section: Section) -> Section:
        """Have a part of everyone's own page, after those that were registered before."""
        self.sections.append(section)
        return section

    def added(self, handler: Handler) -> Handler:
        """Answer where the bot itself was added."""
        self._added = handler
        return handler

    def include(self, other: Router) -> None:
        """Take over another router's handlers. Raises ValueError where a name is taken."""
        for command in other.commands.values():
            self._add(command)
        for name, handler in other._actions.items():
            self._add_action(name, handler)
        for name, search in other._searches.items():
            self._add_search(name, search)
        for name, maker in other.posts.items():
            self._add_post(name, maker)
        self.shortcuts += other.shortcuts
        self.takers += other.takers
        self.word_takers += other.word_takers
        self.sections += other.sections
        if other._added is not None:
            self._added = other._added

    def find_command(self, word: str) -> Command | None:
        """The command of a typed word, with or without its slash."""
        return self._words.get(fold(word.removeprefix("/")))

    def find_action(self, name: str) -> Handler | None:
        """The handler of a button or a form."""
        return self._actions.get(name)

    def find_post(self, name: str) -> Maker | None:
        """What makes the cards of posts that say this."""
        return self.posts.get(name)

    def find_search(self, name: str) -> Search | None:
        """The search that an input names."""
        return self._searches.get(name)

    def read(self, text: str) -> tuple[Command | None, str]:
        """Split a message into its command, if it starts with one, and the rest."""
        word, _, rest = text.strip().partition(" ")
        if "\n" in word:
            word, _, rest = text.strip().partition("\n")
        command = self.find_command(word)
        return (command, rest.strip()) if command else (None, text.strip())

    @property
    def greeting(self) -> Handler | None:
        """What answers where the bot was added."""
        return self._added

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

    def _add_post(self, name: str, maker: Maker) -> None:
        if name in self.posts:
            raise ValueError(f"{name} is taken")
        self.posts[name] = maker

    def _add_search(self, name: str, search: Search) -> None:
        if name in self._searches:
            raise ValueError(f"{name} is taken")
        self._searches[name] = search
