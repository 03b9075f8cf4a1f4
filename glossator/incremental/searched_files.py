"""Names that are looked for in files: a file that is as it was the last time is not read again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from glossator.incremental.cache.rows import StoredValue
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import SearchedTexts


def search_files(
    namespace: Namespace,
    stored: StoredValue[SearchedTexts],
    names: Sequence[str],
    files: Mapping[str, str],
    search: Callable[[str], tuple[str, ...]],
) -> frozenset[str]:
    """Return the names that `search` finds in any of the files.

    `files` have the state of each, which is empty if it proves nothing. What was found is stored for the next time.
    """
    last = namespace.value(stored, SearchedTexts())
    before = last.files if set(names) <= {*last.names} else {}
    now = {}
    for file, state in files.items():
        seen = before.get(file)
        now[file] = seen if seen and state and seen[0] == state else (state, search(file))
    if (searched := SearchedTexts(tuple(names), now)) != last:
        namespace.set_value(stored, searched)
    return frozenset(chain.from_iterable(there for _, there in now.values())).intersection(names)
