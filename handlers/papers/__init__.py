"""Word documents: the one door to python-docx."""

STABLE = (1980, 1, 1, 0, 0, 0)  # a date for every part: the same paper is the same bytes
