"""What is under way in the sample: its plan of communities, a meeting to come, an open call."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.web import cast
from storage import addresses, channels, communities, interests, people, records, rsvps, sessions
from storage.channels import Channel
from storage.communities import COMMUNITY
from storage.engine import Tx
from storage.interests import CALL, Call, Interest, Participant, Relevance, Verdict
from storage.people import Newcomer, Person, TeamRole
from storage.plan import Language, Sector
from storage.plan_files import SHIPPED, load_networks, read_text
from storage.rsvps import Answer
from storage.sessions import Day, Session
from storage.words import fold

PLAN = "wellbeing-communities-2024-27"
ROLLED = "wellbeing-communities-2021-24"
# What the plan's texts say of its years, which rolling leaves to a person.
LATER = (("2022.", "2025."), ("2024.", "2027."), ("confirmed = false", "confirmed = true"))
MEETING = Session(
    "community-meetings",
    "What has changed · Ce qui a changé",
    days=(Day(date(2025, 2, 26), "13:30", 90),),
    language="both",
    link="https://example.org/rencontre",
    agenda="What calmed our classes; choosing what we publish · Ce qui a calmé nos classes",
)
# Those of the first community who are on the chat besides the guest, and what they answered.
ANSWERED = (Answer.COMING, Answer.COMING, Answer.MAYBE, Answer.NOT_COMING, None)
TOLD = Channel(cast.PLATFORM, "prt-team", "clc")  # the week, on Mondays
OPENS, CLOSES = date(2025, 2, 3), date(2025, 2, 28)


def _people(*said: str) -> tuple[Participant, ...]:
    """Of "name, role" each."""
    return tuple(Participant(*one.split(", ")) for one in said)


# Whether each wants the older ones' community first, and what the team thinks of it so far.
INTERESTS = (
    (
        Interest(
            0,
            "Parkdale High School",
            Sector.PUBLIC,
            "secondary",
            _people("Darren Kelly, principal", "Lise Arcand, psychologist"),
            "Mentors for those who arrive; we want to see how others train theirs.",
            (),
            Language.EN,
        ),
        True,
        Relevance(0, 1, Verdict.YES),
    ),
    (
        Interest(
            0,
            "Collège Sainte-Marguerite",
            Sector.PRIVATE,
            "primaire et secondaire",
            _people("Camille Ouellet, enseignante", "Éloi Pépin, conseiller pédagogique"),
            "Un local calme existe au primaire; nous cherchons comment le faire au secondaire.",
            (),
            Language.FR,
        ),
        True,
        None,
    ),
    (
        Interest(
            0,
            "École du Ruisseau",
            Sector.PUBLIC,
            "primaire",
            _people("Julie Bernatchez, directrice adjointe"),
            "Des élèves qui animent les récréations.",
            (),
            Language.FR,
        ),
        False,
        Relevance(0, 1, Verdict.SEE, "Who would come, as the deputy head is a member already?"),
    ),
)


def write_plan(folder: Path) -> None:
    """Have the data folder hold the communities' plan of these years, rolled from the last one."""
    file = folder / "plans" / f"{PLAN}.toml"
    if file.exists():
        return
    # Its two libraries take 0.15 s to import, which every later start would pay.
    from storage.rolling import roll

    text = roll(read_text(SHIPPED / f"{ROLLED}.toml"), "2024-27", load_networks(None)).text
    for said, says in LATER:
        text = text.replace(said, says)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def fill(tx: Tx, there: tuple[int, int], lead: Person, manager: Person, at: int) -> None:
    """Have both communities be of the plan, the first meet again, a call open, a channel told."""
    first, second = there
    addresses.note(tx, cast.PLATFORM, TOLD.id, None, at)
    channels.settle(tx, TOLD, manager, at)
    for id in there:
        community = communities.get(tx, id)
        says = replace(community.says, plan=PLAN)
        records.change(tx, COMMUNITY, id, community.version, says, manager, at)
    meeting = records.add(tx, sessions.KIND, replace(MEETING, community=first), lead, at)
    members = communities.members_on(tx, first, MEETING.first)
    others = [one.says for one in members if one.says.email not in ("", cast.KAYLA.email)]
    for says, answer in zip(others, ANSWERED, strict=False):
        person = _meet(tx, says.name, at, says.email, says.language)
        if answer is not None:
            rsvps.answer(tx, meeting.id, answer, person, at)
    call = records.add(tx, CALL, Call(OPENS, CLOSES), manager, at)
    for interest, older, verdict in INTERESTS:
        wanted = (second, first) if older else (first,)
        says = replace(interest, call=call.id, communities=wanted)
        sender = _meet(tx, says.people[0].name, at, language=says.language)
        sent = interests.send(tx, says, OPENS, sender, at)
        if verdict is not None:
            interests.judge(tx, replace(verdict, interest=sent.id), manager, at)


def _meet(tx: Tx, name: str, at: int, email: str = "", language: Language | None = None) -> Person:
    """Have the bot know somebody of the network, to whom it cannot speak by itself."""
    id, locale = fold(name).replace(" ", "."), f"{language or Language.EN}-CA"
    who = Newcomer(cast.PLATFORM, id, name, locale, guest=True, email=email)
    return people.meet(tx, who, TeamRole.MEMBER, at)
