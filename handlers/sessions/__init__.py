"""/workshop and /meeting: sessions are planned, recorded, moved, cancelled and listed."""
