"""A card in Slack: each block as it is shown, pages beyond the limits, and text that stays text."""

import html
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.kit import decode, encode
from bot.slack.limits import Surface
from bot.slack.render import Rendered, pages
from handlers.chat.cards import (
    Action,
    Block,
    Card,
    Example,
    Facts,
    Heading,
    Item,
    Progress,
    Said,
    Style,
    Table,
    Text,
    Tone,
)
from handlers.chat.texts import Texts
from tests.slack.showing import EN, FR, HOSTILE, show


def blocks(*said: Block, surface: Surface = Surface.MESSAGE, t: Texts = EN) -> list[Any]:
    [page] = show(Card("", said), surface, t)
    return page.blocks


def rich(*runs: tuple[str, str], inside: str = "rich_text_section") -> dict[str, Any]:
    """A block of text, each run with its style."""
    elements = [
        {"type": "text", "text": text} | ({"style": {style: True}} if style else {})
        for text, style in runs
    ]
    return {"type": "rich_text", "elements": [{"type": inside, "elements": elements}]}


def plain_text(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def test_a_card_has_its_title_and_its_buttons() -> None:
    undo = Action("Undo", "entry.undo", {"id": "7"}, Style.DANGER, hint="2.25 h")
    [page] = show(Card("Logged", (), (undo, Action("Edit", "entry.edit"))))
    assert page.blocks == [
        {"type": "header", "text": plain_text("Logged")},
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "action_id": "entry.undo#0",
                    "text": plain_text("Undo"),
                    "value": '{"id":"7"}',
                    "style": "danger",
                    "accessibility_label": "Undo 2.25 h",
                },
                {
                    "type": "button",
                    "action_id": "entry.edit#1",
                    "text": plain_text("Edit"),
                    "value": "{}",
                },
            ],
        },
    ]
    assert page.text == "Logged"


def test_text_is_never_read_as_markup() -> None:
    assert blocks(Text(HOSTILE)) == [rich((HOSTILE, ""))]
    assert blocks(Text(HOSTILE, muted=True)) == [
        {"type": "context", "elements": [plain_text(HOSTILE)]}
    ]
    assert blocks(Heading(HOSTILE)) == [rich((HOSTILE, "bold"))]


def test_what_was_said_is_quoted_with_its_lines() -> None:
    said = " a\n\n  b "
    assert blocks(Said(said)) == [rich((said, ""), inside="rich_text_quote")]


@pytest.mark.parametrize(("t", "label"), [(EN, "Date:"), (FR, "Date\u00a0:")])
def test_facts_have_bold_labels(t: Texts, label: str) -> None:
    facts = Facts((("Date", "Tue"), ("", "more")))
    expected = rich((label, "bold"), (" Tue\n", ""), ("more", ""))
    assert blocks(facts, t=t) == [expected]


def test_a_table_is_native_in_a_message() -> None:
    caption, table = blocks(Table("By board", ("Board", "Hours"), (("EMSB", "2"), ("", "3")), (1,)))
    assert caption == rich(("By board", "bold"))
    assert table == {
        "type": "table",
        "rows": [
            [rich(("Board", "bold")), rich(("Hours", "bold"))],
            [{"type": "raw_text", "text": "EMSB"}, {"type": "raw_text", "text": "2"}],
            [{"type": "raw_text", "text": " "}, {"type": "raw_text", "text": "3"}],
        ],
        "column_settings": [
            {"align": "left", "is_wrapped": True},
            {"align": "right", "is_wrapped": True},
        ],
    }


def test_a_table_in_a_view_is_lines_with_aligned_columns() -> None:
    table = Table("By board", ("Board", "Hours"), (("EMSB", "2"), ("Riverside", "30")), (1,))
    lines = "Board      Hours\nEMSB           2\nRiverside     30"
    assert blocks(table, surface=Surface.VIEW) == [
        rich(("By board", "bold")),
        rich((lines, ""), inside="rich_text_preformatted"),
    ]


def test_a_table_of_too_many_columns_or_too_long_a_text_is_lines() -> None:
    wide = Table("", tuple("abcdefghijklmnopqrstu"), ())
    assert blocks(wide)[0]["elements"][0]["type"] == "rich_text_preformatted"
    long = Table("", ("a",), (("x" * 7000,),))
    assert {one["elements"][0]["type"] for one in blocks(long)} == {"rich_text_preformatted"}


