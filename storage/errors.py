"""Why the store refuses something; each error's docstring is its message in a log."""


class StorageError(Exception):
    """The store refused."""

    def __init__(self, *args: object) -> None:
        super().__init__(self.__doc__ if not args else args[0])


class FolderTaken(StorageError):
    """Another Jalon is running on this data folder."""


class NotAllowed(StorageError):
    """This person's role does not allow that."""


class NotFound(StorageError):
    """There is nothing under that number."""


class ChangedMeanwhile(StorageError):
    """It was changed since this card was made."""
