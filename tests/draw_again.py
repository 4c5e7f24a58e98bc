"""A published draw, done again from its file alone: `python draw_again.py FILE`. No Jalon in it."""

import json
import sys
from hashlib import sha256


def again(text: str) -> tuple[list[int], list[int]]:
    """Who is taken and who waits, from the frozen part and the randomness."""
    file = json.loads(text)
    frozen = json.dumps(
        file["frozen"], sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()
    seed = sha256(f"{sha256(frozen).hexdigest()}|{file['canonical']}".encode()).hexdigest()
    seats = {project["id"]: project["seats"] for project in file["frozen"]["pool"]}
    order = sorted(seats, key=lambda id: sha256(f"{seed}|{id}".encode()).hexdigest())
    fits = [sum(seats[id] for id in order[: n + 1]) for n in range(len(order))]
    taken = [id for id, sum_ in zip(order, fits, strict=True) if sum_ <= file["frozen"]["capacity"]]
    return taken, order[len(taken) :]


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        print(*again(file.read()), sep="\n")  # noqa: T201 -- what it is for
