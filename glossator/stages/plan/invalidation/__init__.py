"""Facts of articles, and the pages that an edit of them may change."""
