"""Keeping the roster by chat: by form, by line, and from lists that are dropped."""

import json

import pytest

from handlers.chat.incoming import Dropped, Incoming, Kind, Place
from storage import held, rosters
from storage.people import Newcomer
from tests.conversation import ADMIN, MANAGER, MEMBER, STAFF, Answer, Chat

LIST = """name,email,role,board,centre,start_date,end_date,language
Marie Tremblay,marie.tremblay@emsb.example,CDA,EMSB,LaurierMac CLC,2019-08-26,,fr
Noémie Côté,ncote@littoral.example,ADC,CSS du Littoral,Netagamiou CLC,2024-10-15,,fr
Aïcha Diallo,,principal,RSB,St. Lambert CLC,2021-07-01,,fr
"""
UNCLEAR = """name,email,role,board,start_date,end_date,language
Ann Able,a@x.example,parent,EMSB,,,
Bob Baker,b@x.example,mother,EMSB,,,
Cy Cole,c@x.example,CDA,Atlantis,,,
Di Dunn,not an e-mail,CDA,EMSB,,,
Ed Ely,e@x.example,CDA,EMSB,,,klingon
Flo Fay,f@x.example,CDA,EMSB,2025-03-01,2024-03-01,
Gus Gil,g@x.example,,EMSB,,,
,h@x.example,CDA,EMSB,,,
Ida Ivy,,CDA,EMSB,,,
Ida Ivy,,CDA,RSB,,,
Marie Tremblay,other@emsb.example,CDA,EMSB,,,
Zed Zorn,ncote@littoral.example,CDA,EMSB,,,
Jo Jay,,CDA,EMSB,,,
Jo Jay,,CDA,EMSB,,,
Kim Kay,k1@x.example,CDA,EMSB,,,
Kim Kay,k2@x.example,CDA,EMSB,,,
"""


async def drop(
    chat: Chat, content: str, who: Newcomer = MANAGER, name: str = "list.csv", times: int = 1
) -> Answer:
    place = Place(who.platform, f"direct-{who.id}", True)
    files = (Dropped(name, len(content), content.encode()),) * times
    key = f"drop-{abs(hash((content, who.id, name, times, chat.now)))}"
    return Answer(await chat.dispatch(Incoming(who, place, Kind.DROP, key, files=files)))


async def names(chat: Chat) -> list[str]:
    return [one.says.name for one in await chat.store.read(rosters.everyone)]


@pytest.fixture
async def listed(chat: Chat) -> Chat:
    """A conversation with three people on the roster."""
    taken = await chat.press(await drop(chat, LIST), "Take in", MANAGER)
    assert "3 people added" in taken.text
    return chat


async def test_someone_is_added_by_a_line_and_a_form_and_taken_off_again(chat: Chat) -> None:
    opened = await chat.say(
        "/people add Marie Tremblay, ADC, CSEM, Marie@emsb.example, 2024-09-03, LaurierMac CLC",
        MANAGER,
    )
    added = await chat.submit(opened, MANAGER, language="fr")
    for said in ("Marie Tremblay", "CDA", "EMSB", "marie@emsb.example", "3 September 2024"):
        assert said in added.text
    assert added.labels == ["Undo", "Edit", "End"]
    gone = await chat.press(added, "Undo", MANAGER)
    assert await names(chat) == []
    assert "Taken off" in gone.text
    await chat.press(gone, "Restore", MANAGER)
    assert await names(chat) == ["Marie Tremblay"]


async def test_a_form_says_what_is_wrong_where_it_is(listed: Chat) -> None:
    opened = await listed.say("/people add", MANAGER)
    assert "parent" not in [id for id, _ in opened.form.inputs[1].choices]
    again = await listed.submit(
        opened, MANAGER, role="parent", email="x", starts="2025-01-02", ends="soon", board="nowhere"
    )
    wrong = {one.name for one in again.form.inputs if one.error}
    assert wrong == {"name", "role", "email", "ends", "board"}
    again = await listed.submit(
        opened, MANAGER, name="M.", role="cda", email="Marie.Tremblay@emsb.example"
    )
    assert "Marie Tremblay has this e-mail" in again.text
    again = await listed.submit(opened, MANAGER, name="M.", role="cda", starts="1890-01-01")
    assert "between 1950 and 2100" in again.text
    assert len(await names(listed)) == 3
    assert "never named" in (await listed.say("/people add Zoe, parent", MANAGER)).text


