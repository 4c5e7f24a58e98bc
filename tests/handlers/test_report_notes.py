"""/report note: managers write what a report says of a target; it is kept, listed, taken back."""

import pytest

from storage import narratives
from storage.narratives import LONGEST
from storage.report_kinds import ReportKind
from storage.verify import problems
from tests.conversation import ADMIN, FRENCH, MANAGER, MEMBER, STAFF, Chat
from tests.reading_papers import words_of

PLAN = "clc-2024-25"
HOURS = "accompaniment-hours"
TEXT = "Four schools joined.\n- Lac\n- Gaspé"


async def kept(
    chat: Chat, number: int = 1, kind: ReportKind = ReportKind.PROGRESS
) -> dict[str, str]:
    found = await chat.store.read(narratives.of_report, PLAN, kind, number)
    return {target: one.says.text for target, one in found.items()}


async def test_a_line_is_kept_beside_its_figure_and_taken_back(chat: Chat) -> None:
    await chat.say("/log 2h15 with a CDA at EMSB yesterday", MANAGER)
    said = await chat.say(f"/report note accompaniment-hours {TEXT}", MANAGER)
    for words in (
        "Kept for the report", "Progress report 1", "Accompaniment hours",
        "2.25 h of 1,400 h", TEXT,
    ):  # fmt: skip
        assert words in said.text
    assert said.labels == ["Undo", "Edit", "Next: Hours of support to partners", "All narratives"]
    assert await kept(chat) == {HOURS: TEXT}
    again = await chat.say("/report note Accompaniment hours: Five.", MANAGER)
    assert "Changed" in again.text
    assert await kept(chat) == {HOURS: "Five."}
    back = await chat.press(again, "Undo", MANAGER)
    assert "Put back as it was" in back.text
    assert TEXT in back.text
    assert await kept(chat) == {HOURS: TEXT}
    assert (await chat.press(said, "Undo", MANAGER)).reply.refused, "it has gone on since"
    assert await chat.store.read(problems) == []


async def test_what_was_the_first_is_taken_out_and_restored(chat: Chat) -> None:
    said = await chat.say("/rapport commentaire capsules : trois sont prêtes", ADMIN)
    assert "Gardé pour le rapport" in said.text
    assert "Rapport d’étape 1" in said.text
    gone = await chat.press(said, "Annuler", ADMIN)
    assert "Retiré" in gone.text
    assert await kept(chat) == {}
    back = await chat.press(gone, "Rétablir", ADMIN)
    assert "trois sont prêtes" in back.text
    assert await kept(chat) == {"capsules": "trois sont prêtes"}


async def test_it_is_for_the_next_report_or_the_one_that_is_said(chat: Chat) -> None:
    await chat.say("/report note 2 capsules Two.", MANAGER)
    await chat.say("/rapport note bilan capsules L’année.", ADMIN)
    await chat.say("/report 1 sent", MANAGER)
    await chat.say("/report note cda-tools Next.", MANAGER)
    assert await kept(chat, 2) == {"capsules": "Two.", "cda-tools": "Next."}
    assert await kept(chat, 0, ReportKind.ANNUAL) == {"capsules": "L’année."}
    for number in (2, 3):
        await chat.say(f"/report {number} sent", MANAGER)
    await chat.say("/report note cda-tools All.", MANAGER)
    assert (await kept(chat, 0, ReportKind.ANNUAL))["cda-tools"] == "All."


async def test_it_stands_in_the_report_that_is_given_out(chat: Chat) -> None:
    await chat.say(f"/report note accompaniment-hours {TEXT}", MANAGER)
    asked = await chat.press(await chat.say("/report 1", MANAGER), "See the report", MANAGER)
    given = await chat.press(asked, "Word In English", MANAGER)
    assert given.reply.file is not None
    assert "Narrative · Accompaniment hours\nFour schools joined.\n- Lac\n- Gaspé" in words_of(
        given.reply.file.content
    )


