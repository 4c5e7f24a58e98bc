"""Runs the bot with hardly any time for an answer, so that it acknowledges what it has not done.

Run by the kill tests: ``python run_in_haste.py MODULE.NAME SECONDS run …``, where the door says how
long it may take; the rest as the `jalon` command's.
"""

import importlib
import sys

from bot import cli

module, _, name = sys.argv.pop(1).rpartition(".")
setattr(importlib.import_module(module), name, float(sys.argv.pop(1)))
cli.main()
