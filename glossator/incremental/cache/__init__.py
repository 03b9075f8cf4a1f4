"""Memoised results and stored rows, in one SQLite file outside the site. Deleting the file loses nothing but time."""

from glossator.incremental.cache.queries import Reader
from glossator.incremental.cache.rows import DamagedRow, RowDecoder
from glossator.incremental.cache.store import Cache
from glossator.incremental.stage import LOST, NEW, Cause, Key

__all__ = ["LOST", "NEW", "Cache", "Cause", "DamagedRow", "Key", "Reader", "RowDecoder"]
