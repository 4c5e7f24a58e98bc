"""Whatever happens to deliveries in whatever order, each is as a naive list of them says.

``JALON_EXAMPLES=1000 pytest tests/storage/test_deliveries_properties.py`` looks longer.
"""

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from storage import addresses, deliveries, links
from storage.deliveries import ALWAYS, ASKED_AGAIN, LEASE, Claimed, Post, State
from storage.engine import Tx, writing
from storage.people import TeamRole
from tests.new_database import new_database
from tests.storage.making import NOW, meet

EXAMPLES = int(os.environ.get("JALON_EXAMPLES", "40"))

PLATFORMS = ("slack", "teams")
CHANNELS = tuple((platform, f"{platform}-channel") for platform in PLATFORMS)
ENDED = (State.SENT, State.DROPPED, State.FAILED, State.UNSURE)
NOWHERE = ("", "")


@dataclass
class One:
    """A delivery as the list has it. ``begun``: it may have been said."""

    once: str
    person: int | None
    where: tuple[str, str]
    about: str
    until: int
    free: int
    due: int
    state: State = State.WAITING
    begun: bool = False
    attempts: int = 0
    message: str = ""
    stale: int = 0
    why: str = ""


@dataclass
class Spot:
    """An address: whose, since when they spoke there, and whether it is open."""

    person: int | None
    seen: int
    open: bool = True