def progress(**changed: Any) -> Progress:
    said = {"title": "Hours", "text": "7 of 10", "status": "watch", "tone": Tone.WARN}
    return Progress(**(said | {"share": 0.7, "expected": 0.8, "detail": "detail"} | changed))


def test_a_target_has_its_bar_and_its_button_beside_it() -> None:
    [section] = blocks(progress(title="R&D", actions=(Action("Open", "open", hint="Hours"),)))
    assert section["text"] == {
        "type": "mrkdwn",
        "text": "*R&amp;D* · 🟡 watch\n██████████░░│░░░ 7 of 10\ndetail",
        "verbatim": True,
    }
    assert section["accessory"]["accessibility_label"] == "Open Hours"


def test_a_target_whose_words_read_as_markup_is_shown_as_they_are() -> None:
    words, buttons = blocks(progress(title=HOSTILE, actions=(Action("Open", "open"),)))
    line = " · 🟡 watch\n██████████░░│░░░ 7 of 10\ndetail"
    assert words == rich((HOSTILE, "bold"), (line, ""))
    assert buttons["type"] == "actions"


@pytest.mark.parametrize(
    "words", ["a <!here> b", "> a", "*a*", "_a_", "~a~", "`a`", "so :tada: it is", "a\nb"]
)
@pytest.mark.parametrize("place", ["title", "text", "status", "detail"])
def test_no_word_of_a_target_reads_as_markup(place: str, words: str) -> None:
    shown = blocks(progress(**{place: words}, actions=(Action("Open", "open"),)))
    assert [block["type"] for block in shown] == ["rich_text", "actions"]


@pytest.mark.parametrize(
    ("share", "expected", "bar"),
    [
        (0.0, None, "░" * 15),
        (0.9999, 1.0, "█" * 14 + "░│"),
        (3.0, -1.0, "│" + "█" * 15),
        (-0.5, None, "░" * 15),
    ],
)
def test_a_bar_stays_in_its_frame(share: float, expected: float | None, bar: str) -> None:
    [shown] = blocks(progress(share=share, expected=expected, detail=""))
    assert shown == rich(("Hours", "bold"), (f" · 🟡 watch\n{bar} 7 of 10", ""))


def test_without_a_figure_there_is_no_bar() -> None:
    [shown] = blocks(progress(share=None, status="", text="Goal: 3", detail=""))
    assert shown == rich(("Hours", "bold"), ("\nGoal: 3", ""))


def test_a_struck_item_is_crossed_out_and_keeps_its_buttons() -> None:
    item = Item("1 h", "with the CDA", struck=True, actions=(Action("Restore", "restore"),))
    words, buttons = blocks(item)
    assert words == rich(("1 h", "strike"), ("\nwith the CDA", ""))
    assert buttons["elements"][0]["action_id"] == "restore#0"
    assert show(Card("", (item,)))[0].text == "✗ 1 h\nwith the CDA"


def test_an_example_is_code() -> None:
    assert blocks(Example("/log 2h", "like this")) == [
        rich(("/log 2h", "code"), ("  like this", ""))
    ]


def test_the_fallback_says_the_same_in_words() -> None:
    card = Card(
        "Logged",
        (
            Text("<!channel> & co"),
            Facts((("Date", "Tue"),)),
            Table("By board", ("Board", "Hours"), (("EMSB", "2"),)),
            progress(),
            Item("1 h", "detail"),
            Example("/log 2h", "like this"),
        ),
    )
    assert show(card)[0].text == (
        "Logged\n&lt;!channel&gt; &amp; co\nDate – Tue\nBy board\nBoard · Hours\nEMSB · 2\n"
        "Hours · watch · 7 of 10\ndetail\n1 h\ndetail\n/log 2h – like this"
    )


def test_a_fallback_that_is_too_long_is_cut_between_characters() -> None:
    for length in range(10):
        [page] = show(Card("x" * length, (Text("&" * 3000),)))
        assert len(page.text) <= 4000
        assert html.escape(html.unescape(page.text), quote=False) == page.text
        assert page.text.endswith("&amp;…")


def test_a_long_text_is_cut_between_lines_or_words() -> None:
    lines = "\n".join(f"line {n}" for n in range(600))
    first, second = blocks(Text(lines))
    said = [one["elements"][0]["elements"][0]["text"] for one in (first, second)]
    assert "".join(said) == lines
    assert said[0].endswith("\n")
    words = blocks(Text("word " * 1000))
    assert words[0]["elements"][0]["elements"][0]["text"].endswith("word ")


