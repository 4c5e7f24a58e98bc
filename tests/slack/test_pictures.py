"""Pictures in Slack: uploaded beside the message that says the same, for whom that is."""

from handlers.chat.texts import Texts
from storage.plan import Language
from tests.posts import say
from tests.slack.driver import SlackUser
from tests.slack.faults import Fault
from tests.slack.jalon import Jalon
from tests.slack.memory import File
from tests.slack.test_posts import AT


async def picture(jalon: Jalon, user: SlackUser) -> File:
    """The newest picture in a person's own chat."""
    await jalon.workspace.until(
        lambda: next((one for one in user.sees(user.dm) if one.files), None), "a picture"
    )
    return list(jalon.workspace.files.values())[-1]


async def test_a_picture_comes_with_words_that_say_the_same(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash("/progress chart accompaniment")
    said = await alex.reads("By the end of each month")
    assert "0 h of 1,400 h (0%)" in said.text
    shown = await picture(jalon, alex)
    assert (shown.title, shown.name) == ("Accompaniment hours", "Accompaniment hours.png")
    assert shown.content is not None
    assert shown.content.startswith(b"\x89PNG")
    assert shown.alt_text.startswith("Accompaniment hours: 0\u00a0h of 1,400\u00a0h (0%)")


async def test_what_slack_does_not_take_to_say_of_a_picture_is_cut(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash("/progress chart")
    shown = await picture(jalon, alex)
    assert len(shown.alt_text) == 1000
    assert shown.alt_text.endswith("…")
    said = "\n".join(one.text for one in alex.sees())
    assert "Action plan submitted" in said


async def test_asked_for_in_a_channel_it_comes_to_the_own_chat(jalon: Jalon) -> None:
    alex, sam = jalon.user("alex", "Alex Roy"), jalon.user("sam", "Sam Roy")
    team = jalon.workspace.add_channel("team", [alex.user, sam.user])
    await alex.slash("/progress chart", team)
    await picture(jalon, alex)
    assert sam.sees(team) == []


async def test_the_words_come_where_the_picture_cannot(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    jalon.workspace.scopes.discard("files:write")
    await alex.slash("/progress chart accompaniment")
    await alex.reads("0 h of 1,400 h (0%)")
    await jalon.settled()
    assert not any(one.files for one in alex.sees())


async def test_a_post_brings_its_picture_once(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash("/help")
    person = (await jalon.find(alex.user.id)).id
    await jalon.store.write(say, "a", person, "Targets", AT, picture=True)
    await alex.reads("One: 1 of 2")
    await picture(jalon, alex)
    await jalon.restart()
    await jalon.settled()
    assert len([one for one in alex.sees() if one.files]) == 1


async def test_a_post_whose_picture_is_refused_is_said_all_the_same(jalon: Jalon) -> None:
    alex = jalon.user("alex", "Alex Roy")
    await alex.slash("/help")
    person = (await jalon.find(alex.user.id)).id
    jalon.workspace.fail("files.getUploadURLExternal", with_=Fault.error("file_uploads_disabled"))
    await jalon.store.write(say, "a", person, "Targets", AT, picture=True)
    await alex.reads("One: 1 of 2")
    await jalon.settled()
    said = [one for one in alex.sees() if "One: 1 of 2" in one.text]
    assert len(said) == 1
    assert Texts.load(Language.EN)("errors.title") not in said[0].text
