"""Memoised results and stored rows, in one SQLite file outside the site. Deleting the file loses nothing but time."""

from glossator.incremental.cache.causes import LOST, NEW, Cause
from glossator.incremental.cache.keys import Key
from glossator.incremental.cache.read_only import Reader
from glossator.incremental.cache.store import Cache
from glossator.incremental.cache.stored_rows import DamagedRow, RowDecoder

__all__ = ["LOST", "NEW", "Cache", "Cause", "DamagedRow", "Key", "Reader", "RowDecoder"]
