"""/language: the language the bot speaks with a person."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.chat.cards import Action, Block, Card, Item, Reply, Text, Tone
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from storage import people
from storage.plan import Language
from storage.words import fold

router = Router()

WORDS = {
    Language.EN: {"en", "english", "anglais"},
    Language.FR: {"fr", "french", "francais"},
}


@router.command("language", "langue")
async def language(msg: Incoming, ctx: Context) -> Reply:
    """Ask which language, or take the one that is named."""
    if not msg.text:
        return Reply(choose(ctx.t))
    return await _speak(ctx, msg.text)


@router.action("language.set")
async def set_language(msg: Incoming, ctx: Context) -> Reply:
    """A language's button was pressed."""
    return replace(await _speak(ctx, msg.values.get("language", "")), replace=True)


@router.home
async def section(ctx: Context) -> Sequence[Block]:
    """The language there is, and the button of each."""
    return (Item(ctx.t("language.spoken"), actions=buttons()),)


def choose(t: Texts) -> Card:
    """Asks which language."""
    return Card(t("language.title"), (Text(t("language.ask")),), buttons())


def buttons() -> tuple[Action, ...]:
    """A button for each language, in that language."""
    return tuple(
        Action(Texts.load(one)("language.name"), "language.set", {"language": one})
        for one in Language
    )


def done(t: Texts) -> Card:
    """What is said, in the new language, once it is set."""
    return Card(t("language.title"), (Text(t("language.set")),), tone=Tone.GOOD)


async def _speak(ctx: Context, word: str) -> Reply:
    chosen = next((one for one, words in WORDS.items() if fold(word) in words), None)
    if chosen is None:
        raise UserError("language.unknown", example=ctx.t("language.example"))
    return await ctx.change(
        people.set_language,
        lambda person: Reply(done(Texts.load(person.language))),
        ctx.person.id,
        chosen,
        ctx.at,
    )
