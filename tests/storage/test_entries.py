"""What can be done to entries, by whom, and how they are found again."""

from datetime import date, timedelta

import pytest

from storage import audit, entries, partners, people, totals
from storage.engine import Tx
from storage.entries import Accompanied, Draft, Entry
from storage.entry_changes import add, change, undo, void
from storage.errors import ChangedMeanwhile, NotAllowed, NotFound
from storage.people import Person, TeamRole
from storage.plan import EntryKind, PartnerKind
from storage.totals import Sum
from tests.storage.making import DAY, HOUR, NOW, SUPPORT, draft, meet

LAST_MONTH = DAY - timedelta(days=31)


def mine(tx: Tx, who: Person, by: Person | None = None) -> list[Entry]:
    return entries.of_person(tx, who.id, LAST_MONTH, DAY, by or who, limit=100)


def actions(tx: Tx, entry: Entry) -> list[tuple[str, int]]:
    rows = tx.rows(
        "SELECT action, person FROM audit WHERE subject = :it ORDER BY seq", it=f"entry/{entry.id}"
    )
    return [(row["action"], row["person"]) for row in rows]


# Logging


@pytest.mark.parametrize("says", [draft(), SUPPORT, draft(requested=True), draft(people=())])
def test_what_was_logged_is_read_back(tx: Tx, alex: Person, says: Draft) -> None:
    entry = add(tx, says, alex, NOW)
    assert entry.says == says
    assert (entry.person, entry.version, entry.created, entry.voided) == (alex.id, 1, NOW, None)
    assert entries.get(tx, entry.id, alex) == entry
    assert entry.person == alex.id


def test_an_entry_counts_for_all_its_person_board_role_and_partner(tx: Tx, alex: Person) -> None:
    two = (Accompanied("principal", "", 2), Accompanied("cda", "Marie"), Accompanied())
    add(tx, draft(people=two, boards=("nfsb", "emsb")), alex, NOW)
    add(tx, SUPPORT, alex, NOW)

    def by(kind: EntryKind, dimension: str) -> dict[str, Sum]:
        return totals.by_value(tx, kind, dimension, DAY, DAY)

    assert by(EntryKind.ACCOMPANIMENT, totals.ALL) == {"": Sum(135, 1)}
    assert by(EntryKind.ACCOMPANIMENT, totals.PERSON) == {str(alex.id): Sum(135, 1)}
    assert by(EntryKind.ACCOMPANIMENT, totals.BOARD) == {"emsb + nfsb": Sum(135, 1)}
    assert by(EntryKind.ACCOMPANIMENT, totals.ROLE) == {"cda + principal": Sum(135, 1)}
    assert by(EntryKind.ACCOMPANIMENT, totals.PARTNER) == {}
    assert by(EntryKind.PARTNER, totals.ALL) == {"": Sum(90, 1)}
    assert by(EntryKind.PARTNER, totals.BOARD) == {"": Sum(90, 1)}
    assert by(EntryKind.PARTNER, totals.PARTNER) == {"CHSSN": Sum(90, 1)}
    assert totals.logged(tx, alex.id, DAY, DAY) == Sum(225, 2)
    assert totals.logged(tx, None, DAY, DAY) == Sum(225, 2)


def test_boards_have_no_order_and_count_once(tx: Tx, alex: Person) -> None:
    one = add(tx, draft(boards=("nfsb", "emsb", "nfsb")), alex, NOW)
    assert one.says.boards == ("emsb", "nfsb")
    assert entries.get(tx, one.id, alex) == one


def test_a_partner_is_one_however_it_is_written(tx: Tx, alex: Person) -> None:
    add(tx, draft(partner=" Table  Régionale "), alex, NOW)
    second = add(tx, draft(minutes=5, partner="TABLE REGIONALE"), alex, NOW)
    assert partners.names(tx) == ("Table Régionale",)
    assert second.says.partner == "Table Régionale"


def test_a_partner_stays_the_table_it_was_first_called(tx: Tx, alex: Person) -> None:
    add(tx, SUPPORT, alex, NOW)
    second = add(tx, draft(partner="chssn", table=False), alex, NOW)
    assert second.says.table
    assert partners.find_or_add(tx, "CHSSN", PartnerKind.ORGANISATION, NOW).id == 1


