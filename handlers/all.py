"""Every feature, by name: the one router that the doors bring messages to."""

from handlers import help, home, language, welcome
from handlers.chat.router import Router
from handlers.chat.texts import Texts
from handlers.entries import changing, files, listing, log
from handlers.entries import home as my_hours
from handlers.outputs import listing as output_list
from handlers.outputs import recording as output
from handlers.people import directory, linking, roster_changing, roster_import, roster_list
from handlers.progress import detail, overview
from handlers.progress import home as my_targets
from storage.plan import Language


def everything() -> Router:
    """A router that holds each feature's, in the order the help lists them."""
    router = Router()
    hours = (log, changing, listing, files, my_hours)
    outputs = (output, output_list)
    targets = (overview, detail, my_targets)
    people = (directory, linking, roster_list, roster_changing, roster_import)
    for feature in (*hours, *outputs, *targets, home, *people, language, welcome, help):
        router.include(feature.router)
    return router


def command_list(router: Router, language: Language) -> list[tuple[str, str]]:
    """Every command's word and what it does, in a language."""
    t = Texts.load(language)
    return [(one.word(language), help.summary(t, one)) for one in router.commands.values()]
