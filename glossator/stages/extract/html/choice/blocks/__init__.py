"""Chosen text projected onto the blocks of a page's tree: which of them stay."""
