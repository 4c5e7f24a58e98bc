"""A form in Teams: what each input is given, and what comes back from it."""

from typing import Any

import pytest

from bot.teams import forms
from bot.teams.forms import CANCEL, found, origin, render, submitted
from handlers.chat.cards import Form, Input, InputKind
from handlers.chat.texts import Texts
from tests.teams.people import Json
from tests.teams.reading import elements, inputs, plain, pressables, words
from tests.teams.showing import EN, FR, problems

CHOICES = (("cda", "CDA"), ("head", "Principal"))


def card(*asked: Input, t: Texts = EN) -> Json:
    made = render(Form("log.save", "Log hours", asked, "Log", "Cancel", {"id": "1"}), t, "a:1")
    assert problems(made) == []
    return made


def element(one: Input) -> Json:
    [made] = inputs(card(one))
    return made


def notes(one: Input, t: Texts = EN) -> list[str]:
    """What stands over the input."""
    said = words(card(one, t=t))[1:]
    label = plain(inputs(card(one, t=t))[0]["label"])
    return [plain(text) for text in said][: [plain(text) for text in said].index(label)]


def test_a_form_has_its_name_words_and_what_it_carries() -> None:
    made = card(Input("duration", "Duration", required=True, hint="2h15"), Input("day", "Day"))
    assert words(made) == ["Log hours", "Duration", "2h15", "Day"]
    submit, cancel = pressables(made)
    sent = {"jalon": {"values": {"id": "1"}, "form": ["duration", "day"], "origin": "a:1"}}
    assert (submit["verb"], submit["title"], submit["data"]) == ("log.save", "Log", sent)
    assert (cancel["verb"], cancel["title"], cancel["data"]) == (CANCEL, "Cancel", sent)
    assert "associatedInputs" not in submit
    assert cancel["associatedInputs"] == "none"
    first, second = inputs(made)
    assert (first["id"], first["isRequired"]) == ("duration", True)
    assert first["errorMessage"] == "Please answer this."
    assert "isRequired" not in second


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (Input("n", "N", value="a"), {"type": "Input.Text", "isMultiline": False, "value": "a"}),
        (Input("n", "N", value="a\nb"), {"isMultiline": True, "value": "a\nb"}),
        (Input("n", "N", InputKind.LONG_TEXT), {"type": "Input.Text", "isMultiline": True}),
        (Input("n", "N", InputKind.DATE, "2025-02-11"), {"value": "2025-02-11"}),
        (Input("n", "N", InputKind.NUMBER, "12"), {"type": "Input.Number", "value": 12, "min": 1}),
        (
            Input("n", "N", InputKind.CHOICE, choices=CHOICES, search="people.find"),
            {
                "style": "filtered",
                "choices.data": {"type": "Data.Query", "dataset": "people.find"},
            },
        ),
        (
            Input("n", "N", InputKind.CHOICES, "head,cda", CHOICES),
            {"style": "expanded", "isMultiSelect": True, "value": "head,cda"},
        ),
        (
            Input("n", "N", InputKind.TICK, "yes"),
            {"choices": [{"title": "Yes", "value": "yes"}], "value": "yes"},
        ),
    ],
)
def test_every_kind_has_its_input(one: Input, expected: Json) -> None:
    assert expected.items() <= element(one).items()


def test_a_choice_that_may_be_left_open_can_be_taken_back() -> None:
    one = Input("n", "N", InputKind.CHOICE, "cda", CHOICES)
    assert [choice["title"] for choice in element(one)["choices"]] == [
        "(no answer)",
        "CDA",
        "Principal",
    ]
    required = Input("n", "N", InputKind.CHOICE, "cda", CHOICES, required=True)
    assert len(element(required)["choices"]) == 2
    own = Input("n", "N", InputKind.CHOICE, "", (("", "Nobody"), *CHOICES))
    assert len(element(own)["choices"]) == 3


