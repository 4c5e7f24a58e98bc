"""Word documents: the one door to python-docx."""
