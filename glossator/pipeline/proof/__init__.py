"""Drafts -> findings: what the archive says of their quotations, names and numbers."""
