"""Who was at a session is asked in their own chat in Teams, and the answer counts."""

from storage.people import TeamRole
from tests.asked import hold, replies
from tests.teams.connector import Teams
from tests.teams.jalon import Jalon

MAIL = "kayla.buckle@littoral.example"


async def test_the_question_comes_to_the_own_chat_and_its_answer_counts(
    jalon: Jalon, teams: Teams
) -> None:
    alex = jalon.user("alex", "Alex Roy")
    kayla = jalon.user("kayla", "Kayla Buckle", locale="fr-CA", email=MAIL)
    for one in (alex, kayla):
        await one.installs()
        await one.says("help")
    await kayla.reads("Ce que vous pouvez dire")
    await jalon.give(kayla.user.aad, TeamRole.MEMBER)
    session = await jalon.store.write(hold, "Kayla Buckle", MAIL)
    channel = teams.add_channel("General", [alex.user, kayla.user])
    await alex.installs(channel)
    await alex.says("feedback yesterday", channel)
    await alex.press("Ask 1 person who was there", await alex.reads("Family engagement"))
    question = await kayla.reads("Qu’en avez-vous pensé?")
    assert not any("Qu’en avez-vous" in one.text for one in kayla.sees(channel))
    await kayla.press("Avec un commentaire", question)
    await kayla.form()
    await kayla.submit({"Qu’en avez-vous pensé?": "5 · Très bien"})
    await kayla.reads("Cela compte, sans votre nom.")
    await jalon.settled()
    assert await jalon.store.read(replies, session) == (1, 1, 1)
