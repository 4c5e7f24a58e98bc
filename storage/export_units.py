"""The words of an export's dictionary: what a column is, and the units and forms there are."""

from dataclasses import dataclass
from datetime import UTC, datetime

from storage.network import Words


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; the one named "" stands for the table itself."""

    table: str
    name: str
    unit: Words
    means: Words


Said = tuple[str, Words, str, str]  # a column: its name, its unit, and what it means

NONE = Words(en="-", fr="-")
DAY = Words(en="date, YYYY-MM-DD", fr="date, AAAA-MM-JJ")
INSTANT = Words(en="UTC time, ISO 8601", fr="heure UTC, ISO 8601")
LIST = Words(en='text; several joined by "; "', fr="texte; plusieurs séparés par « ; »")
MINUTES = Words(en="minutes, whole", fr="minutes entières")
HOURS = Words(en="decimal hours", fr="heures décimales")
NUMBER = Words(en="whole number", fr="nombre entier")
PEOPLE = Words(en="number of people", fr="nombre de personnes")
TEXT = Words(en="text", fr="texte")
YES_NO = Words(en="1 for yes, 0 for no", fr="1 pour oui, 0 pour non")

TARGET: Said = (
    "target",
    TEXT,
    "The target it counts for, by its id in the plan’s file.",
    "La cible visée, par son identifiant dans le fichier du plan.",
)
ROLE = (
    "by its id in the plan’s network file",
    "par son identifiant dans le fichier du réseau du plan",
)
RECORDED: tuple[Said, ...] = (
    (
        "person",
        NUMBER,
        "Who recorded it: a number in the table people.",
        "La personne qui l’a inscrit : un numéro de la table people.",
    ),
    (
        "version",
        NUMBER,
        "1 when recorded, and one more with each change.",
        "1 à l’inscription, puis un de plus à chaque modification.",
    ),
    ("created_at", INSTANT, "When it was recorded.", "Le moment de l’inscription."),
    (
        "voided_at",
        INSTANT,
        "When it was taken back; it then counts nowhere. Empty if it counts.",
        "Le moment de l’annulation; l’inscription ne compte alors nulle part. Vide si elle compte.",
    ),
)


def table(name: str, en: str, fr: str, *columns: Said) -> list[Column]:
    """A table and its columns, with what each means in English and in French."""
    return [
        Column(name, "", NONE, Words(en=en, fr=fr)),
        *(Column(name, column, unit, Words(en=en, fr=fr)) for column, unit, en, fr in columns),
    ]


def source(en: str, fr: str) -> Said:
    """The column that says how something became known."""
    return ("source", TEXT, en, fr)


def text(name: str, en: str, fr: str) -> Said:
    """A column of text."""
    return (name, TEXT, en, fr)


def instant(at: int | None) -> str | None:
    """An instant in UTC seconds as an export writes it; None where there is none."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
