"""A card in Teams: each block as it is shown, pages beyond the limits, and text that stays text."""

from typing import Any

import pytest

from bot.teams.render import PAGE, message, pages, pressed
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
from tests.teams.checks import objects
from tests.teams.reading import plain, pressables, words
from tests.teams.showing import EN, FR, HOSTILE, show

Looks = dict[str, Any]


def body(*said: Block, t: Texts = EN) -> list[Any]:
    [card] = show(Card("", said), t)
    return card["body"]


def line(*runs: tuple[str, Looks], **settings: Any) -> dict[str, Any]:
    inlines = [{"type": "TextRun", "text": text, **looks} for text, looks in runs]
    return {"type": "RichTextBlock", "inlines": inlines, **settings}


BOLD: Looks = {"weight": "bolder"}


def test_a_card_has_its_title_and_its_buttons() -> None:
    undo = Action("Undo", "entry.undo", {"id": "7"}, Style.DANGER, hint="2.25 h")
    [card] = show(Card("Logged", (), (undo, Action("Edit", "entry.edit")), Tone.GOOD))
    title, row = card["body"]
    assert (title["type"], title["style"]) == ("Container", "good")
    assert title["items"][0]["style"] == "heading"
    assert row["actions"] == [
        {
            "type": "Action.Execute",
            "verb": "entry.undo",
            "data": {"jalon": {"values": {"id": "7"}}},
            "associatedInputs": "none",
            "title": "Undo",
            "style": "destructive",
            "tooltip": "Undo 2.25 h",
        },
        {
            "type": "Action.Execute",
            "verb": "entry.edit",
            "data": {"jalon": {"values": {}}},
            "associatedInputs": "none",
            "title": "Edit",
        },
    ]
    assert (card["lang"], card["fallbackText"]) == ("en", "Logged")
    assert "msteams" not in card


def test_text_is_never_read_as_markup() -> None:
    said = body(Text(HOSTILE), Heading(HOSTILE), Said(HOSTILE), Item(HOSTILE), Example(HOSTILE))
    runs = [one["text"] for one in objects(said) if one["type"] == "TextRun"]
    assert all(one["type"] != "TextBlock" for one in objects(said))
    assert not any("{{" in text or "${" in text for text in runs)
    first = HOSTILE.splitlines()[0]
    assert [plain(text) for text in runs].count(first) == 5


@pytest.mark.parametrize(
    "title", ["Hours & more", "Log: 2 h (so far)", "« Été », l’an", "/log", "Done. Now?", "R&D 5%"]
)
def test_a_title_of_plain_words_is_a_heading(title: str) -> None:
    [made] = body(Heading(title))
    assert (made["type"], made["style"], made["text"]) == ("TextBlock", "heading", title)


@pytest.mark.parametrize(
    "title", ["*a*", "a_b", "# a", "1. a", "- a", "+ a", "a.org", "http://a", "a@b", "a &amp; b"]
)
def test_a_title_that_could_be_markdown_is_a_text_run(title: str) -> None:
    assert body(Heading(title)) == [line((title, {"size": "medium", "weight": "bolder"}))]


def test_each_line_stands_apart() -> None:
    said = "a\n  b  c\n\nd"
    [quote] = body(Said(said))
    assert quote["style"] == "emphasis"
    assert quote["items"] == [
        line(("a", {})),
        line(("\u00a0 b\u00a0 c", {}), spacing="none"),
        line(("d", {})),
    ]


@pytest.mark.parametrize(("t", "label"), [(EN, "Date:"), (FR, "Date\u00a0:")])
def test_facts_have_bold_labels(t: Texts, label: str) -> None:
    assert body(Facts((("Date", "Tue"), ("", "more"))), t=t) == [
        line((label, BOLD), (" ", {}), ("Tue", {}), spacing="small"),
        line(("more", {}), spacing="small"),
    ]


def test_a_table_is_native_and_falls_back_to_lines() -> None:
    caption, table = body(Table("By board", ("Board", "Hours"), (("EMSB", "2"), ("", "3")), (1,)))
    assert (caption["text"], caption["style"]) == ("By board", "heading")
    assert words({"body": [table]}) == ["Board | Hours", "EMSB | 2", "\u00a0 | 3"]
    assert "horizontalCellContentAlignment" not in table["columns"][0]
    assert table["columns"][1]["horizontalCellContentAlignment"] == "right"
    fallback = [plain(one) for one in words({"body": [table["fallback"]]})]
    assert fallback == ["Board: EMSB · Hours: 2", "Board: · Hours: 3"]


def test_a_table_too_wide_for_a_phone_is_lines() -> None:
    wide = Table("Wide", tuple("abcde"), (tuple("12345"),))
    _, row = body(wide)
    assert plain(words({"body": [row]})[0]) == "a: 1 · b: 2 · c: 3 · d: 4 · e: 5"
    assert body(Table("None", ("a", "b"), ()))[1]["type"] == "RichTextBlock"


def progress(**changed: Any) -> Progress:
    said = {"title": "Hours", "text": "7 of 10", "status": "watch", "tone": Tone.WARN}
    return Progress(**(said | {"share": 0.7, "expected": 0.8, "detail": "detail"} | changed))


