"""What went wrong that the person can mend: becomes a kind card in their language."""


class UserError(Exception):
    """A text's key and its values; ``example`` is a line that would be understood."""

    def __init__(self, key: str, *, example: str = "", **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.example = example
        self.params = params