def test_a_partner_of_spaces_is_none(tx: Tx, alex: Person) -> None:
    entry = add(tx, draft(partner=" \t\u00a0", table=True), alex, NOW)
    assert (entry.says.partner, entry.says.table) == ("", False)
    assert partners.names(tx) == ()


def test_a_request_is_new_unless_it_is_known(tx: Tx, alex: Person) -> None:
    first = add(tx, draft(requested=True), alex, NOW)
    second = add(tx, draft(requested=True, minutes=5), alex, NOW)
    follow_up = add(tx, draft(requested=True, minutes=6), alex, NOW, request=first.request)
    unasked = add(tx, draft(minutes=7), alex, NOW, request=first.request)
    assert first.request != second.request
    assert follow_up.request == first.request
    assert unasked.request is None


# Changing


def test_a_change_is_kept_with_what_was_before(tx: Tx, alex: Person) -> None:
    entry = add(tx, draft(), alex, NOW)
    changed = change(tx, entry.id, 1, SUPPORT, alex, NOW + HOUR)
    assert (changed.says, changed.version, changed.created) == (SUPPORT, 2, NOW)
    assert entries.get(tx, entry.id, alex) == changed
    assert totals.by_day(tx, EntryKind.ACCOMPANIMENT, DAY, DAY) == {}
    assert totals.by_day(tx, EntryKind.PARTNER, DAY, DAY) == {DAY: Sum(90, 1)}
    kept = tx.rows("SELECT version, content FROM entry_versions")
    assert [tuple(row) for row in kept] == [(1, entries.content(entry))]


def test_a_voided_entry_stays_and_counts_nowhere(tx: Tx, alex: Person, sam: Person) -> None:
    entry = add(tx, draft(), alex, NOW)
    voided = void(tx, entry.id, 1, alex, NOW + HOUR)
    assert (voided.voided, voided.says) == (NOW + HOUR, draft())
    assert mine(tx, alex) == [voided]
    assert totals.logged(tx, alex.id, DAY, DAY) == Sum()
    for dimension in (totals.ALL, totals.BOARD, totals.ROLE, totals.PERSON):
        assert totals.by_value(tx, EntryKind.ACCOMPANIMENT, dimension, DAY, DAY) == {}
    assert entries.counted(tx, EntryKind.ACCOMPANIMENT, DAY, DAY, sam, limit=9) == []
    with pytest.raises(ChangedMeanwhile):
        change(tx, entry.id, 2, draft(minutes=5), alex, NOW)
    with pytest.raises(ChangedMeanwhile):
        void(tx, entry.id, 2, alex, NOW)


def test_undoing_twice_is_as_before(tx: Tx, alex: Person) -> None:
    entry = add(tx, draft(requested=True), alex, NOW)
    gone = undo(tx, entry.id, 1, alex, NOW + 1)
    assert gone.voided == NOW + 1
    back = undo(tx, entry.id, 2, alex, NOW + 2)
    assert (back.says, back.request, back.voided) == (entry.says, entry.request, None)
    changed = change(tx, entry.id, 3, SUPPORT, alex, NOW + 3)
    unchanged = undo(tx, entry.id, 4, alex, NOW + 4)
    assert (unchanged.says, unchanged.request) == (entry.says, entry.request)
    again = undo(tx, entry.id, 5, alex, NOW + 5)
    assert (again.says, again.request) == (changed.says, None)
    assert again.version == 6
    assert actions(tx, entry) == [
        (action, alex.id) for action in ("add", "void", "undo", "change", "undo", "undo")
    ]


def test_a_void_can_be_taken_back(tx: Tx, alex: Person) -> None:
    entry = add(tx, draft(), alex, NOW)
    void(tx, entry.id, 1, alex, NOW)
    assert undo(tx, entry.id, 2, alex, NOW).voided is None
    assert totals.logged(tx, alex.id, DAY, DAY) == Sum(135, 1)


