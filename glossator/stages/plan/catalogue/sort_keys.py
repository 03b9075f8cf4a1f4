"""Sort keys of the entries of lists: the day of an article, the letters of a name."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

from glossator.collation import in_own_script
from glossator.model import ArticleHead

UNDATED = "none"
"""Key of undated articles, in the position of a year."""


def article_key(head: ArticleHead) -> str:
    """Return the sort key of an article: its day, or UNDATED and its id."""
    return head.date or f"{UNDATED}-{head.id}"


def name_key(name: str, language: str) -> str:
    """Return the sort key of a name on a site in a language.

    It consists of words of ASCII, after `_` if the name begins with no letter. A name in the script of the language
    keeps its letters, without accents.
    """
    if in_own_script(language, name):
        letters = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
        return re.sub(r"[\W_]+", "-", letters.lower()).strip("-") + "-"
    plain = anyascii(name).lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return f"{'' if plain[:1].isalpha() else '_'}{words}-"
