"""/export: all that is held, as files for a spreadsheet or a program; for managers, in private."""

from handlers.chat.cards import Card, File, Reply, Text
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Router
from storage import audit, export
from storage.engine import Tx
from storage.errors import NotAllowed
from storage.export import Format
from storage.people import Person
from storage.words import fold

router = Router()


@router.command("export", "exporter")
async def export_(msg: Incoming, ctx: Context) -> Reply:
    """Give every table with its data dictionary; who took it, and when, is kept."""
    if not ctx.person.role.manages:
        raise NotAllowed
    said = fold(msg.text) or Format.CSV
    if said not in [*Format]:
        raise UserError("export.which", example=ctx.t("export.example"))
    t, format = ctx.t, Format(said)
    content = await ctx.store.read(export.packed, format)
    await ctx.store.write(_note, ctx.person, ctx.at, format)
    name = t("export.file", day=ctx.today.isoformat(), format=format.value)
    blocks = (Text(t("export.holds", name=name)), Text(t("export.care"), muted=True))
    card = Card(t("export.title"), blocks)
    return Reply(card, file=File(name, content))


def _note(tx: Tx, by: Person, at: int, format: Format) -> None:
    audit.append(tx, at, by.id, "export", f"export/{at}", format)