class Outbox(RuleBasedStateMachine):
    """Posts are put, claimed, said, lost, given up and changed, while places open and close."""

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.tx = self.opened.enter_context(new_database())
        self.by = meet(self.tx, "Sam", TeamRole.MANAGER)
        self.people = [meet(self.tx, f"Person {n}").id for n in range(3)]
        self.now = NOW
        self.list: list[One] = []  # in the order in which they were put
        self.spots: dict[tuple[str, str], Spot] = {}
        self.joined: dict[int, int] = {}
        self.link = 0
        self.leased: dict[str, int] = {}  # until when each is somebody's, by its key
        for platform, channel in CHANNELS:
            self.speak(platform, None, channel)

    def teardown(self) -> None:
        self.opened.close()

    # What the list says

    def own_chat(self, person: int | None, platforms: tuple[str, ...]) -> tuple[str, str]:
        who = self.joined.get(person, person) if person is not None else None
        theirs = [
            (spot.seen, where)
            for where, spot in self.spots.items()
            if who is not None and spot.person == who and spot.open and where[0] in platforms
        ]
        return max(theirs)[1] if theirs else NOWHERE

    def speak(self, platform: str, person: int | None, id: str) -> None:
        addresses.note(self.tx, platform, id, person, self.now)
        self.spots[platform, id] = Spot(person, self.now)
        self.now += 1  # nobody speaks in two places at once

    def waiting(self) -> list[One]:
        return [one for one in self.list if one.state is State.WAITING]

    def expected(self, platform: str, limit: int) -> list[tuple[str, bool, bool]]:
        """What a claim is to give, each with whether it was begun and is late; and have it so."""
        taken: list[tuple[str, bool, bool]] = []
        order = {one.once: place for place, one in enumerate(self.list)}
        for one in sorted(self.waiting(), key=lambda one: (one.until, order[one.once])):
            if one.where[0] != platform:
                continue
            if one.until < self.now and not one.begun:
                one.state, one.why = State.DROPPED, "late"
            elif one.free <= self.now and len(taken) < limit:
                self._take(one, taken)
        return taken

    def _take(self, one: One, taken: list[tuple[str, bool, bool]]) -> None:
        spot = self.spots.get(one.where)
        if spot is not None and spot.open:
            taken.append((one.once, one.begun, one.until < self.now))
            one.begun, one.free = True, self.now + LEASE
            one.attempts += 1
        elif one.begun:
            self._end(one, State.UNSURE, "closed")
        elif one.person is None:
            self._end(one, State.FAILED, "closed")
        else:
            one.where, one.free = NOWHERE, self.now + ASKED_AGAIN

    def _end(self, one: One, state: State, why: str) -> None:
        one.state, one.begun, one.stale, one.why = state, False, 0, why

    # What happens

    @rule(
        number=st.integers(0, 30),
        to=st.sampled_from([0, 1, 2, 0, 1, 2, *CHANNELS]),
        about=st.sampled_from(["session/1", "session/2", ""]),
        due=st.sampled_from([0, 0, 0, 30, 600]),
        until=st.sampled_from([None, None, 20, 300, 900]),
    )
    def put(
        self, number: int, to: int | tuple[str, str], about: str, due: int, until: int | None
    ) -> None:
        once, starts = f"post/{number}", self.now + due
        ends = ALWAYS if until is None else starts + until
        person = self.people[to] if isinstance(to, int) else None
        channel = None if isinstance(to, int) else to
        post = Post(once, "test.say", {}, person, channel, about, starts if due else 0, ends)
        new = all(one.once != once for one in self.list)
        assert deliveries.put(self.tx, post, self.now) == new
        if new:
            where = channel or self.own_chat(person, PLATFORMS)
            self.list.append(One(once, person, where, about, ends, starts, starts))

    @rule(platform=st.sampled_from(PLATFORMS), limit=st.integers(1, 8))
    def claim(self, platform: str, limit: int) -> None:
        claimed: list[Claimed] = deliveries.claim(self.tx, platform, self.now, limit)
        got = [(one.delivery.post.once, one.again, one.late) for one in claimed]
        assert got == self.expected(platform, limit)
        for one in claimed:
            assert self.leased.get(one.delivery.post.once, 0) <= self.now
            self.leased[one.delivery.post.once] = self.now + LEASE
            assert (one.address.platform, one.address.id) == (
                one.delivery.platform,
                one.delivery.place,
            )
            assert not one.address.closed

    @rule(by=st.sampled_from([1, 10, 40, LEASE, 700]))
    def time_passes(self, by: int) -> None:
        self.now += by

    @rule()
    def killed_and_started_again(self) -> None:
        deliveries.release(self.tx)
        for one in self.waiting():
            if one.begun:
                one.free = one.due
        self.leased.clear()

    @precondition(lambda self: any(one.begun for one in self.list))
    @rule(
        data=st.data(),
        how=st.sampled_from(
            ["said", "said", "wait", "unclear", State.DROPPED, State.FAILED, State.UNSURE]
        ),
        after=st.sampled_from([1, 60]),
    )
    def attempt_ends(self, data: st.DataObject, how: str, after: int) -> None:
        one = data.draw(st.sampled_from([one for one in self.list if one.begun]))
        id, again = self.kept(one).id, self.now + after
        self.leased.pop(one.once, None)
        if how == "said":
            deliveries.said(self.tx, id, f"m-{one.once}", self.now)
            one.state, one.begun, one.message, one.why = State.SENT, False, f"m-{one.once}", ""
        elif how == "wait":
            deliveries.wait(self.tx, id, again, "ratelimited")
            one.begun, one.free, one.stale, one.why = False, again, 0, "ratelimited"
        elif how == "unclear":
            deliveries.unclear(self.tx, id, again, "timeout")
            one.free, one.why = again, "timeout"
        else:
            deliveries.end(self.tx, id, State(how), self.now, "a reason")
            self._end(one, State(how), "a reason")

    @rule(about=st.sampled_from(["session/1", "session/2"]))
    def touch(self, about: str) -> None:
        deliveries.touch(self.tx, about)
        for one in self.list:
            if one.about == about and (one.begun or one.message):
                one.stale += 1

    @rule(platform=st.sampled_from(PLATFORMS), limit=st.integers(1, 4), late=st.booleans())
    def show(self, platform: str, limit: int, late: bool) -> None:
        order = {one.once: place for place, one in enumerate(self.list)}
        old = [
            one
            for one in self.list
            if one.stale and one.message and one.where[0] == platform and one.where in self.spots
        ]
        old.sort(key=lambda one: (one.until, order[one.once]))
        found = deliveries.stale(self.tx, platform, limit)
        assert [(one.post.once, one.stale) for one, _ in found] == [
            (one.once, one.stale) for one in old[:limit]
        ]
        for one, kept in zip(old, found, strict=False):
            if late:  # it changed again while it was being shown
                self.touch(one.about)
            deliveries.shown(self.tx, kept[0].id, kept[0].stale)
            one.stale = one.stale if late else 0

    @rule(platforms=st.sampled_from([PLATFORMS, PLATFORMS, ("slack",)]))
    def reach(self, platforms: tuple[str, ...]) -> None:
        deliveries.reach(self.tx, platforms, self.now)
        for one in self.waiting():
            if one.begun or one.person is None:
                continue
            spot = self.spots.get(one.where)
            if spot is None or not spot.open or one.where[0] not in platforms:
                one.where = self.own_chat(one.person, platforms)
            if one.where == NOWHERE and one.until < self.now:
                one.state, one.why = State.DROPPED, "no_chat"

    @rule(platform=st.sampled_from(PLATFORMS), number=st.integers(0, 2))
    def somebody_speaks(self, platform: str, number: int) -> None:
        person = self.people[number]
        self.speak(platform, self.joined.get(person, person), f"chat-{number}")

    @rule(data=st.data(), open=st.booleans())
    def place_opens_or_closes(self, data: st.DataObject, open: bool) -> None:
        where = data.draw(st.sampled_from(sorted(self.spots)))
        spot = self.spots[where]
        if open:
            self.speak(where[0], spot.person, where[1])
        else:
            addresses.close(self.tx, *where, "removed")
            spot.open = False

    @rule()
    def two_are_joined_or_taken_apart(self) -> None:
        kept, other = self.people[:2]
        if self.joined:
            made = links.undo(self.tx, self.link, self.by, self.now)
            self.joined = {}
            # What was spoken since the link was made is to be noted anew: see storage/links.py.
            for where in list(self.spots):
                row = addresses.find(self.tx, *where)
                if row is None:
                    del self.spots[where]
                else:
                    self.spots[where].person = row.person
            assert made.undone == self.now
        else:
            self.link = links.link(self.tx, kept, other, self.by, self.now).id
            self.joined = {other: kept}
            for spot in self.spots.values():
                spot.person = self.joined.get(spot.person or 0, spot.person)
        self.now += 1

    # What must be so

    def kept(self, one: One) -> deliveries.Delivery:
        found = deliveries.get(self.tx, one.once)
        assert found is not None, "nothing is lost"
        return found

    @invariant()
    def each_is_as_the_list_says(self) -> None:
        for one in self.list:
            found = self.kept(one)
            assert (
                (found.platform, found.place),
                found.state,
                found.open,
                found.attempts,
                found.message,
                found.stale,
                found.why,
            ) == (one.where, one.state, one.begun, one.attempts, one.message, one.stale, one.why)
            assert (found.ended is None) == (one.state is State.WAITING)
            assert found.post.person == one.person

    @invariant()
    def the_next_is_known(self) -> None:
        for platform in PLATFORMS:
            free = [one.free for one in self.waiting() if one.where[0] == platform]
            assert deliveries.next_free(self.tx, platform) == (min(free) if free else None)


