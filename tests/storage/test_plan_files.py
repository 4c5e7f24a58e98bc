"""Plans are read from two folders, and a broken file is told all that is wrong in it."""

import re
import time
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.plan import Plan
from storage.plan_errors import PlanError
from storage.plan_files import SHIPPED, Plans, load_network, load_networks, load_plan, load_plans

NETWORKS = load_networks(None)
CLC = (SHIPPED / "clc-2024-25.toml").read_text("utf-8")


@pytest.fixture(scope="module")
def plans() -> Plans:
    return load_plans(None)


@pytest.fixture(scope="module")
def clc(plans: Plans) -> Plan:
    return plans.get("clc-2024-25")


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(PlanError) as caught:
        load_plan(text, NETWORKS)
    return caught.value.problems


def changed(old: str, new: str) -> str:
    assert CLC.count(old) == 1, f"{old!r} must be there once"
    return CLC.replace(old, new)


def test_loading_does_not_slow_the_start() -> None:
    fastest = min(timed() for _ in range(5))
    assert fastest < 0.2, "about 25 ms on a laptop"


def timed() -> float:
    before = time.perf_counter()
    load_plans(None)
    return time.perf_counter() - before


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("goal = 1400", "gaol = 1400", "target.17.gaol: not a field; did you mean goal?"),
        ("goal = 1400", "", "target.17.goal: missing"),
        (
            'among = "attended_any"',
            'among = "atended_any"',
            'target.11.among: "atended_any" is not allowed; did you mean attended_any?',
        ),
        (
            'entries = "partner"',
            'entries = "x"',
            'target.18.entries: "x" is not allowed; allowed: accompaniment, partner',
        ),
        (
            'id = "family-workshops"\nstrategy = "families"',
            'id = "family-workshops"\nstrategy = "family"',
            'target.6.strategy: no strategy has the id "family"; did you mean families?',
        ),
        ('id = "capsules"', 'id = "cda-tools"', '"cda-tools" is the id of target.13 already'),
        (
            'id = "theme-of-choice"',
            'id = "outcome-area"',
            'target.1.part.2.id: "outcome-area" is the id of target.1.part.1 already',
        ),
        ("ends = 2025-06-30", "ends = 2023-06-30", "ends: 2023-06-30 is before the plan starts"),
        ("goal = 27", "goal = 26", "target.1: the parts add up to 36, the goal is 37"),
        ("due = 2024-10-02", "due = 2023-10-02", "milestone.3.due: 2023-10-02 is outside the plan"),
        (
            "due = 2024-10-02",
            'due = "2024-10-02"',
            "milestone.3.due: must be a date without quotes",
        ),
        ("last = 2024-08-23", "last = 2026-08-23", "closed.1.last: 2026-08-23 is outside the plan"),
        (
            "last = 2025-01-03",
            "last = 2024-12-03",
            "closed.4.last: 2024-12-03 is before the first day",
        ),
        (
            "minimum_minutes = 150",
            'minimum_minutes = "150"',
            "target.1.minimum_minutes: must be a whole number",
        ),
        ('goal = "50%"\namong = "roster', 'goal = 50\namong = "roster', "target.22: the goal of a"),
        ("goal = 1400", "goal = inf", "target.17.goal: must be a number such as 37, or a share"),
        ("goal = 1400", "goal = true", "target.17.goal: must be a number such as 37, or a share"),
        (
            'title.en = "PRT Action Plan 2024-2025"\n',
            'title = "x"\n#',
            "title: must be a table with en, fr",
        ),
        ("goal = 1190", "goal = 0", "target.18.goal: must be more than 0"),
        ('entries = "partner"', "", 'target.18: "entries" (accompaniment, partner) belongs to'),
        ("head_counts = true\npaced = true", "days = 0\npaced = true", "target.6.days: must be mo"),
        (
            'id = "clc-2024-25"',
            'id = "CLC"',
            "id: must be letters (small ones in a plan's id), digits and hyphens",
        ),
        (
            'network = "english-schools"',
            'network = "english"',
            'network: no network has the id "english"; did you mean english-schools?',
        ),
        ('network = "english-schools"', "", "network: missing"),
        ('id = "clc-2024-25"', 'id = "clc', "not TOML: Illegal character '\\n' (at line 4"),
    ],
)
def test_a_problem_names_its_place_and_what_is_allowed(old: str, new: str, line: str) -> None:
    assert any(line in problem for problem in problems(changed(old, new)))


def test_every_problem_of_a_file_is_listed() -> None:
    broken = CLC
    for old, new in (
        ("goal = 1400", "gaol = 1400"),
        ("goal = 27", "goal = 26"),
        ('strand = "1.1"', 'strand = "9"'),
        ("due = 2024-10-02", "due = 2023-10-02"),
        ('network = "english-schools"', 'network = "x"'),
    ):
        broken = broken.replace(old, new)
    places = [problem.split(":")[0] for problem in problems(broken)]
    assert sorted(places) == [
        "milestone.3.due",
        "network",
        "objective.1.strand",
        "target.1",
        "target.17.gaol",
    ]


@pytest.mark.parametrize(
    "text", ["", "a = [" + "[" * 5000, "strand = 3", "[[target]]", "\x00", "="]
)
def test_nonsense_is_refused_with_a_problem(text: str) -> None:
    assert problems(text)


