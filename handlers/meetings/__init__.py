"""Meetings of communities: who is told and reminded, who comes, and what is done after."""
