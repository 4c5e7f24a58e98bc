"""/feedback: totals by a line, questions in the chat without a name, exports of forms."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from handlers.chat.incoming import Dropped, Incoming, Kind, Place
from handlers.chat.texts import Texts
from storage import feedback, session_sums, sessions
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


async def participants(chat: Chat) -> int:
    """How many came to the only session."""

    def read(tx: Tx) -> int:
        (session,) = sessions.found(tx, "", PLAN_FIRST, PLAN_LAST, limit=9)
        return session_sums.of_session(tx, session.id).participants

    return await chat.store.read(read)


async def opened(chat: Chat, who: Newcomer = STAFF) -> Answer:
    return await chat.press(await chat.say("/feedback", who), "This one", who)


async def told(chat: Chat) -> dict[str, Answer]:
    """What was said by itself, by the id of the person whom it was for."""
    return {place.removeprefix("direct-"): one for place, one in await chat.posted()}


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
    ("said", "why"),
    [
        ("9 of 8, 3 positive", "More cannot have answered"),
        ("8 of 14, 9 positive", "More cannot be positive"),
        ("8 of 14", "How many of them were positive?"),
        ("8 of 14, 57% positive", "How many of them were positive?"),
        ("7 positive", "How many answered, of how many"),
        ("0 of 0, 0 positive", "At least one"),
    ],
)
async def test_numbers_that_cannot_be_are_said_kindly(workshop: Chat, said: str, why: str) -> None:
    refused = await workshop.say(f"/feedback {said}")
    assert why in refused.text
    assert said in refused.text
    assert "/feedback 8 of 14, 7 positive" in refused.text
    assert await numbers(workshop) == (0, 0, 0)


async def test_totals_say_what_they_replace(workshop: Chat) -> None:
    done = await workshop.say("/feedback 8 of 14, 7 positive, family engagement")
    assert "In place of" not in done.text
    done = await workshop.say("/feedback 9 of 14, 7 positive, workshop on 2024-11-06")
    assert "In place of what was there: 8 of 14, 7 positive." in done.text
    assert "Edit" in done.labels
    same = await workshop.say("/feedback 9 of 14, 7 positive, family engagement")
    assert "In place of" not in same.text
    back = await workshop.press(same, "Undo")
    assert await numbers(workshop) == (14, 8, 7)
    assert "Put back" in back.text


@pytest.mark.parametrize(
    "said",
    [
        "#{id} 8/14, 7 positive",
        "8 sur 14, 7 positives, atelier du 6 novembre",
        "workshop family engagement 8 of 14 7 positive",
        "14 asked, 8 answered, 7 of them positive, Nov 6",
    ],
)
async def test_a_session_that_is_named_is_not_asked_for(workshop: Chat, said: str) -> None:
    (session,) = await workshop.store.read(sessions.found, "", PLAN_FIRST, PLAN_LAST, limit=9)
    done = await workshop.say(f"/feedback {said.replace('{id}', str(session.id))}")
    assert done.card.title == "Recorded"
    assert await numbers(workshop) == (14, 8, 7)


async def test_a_session_that_is_not_known_or_not_over_takes_nothing(workshop: Chat) -> None:
    for said in ("zebra", "#99999", "2024-11-07"):
        refused = await workshop.say(f"/feedback 8 of 14, 7 positive, {said}")
        assert "I find no session like that" in refused.text
    await workshop.press(await workshop.say("/workshop 3h Budget 2025-03-05"), "PD workshops")
    refused = await workshop.say("/feedback 8 of 14, 7 positive, budget")
    assert refused.reply.refused
    assert "Budget" in refused.text
    assert "Budget" not in (await workshop.say("/feedback")).text
    (session, _) = await workshop.store.read(sessions.found, "", PLAN_FIRST, PLAN_LAST, limit=9)
    tampered = {"session": str(session.id)}
    asked = await workshop.say("/feedback 8 of 14, 7 positive")
    for name in ("This one",):
        assert (await workshop.press(asked, name, tampered=tampered)).reply.refused
    shown = await workshop.press(await workshop.say("/feedback"), "This one", tampered=tampered)
    assert "not over yet" in shown.text
    assert shown.labels == ["The session"]


async def test_a_word_alone_lists_what_is_known_of_each_session(workshop: Chat) -> None:
    assert "No feedback yet" in (await workshop.say("/feedback")).text
    await workshop.say("/feedback 8 of 14, 7 positive, family engagement")
    await workshop.press(await workshop.say("/workshop 3h Budget 2024-10-02"), "PD workshops")
    listed = await workshop.say("/retroaction", FRENCH)
    assert listed.text.index("Budget") < listed.text.index("Family engagement")
    assert "8 sur 14, 7 positives" in listed.text


async def test_totals_can_be_typed_in_a_form(workshop: Chat) -> None:
    form = await workshop.press(await opened(workshop), "Type totals")
    assert form.form.inputs[0].value == "3"
    assert [bool(one.error) for one in (await workshop.submit(form)).form.inputs] == [
        False, True, True
    ]  # fmt: skip
    wrong = await workshop.submit(form, asked="3", answered="4", positive="x")
    assert [bool(one.error) for one in wrong.form.inputs] == [False, False, True]
    wrong = await workshop.submit(form, asked="3", answered="4", positive="1")
    assert "More cannot have answered" in wrong.text
    done = await workshop.submit(form, asked="3", answered="3", positive="2")
    assert await numbers(workshop) == (3, 3, 2)
    # How few people answered is no secret, and how is.
    assert [one.value for one in (await workshop.press(done, "Edit")).form.inputs] == ["3", "3", ""]
    again = await workshop.press(await opened(workshop, MANAGER), "Edit", MANAGER)
    assert [one.value for one in again.form.inputs] == ["3", "3", "2"]


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
    assert await told(workshop) == {}


async def test_an_answer_counts_without_a_name(workshop: Chat) -> None:
    await workshop.press(await opened(workshop), "Ask 2 people who were there")
    questions = await told(workshop)
    for question in questions.values():
        who = KAYLA if "Comment" in question.card.title else MARIE
        score = "5 · Très bien" if who is KAYLA else "2 · Not so good"
        thanks = await workshop.press(question, score, who)
        for label in (score, question.labels[-1]):
            again = await workshop.press(question, label, who)
            assert again.reply.refused
            assert "anonym" in again.text
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
    again = await workshop.submit(form, MARIE, score="", comment="x")
    assert [bool(one.error) for one in again.form.inputs] == [True, False]
    again = await workshop.submit(form, MARIE, score="4", comment="x" * 5000)
    assert [bool(one.error) for one in again.form.inputs] == [False, True]
    assert (await workshop.submit(form, MARIE, score="4", comment="\0")).reply.refused
    await workshop.submit(form, MARIE, score="4", comment="More time, please")
    assert await numbers(workshop) == (2, 1, 1)
    assert "More time" not in (await opened(workshop)).text
    session = (await workshop.store.read(sessions.found, "", PLAN_FIRST, PLAN_LAST, limit=1))[0].id
    assert await workshop.store.read(feedback.answers, session) == [(4, "More time, please")]


async def test_totals_do_not_bring_to_light_what_one_person_wrote(workshop: Chat) -> None:
    await workshop.press(await opened(workshop), "Ask 2 people who were there")
    question = next(q for q in (await told(workshop)).values() if "How was it" in q.card.title)
    form = await workshop.press(question, "With a comment", MARIE)
    await workshop.submit(form, MARIE, score="4", comment="More time, please")
    await workshop.say("/feedback 8 of 14, 7 positive, family engagement")
    shown = await opened(workshop)
    assert "Answers in the chat: 1 of 2." in shown.text
    assert "More time" not in shown.text
    assert "More time" in (await opened(workshop, MANAGER)).text
    workshop.direct = False
    assert "More time" not in (await opened(workshop, MANAGER)).text


async def test_from_five_answers_on_the_team_reads_the_comments(chat: Chat) -> None:
    people = [
        Newcomer("test", f"p{n}", f"Pat N{n}", email=f"p{n}@emsb.example", role=TeamRole.MEMBER)
        for n in range(5)
    ]
    for one in people:
        await chat.say("/help", one)
        form = await chat.say(f"/people add {one.name}, {one.email}", MANAGER)
        await chat.submit(form, MANAGER, role="cda", board="EMSB")
    await chat.press(await chat.say("/workshop 3h Budget 2024-11-06"), "PD workshops")
    names = ", ".join(one.name for one in people)
    await chat.say(f"/attendance 2024-11-06 {names}")
    asked = await chat.press(await opened(chat), "Ask 5 people who were there")
    assert "Asked in the chat, not answered yet\n5" in asked.text
    for one, question in zip(people, (await told(chat)).values(), strict=True):
        form = await chat.press(question, "With a comment", one)
        await chat.submit(form, one, score="5", comment=f"Thanks from {one.id}")
    shown = await opened(chat)
    assert "Thanks from p3" in shown.text
    assert "Positive\n5" in shown.text
    chat.direct = False
    assert "Thanks" not in (await opened(chat)).text


@pytest.mark.parametrize(
    ("target", "names", "why"),
    [
        ("PD workshops", "", "first say who came"),
        ("PD workshops", "Noémie Côté", "nobody is on the chat with me"),
        ("Workshops for parents and families", "", "Only heads are counted"),
    ],
)
async def test_where_nobody_can_be_asked_it_says_why(
    workshop: Chat, target: str, names: str, why: str
) -> None:
    await workshop.press(await workshop.say("/workshop 3h Budget 2024-10-02"), target)
    if names:
        await workshop.say(f"/attendance 2024-10-02 {names}")
    shown = await workshop.say("/feedback 8 of 14, 7 positive, budget")
    assert why in shown.text
    assert not any("Ask" in label for label in shown.labels)


async def test_a_cancelled_session_asks_nobody(workshop: Chat) -> None:
    card = await opened(workshop)
    await workshop.say("/workshop cancel family engagement")
    assert (await workshop.press(card, "Ask 2 people who were there")).reply.refused
    assert await told(workshop) == {}
    shown = await workshop.press(card, "Type totals")
    assert shown.reply.refused


async def test_who_was_asked_finds_the_question_again(workshop: Chat) -> None:
    assert "Nobody has asked you" in (await workshop.say("/feedback", MARIE)).text
    await workshop.press(await opened(workshop), "Ask 2 people who were there")
    question = await workshop.say("/feedback", MARIE)
    await workshop.press(question, "4 · Good", MARIE)
    assert "Nobody has asked you" in (await workshop.say("/feedback", MARIE)).text
    assert "Comment était-ce?" in (await workshop.say("/retroaction", KAYLA)).text
    assert await numbers(workshop) == (2, 1, 1)


async def test_who_was_not_asked_cannot_answer(workshop: Chat) -> None:
    await workshop.press(await opened(workshop), "Ask 2 people who were there")
    question = next(iter((await told(workshop)).values()))
    label = question.labels[0]
    comment = question.labels[-1]
    assert (await workshop.press(question, label, STAFF)).reply.refused
    assert "Only those who were asked" in (await workshop.press(question, comment, STAFF)).text
    assert (await workshop.press(question, label, MARIE, tampered={"score": "9"})).reply.refused
    assert await numbers(workshop) == (2, 0, 0)


async def taken_in(chat: Chat, content: str | bytes, asked: int, name: str = "x.csv") -> Answer:
    """An export as it is taken in for the session that is proposed."""
    dropped = await chat.drop(content, name=name)
    form = await chat.press(await chat.press(dropped, "This one"), "Take in")
    return await chat.submit(form, asked=str(asked))


async def test_an_export_is_previewed_and_its_counts_taken_in(workshop: Chat) -> None:
    await workshop.say("/attendance 2024-11-06 12 people")
    dropped = await workshop.drop(FORM)
    assert "6 replies" in dropped.text
    assert "Its day fits" in dropped.text
    shown = await workshop.press(dropped, "This one")
    assert "Overall, how satisfied are you?" in shown.text
    assert "4 · 5" in shown.text
    assert f"Asked: the {(came := await participants(workshop))} people who came." in shown.text
    assert "Nothing is stored yet" in shown.text
    assert await numbers(workshop) == (0, 0, 0)
    done = await workshop.press(shown, "Take in")
    assert await numbers(workshop) == (came, 5, 3)
    shown = await workshop.press(await workshop.drop(FORM), "This one")
    assert "taken in for this session already" in shown.text
    assert "nothing has changed" in (await workshop.press(shown, "Take in")).text
    gone = await workshop.press(done, "Undo")
    assert await numbers(workshop) == (0, 0, 0)
    await workshop.press(gone, "Restore")
    assert await numbers(workshop) == (came, 5, 3)


async def test_an_export_says_what_it_replaces(workshop: Chat) -> None:
    await workshop.say("/feedback 8 of 14, 7 positive, family engagement")
    shown = await workshop.press(await workshop.drop(FORM), "This one")
    assert "It takes the place of what is there: 8 of 14, 7 positive." in shown.text
    done = await taken_in(workshop, FORM, 14)
    assert "In place of what was there: 8 of 14, 7 positive." in done.text
    await workshop.press(done, "Undo")
    assert await numbers(workshop) == (14, 8, 7)


async def test_what_is_positive_is_chosen_and_remembered_answer_by_answer(workshop: Chat) -> None:
    without_five = FORM.replace(",,5,", ",,4,")
    shown = await workshop.press(await workshop.drop(without_five), "This one")
    form = await workshop.press(shown, "Positive answers")
    (positive,) = form.form.inputs
    labels = dict(positive.choices)
    assert list(labels.values()) == ["2 (1 reply)", "3 (1 reply)", "4 (3 replies)", "5 (0 replies)"]
    assert [labels[id] for id in positive.value.split(",")] == ["4 (3 replies)", "5 (0 replies)"]
    assert "none of the answers" in (await workshop.submit(form, positive="")).text
    chosen = await workshop.submit(form, positive="1,2,3")
    form = await workshop.press(chosen, "Take in")
    await workshop.submit(form, asked="12")
    assert await numbers(workshop) == (12, 5, 4)
    again = await workshop.press(await workshop.drop(FORM + "7,a,b,anonymous,,1,\n"), "This one")
    assert "as chosen last time" in again.text
    assert "3 · 4 · 5" in again.text


async def test_another_question_can_be_the_one_that_counts(workshop: Chat) -> None:
    rows = "".join(
        f"2024/11/06 12:1{n}:00 PM UTC-5,{said},{often}\n"
        for n, (said, often) in enumerate([("Yes", "a"), ("No", "b"), ("Yes", "a"), ("Yes", "b")])
    )
    dropped = await workshop.drop("Timestamp,Would you come again?,Which group?\n" + rows)
    shown = await workshop.press(dropped, "This one")
    assert "no question in it" in shown.text
    assert "Take in" not in shown.labels
    form = await workshop.press(shown, "Another question")
    assert await workshop.submit(form, question="9")
    unclear = await workshop.submit(form, question="1")
    assert "cannot tell which answers" in unclear.text
    assert "Take in" not in unclear.labels
    shown = await workshop.submit(form, question="0")
    assert "Would you come again?" in shown.text
    # Four replies: which answers there are is seen, and how often each was given is not.
    assert "Positive\n" not in shown.text
    form = await workshop.press(shown, "Positive answers")
    assert [label for _, label in form.form.inputs[0].choices] == ["Yes", "No"]
    form = await workshop.press(shown, "Take in")
    await workshop.submit(form, asked="4")
    assert await numbers(workshop) == (4, 4, 3)


async def test_where_attendance_does_not_say_it_how_many_were_asked_is(chat: Chat) -> None:
    await chat.press(await chat.say("/workshop 3h Budget 2024-11-06"), "PD workshops")
    shown = await chat.press(await chat.drop(FORM), "This one")
    form = await chat.press(shown, "Take in")
    assert "Nobody has said yet how many came" in form.text
    assert "At least 6" in (await chat.submit(form, asked="5")).text
    await chat.submit(form, asked="12")
    assert await numbers(chat) == (12, 5, 3)
    await chat.say("/attendance budget 4")
    again = FORM + "7,11/6/24 12:10:01,11/6/24 12:10:01,anonymous,,5,\n"
    form = await chat.press(await chat.press(await chat.drop(again), "This one"), "Take in")
    assert "Replies: 7. Participants by the attendance: 4." in form.text


async def test_the_session_of_an_export_is_the_one_before_its_replies(workshop: Chat) -> None:
    for day in ("2024-11-13", "2024-10-30", "2025-02-05"):
        asked = await workshop.say(f"/workshop 3h Mental health {day}")
        await workshop.press(asked, "PD workshops")
    dropped = await workshop.drop(FORM.replace("11/6/24", "2024-11-14"))
    assert dropped.text.index("13 Nov") < dropped.text.index("6 Nov") < dropped.text.index("5 Feb")
    form = await workshop.press(dropped, "Another session")
    (first, *_) = await workshop.store.read(
        sessions.found, "Family", PLAN_FIRST, PLAN_LAST, limit=1
    )
    shown = await workshop.submit(form, session=str(first.id))
    assert "Family engagement" in shown.text
    dropped = await workshop.drop(FORM.replace("11/6/24", "2025-02-14"))
    assert "Its day fits" not in dropped.text


async def test_nothing_of_who_replied_or_of_free_text_stays(workshop: Chat) -> None:
    named = FORM.replace("anonymous,", "ana@emsb.example,Ana Roy")
    await taken_in(workshop, named, 9)

    def everything(tx: Tx) -> str:
        tables = tx.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        rows = (tx.rows(f"SELECT * FROM {row['name']}") for row in tables)  # noqa: S608 - every table
        return "\n".join(str(tuple(row)) for table in rows for row in table)

    kept = await workshop.store.read(everything)
    assert "Overall" not in kept
    assert "Ana" not in kept
    assert "too long" not in kept


async def test_one_export_at_a_time_of_a_session_that_is_there(workshop: Chat) -> None:
    file = Dropped("x.csv", len(FORM), FORM.encode())
    place = Place("test", "direct-alex", direct=True)
    both = Incoming(STAFF, place, Kind.DROP, "two", files=(file, replace(file, name="y.csv")))
    assert "One export at a time" in Answer(await workshop.dispatch(both)).text
    assert "I find no session like that" in (await workshop.drop(FORM, text="zebra")).text
    words = "Timestamp,Comments\n2024-11-06 9:00,Thanks\n"
    assert "nothing to count" in (await workshop.drop(words)).text
    many = "Timestamp,Was it useful?\n" + "2024-11-06 9:00,Yes\n" * 10_000
    assert (await workshop.drop(many)).reply.refused


async def test_forged_exports_are_refused(workshop: Chat) -> None:
    dropped = await workshop.drop(FORM)
    for forged in ({"pending": "{}"}, {"pending": "x"}, {"session": "99999"}):
        assert (await workshop.press(dropped, "This one", tampered=forged)).reply.refused
    shown = await workshop.press(dropped, "This one")
    pending = json.loads(shown.card.actions[0].values["pending"])
    question = pending["questions"][0]
    for forged in (
        {"replies": 10**9},
        {"chosen": 7},
        {"questions": [question] * 99},
        {"questions": [{**question, "answered": 7}]},
        {"questions": [{**question, "answers": [["many", 5]]}]},
        {"positive": None},
    ):
        tampered = {"pending": json.dumps(pending | forged)}
        answer = await workshop.press(shown, "Take in", tampered=tampered)
        assert answer.reply.refused
        assert "code" not in answer.text
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
        done = await taken_in(workshop, (SAMPLES / name).read_bytes(), 14, name)
        assert done.card.title == "Taken in"
        positive = say.get("positive", say.get("positive_4_or_5"))
        assert await numbers(workshop) == (14, say["answered"], positive)