def test_a_target_has_a_bar_its_status_in_word_and_colour_and_its_button_beside_it() -> None:
    [card] = show(Card("", (progress(actions=(Action("Open", "open"),)),)))
    [columns] = card["body"]
    said, button = columns["columns"]
    assert words({"body": said["items"]}) == ["Hours · watch", "7 of 10", "detail"]
    assert said["items"][0]["inlines"][-1]["color"] == "warning"
    bar = said["items"][2]
    assert (bar["type"], bar["value"], bar["max"], bar["color"]) == (
        "ProgressBar",
        70,
        100,
        "Warning",
    )
    assert words({"body": [bar["fallback"]]}) == ["██████████░░│░░░"]
    assert button["items"][0]["actions"][0]["verb"] == "open"
    assert card["msteams"] == {"width": "Full"}


@pytest.mark.parametrize(("share", "value"), [(0.0, 0), (0.9999, 99), (3.0, 100), (-0.5, 0)])
def test_a_bar_never_says_more_than_there_is(share: float, value: int) -> None:
    [bar] = [one for one in objects(body(progress(share=share))) if one["type"] == "ProgressBar"]
    assert bar["value"] == value


def test_without_a_figure_there_is_no_bar() -> None:
    shown = body(progress(share=None, detail=""))
    assert words({"body": shown}) == ["Hours · watch", "7 of 10"]
    assert not [one for one in objects(shown) if one["type"] == "ProgressBar"]


def test_a_struck_item_is_crossed_out_in_words_too() -> None:
    [item] = body(Item("1 h", "with the CDA", struck=True, actions=(Action("Restore", "restore"),)))
    assert item["items"][0] == line(("1 h", {"strikethrough": True}))
    assert words({"body": [item]}) == ["1 h", "No longer counts", "with the CDA"]
    assert item["items"][-1]["actions"][0]["verb"] == "restore"


def test_an_example_is_in_monospace() -> None:
    [made] = body(Example("/log 2h", "like this"))
    assert made["inlines"][0] == {"type": "TextRun", "text": "/log 2h", "fontType": "monospace"}
    assert words({"body": [made]})[0].endswith("like this")


def test_many_buttons_stand_in_rows_that_a_phone_has_room_for() -> None:
    [card] = show(Card("", (), tuple(Action("Option", f"a.{n}") for n in range(7))))
    assert [len(row["actions"]) for row in card["body"]] == [4, 3]
    [card] = show(Card("", (), tuple(Action("A rather long label", "a") for _ in range(2))))
    assert [len(row["actions"]) for row in card["body"]] == [1, 1]


def test_a_card_can_bring_itself_up_to_date() -> None:
    [card] = show(Card("T", refresh=Action("Refresh", "home.open", {"a": "b"})))
    action = card["refresh"]["action"]
    assert (action["type"], action["verb"]) == ("Action.Execute", "home.open")
    assert pressed(action["data"]) == {"a": "b"}


def test_a_long_table_has_pages_to_turn() -> None:
    rows = tuple((f"Partner {n}", str(n)) for n in range(200))
    card = Card(
        "Hours", (Table("By partner", ("Partner", "Hours"), rows),), (Action("All", "all"),)
    )
    made = show(card)
    assert len(made) > 2
    seen: list[str] = []
    for number, page in enumerate(made):
        title, caption, table, own, at, _ = page["body"]
        assert (title["text"], caption["text"]) == ("Hours", "By partner")
        assert own["actions"][0]["verb"] == "all"
        header, *body = words({"body": [table]})
        assert header == "Partner | Hours"
        seen += body
        assert words({"body": [at]}) == [f"Page {number + 1} of {len(made)}"]
    assert seen == [" | ".join(row) for row in rows]
    turning = [one for one in pressables(made[1]) if one["verb"] == PAGE]
    assert [one["title"] for one in turning] == ["Back: By partner", "Next: By partner"]
    assert [pressed(one["data"]) for one in turning] == [{"page": "0"}, {"page": "2"}]
    still = pages(card, EN, None)
    assert not [one for page in still for one in pressables(page) if one["verb"] == PAGE]


def test_a_heading_stays_with_what_it_stands_over() -> None:
    items = tuple(Item("x" * 600, "y" * 600) for _ in range(14))
    for filler in range(0, 8000, 400):
        card = Card("T", (Text("f" * filler), *items, Heading("Head"), Item("z" * 900)))
        [page] = [one for one in show(card) if "Head" in words(one)]
        assert any(text.startswith("z") for text in words(page))


def test_a_long_title_is_said_whole() -> None:
    title = "Title " * 30
    [card] = show(Card(title))
    short, whole = words(card)
    assert short.endswith("…")
    assert whole.strip() == title.strip()


def test_a_message_says_its_title_in_notifications() -> None:
    card = Card("Logged", (Text("2 h"),))
    [made] = show(card)
    assert message(made, card) == {
        "type": "message",
        "summary": "Logged",
        "attachments": [
            {"contentType": "application/vnd.microsoft.card.adaptive", "content": made}
        ],
    }
    assert message(made, Card("x" * 300))["summary"] == "x" * 99 + "…"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"jalon": None},
        {"jalon": {}},
        {"jalon": {"values": {"a": 1}}},
        {"jalon": {"values": []}},
    ],
)
def test_what_is_no_button_of_ours_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match=r"^not a button's values$"):
        pressed(data)
