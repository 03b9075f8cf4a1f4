"""Pages of the site -> files of the search page, in `site/pagefind/`; only changes cost time."""

from glossator.search.index import Index, refresh
from glossator.site_paths import INDEX as FOLDER

__all__ = ["FOLDER", "Index", "refresh"]
