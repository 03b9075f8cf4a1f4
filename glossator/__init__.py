"""Glossator turns a folder of saved articles into an annotated, searchable site."""

__version__ = "0.5.0"