async def test_someone_is_changed_ended_and_found(listed: Chat) -> None:
    opened = await listed.say("/people change tremblay", MANAGER)
    changed = await listed.submit(opened, MANAGER, board="RSB")
    assert "RSB" in changed.text
    ending = await listed.say("/people end Marie Tremblay 2025-01-31", MANAGER)
    early = await listed.submit(ending, MANAGER, ends="2001-01-01")
    assert "before the start" in early.text
    ended = await listed.submit(ending, MANAGER)
    assert "31 January 2025" in ended.text
    assert ended.labels == ["Undo", "Edit"]
    assert "has changed since" in (await listed.press(changed, "Undo", MANAGER)).text
    await listed.press(ended, "Undo", MANAGER)
    for words in ("CDA", "marie", "RSB", "ADC RSB", "Côté (CDA)", "CSS du Littoral"):
        shown = (await listed.say(f"/people {words}", STAFF)).text
        assert ("Marie Tremblay" in shown) == (words not in ("Côté (CDA)", "CSS du Littoral"))
        assert "marie.tremblay@" not in shown


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("/people end Marie Tremblay yesterday", "2025-02-11"),
        ("/people end Tremblay last Friday", "2025-02-07"),
        ("/people end tremblay Friday", "2025-02-07"),
        ("/people end marie.tremblay@emsb.example Jan 31", "2025-01-31"),
        ("/people end Marie Tremblay June 30, 2026", "2026-06-30"),
        ("/people end Marie Tremblay, June 2025", "2025-06-30"),
        ("/equipe fin Marie Tremblay le 30 juin", "2025-06-30"),
        ("/equipe fin Marie jusqu’au 1er mars 2025", "2025-03-01"),
        ("/people end Marie Tremblay", "2025-02-12"),
    ],
)
async def test_a_last_day_is_said_in_words(listed: Chat, said: str, day: str) -> None:
    form = (await listed.say(said, MANAGER)).form
    (last,) = form.inputs
    assert ("Marie Tremblay" in last.label, last.value) == (True, day)


async def test_a_name_may_be_a_month_and_a_last_day_may_be_no_day(listed: Chat) -> None:
    await listed.submit(await listed.say("/people add May June, CDA", MANAGER), MANAGER)
    assert (await listed.say("/people end May June", MANAGER)).form.inputs[0].value == "2025-02-12"
    assert (await listed.say("/people end June May 5", MANAGER)).form.inputs[
        0
    ].value == "2025-05-05"
    for words in ("Marie someday", "Zoltan yesterday", "yesterday"):
        assert f"goes by “{words}”" in (await listed.say(f"/people end {words}", MANAGER)).text


async def test_an_end_that_cannot_be_is_said(listed: Chat) -> None:
    await listed.submit(await listed.say("/people end Noémie 2024-12-20", MANAGER), MANAGER)
    line = "/people add N. Côté, CDA, ncote@littoral.example, since 2025-02-03"
    await listed.submit(await listed.say(line, MANAGER), MANAGER)
    ending = await listed.say("/people end Noémie Côté 2025-02-28", MANAGER)
    assert "N. Côté has this e-mail" in (await listed.submit(ending, MANAGER)).text
    late = await listed.submit(ending, MANAGER, ends="2100-01-02")
    assert "between 1950 and 2100" in late.text
    early = await listed.submit(ending, MANAGER, ends="2024-10-14")
    assert "before the start" in early.text


async def test_who_comes_back_under_an_e_mail_and_a_name_is_one_human(listed: Chat) -> None:
    await listed.submit(await listed.say("/people end Noémie 2024-12-20", MANAGER), MANAGER)
    line = "/people add {}, CDA, ncote@littoral.example, since 2025-02-03"
    opened = await listed.say(line.format("Noemie Cote"), MANAGER)
    back = await listed.submit(opened, MANAGER)
    assert "one person, who counts once" in back.text
    first, again = (
        one for one in await listed.store.read(rosters.everyone) if one.says.email[:5] == "ncote"
    )
    assert again.says.same_as == first.id
    edited = await listed.submit(await listed.press(back, "Edit", MANAGER), MANAGER, centre="X")
    assert (await listed.store.read(rosters.get, again.id)).says.same_as == first.id
    edited = await listed.press(edited, "Undo", MANAGER)
    ended = await listed.submit(await listed.press(edited, "End", MANAGER), MANAGER)
    assert "End noted" in ended.text
    assert await listed.store.read(rosters.human, again.id) == first.id
    for label in ("Undo", "Undo"):
        ended = await listed.press(ended, label, MANAGER)
    assert (await listed.store.read(rosters.get, again.id)).says.same_as == first.id