def test_an_old_card_changes_nothing(tx: Tx, alex: Person, sam: Person) -> None:
    entry = add(tx, draft(), alex, NOW)
    change(tx, entry.id, 1, draft(minutes=5), sam, NOW)
    for version in (0, 1, 3):
        with pytest.raises(ChangedMeanwhile):
            change(tx, entry.id, version, SUPPORT, alex, NOW)
        with pytest.raises(ChangedMeanwhile):
            void(tx, entry.id, version, alex, NOW)
        with pytest.raises(ChangedMeanwhile):
            undo(tx, entry.id, version, alex, NOW)
    assert entries.get(tx, entry.id, alex).says == draft(minutes=5)


def test_a_change_of_person_is_never_a_change_of_owner(tx: Tx, alex: Person, sam: Person) -> None:
    entry = add(tx, draft(), alex, NOW)
    changed = change(tx, entry.id, 1, draft(minutes=5), sam, NOW)
    assert changed.person == alex.id
    assert totals.logged(tx, alex.id, DAY, DAY) == Sum(5, 1)
    assert totals.logged(tx, sam.id, DAY, DAY) == Sum()
    assert actions(tx, entry) == [("add", alex.id), ("change", sam.id)]


# Who may


def test_members_and_those_who_wait_log_nothing(tx: Tx) -> None:
    for role in (TeamRole.MEMBER, TeamRole.PENDING):
        with pytest.raises(NotAllowed):
            add(tx, draft(), meet(tx, role, role), NOW)
    assert list(entries.every(tx)) == []
    assert partners.names(tx) == ()


@pytest.mark.parametrize("role", [TeamRole.STAFF, TeamRole.MEMBER, TeamRole.PENDING])
def test_an_entry_of_somebody_else_is_not_to_be_found(tx: Tx, alex: Person, role: TeamRole) -> None:
    entry, other = add(tx, draft(), alex, NOW), meet(tx, "Other", role)
    with pytest.raises(NotFound):
        entries.get(tx, entry.id, other)
    with pytest.raises(NotFound):
        change(tx, entry.id, 1, SUPPORT, other, NOW)
    with pytest.raises(NotFound):
        void(tx, entry.id, 1, other, NOW)
    with pytest.raises(NotFound):
        undo(tx, entry.id, 1, other, NOW)
    with pytest.raises(NotAllowed):
        mine(tx, alex, by=other)
    with pytest.raises(NotAllowed):
        entries.of_everyone(tx, DAY, DAY, other, limit=9)
    assert entries.counted(tx, EntryKind.ACCOMPANIMENT, DAY, DAY, other, limit=9) == []
    assert entries.get(tx, entry.id, alex) == entry


def test_a_number_of_no_entry_is_not_found(tx: Tx, alex: Person, sam: Person) -> None:
    for by in (alex, sam):
        for number in (0, 7, 2**40):
            with pytest.raises(NotFound):
                entries.get(tx, number, by)


@pytest.mark.parametrize("role", [TeamRole.MANAGER, TeamRole.ADMIN])
def test_managers_see_and_change_all(tx: Tx, alex: Person, role: TeamRole) -> None:
    entry, boss = add(tx, draft(), alex, NOW), meet(tx, "Boss", role)
    assert entries.get(tx, entry.id, boss) == entry
    assert mine(tx, alex, by=boss) == [entry]
    assert entries.of_everyone(tx, DAY, DAY, boss, limit=9) == [entry]
    assert entries.counted(tx, EntryKind.ACCOMPANIMENT, DAY, DAY, boss, limit=9) == [entry]
    assert undo(tx, entry.id, 1, boss, NOW).voided == NOW


def test_a_role_taken_away_meanwhile_counts(tx: Tx, alex: Person) -> None:
    boss = meet(tx, "Boss", TeamRole.MANAGER)  # as their card was made
    entry, own = add(tx, draft(), alex, NOW), add(tx, draft(), boss, NOW)
    people.set_role(tx, boss.id, TeamRole.STAFF, NOW, None)
    with pytest.raises(NotFound):
        entries.get(tx, entry.id, boss)
    with pytest.raises(NotFound):
        void(tx, entry.id, 1, boss, NOW)
    with pytest.raises(NotAllowed):
        entries.of_everyone(tx, DAY, DAY, boss, limit=9)
    assert entries.counted(tx, EntryKind.ACCOMPANIMENT, DAY, DAY, boss, limit=9) == [own]
    people.set_role(tx, boss.id, TeamRole.MEMBER, NOW, None)
    with pytest.raises(NotAllowed):
        add(tx, draft(minutes=5), boss, NOW)
    with pytest.raises(NotFound):
        undo(tx, own.id, 1, boss, NOW)
    with pytest.raises(NotAllowed):
        mine(tx, boss)
    assert entries.counted(tx, EntryKind.ACCOMPANIMENT, DAY, DAY, boss, limit=9) == []


