"""/practice: by one line, by form and from a message; who sees what; marks and comments."""

import pytest

from storage import practice_comments, practices, records
from storage.people import Newcomer, TeamRole
from storage.plan import Language
from storage.practice import Level, Practice, Sees, Theme
from storage.verify import problems
from tests.conversation import MANAGER, MEMBER, STAFF, Answer, Chat
from tests.handlers import communing

KAYLA = Newcomer("test", "kayla", "Kayla Buckle", "en-CA", guest=True)
LINE = "/practice Calm corner: a quiet place in each classroom, made with the class"
FORM = {
    "title": "Coin calme",
    "level": "elementary",
    "theme": "climate",
    "did": "Un lieu tranquille.\nAvec la classe.",
    "context": "Une école de 200 élèves.",
    "effects": "Moins de conflits.",
    "links": "https://example.org/plan https://example.org/photos",
    "institution": "École Riverview",
}


async def kept(chat: Chat) -> list[Practice]:
    """What the practices that count say, the newest first."""
    every = await chat.store.read(lambda tx: [*records.every(tx, practices.PRACTICE)])
    return [one.says for one in reversed(every) if one.voided is None]


async def listed(chat: Chat, who: Newcomer, words: str = "") -> str:
    return (await chat.say(f"/practice list {words}", who)).text


async def opened(chat: Chat, who: Newcomer, words: str = "") -> Answer:
    label = "Ouvrir" if who.locale.startswith("fr") else "Open"
    return await chat.press(await chat.say(f"/practice list {words}", who), label, who)


async def test_a_member_shares_a_practice_in_one_line(chat: Chat) -> None:
    card = await chat.say(LINE, KAYLA)
    assert card.card.title == "Shared. Thank you!"
    assert "Everyone on Jalon" in card.text
    assert await kept(chat) == [
        Practice(
            "Calm corner",
            "a quiet place in each classroom, made with the class",
            author="Kayla Buckle",
            language=Language.EN,
        )
    ]


@pytest.mark.parametrize(
    ("said", "title", "did"),
    [
        ("/pratique Coin calme : un lieu\u00a0tranquille", "Coin calme", "un lieu\u00a0tranquille"),
        ("/practice Calm corner\nA place.\nA chair.", "Calm corner", "A place.\nA chair."),
        ("/practice Meet at 10:30: we sing", "Meet at 10:30", "we sing"),
        ("/practice List of games: we play", "List of games", "we play"),
    ],
)
async def test_what_one_line_says(chat: Chat, said: str, title: str, did: str) -> None:
    await chat.say(said)
    assert [(one.title, one.did) for one in await kept(chat)] == [(title, did)]


@pytest.mark.parametrize(
    ("said", "title", "did"),
    [
        ("/practice", "", ""),
        ("/practice Calm corner", "Calm corner", ""),
        ("/practice see https://example.org/corner", "see https://example.org/corner", ""),
        ("/practice " + "We sat down. " * 20, "", ("We sat down. " * 20).strip()),
    ],
)
async def test_what_one_line_leaves_open_is_asked_by_form(
    chat: Chat, said: str, title: str, did: str
) -> None:
    form = (await chat.say(said)).form
    filled = {one.name: one.value for one in form.inputs}
    assert (filled["title"], filled["did"]) == (title, did)
    assert (filled["author"], filled["language"]) == ("Alex Roy", "en")
    assert not any(one.error for one in form.inputs)


async def test_a_member_shares_by_form_and_is_told_what_is_missing(chat: Chat) -> None:
    form = await chat.say("/pratique", MEMBER)
    form = await chat.submit(form, MEMBER, links="example.org", title=" ")
    assert {one.name for one in form.form.inputs if one.error} == {"title", "did", "links"}
    card = await chat.submit(form, MEMBER, **FORM)
    assert card.card.title == "Partagée. Merci!"
    assert await kept(chat) == [
        Practice(
            "Coin calme",
            "Un lieu tranquille.\nAvec la classe.",
            Level.ELEMENTARY,
            Theme.CLIMATE,
            "Une école de 200 élèves.",
            "Moins de conflits.",
            ("https://example.org/plan", "https://example.org/photos"),
            Sees.EVERYONE,
            "Marie Tremblay",
            "École Riverview",
            Language.FR,
        )
    ]


async def test_the_institution_is_that_of_the_last_practice(chat: Chat) -> None:
    await chat.submit(await chat.say("/pratique", MEMBER), MEMBER, **FORM)
    form = (await chat.say("/pratique", MEMBER)).form
    assert {one.name: one.value for one in form.inputs}["institution"] == "École Riverview"