def test_a_long_title_is_said_whole() -> None:
    title = "Title " * 30
    [page] = show(Card(title))
    assert page.blocks[0]["text"]["text"] == title[:149] + "…"
    assert page.blocks[1] == rich((title, "bold"))


def labels(page: Rendered) -> list[str]:
    return [
        one["text"]["text"]
        for block in page.blocks
        if block["type"] == "actions"
        for one in block["elements"]
    ]


def test_a_table_of_three_hundred_rows_has_pages_to_turn() -> None:
    rows = tuple((f"Partner {n}", str(n)) for n in range(300))
    card = Card("Hours", (Table("By partner", ("Partner", "Hours"), rows, (1,)),))
    made = show(card)
    assert len(made) == 4
    for number, page in enumerate(made):
        header, caption, table, at, _ = page.blocks
        assert header["text"]["text"] == "Hours"
        assert caption == rich(("By partner", "bold"))
        assert table["rows"][0][0] == rich(("Partner", "bold"))
        assert at["elements"] == [plain_text(f"Page {number + 1} of 4")]
        assert page.text.endswith(f"Page {number + 1} of 4")
    assert [
        cell["text"] for page in made for row in page.blocks[2]["rows"][1:] for cell in row
    ] == [cell for row in rows for cell in row]
    assert labels(made[0]) == ["Next: By partner"]
    assert labels(made[1]) == ["Back: By partner", "Next: By partner"]
    assert labels(made[3]) == ["Back: By partner"]
    back, on = made[2].blocks[-1]["elements"]
    assert [decode(one["value"]) for one in (back, on)] == [{"page": "1"}, {"page": "3"}]
    assert all(one["action_id"].startswith("slack.page#") for one in (back, on))


def test_pages_say_where_they_lead_in_both_languages() -> None:
    card = Card("T", (Text("x" * 9000), Text("x" * 9000), Table("Par mois", ("Mois",), ())))
    made = show(card, t=FR)
    assert labels(made[0]) == ["Page suivante"]
    assert labels(made[1]) == ["Page précédente"]
    two = Card("T", (Table("Par mois", ("Mois",), ()), Table("Par rôle", ("Rôle",), ())))
    first, second = show(two, t=FR)
    assert labels(first) == ["Suite\u00a0: Par rôle"]
    assert labels(second) == ["Retour\u00a0: Par mois"]


def test_the_cards_own_buttons_stand_on_every_page() -> None:
    items = tuple(Item(f"Entry {n}", actions=(Action("Edit", "edit"),)) for n in range(120))
    made = show(Card("Entries", items, (Action("Undo", "undo"), Action("Close", "close"))))
    assert len(made) > 4
    for page in made:
        assert [one for one in labels(page) if one in ("Undo", "Close")] == ["Undo", "Close"]
        assert labels(page)[0] == "Edit"
    assert sum(labels(page).count("Edit") for page in made) == 120


def test_a_heading_goes_with_what_it_stands_over() -> None:
    texts = [Text(f"text {n}") for n in range(47)]
    card = Card("T", (*texts, Heading("Second"), Item("a", actions=(Action("b", "b"),))))
    first, second = show(card)
    assert rich(("Second", "bold")) not in first.blocks
    assert second.blocks[1] == rich(("Second", "bold"))
    assert labels(first) == ["Next: Second"]
    assert len(show(Card("T", card.blocks[1:]))) == 1


def test_without_turning_the_pages_say_only_which_they_are() -> None:
    made = pages(Card("T", (Text("x" * 14_000),)), EN, Surface.MESSAGE, None)
    assert len(made) == 2
    assert labels(made[0]) == []
    assert made[0].blocks[-1]["elements"] == [plain_text("Page 1 of 2")]


def test_an_empty_card_is_no_failed_send() -> None:
    [page] = pages(Card(""), EN, Surface.MESSAGE, None)
    assert (page.blocks, page.text) == ([], "…")


@given(st.dictionaries(st.text(), st.text()))
def test_a_buttons_values_come_back(values: dict[str, str]) -> None:
    assert decode(encode(values)) == values


@pytest.mark.parametrize(
    "value", ["", "x", "null", "[]", '"a"', '{"a":1}', '{"a":null}', '{"a":{}}', "{", "[" * 5000]
)
def test_what_is_no_buttons_value_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"^not a button's values$"):
        decode(value)
