"""/feedback: totals by a line, questions in the chat without a name, exports of forms."""

import json
from pathlib import Path

import pytest

from handlers.chat.cards import Reply
from handlers.chat.posts import card_of
from handlers.chat.texts import Texts
from handlers.feedback import line
from storage import feedback, posts, rosters, session_sums, sessions
from storage.engine import Tx
from storage.people import Newcomer, TeamRole
from storage.plan import Language
from storage.rosters import Member
from tests.conversation import FRENCH, MANAGER, MEMBER, STAFF, Answer, Chat
from tests.handlers.test_attendance_chat import PLAN_FIRST, PLAN_LAST

SAMPLES = Path(__file__).parents[3] / "shared/samples"
KAYLA = Newcomer("test", "kayla", "Kayla Buckle", "fr-CA", guest=True, email="k@littoral.example")
MARIE = Newcomer(
    "test", "marie.t", "Marie T.", "en-CA", role=TeamRole.MEMBER, email="marie@emsb.example"
)
PEOPLE = (
    Member("Kayla Buckle", "k@littoral.example", "cda", "LITTORAL"),
    Member("Marie Tremblay", "marie@emsb.example", "cda", "EMSB"),
    Member("Noémie Côté", "n@littoral.example", "cda", "LITTORAL"),
)
FORM = """ID,Start time,Completion time,Email,Name,"Overall, how satisfied are you?",Comments
1,11/6/24 12:10:01,11/6/24 12:12:01,anonymous,,5,good
2,11/6/24 12:10:02,11/6/24 12:12:02,anonymous,,4,
3,11/6/24 12:10:03,11/6/24 12:12:03,anonymous,,5,
4,11/6/24 12:10:04,11/6/24 12:12:04,anonymous,,2,too long
5,11/6/24 12:10:05,11/6/24 12:12:05,anonymous,,3,
6,11/6/24 12:10:06,11/6/24 12:12:06,anonymous,,,
"""


@pytest.fixture
async def workshop(chat: Chat) -> Chat:
    """A conversation with a workshop that is over, to which two of the chat and one other came."""
    await chat.say("/help", KAYLA)
    await chat.say("/help", MARIE)
    for one in PEOPLE:
        form = await chat.say(f"/people add {one.name}, {one.email}", MANAGER)
        await chat.submit(form, MANAGER, role=one.role, board=one.board)
    asked = await chat.say("/workshop 3h Family engagement 2024-11-06")
    await chat.press(asked, "PD workshops")
    await chat.say("/attendance 2024-11-06 Kayla Buckle, Marie Tremblay, Noémie Côté")
    return chat


async def numbers(chat: Chat) -> tuple[int, int, int]:
    """Asked, answered and positive of the only session."""

    def read(tx: Tx) -> tuple[int, int, int]:
        (session,) = sessions.found(tx, "", PLAN_FIRST, PLAN_LAST, limit=9)
        one = session_sums.of_session(tx, session.id)
        return one.asked, one.answered, one.positive

    return await chat.store.read(read)


async def opened(chat: Chat, who: Newcomer = STAFF) -> Answer:
    return await chat.press(await chat.say("/feedback", who), "This one", who)


async def told(chat: Chat) -> dict[int, Answer]:
    """What waits to be said, by the number of the person whom it is for."""
    found = await chat.store.read(posts.waiting, ("test",))
    cards = {one.address.person: card_of(one.card) for one in found}
    return {id: Answer(Reply(card)) for id, card in cards.items() if id}


@pytest.mark.parametrize(
    ("said", "numbers", "words"),
    [
        ("8 of 14, 7 positive", (8, 14, 7), ""),
        ("8/14 7 positive", (8, 14, 7), ""),
        ("8 sur 14, 7 positives, atelier d'hier", (8, 14, 7), "atelier d'hier"),
        ("family engagement 8 of 14 7 positive", (8, 14, 7), "family engagement"),
        ("7 positive, 8 out of 14 for PLC", (8, 14, 7), "PLC"),
        ("#12 8 de 14, positives : 7", (8, 14, 7), "#12"),
        ("family engagement", (None, None, None), "family engagement"),
        ("", (None, None, None), ""),
    ],
)
def test_a_line_says_three_numbers_and_a_session(
    said: str, numbers: tuple[int | None, ...], words: str
) -> None:
    read = line.read(said)
    assert (read.answered, read.asked, read.positive) == numbers
    assert read.words == words


