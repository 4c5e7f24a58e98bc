"""Meetings made up for tests, and each written as the platforms write their reports of one."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from hypothesis import strategies as st

at = datetime.fromisoformat
NAMES = [
    ("Marie", "Tremblay"),
    ("Noémie", "Côté"),
    ("Aïcha", "Diallo"),
    ("John", "O'Brien"),
    ("Priya", "Patel"),
    ("Jean-François", "Lafrenière"),
    ("Zoë", "Le Blanc"),
    ("Li", "Wei"),
]


@dataclass(frozen=True)
class Join:
    """Seconds from the meeting's start; ``phone`` is a second device's row."""

    start: int
    seconds: int
    phone: bool


@dataclass(frozen=True)
class Person:
    first: str
    last: str
    email: str
    guest: bool
    organizer: bool
    joins: tuple[Join, ...]

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @cached_property
    def there(self) -> set[int]:
        """Each second of the meeting that they were there."""
        return {s for one in self.joins for s in range(one.start, one.start + one.seconds)}

    @property
    def minutes(self) -> int:
        return (len(self.there) + 30) // 60


@dataclass(frozen=True)
class Meeting:
    title: str
    start: datetime
    people: tuple[Person, ...]

    @property
    def end(self) -> datetime:
        return self.start + timedelta(seconds=max(max(one.there) + 1 for one in self.people))

    def at(self, second: int) -> datetime:
        return self.start + timedelta(seconds=second)


joins = st.builds(Join, st.integers(0, 900), st.integers(1, 1200), st.booleans())


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    """One to six people, some without an e-mail, who come, go and come back."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True))
    people = [
        Person(
            first,
            last,
            draw(st.sampled_from([f"{first[0]}{place}@emsb.example".lower(), ""])),
            draw(st.booleans()),
            place == 0,
            tuple(draw(st.lists(joins, min_size=1, max_size=4))),
        )
        for place, (first, last) in enumerate(names)
    ]
    start = draw(st.datetimes(at("2023-01-01 00:00"), at("2027-01-01 00:00"))).replace(
        microsecond=0
    )
    # The report's start is the first join.
    first = min(one.start for person in people for one in person.joins)
    people = [
        Person(
            p.first, p.last, p.email, p.guest, p.organizer,
            tuple(Join(j.start - first, j.seconds, j.phone) for j in p.joins),
        )
        for p in people
    ]  # fmt: skip
    title = draw(st.sampled_from(["PLC meeting 1", "Atelier, partie 2", "Début; fin", "=1+1"]))
    return Meeting(title, start, tuple(people))


Clock = Callable[[datetime], str]


def _american(t: datetime) -> str:
    half = "AM" if t.hour < 12 else "PM"
    return f"{t.month}/{t.day}/{t:%y}, {t.hour % 12 or 12}:{t:%M:%S} {half}"


def _canadian(t: datetime) -> str:
    half = "a.m." if t.hour < 12 else "p.m."
    return f"{t:%Y-%m-%d}, {t.hour % 12 or 12}:{t:%M:%S}\u202f{half}"