async def test_the_form_asks_for_the_target_and_keeps_what_is_wrong(chat: Chat) -> None:
    form = await chat.say("/report note", MANAGER)
    assert "Narrative · Progress report 1" in form.text
    target, text = form.form.inputs
    assert [len(target.choices), target.choices[0][1]] == [24 + 1, "PD workshops"]
    wrong = await chat.submit(form, MANAGER, text=" Two\r\nthree ")
    assert "Choose a target" in wrong.text
    assert wrong.form.inputs[1].value == "Two\nthree"
    wrong = await chat.submit(wrong, MANAGER, target="capsules", text="")
    assert "A few words" in wrong.text
    done = await chat.submit(wrong, MANAGER, text="Two\r\nthree")
    assert "Kept for the report" in done.text
    assert await kept(chat) == {"capsules": "Two\nthree"}
    assert text.required


async def test_the_form_has_what_is_kept_and_what_the_report_before_said(chat: Chat) -> None:
    await chat.say("/report note capsules One is out.", MANAGER)
    await chat.say("/report 1 sent", MANAGER)
    form = await chat.say("/report note capsules", MANAGER)
    (text,) = form.form.inputs
    assert (text.label, text.value) == ("Video capsules", "")
    assert text.hint == "Progress report 1 said: One is out."
    done = await chat.submit(form, MANAGER, text="Two are out.")
    edited = await chat.press(done, "Edit", MANAGER)
    (text,) = edited.form.inputs
    assert text.value == "Two are out."
    assert not text.required
    out = await chat.submit(edited, MANAGER, text="")
    assert "Taken out" in out.text
    assert await kept(chat, 2) == {}
    assert await kept(chat, 1) == {"capsules": "One is out."}
    await chat.press(out, "Restore", MANAGER)
    assert await kept(chat, 2) == {"capsules": "Two are out."}


async def test_a_form_at_an_old_version_writes_over_nothing_unseen(chat: Chat) -> None:
    form = await chat.say("/report note capsules", MANAGER)
    await chat.say("/report note capsules Hers.", ADMIN)
    asked = await chat.submit(form, MANAGER, text="His.")
    assert "There is another by now" in asked.text
    assert "Kept by now: Hers." in asked.text
    assert asked.form.inputs[0].value == "His."
    assert await kept(chat) == {"capsules": "Hers."}
    saved = await chat.submit(asked, MANAGER)
    assert await kept(chat) == {"capsules": "His."}
    form = await chat.press(saved, "Edit", MANAGER)
    await chat.submit(await chat.press(saved, "Edit", ADMIN), ADMIN, text="")
    assert await kept(chat) == {}
    asked = await chat.submit(form, MANAGER, text="His again.")
    assert "taken out meanwhile" in asked.text
    await chat.submit(asked, MANAGER)
    assert await kept(chat) == {"capsules": "His again."}


async def test_a_target_that_is_chosen_in_the_form_and_has_one_is_shown_it(chat: Chat) -> None:
    await chat.say("/report note capsules Hers.", ADMIN)
    form = await chat.say("/report note", MANAGER)
    asked = await chat.submit(form, MANAGER, target="capsules", text="His.")
    assert "Kept by now: Hers." in asked.text
    await chat.submit(asked, MANAGER)
    assert await kept(chat) == {"capsules": "His."}


async def test_a_line_that_names_no_target_keeps_its_words(chat: Chat) -> None:
    asked = await chat.say("/report note workshops: Well attended.", MANAGER)
    assert "Which target is it about?" in asked.text
    assert asked.labels[-1] == "Another target"
    form = await chat.press(asked, "PD workshops", MANAGER)
    await chat.submit(form, MANAGER)
    assert await kept(chat) == {"pd-workshops": "Well attended."}
    form = await chat.press(asked, "Another target", MANAGER)
    assert form.form.inputs[1].value == "workshops: Well attended."
    asked = await chat.say("/rapport note Nous avons bien avancé cette année", ADMIN)
    assert asked.labels == ["Choisir la cible"]
    form = await chat.press(asked, "Choisir la cible", ADMIN)
    done = await chat.submit(form, ADMIN, target="cda-tools")
    assert "Nous avons bien avancé cette année" in done.text


async def test_a_near_miss_of_a_target_is_asked_about(chat: Chat) -> None:
    asked = await chat.say("/report note acompaniment-hours Up.", MANAGER)
    form = await chat.press(asked, "Accompaniment hours", MANAGER)
    assert form.form.inputs[0].value == "Up."
    assert await kept(chat) == {}


