"""The people one can be in the playground: invented, of different roles and languages."""

from storage.people import Newcomer, TeamRole

PLATFORM = "web"

MEGAN = Newcomer(
    PLATFORM,
    "megan",
    "Megan Whitfield",
    "en-CA",
    role=TeamRole.STAFF,
    email="megan.whitfield@prt.example",
)
GENEVIEVE = Newcomer(PLATFORM, "genevieve", "Geneviève Lapointe", "fr-CA", role=TeamRole.STAFF)
DANIEL = Newcomer(PLATFORM, "daniel", "Daniel Rosenberg", "en-CA", role=TeamRole.MANAGER)
SYLVIE = Newcomer(PLATFORM, "sylvie", "Sylvie Marchand", "fr-CA", role=TeamRole.ADMIN)
# A community development agent on the Lower North Shore, an hour ahead of the team in winter.
KAYLA = Newcomer(
    PLATFORM,
    "kayla",
    "Kayla Buckle",
    "en-CA",
    timezone="America/Blanc-Sablon",
    guest=True,
    role=TeamRole.MEMBER,
    email="kayla.buckle@littoral.example",
)
# The bot has never heard of him: what he may do is for its setting `new_people` to say.
OLIVIER = Newcomer(
    PLATFORM, "olivier", "Olivier Di Pietro", "fr-CA", email="olivier.dipietro@estuaire.example"
)

CAST = (MEGAN, GENEVIEVE, DANIEL, SYLVIE, KAYLA, OLIVIER)


def person(id: str) -> Newcomer | None:
    """Whoever of the cast has this id."""
    return next((one for one in CAST if one.id == id), None)
