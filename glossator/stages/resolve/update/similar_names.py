"""Names that people may have meant by a name that no article has."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable

from glossator.stages.resolve.update.blocking_keys import prefix

MOST_HINTS = 50
"""Names for which a similar one is sought, because nobody reads more hints."""


def similar_names(unmatched: Iterable[str], forms_with: Callable[[Collection[str]], Iterable[str]]) -> dict[str, str]:
    """Return for each unmatched name the form of the archive that is most like it, or nothing; the first MOST_HINTS.

    `forms_with` returns all forms that begin with one of some prefixes.
    """
    names = sorted(set(unmatched))[:MOST_HINTS]
    forms: dict[str, str] = {}
    for form in sorted(forms_with({*map(prefix, names)}) if names else (), reverse=True):
        forms[form.casefold()] = form
    similar = {}
    for name in names:
        alike = sorted(form for form in forms if prefix(form) == prefix(name))
        close = difflib.get_close_matches(name.casefold(), alike, 1)
        similar[name] = forms[close[0]] if close else ""
    return similar
