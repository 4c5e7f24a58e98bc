"""Teams: the same conversation in personal chats, group chats and channels."""