CLOCKS: list[Clock] = [
    _american,
    _canadian,
    lambda t: f"{t:%Y-%m-%d %H:%M:%S}",
    lambda t: f"{t:%d/%m/%Y %H:%M:%S}",
    lambda t: f"{t:%m/%d/%Y %I:%M:%S %p}",
    lambda t: f"{t:%Y-%m-%d} {t.hour} h {t:%M} min {t:%S} s",
    lambda t: f"{t:%d.%m.%Y}, {t:%H:%M:%S}",
]
Lasting = Callable[[int], str]
LASTING: list[Lasting] = [
    lambda s: f"{s // 3600}h {s // 60 % 60}m {s % 60}s",
    lambda s: f"{s // 3600} h {s // 60 % 60} min {s % 60} s",
    lambda s: f"{s // 3600} hr {s // 60 % 60} min {s % 60} sec",
    lambda s: f"{s // 60}m {s % 60}s" if s >= 60 else f"{s}s",
    lambda s: f"{s // 3600}:{s // 60 % 60:02}:{s % 60:02}",
]
Rows = list[list[str]]
SUMMARY = {
    "en": ["1. Summary", "Meeting title", "Attended participants", "Start time", "End time"],
    "fr": ["1. Résumé", "Titre de la réunion", "Participants", "Heure de début", "Heure de fin"],
    "pt": ["1. Resumo", "Título da reunião", "Participantes", "Hora de início", "Hora de término"],
}
PEOPLE = {
    "en": "Name|First Join|Last Leave|In-Meeting Duration|Email|Participant ID (UPN)|Role",
    "fr": "Nom|Première connexion|Dernière déconnexion|Durée de la réunion|E-mail"
    "|ID du participant (UPN)|Rôle",
    "pt": "Nome|Primeira Entrada|Última Saída|Duração da Reunião|Email|ID (UPN)|Função",
}
ACTIVITIES = {
    "en": "Name|Join Time|Leave Time|Duration|Email|Role",
    "fr": "Nom|Heure d’arrivée|Heure de départ|Durée|Courriel|Rôle",
    "pt": "Nome|Horário de Entrada|Horário de Saída|Duração|Email|Função",
}
SECTIONS = {
    "en": ("2. Participants", "3. In-Meeting Activities", "4. Meeting Engagement"),
    "fr": ("2. Participants", "3. Activités en réunion", "4. Engagement de la réunion"),
    "pt": ("2. Participantes", "3. Atividades em Reunião", "4. Compromisso da Reunião"),
}


@dataclass(frozen=True)
class Manner:
    """How a report is written: its language, its dates and durations, and its columns."""

    language: str
    clock: Clock
    lasting: Lasting
    case: Callable[[str], str]
    backwards: bool  # the last column first
    block: bool  # with the lines about the meeting
    titled: bool  # with the lines "2. Participants"


def manners(*languages: str) -> st.SearchStrategy[Manner]:
    return st.builds(
        Manner,
        st.sampled_from(languages),
        st.sampled_from(CLOCKS),
        st.sampled_from(LASTING),
        st.sampled_from([str, str.lower, str.upper]),
        st.booleans(),
        st.booleans(),
        st.booleans(),
    )


def _table(header: str, rows: Rows, manner: Manner) -> Rows:
    table = [[manner.case(cell) for cell in header.split("|")], *rows]
    return [row[::-1] for row in table] if manner.backwards else table


def _teams_name(person: Person) -> str:
    mark = " (Guest)" if person.guest and not person.email else ""
    swapped = f"{person.last}, {person.first}" if len(person.joins) % 2 else person.name
    return swapped + mark


def teams(meeting: Meeting, manner: Manner, sections: Sequence[int] = (2, 3)) -> Rows:
    """Teams' report; without the second section everything has to come from the third."""
    rows: Rows = []
    lang, at, lasting = manner.language, manner.clock, manner.lasting
    if manner.block:
        words = [manner.case(word) for word in SUMMARY[lang]]
        values = [meeting.title, str(len(meeting.people)), at(meeting.start), at(meeting.end)]
        rows += [words[:1], *([word, value] for word, value in zip(words[1:], values, strict=True))]
        rows.append([])
    role = {"en": "Organizer", "fr": "Organisateur", "pt": "Organizador"}[lang]
    roles = [role if one.organizer else "Attendee" for one in meeting.people]
    if 2 in sections:
        rows += [[SECTIONS[lang][0]]] if manner.titled else []
        people = [
            [
                _teams_name(one),
                at(meeting.at(min(one.there))),
                at(meeting.at(max(one.there) + 1)),
                lasting(len(one.there)),
                one.email,
                "p123@tenant.example",
                what,
            ]
            for one, what in zip(meeting.people, roles, strict=True)
        ]
        rows += [*_table(PEOPLE[lang], people, manner), []]
    if 3 in sections:
        rows += [[SECTIONS[lang][1]]] if manner.titled else []
        stays = [
            [
                _teams_name(one),
                at(meeting.at(join.start)),
                at(meeting.at(join.start + join.seconds)),
                lasting(join.seconds),
                one.email,
                what,
            ]
            for one, what in zip(meeting.people, roles, strict=True)
            for join in one.joins
        ]
        rows += [*_table(ACTIVITIES[lang], stays, manner), []]
        reactions = [[one.name, "Raised hand", at(meeting.start)] for one in meeting.people]
        if manner.titled:
            rows += [[SECTIONS[lang][2]], ["Name", "Engagement Type", "Time"], *reactions]
    return rows


