"""Who was at a session is asked in their own chat in Slack, once, and the answer counts."""

from storage.people import TeamRole
from tests.asked import hold, replies
from tests.slack.jalon import Jalon

MAIL = "kayla.buckle@littoral.example"


async def test_the_question_comes_to_the_own_chat_and_its_answer_counts(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    kayla = jalon.user("kayla", "Kayla Buckle", locale="fr-CA", email=MAIL)
    await alex.slash("/help")
    await kayla.slash("/aide")
    await jalon.give(kayla.user.id, TeamRole.MEMBER)
    session = await jalon.store.write(hold, "Kayla Buckle", MAIL)
    await alex.writes("feedback yesterday")
    await alex.press("Ask 1 person who was there")
    question = await kayla.reads("Qu’en avez-vous pensé?")
    assert not any("Qu’en avez-vous" in one.text for one in alex.sees())
    await kayla.press("4 · Bien", question)
    await kayla.reads("Cela compte, sans votre nom.")
    assert await jalon.store.read(replies, session) == (1, 1, 1)
    await jalon.restart()
    await jalon.settled()
    asked = [one for one in kayla.sees() if "Comment était-ce?" in one.text]
    assert asked == []  # the thanks stand in its place, and nothing was asked anew
