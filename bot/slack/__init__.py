"""Slack: the same conversation in channels, direct messages and the Home tab."""
