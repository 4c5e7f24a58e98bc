"""The name of a person, out of what a meeting shows of them: devices, marks, pronouns, brackets."""

import re

from handlers.files.names import first_last
from storage.words import fold

LONGEST = 200  # characters of a name
DEVICE = (
    r"(?:i-?phone|i-?pad|i-?pod|android|samsung|galaxy|pixel|huawei|motorola|phone|telephone|tel|"
    r"mobile|cell|cellulaire|cellphone|laptop|portable|macbook|imac|pc|desktop|ordinateur|"
    r"tablette|tablet|surface)(?: (?:pro|air|mini|max|plus|ultra|se|[a-z]?\d{1,4}\w?))*"
)
DEVICE_ONLY = re.compile(rf"{DEVICE}(?: {DEVICE})*|user|guest|invite|utilisateur|")
DEVICE_OF = re.compile(rf"{DEVICE} (?:de |d['’]|of )", re.IGNORECASE)
OF_DEVICE = re.compile(rf"(?:(?:['’]s?|,? -) ?{DEVICE}| i-?(?:phone|pad))$", re.IGNORECASE)
BRACKETS = re.compile(r"(.*\S)\s+[(\[]([^()\[\]]*)[)\]]", re.DOTALL)
MARK = re.compile(
    r"((?:guest|invitee?|unverified|non verifiee?|external|externe)"
    r"|(?:co-?)?(?:host|hote|organizer|organisateur|organisatrice)|me|moi|you|vous"
    r"|(?:she|her|hers|he|him|his|they|them|elle|il|iel)(?:[ /,]+\w+)*)(?:, (?:me|moi))?"
)
GUEST = re.compile(r"guest|invitee?|unverified|non verifiee?|external|externe")


def spoken(said: str) -> tuple[str, bool]:
    """A name as people write it, and whether the file marks a guest.

    "DiSalvatore, Michele (Guest)" is ("Michele DiSalvatore", True); "iPhone (Marie Tremblay)"
    and "Marie T (Marie Tremblay)" are ("Marie Tremblay", False); other brackets are left out.
    """
    name, guest = " ".join(said[:LONGEST].split()).replace("(e)", "e"), False
    while found := BRACKETS.fullmatch(name):
        outer, inner = found.groups()
        mark = fold(inner)
        if MARK.fullmatch(mark) or not mark:
            guest = guest or bool(GUEST.fullmatch(mark))
            name = outer
        elif DEVICE_ONLY.fullmatch(fold(outer)) or _fuller(outer, inner):
            name = inner.strip()
        else:
            name = outer
    return first_last(_without_device(name)), guest


def _fuller(short: str, long: str) -> bool:
    """Whether the second is the first with more of each word: "Marie T", "Marie Tremblay"."""
    one, other = fold(short).replace(".", "").split(), fold(first_last(long)).split()
    return len(one) <= len(other) > 1 and all(
        whole.startswith(part) for part, whole in zip(one, other, strict=False)
    )


def _without_device(name: str) -> str:
    """ "iPhone de Marie Tremblay" and "Marie Tremblay's iPad" without the device."""
    if found := DEVICE_OF.match(name):
        return name[found.end() :].strip() or name
    if (found := OF_DEVICE.search(name)) and found.start():
        return name[: found.start()].strip()
    return name
