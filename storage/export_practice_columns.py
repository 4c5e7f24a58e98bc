"""The data dictionary's part on practices."""

from storage.export_units import DAY, LIST, NUMBER, RECORDED, Said, table, text

PRACTICE: Said = (
    "practice",
    NUMBER,
    "The practice: a number in the table practices.",
    "La pratique : un numéro de la table practices.",
)

PRACTICES = (
    *table(
        "practices",
        "Practices that people shared, in their authors’ words.",
        "Les pratiques partagées, dans les mots de leurs auteurs.",
        ("practice", NUMBER, "The practice’s number.", "Le numéro de la pratique."),
        text("title", "The title.", "Le titre."),
        text("author", "Who is credited with it.", "La personne à qui elle est attribuée."),
        text("institution", "Their institution.", "Son établissement."),
        text("did", "What was done.", "Ce qui a été fait."),
        text("context", "The context.", "Le contexte."),
        text("effects", "The effects.", "Les effets."),
        text(
            "level",
            "preschool, elementary, secondary, vocational, adult or all; empty if not said.",
            "preschool (préscolaire), elementary (primaire), secondary (secondaire), vocational "
            "(formation professionnelle), adult (formation des adultes) ou all (tous); vide si "
            "rien n’est dit.",
        ),
        text("theme", "The theme; empty if not said.", "Le thème; vide si rien n’est dit."),
        ("links", LIST, "Where its materials are.", "Les adresses de son matériel."),
        text(
            "sees",
            "Who may see it: everyone; members of its community, or facilitators, until it is "
            "selected.",
            "Qui la voit : everyone (tout le monde); jusqu’au choix, members (les membres de sa "
            "communauté) ou facilitators (l’équipe).",
        ),
        (
            "community",
            NUMBER,
            "The community it belongs to: a number in the table communities; 0 for none.",
            "La communauté à laquelle elle appartient : un numéro de la table communities; 0 pour "
            "aucune.",
        ),
        text("language", "The language of its words.", "La langue dans laquelle elle est écrite."),
        *RECORDED,
    ),
    *table(
        "practice_marks",
        "What the team has made of a practice.",
        "Ce que l’équipe a fait d’une pratique.",
        ("mark", NUMBER, "The row’s number.", "Le numéro de la ligne."),
        PRACTICE,
        text(
            "status",
            "shared, promising, selected or published.",
            "shared (partagée), promising (prometteuse), selected (choisie), published (publiée).",
        ),
        ("day", DAY, "Since which day.", "Depuis quel jour."),
        *RECORDED,
    ),
    *table(
        "practice_comments",
        "Comments on practices.",
        "Les commentaires sur les pratiques.",
        ("comment", NUMBER, "The comment’s number.", "Le numéro du commentaire."),
        PRACTICE,
        text("text", "What it says.", "Ce qui y est dit."),
        *RECORDED,
    ),
)
