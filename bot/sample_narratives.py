"""What the sample's manager wrote on targets for the ministry's reports."""

from storage import narratives
from storage.engine import Tx
from storage.narratives import Narrative
from storage.people import Person
from storage.plan import Plan
from storage.report_kinds import ReportKind

SAID = {
    1: {
        "pd-workshops": "Les ateliers d’automne ont porté surtout sur la mobilisation des "
        "familles, demandée dans les sondages de fin d’année. L’horaire de l’hiver est prêt.",
        "accompaniment-hours": "Septembre a surtout servi à accueillir les nouveaux ADC. Les "
        "demandes des régions éloignées ont été traitées à distance.",
        "capsules": "Le tournage de la première capsule a été reporté à janvier.",
    },
    2: {
        "accompaniment-hours": "Le rythme a repris en janvier :\n"
        "- les plans d’action des centres;\n- la transition vers le primaire dans quatre écoles.",
    },
}


def fill(tx: Tx, plan: Plan, manager: Person, at: int) -> None:
    """Write them."""
    for number, said in SAID.items():
        for target, text in said.items():
            says = Narrative(plan.id, ReportKind.PROGRESS, number, target, text)
            narratives.tell(tx, says, 0, manager, at)
