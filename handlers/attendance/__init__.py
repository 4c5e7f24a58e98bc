"""/attendance: who came to a session, by head, by name or from a file."""
