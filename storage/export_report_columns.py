"""The data dictionary's part on what reports to the ministry say in words."""

from storage.export_units import NUMBER, RECORDED, TARGET, table, text

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
)
