"""Seats by chat: all fit or drawn, confirmed by a person, told, and offered on as they free up."""

from collections.abc import Mapping
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.all import everything
from handlers.chat.cards import Card, Reply
from handlers.chat.posts import Telling
from handlers.chat.texts import Texts
from handlers.communities import drawing
from handlers.communities.draw_checking import check
from storage import communities, people, records, seats
from storage.delivered import latest
from storage.deliveries import Post
from storage.draws import DRAW, Draw
from storage.engine import Tx
from storage.people import Newcomer
from storage.plan import Language
from storage.verify import problems
from tests.conversation import ADMIN, FRENCH, MANAGER, STAFF, Answer, Chat

SCHOOLS = tuple(
    Newcomer("test", f"school-{n}", f"School {n}", "fr-CA" if n == 2 else "en-CA", guest=True)
    for n in range(4)
)


async def send(chat: Chat, who: Newcomer, size: int) -> None:
    opened = await chat.say("/interest new", who)
    first = opened.form.inputs[6].choices[0][0]
    names = "\n".join(f"{who.name} P{n}, teacher, {who.id}-{n}@x.example" for n in range(size))
    await chat.submit(
        opened, who, institution=who.name, sector="public", people=names, project="Calm",
        first=first,
    )  # fmt: skip


async def judge_all(chat: Chat) -> None:
    listed = await chat.say("/interest list", MANAGER)
    for action in [one for block in listed.card.blocks for one in getattr(block, "actions", ())]:
        shown = Answer(Reply(Card("", actions=(action,))))
        one = await chat.press(shown, "Open", MANAGER)
        await chat.submit(await chat.press(one, "Relevant", MANAGER), MANAGER)


async def prepared(chat: Chat, *sizes: int) -> Chat:
    """A community of four seats, and relevant projects of these sizes; the call is closed."""
    await chat.say("/community new Elementary / Primaire, 1 to 4", MANAGER)
    await chat.say("/community open until March 14", MANAGER)
    for who, size in zip(SCHOOLS, sizes, strict=False):
        await send(chat, who, size)
    await judge_all(chat)
    await chat.say("/community close", MANAGER)
    return chat


async def seen(chat: Chat, who: Newcomer = MANAGER) -> Answer:
    said = await chat.say("/community seats", who)
    return await chat.press(said, "Ouvrir" if who is ADMIN else "Open", who)


async def members(chat: Chat) -> list[str]:
    def read(tx: Tx) -> list[str]:
        there = communities.of_name(tx, "Elementary")
        assert there is not None
        return [one.says.name for one in communities.members_on(tx, there.id, chat.now.date())]

    return await chat.store.read(read)


async def drawn(chat: Chat) -> Draw:
    def read(tx: Tx) -> Draw:
        (one,) = (one.says for one in records.every(tx, DRAW) if one.voided is None)
        return one

    return await chat.store.read(read)


async def posts(chat: Chat, says: str) -> list[Post]:
    there = await chat.store.read(latest)
    return [one.post for one in there if one.post.says == says][::-1]


async def card(chat: Chat, post: Post, language: Language = Language.EN) -> Answer | None:
    """What a post says now."""

    def read(tx: Tx) -> Card | None:
        maker = everything().find_post(post.says)
        assert maker is not None
        who = people.get(tx, post.person) if post.person else None
        t = Texts.load(who.language if who else language)
        now = chat.now.astimezone(ZoneInfo("America/Toronto"))
        return maker(tx, Telling(t, chat.plans, now, who), post.values)

    made = await chat.store.read(read)
    return Answer(Reply(made)) if made else None


async def frozen(chat: Chat, *sizes: int) -> Answer:
    await prepared(chat, *sizes)
    asked = await chat.press(await seen(chat), "Freeze the pool", MANAGER)
    return await chat.submit(asked, MANAGER, day="2025-02-13", time="22:00")


async def mixed(chat: Chat, *sizes: int) -> Answer:
    shown = await frozen(chat, *sizes)
    chat.now += timedelta(days=2)
    asked = await chat.press(shown, "Type in the randomness", MANAGER)
    return await chat.submit(asked, MANAGER, typed="41, 05 and 12")


