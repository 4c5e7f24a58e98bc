"""Partners by name: those of the network, those that support went to, and which one is meant."""

from collections.abc import Sequence

from handlers.chat.context import Context
from handlers.files.names import nearest
from storage import partners
from storage.engine import Tx
from storage.partnerships import Partnership
from storage.plan import PartnerKind
from storage.words import fold

NEAREST = 3

Name = tuple[str, str]  # a partner's name, and one of its spellings


def names(tx: Tx, ctx: Context) -> list[Name]:
    """Every partner's name, with each of its spellings."""
    network = ctx.plans.network.partner
    known = [(one.name, also) for one in network for also in (one.name, *one.also)]
    return known + [(name, name) for name in partners.names(tx)]


def same(name: str, among: Sequence[Name]) -> str:
    """The known name that this one spells, or ""."""
    folded = fold(name)
    return next((one for one, spelling in among if fold(spelling) == folded), "")


def near(name: str, among: Sequence[Name]) -> list[str]:
    """The known names that come near, the nearest first."""
    return nearest(name, among, NEAREST)


def assumed(tx: Tx, ctx: Context, name: str) -> Partnership:
    """What is known of a partner that nothing was said of: whether support went to a table."""
    kinds = {one.name: one.kind for one in ctx.plans.network.partner} | partners.kinds(tx)
    folded = fold(name)
    kind = next((kind for one, kind in kinds.items() if fold(one) == folded), None)
    return Partnership(name, table=kind is PartnerKind.TABLE)
