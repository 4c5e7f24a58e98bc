"""What is remembered. Imports nothing of ours, and all SQL is here."""

import sys

# sqlite-utils loads numpy where it is installed, for types that nothing here has: the bot would
# start later by 0.1 s and take 14 MB more, for whoever never asks for a picture.
if "numpy" not in sys.modules:
    sys.modules["numpy"] = None  # pyright: ignore[reportArgumentType] - as if there were none
    import sqlite_utils as sqlite_utils

    del sys.modules["numpy"]