async def test_totals_are_recorded_for_the_session_that_is_proposed(workshop: Chat) -> None:
    asked = await workshop.say("/feedback 8 of 14, 7 positive")
    assert await numbers(workshop) == (0, 0, 0)
    done = await workshop.press(asked, "This one")
    assert await numbers(workshop) == (14, 8, 7)
    assert await workshop.hours("pd-feedback") == 7 / 8
    gone = await workshop.press(done, "Undo")
    assert await numbers(workshop) == (0, 0, 0)
    await workshop.press(gone, "Restore")
    assert await numbers(workshop) == (14, 8, 7)
    await workshop.say("/retroaction 9 sur 14, 7 positives, family engagement", FRENCH)
    assert await numbers(workshop) == (14, 9, 7)


@pytest.mark.parametrize(
    "said",
    ["9 of 8, 3 positive", "8 of 14, 9 positive", "8 of 14", "7 positive", "0 of 0, 0 positive"],
)
async def test_numbers_that_cannot_be_are_said_kindly(workshop: Chat, said: str) -> None:
    refused = await workshop.say(f"/feedback {said}")
    assert "how many answered" in refused.text
    assert said in refused.text
    assert await numbers(workshop) == (0, 0, 0)


async def test_totals_can_be_typed_in_a_form(workshop: Chat) -> None:
    form = await workshop.press(await opened(workshop), "Type totals")
    assert form.form.inputs[0].value == "3"
    wrong = await workshop.submit(form, asked="3", answered="4", positive="x")
    assert [bool(one.error) for one in wrong.form.inputs] == [False, False, True]
    wrong = await workshop.submit(form, asked="3", answered="4", positive="1")
    assert "More cannot have answered" in wrong.text
    await workshop.submit(form, asked="3", answered="3", positive="2")
    assert await numbers(workshop) == (3, 3, 2)


async def test_below_five_replies_only_a_manager_in_their_own_chat_sees_how(workshop: Chat) -> None:
    await workshop.say("/feedback 4 of 14, 3 positive, family engagement")
    for who, direct, shown in (
        (STAFF, True, False),
        (MANAGER, True, True),
        (MANAGER, False, False),
    ):
        workshop.direct = direct
        text = (await opened(workshop, who)).text
        assert ("Positive" in text) == shown
        assert ("Fewer than five" in text) == (not shown)


async def test_those_who_came_are_asked_once_each_in_their_language(workshop: Chat) -> None:
    card = await opened(workshop)
    asked = await workshop.press(card, "Ask 2 people who were there")
    assert await numbers(workshop) == (2, 0, 0)
    assert "Ask" not in " ".join(asked.labels)
    questions = await told(workshop)
    assert len(questions) == 2
    assert {one.card.title for one in questions.values()} == {
        Texts.load(language)("feedback.title.question") for language in Language
    }
    await workshop.press(card, "Ask 2 people who were there")
    assert len(await told(workshop)) == 2


async def test_an_answer_counts_without_a_name(workshop: Chat) -> None:
    await workshop.press(await opened(workshop), "Ask 2 people who were there")
    questions = await told(workshop)
    for question in questions.values():
        who = KAYLA if "Comment" in question.card.title else MARIE
        score = "5 · Très bien" if who is KAYLA else "2 · Not so good"
        thanks = await workshop.press(question, score, who)
        again = await workshop.press(question, score, who)
        assert again.reply.refused
        assert "5" not in thanks.text
        assert "2" not in thanks.text
    assert await numbers(workshop) == (2, 2, 1)

    def kept(tx: Tx) -> list[str]:
        return [row["reply"] for row in tx.rows("SELECT reply FROM inbound")]

    replies = [
        one for one in await workshop.store.read(kept) if "Thank you" in one or "Merci" in one
    ]
    assert len(replies) == 2
    assert not any('"score"' in one or "Très bien" in one for one in replies)


async def test_a_comment_is_read_by_nobody_below_five_replies(workshop: Chat) -> None:
    await workshop.press(await opened(workshop), "Ask 2 people who were there")
    question = next(q for q in (await told(workshop)).values() if "How was it" in q.card.title)
    form = await workshop.press(question, "With a comment", MARIE)
    assert (await workshop.submit(form, MARIE, score="", comment="x")).reply.refused
    assert (await workshop.submit(form, MARIE, score="4", comment="x" * 5000)).reply.refused
    await workshop.submit(form, MARIE, score="4", comment="More time, please")
    assert await numbers(workshop) == (2, 1, 1)
    assert "More time" not in (await opened(workshop)).text
    session = (await workshop.store.read(sessions.found, "", PLAN_FIRST, PLAN_LAST, limit=1))[0].id
    assert await workshop.store.read(feedback.answers, session) == [(4, "More time, please")]