def test_a_role_given_meanwhile_counts(tx: Tx) -> None:
    waiting = meet(tx, "New", TeamRole.PENDING)
    people.set_role(tx, waiting.id, TeamRole.STAFF, NOW, None)
    assert add(tx, draft(), waiting, NOW).person == waiting.id


# Finding


def test_lists_are_newest_day_first_in_pages(tx: Tx, alex: Person, sam: Person) -> None:
    made = [
        add(tx, draft(day=DAY - timedelta(days=n % 5), minutes=1 + n), alex, NOW) for n in range(15)
    ]
    made.append(add(tx, SUPPORT, sam, NOW))
    wanted = sorted(made, key=lambda entry: (entry.says.day, entry.id), reverse=True)
    first = DAY - timedelta(days=2)
    wanted = [entry for entry in wanted if entry.says.day >= first]

    def pages(size: int) -> list[Entry]:
        found: list[Entry] = []
        while page := entries.of_everyone(tx, first, DAY, sam, limit=size, offset=len(found)):
            assert len(page) <= size
            found += page
        return found

    assert pages(4) == wanted
    own = [entry for entry in wanted if entry.person == alex.id]
    assert entries.of_person(tx, alex.id, first, DAY, alex, limit=100) == own
    kind = EntryKind.ACCOMPANIMENT
    assert entries.counted(tx, kind, first, DAY, sam, limit=100) == own
    assert entries.counted(tx, EntryKind.PARTNER, first, DAY, alex, limit=100) == []


def test_every_entry_is_read_once_and_whole_however_many_there_are(tx: Tx, alex: Person) -> None:
    made = [
        add(
            tx,
            draft(
                day=date(2020, 1, 1) + timedelta(days=n),
                people=tuple(Accompanied("cda", f"{n}-{i}") for i in range(n % 3)),
                boards=("emsb", "nfsb")[: n % 3],
                partner="CHSSN" if n % 2 else "",
            ),
            alex,
            NOW,
        )
        for n in range(1100)
    ]
    tx.run("DELETE FROM entry_people WHERE entry = 500")
    tx.run("DELETE FROM entry_boards WHERE entry = 500")
    tx.run("DELETE FROM entries WHERE id = 500")
    assert list(entries.every(tx)) == made[:499] + made[500:]


def test_the_week_of_a_day_is_monday_to_sunday() -> None:
    monday, sunday = date(2025, 2, 10), date(2025, 2, 16)
    for day in range(10, 17):
        assert entries.week_of(date(2025, 2, day)) == (monday, sunday)


# The canonical text


def test_the_canonical_text_is_fixed(tx: Tx, alex: Person) -> None:
    """It is in every database: a change of this text would break the chains there are."""
    both = (Accompanied("cda", "Zoé"), Accompanied(number=3))
    says = draft(people=both, boards=("nfsb", "emsb"), requested=True, said="2h15 Zoé")
    assert entries.content(add(tx, says, alex, NOW)) == (
        '{"boards":["emsb","nfsb"],"day":"2025-02-11","kind":"accompaniment","minutes":135,'
        '"objective":"action plan","people":[{"name":"Zoé","role":"cda"},{"number":3}],'
        '"person":1,"request":1,"requested":true,"said":"2h15 Zoé","voided":null}'
    )
    least = Draft(EntryKind.PARTNER, DAY, 1)
    assert entries.content(add(tx, least, alex, NOW)) == (
        '{"day":"2025-02-11","kind":"partner","minutes":1,"people":[],"person":1,'
        '"request":null,"voided":null}'
    )


def test_the_chain_holds_digests_and_no_words(tx: Tx, alex: Person) -> None:
    entry = add(tx, draft(), alex, NOW)
    line = tx.row("SELECT * FROM audit ORDER BY seq DESC LIMIT 1")
    assert line is not None
    assert line["digest"] == audit.digest(entries.content(entry))
    assert "Marie" not in str(tuple(line))
