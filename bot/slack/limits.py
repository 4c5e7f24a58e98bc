"""How much of what Slack takes: the numbers of its documentation, and two that were measured."""

from enum import StrEnum


class Surface(StrEnum):
    """Where blocks are shown: in a message, or in a view (the Home tab, a modal)."""

    MESSAGE = "message"
    VIEW = "view"


BLOCKS = {Surface.MESSAGE: 50, Surface.VIEW: 100}
# A message is refused near 13,200 characters over all its blocks, whatever each may hold, and
# sooner by about 125 for each further block. A view may be 250 kB of JSON.
CHARACTERS = {Surface.MESSAGE: 13_000, Surface.VIEW: 40_000}
A_BLOCK = 125

TEXT = 3000  # of one block
FALLBACK = 4000
HEADER = 150
BUTTON = 75  # also an option's text, and what a screen reader says of a button
VALUE_LIMIT = 2000
BUTTONS = 25
A_BUTTON = 200  # characters beside its value: label, id, what a screen reader says
ROW_OF_BUTTONS = 4000  # characters, so that a row fits on any page
TABLE_ROWS = 100  # with its header
TABLE_COLUMNS = 20
# Slack takes 10,000 over all cells; a message has more to hold.
TABLE_CELLS = 6000

MODAL_TITLE = 24
LABEL = 2000
OPTIONS = 100
OPTION_VALUE = 150
CHECKBOXES = 10
