"""How many came, and from which bodies: "14 people", "EMSB 9 RSB 5", "9 from EMSB"."""

import re
from collections import Counter
from dataclasses import dataclass

from handlers.lines.words import Line

COUNT = re.compile(r"(?<!\S)(\d{1,4}) (?:people|roles|maybe-roles|partners) ")
BOARD = r"(?:maybe-)?board "
BOARD_COUNT = re.compile(rf"(?<!\S){BOARD}(?:\( |: |- )?(\d{{1,4}}) (?:people )?(?:\) )?")
COUNT_BOARD = re.compile(rf"(?<!\S)(\d{{1,4}}) (?:people )?(?:from |of |à |at |de )+{BOARD}")
A_BOARD = re.compile(rf"(?<!\S)(?:(?:from|at|à|of|in|and|,) )*{BOARD}")


@dataclass(frozen=True, slots=True)
class Heads:
    """The bodies that are named, and how many came in all (None: not said) and from each."""

    boards: tuple[str, ...]
    by_board: tuple[tuple[str, int], ...]
    whole: int | None

    @property
    def counted(self) -> int:
        """How many are said to be of a body."""
        return sum(number for _, number in self.by_board)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """Heads by body; under "" those of none, where more came than are said to be of one."""
        others = (self.whole or 0) - self.counted
        return (*self.by_board, *([("", others)] if others > 0 else []))


def read_heads(line: Line) -> Heads:
    """What a line says of heads; its words are taken."""
    by_board: Counter[str] = Counter()
    boards: list[str] = []
    for pattern in (BOARD_COUNT, COUNT_BOARD, A_BOARD):
        for m in list(pattern.finditer(line.left)):
            ids = [token.id for token in line.within(*m.span()) if token.kind.endswith("board")]
            boards += ids
            if m.re.groups:
                by_board[ids[0]] += int(m[1])
            line.take(*m.span())
    whole: int | None = None
    for m in list(COUNT.finditer(line.left)):
        whole = (whole or 0) + int(m[1])
        line.take(*m.span())
    each = tuple((board, number) for board, number in by_board.items() if number)
    return Heads(tuple(dict.fromkeys(boards)), each, whole)
