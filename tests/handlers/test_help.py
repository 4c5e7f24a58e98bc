"""/help: what is shown is what may be said."""

from handlers.chat.cards import Example, Table
from storage.plan import Language
from tests.conversation import MANAGER, MEMBER, STAFF, Answer, Chat


def words(help_: Answer) -> set[str]:
    """The words of the commands that are shown."""
    [table] = [one for one in help_.card.blocks if isinstance(one, Table)]
    return {row[0] for row in table.rows}


async def test_a_member_is_shown_what_members_may_say_and_no_more(chat: Chat) -> None:
    await chat.say("/community open until February 20", MANAGER)
    shown = words(await chat.say("/aide", MEMBER))
    for command in chat.dispatch.router.commands.values():
        word = "/" + command.word(Language.FR)
        answer = await chat.say(word, MEMBER)
        assert answer.reply.refused != (word in shown), (word, answer.text)
    assert "/pratique" in shown
    assert "/noter" not in shown


async def test_the_lines_to_try_can_be_said(chat: Chat) -> None:
    for who in (MEMBER, STAFF):
        card = await chat.say("/help", who)
        lines = [one.line for one in card.card.blocks if isinstance(one, Example)]
        assert len(lines) == 3
        for line in lines:
            assert not (await chat.say(line, who)).reply.refused, line


async def test_the_team_is_shown_all(chat: Chat) -> None:
    commands = chat.dispatch.router.commands.values()
    assert words(await chat.say("/help", STAFF)) == {"/" + one.name for one in commands}
