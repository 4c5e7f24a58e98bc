"""A line about someone: what it fills in, in both languages, and a name before a last day."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.chat.errors import UserError
from handlers.people import roster_line
from storage.plan_files import load_networks

NETWORK = load_networks(None)["english-schools"]
TODAY = date(2025, 2, 12)


@pytest.mark.parametrize(
    ("line", "filled"),
    [
        (
            "Marie Tremblay (CDA, EMSB), French, since Sept 3, 2024",
            "Marie Tremblay|cda|EMSB|||2024-09-03||fr",
        ),
        (
            "Zoé Roy; direction; CSEM; depuis le 3 septembre; jusqu’au 30 juin 2025; anglais",
            "Zoé Roy|principal|EMSB|||2024-09-03|2025-06-30|en",
        ),
        (
            "Marie Parent <M.Parent@rsb.example>, principal, St. Lambert CLC",
            "Marie Parent|principal|||m.parent@rsb.example|||",
        ),
        ("Marie Roy, ADC, a partir du 3 sept", "Marie Roy|cda||||2024-09-03||"),
        ("Marie Tremblay CDA EMSB", "Marie Tremblay|cda|EMSB|||||"),
        ("MARIE TREMBLAY, ADC", "MARIE TREMBLAY|cda||||||"),
        ("Marie T., CDA, 2024-09-03, 2025-06-30", "Marie T.|cda||||2024-09-03|2025-06-30|"),
        ("Marie Roy, ends June 2025, From the Heart", "Marie Roy||||||2025-06-30|"),
        ("Marie Roy, pierre@x", "Marie Roy||||pierre@x|||"),
        ("Luc Roy XYZ, CDA", "Luc Roy XYZ|cda||||||"),
        ("", "|||||||"),
    ],
)
def test_what_a_line_fills_in(line: str, filled: str) -> None:
    said = roster_line.said(NETWORK, line, TODAY)
    names = ("name", "role", "board", "centre", "email", "starts", "ends", "language")
    expected = dict(zip(names, filled.split("|"), strict=True))
    centres = {"St. Lambert CLC", "From the Heart"}
    expected["centre"] = next((one for one in centres if one in line), "")
    assert {name: said.get(name, "") for name in names} == expected


def test_those_who_are_never_named_are_refused() -> None:
    with pytest.raises(UserError):
        roster_line.said(NETWORK, "Zoe Roy, student", TODAY)


@given(st.text(max_size=60))
def test_any_line_can_be_read(line: str) -> None:
    with suppress(UserError):
        roster_line.said(NETWORK, line, TODAY)
    for name, _ in roster_line.leaving(line, TODAY):
        assert name in " ".join(line.split())
