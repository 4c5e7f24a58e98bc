"""Charts drawn as PNG: the one door to matplotlib."""