async def test_words_for_a_target_that_has_some_are_shown_beside_them(chat: Chat) -> None:
    await chat.say("/report note pd-workshops Before.", MANAGER)
    asked = await chat.say("/report note workshops: After.", MANAGER)
    form = await chat.press(asked, "PD workshops", MANAGER)
    assert form.form.inputs[0].value == "After."
    assert "Kept by now: Before." in form.text
    await chat.submit(form, MANAGER)
    assert await kept(chat) == {"pd-workshops": "After."}


async def test_a_report_that_was_sent_is_left_and_the_next_one_offered(chat: Chat) -> None:
    said = await chat.say("/report note 1 capsules One.", MANAGER)
    form = await chat.press(said, "Edit", MANAGER)
    await chat.say("/report 1 sent", MANAGER)
    for answer in (
        await chat.say("/report note 1 capsules Two.", MANAGER),
        await chat.submit(form, MANAGER, text="Two."),
    ):
        assert "Progress report 1 was sent" in answer.text
        assert "Progress report 2 is next." in answer.text
        assert "Two." in answer.text
        next_form = await chat.press(answer, "Write it for Progress report 2", MANAGER)
        assert next_form.form.inputs[0].value == "Two."
    assert "Progress report 1 was sent" in (await chat.press(said, "Edit", MANAGER)).text
    undone = await chat.press(said, "Undo", MANAGER)
    assert undone.reply.refused
    assert "stays as it was sent" in undone.text
    assert await kept(chat) == {"capsules": "One."}
    await chat.submit(next_form, MANAGER)
    assert await kept(chat, 2) == {"capsules": "Two."}


async def test_the_list_has_every_target_of_the_report_by_strand(chat: Chat) -> None:
    await chat.say("/report note capsules One is out.", MANAGER)
    shown = await chat.say("/report notes", MANAGER)
    assert "Narratives · Progress report 1" in shown.text
    assert "1 of 25 targets has a narrative." in shown.text
    seen: list[str] = []
    while True:
        seen.append(shown.text)
        if "Next" not in shown.labels:
            break
        shown = await chat.press(shown, "Next", MANAGER)
        assert shown.reply.replace
    assert len(seen) == 4
    said = "\n".join(seen)
    assert said.count("Nothing yet") == 24
    assert said.count("One is out.") == 1
    assert "1.1 · " in seen[0]
    back = await chat.press(await chat.press(shown, "Previous", MANAGER), "Previous", MANAGER)
    form = await chat.press(back, "Edit Video capsules", MANAGER)
    assert form.form.inputs[0].value == "One is out."


async def test_the_report_leads_to_its_list_while_something_is_unwritten(chat: Chat) -> None:
    card = await chat.press(await chat.say("/report 2", MANAGER), "See the report", MANAGER)
    assert "Nothing is written yet on 25 targets." in card.text
    assert "Narratives · Progress report 2" in (await chat.press(card, "Write", MANAGER)).text


async def test_the_list_of_another_report_is_a_press_away_and_a_sent_one_is_only_read(
    chat: Chat,
) -> None:
    await chat.say(f"/report note pd-workshops {'word ' * 100}", MANAGER)
    await chat.say("/report 1 sent", MANAGER)
    shown = await chat.say("/rapport commentaires", ADMIN)
    assert "Commentaires · Rapport d’étape 2" in shown.text
    other = await chat.press(shown, "Rapport d’étape 1", ADMIN)
    assert "il reste tel qu’il a été envoyé" in other.text
    assert "…" in other.text
    assert not {"Modifier", "Écrire"} & set(other.labels)
    year = await chat.press(other, "Bilan annuel", ADMIN)
    assert year.labels.count("Écrire") == 8


async def test_one_after_the_other_is_written_until_all_are(chat: Chat) -> None:
    said = await chat.say("/report note action-plan Done.", MANAGER)
    first = await chat.press(said, "Next: PD workshops", MANAGER)
    for _ in range(24):
        done = await chat.submit(first, MANAGER, text="Done.")
        following = [one for one in done.labels if one.startswith("Next: ")]
        if following:
            first = await chat.press(done, following[0], MANAGER)
    assert following == []
    assert len(await kept(chat)) == 25


