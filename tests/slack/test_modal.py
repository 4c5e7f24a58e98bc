"""A form as a modal: what Slack is given, and what comes back from it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.views import View

from bot.slack.modal import errors, options, submitted, view
from handlers.chat.cards import Form, Input, InputKind
from handlers.chat.texts import Texts
from storage.plan import Language
from tests.slack.limits import option_problems, problems

EN, FR = Texts.load(Language.EN), Texts.load(Language.FR)
CHOICES = (("cda", "CDA"), ("head", "Principal"))


def form(*inputs: Input, title: str = "Log hours") -> Form:
    return Form("log.save", title, inputs, "Log", "Cancel", {"id": "1"})


def modal(*inputs: Input, t: Texts = EN) -> dict[str, Any]:
    made = view(form(*inputs), t, '{"id":"1"}')
    assert problems(made, "view") == []
    return made


def element(one: Input) -> dict[str, Any]:
    return modal(one)["blocks"][-1]["element"]


def notes(one: Input, t: Texts = EN) -> list[str]:
    return [block["elements"][0]["text"] for block in modal(one, t=t)["blocks"][:-1]]


def as_sent(modal: dict[str, Any]) -> dict[str, Any]:
    """The view as Slack sends it when it is submitted just as it was opened."""
    values: dict[str, Any] = {}
    for block in modal["blocks"]:
        if block["type"] == "input":
            asked = block["element"]
            held: dict[str, Any] = {"type": asked["type"]}
            match asked["type"]:
                case "plain_text_input" | "number_input":
                    held["value"] = asked.get("initial_value")
                case "datepicker":
                    held["selected_date"] = asked.get("initial_date")
                case "static_select" | "external_select":
                    held["selected_option"] = asked.get("initial_option")
                case _:
                    held["selected_options"] = asked.get("initial_options", [])
            values[block["block_id"]] = {asked["action_id"]: held}
    return modal | {"id": "V1", "state": {"values": values}}


def test_a_form_has_its_name_words_and_what_it_carries() -> None:
    made = modal(Input("duration", "Duration", required=True, hint="2h15"))
    assert (made["callback_id"], made["private_metadata"]) == ("log.save", '{"id":"1"}')
    assert [made[part]["text"] for part in ("title", "submit", "close")] == [
        "Log hours",
        "Log",
        "Cancel",
    ]
    [block] = made["blocks"]
    assert (block["block_id"], block["optional"]) == ("duration", False)
    assert (block["label"]["text"], block["hint"]["text"]) == ("Duration", "2h15")


def test_a_long_title_is_cut_and_said_whole() -> None:
    title = "A title that is longer than Slack has room for"
    made = view(form(title=title), EN, "")
    assert made["title"]["text"] == "A title that is longer …"
    assert made["blocks"][0]["text"]["text"] == title


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (Input("n", "N", value="a"), {"type": "plain_text_input", "initial_value": "a"}),
        (Input("n", "N", InputKind.LONG_TEXT), {"type": "plain_text_input", "multiline": True}),
        (
            Input("n", "N", InputKind.DATE, "2025-02-11"),
            {"type": "datepicker", "initial_date": "2025-02-11"},
        ),
        (
            Input("n", "N", InputKind.NUMBER, "12"),
            {"type": "number_input", "initial_value": "12", "min_value": "1"},
        ),
        (
            Input("n", "N", InputKind.CHOICE, choices=CHOICES, search="people.find"),
            {
                "type": "external_select",
                "action_id": "search:people.find",
                "min_query_length": 0,
            },
        ),
        (Input("n", "N", InputKind.CHOICES, choices=CHOICES), {"type": "checkboxes"}),
        (Input("n", "N", InputKind.TICK), {"type": "checkboxes"}),
    ],
)
def test_every_kind_has_its_element(one: Input, expected: dict[str, Any]) -> None:
    shown = element(one)
    assert expected.items() <= shown.items()
    assert shown["action_id"] == expected.get("action_id", "n")


def test_a_choice_that_may_be_left_open_can_be_taken_back() -> None:
    one = Input("n", "N", InputKind.CHOICE, "cda", CHOICES)
    labels = [option["text"]["text"] for option in element(one)["options"]]
    assert labels == ["(no answer)", "CDA", "Principal"]
    assert element(one)["initial_option"]["text"]["text"] == "CDA"
    required = Input("n", "N", InputKind.CHOICE, "cda", CHOICES, required=True)
    assert len(element(required)["options"]) == 2
    own = Input("n", "N", InputKind.CHOICE, "", (("", "Nobody"), *CHOICES))
    assert element(own)["initial_option"]["text"]["text"] == "Nobody"
    assert len(element(own)["options"]) == 3


def test_many_choices_are_grouped() -> None:
    many = tuple((str(n), f"Partner {n}") for n in range(250))
    shown = element(Input("n", "N", InputKind.CHOICE, "249", many, required=True))
    assert [len(group["options"]) for group in shown["option_groups"]] == [100, 100, 50]
    assert shown["option_groups"][0]["label"]["text"] == "Partner 0 – Partner 99"
    assert shown["initial_option"]["text"]["text"] == "Partner 249"
    assert element(Input("n", "N", InputKind.CHOICES, "", many))["type"] == "multi_static_select"


@pytest.mark.parametrize("kind", InputKind)
def test_an_error_stands_before_its_input(kind: InputKind) -> None:
    assert notes(Input("n", "N", kind, "", CHOICES, error="Look again")) == ["⚠ Look again"]


def test_what_an_input_cannot_hold_is_said_beside_it() -> None:
    assert notes(Input("n", "N", InputKind.DATE, "Tuesday")) == ["You gave: Tuesday"]
    assert notes(Input("n", "N", InputKind.DATE, "2025-W07-2")) == ["You gave: 2025-W07-2"]
    assert notes(Input("n", "N", InputKind.NUMBER, "0"), FR) == ["Vous avez donné\u00a0: 0"]
    assert notes(Input("n", "N", InputKind.NUMBER, "9" * 5000)) == [
        "You gave: " + "9" * 2990,
        "9" * 2010,
    ]
    assert notes(Input("n", "N", InputKind.CHOICE, "xyz", CHOICES)) == ["You gave: xyz"]
    assert notes(Input("n", "N", InputKind.NUMBER, "3")) == []
    long = Input("n", "N", value="x" * 3100)
    assert element(long)["initial_value"] == "x" * 3000
    assert notes(long) == ["You gave: " + "x" * 2990, "x" * 110]


def test_errors_are_told_by_input() -> None:
    asked = form(Input("a", "A", error="Too long"), Input("b", "B"))
    assert errors(asked) == {"a": "Too long"}


def test_what_a_search_finds_is_a_hundred_options() -> None:
    found = options([(str(n), "x" * n) for n in range(150)])["options"]
    assert len(found) == 100
    assert not [problem for option in found for problem in option_problems(option)]
    held = {"selected_option": found[7], "type": "external_select"}
    sent = {"state": {"values": {"n": {"search:people.find": held}}}}
    assert submitted(sent) == {"n": "7"}


@pytest.mark.parametrize(
    "view",
    [
        {},
        None,
        "view",
        {"state": None},
        {"state": {"values": []}},
        {"state": {"values": {"n": None}}},
        {"state": {"values": {"n": {}}}},
        {"state": {"values": {"n": {"n": {"value": 3}}}}},
        {"state": {"values": {"n": {"n": {"value": "a"}, "m": {"value": "b"}}}}},
        {"state": {"values": {"n": {"n": {"selected_option": {"value": "a"}}}}}},
        {"state": {"values": {"n": {"n": {"selected_option": "=a"}}}}},
        {"state": {"values": {"n": {"n": {"selected_options": [{"value": None}]}}}}},
        {"state": {"values": {"n": {"n": {"selected_options": "=a"}}}}},
    ],
)
def test_what_is_no_submitted_view_is_refused(view: Any) -> None:
    with pytest.raises(ValueError, match=r"^not a submitted view$"):
        submitted(view)


def test_what_was_left_empty_is_empty() -> None:
    values = {
        "text": {"text": {"type": "plain_text_input", "value": None}},
        "day": {"day": {"type": "datepicker", "selected_date": None}},
        "role": {"role": {"type": "static_select", "selected_option": None}},
        "boards": {"boards": {"type": "checkboxes", "selected_options": []}},
    }
    assert submitted({"state": {"values": values}}) == dict.fromkeys(values, "")


words = st.text(min_size=1, max_size=200)
ids = st.text(
    st.characters(exclude_characters=",", exclude_categories=["Cs"]), min_size=1, max_size=149
)


@st.composite
def inputs(draw: st.DrawFn, name: str) -> Input:
    kind = draw(st.sampled_from(InputKind))
    choices = draw(
        st.lists(st.tuples(ids, words), max_size=130, unique_by=lambda choice: choice[0])
    )
    known = [value for value, _ in choices]
    held = {
        InputKind.TEXT: st.text(max_size=3000),
        InputKind.LONG_TEXT: st.text(max_size=3000),
        InputKind.DATE: st.dates().map(str) | st.just(""),
        InputKind.NUMBER: st.integers(1, 10**9).map(str) | st.just(""),
        InputKind.CHOICE: st.sampled_from(["", *known]),
        InputKind.CHOICES: st.sets(st.sampled_from(known)).map(
            lambda some: ",".join(one for one in known if one in some)
        )
        if known
        else st.just(""),
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


@settings(deadline=None)
@given(st.data(), st.integers(1, 8))
def test_what_a_form_holds_comes_back_as_it_was(data: st.DataObject, count: int) -> None:
    asked = [data.draw(inputs(f"input_{n}")) for n in range(count)]
    made = modal(*asked)
    View(**made).to_dict()
    assert submitted(as_sent(made)) == {one.name: one.value for one in asked}