async def test_level_and_theme_are_a_press_away(chat: Chat) -> None:
    card = await chat.press(await chat.say(LINE, KAYLA), "Secondary school", KAYLA)
    card = await chat.press(card, "Mental health", KAYLA)
    (says,) = await kept(chat)
    assert (says.level, says.theme) == (Level.SECONDARY, Theme.MENTAL_HEALTH)
    assert "At which level" not in card.text
    await chat.press(card, "Undo", KAYLA)
    assert [one.theme for one in await kept(chat)] == [None]


async def test_undo_edit_take_back_and_restore(chat: Chat) -> None:
    receipt = await chat.say(LINE, KAYLA)
    gone = await chat.press(receipt, "Undo", KAYLA)
    assert await kept(chat) == []
    card = await chat.press(gone, "Restore", KAYLA)
    assert (await chat.press(receipt, "Undo", KAYLA)).reply.refused
    form = await chat.press(card, "Edit", KAYLA)
    form = await chat.submit(form, KAYLA, level="all", theme="other", title="Calm nook")
    assert [one.title for one in await kept(chat)] == ["Calm nook"]
    gone = await chat.press(form, "Take back", KAYLA)
    assert "no longer shown" in gone.text
    assert "Calm nook" not in await listed(chat, STAFF)
    await chat.press(gone, "Restore", KAYLA)
    assert "Calm nook" in await listed(chat, STAFF)
    assert await chat.store.read(problems) == []


async def test_delivered_twice_it_is_shared_once(chat: Chat) -> None:
    first = await chat.say(LINE, KAYLA, key="same")
    assert await chat.say(LINE, KAYLA, key="same") == first
    assert len(await kept(chat)) == 1


async def test_one_for_the_team_is_hidden_from_other_members_until_selected(chat: Chat) -> None:
    card = await chat.press(await chat.say(LINE, KAYLA), "Show it to the team only", KAYLA)
    assert "The resource team only" in card.text
    assert "Calm corner" in await listed(chat, KAYLA)
    assert "Calm corner" not in await listed(chat, MEMBER)
    for label in ("Comment", "Edit", "Undo"):
        assert (await chat.press(card, label, MEMBER)).reply.refused, label
    shown = await opened(chat, STAFF)
    await chat.press(shown, "Select for the guide")
    assert "Calm corner" in await listed(chat, MEMBER)


async def test_a_members_practice_belongs_to_their_community(chat: Chat) -> None:
    community = await communing.gather(chat, MANAGER, communing.KAYLA)
    card = await chat.say(LINE, communing.KAYLA)
    assert "Elementary" in card.text
    assert [one.community for one in await kept(chat)] == [community.id]
    form = (await chat.press(card, "Edit", communing.KAYLA)).form
    (asks,) = (one for one in form.inputs if one.name == "community")
    assert (asks.value, asks.choices) == (str(community.id), ((str(community.id), "Elementary"),))


async def test_one_for_its_members_is_hidden_from_everybody_else(chat: Chat) -> None:
    await communing.gather(chat, MANAGER, *communing.MEMBERS)
    card = await chat.say(LINE, communing.KAYLA)
    card = await chat.press(card, "Show it to its community only", communing.KAYLA)
    assert "The members of its community only" in card.text
    assert "Calm corner" in await listed(chat, communing.MARIE)
    await chat.say("/help", communing.NOEL)
    assert "Calm corner" not in await listed(chat, communing.NOEL)
    opened_by_a_member = await opened(chat, communing.MARIE)
    assert (await chat.press(opened_by_a_member, "Commenter", communing.NOEL)).reply.refused
    await chat.press(await opened(chat, STAFF), "Select for the guide")
    assert "Calm corner" in await listed(chat, communing.NOEL)


async def test_who_is_of_no_community_is_asked_for_none(chat: Chat) -> None:
    community = await communing.gather(chat, MANAGER, communing.KAYLA)
    form = await chat.say("/pratique", communing.NOEL)
    names = {one.name: one for one in form.form.inputs}
    assert "community" not in names
    assert "members" not in dict(names["sees"].choices)
    for typed in ({"community": str(community.id)}, {"sees": "members"}):
        answer = await chat.submit(form, communing.NOEL, **{**FORM, **typed})
        assert {one.name for one in answer.form.inputs if one.error} == {*typed} - {"community"}
    assert await kept(chat) == []


async def test_for_members_only_asks_which_community(chat: Chat) -> None:
    community = await communing.gather(chat, MANAGER, communing.KAYLA)
    form = await chat.submit(await chat.say("/practice"), **{**FORM, "sees": "members"})
    assert [one.name for one in form.form.inputs if one.error] == ["sees"]
    card = await chat.submit(form, community=str(community.id))
    assert "The members of its community only" in card.text


