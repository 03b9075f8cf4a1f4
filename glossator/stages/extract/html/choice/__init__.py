"""Which text of a page is its article: our own scorer and trafilatura, and where they differ, passage by passage."""