async def test_who_is_added_under_a_name_that_is_there_may_be_the_same(listed: Chat) -> None:
    line = "/people add marie TREMBLAY, principal, RSB"
    added = await listed.submit(await listed.say(line, MANAGER), MANAGER)
    assert "already on the roster: CDA · EMSB · LaurierMac CLC" in added.text
    asked = await listed.press(added, "The same person?", MANAGER)
    assert "one person" in (await listed.press(asked, "One person", MANAGER)).text.lower()
    found = await listed.store.read(rosters.named, "Marie Tremblay")
    assert len({await listed.store.read(rosters.human, one.id) for one in found}) == 1
    assert (await listed.press(added, "The same person?", STAFF)).reply.refused


async def test_another_one_under_a_shared_e_mail_is_another_human(listed: Chat) -> None:
    await listed.submit(await listed.say("/people end Noémie 2024-12-20", MANAGER), MANAGER)
    line = "/people add Luc Roy, CDA, ncote@littoral.example, since 2025-02-03"
    added = await listed.submit(await listed.say(line, MANAGER), MANAGER)
    assert "counts once" not in added.text
    assert not any(one.says.same_as for one in await listed.store.read(rosters.everyone))


@pytest.mark.parametrize("verb", ["new", "roster new", "nouveaux", "registre nouvelles"])
async def test_who_is_new_follows_from_the_start_and_the_plans_year(
    listed: Chat, verb: str
) -> None:
    shown = await listed.say(f"/people {verb}", STAFF)
    assert "Started from 1 July 2024 to 30 June 2025" in shown.text
    assert "Noémie Côté" in shown.text
    assert "Marie Tremblay" not in shown.text
    assert "Noémie Côté" in (await listed.say(f"/people {verb} CDA", STAFF)).text
    assert "Nobody yet" in (await listed.say(f"/people {verb} principal", STAFF)).text


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("CDAs of EMSB", ["Marie Tremblay"]),
        ("school principals", ["Aïcha Diallo"]),
        ("directions d’école de la CS Riverside", ["Aïcha Diallo"]),
        ("agente de développement communautaire CSEM", ["Marie Tremblay"]),
        ("noémie adc", ["Noémie Côté"]),
    ],
)
async def test_a_role_and_a_body_may_be_several_words(
    listed: Chat, words: str, found: list[str]
) -> None:
    shown = await listed.say(f"/people {words}", STAFF)
    everyone = ("Marie Tremblay", "Noémie Côté", "Aïcha Diallo")
    assert [name for name in everyone if name in shown.text] == found


async def test_who_is_not_found_is_said(listed: Chat) -> None:
    for who in (STAFF, MANAGER):
        assert "goes by “zebra”" in (await listed.say("/people roster zebra", who)).text
    assert "goes by “zebra”" in (await listed.say("/people zebra", STAFF)).text
    assert "I know nobody as “zebra”" in (await listed.say("/people zebra", MANAGER)).text


@pytest.mark.parametrize("words", ["search Aïcha", "find aicha", "chercher AÏCHA"])
async def test_search_is_a_word_for_finding(listed: Chat, words: str) -> None:
    for who in (STAFF, MANAGER):
        assert "St. Lambert CLC" in (await listed.say(f"/people {words}", who)).text


async def test_where_more_go_by_the_words_than_fit_all_can_be_seen(listed: Chat) -> None:
    many = "name,role\n" + "".join(f"Ann{number} Able,CDA\n" for number in range(9))
    await listed.press(await drop(listed, many), "Take in", MANAGER)
    several = await listed.say("/people change able", MANAGER)
    assert several.labels.count("Edit") == 6
    every = await listed.press(several, "On the roster: 9", MANAGER)
    assert "9 people on the roster" in every.text


