"""Keys under which links name pages: names of notes and headlines, however they are written."""

from __future__ import annotations

import re
from unicodedata import normalize

WIKI = "wiki:"
"""Beginning of the address of a link that names what it leads to."""


def name_key(written: str) -> str:
    """Return a key under which two ways to write the name of a note are equal: no case, heading or suffix counts."""
    name = re.sub(r"^(?:\.{0,2}/)+|\.md$", "", written.partition("#")[0].strip(), flags=re.IGNORECASE)
    return normalize("NFC", " ".join(name.split())).casefold()


def fold_headline(headline: str) -> str:
    """Return a key under which two copies of a headline are equal: letters and digits only, without regard to case."""
    return " ".join(re.findall(r"\w+", headline.casefold()))
