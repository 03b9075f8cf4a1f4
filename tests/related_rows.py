"""The rows of related articles in memory, as a build stores them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from glossator.stages.relate.update import RelatedRows, RelatedUpdate


class StoredRows:
    """Rows that were stored. State: the rows by table."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[Any, Any]] = {"postings": {}, "words": {}, "related": {}}

    def readers(self) -> RelatedRows:
        return RelatedRows(
            lambda keys: self._read("postings", keys),
            lambda articles: self._read("words", articles),
            lambda: dict(self.tables["related"]),
        )

    def store(self, update: RelatedUpdate) -> None:
        for name in ("postings", "related"):
            table = self.tables[name]
            table.update(getattr(update, name))
            for key in [key for key, row in table.items() if row is None]:
                del table[key]

    def _read(self, table: str, keys: Iterable[Any]) -> dict[Any, Any]:
        rows = self.tables[table]
        return {key: rows[key] for key in keys if key in rows}
