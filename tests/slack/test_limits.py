"""The checker of Slack's limits notices each of them."""

from typing import Any

import pytest

from tests.slack.limits import problems

Json = dict[str, Any]

BUTTON: Json = {
    "type": "button",
    "action_id": "a",
    "text": {"type": "plain_text", "text": "Undo", "emoji": False},
    "value": "{}",
}
TEXT: Json = {"type": "plain_text", "text": "Text"}
OPTION: Json = {"text": TEXT, "value": "1"}


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def rich(text: str) -> Json:
    run = {"type": "text", "text": text}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [run]}]}


def table(rows: int = 2, columns: int = 2, text: str = "x") -> Json:
    cell = {"type": "raw_text", "text": text}
    return {"type": "table", "rows": [[cell] * columns] * rows}


def buttons(*changed: Json, **changes: Any) -> Json:
    return {"type": "actions", "elements": [BUTTON | one for one in changed or (changes,)]}


def ask(**element: Any) -> Json:
    return {"type": "input", "label": TEXT, "element": {"action_id": "a"} | element}


def modal(*blocks: Json, **changes: Any) -> Json:
    return {"type": "modal", "title": TEXT, "submit": TEXT, "blocks": list(blocks)} | changes


def test_what_is_within_the_limits_is_taken() -> None:
    fine = [section("x" * 3000), rich("x"), table(100, 20), buttons(BUTTON)]
    assert problems({"text": "x", "blocks": fine}, "message") == []
    menu = ask(type="static_select", options=[OPTION], initial_option=OPTION)
    assert problems(modal(menu, ask(type="plain_text_input")), "view") == []


@pytest.mark.parametrize(
    "blocks",
    [
        [rich("x")] * 51,
        [section("x" * 3001)],
        [section("")],
        [rich("")],
        [{"type": "rich_text", "elements": []}],
        [rich("x" * 2700)] * 5,
        [{"type": "header", "text": TEXT | {"text": "x" * 151}}],
        [{"type": "section", "fields": [TEXT] * 11}],
        [{"type": "section", "fields": [TEXT | {"text": "x" * 2001}]}],
        [{"type": "section"}],
        [section("x") | {"accesory": BUTTON}],
        [{"type": "context", "elements": [TEXT] * 11}],
        [{"type": "actions", "elements": []}],
        [buttons(*({"action_id": str(n)} for n in range(26)))],
        [buttons(text=TEXT | {"text": "x" * 76})],
        [buttons(value="x" * 2001)],
        [buttons(action_id="x" * 256)],
        [buttons(accessibility_label="x" * 76)],
        [buttons(style="plain")],
        [buttons(), buttons()],
        [rich("x") | {"block_id": "b"}, rich("y") | {"block_id": "b"}],
        [rich("x") | {"block_id": "b" * 256}],
        [table(101)],
        [table(columns=21)],
        [table(text="")],
        [table(), table()],
        [table(rows=50, text="x" * 101)],
        [{"type": "carousel"}],
    ],
)
def test_a_message_beyond_a_limit_is_refused(blocks: list[Json]) -> None:
    assert problems({"text": "x", "blocks": blocks}, "message")


@pytest.mark.parametrize("message", [{}, {"text": " "}, {"text": "x" * 40_001}])
def test_a_message_says_something_and_not_too_much(message: Json) -> None:
    assert problems(message, "message")


@pytest.mark.parametrize(
    "view",
    [
        modal(),
        modal(*[rich("x")] * 101),
        modal(table()),
        modal(title=TEXT | {"text": "x" * 25}),
        modal(submit=TEXT | {"text": "x" * 25}),
        modal(private_metadata="x" * 3001),
        modal(*[rich("é" * 3000)] * 20),
        {"type": "modal", "title": TEXT, "blocks": [ask(type="plain_text_input")]},
        {"type": "page", "blocks": []},
        modal(ask(type="static_select", options=[])),
        modal(ask(type="static_select", options=[OPTION] * 101)),
        modal(ask(type="static_select", options=[OPTION | {"value": ""}])),
        modal(ask(type="static_select", options=[OPTION | {"value": "x" * 151}])),
        modal(ask(type="static_select", options=[OPTION | {"text": TEXT | {"text": "x" * 76}}])),
        modal(ask(type="static_select", options=[OPTION], initial_option=OPTION | {"value": "2"})),
        modal(ask(type="checkboxes", options=[OPTION] * 11)),
        modal(ask(type="checkboxes", options=[OPTION], initial_options=[])),
        modal(ask(type="datepicker", initial_date="Tuesday")),
        modal(ask(type="number_input")),
        modal(ask(type="number_input", is_decimal_allowed=False, min_value="1", initial_value="0")),
        modal(ask(type="plain_text_input", initial_value="x" * 3001)),
        modal(ask(**BUTTON)),
        modal(ask(type="plain_text_input") | {"label": TEXT | {"text": "x" * 2001}}),
    ],
)
def test_a_view_beyond_a_limit_is_refused(view: Json) -> None:
    assert problems(view, "view")
