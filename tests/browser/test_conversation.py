"""Holds the conversation in a real browser, from a newcomer's first line to the year's targets."""

from playwright.async_api import expect

from tests.browser.conftest import Chat, Visit, in_browser, sample

pytestmark = in_browser


async def test_a_newcomer_logs_hours_and_takes_them_back(chat: Chat):
    await chat.page.goto(chat.url)
    await chat.page.get_by_role("button", name="/log 2h15 with a CDA").click()
    await expect(chat.box).to_be_focused()
    await chat.page.keyboard.press("Enter")
    await expect(chat.last.get_by_role("heading")).to_have_text("Logged")
    await expect(chat.last).to_contain_text("2.25 h")
    await expect(chat.last).to_contain_text("EMSB")
    await expect(chat.page.get_by_text("Nothing here yet")).to_be_hidden()

    await chat.press("Undo")
    await expect(chat.last.locator("del")).to_be_visible()
    await expect(chat.lines).to_have_count(2)
    await expect(chat.last).to_be_focused()  # where the pressed button was

    await chat.press("Restore")
    await expect(chat.last.get_by_role("heading")).to_have_text("It counts again")
    await expect(chat.lines).to_have_count(2)


async def test_a_form_says_what_is_wrong_and_keeps_what_was_typed(chat: Chat):
    await chat.open()
    await chat.type("/log")
    await expect(chat.dialog).to_be_visible()
    duration = chat.dialog.get_by_label("Duration")
    await expect(duration).to_be_focused()
    await duration.fill("soon")
    await chat.dialog.get_by_label("EMSB").check()
    await chat.dialog.get_by_label("Objective").fill("first line\nsecond line")
    await chat.dialog.get_by_role("button", name="Log").click()

    await expect(duration).to_have_attribute("aria-invalid", "true")
    await expect(duration).to_be_focused()
    await expect(duration).to_have_value("soon")
    await expect(chat.dialog.get_by_label("EMSB")).to_be_checked()
    await expect(chat.dialog.get_by_label("Objective")).to_have_value("first line\nsecond line")
    described = (await duration.get_attribute("aria-describedby") or "").split()
    await expect(chat.page.locator(f"#{described[-1]}")).to_have_class("error")

    await duration.fill("1h30")
    await chat.page.keyboard.press("Enter")
    await expect(chat.dialog).to_be_hidden()
    await expect(chat.last).to_contain_text("1.5 h")
    await expect(chat.last).to_contain_text("first line second line")


async def test_a_form_can_be_left_and_gives_the_focus_back(chat: Chat):
    await chat.open()
    await chat.say("/log 1h with a CDA at EMSB today")
    edit = chat.last.get_by_role("button", name="Edit")
    for leave in ("Escape", "Cancel"):
        await edit.click()
        await expect(chat.dialog).to_be_visible()
        if leave == "Escape":
            await chat.page.keyboard.press("Escape")
        else:
            await chat.dialog.get_by_role("button", name="Cancel").click()
        await expect(chat.dialog).to_be_hidden()
        await expect(edit).to_be_focused()


async def test_an_edit_takes_the_receipts_place(chat: Chat):
    await chat.open()
    await chat.say("/log 1h with a CDA at EMSB today")
    await chat.press("Edit")
    await chat.dialog.get_by_label("Duration").fill("45 min")
    await chat.dialog.get_by_role("button", name="Save").click()
    await expect(chat.last).to_contain_text("0.75 h")
    await expect(chat.lines).to_have_count(2)


@sample
async def test_progress_moves_and_speaks_the_language_of_the_person(chat: Chat):
    await chat.open()
    await chat.say("/progress")
    await expect(chat.last.get_by_role("img")).not_to_have_count(0)
    await expect(chat.last).to_contain_text("1,400")
    before = await chat.last.inner_text()
    await chat.say("/log 4h with a CDA at EMSB today re action plan")
    await chat.say("/progress")
    assert await chat.last.inner_text() != before

    await chat.page.get_by_text("Be someone else").click()
    await chat.page.get_by_role("link", name="Geneviève").click()
    await expect(chat.page.locator("html")).to_have_attribute("lang", "fr-CA")
    await expect(chat.lines).to_have_count(0)  # the direct chat is hers now
    await expect(chat.page.get_by_role("heading", name="Vous êtes")).to_be_visible()
    await chat.say("/progres")
    await expect(chat.last).to_contain_text("1\u00a0400")
    await chat.page.go_back()
    await expect(chat.page.locator("html")).to_have_attribute("lang", "en-CA")
    await expect(chat.lines).to_have_count(6)


async def test_the_page_follows_when_the_person_changes_language(chat: Chat):
    await chat.open()
    await chat.type("/language français")
    await expect(chat.page.locator("html")).to_have_attribute("lang", "fr-CA")
    await expect(chat.page.get_by_role("button", name="Envoyer")).to_be_visible()
    await expect(chat.lines).to_have_count(2)
    await chat.page.reload()
    await expect(chat.page.locator("html")).to_have_attribute("lang", "fr-CA")


async def test_in_a_channel_others_read_along_but_not_what_is_private(chat: Chat, visit: Visit):
    his = Chat(await visit(), chat.url)
    await chat.open("megan", "prt-team")
    await his.open("daniel", "prt-team")
    await chat.say("/log 2h with a CDA at EMSB today")
    await expect(chat.last.get_by_text("Only visible to you")).to_be_visible()
    await chat.type("Has everyone logged their week?")
    await expect(his.lines).to_have_count(1)
    await expect(his.lines).to_contain_text("Has everyone logged their week?")
    await his.say("@jalon help")
    await expect(chat.lines.filter(has_text="@jalon help")).to_be_visible()


@sample
async def test_the_simulated_clock_moves_on(chat: Chat):
    await chat.open()
    clock = chat.page.locator("#clock")
    await expect(clock).to_contain_text("12 February 2025")
    await expect(chat.page.get_by_text("Simulated")).to_be_visible()
    await chat.page.get_by_role("button", name="+1 week").click()
    await expect(clock).to_contain_text("19 February 2025, 10:")
    await chat.page.get_by_role("button", name="+1 hour").click()
    await expect(clock).to_contain_text("19 February 2025, 11:")
    await chat.say("/log 1h with a CDA at EMSB today")
    await expect(chat.last).to_contain_text("19 February 2025")


async def test_the_real_clock_has_no_buttons(chat: Chat):
    await chat.open()
    await expect(chat.page.get_by_role("button", name="+1 day")).to_have_count(0)
