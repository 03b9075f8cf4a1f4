"""Passages of articles: texts as folded words, and the index by which they are found again."""
