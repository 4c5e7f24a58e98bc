"""/progress indicators: what is reported without a target, and what each opens to."""

from datetime import date

import pytest

from bot.gallery import actions_of
from storage import documents, outputs, partnerships, records, surveys
from storage.documents import Document
from storage.engine import Tx
from storage.outputs import SITE, Output
from storage.partnerships import Agreement, Partnership, Standing
from storage.people import TeamRole
from storage.surveys import Completion, Survey
from tests.conversation import FRENCH, MANAGER, MEMBER, Chat
from tests.handlers.holding import TUESDAY, enrol, hold, open_hinted
from tests.storage.making import NOW, meet


def a_year(tx: Tx) -> None:
    by = meet(tx, "Manager", TeamRole.MANAGER)
    ann, bob = enrol(tx, "Ann Lee", "cda", "EMSB"), enrol(tx, "Bob Roy", "principal", "")
    for day in (date(2024, 10, 23), date(2024, 12, 4)):
        hold(tx, "plc-meetings", day, present=(ann, bob))
    hold(tx, "family-workshops", counts=(("RSB", 9), ("", 3)), replies=(12, 10, 9))
    for says in (
        Output(
            "cda-tools", "Asset map", "mapping", "map it", published=TUESDAY, url="https://a.ca"
        ),
        Output("cda-tools", "Draft"),
        Output(SITE, "News", published=TUESDAY, note="a page on grants"),
    ):
        records.add(tx, outputs.OUTPUT, says, by, NOW)


async def log_some(chat: Chat) -> None:
    await chat.say("/log 2h with Zoé Hall (CDA) at EMSB yesterday on request re the asset map")
    await chat.say("/log 1h with 2 principals today on request", MANAGER)
    await chat.say("/log 1h with a CDA at RSB today")
    await chat.say("/noter 3 h table CHSSN hier", FRENCH)


async def test_every_indicator_by_strand(chat: Chat) -> None:
    await chat.store.write(a_year)
    await log_some(chat)
    card = await chat.say("/progress indicators")
    assert card.reply.private
    for said in (
        "PLC meetings\n2 sessions · Participants: 4 · Different people, by name: 2"
        " · By role: 1 CDA, 1 principal"
        " · School boards: 1, and 2 participants of none or not given",
        "Workshops for parents and families\n1 session · Participants: 12 · School boards: 1, and 3"
        " participants of none or not given · Replied: 10 of 12 (83.3%) · Positive: 9 of 10 (90%)",
        "Webinars for CLC principals\n0 sessions\n",
        "Tools for CDAs\n2 recorded, 1 published",
        "Website updates\n1 update\n",
        "2 requests for accompaniment\n2 entries answer them · Who asked: 2 principals, 1 CDA"
        " · School boards: EMSB 1 · 1 request without a board",
        "1 entry · Tables: 1 (CHSSN)",
    ):
        assert said in card.text
    assert "Zoé" not in card.text
    assert "Ann" not in card.text
    order = ["1.1 ·", "1.3 ·", "1.4 ·", "2 · Tools", "3 · Expert"]
    assert [card.text.index(one) for one in order] == sorted(card.text.index(one) for one in order)


@pytest.mark.parametrize("words", ["indicateurs", "Indicateur", "INDICATORS"])
async def test_in_french(chat: Chat, words: str) -> None:
    await chat.store.write(a_year)
    await log_some(chat)
    card = await chat.say(f"/progrès {words}", FRENCH)
    for said in (
        "2 séances · Participants : 4 · Personnes différentes, nommées : 2",
        "Commissions scolaires : 1, et 2 participants sans commission ou non précisée",
        "2 inscrits, 1 publié",
        "Qui a demandé : 2 directions, 1 ADC",
        "1 saisie · Tables : 1 (CHSSN)",
    ):
        assert said in card.text


async def test_from_the_targets_and_back(chat: Chat) -> None:
    overview = await chat.say("/progress")
    card = await chat.press(overview, "All indicators")
    assert card.reply.replace
    assert (await chat.press(card, "All targets")).card == overview.card


