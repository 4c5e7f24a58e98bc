"""/entries: mine and others', pages, voiding and restoring in place, and the list as a file."""

import csv
from datetime import date
from io import StringIO

import pytest

from storage import entry_changes, people
from storage.engine import Store, Tx
from storage.entries import Draft
from storage.entry_changes import Doubt
from storage.people import Newcomer
from storage.plan import EntryKind
from tests.conversation import FRENCH, MANAGER, MEMBER, STAFF, Answer, Chat


async def log_week(chat: Chat) -> None:
    for day in ("monday", "yesterday", "today"):
        await chat.say(f"/log 2h with a CDA at EMSB {day}")
    await chat.say("/log 1h with a principal at RSB on Jan 15")
    await chat.say("/noter 3 h table CHSSN hier", FRENCH)


async def test_mine_this_week(chat: Chat) -> None:
    await log_week(chat)
    card = await chat.say("/entries")
    assert "3 entries that count · 6 h" in card.text
    assert "10 February 2025 to 16 February 2025" in card.text
    assert "CHSSN" not in card.text


@pytest.mark.parametrize(
    ("words", "summary"),
    [
        ("/entries last month", "1 entry that counts · 1 h"),
        ("/entries since 1 Feb", "3 entries that count · 6 h"),
        ("/entries yesterday", "1 entry that counts · 2 h"),
        ("/entries January", "1 entry that counts · 1 h"),
        ("/saisies le mois dernier", "1 entry that counts · 1 h"),
        ("/saisies depuis le 1er février", "3 entries that count · 6 h"),
    ],
)
async def test_other_periods(chat: Chat, words: str, summary: str) -> None:
    await log_week(chat)
    assert summary in (await chat.say(words)).text


async def test_void_and_restore_in_the_list(chat: Chat) -> None:
    await log_week(chat)
    card = await chat.press(await chat.say("/entries"), "Void")
    assert "2 entries that count · 4 h" in card.text
    assert card.reply.replace
    assert await chat.hours("accompaniment-hours") == 5
    card = await chat.press(card, "Restore")
    assert "3 entries that count · 6 h" in card.text
    assert await chat.hours("accompaniment-hours") == 7


async def test_edit_from_the_list_shows_the_list_again(chat: Chat) -> None:
    await log_week(chat)
    form = await chat.press(await chat.say("/entries"), "Edit")
    card = await chat.submit(form, duration="30 min")
    assert "3 entries that count · 4.5 h" in card.text
    assert card.reply.replace


async def test_long_lists_have_pages(chat: Chat) -> None:
    for minutes in range(10, 25):
        await chat.say(f"/log {minutes} min with a CDA at EMSB yesterday")
    card = await chat.say("/entries")
    assert "Newer" not in card.labels
    seen = card.labels.count("Void")
    while "Older" in card.labels:
        card = await chat.press(card, "Older")
        seen += card.labels.count("Void")
    assert seen == 15
    assert "Newer" in card.labels


async def test_managers_see_a_person_or_everyone(chat: Chat) -> None:
    await log_week(chat)
    card = await chat.say("/entries Chantal Dube", MANAGER)
    assert "Entries of Chantal Dubé" in card.text
    assert "CHSSN" in card.text
    everyone = await chat.say("/entries everyone this week", MANAGER)
    assert "4 entries that count · 9 h" in everyone.text
    assert "Chantal Dubé" in everyone.text
    await chat.press(everyone, "Void", MANAGER)
    assert "Nobody here" in (await chat.say("/entries Zoltan", MANAGER)).text


async def test_staff_see_only_their_own(chat: Chat) -> None:
    await log_week(chat)
    for words in ("/entries Chantal", "/entries everyone"):
        card = await chat.say(words)
        assert "CHSSN" not in card.text
        assert words.removeprefix("/entries ") in card.text


async def test_a_list_button_of_somebody_else_opens_nothing(chat: Chat) -> None:
    await log_week(chat)
    everyone = await chat.say("/entries everyone", MANAGER)
    theirs = await chat.press(everyone, "Void", STAFF, tampered={"list": "everyone"})
    assert "Chantal" not in theirs.text
    assert await chat.hours("partner-hours") == 3


async def as_file(
    chat: Chat, words: str = "/entries", who: Newcomer = STAFF, label: str = "As a file"
) -> Answer:
    answer = await chat.press(await chat.say(words, who), label, who)
    assert answer.reply.private
    assert not answer.reply.replace
    return answer


def rows(answer: Answer, delimiter: str = ",") -> list[list[str]]:
    """The rows of the file, as a spreadsheet would read it."""
    file = answer.reply.file
    assert file is not None
    assert file.content.startswith(b"\xef\xbb\xbf")  # else Excel takes UTF-8 for something older
    text = file.content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))


