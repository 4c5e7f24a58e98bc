"""/progress chart: a picture of all targets, and of one over the year, that says what it shows."""

from handlers.chat.charts import Bar, Bullets, Curve
from handlers.pictures.drawing import png
from storage.plan import Language
from tests.conversation import ADMIN, FRENCH, MANAGER, MEMBER, STAFF, Answer, Chat
from tests.handlers.holding import hold


def bars(answer: Answer) -> dict[str, Bar]:
    [picture] = answer.card.pictures
    assert isinstance(picture.chart, Bullets)
    return {bar.title: bar for _, some in picture.chart.bars for bar in some}


def curve(answer: Answer) -> Curve:
    [picture] = answer.card.pictures
    assert isinstance(picture.chart, Curve)
    return picture.chart


def alt(answer: Answer) -> str:
    [picture] = answer.card.pictures
    return picture.alt.replace("\u00a0", " ")


async def log_weeks(chat: Chat) -> None:
    for day in ("Jan 8", "Jan 15", "Jan 22", "Jan 29", "Feb 5", "Feb 11"):
        await chat.say(f"/log 7h with a CDA at EMSB on {day} re action plan")


async def test_every_target_is_in_the_picture_as_its_card_says(chat: Chat) -> None:
    await log_weeks(chat)
    drawn = await chat.say("/progress chart")
    hours = bars(drawn)["Accompaniment hours"]
    assert (hours.share, hours.text.replace("\u00a0", " ")) == (0.03, "42 h of 1,400 h (3%)")
    assert hours.expected is not None
    assert 0.5 < hours.expected < 0.6
    assert len(bars(drawn)) == 25
    assert bars(drawn)["Positive feedback on PD workshops"].share is None
    for bar in bars(drawn).values():
        [said] = [line for line in alt(drawn).splitlines() if line.startswith(f"{bar.title}: ")]
        assert bar.text.replace("\u00a0", " ") in said
        assert said.endswith(bar.status)
        assert ("expected by now" in said) == (bar.expected is not None)
    assert png(drawn.card.pictures[0].chart).startswith(b"\x89PNG")


async def test_in_french_all_of_it_is(chat: Chat) -> None:
    drawn = await chat.say("/progres graphique", FRENCH)
    chart = drawn.card.pictures[0].chart
    assert isinstance(chart, Bullets)
    assert (chart.reached, chart.expected, chart.goal) == ("Atteint", "Attendu à ce jour", "Cible")
    assert "Heures d’accompagnement : 0 h sur 1 400 h (0 %)" in alt(drawn)
    over = await chat.say("/progrès Graphique accompagnement", FRENCH)
    assert curve(over).months[0] == (1 / 365, "juill.")
    assert curve(over).expected == "Rythme attendu"


async def test_one_target_over_the_year_with_pace_and_forecast(chat: Chat) -> None:
    await log_weeks(chat)
    over = await chat.say("/progress chart accompaniment")
    drawn = curve(over)
    assert drawn.line[-1][1] == 0.03
    assert [share for _, share in drawn.line] == sorted(share for _, share in drawn.line)
    assert drawn.pace[0] == (0, 0)
    assert drawn.pace[-1] == (1, 1)
    assert drawn.forecast is not None
    low, mean, high = drawn.forecast
    assert 0.03 <= low <= mean <= high
    assert (1.0, "1,400 h") in [(at, words.replace("\u00a0", " ")) for at, words in drawn.amounts]
    for part in (
        "42 h of 1,400 h (3%)",
        "At this pace",
        "December 2024: 0 h",
        "January 2025: 28 h",
    ):
        assert part in alt(over), part
    assert "February 2025: 42 h" in alt(over)


async def test_a_count_that_is_not_paced_has_no_pace(chat: Chat) -> None:
    drawn = curve(await chat.say("/progress chart dsrea-reports"))
    assert (drawn.pace, drawn.forecast) == ((), None)
    assert [words for _, words in drawn.amounts] == ["0", "1", "2", "3"]


async def test_what_rests_on_too_few_replies_is_in_no_picture(chat: Chat) -> None:
    await chat.store.write(hold, "pd-workshops", replies=(9, 4, 3))
    name = "Positive feedback on PD workshops"
    assert bars(await chat.say("/progress chart", MANAGER))[name].share == 1.0
    hidden = await chat.say("/progress chart")
    assert bars(hidden)[name].share is None
    assert "3 of 4" not in hidden.text
    chat.direct = False
    in_channel = await chat.say("/progress chart", MANAGER)
    assert bars(in_channel)[name].share is None
    assert "3 of 4" not in in_channel.text
    refused = await chat.say("/progress chart pd-feedback", MANAGER)
    assert not refused.card.pictures
    assert "is a share" in refused.text
    assert "/progress pd-feedback" in refused.text


async def test_from_the_cards_of_targets_and_back(chat: Chat) -> None:
    overview = await chat.say("/progress")
    drawn = await chat.press(overview, "Picture of all targets")
    assert len(bars(drawn)) == 25
    opened = await chat.say("/progress accompaniment")
    over = await chat.press(opened, "Over the year")
    assert curve(over).title == "Accompaniment hours"
    back = await chat.press(over, "Back to the target")
    assert "How it is counted" in back.text
    assert "Over the year" not in (await chat.say("/progress pd-feedback")).labels


async def test_what_is_no_target_is_said_kindly(chat: Chat) -> None:
    answer = await chat.say("/progress chart unicorns")
    assert "I know no target by that name" in answer.text
    assert "/progress chart accompaniment" in answer.text
    which = await chat.say("/progress chart hours")
    assert "Which target?" in which.text
    picked = await chat.press(which, "Hours of support to partners")
    assert curve(picked).title == "Hours of support to partners"
    forged = await chat.press(which, which.labels[0], tampered={"target": "../x"})
    assert not forged.card.pictures


async def test_another_plan_and_everyone_may_see_it(chat: Chat) -> None:
    for who in (STAFF, MEMBER, ADMIN):
        assert (await chat.say("/progress chart", who)).card.pictures
    other = next(one for one in chat.plans.all if one.id != "clc-2024-25")
    drawn = await chat.say(f"/progress chart {other.id}")
    assert set(bars(drawn)) == {one.name[Language.EN] for one in other.target}


async def test_after_the_plan_the_curve_ends_with_it(chat: Chat) -> None:
    await log_weeks(chat)
    chat.pass_time(days=400)
    drawn = curve(await chat.say("/progress chart accompaniment-hours"))
    assert drawn.line[-1] == (1.0, 0.03)
    assert drawn.forecast is None


async def test_of_several_years_each_month_has_its_own(chat: Chat) -> None:
    chat.pass_time(days=-500)  # in the plan of three years
    drawn = curve(await chat.say("/progress chart promising-practices"))
    labels = [label for _, label in drawn.months]
    assert labels == ["Jul 2021", "Jan 2022", "Jul 2022", "Jan 2023", "Jul 2023", "Jan 2024"]
