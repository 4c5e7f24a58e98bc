"""How much of what Teams takes, and how much of it reads well on a phone."""

# Teams documents 100 kB a message; people report refusals from 28 kB on.
CARD = 25_000  # bytes of compact JSON in UTF-8
# A button's values, in characters of compact JSON.
VALUE_LIMIT = 1500

# Everything below keeps any single part of a card small beside a page.
TITLE = 100
ALT = 3500  # characters that are said of a picture unseen; more of them stand below it
LINE = 700  # characters that stay together in a line
HEADING = 800  # bytes of a heading that stays with what it stands over
ROW = 2500  # bytes of a table's row; a longer one is shown in lines
OWN_BUTTONS = 3500  # bytes of a card's own buttons that still stand on every page
TURNING = 2400  # bytes kept free for what turns the page
FALLBACK = 400

BUTTON = 60
TOOLTIP = 200
# Teams shows six buttons of a set, and a phone no more of a row than fit its width.
BUTTONS = 5
ROW_OF_BUTTONS = 40  # characters of their labels, each with as many more as its edges take
A_BUTTON = 4
COLUMNS = 4  # of a table on a phone

CHOICES_OPEN = 12  # choices that are all shown; more of them stand in a menu
MENU = 15  # choices that a menu shows at a glance; more of them are found by typing
CHOICE = 100
LABEL = 200
ERROR = 500
