"""Holds what every block and input looks like as HTML, and that text is never markup."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.web.render import render
from handlers.chat.cards import (
    Action,
    Block,
    Card,
    Example,
    Facts,
    Form,
    Heading,
    Input,
    InputKind,
    Item,
    Progress,
    Said,
    Style,
    Table,
    Text,
    Tone,
)
from handlers.chat.texts import Texts
from storage.plan import Language
from tests.bot.web.reading import Element, read

EN, FR = Texts.load(Language.EN), Texts.load(Language.FR)
HOSTILE = '<script>alert("1")</script>\'"> & \u202etxt.exe\u202c 🎉 \u05d0'


def show(*blocks: Block, t: Texts = EN) -> Element:
    return read(render(Card("", blocks), t)).one(class_="card")


def ask(one: Input, t: Texts = EN) -> Element:
    return read(render(Form("f", "Title", (one,), "Save", "Cancel"), t)).one(class_="field")


def test_a_card_has_its_title_its_tone_and_its_buttons():
    undo = Action("Undo", "entry.undo", {"id": '1"2'}, Style.DANGER, hint="2.25 h")
    card = read(render(Card("Logged", (), (undo,), Tone.GOOD), EN)).one(class_="card")
    assert card.one("h3").text == "Logged"
    assert "good" in card["class"].split()
    button = card.one("button")
    assert (button["type"], button["data-action"]) == ("button", "entry.undo")
    assert json.loads(button["data-values"]) == {"id": '1"2'}
    assert "danger" in button["class"].split()
    assert button.words == "Undo 2.25 h"
    assert button.one(class_="unseen").words == "2.25 h"


def test_text_and_what_was_said_keep_their_lines():
    assert show(Text("a\nb")).one("p", class_="text").text == "a\nb"
    assert "muted" in show(Text("a", muted=True)).one("p")["class"].split()
    assert show(Said(" a\n\n  b ")).one("blockquote").text == " a\n\n  b "


def test_a_heading_stands_under_the_title():
    assert show(Heading("By board")).one("h4").text == "By board"


def test_facts_are_a_list_of_terms():
    card = show(Facts((("Date", "Tue"), ("With", "EMSB"))))
    assert [one.text for one in card.all("dt")] == ["Date", "With"]
    assert [one.text for one in card.all("dd")] == ["Tue", "EMSB"]


def test_a_table_names_its_columns_and_rows_and_scrolls_by_keyboard():
    card = show(Table("Hours", ("Board", "Hours"), (("EMSB", "2"), ("RSB", "3")), numeric=(1,)))
    region = card.one(role="region")
    assert (region["tabindex"], region["aria-label"]) == ("0", "Hours")
    assert region.one("caption").text == "Hours"
    assert [one.words for one in region.all("th", scope="col")] == ["Board", "Hours"]
    assert [one.words for one in region.all("th", scope="row")] == ["EMSB", "RSB"]
    assert [one.words for one in region.all("td", class_="number")] == ["2", "3"]


@pytest.mark.parametrize(
    ("t", "share", "expected", "says"),
    [
        (EN, 0.746, 0.8, "74.6% of the goal; 80% expected by now"),
        (EN, 0.57, None, "57% of the goal"),
        (EN, 0.7499999, None, "74.9% of the goal"),
        (FR, 0.5, 0.25, "50\u00a0% de la cible; 25\u00a0% attendus à ce jour"),
    ],
)
def test_a_bar_says_in_words_what_it_shows(
    t: Texts, share: float, expected: float | None, says: str
):
    card = show(Progress("Hours", "7 of 10", "Watch", Tone.WARN, share, expected, "detail"), t=t)
    assert card.one("svg", role="img")["aria-label"] == says
    assert len(card.all("line")) == (expected is not None)
    assert "warn" in card.one(class_="status")["class"].split()
    for words in ("Hours", "7 of 10", "Watch", "detail"):
        assert words in card.words


def test_a_bar_never_leaves_its_frame():
    widths = [
        show(Progress("", "", "", Tone.GOOD, share)).one("rect", class_="bar-done")["width"]
        for share in (-0.5, 0.0, 0.4, 1.0, 3.0, 1e-9)
    ]
    assert widths == ["0.0%", "0.0%", "40.0%", "100.0%", "100.0%", "0.0%"]


def test_without_a_figure_there_is_no_bar():
    assert not show(Progress("Survey", "", "No data", Tone.NEUTRAL)).all("svg")


def test_a_struck_item_says_so_in_words_and_keeps_its_buttons():
    card = show(Item("1 h", "voided", struck=True, actions=(Action("Restore", "entry.restore"),)))
    assert card.one("del").text == "1 h"
    assert card.all(class_="unseen")[0].words == "Crossed out:"
    assert card.one("button")["data-action"] == "entry.restore"
    assert not show(Item("1 h")).all("del")


def test_an_example_is_a_button_that_holds_its_line():
    button = show(Example('/log 2h "x"', "like this")).one("button")
    assert button["data-line"] == '/log 2h "x"'
    assert button.words == 'Put in the message box: /log 2h "x"'


def test_a_form_carries_its_name_values_and_inputs():
    form = Form("f", "Log hours", (Input("a", "A"), Input("b", "B")), "Save", "Cancel", {"x": "1"})
    shown = read(render(form, EN)).one("form")
    assert shown["data-form"] == "f"
    assert json.loads(shown["data-values"]) == {"x": "1"}
    assert json.loads(shown["data-names"]) == ["a", "b"]
    assert shown.one(id=shown["aria-labelledby"]).text == "Log hours"
    assert shown.one("button", type="submit").words == "Save"
    assert shown.one("button", data_cancel="").words == "Cancel"


@pytest.mark.parametrize("kind", list(InputKind))
def test_every_input_has_a_label_its_hint_and_its_error(kind: InputKind):
    choices = (("a", "Label"),) if kind in (InputKind.CHOICE, InputKind.CHOICES) else ()
    field = ask(Input("n", "Name", kind, "", choices, True, hint="Hint", error="Error"))
    asked = field if kind is InputKind.CHOICES else field.one(name="n")
    described = {one["id"]: one.words for one in field.all("p")}
    assert [described[id] for id in asked["aria-describedby"].split()] == ["Hint", "Error"]
    assert (asked["aria-invalid"], asked["aria-required"]) == ("true", "true")
    if kind is InputKind.CHOICES:
        assert field.one("legend").words == "Name (required)"
    elif kind is InputKind.TICK:
        assert asked in field.one("label").inside
    else:
        assert field.one("label", **{"for": asked["id"]}).words == "Name (required)"


def test_inputs_show_what_was_typed():
    assert ask(Input("n", "N", InputKind.TEXT, 'a"b')).one("input")["value"] == 'a"b'
    assert ask(Input("n", "N", InputKind.LONG_TEXT, "\na\nb")).one("textarea").text == "\n\na\nb"
    assert ask(Input("n", "N", InputKind.NUMBER, "many")).one("input")["value"] == "many"
    assert ask(Input("n", "N", InputKind.TICK, "yes")).all("input", checked="")
    choices = (("a", "A"), ("b", "B"), ("c", "C"))
    select = ask(Input("n", "N", InputKind.CHOICE, "b", choices, required=True))
    assert select.one("option", selected="")["value"] == "b"
    ticks = ask(Input("n", "N", InputKind.CHOICES, "a,c", choices))
    assert [one["value"] for one in ticks.all("input", checked="")] == ["a", "c"]


def test_a_date_that_is_none_is_given_back_as_text():
    assert ask(Input("n", "N", InputKind.DATE, "2025-01-21")).one("input")["type"] == "date"
    assert ask(Input("n", "N", InputKind.DATE)).one("input")["type"] == "date"
    odd = ask(Input("n", "N", InputKind.DATE, "Tuesday")).one("input")
    assert (odd["type"], odd["value"]) == ("text", "Tuesday")


def test_a_choice_may_be_left_open_once():
    choices = (("a", "A"),)
    assert [one["value"] for one in ask(_choice(choices)).all("option")] == ["", "a"]
    own = (("", "Nobody"), ("a", "A"))
    assert [one.words for one in ask(_choice(own)).all("option")] == ["Nobody", "A"]


def _choice(choices: tuple[tuple[str, str], ...]) -> Input:
    return Input("n", "N", InputKind.CHOICE, choices=choices)


def test_two_forms_on_a_page_do_not_share_ids():
    form = Form("f", "T", (Input("a", "A"),), "Save", "Cancel")
    page = read(render(form, EN, "one") + render(form, EN, "two"))
    ids = [one["id"] for one in page.all() if "id" in one.attributes]
    assert len(ids) == len(set(ids)) == 4


# Every place where text from outside can stand, as a card or form made of one text.
PLACES: dict[str, Callable[[str], Card | Form]] = {
    "title": lambda s: Card(s),
    "text": lambda s: Card("", (Text(s),)),
    "said": lambda s: Card("", (Said(s),)),
    "heading": lambda s: Card("", (Heading(s),)),
    "facts": lambda s: Card("", (Facts(((s, s),)),)),
    "table": lambda s: Card("", (Table(s, (s, s), ((s, s),)),)),
    "progress": lambda s: Card("", (Progress(s, s, s, Tone.BAD, 0.5, 0.5, s),)),
    "item": lambda s: Card("", (Item(s, s), Item(s, s, struck=True))),
    "example": lambda s: Card("", (Example(s, s),)),
    "button": lambda s: Card("", (), (Action(s, s, {s: s}, hint=s),)),
    "form": lambda s: Form(s, s, (), s, s, {s: s}),
    **{
        kind.value: lambda s, kind=kind: Form(
            "f", "T", (Input(s, s, kind, s, ((s, s),), True, s, s),), "Save", "Cancel"
        )
        for kind in InputKind
    },
}


@pytest.mark.parametrize("place", PLACES)
@settings(deadline=None)
@given(text=st.text(min_size=1) | st.just(HOSTILE))
def test_any_text_stays_text(place: str, text: str):
    harmless = read(render(PLACES[place]("x"), EN))
    page = read(render(PLACES[place](text), EN))
    assert _shape(page) == _shape(harmless)
    held = [page.text, *(value for one in page.all() for value in one.attributes.values())]
    assert any(text in one for one in held)


def _shape(page: Element) -> list[tuple[str, list[str]]]:
    """Tags and attribute names: what markup there is, whatever it holds."""
    dropped = {"selected", "checked"}
    return [(one.tag, sorted(one.attributes.keys() - dropped)) for one in page.all()]


def test_text_that_turns_the_direction_around_is_kept_apart():
    for place, make in PLACES.items():
        for one in read(render(make(HOSTILE), EN)).all():
            own = "".join(each for each in one.inside if isinstance(each, str))
            if HOSTILE in own and one.tag != "option":
                assert one.tag == "bdi" or one["dir"] == "auto", (place, one.tag)


def test_ten_thousand_characters_are_shown_whole():
    long = "🎉<b>" * 2500
    assert show(Said(long)).one("blockquote").text == long
