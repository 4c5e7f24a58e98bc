"""The practices guide: its words in order, its languages, its links, and the same bytes twice."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise

import docx
import pytest
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.chat.texts import Texts
from handlers.practices import guide
from storage import documents
from storage.community import Community
from storage.plan import CommunityKind, Language
from storage.practice import Level, Practice, Status, Theme
from storage.practice_marks import Chosen
from storage.records import Record
from tests.conversation import MANAGER, MEMBER, STAFF, Chat
from tests.reading_papers import lines_of, part

EN, FR = Texts.load(Language.EN), Texts.load(Language.FR)
DAY = date(2024, 5, 15)
CORNER = Practice(
    "Calm corner",
    "A place.\nA chair.",
    Level.ELEMENTARY,
    Theme.CLIMATE,
    "A small school.",
    "Fewer outbursts.",
    ("https://example.org/cards",),
    author="Kayla Buckle",
    institution="Harbour School",
)
MARCHE = Practice(
    "La marche du midi",
    "On marche.",
    Level.SECONDARY,
    Theme.ACTIVE,
    author="Isabelle Fortin",
    language=Language.FR,
)


def chosen(*says: Practice, status: Status = Status.PUBLISHED) -> list[Chosen]:
    return [
        Chosen(Record(n, one, 1, 1, 1_700_000_000, None), status, DAY)
        for n, one in enumerate(says, 1)
    ]


def built(*says: Practice, t: Texts = EN, draft: bool = False) -> bytes:
    return guide.build(t, chosen(*says), draft=draft, day=DAY)


def headings(content: bytes) -> list[tuple[str, str]]:
    made = docx.Document(BytesIO(content))
    named = ((one.style.name, one.text) for one in made.paragraphs if one.style is not None)
    return [(name, text) for name, text in named if name.startswith("Heading")]


def test_practices_stand_by_theme_and_level_under_real_headings() -> None:
    first = replace(CORNER, title="Zen garden", level=Level.PRESCHOOL)
    assert headings(built(CORNER, MARCHE, first)) == [
        ("Heading 1", "About this guide"),
        ("Heading 1", "1. Physical activity, nature and healthy habits"),
        ("Heading 2", "1.1 La marche du midi"),
        ("Heading 3", "What was done"),
        ("Heading 1", "2. School climate and environment"),
        ("Heading 2", "2.1 Zen garden"),
        *(("Heading 3", one) for one in ("Context", "What was done", "Effects", "Materials")),
        ("Heading 2", "2.2 Calm corner"),
        *(("Heading 3", one) for one in ("Context", "What was done", "Effects", "Materials")),
        ("Heading 1", "Index"),
        ("Heading 1", "Credits"),
    ]


def test_a_table_that_ends_its_page_begins_no_empty_one() -> None:
    body = list(docx.Document(BytesIO(built(CORNER, MARCHE))).iter_inner_content())
    after = [one for table, one in pairwise(body) if isinstance(table, Table)]
    assert len(after) >= 3
    for gap in after:
        assert isinstance(gap, Paragraph)
        assert (gap.text, gap.paragraph_format.line_spacing) == ("", Pt(1))


def test_the_contents_are_a_field_that_reads_right_before_it_is_updated() -> None:
    content = built(CORNER, MARCHE)
    said = lines_of(content)
    begins = said.index("Contents")
    assert said[begins + 1 : begins + 8] == [
        "About this guide",
        "1. Physical activity, nature and healthy habits",
        "1.1 La marche du midi",
        "2. School climate and environment",
        "2.1 Calm corner",
        "Index",
        "Credits",
    ]
    text = part(content)
    assert re.findall(r"<w:instrText[^>]*>([^<]*)<", text) == [' TOC \\o "1-2" \\h \\z \\u ']
    assert text.count('fldCharType="begin"') == text.count('fldCharType="end"') == 1
    leads = set(re.findall(r'w:anchor="([^"]+)"', text))
    marks = re.findall(r'<w:bookmarkStart[^>]*w:name="([^"]+)"', text)
    assert leads <= set(marks)
    assert len(marks) == len(set(marks))


def test_the_index_leads_to_practices_by_what_they_are() -> None:
    said = lines_of(built(CORNER, MARCHE))
    index = said[said.index("Index", said.index("Index") + 1) :]
    assert index[index.index("Elementary school") + 1] == "2.1 Calm corner"
    assert index[index.index("Isabelle Fortin") + 1] == "1.1 La marche du midi"
    assert index[index.index("Harbour School") + 1] == "2.1 Calm corner"
    assert "Kayla Buckle, Harbour School" in index


def test_the_index_and_the_credits_name_the_communities() -> None:
    community = Community("Elementary", "Primaire", CommunityKind.PRACTICE)
    one, other = chosen(CORNER, MARCHE)
    content = guide.build(FR, [replace(one, community=community), other], draft=False, day=DAY)
    said = lines_of(content)
    assert said[said.index("Communauté") + 1] == "Primaire"
    index, credits = said.index("Index", said.index("Index") + 1), said[-5:]
    assert said[said.index("Primaire", index) + 1] == "2.1 Calm corner"
    assert credits[:4] == [
        "Primaire",
        "Kayla Buckle, Harbour School",
        "Hors d’une communauté",
        "Isabelle Fortin",
    ]


@pytest.mark.parametrize(("t", "tag", "other"), [(EN, "en-CA", "fr-CA"), (FR, "fr-CA", "en-CA")])
def test_the_frame_is_in_the_language_asked_and_words_are_tagged_with_their_own(
    t: Texts, tag: str, other: str
) -> None:
    content = built(CORNER, MARCHE, t=t)
    defaults = part(content, "word/styles.xml").partition("</w:docDefaults>")[0]
    assert re.findall(r'<w:lang w:val="([^"]+)"', defaults) == [tag]
    assert f"<dc:language>{tag}</dc:language>" in part(content, "docProps/core.xml")
    theirs = {
        run[1]
        for run in re.findall(r'<w:lang w:val="([^"]+)"/></w:rPr><w:t[^>]*>([^<]*)<', part(content))
        if run[0] == other
    }
    foreign = MARCHE if t is EN else CORNER
    assert foreign.did.splitlines()[0] in theirs
    assert t("guide.what") not in theirs


def test_the_same_practices_are_the_same_bytes() -> None:
    assert built(CORNER, MARCHE) == built(CORNER, MARCHE)
    core = part(built(CORNER), "docProps/core.xml")
    assert core.count("2024-05-15T00:00:00Z") == 2


def test_a_draft_says_so_and_what_was_selected_only() -> None:
    drafted = guide.build(EN, chosen(CORNER, status=Status.SELECTED), draft=True, day=DAY)
    assert "DRAFT" in lines_of(drafted)
    assert "Selected for the guide" in lines_of(drafted)
    assert "DRAFT" not in lines_of(built(CORNER))


def test_links_lead_to_the_web_and_nothing_typed_can_run() -> None:
    typed = replace(
        CORNER,
        title='{ INCLUDETEXT "c:/secret" } <w:p>',
        context="=cmd|' /C calc'!A0",
        did="\x07 & < > MERGEFIELD",
        links=("https://example.org/a?b=1&c=2",),
    )
    content = built(typed)
    assert "2. " not in part(content, "word/_rels/document.xml.rels")
    targets = re.findall(
        r'Target="([^"]+)"[^>]*TargetMode="External"', part(content, "word/_rels/document.xml.rels")
    )
    assert targets == ["https://example.org/a?b=1&amp;c=2"]
    assert '1.1 { INCLUDETEXT "c:/secret" } <w:p>' in [text for _, text in headings(content)]
    assert part(content).count("<w:instrText") == 1, "the contents alone"


def test_headers_of_tables_are_repeated_and_pages_are_numbered() -> None:
    content = built(CORNER)
    assert part(content).count("<w:tblHeader/>") == 4
    with zipfile.ZipFile(BytesIO(content)) as parts:
        feet = [parts.read(name).decode() for name in parts.namelist() if "footer" in name]
    assert any(" PAGE " in one for one in feet)


text = st.text(max_size=60)


@settings(max_examples=25, deadline=None)
@given(text, text, text, st.sampled_from(Level), st.sampled_from(Theme), st.sampled_from([EN, FR]))
def test_any_words_make_a_guide_that_word_opens(
    title: str, did: str, author: str, level: Level, theme: Theme, t: Texts
) -> None:
    says = Practice(title, did, level, theme, author=author)
    content = built(says, t=t)
    assert content == built(says, t=t)
    assert any(name == "Heading 2" for name, _ in headings(content))


async def selected(chat: Chat) -> None:
    await chat.say("/practice Calm corner: a place", MEMBER)
    card = await chat.press(await chat.say("/practice list"), "Open")
    await chat.press(card, "Select for the guide")


async def test_the_team_builds_the_guide_in_both_languages(chat: Chat) -> None:
    assert "would be empty" in (await chat.say("/guide")).text
    await selected(chat)
    card = await chat.say("/guide")
    assert "1 selected, 0 published" in card.text
    for label, name, frame in (
        ("Build it in English", "practices-guide-en.docx", "Contents"),
        ("Build it in French", "guide-de-pratiques-fr.docx", "Table des matières"),
    ):
        file = (await chat.press(card, label)).reply.file
        assert file is not None
        assert file.name == name
        assert {frame, "1.1 Calm corner"} <= set(lines_of(file.content))


async def test_members_build_none(chat: Chat) -> None:
    await selected(chat)
    assert (await chat.say("/guide", MEMBER)).reply.refused
    card = await chat.say("/guide", STAFF)
    assert "Mark the guide as delivered" not in card.labels
    assert (await chat.press(card, "Build it in English", MEMBER)).reply.refused
    assert (
        await chat.press(card, "Build it in English", tampered={"language": "xx"})
    ).reply.refused


async def test_a_manager_marks_it_as_delivered_and_it_is_a_draft_no_more(chat: Chat) -> None:
    await selected(chat)
    card = await chat.say("/guide", MANAGER)
    receipt = await chat.press(card, "Mark the guide as delivered", MANAGER)
    plan = "wellbeing-communities-2021-24"
    kept = await chat.store.read(documents.of_target, plan, "practices-guide")
    assert [one.says.sent for one in kept] == [date(2025, 2, 12)]
    after = await chat.say("/guide", MANAGER)
    assert "Delivered on 12 February 2025" in after.text
    file = (await chat.press(after, "Build it in English", MANAGER)).reply.file
    assert file is not None
    assert "DRAFT" not in lines_of(file.content)
    await chat.press(receipt, "Undo", MANAGER)
    assert "draft" in (await chat.say("/guide", MANAGER)).text
