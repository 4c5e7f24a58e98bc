"""Runs the bot with hardly any time for an answer, so that it acknowledges what it has not done.

Run by test_kill: ``python run_in_haste.py SECONDS run …``, the rest as the `jalon` command's.
"""

import sys

from bot import cli
from bot.slack import door

door.ACK_WITHIN = float(sys.argv.pop(1))
cli.main()