async def test_the_whole_period_as_a_file(chat: Chat) -> None:
    await chat.say("/log 20 min with Zoë Élie (CDA) and 2 principals at EMSB and RSB on request")
    for minutes in range(10, 17):
        await chat.say(f"/log {minutes} min table CHSSN yesterday re calendar")
    await chat.press(await chat.say("/log 1h with a CDA at EMSB monday"), "Undo")
    answer = await as_file(chat)
    assert answer.reply.file is not None
    assert answer.reply.file.name == "entries-2025-02-10-to-2025-02-16.csv"
    assert "entries-2025-02-10-to-2025-02-16.csv: 9 entries, voided ones included." in answer.text
    assert "8 entries that count · 1.85 h" in answer.text
    header, first, *others, last = rows(answer)
    assert header == [
        "Date",
        "Hours",
        "Minutes",
        "Kind",
        "With",
        "School board",
        "Table or organization",
        "Objective",
        "They asked for it",
        "Voided",
    ]
    with_whom = "Zoë Élie (CDA); 2 principals"
    assert first[:4] == ["2025-02-12", "0.33", "20", "Accompaniment"]
    assert first[4:] == [with_whom, "EMSB; RSB", "", "", "Yes", "No"]
    assert len(others) == 7
    assert others[0][3:] == ["Partner support", "", "", "CHSSN", "calendar", "No", "No"]
    assert (last[0], last[-1]) == ("2025-02-10", "Yes")


async def test_a_file_in_french_opens_in_a_french_spreadsheet(chat: Chat) -> None:
    await chat.say("/noter 1h30 avec une ADC à la CSEM hier", FRENCH)
    answer = await as_file(chat, "/saisies février", FRENCH, "En fichier")
    assert answer.reply.file is not None
    assert answer.reply.file.name == "saisies-2025-02-01-au-2025-02-28.csv"
    header, first = rows(answer, ";")
    assert header[:2] == ["Date", "Heures"]
    assert first[:6] == ["2025-02-11", "1,50", "90", "Accompagnement", "ADC", "CSEM"]


async def test_a_file_holds_what_the_list_held_when_it_was_made(chat: Chat) -> None:
    await chat.say("/log 1h with a CDA at EMSB today")
    card = await chat.say("/entries")
    chat.pass_time(days=7)
    await chat.say("/log 2h with a CDA at EMSB today")
    _, only = rows(await chat.press(card, "As a file"))
    assert only[0] == "2025-02-12"


async def test_managers_files_say_who_logged_it(chat: Chat) -> None:
    await log_week(chat)
    header, *everyones = rows(await as_file(chat, "/entries everyone", MANAGER))
    assert header[0] == "Logged by"
    assert sorted(row[0] for row in everyones) == ["Alex Roy"] * 3 + ["Chantal Dubé"]
    _, *hers = rows(await as_file(chat, "/entries Chantal", MANAGER))
    assert [(row[0], row[2]) for row in hers] == [("Chantal Dubé", "3.00")]


async def test_a_file_of_others_is_for_managers_whatever_a_button_carries(chat: Chat) -> None:
    await log_week(chat)
    card = await chat.say("/entries everyone", MANAGER)
    for who in (STAFF, MEMBER):
        answer = await chat.press(card, "As a file", who)
        assert answer.reply.file is None
    for tampered in ({"today": "soon"}, {"list": "a" * 10_000}, {"list": "between 1 and 2 and 3"}):
        answer = await chat.press(card, "As a file", tampered=tampered)
        assert answer.reply.file is None
        assert "did not work" in answer.text


async def test_an_empty_list_has_no_file(chat: Chat) -> None:
    assert "As a file" not in (await chat.say("/entries")).labels


@pytest.mark.parametrize(
    "formula", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1"]
)
async def test_no_cell_of_a_file_is_run(chat: Chat, formula: str) -> None:
    who = Newcomer("test", "eq", formula, role=MANAGER.role)
    form = await chat.say("/log", who)
    fields = {"kind": "partner", "partner": formula, "name_1": formula, "objective": formula}
    await chat.submit(form, who, duration="1h", **fields)
    _, row = rows(await as_file(chat, who=who))
    held = [cell for cell in row if formula.strip() in cell]
    assert len(held) == 4
    for cell in held:
        assert cell.startswith("'")


async def test_a_file_is_cut_and_says_so(chat: Chat, store: Store) -> None:
    await chat.say("/help")

    def log_many(tx: Tx) -> None:
        me = people.find(tx, STAFF.platform, STAFF.id)
        assert me is not None
        at, sure = int(chat.now.timestamp()), frozenset(Doubt)
        for day, number in ((date(2025, 2, 3), 1), (date(2025, 2, 10), 10_000)):
            for _ in range(number):
                entry_changes.add(tx, Draft(EntryKind.ACCOMPANIMENT, day, 1), me, at, sure=sure)

    await store.write(log_many)
    answer = await as_file(chat, "/entries February")
    assert "Only the newest 10,000 are in the file" in answer.text
    assert "10,000 entries, voided ones included" in answer.text
    _, *days = rows(answer)
    assert [row[0] for row in days] == ["2025-02-10"] * 10_000
    assert "Only the newest" not in (await as_file(chat)).text
