"""What went wrong that the person can mend: becomes a kind card in their language."""


class UserError(Exception):
    """A text's key and its parameters; ``said`` is what they typed, given back to them."""

    def __init__(self, key: str, *, said: str = "", **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.said = said
        self.params = params
