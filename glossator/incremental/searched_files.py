"""Names that are looked for in files: a file that is as it was the last time is not read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from glossator.incremental.increments import Contribution, Derivation, follow
from glossator.incremental.namespace import Namespace
from glossator.model import Digest
from glossator.text import digest


def search_files(
    namespace: Namespace,
    book: str,
    names: Sequence[str],
    files: Mapping[str, str],
    search: Callable[[str], tuple[str, ...]],
) -> frozenset[str]:
    """Return the names that `search` finds in any of the files.

    `files` have the state of each, which is empty if it proves nothing. What was found is kept in the book.
    """

    def searched(changed: Sequence[str]) -> Iterator[tuple[str, Contribution[None]]]:
        for file in changed:
            yield file, Contribution([(name, None) for name in search(file)])

    inputs = {file: digest(state, *names) if state else Digest("") for file, state in files.items()}
    entries = follow(namespace, Derivation(searched, book=book), inputs).now.values()
    return frozenset(name for entry in entries for name in entry.rows)
