"""The week in figures: counted by the oracle, said in each channel at its time, and of nobody."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from bot import sample
from handlers.chat.cards import Facts, Progress
from handlers.chat.charts import Bullets
from handlers.chat.plain import plain
from handlers.chat.texts import Texts
from handlers.progress import words
from handlers.progress.weekly import card, lacking
from handlers.progress.weekly.week import Row, Scope, Week
from storage import audit, entries, people, records, sessions
from storage.communities import COMMUNITY
from storage.engine import Store, Tx
from storage.entries import Entry
from storage.figure import Forecast
from storage.figures import Figure, Status
from storage.outputs import OUTPUT
from storage.people import Newcomer
from storage.plan import Language
from storage.plan_files import load_plans
from storage.rosters import MEMBER as ROSTER
from storage.sessions import Day, Session
from storage.surveys import SURVEY
from tests import oracle, plain_lists
from tests.conversation import ADMIN, FRENCH, MANAGER, MEMBER, STAFF, Answer, Chat, strings
from tests.handlers.communing import AT, MEMBERS, boss, gather
from tests.handlers.holding import enrol, hold

PLANS = load_plans(None)
PLAN = PLANS.get("clc-2024-25")
MONDAY = datetime(2025, 2, 17, 13, 30, tzinfo=UTC)  # half past eight in Montreal
WEEK = timedelta(days=7)


@pytest.fixture
async def year(tmp_path: Path) -> AsyncIterator[Store]:
    store = Store(tmp_path)
    await sample.fill(store, load_plans(None))
    yield store
    await store.close()


@pytest.fixture
async def team(chat: Chat) -> Chat:
    """A channel that is told the week; it is a Wednesday in February."""
    chat.direct = False
    await chat.happened()
    await chat.say("/channel weekly", MANAGER)
    return chat


async def until(chat: Chat, end: datetime) -> list[tuple[str, str, Answer]]:
    """Let time pass in half hours; when the week is said meanwhile, where, and what."""
    found: list[tuple[str, str, Answer]] = []
    while chat.now < end:
        chat.now += timedelta(minutes=30)
        said = await chat.happened("weekly-progress")
        found += [(f"{chat.now:%a %d %b %H:%M}", place, one) for place, one in said]
    return found


async def posted(chat: Chat, who: Newcomer = MANAGER) -> Answer:
    """The week, asked for now."""
    await chat.say("/progress post", who)
    [(_, said)] = await chat.posted()
    return said


def rows(answer: Answer) -> dict[str, str]:
    """What is said of each target."""
    there = [one for one in answer.card.blocks if isinstance(one, Progress)]
    said = {one.title: f"{one.text} | {one.status} | {one.detail}" for one in there}
    return {name: line.replace("\u00a0", " ") for name, line in said.items()}


async def test_each_figure_and_its_change_are_the_oracle_s(year: Store) -> None:
    lists = await year.read(plain_lists.of)
    day, moved = date(2024, 9, 9), 0
    while day < date(2025, 7, 7):
        week = await year.read(Week.read, Scope(PLAN), day)
        now, before = (oracle.reached(lists, day - timedelta(days=back)) for back in (1, 8))
        assert [one.now.target.id for one in week.rows] == [one.id for one in PLAN.target]
        for row in week.rows:
            id = row.now.target.id
            if row.now.target.among == "answered":
                continue  # of few replies nothing is said
            assert row.now.actual == now[id].actual
            assert row.before.actual == before[id].actual
            same = now[id].actual == before[id].actual and now[id].pair == before[id].pair
            assert row.moved != same, (day, id)
        moved += len(week.moved)
        day += WEEK
    assert moved > 100


async def test_it_is_said_on_monday_at_half_past_eight_once(team: Chat) -> None:
    said = await until(team, MONDAY + 2 * WEEK + timedelta(days=1))
    assert [(when, place) for when, place, _ in said] == [
        ("Mon 17 Feb 13:30", "team"),
        ("Mon 24 Feb 13:30", "team"),
        # From 3 to 7 March schools are closed.
    ]


async def test_each_channel_has_its_own_time_and_language(team: Chat) -> None:
    team.channel = "cop"
    await team.say("/canal chaque semaine vendredi 13 h en français", ADMIN)
    said = await until(team, MONDAY + timedelta(days=5))
    assert [(when, place) for when, place, _ in said] == [
        ("Fri 14 Feb 18:00", "cop"),
        ("Mon 17 Feb 13:30", "team"),
        ("Fri 21 Feb 18:00", "cop"),
    ]
    assert said[0][2].card.title == "Semaine du 7 février 2025 au 13 février 2025".replace(" ", " ")
    assert said[1][2].card.title == "Week of 10 February 2025 to 16 February 2025"


async def test_a_closed_day_gives_way_to_the_next_school_day(team: Chat) -> None:
    team.now = datetime(2025, 4, 18, 12, tzinfo=UTC)  # Good Friday; then Easter Monday
    await team.happened()
    said = await until(team, team.now + WEEK)
    assert [when for when, _, _ in said] == ["Tue 22 Apr 12:30"]


async def test_clocks_that_change_move_nothing(team: Chat) -> None:
    team.now = datetime(2025, 3, 9, 12, tzinfo=UTC)  # that morning they went an hour on
    await team.happened()
    assert [when for when, _, _ in await until(team, team.now + WEEK)] == ["Mon 10 Mar 12:30"]


async def test_what_is_turned_off_or_put_elsewhere_is_said_no_more(team: Chat) -> None:
    await team.say("/channel off", MANAGER)
    assert await until(team, MONDAY + timedelta(hours=1)) == []
    await team.say("/channel Tuesday 10am", MANAGER)
    said = await until(team, MONDAY + timedelta(days=2))
    assert [when for when, _, _ in said] == ["Tue 18 Feb 15:00"]
    await team.say("/channel Wednesday 2pm", MANAGER)  # in the same week, it is another day
    assert [when for when, _, _ in await until(team, MONDAY + timedelta(days=3))] == [
        "Wed 19 Feb 19:00"
    ]


async def test_after_a_long_silence_it_is_said_late_and_once(team: Chat) -> None:
    team.now = MONDAY + WEEK + timedelta(days=4)  # Friday; two were due
    [(place, said)] = await team.happened("weekly-progress")
    assert place == "team"
    assert said.card.title == "Week of 17 February 2025 to 23 February 2025"
    assert await team.happened("weekly-progress") == []


async def test_a_day_before_the_next_it_is_too_late(team: Chat) -> None:
    team.now = MONDAY + timedelta(days=6, hours=1)
    assert await team.happened("weekly-progress") == []


async def test_where_no_plan_is_in_force_nothing_is_said(team: Chat) -> None:
    team.now = datetime(2025, 9, 5, 12, tzinfo=UTC)
    await team.happened()
    assert await until(team, team.now + WEEK) == []
    refused = await team.say("/progress post", MANAGER)
    assert "No plan of what this channel gets is in force" in refused.text


async def test_it_says_what_moved_and_by_how_much(team: Chat) -> None:
    await team.say("/log 10h with a CDA at EMSB on 3 February")
    await team.say("/log 2h15 with a CDA at EMSB yesterday")
    await team.say("/log 2h with a CDA at EMSB")  # today, which is not over
    said = await posted(team)
    assert said.card.title == "Week of 5 February 2025 to 11 February 2025"
    assert said.text.splitlines()[1].startswith("1 of 25 figures moved this week; ")
    hours = rows(said)["Accompaniment hours"]
    assert hours.startswith("12.25 h of 1,400 h (0.8%) | off track | +2.25 h this week")
    assert "Expected by now: " in hours


async def test_its_picture_shows_every_target_of_the_channel(team: Chat) -> None:
    await team.say("/log 2h15 with a CDA at EMSB yesterday")
    await team.say("/canal chaque semaine en français", MANAGER)
    said = await posted(team)
    [picture] = said.card.pictures
    assert isinstance(picture.chart, Bullets)
    there = {bar.title: bar for _, some in picture.chart.bars for bar in some}
    assert [*there] == [one.name.fr for one in PLAN.target]
    assert picture.chart.expected == "Attendu à ce jour"
    for row in said.card.blocks:
        if isinstance(row, Progress):
            bar = there[row.title]
            assert (bar.share, bar.expected, bar.status) == (row.share, row.expected, row.status)
    alt = picture.alt.replace("\u00a0", " ")
    assert (
        "\nHeures d’accompagnement : 0,1 % de la cible · attendu à ce jour : 56,1 % de la cible"
        " · en retard\n"
    ) in alt
    assert all(f"\n{one.name.fr} : " in alt for one in PLAN.target)
    assert said.card.blocks.index(picture) == len(said.card.blocks) - 3, "what matters comes first"
    assert picture.chart.title not in plain(said.card), "the rows say what matters"
    await team.say("/canal volets 3", MANAGER)
    [picture] = (await posted(team)).card.pictures
    assert isinstance(picture.chart, Bullets)
    [(strand, bars)] = picture.chart.bars
    assert (strand[:4], len(bars)) == ("3 · ", 3)


def test_what_became_less_is_less() -> None:
    target = next(one for one in PLAN.target if one.id == "accompaniment-hours")
    one, three = (Figure(target, Fraction(hours)) for hours in (1, 3))
    t = Texts.load(Language.EN)
    assert card.change(t, Row(one, three)) == "−2\u00a0h this week"
    assert card.change(t, Row(three, one)) == "+2\u00a0h this week"
    assert card.change(t, Row(one, one)) == "no change this week"
    assert card.change(t, Row(Figure(target), Figure(target))) == ""


def test_a_forecast_without_a_range_has_none() -> None:
    target = next(one for one in PLAN.target if one.id == "family-workshops")

    def forecast(*ends: float) -> str:
        low, mean, high = map(Fraction, ends)
        figure = Figure(target, Fraction(1), forecast=Forecast(low, mean, high))
        return words.forecast_words(Texts.load(Language.EN), figure)

    assert forecast(1.2, 1.3, 1.4) == "1 by the end"
    assert forecast(1.2, 1.3, 2.4) == "1 by the end (between 1 and 2)"


async def test_few_rows_are_those_off_track_and_those_that_moved(year: Store) -> None:
    week = await year.read(Week.read, Scope(PLAN), date(2025, 2, 10))
    assert len(week.few) == 5
    assert [one.now.status for one in week.few[:2]] == [Status.OFF_TRACK] * 2
    assert all(one.moved for one in week.few[2:])
    assert len(week.moved) > 3


async def test_a_week_with_nothing_new_says_so_in_one_line(team: Chat) -> None:
    said = await posted(team)
    line = said.text.splitlines()[1]
    assert line.startswith("Nothing new this week: no figure moved; ")
    assert said.card.pictures == ()
    assert line.endswith("Next: Third PLC meeting (date assumed), 12 February 2025.")
    assert rows(said) == {}
    assert said.labels == ["All targets", "What changed", "This figure comes from…"]
    changed = await team.press(said, "What changed")
    assert "No figure moved." in changed.text


async def test_what_is_due_missing_and_asked_for(team: Chat) -> None:
    await team.store.write(hold, "family-workshops", date(2025, 2, 10), counts=())
    await team.say("/log 1h with Marie Tremblay at EMSB yesterday")
    said = await posted(team)
    assert "Due in the next three weeks" in said.text
    assert "Wed 12 Feb\nThird PLC meeting (date assumed)" in said.text
    assert "The resource team\n1 entry without a role" in said.text
    assert "Hours without a role or a school board: /check" in said.text


async def test_strands_and_a_community_have_their_own_week(team: Chat) -> None:
    await team.say("/log 1h with a CDA at EMSB yesterday")
    await team.say("/channel strands 1.1", MANAGER)
    assert "Nothing new this week" in (await posted(team)).text
    await team.say("/channel strands 3", MANAGER)
    said = await posted(team)
    assert "+1 h this week" in rows(said)["Accompaniment hours"]
    assert "strand 3 of PRT Action Plan 2024-2025" in said.text


async def test_its_buttons_open_what_it_is_made_of(team: Chat) -> None:
    await team.say("/log 1h with a CDA at EMSB yesterday")
    said = await posted(team)
    everything = await team.press(said, "All targets", FRENCH)
    assert "Heures d’accompagnement" in everything.text
    changed = await team.press(said, "What changed")
    assert [*rows(changed)] == ["Accompaniment hours"]
    opened = await team.press(changed, "Open")
    assert "the 1 accompaniment entry dated" in opened.text
    which = await team.press(said, "This figure comes from…")
    opened = await team.press(which, "Accompaniment hours")
    assert "the 1 accompaniment entry dated" in opened.text
    assert which.reply.private
    assert not which.reply.replace


@pytest.mark.parametrize(
    "tampered",
    [
        {"plan": "none"},
        {"day": "Monday"},
        {"community": "x"},
        {"community": "99"},
        {"community": "9" * 99},
        {"day": "0001-01-01"},
        {"day": "9999-12-31"},
    ],
)
async def test_what_a_button_sends_is_a_stranger_s_word(
    team: Chat, tampered: dict[str, str]
) -> None:
    said = await posted(team)
    for label in ("What changed", "This figure comes from…"):
        answer = await team.press(said, label, tampered=tampered)
        assert answer.reply.refused
        assert "Something failed on our side" not in answer.text


async def test_it_is_sent_by_managers_and_in_channels(team: Chat) -> None:
    for who in (STAFF, MEMBER):
        assert (await team.say("/progress post", who)).reply.refused
    assert await team.posted() == []
    sent = await team.say("/progres publier", MANAGER, key="same")
    assert "It is on its way into this channel." in sent.text
    await team.say("/progres publier", MANAGER, key="same")
    assert [place for place, _ in await team.posted()] == ["team"]
    team.channel = "other"  # that is told nothing by itself
    await team.say("/progress post", MANAGER)
    assert [place for place, _ in await team.posted()] == ["other"]
    team.direct = True
    refused = await team.say("/progress post", MANAGER)
    assert "The week goes out in a channel." in refused.text


async def test_a_community_s_own_meetings_are_counted(team: Chat) -> None:
    community = await gather(team, STAFF, *MEMBERS)
    await team.say("/channel weekly community elementary", MANAGER)
    refused = await team.say("/progress post", MANAGER)
    assert "No plan of what this channel gets is in force" in refused.text
    plan = "wellbeing-communities-2021-24"
    team.now = datetime(2022, 1, 17, 15, tzinfo=UTC)

    def meet(tx: Tx) -> None:
        by = boss(tx)
        says = replace(community.says, plan=plan, years=(2021, 2023))
        records.change(tx, COMMUNITY, community.id, community.version, says, by, AT)
        for day, whose in ((11, community.id), (12, 0), (26, community.id)):
            days = (Day(date(2022, 1, day), "", 90),)
            held = Session("community-meetings", "Secret", days=days, community=whose)
            records.add(tx, sessions.KIND, held, by, AT)

    await team.store.write(meet)
    said = await posted(team)
    [line] = rows(said).values()
    assert said.card.pictures == (), "one row says all there is"
    assert line.startswith("1 of 12 (8.3%) | ")
    assert "+1 this week" in line
    assert "Wed 26 Jan\nMeeting of the community" in said.text
    assert "1 session over, without attendance" in said.text
    assert "Elementary" in said.text
    assert "Secret" not in said.text


async def test_its_footer_seals_all_that_is_recorded(team: Chat) -> None:
    head = await team.store.read(audit.head)
    assert f"All that is recorded, sealed: {head}" in (await posted(team)).text


async def test_a_rate_of_few_replies_is_not_said(team: Chat) -> None:
    await team.store.write(
        hold, "pd-workshops", date(2025, 2, 10), replies=(9, 4, 3), counts=(("", 9),)
    )
    changed = await team.press(await posted(team), "What changed", MANAGER)
    assert "75%" not in (rows(changed).get("PD feedback") or "")
    assert "3 of 4" not in changed.text


async def test_nothing_of_a_person_is_in_it(year: Store) -> None:
    chat = Chat(year)
    chat.direct = False
    who = Newcomer("test", "sam", "Sam Cohen", "en-CA", role=MANAGER.role)
    said = [await posted(chat, who)]
    said.append(await chat.press(said[0], "What changed", who))

    def typed(tx: Tx) -> set[str]:
        found = {one.name for one in people.everyone(tx)}
        found |= {one.says.name for one in records.every(tx, ROSTER)}
        found |= {one.says.title for one in records.every(tx, OUTPUT)}
        found |= {one.says.title for one in records.every(tx, sessions.KIND)}
        logged: list[Entry] = [*entries.every(tx)]
        found |= {one.says.objective for one in logged} | {one.says.partner for one in logged}
        names = {one.name[language] for one in PLAN.target for language in ("en", "fr")}
        names |= {one.says.name_en for one in records.every(tx, COMMUNITY)}
        titles = {one.says.title for one in records.every(tx, SURVEY)} - names
        return {one for one in found | titles if len(one) > 3} - names

    words = await year.read(typed)
    assert len(words) > 50
    for answer in said:
        assert not [one for one in words if one in answer.text.replace("PRT Action Plan", "")]


async def test_one_thing_is_asked_for_the_most_useful_first(team: Chat) -> None:
    async def asked() -> str:
        return (await posted(team)).text.partition("One thing to do\nheading\n")[2].splitlines()[0]

    await team.say("/log 1h with a CDA at EMSB yesterday")
    assert await asked() == (
        "Third PLC meeting (date assumed) is due 12 February 2025: agree on who takes it on."
    )
    await team.say("/channel strands 3", MANAGER)
    assert (await asked()).startswith("Accompaniment hours is behind: ")
    await team.say("/channel all strands", MANAGER)
    await team.say("/log 1h with Marie Tremblay at EMSB yesterday")
    assert (await asked()).startswith("Hours without a role or a school board: /check")
    await team.store.write(enrol, "Marie Tremblay", "cda", "emsb", date(2024, 9, 1))
    await team.say("/survey open CDAs on 3 February closes 2025-02-20", MANAGER)
    said = await posted(team)
    assert "Year-end survey, CDAs (out since 3 February 2025): 1 of 1 missing" in said.text
    assert "Thu 20 Feb\nYear-end survey, CDAs (last day)" in said.text
    assert (await asked()).startswith("CDAs: please send in what is still missing.")
    await team.store.write(hold, "pd-workshops", date(2025, 2, 10))
    assert (await asked()).startswith("Whoever led a session without feedback: ")


async def test_of_what_is_missing_the_most_useful_is_said_and_how_much_more(year: Store) -> None:
    def read(tx: Tx) -> list[str]:
        week = Week.read(tx, Scope(PLAN), MONDAY.date())
        facts = [*card.build(tx, Texts.load(Language.EN), PLANS, week).blocks]
        [missing] = [one for one in facts if isinstance(one, Facts) and len(one.rows) == 3]
        return [f"{who}: {what}" for who, what in missing.rows]

    team, managers, cdas = await year.read(read)
    assert team == (
        "The resource team: 2 sessions over, without attendance; 2 sessions over, without feedback;"
        " 14 entries without a role or a school board; and 2 more kinds of gap: /check"
    )
    assert managers.count(";") == 1
    assert cdas.count(" missing") == 3


async def test_a_channel_of_one_strand_hears_of_its_missing_surveys(year: Store) -> None:
    def missing(tx: Tx, *strands: str) -> list[str]:
        scope, t = Scope(PLAN, strands), Texts.load(Language.EN)
        return [
            f"{one.whom}: {one.text}" for one in lacking.read(tx, t, PLANS, scope, MONDAY.date())
        ]

    said = "CDAs: Online journals, CDAs (out since 11 November 2024): 4 of 42 missing"
    roster = "managers: 8 people on the roster without a school board"
    everywhere = await year.read(missing)
    assert said in everywhere
    assert roster in everywhere
    own = await year.read(missing, "4")
    assert said in own
    assert roster not in own, "of whom none is of a strand"
    assert said not in await year.read(missing, "1.1", "3")


async def test_where_all_is_well_the_week_s_hours_are_asked_for(year: Store) -> None:
    def read(tx: Tx) -> str:
        scope = Scope(PLAN, ("1.4",))
        week = Week.read(tx, scope, date(2024, 10, 28))
        return "\n".join(strings(card.build(tx, Texts.load(Language.EN), PLANS, week)))

    said = await year.read(read)
    assert "moved this week; none is at risk." in said
    assert "Log this week’s hours while you remember them: /log" in said