def test_many_choices_are_found_by_typing() -> None:
    many = tuple((str(n), f"Partner {n}") for n in range(250))
    shown = element(Input("n", "N", InputKind.CHOICE, "249", many, required=True))
    assert (shown["style"], shown["value"], len(shown["choices"])) == ("filtered", "249", 250)


def test_more_choices_than_fit_are_cut_but_for_the_chosen_one() -> None:
    many = tuple((str(n), f"Partner {n} " + "x" * 80) for n in range(2000))
    made = card(Input("n", "N", InputKind.CHOICE, "1999", many, required=True))
    [shown] = inputs(made)
    assert shown["value"] == shown["choices"][-1]["value"] == "1999"
    assert f"Only the first {len(shown['choices'])} choices are listed." in words(made)


@pytest.mark.parametrize("kind", InputKind)
def test_an_error_is_said_over_its_input_and_in_its_label(kind: InputKind) -> None:
    made = card(Input("n", "N", kind, "", CHOICES, error="Not so"))
    error = next(one for one in elements(made) if one.get("inlines"))
    assert error["inlines"][0]["text"] == "⚠ Not so"
    assert error["inlines"][0]["color"] == "attention"
    assert inputs(made)[0]["label"] == "N (look again)"


def test_what_an_input_cannot_hold_is_said_beside_it() -> None:
    assert notes(Input("n", "N", InputKind.DATE, "Tuesday")) == ["You gave: Tuesday"]
    assert notes(Input("n", "N", InputKind.DATE, "2025-W07-2")) == ["You gave: 2025-W07-2"]
    assert notes(Input("n", "N", InputKind.NUMBER, "0"), FR) == ["Vous avez donné : 0"]
    assert notes(Input("n", "N", InputKind.CHOICE, "xyz", CHOICES)) == ["You gave: xyz"]
    assert notes(Input("n", "N", InputKind.CHOICES, "cda,xyz", CHOICES)) == ["You gave: cda,xyz"]
    assert notes(Input("n", "N", InputKind.NUMBER, "3")) == []


def test_a_long_value_is_kept_whole_as_long_as_a_card_holds_it() -> None:
    assert element(Input("n", "N", value="x" * 20_000))["value"] == "x" * 20_000
    cut = Input("n", "N", value="x" * 30_000)
    assert element(cut)["value"] == "x" * 3999 + "…"
    assert notes(cut) == ["Only the beginning of a long answer is shown."]


def test_what_the_inputs_hold_comes_as_text() -> None:
    sent = {"values": {"id": "1"}, "form": ["a", "b", "c", "d"], "origin": "a:1"}
    data = {"jalon": sent, "a": "text", "b": 12, "c": 3.0, "other": "not asked"}
    assert submitted(data) == ({"id": "1"}, {"a": "text", "b": "12", "c": "3", "d": ""})
    assert origin(data) == "a:1"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"jalon": None},
        {"jalon": {"values": {}, "origin": ""}},
        {"jalon": {"values": {}, "form": "a", "origin": ""}},
        {"jalon": {"values": {"a": 1}, "form": [], "origin": ""}},
        {"jalon": {"values": {}, "form": [1], "origin": ""}},
        {"jalon": {"values": {}, "form": [], "origin": None}},
    ],
)
def test_what_is_no_form_of_ours_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match=r"^not a submitted form$"):
        submitted(data)


@pytest.mark.parametrize("held", [True, ["a"], {"a": "b"}, float("nan"), float("inf")])
def test_what_no_input_holds_is_refused(held: Any) -> None:
    sent = {"values": {}, "form": ["a"], "origin": ""}
    with pytest.raises(ValueError, match=r"^not what an input holds$"):
        submitted({"jalon": sent, "a": held})


def test_what_a_search_found_has_titles_and_values() -> None:
    assert found([("7", "Marie")]) == [{"title": "Marie", "value": "7"}]
    assert forms.CANCEL == "teams.cancel"
