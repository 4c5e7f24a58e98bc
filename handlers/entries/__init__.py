"""/log and /entries: hours said in one line of chat, and what was logged."""