async def test_where_all_fit_seats_are_proposed_without_a_draw(chat: Chat) -> None:
    await prepared(chat, 2, 1)
    shown = await seen(chat)
    for words in ("3 participants of 2 projects for 4 seats", "All fit"):
        assert words in shown.text
    assert "Freeze the pool" not in shown.labels
    proposed = await chat.press(shown, "Propose seats for all", MANAGER)
    assert "Nothing holds until a person confirms it" in proposed.text
    assert await members(chat) == []
    confirmed = await chat.press(proposed, "Confirm", MANAGER)
    assert "Confirmed by Sam Cohen" in confirmed.text
    assert len(await members(chat)) == 3
    undone = await chat.press(confirmed, "Undo the last step", MANAGER)
    assert await members(chat) == []
    again = await chat.press(undone, "Confirm", MANAGER)
    assert await posts(chat, "draw.outcome") == []
    told = await chat.press(again, "Tell everyone", MANAGER)
    assert "Undo the last step" not in told.labels
    assert len(await posts(chat, "draw.outcome")) == 2
    assert (await chat.press(again, "Undo the last step", MANAGER)).reply.refused
    assert await chat.store.read(problems) == []


async def test_a_draw_is_published_before_the_randomness_is_known(chat: Chat) -> None:
    await prepared(chat, 3, 3)
    chat.direct, chat.channel = False, "cop"
    await chat.say("/community here Elementary", MANAGER)
    chat.direct = True
    shown = await seen(chat)
    assert "A draw is needed" in shown.text
    asked = await chat.press(shown, "Freeze the pool", MANAGER)
    for day, time in (("2025-02-12", "10:30"), ("2025-02-11", "22:00"), ("x", "22:00"),
                      ("2025-02-13", "late")):  # fmt: skip
        wrong = await chat.submit(asked, MANAGER, day=day, time=time)
        assert [one.name for one in wrong.form.inputs if one.error] == ["day"]
    wrong = await chat.submit(asked, MANAGER, source=" ")
    assert [one.name for one in wrong.form.inputs if one.error] == ["source"]
    done = await chat.submit(asked, MANAGER, day="2025-02-13", time="22 h")
    text = (await drawn(chat)).frozen
    for words in (drawing.sha256(text), "jalon-draw 1", "Thursday 13 February 2025, 22:00"):
        assert words in done.text
    (post,) = await posts(chat, "draw.published")
    assert post.channel == ("test", "cop")
    public = await card(chat, post)
    assert public is not None
    assert drawing.sha256(text) in public.text
    assert text.replace("\u00a0", " ") in public.text
    assert "School" not in public.text, "numbers of projects, and no name of anyone"
    early = await chat.submit(
        await chat.press(done, "Type in the randomness", MANAGER), MANAGER, typed="1 2 3"
    )
    assert "It cannot be known yet: from " in early.text
    undone = await chat.press(done, "Undo the last step", MANAGER)
    assert "A draw is needed" in undone.text
    assert await card(chat, post) is None


async def test_the_record_repeats_the_draw_and_a_person_confirms_it(chat: Chat) -> None:
    proposed = await mixed(chat, 2, 2, 2)
    says = await drawn(chat)
    record = drawing.read_record(says.drawn)
    assert check(says.drawn) == (record, [])
    assert (says.taken, says.waiting) == (record.taken, record.waiting)
    assert len(says.taken) == 2
    given = await chat.press(proposed, "Record (JSON)", MANAGER)
    file = given.reply.file
    assert file is not None
    assert file.content.decode() == says.drawn
    assert f"jalon draw verify {file.name}" in given.text
    nothing = await chat.press(proposed, "Review", MANAGER)
    review = await chat.submit(nothing, MANAGER, review="One school asks")
    assert "Under review: One school asks" in review.text
    assert await members(chat) == []
    confirmed = await chat.press(review, "Confirm", MANAGER)
    assert "Under review" not in confirmed.text
    assert len(await members(chat)) == 4


async def test_everyone_concerned_is_told_in_their_language(chat: Chat) -> None:
    proposed = await mixed(chat, 2, 2, 2)
    says = await drawn(chat)
    await chat.press(await chat.press(proposed, "Confirm", MANAGER), "Tell everyone", MANAGER)
    outcomes = {int(one.values["interest"]): one for one in await posts(chat, "draw.outcome")}
    assert outcomes.keys() == {id for id, _ in says.pool}
    for id, post in outcomes.items():
        told = await card(chat, post)
        assert told is not None
        french = post.person == await number(chat, SCHOOLS[2])
        if id in says.taken:
            assert ("votre projet a 2 places" if french else "has 2 seats") in told.text
        else:
            place = says.waiting.index(id) + 1
            assert (f"au rang {place}" if french else f"at place {place}") in told.text
        assert ("personne le revoie" if french else "ask a person to review it") in told.text


async def number(chat: Chat, who: Newcomer) -> int:
    found = await chat.store.read(people.find, who.platform, who.id)
    assert found is not None
    return found.id


