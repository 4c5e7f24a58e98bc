"""/report gives managers a report as a file, in private; nobody else, and none that there isn't."""

import zipfile
from io import BytesIO

import pytest

from tests.conversation import ADMIN, FRENCH, MANAGER, MEMBER, STAFF, Answer, Chat
from tests.reading_papers import words_of

FORMATS = {"Word": "docx", "Excel": "xlsx", "CSV (zip)": "zip"}


def file_of(answer: Answer) -> tuple[str, bytes]:
    assert answer.reply.file is not None, answer.text
    return answer.reply.file.name, answer.reply.file.content


@pytest.mark.parametrize(
    "said", ["/report annual", "/report the year-end report", "/rapport bilan"]
)
async def test_the_year_end_report_is_asked_for_in_words(chat: Chat, said: str) -> None:
    asked = await chat.say(said, MANAGER)
    assert "Year-end report" in asked.text
    assert "1 July 2024 to 12 February 2025" in asked.text
    for label, ending in FORMATS.items():
        name, content = file_of(await chat.press(asked, f"{label} In English", MANAGER))
        assert name == f"year-end-report-clc-2024-25.{ending}"
        assert zipfile.ZipFile(BytesIO(content)).testzip() is None


async def test_each_progress_report_leads_to_its_file(chat: Chat) -> None:
    shown = await chat.say("/rapport 2", ADMIN)
    asked = await chat.press(shown, "Voir le rapport", ADMIN)
    assert "Rapport d’étape 2" in asked.text
    assert "Une version préliminaire" in asked.text
    name, content = file_of(await chat.press(asked, "Word En français", ADMIN))
    assert name == "rapport-d-etape-2-clc-2024-25.docx"
    assert "Volet 1.1" in words_of(content)
    await chat.say("/report 2 sent", MANAGER)
    asked = await chat.press(shown, "Voir le rapport", ADMIN)
    assert "version préliminaire" not in asked.text
    content = file_of(await chat.press(asked, "Word En français", ADMIN))[1]
    assert "VERSION PRÉLIMINAIRE" not in words_of(content)


async def test_the_list_leads_to_every_report_and_to_no_file_of_the_plan_itself(
    chat: Chat,
) -> None:
    shown = await chat.say("/report", MANAGER)
    assert shown.labels.count("See the report") == 4
    year_end = await chat.press(shown, "See the report Year-end report", MANAGER)
    assert year_end.card.title == "Year-end report"
    for one in (STAFF, FRENCH):
        labels = (await chat.say("/report", one)).labels
        assert not {"See the report", "Voir le rapport"} & set(labels)


async def test_nobody_else_gets_one(chat: Chat) -> None:
    shown = await chat.say("/report", MANAGER)
    asked = await chat.press(shown, "See the report", MANAGER)
    for who in (STAFF, MEMBER):
        assert (await chat.press(shown, "See the report", who)).reply.refused
        refused = await chat.press(asked, "Word", who)
        assert refused.reply.refused
        assert refused.reply.file is None
        assert (await chat.say("/report annual", who)).reply.refused


async def test_what_a_button_sends_back_is_a_strangers_word(chat: Chat) -> None:
    asked = await chat.say("/report annual", MANAGER)
    for forged in (
        {"plan": "x"},
        {"kind": "weekly"},
        {"kind": "progress", "number": "4"},
        {"kind": "progress", "number": "0"},
        {"number": "x"},
        {"language": "de"},
        {"format": "exe"},
        {"plan": "wellbeing-communities-2021-24", "kind": "progress", "number": "1"},
    ):
        answer = await chat.press(asked, "Word", MANAGER, tampered=forged)
        assert answer.reply.refused, forged
        assert answer.reply.file is None


async def test_it_is_private_in_a_channel_too(chat: Chat) -> None:
    chat.direct = False
    asked = await chat.say("/report annual", MANAGER)
    given = await chat.press(asked, "Word", MANAGER)
    assert asked.reply.private
    assert given.reply.private
    assert given.reply.file is not None
