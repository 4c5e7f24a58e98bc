"""The data dictionary's part on sessions: who was there, and what they thought of it.

Who was asked for feedback in chat and who has answered is in no table: beside the answers, or in a
session with one answer, it would tell who said what.
"""

from storage.export_units import (
    DAY,
    LIST,
    MINUTES,
    NUMBER,
    PEOPLE,
    RECORDED,
    ROLE,
    TARGET,
    YES_NO,
    Said,
    source,
    table,
    text,
)

_SESSION: Said = (
    "session",
    NUMBER,
    "The session: a number in the table sessions.",
    "La séance : un numéro de la table sessions.",
)
SESSIONS = (
    *table(
        "sessions",
        "Workshops, orientations, webinars and meetings, planned or held.",
        "Les ateliers, orientations, webinaires et rencontres, prévus ou tenus.",
        ("session", NUMBER, "The session’s number.", "Le numéro de la séance."),
        TARGET,
        text("title", "Its title.", "Son titre."),
        text("theme", "Its theme.", "Son thème."),
        text(
            "area",
            "The part of the target’s goal it counts for, by its id in the plan’s file.",
            "La partie de l’objectif de la cible, par son identifiant dans le fichier du plan.",
        ),
        (
            "audience",
            LIST,
            f"The roles it is for, each {ROLE[0]}.",
            f"Les rôles visés, chacun {ROLE[1]}.",
        ),
        ("first_day", DAY, "Its first day.", "Son premier jour."),
        (
            "last_day",
            DAY,
            "Its last day, which says the plan it counts under.",
            "Son dernier jour, qui dit sous quel plan elle compte.",
        ),
        ("days", NUMBER, "How many days it has.", "Son nombre de jours."),
        ("minutes", MINUTES, "How long all its days are.", "La durée de tous ses jours."),
        text("language", "The language it is held in.", "La langue dans laquelle elle se tient."),
        text("place", "Where it is held.", "Le lieu."),
        text("link", "Where it is held online.", "Le lien pour y assister en ligne."),
        (
            "community",
            NUMBER,
            "The community that meets: a number in the table communities; 0 for none.",
            "La communauté qui se réunit : un numéro de la table communities; 0 pour aucune.",
        ),
        text("agenda", "What is on the agenda.", "L’ordre du jour."),
        (
            "boards",
            LIST,
            f"School boards and schools it is for, each {ROLE[0]}.",
            f"Les commissions scolaires et écoles visées, chacune {ROLE[1]}.",
        ),
        ("registered", PEOPLE, "How many had registered.", "Le nombre de personnes inscrites."),
        (
            "cancelled",
            YES_NO,
            "Whether it was cancelled; it then counts nowhere.",
            "Si elle a été annulée; elle ne compte alors nulle part.",
        ),
        (
            "head_counts",
            YES_NO,
            "Whether those who come are counted and never named.",
            "Si l’on compte les personnes présentes sans jamais les nommer.",
        ),
        *RECORDED,
    ),
    *table(
        "attendances",
        "Who was at a session, one row for each time it was given.",
        "Les présences à une séance, une ligne par inscription.",
        ("attendance", NUMBER, "The attendance’s number.", "Le numéro de la liste de présences."),
        _SESSION,
        (
            "participants",
            PEOPLE,
            "How many came, on the day when most did.",
            "Le nombre de personnes présentes, le jour où elles étaient le plus nombreuses.",
        ),
        (
            "unmatched",
            LIST,
            "Those who are on no roster, as they were named.",
            "Les personnes qui ne figurent à aucun registre, telles qu’elles ont été nommées.",
        ),
        source(
            "How it was given: typed, picked (from the roster) or file.",
            "La façon de l’inscrire : typed (écrite), picked (choisie au registre) ou file "
            "(fichier).",
        ),
        *RECORDED,
    ),
    *table(
        "attendance_boards",
        "How many came from each body, as they were counted.",
        "Le nombre de personnes venues de chaque organisme, telles qu’on les a comptées.",
        (
            "attendance",
            NUMBER,
            "A number in the table attendances.",
            "Un numéro de la table attendances.",
        ),
        _SESSION,
        text(
            "board",
            f"The school board or school, {ROLE[0]}; empty for none.",
            f"La commission scolaire ou l’école, {ROLE[1]}; vide s’il n’y en a pas.",
        ),
        ("number", PEOPLE, "How many came from it.", "Le nombre de personnes qui en venaient."),
    ),
    *table(
        "presences",
        "Which members of the rosters were there on which day.",
        "Les personnes du registre présentes, pour chaque jour.",
        (
            "attendance",
            NUMBER,
            "A number in the table attendances.",
            "Un numéro de la table attendances.",
        ),
        _SESSION,
        (
            "member",
            NUMBER,
            "Who was there: a number in the table roster.",
            "La personne présente : un numéro de la table roster.",
        ),
        ("day", NUMBER, "The session’s day, from 1.", "Le jour de la séance, à partir de 1."),
    ),
    *table(
        "feedback",
        "How many were asked about a session, answered, and were pleased.",
        "Le nombre de personnes consultées sur une séance, qui ont répondu et qui ont apprécié.",
        (
            "feedback",
            NUMBER,
            "The number of the totals; empty for answers from chat.",
            "Le numéro des totaux; vide pour les réponses données par clavardage.",
        ),
        _SESSION,
        ("asked", PEOPLE, "How many were asked.", "Le nombre de personnes consultées."),
        ("answered", PEOPLE, "How many answered.", "Le nombre de personnes qui ont répondu."),
        (
            "positive",
            PEOPLE,
            "How many were pleased: 4 or 5 of 5 in chat.",
            "Le nombre de personnes qui ont apprécié : 4 ou 5 sur 5 par clavardage.",
        ),
        source(
            "Where it comes from: typed, file or chat.",
            "La provenance : typed (écrite), file (fichier) ou chat (clavardage).",
        ),
        *RECORDED,
    ),
    *table(
        "feedback_answers",
        "What was answered in chat, in no order of time, and never by whom. Sessions with fewer "
        "than 5 answers are left out.",
        "Les réponses données par clavardage, sans ordre chronologique et sans leur auteur. Les "
        "séances de moins de 5 réponses n’y sont pas.",
        _SESSION,
        ("score", NUMBER, "From 1 to 5.", "De 1 à 5."),
        text("comment", "What was said with it.", "Le commentaire."),
    ),
    *table(
        "rsvps",
        "Who said they come to a meeting, one row for each answer.",
        "Qui a dit venir à une rencontre, une ligne par réponse.",
        ("rsvp", NUMBER, "The answer’s number.", "Le numéro de la réponse."),
        _SESSION,
        text("answer", "coming, maybe or not_coming.", "coming, maybe ou not_coming."),
        *RECORDED,
    ),
)