async def test_who_was_not_asked_cannot_answer(workshop: Chat) -> None:
    await workshop.press(await opened(workshop), "Ask 2 people who were there")
    question = next(iter((await told(workshop)).values()))
    label = question.labels[0]
    assert (await workshop.press(question, label, STAFF)).reply.refused
    assert (await workshop.press(question, label, MARIE, tampered={"score": "9"})).reply.refused
    assert await numbers(workshop) == (2, 0, 0)


async def test_an_export_is_previewed_and_its_counts_taken_in(workshop: Chat) -> None:
    dropped = await workshop.drop(FORM)
    assert "6 replies" in dropped.text
    shown = await workshop.press(dropped, "This one")
    assert "Overall, how satisfied are you?" in shown.text
    assert "Nothing is stored yet" in shown.text
    done = await workshop.press(shown, "Take in")
    assert await numbers(workshop) == (6, 5, 3)
    same = await workshop.press(
        await workshop.press(await workshop.drop(FORM), "This one"), "Take in"
    )
    assert "nothing has changed" in same.text
    await workshop.press(done, "Undo")
    assert await numbers(workshop) == (0, 0, 0)


async def test_what_is_positive_is_chosen_and_remembered(workshop: Chat) -> None:
    shown = await workshop.press(await workshop.drop(FORM), "This one")
    form = await workshop.press(shown, "Another question or answers")
    form = await workshop.submit(form, question="0")
    (positive,) = form.form.inputs
    assert {label for id, label in positive.choices if id in positive.value.split(",")} == {
        "4 (1)", "5 (2)"
    }  # fmt: skip
    three = [id for id, label in positive.choices if label[0] in "345"]
    chosen = await workshop.submit(form, positive=",".join(three))
    await workshop.press(chosen, "Take in")
    assert await numbers(workshop) == (6, 5, 4)
    again = await workshop.press(await workshop.drop(FORM + "7,a,b,anonymous,,3,\n"), "This one")
    assert "As chosen last time" in again.text


async def test_an_export_for_a_session_without_attendance_asks_how_many_were_asked(
    chat: Chat,
) -> None:
    await chat.press(await chat.say("/workshop 3h Budget 2024-11-06"), "PD workshops")
    shown = await chat.press(await chat.drop(FORM), "This one")
    form = await chat.press(shown, "Take in")
    await chat.submit(form, asked="12")
    assert await numbers(chat) == (12, 5, 3)


async def test_forged_exports_are_refused(workshop: Chat) -> None:
    dropped = await workshop.drop(FORM)
    for forged in ({"pending": "{}"}, {"pending": "x"}, {"session": "99999"}):
        assert (await workshop.press(dropped, "This one", tampered=forged)).reply.refused
    shown = await workshop.press(dropped, "This one")
    pending = json.loads(shown.card.actions[0].values["pending"])
    pending["replies"] = 10**9
    forged = {"pending": json.dumps(pending)}
    assert (await workshop.press(shown, "Take in", tampered=forged)).reply.refused
    assert await numbers(workshop) == (0, 0, 0)


async def test_members_of_communities_take_nothing_in(workshop: Chat) -> None:
    assert (await workshop.say("/feedback 8 of 14, 7 positive", MEMBER)).reply.refused
    assert (await workshop.drop(FORM, MEMBER)).reply.refused
    card = await opened(workshop)
    for label in card.labels:
        assert (await workshop.press(card, label, MEMBER)).reply.refused


@pytest.mark.skipif(not SAMPLES.exists(), reason="the samples are not beside this checkout")
async def test_the_samples_give_what_is_expected_of_them(workshop: Chat) -> None:
    expected = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
    for name, say in expected.items():
        if "replies" not in say:
            continue
        dropped = await workshop.drop((SAMPLES / name).read_bytes(), STAFF, name=name)
        await workshop.press(await workshop.press(dropped, "This one"), "Take in")
        positive = say.get("positive", say.get("positive_4_or_5"))
        asked, *rest = await numbers(workshop)
        assert rest == [say["answered"], positive]
        assert asked == max(say["replies"], 3)
    assert len(await workshop.store.read(rosters.everyone)) == 3