async def test_each_opens_to_what_it_is_made_of(chat: Chat) -> None:
    await chat.store.write(a_year)
    await log_some(chat)
    card = await chat.say("/progress indicators", MANAGER)
    items = [one for one in card.card.blocks if one.block == "item"]
    assert len(items) == 21
    assert all(one.actions for one in items)
    for hint, shown, way_back in (
        ("PLC meetings", "2 sessions count", "All targets"),
        ("Tools for CDAs", "11 February 2025 · mapping · map it", "All indicators"),
        ("Website updates", "11 February 2025 · a page on grants", "All indicators"),
        ("2 requests for accompaniment", "Alex Roy · asset map", "All indicators"),
        ("Hours of support to partners", "CHSSN", "All targets"),
    ):
        opened = await open_hinted(chat, card, hint, MANAGER)
        assert shown in opened.text
        back = await chat.press(opened, way_back, MANAGER)
        assert way_back == "All targets" or back.card == card.card


async def test_sessions_for_no_target_are_reported_too(chat: Chat) -> None:
    assert "Other sessions" not in (await chat.say("/progress indicators")).text
    await chat.store.write(hold, "other", title="Gala", counts=(("EMSB", 40),))
    card = await chat.say("/progress indicators")
    assert "Other sessions\n1 session · Participants: 40 · School boards: 1" in card.text
    opened = await open_hinted(chat, card, "Other sessions")
    assert "Gala" in opened.text
    assert (await chat.press(opened, "All indicators")).card == card.card
    french = await chat.say("/progres indicateurs", MEMBER)
    assert "Autres séances\n1 séance" in french.text
    forged = await open_hinted(chat, card, "Other sessions", MEMBER)
    assert "Gala" not in forged.text


async def test_requests_open_to_ones_own_entries_and_to_all_for_managers(chat: Chat) -> None:
    await log_some(chat)
    card = await chat.say("/progress indicators")
    mine = await open_hinted(chat, card, "2 requests for accompaniment")
    assert "2 entries answer them" in mine.text
    assert "You see your own here" in mine.text
    assert "Zoé Hall" in mine.text
    assert "2 principals" not in mine.text
    all_ = await open_hinted(chat, card, "2 requests for accompaniment", MANAGER)
    assert "2 principals\nSam Cohen" in all_.text
    assert "Alex Roy · asset map" in all_.text
    assert "CHSSN" not in all_.text


def partners_and_papers(tx: Tx) -> None:
    by = meet(tx, "Manager", TeamRole.MANAGER)
    for partner, standing, seat in (
        ("CHSSN", Standing.EXISTING, True),
        ("YMCA", Standing.POTENTIAL, False),
        ("Centraide", Standing.NEW, False),
    ):
        says = Partnership(partner, seat, standing, seat, "regional work")
        partnerships.tell(tx, says, by, NOW)
    agreement = Agreement("Centraide", "A protocol", TUESDAY)
    records.add(tx, partnerships.AGREEMENT, agreement, by, NOW)
    report = Document("clc-2024-25", "dsrea-reports", 1, TUESDAY, TUESDAY)
    documents.mark(tx, report, 0, by, NOW)
    plan = Document("clc-2024-25", "action-plan", 1, sent=date(2024, 6, 20), posted=TUESDAY)
    documents.mark(tx, plan, 0, by, NOW)