@settings(deadline=None)
@given(data=st.data())
def test_any_mistyped_key_is_reported_with_its_place(data: st.DataObject) -> None:
    """One letter lost, doubled, changed or swapped, in any table of the file."""
    raw = tomllib.loads(CLC)
    table = data.draw(st.sampled_from(["", *(k for k, v in raw.items() if isinstance(v, list))]))
    at = data.draw(st.integers(0, len(raw[table]) - 1)) if table else 0
    row = raw[table][at] if table else raw
    key = data.draw(st.sampled_from([key for key in row if len(key) > 2]))
    n = data.draw(st.integers(0, len(key) - 2))
    typo = data.draw(
        st.sampled_from(
            [
                key[:n] + key[n + 1 :],
                key[:n] + key[n] + key[n:],
                key[:n] + "x" + key[n + 1 :],
                key[:n] + key[n + 1] + key[n] + key[n + 2 :],
            ]
        ).filter(lambda typo: typo != key)
    )
    found = problems(mistyped(table, at, key, typo))
    where = f"{table}.{at + 1}.{typo}" if table else typo
    assert f"{where}: not a field; did you mean {key}?" in found


def mistyped(table: str, at: int, key: str, typo: str) -> str:
    """The file with one key changed, in all its lines of that table (text.en and text.fr)."""
    header = f"[[{table}]]\n"
    if not table:
        return re.sub(rf"(?m)^(\[\[)?{key}(?=[ .\]])", rf"\g<1>{typo}", CLC)
    parts = CLC.split(header)
    lines = re.split(r"(?m)^(?=\[\[)", parts[at + 1])
    row, rest = lines[0], "".join(lines[1:])
    if not re.search(rf"(?m)^{key}\b", row):  # an array of tables inside the row
        rest = rest.replace(f"[[{table}.{key}]]", f"[[{table}.{typo}]]")
    parts[at + 1] = re.sub(rf"(?m)^{key}(?=[ .])", typo, row) + rest
    return header.join(parts)


def test_a_name_for_two_bodies_is_refused() -> None:
    text = (SHIPPED / "networks/english-schools.toml").read_text("utf-8")
    with pytest.raises(PlanError) as caught:
        load_network(text.replace('"Riverside",', '"western quebec",'))
    assert caught.value.problems == ('body.9.also: "Western Québec" also stands for body.7',)


def test_a_plan_of_the_data_folder_wins_over_the_shipped_one(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    (folder / "networks").mkdir(parents=True)
    text = changed("goal = 1400", "goal = 1500")
    (folder / "mine.toml").write_text(text, "utf-8-sig")
    network = (SHIPPED / "networks/english-schools.toml").read_text("utf-8")
    network = network.replace('name.en = "Hebrew Academy"', 'name.en = "Hebrew Academy, Montreal"')
    (folder / "networks/mine.toml").write_text(network, "utf-8")
    plans = load_plans(tmp_path)
    assert [plan.id for plan in plans.all] == ["wellbeing-communities-2021-24", "clc-2024-25"]
    goals = {target.id: target.goal for target in plans.get("clc-2024-25").target}
    assert goals["accompaniment-hours"] == 1500
    assert plans.files["clc-2024-25"] == folder / "mine.toml"
    assert plans.network.body[-1].name.en == "Hebrew Academy, Montreal"


def test_two_plans_of_one_id_and_broken_files_are_all_named(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "a.toml").write_text(CLC, "utf-8")
    (folder / "b.toml").write_text(CLC, "utf-8")
    (folder / "c.toml").write_text(changed("goal = 27", "goal = 26"), "utf-8")
    (folder / "d.toml").write_bytes(b"\xff")
    (folder / "e.toml").mkdir()
    with pytest.raises(PlanError) as caught:
        load_plans(tmp_path)
    assert caught.value.problems == (
        'b.toml: id: "clc-2024-25" is the id of a.toml already',
        "c.toml: target.1: the parts add up to 36, the goal is 37",
        "d.toml: not UTF-8 text (byte 1)",
        "e.toml: can't be read: Is a directory",
    )


def test_a_missing_data_folder_leaves_the_shipped_plans(tmp_path: Path) -> None:
    assert len(load_plans(tmp_path / "none").all) == 2


def test_which_plans_are_in_force(plans: Plans) -> None:
    def ids(day: date) -> list[str]:
        return [plan.id for plan in plans.in_force(day)]

    assert ids(date(2024, 11, 15)) == ["clc-2024-25"]
    assert ids(date(2024, 7, 1)) == ids(date(2025, 6, 30)) == ["clc-2024-25"]
    assert ids(date(2024, 6, 30)) == ["wellbeing-communities-2021-24"]
    assert ids(date(2025, 7, 1)) == []
    assert plans.newest("clc").id == "clc-2024-25"


def test_an_unknown_plan_is_told_which_there_are(plans: Plans) -> None:
    with pytest.raises(PlanError, match='no plan "clc-2024"; did you mean clc-2024-25'):
        plans.get("clc-2024")
    with pytest.raises(PlanError, match="there are: wellbeing-communities, clc"):
        plans.newest("zzz")


def test_the_network_of_several_is_their_union(clc: Plan) -> None:
    body = clc.network.body[0]
    mine = clc.network.model_copy(
        update={"id": "mine", "body": (body.model_copy(update={"private": True}),), "partner": ()}
    )
    later = clc.model_copy(update={"id": "later", "network": mine})
    union = Plans((clc, later)).network
    assert len(union.body) == 11
    assert union.body[0].private
    assert len(union.partner) == 1


def test_of_two_plans_that_started_together_the_years_own_goes_first() -> None:
    plans = load_plans(None)
    year = plans.get("clc-2024-25")
    three = year.model_copy(update={"id": "z", "ends": date(2027, 6, 30)})
    for both in ((year, three), (three, year)):
        there = Plans(both)
        assert there.current(date(2025, 2, 12)) is year
        assert there.current(date(2026, 2, 12)) is three
