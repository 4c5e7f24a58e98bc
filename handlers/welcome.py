"""Where the bot was added: who it is, what can be said, and which language it shall speak there."""

from handlers.chat import values
from handlers.chat.cards import Action, Card, Example, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from storage import addresses, people
from storage.engine import Tx
from storage.plan import Language

router = Router()


@router.added
async def welcome(msg: Incoming, ctx: Context) -> Reply:
    """Say hello, in a channel in the language that was chosen there."""
    if ctx.place.direct:
        return _to_person(ctx, ctx.t)
    there = await ctx.store.read(addresses.find, ctx.place.platform, ctx.place.id)
    chosen = there and there.language
    return _to_all(Texts.load(chosen) if chosen else ctx.t)


@router.action("welcome.speak")
async def speak(msg: Incoming, ctx: Context) -> Reply:
    """A language's button was pressed: it is the person's from now on, or the channel's."""
    try:
        language = Language(values.text(msg.values, "language"))
    except ValueError:
        raise UserError("errors.no_such_button") from None
    t, place = Texts.load(language), ctx.place

    def work(tx: Tx) -> Reply:
        if place.direct:
            people.set_language(tx, ctx.person.id, language, ctx.at)
            return _to_person(ctx, t, replace=True)
        addresses.speak(tx, place.platform, place.id, language, ctx.person)
        return _to_all(t, replace=True)

    return await ctx.change(work, lambda reply: reply)


def _to_person(ctx: Context, t: Texts, *, replace: bool = False) -> Reply:
    logs = ctx.person.role.logs
    about = t("welcome.about" if logs else "welcome.about_figures")
    lines = t("help.lines" if logs else "help.progress.lines").splitlines()
    return Reply(_card(t, (about,), lines), private=False, replace=replace)


def _to_all(t: Texts, *, replace: bool = False) -> Reply:
    texts = t("welcome.about"), t("welcome.aside"), t("welcome.mention")
    lines = [f"@Jalon {line.removeprefix('/')}" for line in t("help.lines").splitlines()]
    return Reply(_card(t, texts, lines), private=False, replace=replace)


def _card(t: Texts, texts: tuple[str, ...], lines: list[str]) -> Card:
    other = next(one for one in Language if one is not t.language)
    buttons = tuple(
        Action(Texts.load(one)("language.name"), "welcome.speak", {"language": one})
        for one in Language
    )
    blocks = (
        *(Text(text) for text in texts),
        *(Example(line) for line in lines),
        Text(t("welcome.more")),
        Text(Texts.load(other)("welcome.speaks"), muted=True),
    )
    return Card(t("welcome.title"), blocks, buttons)