async def test_partners_and_documents(chat: Chat) -> None:
    await chat.store.write(partners_and_papers)
    card = await chat.say("/progress indicators")
    for said in (
        "Partnerships\n1 agreement signed · Tables the team sits on: 1 (CHSSN)"
        " · Potential partners: 1 (YMCA) · New partners: 1 (Centraide)",
        "Progress reports to the DSREA\n1 prepared, 1 sent, 0 posted on the site",
        "Action plan submitted\n0 prepared, 1 sent, 1 posted on the site",
    ):
        assert said in card.text
    listed = await open_hinted(chat, card, "Partnerships")
    assert "CHSSN\nexisting · the team sits on it · regional work" in listed.text
    assert "YMCA\npotential · regional work" in listed.text
    assert (await chat.press(listed, "All indicators")).card == card.card
    agreements = await chat.say("/progress partner-agreements")
    assert "1 of 1 (100%)" in agreements.text
    assert "1 agreement was signed between 1 July 2024 and 12 February 2025." in agreements.text
    assert "Centraide\nsigned 11 February 2025 · A protocol" in agreements.text
    reports = await chat.say("/progress dsrea-reports")
    assert "1 is marked as sent by 12 February 2025." in reports.text
    assert "First progress report\nprepared 11 February 2025 · sent 11 Feb" in reports.text
    plan = await chat.say("/progres action-plan", FRENCH)
    assert "publié sur le site le 11 février 2025" in plan.text
    for target in ("partner-agreements", "dsrea-reports"):
        member = await chat.say(f"/progres {target}", MEMBER)
        assert member.labels == ["Au fil de l’année", "Toutes les cibles"]
        assert "Centraide\n" not in member.text


def journals(tx: Tx) -> None:
    by = meet(tx, "Manager", TeamRole.MANAGER)
    ann, bob = (
        enrol(tx, name, "cda", "EMSB", date(2020, 8, 26)) for name in ("Ann Lee", "Bob Roy")
    )
    enrol(tx, "Cy Ng", "cda", "RSB", date(2025, 1, 6))
    for opened, closes, done in (
        (date(2024, 11, 1), date(2024, 11, 29), (ann, bob)),
        (date(2025, 2, 3), date(2025, 2, 28), (ann,)),
    ):
        survey = Survey("journals-cdas", f"Journal of {opened}", opened, closes)
        id = records.add(tx, surveys.SURVEY, survey, by, NOW).id
        members = tuple((one, TUESDAY) for one in done)
        surveys.complete(tx, Completion(id, members), by, NOW)


async def test_surveys_and_journals(chat: Chat) -> None:
    await chat.store.write(journals)
    card = await chat.say("/progress indicators", MANAGER)
    assert "Online journals, CDAs\n2 sent out · handed in by 3 of 5 (60%)" in card.text
    assert "Year-end survey, CDAs\n0 sent out\n" in card.text
    opened = await open_hinted(chat, card, "Online journals, CDAs", MANAGER)
    assert "1 of 3 (33.3%), goal: 100%" in opened.text
    assert "Handed in all 2 that are out so far ÷ all CDAs on the roster" in opened.text
    assert "Of those who were on the roster for each\n1 of 2 (50%)" in opened.text
    people = await chat.press(opened, "People", MANAGER)
    assert "Cy Ng\nCDA · RSB · handed in 0 of 2" in people.text
    assert "Ann Lee\nCDA · EMSB · handed in 2 of 2" in people.text
    out = await chat.press(opened, "What went out (2)", MANAGER)
    assert "handed in by 1 of 3 (33.3%) · out since 3 February 2025 · closes 28 Feb" in out.text
    assert out.button("Open").name == "survey.open"
    assert (await chat.press(out, "Back to the target", MANAGER)).card == opened.card
    staff = await chat.say("/progress journals")
    assert staff.labels == ["What went out (2)", "All targets"]
    for label in ("People", "What went out (2)"):
        forged = await chat.press(opened, label, MEMBER)
        assert "ne le permet pas" in forged.text
    tampered = {"target": "pd-feedback"}
    wrong = await chat.press(opened, "What went out (2)", MANAGER, tampered=tampered)
    assert "button" in wrong.text


async def test_members_see_figures_and_open_no_entries(chat: Chat) -> None:
    await chat.store.write(a_year)
    await log_some(chat)
    card = await chat.say("/progress indicators", MEMBER)
    assert "2 demandes d’accompagnement" in card.text
    assert "asset map" not in card.text
    theirs = await chat.say("/progress indicators", MANAGER)
    for hint in ("2 requests for accompaniment", "Website updates"):
        forged = await open_hinted(chat, theirs, hint, MEMBER)
        assert "ne le permet pas" in forged.text
    names = {one.name for one in actions_of(card.card)}
    assert names == {"progress.open", "progress.all"}
