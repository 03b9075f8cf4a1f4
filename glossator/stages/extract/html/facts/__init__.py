"""Metadata that a page states about its article: title, authors, dates, addresses, each with its origin."""