async def test_a_communitys_card_leads_to_its_practices(chat: Chat) -> None:
    await communing.gather(chat, MANAGER, communing.KAYLA)
    for number in range(8):
        await chat.say(f"/practice Part {number}: we did it", communing.KAYLA)
    await chat.say("/practice Elsewhere: they did it", communing.NOEL)
    card = await chat.say("/community Elementary", MANAGER)
    page = await chat.press(card, "Practices", MANAGER)
    assert not page.reply.replace
    assert page.card.title == "Practices: Elementary"
    assert "Part 7" in page.text
    assert "Elsewhere" not in page.text
    older = await chat.press(page, "Older", MANAGER)
    assert older.card.title == "Practices: Elementary"
    assert "Part 1" in older.text
    form = (await chat.press(page, "Share a practice", communing.KAYLA)).form
    assert {one.name: one.value for one in form.inputs}["community"] != ""


async def test_a_stranger_changes_nothing_with_somebody_elses_buttons(chat: Chat) -> None:
    card = await chat.say(LINE, KAYLA)
    for label in ("Undo", "Edit", "Take back", "Show it to the team only", "Mental health"):
        assert (await chat.press(card, label, MEMBER)).reply.refused, label
    staff = await opened(chat, STAFF)
    assert (await chat.press(staff, "Mark as published", KAYLA)).reply.refused
    assert [one.theme for one in await kept(chat)] == [None]
    assert "Mark as promising" not in (await opened(chat, KAYLA)).labels


async def test_the_team_marks_a_practice_and_each_mark_is_undone(chat: Chat) -> None:
    await chat.say(LINE, KAYLA)
    card = await chat.press(await opened(chat, STAFF), "Mark as promising")
    assert card.card.title == "Marked as promising"
    assert "Promising · 12 February 2025" in card.text
    card = await chat.press(card, "Select for the guide")
    card = await chat.press(card, "Undo")
    assert "Promising" in card.text
    card = await chat.press(card, "Restore")
    assert "Selected for the guide" in card.text
    card = await chat.press(card, "Back to shared")
    assert card.card.title == "Back to shared"
    assert await chat.store.read(problems) == []


async def test_a_practice_was_published_on_another_day(chat: Chat) -> None:
    await chat.say(LINE, KAYLA)
    card = await chat.press(await opened(chat, STAFF), "Mark as published")
    form = await chat.submit(await chat.press(card, "Another day"), day="2025-02-13")
    assert form.form.inputs[0].error
    card = await chat.submit(form, day="2022-06-10")
    assert "Published · 10 June 2022" in card.text


async def test_once_selected_its_author_changes_no_words_and_takes_it_back(chat: Chat) -> None:
    receipt = await chat.say(LINE, KAYLA)
    await chat.press(await opened(chat, STAFF), "Select for the guide")
    refused = await chat.press(receipt, "Edit", KAYLA)
    assert "only the team changes its words" in refused.text
    card = await opened(chat, KAYLA)
    assert "Edit" not in card.labels
    await chat.press(card, "Take back", KAYLA)
    assert await kept(chat) == []


async def test_a_comment_is_written_changed_and_taken_out(chat: Chat) -> None:
    await chat.say(LINE, KAYLA)
    card = await opened(chat, MEMBER)
    form = await chat.submit(await chat.press(card, "Commenter", MEMBER), MEMBER, text=" ")
    assert form.form.inputs[0].error
    card = await chat.submit(form, MEMBER, text="Nous aussi!")
    assert "Nous aussi!" in card.text
    assert "1 commentaire" in card.text
    form = await chat.press(card, "Modifier", MEMBER)
    card = await chat.submit(form, MEMBER, text="Nous aussi, en 2023.")
    card = await chat.press(card, "Annuler", MEMBER)
    assert "en 2023" not in card.text
    theirs = await opened(chat, KAYLA)
    assert "Nous aussi!" in theirs.text
    gone = await chat.press(card, "Retirer", MEMBER)
    assert gone.card.title == "Commentaire retiré"
    assert "Nous aussi!" not in (await opened(chat, KAYLA)).text
    assert await chat.store.read(problems) == []


async def test_the_team_takes_a_comment_out_and_others_do_not(chat: Chat) -> None:
    await chat.say(LINE, KAYLA)
    form = await chat.press(await opened(chat, MEMBER), "Commenter", MEMBER)
    theirs = await chat.submit(form, MEMBER, text="Bravo")
    take = theirs.button("Retirer")
    assert take.name == "practice.comment_void"
    assert (await chat.press(theirs, "Retirer", KAYLA)).reply.refused
    assert (await chat.press(theirs, "Modifier", STAFF)).reply.refused
    gone = await chat.press(theirs, "Retirer", STAFF)
    assert "Bravo" not in gone.text
    back = await chat.press(gone, "Restore", STAFF)
    assert "Bravo" in back.text
    assert "1 comment" in back.text


