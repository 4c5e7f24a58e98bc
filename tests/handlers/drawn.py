"""Draws for the tests: one known by heart, and random ones."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from handlers.communities.drawing import Frozen, Project, Record, freeze, mix

POOL = (
    Project(3, 4), Project(5, 2), Project(8, 6), Project(12, 3), Project(13, 5), Project(21, 1),
    Project(30, 4),
)  # fmt: skip
FROZEN_AT = datetime(2025, 9, 25, 14, 0, tzinfo=UTC)
KNOWN_AT = datetime(2025, 10, 5, 3, 0, tzinfo=UTC)
TYPED_AT = datetime(2025, 10, 6, 13, 30, tzinfo=UTC)
TYPED = "41, 05, 12, 38, 19, 23"


def frozen(**other: Any) -> Frozen:
    return freeze(
        **{
            "community": 7,
            "community_name": "Well-being at school · Le bien-être à l’école",
            "capacity": 15,
            "pool": POOL,
            "frozen_at": FROZEN_AT,
            "source": "The six numbers of the Lotto 6/49 of 4 October 2025, without the bonus",
            "known_at": KNOWN_AT,
        }
        | other
    )


def drawn(typed: str = TYPED, **other: Any) -> Record:
    return mix(frozen(**other), typed, TYPED_AT)


@st.composite
def pools(draw: st.DrawFn) -> tuple[list[Project], int]:
    """A pool that needs a draw, in any order, and the capacity."""
    seats = draw(st.lists(st.integers(1, 9), min_size=2, max_size=20))
    capacity = draw(st.integers(max(seats), sum(seats) - 1))
    ids = draw(st.lists(st.integers(1, 500), min_size=len(seats), max_size=len(seats), unique=True))
    return [Project(*each) for each in zip(ids, seats, strict=True)], capacity


words = st.text(min_size=1, max_size=30).filter(lambda text: any(c.isalnum() for c in text))
randomness = words | st.lists(st.integers(0, 60), min_size=1, max_size=8).map(
    lambda numbers: ", ".join(map(str, numbers))
)


@st.composite
def records(draw: st.DrawFn) -> Record:
    pool, capacity = draw(pools())
    wait = draw(st.integers(1, 30))
    return mix(
        frozen(
            community=draw(st.integers(1, 99)),
            community_name=draw(words),
            capacity=capacity,
            pool=pool,
            known_at=FROZEN_AT + timedelta(days=wait),
        ),
        draw(randomness),
        FROZEN_AT + timedelta(days=wait, hours=draw(st.integers(0, 99))),
    )
