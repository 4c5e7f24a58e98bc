"""Who is missing: /missing lists, for managers, whom a share lacks."""
