"""The week in figures appears by itself in an open page, with its picture, on its own clock."""

import pytest
from playwright.async_api import expect

from bot.web import cast
from storage.plan import Language
from tests.browser.conftest import Chat, Running, Visit, in_browser, sample

pytestmark = in_browser

SET = {
    Language.EN: "/channel weekly Monday 8:30 in English",
    Language.FR: "/canal chaque semaine lundi 8 h 30 en français",
}
SAYS = {
    Language.EN: ("Week of 10 February 2025 to 16 February 2025", "Accompaniment hours: 48.8% of"),
    Language.FR: (
        "Semaine du 10 février 2025 au 16 février 2025",
        "Heures d’accompagnement : 48,8 % de",
    ),
}


@sample
@pytest.mark.parametrize("language", Language)
async def test_it_appears_by_itself_with_its_picture(
    visit: Visit, running: Running, language: Language
) -> None:
    wide, phone = [Chat(await visit(width, dark=width < 400), running.url) for width in (1280, 390)]
    for one in (wide, phone):
        await one.open(cast.DANIEL.id, "prt-team")
    await wide.say(SET[language])
    before = await wide.lines.count()
    for _ in range(4):
        await forward(wide)
    await expect(wide.lines).to_have_count(before)
    await forward(wide)
    title, alt = SAYS[language]
    for one in (wide, phone):
        await expect(one.last).to_contain_text(title)
        picture = one.last.locator("img.picture")
        await expect(picture).to_have_count(1)
        assert alt in (await picture.get_attribute("alt") or "").replace("\u00a0", " ")
        drawn, shown = await picture.evaluate(
            "one => one.decode().then(() => [one.naturalWidth, one.width])"
        )
        assert drawn == 960
        assert 280 < shown <= 640
        assert not await one.too_wide()


async def forward(chat: Chat) -> None:
    """Let a day pass on the playground's clock."""
    clock = chat.page.locator("#clock")
    before = await clock.inner_text()
    async with chat.page.expect_response(lambda one: one.request.method == "POST"):
        await chat.page.locator("[data-hours='24']").click()
    await expect(chat.page.locator("[aria-disabled=true]")).to_have_count(0)
    await expect(clock).not_to_have_text(before)
