"""Who attended and for how long: the stays in a report, gathered by person."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction

from handlers.files.spoken import DEVICE_ONLY, spoken
from storage.words import fold

Interval = tuple[datetime, datetime]


class Role(StrEnum):
    """What a person did in the meeting, as its platform says."""

    ORGANIZER = "organizer"
    PRESENTER = "presenter"
    ATTENDEE = "attendee"


@dataclass(frozen=True, slots=True)
class Stay:
    """A row of a report. ``whole`` is from the first join to the last leave, absences within."""

    said: str
    email: str
    starts: datetime | None
    ends: datetime | None
    seconds: int | None
    role: Role
    guest: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person of a meeting.

    ``name`` is as people write it, ``said`` as the file does. ``minutes`` counts every minute
    once, to the nearest. ``intervals`` are apart and in order, of local time; where the file
    says only the first join and the last leave, they may be longer than ``minutes``.
    """

    name: str
    said: str
    email: str
    minutes: int
    role: Role
    guest: bool
    intervals: tuple[Interval, ...]

    @property
    def organizer(self) -> bool:
        """Whether they held the meeting rather than came to it."""
        return self.role is Role.ORGANIZER


def present(attendee: Attendee, session_minutes: int, share: Fraction = Fraction(1, 2)) -> bool:
    """Whether they stayed at least that share of the session."""
    return attendee.minutes >= session_minutes * share


def minutes_by_day(attendee: Attendee) -> dict[date, int]:
    """Their minutes on each day, to the nearest; none where the file does not tell the days apart.

    A file of first joins and last leaves does not, when these are on different days.
    """
    seconds: defaultdict[date, float] = defaultdict(float)
    for start, end in attendee.intervals:
        while start < end:
            midnight = datetime.combine(start.date() + timedelta(days=1), time.min)
            until = min(end, midnight)
            seconds[start.date()] += (until - start).total_seconds()
            start = until
    if len(seconds) == 1:
        return dict.fromkeys(seconds, attendee.minutes)
    if sum(seconds.values()) > (attendee.minutes + 1) * 60:
        return {}
    return {day: int(count + 30) // 60 for day, count in seconds.items()}


def gather(stays: Sequence[Stay], host: str = "") -> tuple[Attendee, ...]:
    """One attendee a person, in the order of the file; ``host`` is the organizer's e-mail or name.

    Stays are of one person by their e-mail; else by the name, if no more than one e-mail has it.
    A stay whose only name is a device's is of nobody else.
    """
    names = {said: spoken(said) for said in {stay.said for stay in stays}}
    folded = {said: fold(name) for said, (name, _) in names.items()}
    emails: defaultdict[str, set[str]] = defaultdict(set)
    for stay in stays:
        if stay.email:
            emails[folded[stay.said]].add(stay.email)
    groups: defaultdict[tuple[str, object], list[Stay]] = defaultdict(list)
    for place, stay in enumerate(stays):
        name = folded[stay.said]
        known = emails.get(name, set())
        if stay.email:
            groups["email", stay.email].append(stay)
        elif DEVICE_ONLY.fullmatch(name):
            groups["device", place].append(stay)
        elif len(known) == 1:
            groups["email", next(iter(known))].append(stay)
        else:
            groups["name", name].append(stay)
    return tuple(_attendee(group, names, fold(host)) for group in groups.values())


def _attendee(stays: Sequence[Stay], names: Mapping[str, tuple[str, bool]], host: str) -> Attendee:
    said = {stay.said: fold(names[stay.said][0]) for stay in stays if stay.said}
    # A person's name before that of a device of theirs.
    best = min(said, key=lambda one: bool(DEVICE_ONLY.fullmatch(said[one])), default="")
    email = next((stay.email for stay in stays if stay.email), "")
    name = names[best][0] if best else email
    # A row for each join tells more than one from the first join to the last leave.
    timed = list(dict.fromkeys([stay for stay in stays if not stay.whole] or stays))
    intervals = _union((one.starts, one.ends) for one in timed if one.starts and one.ends)
    roles = {stay.role for stay in stays}
    return Attendee(
        name,
        best,
        email,
        (_seconds(timed, intervals) + 30) // 60,
        Role.ORGANIZER
        if host and host in (fold(email), fold(name))
        else next(role for role in Role if role in roles),
        any(stay.guest or names[stay.said][1] for stay in stays),
        intervals,
    )


def _seconds(stays: Sequence[Stay], intervals: Iterable[Interval]) -> int:
    """What they stayed: each moment once, and no more than their rows say."""
    said = sum(_length(stay) for stay in stays)
    if any(stay.starts is None for stay in stays):
        return said
    return min(said, sum(int((end - start).total_seconds()) for start, end in intervals))


def _length(stay: Stay) -> int:
    """A row's own seconds: from join to leave, or what it says itself where that is less.

    Rounding (Zoom says whole minutes) is no reason to say less.
    """
    if not stay.starts or not stay.ends:
        return stay.seconds or 0
    elapsed = int((stay.ends - stay.starts).total_seconds())
    if stay.seconds is not None and (stay.whole or elapsed - stay.seconds > 90):
        return min(stay.seconds, elapsed)
    return elapsed


def _union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    joined: list[Interval] = []
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)
