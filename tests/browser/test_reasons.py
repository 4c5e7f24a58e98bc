"""Why what a sent report was made from is changed: asked in the page, answered by keyboard."""

import pytest
from playwright.async_api import expect

from bot.web import cast
from storage.people import Newcomer
from tests.browser.conftest import Chat, Running, Visit, in_browser, sample

pytestmark = in_browser

WHY = "Deux heures étaient inscrites de trop"


@sample
@pytest.mark.parametrize(
    ("who", "line", "undo", "title", "wrong", "struck"),
    [
        (
            cast.MEGAN,
            "/log 2h with a CDA at EMSB on Feb 10",
            "Undo",
            "Why this change?",
            "A few words, please",
            "Taken back",
        ),
        (
            cast.GENEVIEVE,
            "/noter 2h avec un ADC CSEM le 10 février",
            "Annuler",
            "Pourquoi ce changement?",
            "Quelques mots",
            "Annulé",
        ),
    ],
    ids=["en", "fr"],
)
async def test_an_entry_is_taken_back_by_keyboard(
    visit: Visit,
    running: Running,
    who: Newcomer,
    line: str,
    undo: str,
    title: str,
    wrong: str,
    struck: str,
) -> None:
    hers, his = Chat(await visit(390), running.url), Chat(await visit(), running.url)
    await hers.open(who.id)
    receipt = await hers.say(line)
    await his.open(cast.DANIEL.id)
    await his.say("/report 2 sent")
    keys = hers.page.keyboard
    await receipt.get_by_role("button", name=undo).first.focus()
    await keys.press("Enter")
    reason = hers.dialog.get_by_role("textbox")
    await expect(hers.dialog.get_by_role("heading")).to_have_text(title)
    await expect(reason).to_be_focused()
    assert not await hers.too_wide()
    await keys.type("  ")
    await keys.press("Tab")
    await keys.press("Tab")
    await keys.press("Enter")
    await expect(reason).to_have_attribute("aria-invalid", "true")
    await expect(reason).to_be_focused()
    described = (await reason.get_attribute("aria-describedby") or "").split()
    await expect(hers.page.locator(f"#{described[-1]}")).to_contain_text(wrong)
    assert not await hers.too_wide()
    await keys.press("Control+a")
    await keys.type(WHY)
    await keys.press("Tab")
    await keys.press("Tab")
    await keys.press("Enter")
    await expect(hers.dialog).to_be_hidden()
    await expect(hers.last.get_by_role("heading")).to_contain_text(struck)
    await expect(hers.last).to_be_focused()
    await expect(hers.lines).to_have_count(2)
    assert not await hers.too_wide()
    asked = await his.say("/report 2")
    await his.press("See the report")
    await expect(asked.get_by_role("button", name="What has changed since")).to_be_visible()
    await his.press("What has changed since")
    await expect(his.last).to_contain_text(WHY)
