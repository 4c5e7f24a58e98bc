"""Reads one line: "Quiet garden: we dug one with the class" is a title and what was done."""

import re

LONGEST_TITLE = 120  # of a line that says nothing else
# The colon of no hour (13:30) and of no address (https://…).
TITLED = re.compile(r"\s*([^\n]{1,200}?)[ \u00a0]*(?::[ \u00a0\n]+|\n)\s*(\S.*)", re.DOTALL)


def read(text: str) -> tuple[str, str]:
    """The title and what was done, each "" where the line does not say it."""
    if match := TITLED.fullmatch(text.strip()):
        return match[1].strip(), match[2].strip()
    text = text.strip()
    return (text, "") if len(text) <= LONGEST_TITLE and "\n" not in text else ("", text)