async def concerned(chat: Chat) -> Mapping[int, Newcomer]:
    """Who sent each interest of the draw."""
    known = [await chat.store.read(people.find, who.platform, who.id) for who in SCHOOLS]
    people_ = {one.id: who for one, who in zip(known, SCHOOLS, strict=True) if one}
    outcomes = await posts(chat, "draw.outcome")
    return {int(one.values["interest"]): people_[one.person or 0] for one in outcomes}


async def test_a_review_is_asked_of_who_confirmed(chat: Chat) -> None:
    proposed = await mixed(chat, 4, 4)
    await chat.press(await chat.press(proposed, "Confirm", MANAGER), "Tell everyone", MANAGER)
    whose = await concerned(chat)
    (waits,) = (await drawn(chat)).waiting
    (post,) = [
        one for one in await posts(chat, "draw.outcome") if one.values["interest"] == str(waits)
    ]
    told = await card(chat, post)
    assert told is not None
    asked = await chat.press(told, "Have a person review it", whose[waits])
    assert "A reason, please" in (await chat.submit(asked, whose[waits], why=" ")).text
    assert (await chat.submit(asked, STAFF, why="No")).reply.refused
    await chat.submit(asked, whose[waits], why="We are two schools")
    (request,) = await posts(chat, "draw.review_asked")
    assert request.person == await number(chat, MANAGER)
    shown = await card(chat, request)
    assert shown is not None
    assert "We are two schools" in shown.text
    assert "Seats: Elementary" in (await chat.press(shown, "Open", MANAGER)).text


async def test_a_withdrawal_has_its_seats_offered_to_the_next(chat: Chat) -> None:
    proposed = await mixed(chat, 4, 4, 4)
    await chat.press(await chat.press(proposed, "Confirm", MANAGER), "Tell everyone", MANAGER)
    whose, says = await concerned(chat), await drawn(chat)
    first, second = whose[says.taken[0]], whose[says.waiting[0]]
    mine = await chat.say("/interest", first)
    asked = await chat.press(mine, _(first, "Withdraw"), first)
    await chat.press(asked, _(first, "Withdraw"), first)
    assert await members(chat) == []
    (post,) = await posts(chat, "community.offer")
    assert post.person == await number(chat, second)
    assert post.until == int(chat.now.timestamp()) + seats.OFFERED_FOR
    offer = await card(chat, post)
    assert offer is not None
    assert (await chat.press(offer, _(second, "Accept"), STAFF)).reply.refused
    await chat.press(offer, _(second, "Decline"), second)
    assert await card(chat, post) is None
    over = await chat.press(offer, _(second, "Accept"), second)
    assert over.reply.refused
    _first, last = await posts(chat, "community.offer")
    third = whose[says.waiting[1]]
    following = await card(chat, last)
    assert following is not None
    accepted = await chat.press(following, _(third, "Accept"), third)
    assert _(third, "Welcome") in accepted.text
    assert len(await members(chat)) == 4
    assert await chat.store.read(problems) == []


def _(who: Newcomer, label: str) -> str:
    """A button as this person reads it."""
    if not who.locale.startswith("fr"):
        return label
    french = {
        "Withdraw": "Retirer", "Accept": "Accepter", "Decline": "Décliner", "Welcome": "Bienvenue",
    }  # fmt: skip
    return french[label]


async def test_nothing_is_settled_while_the_call_is_open_or_twice(chat: Chat) -> None:
    await prepared(chat, 1)
    shown = await seen(chat)
    await chat.say("/community open until March 14", MANAGER)
    assert (await chat.press(shown, "Propose seats for all", MANAGER)).reply.refused


async def test_a_project_of_more_people_than_seats_stops_the_draw(chat: Chat) -> None:
    await prepared(chat, 5, 1)
    asked = await chat.press(await seen(chat), "Freeze the pool", MANAGER)
    refused = await chat.submit(asked, MANAGER)
    assert "more participants than there are seats" in refused.text


async def test_only_managers_draw(chat: Chat) -> None:
    shown = await frozen(chat, 3, 3)
    for who in (STAFF, FRENCH, SCHOOLS[0]):
        assert (await chat.say("/community seats", who)).reply.refused
        for label in ("Type in the randomness", "Record (JSON)", "Undo the last step", "Seats"):
            assert (await chat.press(shown, label, who)).reply.refused
    assert "Figée" in (await seen(chat, ADMIN)).text


@pytest.mark.parametrize("typed", ["", "  ", "—"])
async def test_randomness_has_a_letter_or_a_digit(chat: Chat, typed: str) -> None:
    shown = await frozen(chat, 3, 3)
    chat.now += timedelta(days=2)
    asked = await chat.press(shown, "Type in the randomness", MANAGER)
    assert "Letters or digits" in (await chat.submit(asked, MANAGER, typed=typed)).text
