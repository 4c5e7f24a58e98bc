"""What stands in the way of a draw."""


class DrawError(ValueError):
    """A draw can't be held, in English. What a person can mend has a class of its own."""


class AllFit(DrawError):
    """There are seats for all: no draw is held."""


class TooLarge(DrawError):
    """Projects of more participants than there are seats, which would end any draw they lead."""

    def __init__(self, projects: tuple[int, ...]) -> None:
        said = ", ".join(map(str, projects))
        super().__init__(f"Projects of more participants than there are seats: {said}.")
        self.projects = projects


class KnownAlready(DrawError):
    """The randomness would be known when the pool is frozen, or before."""


class NoSource(DrawError):
    """Nothing says where the randomness will come from."""


class TooEarly(DrawError):
    """The randomness was typed before it could be known."""


class NothingTyped(DrawError):
    """No letter and no digit was typed."""


class UnknownAlgorithm(DrawError):
    """Drawn by rules that this version of Jalon does not have."""
