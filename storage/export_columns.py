"""The data dictionary of an export: what each table and column means, in both languages."""

from storage.export_practice_columns import PRACTICES
from storage.export_record_columns import RECORDS
from storage.export_report_columns import REPORTS
from storage.export_seat_columns import SEATS
from storage.export_session_columns import SESSIONS
from storage.export_units import (
    DAY,
    HOURS,
    INSTANT,
    LIST,
    MINUTES,
    NUMBER,
    PEOPLE,
    TEXT,
    table,
)

DICTIONARY = "dictionary"

COLUMNS = (
    *table(
        "entries",
        "Hours logged, one row for each entry, the voided ones too.",
        "Les heures inscrites, une ligne par saisie, y compris les saisies annulées.",
        ("entry", NUMBER, "The entry’s number.", "Le numéro de la saisie."),
        ("day", DAY, "The day of the work.", "Le jour du travail."),
        (
            "kind",
            TEXT,
            "accompaniment, or partner (support to a partner).",
            "accompaniment (accompagnement) ou partner (soutien à un partenaire).",
        ),
        ("minutes", MINUTES, "Time spent; exact.", "Le temps consacré; valeur exacte."),
        (
            "hours",
            HOURS,
            "The same in hours, to four decimals; add up the minutes for exact sums.",
            "La même durée en heures, à quatre décimales; additionnez les minutes pour un total "
            "exact.",
        ),
        (
            "person",
            NUMBER,
            "Who logged it: a number in the table people.",
            "Qui l’a inscrite : un numéro de la table people.",
        ),
        ("person_name", TEXT, "Who logged it: the name.", "Qui l’a inscrite : le nom."),
        (
            "people",
            LIST,
            "Who was accompanied: a name (role), or a number × a role.",
            "Les personnes accompagnées : un nom (rôle), ou un nombre × un rôle.",
        ),
        (
            "people_roles",
            LIST,
            "Their roles, each once, by their ids in the plan’s network file.",
            "Leurs rôles, chacun une fois, par leur identifiant dans le fichier du réseau du plan.",
        ),
        ("people_number", PEOPLE, "How many were accompanied.", "Le nombre de ces personnes."),
        (
            "boards",
            LIST,
            "School boards and schools concerned, by their ids in the plan’s network file.",
            "Les commissions scolaires et écoles visées, par leur identifiant dans le fichier du "
            "réseau du plan.",
        ),
        ("partner", TEXT, "The partner supported.", "Le partenaire soutenu."),
        (
            "partner_kind",
            TEXT,
            "table (one the team sits on), or organisation; empty without a partner.",
            "table (où siège l’équipe) ou organisation (organisme); vide sans partenaire.",
        ),
        (
            "objective",
            TEXT,
            "The objective of the accompaniment, or the purpose of the support.",
            "L’objectif de l’accompagnement ou l’objet du soutien.",
        ),
        (
            "request",
            NUMBER,
            "The request it answers: a number in the table requests; empty if none.",
            "La demande à laquelle elle répond : un numéro de la table requests; vide s’il n’y en "
            "a pas.",
        ),
        (
            "said",
            TEXT,
            "The line as it was typed; empty from the form.",
            "La ligne telle qu’elle a été écrite; vide si le formulaire a servi.",
        ),
        (
            "version",
            NUMBER,
            "1 when logged, and one more with each change.",
            "1 à l’inscription, puis un de plus à chaque modification.",
        ),
        ("created_at", INSTANT, "When it was logged.", "Le moment de l’inscription."),
        (
            "voided_at",
            INSTANT,
            "When it was voided; such an entry counts nowhere. Empty if it counts.",
            "Le moment de l’annulation; une saisie annulée ne compte nulle part. Vide si la saisie "
            "compte.",
        ),
    ),
    *table(
        "people",
        "Everyone who has spoken to the bot.",
        "Toutes les personnes qui ont parlé au robot.",
        ("person", NUMBER, "The person’s number.", "Le numéro de la personne."),
        ("name", TEXT, "The name on their platform.", "Le nom sur sa plateforme."),
        (
            "role",
            TEXT,
            "admin, manager, staff, member, or pending (waits for an administrator).",
            "admin (administration), manager (gestion), staff (personnel), member (membre) ou "
            "pending (en attente).",
        ),
        (
            "language",
            TEXT,
            "The language the bot speaks to them: en or fr.",
            "La langue dans laquelle le robot lui parle : en ou fr.",
        ),
        ("timezone", TEXT, "Their time zone.", "Son fuseau horaire."),
        (
            "platform_ids",
            LIST,
            "Their ids, each with its platform, and their e-mail: slack:U012ABC, "
            "email:marie@example.org.",
            "Ses identifiants, chacun avec sa plateforme, et son courriel : slack:U012ABC, "
            "email:marie@example.org.",
        ),
        (
            "joined_to",
            NUMBER,
            "Who this person turned out to be, and has all that was theirs: a number in this "
            "table; empty for all others.",
            "La personne qu’elle s’est révélée être et qui a tout ce qui était à elle : un numéro "
            "de cette table; vide pour toutes les autres.",
        ),
        ("met_at", INSTANT, "When they first spoke to the bot.", "Le moment du premier message."),
    ),
    *table(
        "partners",
        "Tables and organisations that were supported.",
        "Les tables et les organismes soutenus.",
        ("partner", NUMBER, "The partner’s number.", "Le numéro du partenaire."),
        ("name", TEXT, "The partner’s name.", "Le nom du partenaire."),
        ("kind", TEXT, "table or organisation.", "table ou organisation (organisme)."),
        ("created_at", INSTANT, "When it was first named.", "Le moment de la première mention."),
    ),
    *table(
        "requests",
        "Requests for accompaniment that entries answer.",
        "Les demandes d’accompagnement auxquelles des saisies répondent.",
        ("request", NUMBER, "The request’s number.", "Le numéro de la demande."),
        (
            "day",
            DAY,
            "The day of the first entry that answered it.",
            "Le jour de la première saisie qui y a répondu.",
        ),
        (
            "person",
            NUMBER,
            "Who logged it: a number in the table people.",
            "Qui l’a inscrite : un numéro de la table people.",
        ),
        ("person_name", TEXT, "Who logged it: the name.", "Qui l’a inscrite : le nom."),
    ),
    *SESSIONS,
    *RECORDS,
    *PRACTICES,
    *REPORTS,
    *SEATS,
    *table(
        DICTIONARY,
        "This list: what every table and column means.",
        "Cette liste : le sens de chaque table et de chaque colonne.",
        ("table", TEXT, "The table.", "La table."),
        ("column", TEXT, "The column; empty for the table itself.", "La colonne; vide pour la "
         "table elle-même."),
        ("unit_en", TEXT, "Unit or form, in English.", "L’unité ou la forme, en anglais."),
        ("unit_fr", TEXT, "Unit or form, in French.", "L’unité ou la forme, en français."),
        ("english", TEXT, "What it means, in English.", "Le sens, en anglais."),
        ("french", TEXT, "What it means, in French.", "Le sens, en français."),
    ),
)  # fmt: skip
