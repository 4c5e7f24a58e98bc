"""A time of day, however it is typed: into a form's field, or within a line."""

import pytest

from handlers.lines.clock import read_time, time_in


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("9", "09:00"),
        ("8:30", "08:30"),
        ("13 : 30", "13:30"),
        ("13 h 30", "13:30"),
        ("13\u00a0h\u00a030", "13:30"),
        ("9H", "09:00"),
        ("9h05", "09:05"),
        ("9 heures 30", "09:30"),
        ("1:15 pm", "13:15"),
        ("12 a.m.", "00:00"),
        ("12pm", "12:00"),
        ("", None),
        ("noonish", None),
        ("24:00", None),
        ("8:75", None),
        ("9 30", None),
        ("Monday 9:30", None),
    ],
)
def test_a_time_typed_alone(typed: str, time: str | None) -> None:
    assert read_time(typed) == time


@pytest.mark.parametrize(
    ("text", "time", "left"),
    [
        ("Monday 8:30 in French", "08:30", "Monday   in French"),
        ("strands 2 and 3 at 8 am", "08:00", "strands 2 and 3 at  "),
        ("25:00 or 9 h", "09:00", "25:00 or  "),
        ("strands 2 and 3", None, "strands 2 and 3"),
    ],
)
def test_a_time_within_a_line_is_sure(text: str, time: str | None, left: str) -> None:
    assert time_in(text) == (time, left)
