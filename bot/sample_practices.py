"""The sample's practices: what people of the communities shared, and what the team made of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from storage import practice_comments, practice_marks, practices, records
from storage.engine import Tx
from storage.people import Person
from storage.plan import Language
from storage.practice import Level, Practice, Sees, Status, Theme
from storage.practice_comments import Comment
from storage.practice_marks import Mark

CORNER = Practice(
    "Calm corners made by the class",
    "In October each class drew what calms them, and voted. Parents and the caretaker built a "
    "corner in every room in one Saturday: a rug, headphones, a sand timer, three breathing "
    "cards.\nThe teacher shows it for two weeks; then children go by themselves, for five minutes "
    "at most, and come back without a word being said.\nOnce a month the class talks about what "
    "should change in it.",
    Level.ELEMENTARY,
    Theme.CLIMATE,
    "A school of 140 pupils on the Lower North Shore, in multi-age classes. After the pandemic "
    "there were two or three outbursts a day in each room, and nowhere to go but the corridor.",
    "The office counted 61 removals from class in autumn and 22 in spring. Teachers say they teach "
    "about ten minutes more a day. Two classes have taken their cards home for their families.",
    ("https://example.org/calm-corner/cards", "https://example.org/calm-corner/plan"),
    author="Kayla Buckle",
    institution="Harbour School",
    language=Language.EN,
)
WALK = Practice(
    "La marche du midi",
    "Trois midis par semaine, un adulte et une douzaine d’élèves marchent une demi-heure autour du "
    "quartier. Personne ne s’inscrit : on se présente à la porte.\nLes élèves de 5e secondaire "
    "mènent la marche à tour de rôle et choisissent le trajet. Une fois par mois, la marche se "
    "termine au centre communautaire, où l’on prend un jus avec les aînés.",
    Level.SECONDARY,
    Theme.ACTIVE,
    "Une école secondaire de 600 élèves en ville, où plusieurs passaient l’heure du dîner seuls, "
    "devant leur téléphone.",
    "De 12 marcheurs en octobre à 45 en mai. Les intervenants y rencontrent des élèves qui ne "
    "seraient jamais venus à leur bureau.",
    ("https://example.org/marche/affiche",),
    author="Isabelle Fortin",
    institution="École secondaire Laurier",
    language=Language.FR,
)
MENTORS = Practice(
    "First-week mentors",
    "Each student who arrives is met by a mentor of the year above, trained in two lunch hours: "
    "how to listen, what to pass on to an adult, where everything is.\nThey eat together on the "
    "first three days, and meet again after two weeks and after two months.",
    Level.SECONDARY,
    Theme.TRANSITIONS,
    "Some ninety students come to us each September from eleven elementary schools, most of them "
    "by bus and knowing nobody.",
    "Absences in September went down by a third. Half of the mentored ask to be mentors the next "
    "year.",
    ("https://example.org/mentors/training",),
    author="Darren Kelly",
    institution="Parkdale High School",
    language=Language.EN,
)
CAFE = Practice(
    "Le café des parents étudiants",
    "Un jeudi soir sur deux, le centre ouvre sa cafétéria aux adultes en formation et à leurs "
    "enfants. Une éducatrice s’occupe des petits pendant qu’une infirmière, une conseillère ou un "
    "organisme du quartier répond aux questions, sans rendez-vous.",
    Level.ADULT,
    Theme.FAMILIES,
    "Un centre d’éducation des adultes où la moitié des inscrits ont de jeunes enfants, et où la "
    "fatigue est la première raison des abandons.",
    "Trente familles en une année; sept adultes sur dix disent que le café a compté dans leur "
    "décision de continuer.",
    (),
    author="Nadia Simard",
    institution="Centre Sainte-Anne",
    language=Language.FR,
)
LETTERS = Practice(
    "Thank-you letters in the staff room",
    "On Fridays a box of blank cards stands beside the coffee. Whoever wants writes one to a "
    "colleague; the secretary brings them round on Monday.",
    Level.ALL,
    Theme.STAFF,
    effects="People stay in the staff room on Fridays again.",
    author="Heather Quinn",
    institution="Maple Grove School",
    language=Language.EN,
)
GARDEN = Practice(
    "Un potager pour les petits",
    "Nous avons bâti quatre bacs avec les familles et semé des légumes qui se récoltent en juin.",
    Level.PRESCHOOL,
    None,
    sees=Sees.MEMBERS,
    author="Karine Boucher",
    institution="École Cedar",
    language=Language.FR,
)
MADE = (
    (CORNER, date(2022, 2, 9), Status.PUBLISHED, date(2022, 6, 8)),
    (WALK, date(2022, 3, 22), Status.PUBLISHED, date(2022, 6, 8)),
    (MENTORS, date(2022, 11, 14), Status.PUBLISHED, date(2023, 5, 24)),
    (CAFE, date(2023, 4, 5), Status.SELECTED, date(2024, 5, 15)),
    (LETTERS, date(2024, 10, 4), Status.PROMISING, date(2024, 10, 21)),
    (GARDEN, date(2025, 2, 6), None, None),
)
YOUNGER = (Level.PRESCHOOL, Level.ELEMENTARY, Level.ALL)


def fill(
    tx: Tx, communities: tuple[int, int], guest: Person, english: Person, french: Person
) -> None:
    """Record them; the chat's guest shared the first, the team what came to it otherwise.

    Each belongs to one of the two communities, also where it was shared before these began.
    """
    younger, older = communities
    numbers: list[int] = []
    for says, shared, status, since in MADE:
        team = french if says.language is Language.FR else english
        by = guest if says.author == guest.name else team
        theirs = replace(says, community=younger if says.level in YOUNGER else older)
        numbers.append(records.add(tx, practices.PRACTICE, theirs, by, _at(shared)).id)
        if status is not None and since is not None:
            practice_marks.mark(tx, Mark(numbers[-1], status, since), 0, french, _at(since))
    said = Comment(numbers[0], "Nos enseignants l’ont repris avec les cartes en français. Merci!")
    practice_comments.add(tx, said, french, _at(date(2022, 4, 4)))
    said = Comment(numbers[2], "We ask ours to come back for the spring visit, too.")
    practice_comments.add(tx, said, guest, _at(date(2023, 6, 1)))


def _at(day: date) -> int:
    """That afternoon, in UTC seconds."""
    return int(datetime(day.year, day.month, day.day, 19, tzinfo=UTC).timestamp())