async def test_what_may_name_a_student_is_asked_about_and_kept(chat: Chat) -> None:
    card = await chat.say("/practice Garden: my student Emma planted beans", KAYLA)
    assert card.card.title == "This may name a student"
    assert "student Emma" in card.text
    assert await kept(chat) == []
    form = await chat.press(card, "Change it", KAYLA)
    assert {one.name: one.value for one in form.form.inputs}["did"] == (
        "my student Emma planted beans"
    )
    again = await chat.submit(form, KAYLA, level="all", theme="other")
    assert again.card.title == "This may name a student"
    done = await chat.press(again, "Send anyway", KAYLA)
    assert done.card.title == "Shared. Thank you!"
    (says,) = await kept(chat)
    assert says.did == "my student Emma planted beans"
    # What was sure before is not asked about again.
    form = await chat.press(done, "Edit", KAYLA)
    assert (await chat.submit(form, KAYLA, title="A garden")).card.title == "Changed"


async def test_a_comment_that_may_name_a_student_is_asked_about(chat: Chat) -> None:
    await chat.say(LINE, KAYLA)
    form = await chat.press(await opened(chat, MEMBER), "Commenter", MEMBER)
    card = await chat.submit(form, MEMBER, text="L’élève Zoé adore")
    assert card.card.title == "Cela nomme peut-être un élève"
    form = await chat.press(card, "Modifier", MEMBER)
    assert form.form.inputs[0].value == "L’élève Zoé adore"
    card = await chat.submit(form, MEMBER, text="Un élève adore")
    assert "Un élève adore" in card.text
    card = await chat.submit(form, MEMBER, text="L’élève Zoé adore")
    card = await chat.press(card, "Envoyer quand même", MEMBER)
    assert "2 commentaires" in card.text
    found = await chat.store.read(lambda tx: [*practice_comments.wrong(tx)])
    assert found == []


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("", ["Nook", "Coin calme", "Calm corner"]),
        ("elementary", ["Nook", "Coin calme"]),
        ("primaire", ["Nook", "Coin calme"]),
        ("secondary", ["Nook"]),
        ("school climate and environment", ["Coin calme"]),
        ("climat", ["Coin calme"]),
        ("about climate for elementary", ["Coin calme"]),
        ("promising", ["Calm corner"]),
        ("prometteuses", ["Calm corner"]),
        ("shared", ["Nook", "Coin calme"]),
        ("mine", ["Nook"]),
        ("les miennes", ["Nook"]),
        ("conflits", ["Coin calme"]),
        ("zebra", []),
    ],
)
async def test_the_list_is_narrowed_in_both_languages(
    chat: Chat, words: str, titles: list[str]
) -> None:
    await chat.press(await chat.press(await chat.say(LINE, KAYLA), "Undo", KAYLA), "Restore", KAYLA)
    await chat.press(await opened(chat, STAFF), "Mark as promising")
    await chat.submit(await chat.say("/pratique", MEMBER), MEMBER, **FORM)
    card = await chat.say("/practice Nook: a place", STAFF)
    await chat.press(await chat.press(card, "All levels"), "Staff well-being")
    page = await chat.say(f"/practice list {words}")
    found = [block.text for block in page.card.blocks if block.block == "item"]
    assert found == titles


async def test_the_list_has_pages(chat: Chat) -> None:
    for number in range(8):
        await chat.say(f"/practice Part {number}: we did it")
    page = await chat.say("/practice list")
    assert "Part 1" not in page.text
    older = await chat.press(page, "Older")
    assert older.reply.replace
    assert "Part 1" in older.text
    assert "Part 7" in (await chat.press(older, "Newer")).text


async def test_ones_own_page_lists_ones_own(chat: Chat) -> None:
    assert "My practices" not in (await chat.say("/home", STAFF)).text
    assert "My practices" in (await chat.say("/home", KAYLA)).text
    await chat.say(LINE, KAYLA)
    home = await chat.say("/home", KAYLA)
    assert "Calm corner" in home.text
    assert "What was done" in (await chat.press(home, "Open", KAYLA)).text
    assert (await chat.press(home, "Share a practice", KAYLA)).form.name == "home.press"


async def test_whoever_waits_for_a_role_shares_nothing(chat: Chat) -> None:
    pat = Newcomer("test", "pat", "Pat", role=TeamRole.PENDING)
    assert (await chat.say(LINE, pat)).reply.refused
    assert await kept(chat) == []
