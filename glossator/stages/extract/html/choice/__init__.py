"""Choice of the text of a page that is its article: our own scorer and trafilatura, reconciled passage by passage."""
