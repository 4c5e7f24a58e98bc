"""The data dictionary's part on interests in communities: calls, verdicts, draws and offers."""

from storage.export_units import (
    DAY,
    INSTANT,
    LIST,
    NUMBER,
    PEOPLE,
    RECORDED,
    YES_NO,
    Said,
    table,
    text,
)

CALL: Said = (
    "call",
    NUMBER,
    "The call: a number in the table calls.",
    "L’appel : un numéro de la table calls.",
)
INTEREST: Said = (
    "interest",
    NUMBER,
    "The interest: a number in the table interests.",
    "L’intérêt : un numéro de la table interests.",
)
COMMUNITY: Said = (
    "community",
    NUMBER,
    "The community: a number in the table communities.",
    "La communauté : un numéro de la table communities.",
)

SEATS = (
    *table(
        "calls",
        "Calls for interests in communities.",
        "Les appels à manifester son intérêt pour une communauté.",
        ("call", NUMBER, "The call’s number.", "Le numéro de l’appel."),
        ("opens", DAY, "The first day.", "Le premier jour."),
        ("closes", DAY, "The last day.", "Le dernier jour."),
        ("closed", YES_NO, "Whether it was closed before.", "S’il a été fermé avant."),
        *RECORDED,
    ),
    *table(
        "interests",
        "What institutions sent in answer to a call.",
        "Ce que les établissements ont envoyé en réponse à un appel.",
        ("interest", NUMBER, "The interest’s number.", "Le numéro de l’intérêt."),
        CALL,
        text("institution", "The institution.", "L’établissement."),
        text(
            "sector",
            "public, or private (an accredited private institution).",
            "public, ou private (un établissement privé agréé).",
        ),
        text("level", "The level taught.", "Le niveau d’enseignement."),
        ("people_number", PEOPLE, "How many would take part.", "Le nombre de participants."),
        text("project", "The project on well-being.", "Le projet sur le bien-être."),
        (
            "communities",
            LIST,
            "Numbers of communities, the one preferred most first.",
            "Des numéros de communautés, la préférée d’abord.",
        ),
        text("language", "en or fr; empty for both.", "en ou fr; vide pour les deux."),
        *RECORDED,
    ),
    *table(
        "interest_people",
        "Whom institutions would send, one row a person.",
        "Les personnes proposées par les établissements, une ligne par personne.",
        INTEREST,
        text("name", "The name.", "Le nom."),
        text("role", "The role in words.", "Le rôle, en mots."),
        text("email", "The e-mail.", "Le courriel."),
    ),
    *table(
        "relevances",
        "Verdicts on whether an interest is relevant.",
        "Les décisions sur la pertinence d’un intérêt.",
        ("relevance", NUMBER, "The verdict’s number.", "Le numéro de la décision."),
        INTEREST,
        (
            "seen_version",
            NUMBER,
            "The version of the interest that was judged.",
            "La version de l’intérêt qui a été évaluée.",
        ),
        text(
            "verdict",
            "yes, no, or see (to be looked at again).",
            "yes (oui), no (non) ou see (à revoir).",
        ),
        text("reason", "The reason.", "Le motif."),
        ("told", YES_NO, "Whether who sent it was told.", "Si la personne en a été informée."),
        *RECORDED,
    ),
    *table(
        "draws",
        "Who was given seats in a community, drawn or not.",
        "L’attribution des places d’une communauté, avec ou sans tirage.",
        ("draw", NUMBER, "The draw’s number.", "Le numéro du tirage."),
        CALL,
        COMMUNITY,
        ("capacity", NUMBER, "How many seats there were.", "Le nombre de places."),
        ("needed", YES_NO, "Whether it was drawn.", "S’il y a eu tirage."),
        (
            "taken",
            LIST,
            "Numbers of interests with seats, in their order.",
            "Les numéros des intérêts qui ont une place, dans l’ordre.",
        ),
        (
            "waiting",
            LIST,
            "Numbers of interests that wait, in their order.",
            "Les numéros des intérêts en attente, dans l’ordre.",
        ),
        (
            "confirmed_by",
            NUMBER,
            "Who confirmed it: a number in the table people; empty if nobody has.",
            "Qui l’a confirmé : un numéro de la table people; vide si personne ne l’a fait.",
        ),
        (
            "told_at",
            INSTANT,
            "When those concerned were told; empty if they were not.",
            "Le moment où les personnes visées ont été informées; vide sinon.",
        ),
        text(
            "review",
            "Why a person looks at it once more; empty if nobody does.",
            "Le motif d’une révision par une personne; vide sans révision.",
        ),
        text(
            "draw_record",
            "The published record as JSON, with which the draw can be repeated.",
            "Le procès-verbal publié, en JSON, qui permet de refaire le tirage.",
        ),
        *RECORDED,
    ),
    *table(
        "offers",
        "Freed seats that were offered to who waits.",
        "Les places libérées et offertes à qui attend.",
        ("offer", NUMBER, "The offer’s number.", "Le numéro de l’offre."),
        ("draw", NUMBER, "The draw: a number in the table draws.", "Le tirage : un numéro de la "
         "table draws."),
        INTEREST,
        ("until_at", INSTANT, "Until when it stands.", "Jusqu’à quand elle tient."),
        text(
            "answer",
            "waiting, accepted, declined or expired.",
            "waiting (en attente), accepted (acceptée), declined (déclinée) ou expired (échue).",
        ),
        *RECORDED,
    ),
)  # fmt: skip
