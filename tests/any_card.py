"""Any card and any form, of any text: what a door has to show without losing any of it."""

from collections.abc import Iterator

from hypothesis import strategies as st

from bot.packing import compact
from handlers.chat.cards import (
    Action,
    Card,
    Example,
    Facts,
    Form,
    Heading,
    Input,
    InputKind,
    Item,
    Picture,
    Progress,
    Said,
    Style,
    Table,
    Text,
    Tone,
)
from handlers.chat.charts import Bullets

SHARES = st.none() | st.floats(-1, 3)


def cards(hostile: str, most: int) -> st.SearchStrategy[Card]:
    """Any card, ``hostile`` text in it; its buttons carry up to ``most`` characters of JSON."""
    words = st.builds(
        lambda text, times: text * times,
        st.text(max_size=30) | st.just(hostile),
        st.sampled_from([1, 1, 1, 1, 40, 400]),
    )
    values = st.dictionaries(st.text("abc", min_size=1), words)
    action = st.builds(
        Action,
        st.text(min_size=1, max_size=100),
        st.text("abc.", min_size=1, max_size=20),
        values.filter(lambda some: len(compact(some)) <= most),
        st.sampled_from(Style),
        words,
    )
    actions = st.just(()) | st.lists(action, max_size=30).map(tuple)
    short = st.text(max_size=30) | st.just(hostile)
    cells = short | st.just(hostile * 40)
    few = st.lists(st.lists(cells, max_size=22).map(tuple), max_size=3).map(tuple)
    many = st.lists(st.lists(short, max_size=22).map(tuple), max_size=3).map(
        lambda some: tuple(some * 40)
    )
    rows = few | few | many
    tones = st.sampled_from(Tone)
    charts = st.builds(lambda title: Bullets(title, (), "", "", ""), words)
    block = st.one_of(
        st.builds(Text, words, st.booleans()),
        st.builds(Said, words),
        st.builds(Heading, words),
        st.builds(Facts, st.lists(st.tuples(words, words), max_size=5).map(tuple)),
        st.builds(Table, words, st.lists(cells, max_size=4).map(tuple), rows, st.just((0, 2))),
        st.builds(Progress, words, words, words, tones, SHARES, SHARES, words, actions),
        st.builds(Item, words, words, st.booleans(), actions),
        st.builds(Example, words, words),
        st.builds(Picture, charts, words, st.just("") | st.just("https://bot.example/x.png")),
    )
    blocks = st.lists(block, max_size=8).map(tuple)
    return st.builds(Card, words, blocks, actions, tones, st.none() | action)


def texts(card: Card) -> Iterator[str]:
    """Every text that is to be shown, the buttons' aside."""
    yield card.title
    for block in card.blocks:
        match block:
            case Text() | Said() | Heading():
                yield block.text
            case Facts():
                yield from (text for row in block.rows for text in row)
            case Table():
                yield block.caption
                yield from (cell for row in (block.header, *block.rows) for cell in row)
            case Progress():
                yield from (block.title, block.text, block.status, block.detail)
            case Item():
                yield from (block.text, block.detail)
            case Example():
                yield from (block.line, block.says)
            case Picture():
                yield block.alt


def squeezed(text: str) -> str:
    return "".join(text.split())


@st.composite
def inputs(draw: st.DrawFn, name: str, longest: int = 149) -> Input:
    """An input that holds a value of its kind; ``longest`` is that of a choice, in characters."""
    words = st.text(min_size=1, max_size=200)
    ids = st.text(
        st.characters(exclude_characters=",", exclude_categories=["Cs"]),
        min_size=1,
        max_size=longest,
    )
    kind = draw(st.sampled_from(InputKind))
    choices = draw(
        st.lists(st.tuples(ids, words), max_size=130, unique_by=lambda choice: choice[0])
    )
    known = [value for value, _ in choices]
    some = st.sets(st.sampled_from(known)) if known else st.just(set[str]())
    held = {
        InputKind.TEXT: st.text(max_size=3000),
        InputKind.LONG_TEXT: st.text(max_size=3000),
        InputKind.DATE: st.dates().map(str) | st.just(""),
        InputKind.NUMBER: st.integers(1, 10**9).map(str) | st.just(""),
        InputKind.CHOICE: st.sampled_from(["", *known]),
        InputKind.CHOICES: some.map(lambda few: ",".join(one for one in known if one in few)),
        InputKind.TICK: st.sampled_from(["", "yes"]),
    }
    search = draw(st.sampled_from(["", "people.find"])) if kind is InputKind.CHOICE else ""
    return Input(
        name,
        draw(words),
        kind,
        draw(held[kind]),
        tuple(choices),
        draw(st.booleans()),
        draw(words | st.just("")),
        draw(words | st.just("")),
        search,
    )


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form of one to eight inputs."""
    asked = tuple(draw(inputs(f"input_{n}", 30)) for n in range(draw(st.integers(1, 8))))
    return Form("log.save", draw(st.text(max_size=300)), asked, "Log", "Cancel", {"id": "1"})