def log(meeting: Meeting, manner: Manner) -> Rows:
    """The first kind of list that Teams made; without the leaves that the meeting's end makes."""
    rows: Rows = [[manner.case(one) for one in ("Full Name", "User Action", "Timestamp")]]
    for person in meeting.people:
        for join in person.joins:
            rows.append([person.name, "Joined", manner.clock(meeting.at(join.start))])
            if meeting.at(join.start + join.seconds) < meeting.end or join.phone:
                when = meeting.at(join.start + join.seconds)
                rows.append([person.name, "Left", manner.clock(when)])
    # A list always has the moment it was made at; here somebody leaves at the very end.
    rows.append(["Last One", "Joined before", manner.clock(meeting.start)])
    rows.append(["Last One", "Left", manner.clock(meeting.end)])
    return rows


ZOOM_MEETING = {
    "en": "Meeting ID|Topic|Start Time|End Time|User Email|Duration (Minutes)|Participants",
    "fr": "Numéro de réunion|Sujet|Heure de début|Heure de fin|Adresse e-mail de l’utilisateur"
    "|Durée (minutes)|Participants",
}
ZOOM_PEOPLE = {
    "en": "Name (Original Name)|User Email|Join Time|Leave Time|Duration (Minutes)|Guest"
    "|Recording Disclaimer Response|In Waiting Room",
    "fr": "Nom (nom d'origine)|Adresse e-mail de l'utilisateur|Heure d'arrivée|Heure de départ"
    "|Durée (minutes)|Invité|Réponse à l'avis d'enregistrement|En salle d’attente",
}
ZOOM_UNIQUE = {
    "en": "Name (Original Name)|User Email|Total Duration (Minutes)|Guest",
    "fr": "Nom (nom original)|Adresse e-mail de l’utilisateur|Durée totale (minutes)|Invité",
}


def zoom(meeting: Meeting, manner: Manner, *, unique: bool = False) -> Rows:
    """Zoom's report: a row a join with those who only waited, or a row a person."""
    lang, at = manner.language, manner.clock
    yes, no = {"en": ("Yes", "No"), "fr": ("Oui", "Non")}[lang]
    rows: Rows = []
    if manner.block:
        host = meeting.people[0].email or "host@learn.example"
        values = [meeting.title, at(meeting.start), at(meeting.end), host, "90", "6"]
        rows += [ZOOM_MEETING[lang].split("|"), ["889 1234 5678", *values], []]
    if unique:
        people = [
            [one.name, one.email, str(one.minutes), yes if one.guest else no]
            for one in meeting.people
        ]
        return rows + _table(ZOOM_UNIQUE[lang], people, manner)
    stays: Rows = []
    for one in meeting.people:
        early = at(meeting.start)
        guest = yes if one.guest else no
        waited = at(meeting.start + timedelta(minutes=2))
        stays.append([one.name, one.email, early, waited, "2", guest, "", yes])
        stays += [
            [
                f"iPhone ({one.name})" if join.phone else one.name,
                one.email,
                at(meeting.at(join.start)),
                at(meeting.at(join.start + join.seconds)),
                str(-(-join.seconds // 60)),
                guest,
                "",
                no,
            ]
            for join in one.joins
        ]
    return rows + _table(ZOOM_PEOPLE[lang], stays, manner)


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-be-bom", "utf-16-le", "cp1252"]


def written(rows: Rows, separator: str, encoding: str, end: str = "\r\n") -> bytes:
    """The rows as a file."""
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_MINIMAL if end == "\r\n" else csv.QUOTE_ALL
    csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    if encoding == "utf-16-be-bom":
        return b"\xfe\xff" + text.getvalue().encode("utf-16-be")
    return text.getvalue().encode(encoding, "replace")
