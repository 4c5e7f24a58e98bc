"""/output: by one line and by form, the receipt's buttons, the list, and who may."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.outputs import line
from storage import outputs
from storage.outputs import SITE, Output
from tests.conversation import FRENCH, MANAGER, MEMBER, Chat

URL = "https://example.org/map"
YESTERDAY = date(2025, 2, 11)
MAP = Output("cda-tools", "Asset map", "family engagement", "", False, YESTERDAY, URL)
YEAR = date(2024, 7, 1), date(2025, 6, 30)


async def kept(chat: Chat) -> list[Output]:
    """What the outputs that count say, the newest first."""
    return [one.says for one in await chat.store.read(outputs.found, "")]


async def out(chat: Chat, target: str = "cda-tools") -> int:
    return await chat.store.read(outputs.published, target, *YEAR)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (
            f"/output tool for CDA: Asset map, theme family engagement, {URL}, published yesterday",
            MAP,
        ),
        (
            f"/outil outil pour les ADC : Asset map, thème family engagement, publié hier, {URL}.",
            MAP,
        ),
        (
            f"/output CDA tools: Asset map ({URL}); Theme: family engagement; posted on 2025-02-11",
            MAP,
        ),
        (
            "/outil capsule vidéo : Accueil, première partie, remaniée, objectif lire, écrire",
            Output("capsules", "Accueil, première partie", "", "lire, écrire", True),
        ),
        (
            "/output team tool, Budget for 1,400 hours, new, published today",
            Output("team-tools", "Budget for 1,400 hours", published=date(2025, 2, 12)),
        ),
        (
            "/outil mise à jour du site : Petite enfance, note une page, mise en ligne aujourd’hui",
            Output(SITE, "Petite enfance", published=date(2025, 2, 12), note="une page"),
        ),
        ("/output website: Theme of the month", Output(SITE, "Theme of the month")),
        ("/output Capsules: Café 2:30", Output("capsules", "Café 2:30")),
        (
            f"/output new tool for CDAs: Asset map, learning objective: to map, link: {URL}, "
            "published Nov 12, 2024",
            Output("cda-tools", "Asset map", "", "to map", False, date(2024, 11, 12), URL),
        ),
        (
            "/outil nouvel outil pour les ADC : « Carte », objectif d’apprentissage : lire, "
            f"publié le 3 février, disponible à {URL}",
            Output("cda-tools", "Carte", "", "lire", False, date(2025, 2, 3), URL),
        ),
        (
            "/output revamped capsule: Title: Part 2, 2024 edition posted last Friday, theme: arts",
            Output("capsules", "Part 2, 2024 edition", "arts", "", True, date(2025, 2, 7)),
        ),
        (
            "/outil capsule vidéo : Accueil, date de publication : 1er mars 2019",
            Output("capsules", "Accueil", published=date(2019, 3, 1)),
        ),
        (
            "/output capsule: Guide to published works, published by Sam",
            Output("capsules", "Guide to published works, published by Sam"),
        ),
        ("/output capsule: 😀", Output("capsules", "😀")),
    ],
)
async def test_what_one_line_says_is_recorded(chat: Chat, said: str, says: Output) -> None:
    card = await chat.say(said)
    assert card.card.title == "Recorded"
    assert await kept(chat) == [says]


@pytest.mark.parametrize(
    ("said", "filled"),
    [
        ("/output", {"title": "", "target": ""}),
        ("/output Asset map", {"title": "Asset map", "target": ""}),
        ("/output capsule", {"title": "", "target": "capsules"}),
        ("/output song: Asset map", {"title": "song: Asset map", "target": ""}),
        ("/output capsule: Map, published last week", {"title": "Map", "published": ""}),
        ("/output capsule: Map, published Wednesday", {"title": "Map", "published": ""}),
        ("/output capsule: Map, published", {"title": "Map", "published": ""}),
        ("/output capsule: Map, published in 2024", {"title": "Map, published in 2024"}),
        (
            "/output capsule: Map, published yesterday with Lou",
            {"title": "Map", "published": "2025-02-11", "note": "Lou"},
        ),
        (f"/output tool for CDAs Map {URL}", {"title": "Map", "target": "cda-tools", "url": URL}),
        ("/outil Carte, outil pour les ADC", {"title": "Carte", "target": "cda-tools"}),
        ("/output capsule: Map, published 2031-01-01", {"title": "Map", "published": ""}),
        (f"/output capsule: Map, {URL}, https://example.org/b", {"title": "Map", "url": URL}),
        ("/outil liste d’outils : Map", {"title": "liste d’outils : Map"}),
    ],
)
async def test_what_one_line_leaves_open_is_asked_by_form(
    chat: Chat, said: str, filled: dict[str, str]
) -> None:
    form = (await chat.say(said)).form
    assert {one.name: one.value for one in form.inputs if one.name in filled} == filled
    assert not any(one.error for one in form.inputs)
    assert await kept(chat) == []


async def test_too_long_a_line_comes_back_in_the_form_with_what_is_wrong(chat: Chat) -> None:
    form = (await chat.say("/output capsule: " + "a" * 1001)).form
    errors = {one.name: one.error for one in form.inputs if one.error}
    assert errors == {"title": "That is more than 1,000 characters; please say it in fewer."}


async def test_a_link_without_its_start_is_asked_about(chat: Chat) -> None:
    form = (await chat.say("/output capsule: Map, www.example.org")).form
    assert {one.name: one.value for one in form.inputs if one.error} == {"url": "www.example.org"}


async def test_the_form_records_and_says_what_is_wrong(chat: Chat) -> None:
    form = await chat.say("/output")
    form = await chat.submit(
        form, target="accompaniment-hours", url="learn", published="2025-02-13"
    )
    assert {one.name for one in form.form.inputs if one.error} == {
        *("target", "title", "url", "published")
    }
    card = await chat.submit(
        form, target="cda-tools", title=" Asset  map ", url=URL, published="2025-02-11"
    )
    assert card.labels == ["Undo", "Edit"]
    assert await kept(chat) == [Output("cda-tools", "Asset map", published=YESTERDAY, url=URL)]


async def test_what_is_missing_is_said_and_one_press_away(chat: Chat) -> None:
    card = await chat.say("/output tool for CDAs: Asset map")
    assert "once it has a link" in card.text
    assert "once it has a date" in card.text
    card = await chat.press(card, "Tuesday 11 February 2025")
    assert "once it has a date" not in card.text
    assert await out(chat) == 0
    card = await chat.submit(await chat.press(card, "Add the link"), url=URL)
    assert "once it has" not in card.text
    assert card.reply.replace
    assert await out(chat) == 1


@pytest.mark.parametrize(
    ("day", "waits"), [("2024-06-30", True), ("2024-07-01", False), ("2019-01-01", True)]
)
async def test_a_day_that_no_plan_with_the_target_covers_is_said(
    chat: Chat, day: str, waits: bool
) -> None:
    card = await chat.say(f"/output capsule: Map, {URL}, published {day}")
    assert ("No action plan covers that day" in card.text) == waits


async def test_an_update_of_the_site_misses_nothing(chat: Chat) -> None:
    card = await chat.say("/output site update: Early years")
    assert "once it has" not in card.text


async def test_undo_takes_back_and_restores(chat: Chat) -> None:
    said = f"/output tool for CDAs: Asset map, {URL}, published yesterday"
    card = await chat.press(receipt := await chat.say(said), "Undo")
    assert "no longer counts" in card.text
    assert await out(chat) == 0
    card = await chat.press(card, "Restore")
    assert await out(chat) == 1
    again = await chat.press(receipt, "Undo")
    assert again.reply.refused
    assert await out(chat) == 1


async def test_undo_after_an_edit_puts_back_what_was_there(chat: Chat) -> None:
    said = f"/output tool for CDAs: Asset map, {URL}, published yesterday"
    card = await chat.say(said)
    card = await chat.submit(await chat.press(card, "Edit"), target="team-tools", revamped="yes")
    assert "Revamped" in card.text
    assert (await out(chat), await out(chat, "team-tools")) == (0, 1)
    await chat.press(card, "Undo")
    assert (await out(chat), await out(chat, "team-tools")) == (1, 0)


async def test_delivered_twice_it_is_recorded_once(chat: Chat) -> None:
    first = await chat.say("/output capsule: Welcome", key="same")
    assert await chat.say("/output capsule: Welcome", key="same") == first
    assert len(await kept(chat)) == 1


async def test_the_list_has_pages_and_changes_in_place(chat: Chat) -> None:
    for number in range(8):
        await chat.say(f"/output capsule: Part {number}")
    card = await chat.say("/output list")
    assert "Newer" not in card.labels
    card = await chat.press(card, "Older")
    assert card.labels.count("Void") == 2
    card = await chat.press(card, "Void")
    assert "Restore" in card.labels
    assert card.labels.count("Void") == 1
    assert len(await kept(chat)) == 7
    card = await chat.press(card, "Restore")
    assert card.labels.count("Void") == 2
    card = await chat.submit(await chat.press(card, "Edit"), title="Part one")
    assert "Part one" in card.text
    assert card.labels.count("Void") == 2
    assert card.reply.replace
    assert len(await kept(chat)) == 8


async def test_the_last_one_of_a_list_is_shown_voided_and_can_be_restored(chat: Chat) -> None:
    await chat.say("/output capsule: Welcome")
    card = await chat.press(await chat.say("/output list"), "Void", FRENCH)
    assert "Rien ici" not in card.text
    assert card.labels == ["Rétablir"]
    restarted = Chat(chat.store)
    assert "Void" in (await restarted.press(card, "Rétablir", MANAGER)).labels
    assert (await chat.press(card, "Rétablir", FRENCH)).reply.refused


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("/output list", ["Asset map", "Accueil", "Early years"]),
        ("/outil liste", ["Asset map", "Accueil", "Early years"]),
        ("/output list capsules", ["Accueil"]),
        ("/output list tools for CDAs", ["Asset map"]),
        ("/outil liste accueil", ["Accueil"]),
        ("/output list zebra", []),
    ],
)
async def test_the_list_by_target_and_by_words(chat: Chat, said: str, shown: list[str]) -> None:
    await chat.say("/output cda tool: Asset map")
    await chat.say("/outil capsule : Accueil", FRENCH)
    await chat.say("/output site: Early years")
    card = await chat.say(said)
    titles = ("Asset map", "Accueil", "Early years")
    assert [title for title in titles if f"· {title}" in card.text] == shown


async def test_staff_change_each_others(chat: Chat) -> None:
    await chat.say("/outil capsule : Accueil", FRENCH)
    form = await chat.press(await chat.say("/output list", MANAGER), "Edit", MANAGER)
    await chat.submit(form, MANAGER, title="Welcome")
    assert [one.title for one in await kept(chat)] == ["Welcome"]


async def test_members_see_and_record_nothing(chat: Chat) -> None:
    receipt = await chat.say("/output capsule: Welcome")
    listed = await chat.say("/output list")
    form = await chat.say("/output")
    answers = [
        await chat.say("/output capsule: Mine", MEMBER),
        await chat.say("/output", MEMBER),
        await chat.say("/output list", MEMBER),
        await chat.submit(form, MEMBER, target="capsules", title="Mine"),
        *[await chat.press(receipt, label, MEMBER) for label in receipt.labels],
        *[await chat.press(listed, label, MEMBER) for label in listed.labels],
    ]
    assert all(answer.reply.refused for answer in answers)
    assert not any("Welcome" in answer.text for answer in answers)
    assert [one.title for one in await kept(chat)] == ["Welcome"]


@pytest.mark.parametrize(
    "tampered",
    [{"id": "99"}, {"id": "x"}, {"version": "9"}, {"day": "2031-01-01"}, {"day": "soon"}],
)
async def test_a_button_that_was_tampered_with_changes_nothing(
    chat: Chat, tampered: dict[str, str]
) -> None:
    receipt = await chat.say("/output capsule: Welcome")
    answer = await chat.press(receipt, "Tuesday 11 February 2025", tampered=tampered)
    assert answer.reply.refused
    assert await kept(chat) == [Output("capsules", "Welcome")]


@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(
            ["capsule", ":", ", ", "theme ", "published ", "hier", " 2024", URL, "(", "new", "\n"]
        )
    ).map("".join)
)
def test_any_line_can_be_read(said: str) -> None:
    read = line.read(said, today=YESTERDAY, target_of=lambda words: "capsules" * ("cap" in words))
    assert not read.plain or (read.says.target and read.says.title)
    assert read.says.published is None or read.says.published <= YESTERDAY
