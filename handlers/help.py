"""/help: what can be said, and for administrators, who waits for a role."""

from handlers.chat import values
from handlers.chat.cards import (
    Action,
    Block,
    Card,
    Example,
    Heading,
    Item,
    Reply,
    Table,
    Text,
    Tone,
)
from handlers.chat.context import Context
from handlers.chat.errors import UserError
from handlers.chat.incoming import Incoming
from handlers.chat.router import Command, Router
from handlers.chat.texts import Texts
from storage import people
from storage.engine import Tx
from storage.people import Person, TeamRole

router = Router()

TO_GIVE = (TeamRole.STAFF, TeamRole.MANAGER, TeamRole.MEMBER)


@router.command("help", "aide")
async def help_(msg: Incoming, ctx: Context) -> Reply:
    """All commands, or one of them with its examples."""
    if msg.text:
        command = ctx.router.find_command(msg.text)
        if command is None:
            raise UserError("errors.no_such_command")
        return Reply(of_command(ctx.t, command))
    waiting: list[Person] = []
    if ctx.person.role is TeamRole.ADMIN:
        waiting = await ctx.store.read(_waiting)
    commands = list(ctx.router.commands.values())
    if ctx.person.role is TeamRole.MEMBER:
        return Reply(_of_member(ctx.t, commands))
    return Reply(overview(ctx.t, commands, waiting))


@router.action("role.give")
async def give_role(msg: Incoming, ctx: Context) -> Reply:
    """An administrator says what a new person may do."""
    role = values.text(msg.values, "role")
    if role not in TO_GIVE:
        raise UserError("errors.no_such_button")

    def reply(person: Person) -> Reply:
        text = ctx.t("help.given", name=person.name, role=ctx.t(f"help.role.{person.role}"))
        return Reply(Card(ctx.t("help.role_given"), (Text(text),), tone=Tone.GOOD))

    person = values.whole(msg.values, "person")
    return await ctx.change(people.set_role, reply, person, TeamRole(role), ctx.at, ctx.person)


def summary(t: Texts, command: Command) -> str:
    """A command in one line, for a list."""
    return t(f"help.{command.name}.summary")


def overview(t: Texts, commands: list[Command], waiting: list[Person]) -> Card:
    """Every command, and how to begin."""
    rows = [(one, summary(t, one)) for one in commands]
    blocks: list[Block] = [_role_request(t, person) for person in waiting]
    if waiting:
        blocks.insert(0, Heading(t("help.waiting")))
    return _listed(t, blocks, rows, "help")


def _of_member(t: Texts, commands: list[Command]) -> Card:
    """What is for a member of a community, in the words that they need of it."""
    rows = [(one, t(key)) for one in commands if (key := f"help.for_member.{one.name}") in t.texts]
    return _listed(t, [], rows, "help.for_member")


def _listed(t: Texts, first: list[Block], rows: list[tuple[Command, str]], of: str) -> Card:
    """The commands with what each does; the texts of ``of`` say the rest."""
    words = tuple(("/" + one.word(t.language), says) for one, says in rows)
    blocks = (
        *first,
        Text(t("help.intro")),
        Table(t("help.commands"), (t("help.word"), t("help.what")), words),
        Text(t(f"{of}.more")),
        Heading(t("help.try")),
        *(Example(line) for line in t(f"{of}.lines").splitlines()),
        Text(t(f"{of}.privacy"), muted=True),
    )
    return Card(t("help.title"), blocks)


def of_command(t: Texts, command: Command) -> Card:
    """One command: what it does and lines that show it."""
    text = t(f"help.{command.name}.text")
    examples = t(f"help.{command.name}.lines").splitlines()
    blocks = (Text(summary(t, command)), Text(text), *(Example(line) for line in examples))
    return Card("/" + command.word(t.language), blocks)


def _waiting(tx: Tx) -> list[Person]:
    return [one for one in people.everyone(tx) if one.role is TeamRole.PENDING]


def _role_request(t: Texts, person: Person) -> Item:
    return Item(
        person.name,
        actions=tuple(
            Action(
                t(f"help.role.{role}"),
                "role.give",
                {"person": str(person.id), "role": role},
                hint=person.name,
            )
            for role in TO_GIVE
        ),
    )
