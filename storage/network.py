"""The network a plan is for: its bodies, roles and partners, each in both languages."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, Strict, StrictInt

# A date or a yes written as text would be taken for one and rolled as another: only the real thing.
Day = Annotated[date, Strict()]
Id = Annotated[str, Field(min_length=1)]
Positive = Annotated[StrictInt, Field(gt=0)]


ID = "^[A-Za-z0-9_-]+$"  # totals join several with " + "


class Language(StrEnum):
    """The two languages everything is said in."""

    EN = "en"
    FR = "fr"


class PartnerKind(StrEnum):
    """What support to partners goes to."""

    TABLE = "table"
    ORGANISATION = "organisation"


class Closed(BaseModel):
    """What every table of a plan file shares: no unknown fields, values that do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Closed):
    """A text in both languages."""

    en: str = Field(min_length=1)
    fr: str = Field(min_length=1)

    def __getitem__(self, language: str) -> str:
        return self.fr if language == Language.FR else self.en


class Body(Closed):
    """A school board, service centre or school of the network. ``short`` is how people write it.

    ``also`` holds more ways to write it, matched as whole words whatever their case and accents.
    """

    id: Id
    name: Words
    short: Words
    also: tuple[str, ...] = ()
    private: bool = False


class Role(Closed):
    """What a person accompanied does. ``also`` holds more words for it, of either language."""

    id: Id
    name: Words
    plural: Words
    also: tuple[str, ...] = ()


class KnownPartner(Closed):
    """A table or an organisation that is known before anyone logged support to it."""

    name: str = Field(min_length=1)
    kind: PartnerKind
    also: tuple[str, ...] = ()


class Network(Closed):
    """The bodies, roles and partners a name in chat is matched against; none is guessed."""

    id: Id
    body: tuple[Body, ...]
    role: tuple[Role, ...]
    partner: tuple[KnownPartner, ...] = ()
