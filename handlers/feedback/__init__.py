"""/feedback: what those who came to a session thought of it; only ever numbers of it."""
