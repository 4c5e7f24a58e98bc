"""A card or a form in plain text says what it says."""

from handlers.chat.cards import (
    Action,
    Block,
    Card,
    Example,
    Facts,
    Form,
    Heading,
    Input,
    Item,
    Picture,
    Progress,
    Said,
    Table,
    Text,
    Tone,
)
from handlers.chat.charts import Bullets
from handlers.chat.plain import plain


def said(*blocks: Block) -> str:
    return plain(Card("", blocks))


def test_a_card_is_its_title_and_its_blocks_without_buttons() -> None:
    card = Card("Logged", (Text("One"), Heading("Two"), Said(" three\nfour ")), (Action("A", "a"),))
    assert plain(card) == "Logged\nOne\nTwo\n three\nfour "


def test_a_table_is_said_row_by_row() -> None:
    table = Table("By board", ("Board", "Hours"), (("EMSB", "2"), ("", "3")))
    assert said(table) == "By board\nBoard · Hours\nEMSB · 2\n · 3"


def test_facts_are_said_with_their_labels() -> None:
    assert said(Facts((("Date", "Tue"), ("", "and"), ("With", "")))) == "Date – Tue\nand\nWith"


def test_a_target_is_said_with_its_status_word() -> None:
    target = Progress("Hours", "7 of 10", "watch", Tone.WARN, 0.7, 0.8, "at this pace: 9")
    assert said(target) == "Hours · watch · 7 of 10\nat this pace: 9"
    assert said(Progress("Survey", "Goal: 3", "", Tone.NEUTRAL)) == "Survey · Goal: 3"


def test_a_picture_is_said_unless_its_card_says_what_matters() -> None:
    chart = Bullets("Targets", (), "", "", "")
    assert said(Picture(chart, "One: 1 of 2")) == "One: 1 of 2"
    assert said(Picture(chart, "One: 1 of 2", beside=True), Text("Two")) == "Two"


def test_what_no_longer_counts_is_marked() -> None:
    assert said(Item("1 h", "EMSB"), Item("2 h", struck=True)) == "1 h\nEMSB\n✗ 2 h"


def test_an_example_is_said_as_it_is_typed() -> None:
    assert said(Example("/log 2h"), Example("/log 3h", "three")) == "/log 2h\n/log 3h – three"


def test_a_form_is_its_questions_with_what_they_hold() -> None:
    inputs = (Input("a", "Duration", value="2h", error="Look again"), Input("b", "Name"))
    form = Form("f", "Log hours", inputs, "Log", "Cancel")
    assert plain(form) == "Log hours\nDuration – 2h – Look again\nName"
