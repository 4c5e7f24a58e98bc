"""The sample's network: who works in which role, where and since when; a few things are amiss."""

from dataclasses import dataclass
from datetime import date
from random import Random

from bot.web import cast
from bot.web.channels import DIRECT
from storage import addresses, people, rosters
from storage.engine import Tx
from storage.network import Language
from storage.people import Person
from storage.records import Record
from storage.rosters import Member
from storage.words import fold

# How many community development agents each body has; beside them each has a representative.
AGENTS = {
    "EMSB": 8, "LBPSB": 6, "RSB": 5, "SWLSB": 4, "ETSB": 4, "WQSB": 4, "CQSB": 3, "NFSB": 2,
    "ESSB": 2, "LITTORAL": 2, "HEBREW": 1,
}  # fmt: skip
PRINCIPALS = {"EMSB": 3, "LBPSB": 2, "RSB": 2, "SWLSB": 1, "ETSB": 1, "WQSB": 2, "LITTORAL": 1}
TRANSITION_AGENTS = ("EMSB", "LBPSB", "RSB", "CQSB")
FIRST = (
    "Amélie", "Brian", "Caroline", "Darren", "Élise", "Frances", "Gabriel", "Heather", "Isabelle",
    "Jason", "Karine", "Leah", "Mathieu", "Nadia", "Owen", "Pascale", "Quentin", "Rebecca",
    "Stéphane", "Tanya", "Ursule", "Vincent", "Wendy", "Xavier", "Yasmine", "Zachary",
)  # fmt: skip
LAST = (
    "Anderson", "Boucher", "Campbell", "Desrochers", "Ellis", "Fortin", "Greene", "Hamel",
    "Irvine", "Jobin", "Kelly", "Lavoie", "MacLeod", "Nadeau", "O’Neil", "Paquette", "Quinn",
    "Robertson", "Simard", "Tétreault", "Upton", "Vachon", "Wallace", "Young", "Zaccardi",
)  # fmt: skip
CENTRES = (
    "Riverview", "St. Clare", "Mountainside", "Harbour", "Maple Grove", "Lakeshore", "Sainte-Anne",
    "Northern Lights", "Parkdale", "Orchard", "Seaway", "Laurier", "Cedar", "Heritage",
)  # fmt: skip
# New this year, by the day they began; the last one after both orientations had begun.
NEW = (
    ("EMSB", date(2024, 8, 26)), ("RSB", date(2024, 8, 26)), ("WQSB", date(2024, 9, 3)),
    ("ETSB", date(2024, 9, 3)), ("LBPSB", date(2024, 11, 4)), ("CQSB", date(2024, 11, 18)),
    ("SWLSB", date(2025, 2, 3)),
)  # fmt: skip
LEAVES = date(2024, 12, 20)


@dataclass(frozen=True, slots=True)
class Network:
    """The sample's members by role; ``new`` began this year."""

    agents: list[Record[Member]]
    new: list[Record[Member]]
    principals: list[Record[Member]]
    representatives: list[Record[Member]]
    transition: list[Record[Member]]


def fill(tx: Tx, chance: Random, manager: Person, at: int) -> Network:
    """Put everyone on the roster, and have the chat's guest be one of them."""
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    chance.shuffle(names)

    def add(role: str, board: str, starts: date | None, ends: date | None = None) -> Record[Member]:
        return _add(tx, _member(chance, names.pop(), role, board, starts, ends), manager, at)

    def long_ago() -> date:
        return date(chance.randint(2016, 2023), 8, chance.randint(20, 30))

    new = [add("cda", board, starts) for board, starts in NEW]
    began = {board: sum(1 for one, _ in NEW if one == board) for board in AGENTS}
    agents = [
        add("cda", board, long_ago())
        for board, number in AGENTS.items()
        for _ in range(number - began[board])
    ]
    kayla = _member(chance, cast.KAYLA.name, "cda", "LITTORAL", date(2019, 8, 26))
    agents.insert(0, _change(tx, agents.pop(-2), kayla, manager, at))  # she comes to most
    principals = [
        add("principal", board, long_ago())
        for board, number in PRINCIPALS.items()
        for _ in range(number)
    ]
    representatives = [add("board_rep", board, long_ago()) for board in AGENTS]
    transition = [add("transition_agent", board, long_ago()) for board in TRANSITION_AGENTS]
    add("cda", "ESSB", long_ago(), LEAVES)
    # What /check asks about: somebody without a body, and somebody who is there twice.
    add("cda", "", date(2022, 8, 29))
    twin = principals[-1].says
    _add(tx, Member(twin.name.upper(), role="principal", board=twin.board), manager, at)
    return Network([*agents, *new], new, principals, representatives, transition)


def meet(tx: Tx, at: int) -> None:
    """Have the chat know its guest, who is on the roster: so she can be asked and can answer."""
    kayla = cast.KAYLA
    assert kayla.role is not None
    person = people.meet(tx, kayla, kayla.role, at)
    place = DIRECT.place(kayla)
    addresses.note(tx, place.platform, place.id, person.id, at)


def _member(
    chance: Random, name: str, role: str, board: str, starts: date | None, ends: date | None = None
) -> Member:
    mail = fold(name).replace(" ", ".").replace("’", "")
    where = (board or "nowhere").lower()
    centre = "" if role in ("board_rep", "transition_agent") else f"{chance.choice(CENTRES)} CLC"
    language = Language.FR if chance.random() < 0.3 else Language.EN
    return Member(name, f"{mail}@{where}.example", role, board, centre, starts, ends, language)


def _add(tx: Tx, says: Member, by: Person, at: int) -> Record[Member]:
    return rosters.add(tx, says, by, at)


def _change(tx: Tx, member: Record[Member], says: Member, by: Person, at: int) -> Record[Member]:
    return rosters.change(tx, member.id, member.version, says, by, at)