TestOutbox = Outbox.TestCase
TestOutbox.settings = settings(max_examples=EXAMPLES, stateful_step_count=60, deadline=None)


OLD = (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many)"
    " INSERT INTO deliveries (once, says, about, content, person, platform, place, due, until,"
    " state, free, attempts, open, message, stale, ended, why)"
    " SELECT 'old/' || i, 'test.say', 'session/' || (100 + i), '{}',"
    " CASE i % 2 WHEN 0 THEN :person END, 'slack', 'slack-channel', :at - i, :at - i, CASE i % 4"
    " WHEN 0 THEN 'failed' WHEN 1 THEN 'dropped' ELSE 'sent' END, :at - i, 1, 0,"
    " CASE WHEN i % 4 > 1 THEN 'm-' || i ELSE '' END, 0, :at - i, '' FROM n"
)
LATER = NOW + 10
WORK: dict[str, Callable[[Tx], object]] = {
    "claim": lambda tx: deliveries.claim(tx, "slack", LATER, 8),
    "next_free": lambda tx: deliveries.next_free(tx, "slack"),
    "stale": lambda tx: deliveries.stale(tx, "slack", 8),
    "touch": lambda tx: deliveries.touch(tx, "session/1"),
    "reach": lambda tx: deliveries.reach(tx, PLATFORMS, LATER),
    "release": deliveries.release,
    "put": lambda tx: deliveries.put(tx, Post("new", "test.say"), LATER),
}


def fill(tx: Tx, old: int) -> None:
    """Three that wait, one of them begun; one that was said and is stale; and so many old ones."""
    person = meet(tx, "Alex").id
    addresses.note(tx, *CHANNELS[0], None, NOW)
    for number in range(4):
        about = f"session/{number}"
        post = Post(f"new/{number}", "test.say", channel=CHANNELS[0], about=about)
        deliveries.put(tx, post, NOW)
    first, second = deliveries.claim(tx, "slack", NOW, 2)
    deliveries.said(tx, first.delivery.id, "m", NOW)
    deliveries.touch(tx, "session/0")
    deliveries.unclear(tx, second.delivery.id, NOW + 1, "timeout")
    tx.run(OLD, many=old, person=person, at=NOW)


def steps(tx: Tx, work: Callable[[Tx], object]) -> int:
    """How many steps the database's machine takes for it."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    tx._connection.set_progress_handler(count, 1)
    work(tx)
    tx._connection.set_progress_handler(None, 1)
    return taken


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_what_has_ended_costs_nothing_any_more(
    tmp_path: Path, work: Callable[[Tx], object]
) -> None:
    taken: list[int] = []
    for old in (10, 10_000):
        with writing(tmp_path / str(old)) as tx:
            fill(tx, old)
            taken.append(steps(tx, work))
    assert taken[0] == taken[1]
