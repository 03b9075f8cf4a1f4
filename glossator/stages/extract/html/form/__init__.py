"""Article in the page's own tree, and its Markdown: headings, lists, tables, notes, pictures."""
