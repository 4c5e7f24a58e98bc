"""Holds files in a real browser: dropped, chosen by keyboard, downloaded; and an entry shared."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import expect

from bot.web.bodies import MOST_FILES
from handlers.chat.incoming import LARGEST_FILE
from tests.browser.conftest import Chat, Running, Visit, in_browser

pytestmark = in_browser

# What a drag from the desktop is to a page.
DRAGGED = """
([names, over]) => {
  const dragged = new DataTransfer();
  for (const name of names) dragged.items.add(new File(["1,2\\n"], name));
  const init = { dataTransfer: dragged, bubbles: true, cancelable: true };
  const log = document.querySelector("#log");
  log.dispatchEvent(new DragEvent("dragover", init));
  if (!over) log.dispatchEvent(new DragEvent("drop", init));
}
"""


async def drop(chat: Chat, *names: str) -> None:
    await chat.page.evaluate(DRAGGED, [names, False])


async def test_a_dropped_file_is_sent_with_what_was_typed(chat: Chat):
    await chat.open()
    await chat.box.fill("those who came in May")
    await chat.page.evaluate(DRAGGED, [["présences.csv"], True])
    await expect(chat.page.get_by_text("Drop the files here")).to_be_visible()
    await drop(chat, "présences.csv", "b <i>.txt")
    await expect(chat.last).to_contain_text("présences.csv and b <i>.txt")
    await expect(chat.page.get_by_text("Drop the files here")).to_be_hidden()
    mine = chat.page.locator(".line.mine").last
    await expect(mine).to_contain_text("those who came in May")
    await expect(mine.get_by_role("listitem")).to_have_text(["présences.csv", "b <i>.txt"])
    await expect(chat.box).to_have_value("")


async def test_files_are_chosen_without_a_mouse(chat: Chat, tmp_path: Path):
    path = tmp_path / "notes.csv"
    path.write_text("a,b")
    # A listener of its own from the start on: a key is faster than Chromium is to hand over.
    chat.page.on("filechooser", lambda chooser: None)
    await chat.open()
    await chat.box.focus()
    await chat.page.keyboard.press("Shift+Tab")
    await expect(chat.page.get_by_role("button", name="Attach files")).to_be_focused()
    async with chat.page.expect_file_chooser() as chooser:
        await chat.page.keyboard.press("Enter")
    chosen = await chooser.value
    assert chosen.is_multiple()
    await chosen.set_files(path)
    await expect(chat.last).to_contain_text("notes.csv")
    async with chat.page.expect_file_chooser() as chooser:
        await chat.page.get_by_role("button", name="Attach files").click()
    await (await chooser.value).set_files(path)  # the same file once more
    await expect(chat.page.locator(".line.mine")).to_have_count(2)


async def test_a_file_that_is_too_large_is_not_sent_but_said_to_be(chat: Chat):
    await chat.open()
    await chat.page.evaluate(
        DRAGGED.replace('["1,2\\n"]', f"[new ArrayBuffer({LARGEST_FILE + 1})]"), [["f.mp4"], False]
    )
    await expect(chat.last).to_contain_text("Too large: f.mp4")


async def test_nothing_typed_is_lost_when_files_do_not_arrive(
    chat: Chat, running: Running, problems: list[str]
):
    await chat.open()
    await chat.box.fill("for May")
    await drop(chat, *(f"{n}.csv" for n in range(MOST_FILES + 1)))
    await expect(chat.trouble).to_contain_text("too long")
    await expect(chat.box).to_have_value("for May")
    await running.stop()
    await drop(chat, "a.csv")
    await expect(chat.trouble).to_contain_text("Not sent")
    await expect(chat.box).to_have_value("for May")
    await running.start()
    await drop(chat, "a.csv")
    await expect(chat.box).to_have_value("")
    await expect(chat.last).to_contain_text("a.csv")
    await expect(chat.page.locator(".line.mine")).to_have_count(1)
    expected = ("ERR_CONNECTION_REFUSED", "413")
    problems[:] = [one for one in problems if not any(code in one for code in expected)]


async def test_a_file_that_cannot_be_read_is_said_to_be(chat: Chat):
    await chat.open()
    await chat.page.evaluate(
        "() => { FileReader.prototype.readAsDataURL = function () { this.onerror(); }; }"
    )
    await chat.box.fill("for May")
    await drop(chat, "gone.csv")
    await expect(chat.trouble).to_contain_text("could not be read")
    await expect(chat.box).to_have_value("for May")


@pytest.mark.parametrize("where", ["direct", "prt-team"])
async def test_the_list_is_downloaded_as_a_file(chat: Chat, where: str):
    await chat.open("genevieve", where)
    await chat.say("/noter 1h30 avec une ADC à la CSEM aujourd’hui, plan d’action")
    await chat.say("/saisies")
    await chat.press("En fichier")
    link = chat.last.get_by_role("link", name="Télécharger saisies-")
    async with chat.page.expect_download() as started:
        await link.click()
    download = await started.value
    assert download.suggested_filename.endswith(".csv")
    text = await asyncio.to_thread(Path(await download.path()).read_text, "utf-8-sig")
    assert "1,50;90;Accompagnement;ADC;CSEM;;plan d’action" in text
    await expect(chat.last.get_by_text("Visible pour vous seulement")).to_have_count(
        1 if where == "prt-team" else 0
    )


async def test_an_entry_is_shared_in_a_channel_when_asked(chat: Chat, visit: Visit):
    his = Chat(await visit(), chat.url)
    await chat.open("megan", "prt-team")
    await his.open("daniel", "prt-team")
    await chat.say("/log 2h with Marie Tremblay (CDA) at EMSB today re action plan")
    await expect(his.lines).to_have_count(0)
    await chat.press("Share with the others")
    await expect(his.lines).to_have_count(1)
    await expect(his.last).to_contain_text("Megan Whitfield logged hours")
    await expect(his.last).to_contain_text("2 h · Accompaniment · CDA · EMSB")
    await expect(his.last).not_to_contain_text("Marie")
    await expect(his.last).not_to_contain_text("action plan")
    await expect(his.last.get_by_role("button")).to_have_count(0)


async def test_the_page_of_ones_own_stays_while_its_buttons_are_pressed(chat: Chat):
    await chat.open()
    await chat.say("/log 1h with a CDA at EMSB today")
    home = chat.page.locator(".line.bot").nth(1)
    await chat.say("/home")
    await expect(home.get_by_role("heading", name="Hello, Megan Whitfield")).to_be_visible()
    await chat.press("Undo")
    await expect(chat.page.locator(".line.bot")).to_have_count(3)
    await expect(chat.last.locator("del")).to_be_visible()
    await home.get_by_role("button", name="Log hours").click()
    await chat.dialog.get_by_label("Duration").fill("2h")
    await chat.dialog.get_by_role("button", name="Log").click()
    await expect(chat.page.locator(".line.bot")).to_have_count(4)
    await expect(home.get_by_role("heading", name="Hello, Megan Whitfield")).to_be_visible()
