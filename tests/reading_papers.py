"""What a Word document says."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(content: bytes, name: str = "word/document.xml") -> str:
    """One of the parts that a document is packed of."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return parts.read(name).decode()


def lines_of(content: bytes) -> list[str]:
    """The words of every paragraph, those in tables and links too, in order; with plain spaces."""
    root = ElementTree.fromstring(part(content))
    texts = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p"))
    return [text.replace("\u00a0", " ") for text in texts if text]


def words_of(content: bytes) -> str:
    """All of it as one text."""
    return "\n".join(lines_of(content))
