"""Holds how the page behaves under the fingers: keys, failures, small screens, hostile text."""

import json
from uuid import UUID

import pytest
from playwright.async_api import Request, expect

from tests.browser.conftest import Chat, Running, Visit, in_browser, sample

pytestmark = in_browser

LOG = "/log 2h15 with a CDA at EMSB today"


def posts(chat: Chat) -> list[str]:
    """The bodies of what the page sends from here on."""
    sent: list[str] = []

    def note(asked: Request) -> None:
        if asked.method == "POST":
            sent.append(asked.post_data or "")

    chat.page.on("request", note)
    return sent


async def test_commands_complete_by_keyboard(chat: Chat):
    await chat.open()
    commands = chat.page.get_by_role("listbox")
    await chat.box.press_sequentially("/")
    await expect(commands).to_be_visible()
    await expect(chat.box).to_have_attribute("aria-expanded", "true")
    first = await chat.box.get_attribute("aria-activedescendant")
    await chat.page.keyboard.press("ArrowDown")
    second = await chat.box.get_attribute("aria-activedescendant")
    assert first != second
    await expect(commands.get_by_role("option", selected=True)).to_have_attribute("id", str(second))
    await chat.page.keyboard.press("ArrowUp")
    await expect(chat.box).to_have_attribute("aria-activedescendant", str(first))

    await chat.page.keyboard.press("Escape")
    await expect(commands).to_be_hidden()
    await expect(chat.box).to_have_value("/")
    await chat.box.press_sequentially("prog")
    await expect(commands.get_by_role("option")).to_have_count(1)
    await chat.page.keyboard.press("Tab")
    await expect(chat.box).to_have_value("/progress ")
    await expect(chat.box).to_be_focused()
    await expect(commands).to_be_hidden()

    await chat.box.fill("/he")
    await chat.page.keyboard.press("Enter")
    await expect(chat.box).to_have_value("/help ")
    await chat.page.keyboard.press("Enter")
    await expect(chat.lines).to_have_count(2)


async def test_shift_enter_starts_a_line_and_up_brings_the_last_one_back(chat: Chat):
    await chat.open("megan", "prt-team")
    await chat.box.press_sequentially("one")
    await chat.page.keyboard.press("Shift+Enter")
    await chat.box.press_sequentially("two")
    await expect(chat.box).to_have_value("one\ntwo")
    await chat.page.keyboard.press("Enter")
    await expect(chat.lines).to_have_count(1)
    await expect(chat.box).to_have_value("")  # the line shows before the box has its answer
    await chat.page.keyboard.press("ArrowUp")
    await expect(chat.box).to_have_value("one\ntwo")


async def test_the_page_can_be_used_without_a_mouse(chat: Chat):
    await chat.open()
    await chat.box.fill(LOG)
    await chat.page.keyboard.press("Enter")
    await expect(chat.lines).to_have_count(2)
    for _ in range(40):
        await chat.page.keyboard.press("Shift+Tab")
        if await chat.last.get_by_role("button", name="Undo").evaluate(
            "one => one === document.activeElement"
        ):
            break
    await chat.page.keyboard.press("Enter")
    await expect(chat.last.locator("del")).to_be_visible()


async def test_nothing_typed_is_lost_while_the_bot_is_away_and_it_is_done_once(
    chat: Chat, running: Running, problems: list[str]
):
    sent = posts(chat)
    await chat.open()
    await running.stop()
    await chat.box.fill(LOG)
    await chat.page.keyboard.press("Enter")
    await expect(chat.trouble).to_contain_text("Not sent")
    await expect(chat.box).to_have_value(LOG)
    await expect(chat.page.get_by_text("Trying again")).to_be_visible()

    await running.start()
    await chat.box.focus()
    await chat.page.keyboard.press("Enter")
    await expect(chat.box).to_have_value("")
    await expect(chat.last).to_contain_text("2.25 h")
    await expect(chat.lines).to_have_count(2)
    await expect(chat.trouble).to_be_hidden()
    await expect(chat.page.get_by_text("Trying again")).to_be_hidden()
    keys = [json.loads(one)["key"] for one in sent]
    assert len(keys) > 1
    assert {str(UUID(key)) for key in keys} == {keys[0]}
    problems[:] = [one for one in problems if "ERR_CONNECTION_REFUSED" not in one]