async def test_only_managers_write_and_read_them(chat: Chat) -> None:
    said = await chat.say("/report note capsules Secret.", MANAGER)
    shown = await chat.say("/report notes", MANAGER)
    form = await chat.press(said, "Edit", MANAGER)
    for who in (STAFF, FRENCH, MEMBER):
        for line in ("/report note capsules Other.", "/report notes", "/report note"):
            refused = await chat.say(line, who)
            assert refused.reply.refused
            assert "Secret." not in refused.text
        for label in ("Undo", "Edit", "All narratives"):
            refused = await chat.press(said, label, who)
            assert refused.reply.refused
            assert "Secret." not in refused.text
        assert (await chat.press(shown, "Next", who)).reply.refused
        assert (await chat.submit(form, who, text="Other.")).reply.refused
    assert "Les gestionnaires écrivent" in (await chat.say("/rapport notes", FRENCH)).text
    assert await kept(chat) == {"capsules": "Secret."}


async def test_in_a_channel_it_is_private(chat: Chat) -> None:
    chat.direct = False
    for line in ("capsules Words.", "workshops: Words.", "1 capsules Words.", "", "capsules"):
        assert (await chat.say(f"/report note {line}", MANAGER)).reply.private
    assert (await chat.say("/report notes", MANAGER)).reply.private


async def test_what_is_too_long_or_cannot_be_written_is_refused_kindly(chat: Chat) -> None:
    asked = await chat.say(f"/report note capsules {'a' * (LONGEST + 1)}", MANAGER)
    assert "At most 3,000 characters, please; these are 3,001." in asked.text
    assert asked.form.inputs[0].value == "a" * (LONGEST + 1)
    await chat.submit(asked, MANAGER, text="a" * LONGEST)
    assert await kept(chat) == {"capsules": "a" * LONGEST}
    assert (await chat.say("/report note cda-tools a\0b", MANAGER)).reply.refused
    assert len(await kept(chat)) == 1


async def test_what_a_button_sends_back_is_a_strangers_word(chat: Chat) -> None:
    said = await chat.say("/report note capsules Words.", MANAGER)
    shown = await chat.say("/report notes", MANAGER)
    for forged in (
        {"plan": "x"},
        {"kind": "weekly"},
        {"number": "0"},
        {"number": "4"},
        {"number": "x"},
        {"kind": "annual", "number": "1"},
        {"target": "x"},
        {"plan": "wellbeing-communities-2021-24"},
    ):
        assert (await chat.press(said, "Edit", MANAGER, tampered=forged)).reply.refused, forged
    for forged in ({"offset": "-1"}, {"offset": "x"}, {"kind": "x"}):
        assert (await chat.press(shown, "Next", MANAGER, tampered=forged)).reply.refused
    for forged in ({"id": "999"}, {"version": "7"}, {"id": "x"}):
        assert (await chat.press(said, "Undo", MANAGER, tampered=forged)).reply.refused
    form = await chat.press(said, "Edit", MANAGER)
    assert (await chat.submit(form, MANAGER, version="x")).reply.refused
    assert await kept(chat) == {"capsules": "Words."}


async def test_a_line_that_comes_twice_is_kept_once(chat: Chat) -> None:
    first = await chat.say("/report note capsules Words.", MANAGER, key="twice")
    again = await chat.say("/report note capsules Words.", MANAGER, key="twice")
    assert first.reply == again.reply
    assert len(await kept(chat)) == 1


@pytest.mark.parametrize(
    "line", ["/report 2 sent", "/report", "/report annual", "/rapport 2 préparé"]
)
async def test_other_lines_are_as_they_were(chat: Chat, line: str) -> None:
    assert "arrative" not in (await chat.say(line, MANAGER)).card.title


async def test_what_may_name_a_student_is_asked_about_first(chat: Chat) -> None:
    asked = await chat.say("/report note capsules Our student Emma filmed it.", MANAGER)
    assert "This may name a student" in asked.text
    assert await kept(chat) == {}
    form = await chat.press(asked, "Change it", MANAGER)
    assert form.form.inputs[0].value == "Our student Emma filmed it."
    done = await chat.submit(form, MANAGER, text="A student filmed it.")
    assert "Kept for the report" in done.text
    form = await chat.press(done, "Edit", MANAGER)
    asked = await chat.submit(form, MANAGER, text="Our student Emma filmed it.")
    done = await chat.press(asked, "Send anyway", MANAGER)
    assert "Changed" in done.text
    assert await kept(chat) == {"capsules": "Our student Emma filmed it."}
    again = await chat.say("/report note capsules Our student Emma filmed it. Good!", MANAGER)
    assert "Changed" in again.text, "of what is kept already nobody is asked again"
