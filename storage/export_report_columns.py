"""The data dictionary's part on reports: what they say in words, and those that were sent."""

from storage.export_units import DAY, INSTANT, NUMBER, RECORDED, TARGET, Said, table, text

REPORT: Said = (
    "report",
    NUMBER,
    "The report: a number in the table sent_reports.",
    "Le rapport : un numéro de la table sent_reports.",
)

REPORTS = (
    *table(
        "narratives",
        "What managers wrote on the targets for each report to the ministry.",
        "Ce que les gestionnaires ont écrit sur les cibles pour chaque rapport au ministère.",
        ("narrative", NUMBER, "The row’s number.", "Le numéro de la ligne."),
        text("plan", "The plan, by its id.", "Le plan, par son identifiant."),
        text(
            "report",
            "progress or annual: which report.",
            "Le rapport : progress (rapport d’étape) ou annual (bilan annuel).",
        ),
        (
            "number",
            NUMBER,
            "The progress report’s number; 0 for the year-end one.",
            "Le numéro du rapport d’étape; 0 pour le bilan annuel.",
        ),
        TARGET,
        text("text", "What was written.", "Ce qui a été écrit."),
        *RECORDED,
    ),
    *table(
        "sent_reports",
        "Reports as they were sent, each time one was marked as sent.",
        "Les rapports tels qu’ils ont été envoyés, une ligne chaque fois que l’un a été marqué "
        "comme envoyé.",
        ("report", NUMBER, "Its number here.", "Son numéro ici."),
        text("plan", "The plan’s id.", "L’identifiant du plan."),
        text(
            "target",
            "The target it counts for, or annual-report.",
            "La cible pour laquelle il compte, ou annual-report (bilan annuel).",
        ),
        ("number", NUMBER, "Which of the target’s.", "Lequel de cette cible."),
        ("first_day", DAY, "The first day it speaks of.", "Le premier jour dont il traite."),
        ("last_day", DAY, "The day it was sent.", "Le jour de l’envoi."),
        (
            "person",
            NUMBER,
            "Who marked it as sent: a number in the table people.",
            "La personne qui l’a marqué comme envoyé : un numéro de la table people.",
        ),
        ("marked_at", INSTANT, "When it was marked.", "Le moment où il a été marqué."),
        text(
            "figures",
            "Every figure as it was sent, as JSON.",
            "Tous les chiffres tels qu’ils ont été envoyés, en JSON.",
        ),
    ),
    *table(
        "sent_files",
        "The files of each report as it was sent.",
        "Les fichiers de chaque rapport tel qu’il a été envoyé.",
        REPORT,
        text("language", "en or fr.", "en ou fr."),
        text("format", "docx, xlsx or csv.", "docx, xlsx ou csv."),
        text("name", "The file’s name.", "Le nom du fichier."),
        text("sha256", "Its SHA-256, in hexadecimal.", "Son SHA-256, en hexadécimal."),
    ),
    *table(
        "reasons",
        "Why what a sent report was made from was changed.",
        "Pourquoi ce qui a servi à un rapport envoyé a été changé.",
        (
            "line",
            NUMBER,
            "The change: its line of the audit chain.",
            "Le changement : sa ligne dans la chaîne d’audit.",
        ),
        REPORT,
        text(
            "subject",
            "What was changed: entry, session, attendance, output or agreement, and its number.",
            "Ce qui a été changé : entry (saisie), session (séance), attendance (présences), "
            "output (production) ou agreement (entente), et son numéro.",
        ),
        text(
            "action",
            "change, void or undo.",
            "change (changement), void (annulation) ou undo (retour en arrière).",
        ),
        (
            "person",
            NUMBER,
            "Who changed it: a number in the table people.",
            "La personne qui l’a changé : un numéro de la table people.",
        ),
        ("changed_at", INSTANT, "When it was changed.", "Le moment du changement."),
        text("text", "The reason given.", "La raison donnée."),
    ),
)