async def test_two_managers_press_the_same_undo(listed: Chat) -> None:
    add = await listed.say("/people add Zoe Roy, CDA", MANAGER)
    added = await listed.submit(add, MANAGER)
    gone = await listed.press(added, "Undo", ADMIN)
    assert "Retiré du registre" in gone.text
    assert "has changed since" in (await listed.press(added, "Undo", MANAGER)).text
    await listed.press(gone, "Rétablir", MANAGER)
    assert "Zoe Roy" in await names(listed)
    shown = await drop(listed, "name,role\nZed Zorn,CDA\n")
    taken = await listed.press(shown, "Take in", MANAGER)
    back = await listed.press(taken, "Undo", ADMIN)
    assert "taken back or restored already" in (await listed.press(taken, "Undo", MANAGER)).text
    restarted = Chat(listed.store)
    await restarted.press(back, "Rétablir", MANAGER)
    assert "Zed Zorn" in await names(restarted)


async def test_managers_find_those_of_the_chat_and_of_the_roster_together(listed: Chat) -> None:
    await listed.say("/help", MEMBER)
    shown = await listed.say("/people Marie", MANAGER)
    assert "Test (marie)" in shown.text
    assert "CDA · EMSB · LaurierMac CLC · since 26 August 2019" in shown.text
    assert {"Edit", "End"} <= set(shown.labels)
    everyone = await listed.press(await listed.say("/people", MANAGER), "On the roster: 3", MANAGER)
    assert "3 people on the roster" in everyone.text
    several = await listed.say("/people change e", MANAGER)
    assert "Which one?" in several.text


async def test_staff_see_the_roster_and_members_do_not(listed: Chat) -> None:
    shown = await listed.say("/people Noémie", STAFF)
    assert "Netagamiou" in shown.text
    assert shown.labels == []
    assert "Netagamiou" not in (await listed.say("/people Noémie", MEMBER)).text
    assert "équipe-ressource" in (await listed.say("/people roster", MEMBER)).text
    forged = await listed.press(await listed.say("/people roster", MANAGER), "Add someone", STAFF)
    assert "kept by managers" in forged.text
    for line in ("/people add Zoe", "/people change Marie", "/people end Marie"):
        assert "kept by managers" in (await listed.say(line, STAFF)).text
    for who in (STAFF, MEMBER):
        assert (await drop(listed, LIST, who)).reply.refused


async def test_a_list_is_previewed_confirmed_and_undone_as_a_whole(chat: Chat) -> None:
    shown = await drop(chat, LIST)
    assert "3 to add" in shown.text
    assert await names(chat) == []
    taken = await chat.press(shown, "Take in", MANAGER)
    assert await names(chat) == ["Aïcha Diallo", "Marie Tremblay", "Noémie Côté"]
    again = await chat.press(shown, "Take in", MANAGER)
    assert "already" in again.text
    back = await chat.press(taken, "Undo", MANAGER)
    assert await names(chat) == []
    await chat.press(back, "Restore", MANAGER)
    assert len(await names(chat)) == 3
    same = await drop(chat, LIST)
    assert "\n3 as on the roster\n" in same.text
    assert "To end" not in same.text
    assert same.labels == []


async def test_the_preview_says_what_changes_who_ends_and_who_is_absent(listed: Chat) -> None:
    text = LIST.replace("2019-08-26,,fr", "2019-08-26,2025-01-31,fr")
    text = text.replace("St. Lambert CLC", "Harold Napper").replace("Noémie Côté,n", "Zoé Zinn,z")
    shown = await drop(listed, text)
    assert "1 to add · 1 to change · 1 to end" in shown.text
    assert "Centre: St. Lambert CLC → Harold Napper" in shown.text
    assert "Until: 31 January 2025" in shown.text
    assert "not in the list: Noémie Côté" in shown.text
    taken = await listed.press(shown, "Take in", MANAGER)
    assert "1 person added · 1 changed · 1 ended" in taken.text
    await listed.submit(await listed.say("/people change Zinn", MANAGER), MANAGER, centre="X")
    assert "changed since" in (await listed.press(taken, "Undo", MANAGER)).text


async def test_where_the_roster_has_changed_since_the_preview_comes_again(listed: Chat) -> None:
    shown = await drop(listed, LIST.replace("St. Lambert CLC", "Harold Napper"))
    await listed.submit(await listed.say("/people change Aïcha", MANAGER), MANAGER, centre="Y")
    again = await listed.press(shown, "Take in", MANAGER)
    assert "Centre: Y → Harold Napper" in again.text
    assert "1 changed" in (await listed.press(again, "Take in", MANAGER)).text


