"""One line of chat, read: how long, which day, with whom, where; before any feature uses it."""
