"""The site of what is known: planned, composed and rendered, in this process or in workers, and indexed for search."""
