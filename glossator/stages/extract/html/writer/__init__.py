"""A regular tree -> Markdown, with the addresses of its links and pictures."""