async def test_every_unclear_line_has_its_reason_and_nothing_of_it_is_kept(listed: Chat) -> None:
    shown = await drop(listed, UNCLEAR)
    for said in (
        "Row 2\n",
        "never named",
        "the role “mother”",
        "school board “Atlantis”",
        "“not an e-mail” is not one",
        "language “klingon”",
        "The end comes before",
        "There is no role",
        "There is no name",
        "Ida Ivy is in this list more than once",
        "another e-mail (marie.tremblay@emsb.example)",
        "This e-mail is Noémie Côté’s",
    ):
        assert said in shown.text, said
    for name in ("Ann Able", "Bob Baker", "a@x.example"):
        assert name not in shown.text
    carried = json.dumps(dict(shown.button("Take in").values))
    for name in ("Ann", "a@x.example", "Baker", "b@x.example"):
        assert name not in carried
    await listed.press(shown, "Take in", MANAGER)
    assert "Ida Ivy" not in await names(listed)
    assert (await names(listed)).count("Jo Jay") == 1
    assert (await names(listed)).count("Kim Kay") == 2
    assert len(await names(listed)) == 6


async def test_a_second_stay_and_namesakes_are_told_apart(listed: Chat) -> None:
    await listed.submit(await listed.say("/people end Noémie 2024-12-20", MANAGER), MANAGER)
    back = LIST.replace("2024-10-15", "2025-02-03")
    taken = await listed.press(await drop(listed, back), "Take in", MANAGER)
    assert "1 person added" in taken.text
    assert (await names(listed)).count("Noémie Côté") == 2
    assert "3 as on the roster" in (await drop(listed, back, name="again.csv")).text
    other = "name,email,role\nAïcha Diallo,a2@rsb.example,CDA\nAïcha Diallo,,CDA\n"
    await listed.submit(
        await listed.say("/people add Aïcha Diallo, CDA, b@rsb.example", MANAGER), MANAGER
    )
    assert "Several people on the roster are called" in (await drop(listed, other)).text


@pytest.mark.parametrize(
    "change",
    [
        {"list": "no json"},
        {"list": '{"lines": ["nothing"]}'},
        {"file": "x" * 301},
    ],
)
async def test_a_forged_list_is_refused(chat: Chat, change: dict[str, str]) -> None:
    shown = await drop(chat, LIST)
    forged = await chat.press(shown, "Take in", MANAGER, tampered=change)
    assert "no longer in use" in forged.text
    assert await names(chat) == []


@pytest.mark.parametrize(("role", "board"), [("parent", "EMSB"), ("king", "EMSB"), ("cda", "X")])
async def test_a_forged_line_is_unclear(chat: Chat, role: str, board: str) -> None:
    shown = await drop(chat, LIST)
    lines = json.loads(shown.button("Take in").values["list"])
    lines["lines"][0] |= {"role": role, "board": board, "name": "Forged"}
    await chat.press(shown, "Take in", MANAGER, tampered={"list": json.dumps(lines)})
    assert "Forged" not in await names(chat)


async def test_only_one_list_of_a_fair_length_is_taken(chat: Chat) -> None:
    assert "One list at a time" in (await drop(chat, LIST, times=2)).text
    long = "name,role\n" + "".join(f"Ann{number} Able,CDA\n" for number in range(1001))
    assert "more than 1000 lines" in (await drop(chat, long)).text
    assert "can do nothing with" in (await drop(chat, "1,2\n")).text


async def test_a_long_list_fits_where_a_button_has_no_room(chat: Chat) -> None:
    long = "name,role\n" + "".join(f"Ann{number} Able,CDA\n" for number in range(300))
    shown = await drop(chat, long)
    assert "And 280 more" in shown.text
    carried = json.dumps(dict(shown.button("Take in").values))
    token = await chat.store.write(held.put, carried, 0)
    assert await chat.store.read(held.get, token) == carried
    assert "300 people added" in (await chat.press(shown, "Take in", MANAGER)).text


async def test_it_speaks_french(chat: Chat) -> None:
    shown = await drop(chat, LIST, ADMIN)
    assert "3 à ajouter" in shown.text
    taken = await chat.press(shown, "Inscrire", ADMIN)
    assert "3 personnes ajoutées" in taken.text
    found = await chat.say("/equipe direction", ADMIN)
    assert "Aïcha Diallo" in found.text
    ended = await chat.say("/equipe fin Aïcha 2025-02-01", ADMIN)
    assert "1 février 2025" in (await chat.submit(ended, ADMIN)).text.replace("1er", "1")
