"""Surveys and journals: opened for a roster, and handed in by name, from a file or by oneself."""
