"""The readable part of a public address. It decides nothing: the id does."""

import re
import unicodedata

LONGEST = 80
_OTHER = re.compile(r"[^a-z0-9]+")
FALLBACK = "text"


def slug_of(title: str, wanted: str = "") -> str:
    """Return a short address part of ASCII letters, digits and hyphens: what the CMS wanted, else from the title."""
    plain = unicodedata.normalize("NFKD", wanted or title).encode("ascii", "ignore").decode().lower()
    return _OTHER.sub("-", plain)[:LONGEST].strip("-") or FALLBACK
