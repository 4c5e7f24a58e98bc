"""Every feature, by name: the one router that the doors bring messages to."""

from handlers import help, language
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from handlers.entries import changing, listing, log
from handlers.progress import detail, overview
from storage.plan import Language


def everything() -> Router:
    """A router that holds each feature's, in the order the help lists them."""
    router = Router()
    for feature in (log, changing, listing, overview, detail, language, help):
        router.include(feature.router)
    return router


def command_list(router: Router, language: Language) -> list[tuple[str, str]]:
    """Every command's word and what it does, in a language."""
    t = Texts.load(language)
    return [(one.word(language), help.summary(t, one)) for one in router.commands.values()]