async def test_a_draft_is_kept_over_a_reload(chat: Chat):
    await chat.open()
    await chat.box.press_sequentially("/log 2h with")
    await chat.page.reload()
    await expect(chat.box).to_have_value("/log 2h with")


async def test_a_card_still_works_after_the_bot_was_restarted(
    chat: Chat, running: Running, problems: list[str]
):
    await chat.open()
    await chat.say(LOG)
    await running.stop()
    await running.start()
    await expect(chat.page.locator("#offline")).to_be_hidden()
    await expect(chat.lines).to_have_count(2)  # what was said stays on the page
    await chat.press("Undo")
    await expect(chat.last.locator("del")).to_be_visible()
    await expect(chat.lines).to_have_count(3)
    problems[:] = [one for one in problems if "ERR_" not in one]


async def test_a_double_click_does_it_once(chat: Chat):
    sent = posts(chat)
    await chat.open()
    await chat.say(LOG)
    sent.clear()
    await chat.last.get_by_role("button", name="Same again").dblclick()
    await expect(chat.lines).to_have_count(3)
    assert len(sent) == 1


@pytest.mark.parametrize("where", ["direct", "prt-team"])
async def test_hostile_text_is_shown_and_does_nothing(chat: Chat, where: str):
    text = "<img src=x onerror=alert(1)><script>alert(2)</script> \u202eexe.txt \u05d0 🎉"
    await chat.open("megan", where)
    await chat.type(text)
    await expect(chat.page.locator(".words").first).to_have_text(text)
    await expect(chat.page.locator(".line .line-body img, .line script")).to_have_count(0)


async def test_ten_thousand_characters_arrive_and_too_many_are_kept(
    chat: Chat, problems: list[str]
):
    await chat.open()
    await chat.say("é🎉<b>" * 2000)
    assert not await chat.too_wide()
    await chat.box.fill("x" * 300_000)
    await chat.page.keyboard.press("Enter")
    await expect(chat.trouble).to_contain_text("too long")
    assert len(await chat.box.input_value()) == 300_000
    problems[:] = [one for one in problems if "413" not in one]


@sample
@pytest.mark.parametrize("size", [(360, 740), (320, 256), (768, 1024)])
async def test_small_screens_need_no_sideways_scrolling(
    chat: Chat, problems: list[str], size: tuple[int, int]
):
    await chat.page.set_viewport_size({"width": size[0], "height": size[1]})
    await chat.open()
    await chat.say("/progress")
    await chat.say(LOG)
    assert not await chat.too_wide()
    await chat.press("Edit")
    await expect(chat.dialog.get_by_role("button", name="Save")).to_be_in_viewport()
    assert not await chat.too_wide()
    await chat.page.keyboard.press("Escape")
    menu = chat.page.get_by_role("button", name="Channels, people and time")
    if await menu.is_visible():
        await expect(chat.page.get_by_role("link", name="prt-team")).to_be_hidden()
        await menu.click()
        await expect(menu).to_have_attribute("aria-expanded", "true")
    await chat.page.get_by_role("link", name="prt-team").click()
    await expect(chat.page.get_by_role("heading", name="#prt-team")).to_be_visible()


async def test_buttons_are_large_enough_for_a_thumb(chat: Chat):
    await chat.page.set_viewport_size({"width": 360, "height": 740})
    await chat.open()
    await chat.say(LOG)
    for button in await chat.page.get_by_role("button").all():
        if await button.is_visible():
            box = await button.bounding_box()
            assert box is not None
            assert round(box["height"]) >= 44, await button.inner_text()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("query", ["", "?language=en", "?language=fr"])
async def test_the_gallery_shows_every_card_without_trouble(
    visit: Visit, running: Running, query: str, dark: bool
):
    page = await visit(360, 740, dark=dark)
    await page.goto(f"{running.url}/gallery{query}", timeout=120_000)
    await expect(page.locator(".card").first).to_be_visible()
    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    ids = await page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(ids) == len(set(ids))
