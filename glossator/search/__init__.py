"""The pages of the site -> what the search page loads, in `site/pagefind/`; what changed costs, not what there is."""

from glossator.search.index import Index, refresh
from glossator.urls import INDEX as FOLDER

__all__ = ["FOLDER", "Index", "refresh"]
