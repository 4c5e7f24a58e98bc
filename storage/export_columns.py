"""The data dictionary of an export: what each table and column means, in both languages."""

from dataclasses import dataclass

from storage.network import Words


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; the one named "" stands for the table itself."""

    table: str
    name: str
    unit: Words
    means: Words


DICTIONARY = "dictionary"

_NONE = Words(en="-", fr="-")
_DAY = Words(en="date, YYYY-MM-DD", fr="date, AAAA-MM-JJ")
_INSTANT = Words(en="UTC time, ISO 8601", fr="heure UTC, ISO 8601")
_LIST = Words(en='text; several joined by "; "', fr="texte; plusieurs séparés par « ; »")
_MINUTES = Words(en="minutes, whole", fr="minutes entières")
_HOURS = Words(en="decimal hours", fr="heures décimales")
_NUMBER = Words(en="whole number", fr="nombre entier")
_PEOPLE = Words(en="number of people", fr="nombre de personnes")
_TEXT = Words(en="text", fr="texte")


def _table(name: str, en: str, fr: str, *columns: tuple[str, Words, str, str]) -> list[Column]:
    return [
        Column(name, "", _NONE, Words(en=en, fr=fr)),
        *(Column(name, column, unit, Words(en=en, fr=fr)) for column, unit, en, fr in columns),
    ]


COLUMNS = (
    *_table(
        "entries",
        "Hours logged, one row for each entry, the voided ones too.",
        "Les heures inscrites, une ligne par saisie, y compris les saisies annulées.",
        ("entry", _NUMBER, "The entry’s number.", "Le numéro de la saisie."),
        ("day", _DAY, "The day of the work.", "Le jour du travail."),
        (
            "kind",
            _TEXT,
            "accompaniment, or partner (support to a partner).",
            "accompaniment (accompagnement) ou partner (soutien à un partenaire).",
        ),
        ("minutes", _MINUTES, "Time spent; exact.", "Le temps consacré; valeur exacte."),
        (
            "hours",
            _HOURS,
            "The same in hours, to four decimals; add up the minutes for exact sums.",
            "La même durée en heures, à quatre décimales; additionnez les minutes pour un total "
            "exact.",
        ),
        (
            "person",
            _NUMBER,
            "Who logged it: a number in the table people.",
            "Qui l’a inscrite : un numéro de la table people.",
        ),
        ("person_name", _TEXT, "Who logged it: the name.", "Qui l’a inscrite : le nom."),
        (
            "people",
            _LIST,
            "Who was accompanied: a name (role), or a number × a role.",
            "Les personnes accompagnées : un nom (rôle), ou un nombre × un rôle.",
        ),
        (
            "people_roles",
            _LIST,
            "Their roles, each once, by their ids in the plan’s network file.",
            "Leurs rôles, chacun une fois, par leur identifiant dans le fichier du réseau du plan.",
        ),
        ("people_number", _PEOPLE, "How many were accompanied.", "Le nombre de ces personnes."),
        (
            "boards",
            _LIST,
            "School boards and schools concerned, by their ids in the plan’s network file.",
            "Les commissions scolaires et écoles visées, par leur identifiant dans le fichier du "
            "réseau du plan.",
        ),
        ("partner", _TEXT, "The partner supported.", "Le partenaire soutenu."),
        (
            "partner_kind",
            _TEXT,
            "table (one the team sits on), or organisation; empty without a partner.",
            "table (où siège l’équipe) ou organisation (organisme); vide sans partenaire.",
        ),
        (
            "objective",
            _TEXT,
            "The objective of the accompaniment, or the purpose of the support.",
            "L’objectif de l’accompagnement ou l’objet du soutien.",
        ),
        (
            "request",
            _NUMBER,
            "The request it answers: a number in the table requests; empty if none.",
            "La demande à laquelle elle répond : un numéro de la table requests; vide s’il n’y en "
            "a pas.",
        ),
        (
            "said",
            _TEXT,
            "The line as it was typed; empty from the form.",
            "La ligne telle qu’elle a été écrite; vide si le formulaire a servi.",
        ),
        (
            "version",
            _NUMBER,
            "1 when logged, and one more with each change.",
            "1 à l’inscription, puis un de plus à chaque modification.",
        ),
        ("created_at", _INSTANT, "When it was logged.", "Le moment de l’inscription."),
        (
            "voided_at",
            _INSTANT,
            "When it was voided; such an entry counts nowhere. Empty if it counts.",
            "Le moment de l’annulation; une saisie annulée ne compte nulle part. Vide si la saisie "
            "compte.",
        ),
    ),
    *_table(
        "people",
        "Everyone who has spoken to the bot.",
        "Toutes les personnes qui ont parlé au robot.",
        ("person", _NUMBER, "The person’s number.", "Le numéro de la personne."),
        ("name", _TEXT, "The name on their platform.", "Le nom sur sa plateforme."),
        (
            "role",
            _TEXT,
            "admin, manager, staff, member, or pending (waits for an administrator).",
            "admin (administration), manager (gestion), staff (personnel), member (membre) ou "
            "pending (en attente).",
        ),
        (
            "language",
            _TEXT,
            "The language the bot speaks to them: en or fr.",
            "La langue dans laquelle le robot lui parle : en ou fr.",
        ),
        ("timezone", _TEXT, "Their time zone.", "Son fuseau horaire."),
        (
            "platform_ids",
            _LIST,
            "Their ids, each with its platform, and their e-mail: slack:U012ABC, "
            "email:marie@example.org.",
            "Ses identifiants, chacun avec sa plateforme, et son courriel : slack:U012ABC, "
            "email:marie@example.org.",
        ),
        (
            "joined_to",
            _NUMBER,
            "Who this person turned out to be, and has all that was theirs: a number in this "
            "table; empty for all others.",
            "La personne qu’elle s’est révélée être et qui a tout ce qui était à elle : un numéro "
            "de cette table; vide pour toutes les autres.",
        ),
        ("met_at", _INSTANT, "When they first spoke to the bot.", "Le moment du premier message."),
    ),
    *_table(
        "partners",
        "Tables and organisations that were supported.",
        "Les tables et les organismes soutenus.",
        ("partner", _NUMBER, "The partner’s number.", "Le numéro du partenaire."),
        ("name", _TEXT, "The partner’s name.", "Le nom du partenaire."),
        ("kind", _TEXT, "table or organisation.", "table ou organisation (organisme)."),
        ("created_at", _INSTANT, "When it was first named.", "Le moment de la première mention."),
    ),
    *_table(
        "requests",
        "Requests for accompaniment that entries answer.",
        "Les demandes d’accompagnement auxquelles des saisies répondent.",
        ("request", _NUMBER, "The request’s number.", "Le numéro de la demande."),
        (
            "day",
            _DAY,
            "The day of the first entry that answered it.",
            "Le jour de la première saisie qui y a répondu.",
        ),
        (
            "person",
            _NUMBER,
            "Who logged it: a number in the table people.",
            "Qui l’a inscrite : un numéro de la table people.",
        ),
        ("person_name", _TEXT, "Who logged it: the name.", "Qui l’a inscrite : le nom."),
    ),
    *_table(
        DICTIONARY,
        "This list: what every table and column means.",
        "Cette liste : le sens de chaque table et de chaque colonne.",
        ("table", _TEXT, "The table.", "La table."),
        ("column", _TEXT, "The column; empty for the table itself.", "La colonne; vide pour la "
         "table elle-même."),
        ("unit_en", _TEXT, "Unit or form, in English.", "L’unité ou la forme, en anglais."),
        ("unit_fr", _TEXT, "Unit or form, in French.", "L’unité ou la forme, en français."),
        ("english", _TEXT, "What it means, in English.", "Le sens, en anglais."),
        ("french", _TEXT, "What it means, in French.", "Le sens, en français."),
    ),
)  # fmt: skip
