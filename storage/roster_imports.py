"""Lists of people that were taken in: what each made of the roster, undone as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from storage import records, rosters
from storage.engine import Tx
from storage.people import Person
from storage.records import Kind, Record
from storage.rosters import MEMBER, Member, differs, ends

# A member's id, or None for someone new; and what the member is to say.
Decision = tuple[int | None, Member]


@dataclass(frozen=True, slots=True)
class Taken:
    """A list that was taken in: its file, and which members it made what, each with its version."""

    file: str
    added: tuple[tuple[int, int], ...] = ()
    changed: tuple[tuple[int, int], ...] = ()
    ended: tuple[tuple[int, int], ...] = ()


IMPORT: Kind[Taken] = Kind(
    "import", Taken, lambda role: role.manages, lambda tx, record, sign: None
)


def take(
    tx: Tx, file: str, decided: Sequence[Decision], by: Person, at: int
) -> Record[Taken] | None:
    """Take in a list; None where it changes nothing.

    Raises NotFound, NotAllowed, Impossible, ChangedMeanwhile and SameEmail.
    """
    added: list[tuple[int, int]] = []
    changed: list[tuple[int, int]] = []
    ended: list[tuple[int, int]] = []
    for id, says in decided:
        if id is None:
            now, how = rosters.add(tx, says, by, at), added
        else:
            before = records.get(tx, MEMBER, id)
            if not differs(before.says, says):
                continue
            how = ended if ends(before.says, says) else changed
            now = rosters.change(tx, id, before.version, says, by, at)
        how.append((now.id, now.version))
    if not (added or changed or ended):
        return None
    taken = Taken(file, tuple(added), tuple(changed), tuple(ended))
    return records.add(tx, IMPORT, taken, by, at)


def undo(tx: Tx, id: int, version: int, by: Person, at: int) -> Record[Taken]:
    """Take the whole list back, or take that back: each time every member goes one version on.

    Raises NotFound, NotAllowed, SameEmail, and ChangedMeanwhile where a member has gone on since.
    """
    undone = records.undo(tx, IMPORT, id, version, by, at)
    says = undone.says
    for member, then in (*says.added, *says.changed, *says.ended):
        rosters.undo(tx, member, then + version - 1, by, at)
    return undone
