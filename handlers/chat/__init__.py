"""The vocabulary of a conversation, without a word of any feature or platform."""
