"""Glossator turns a folder of saved articles into an annotated, searchable site."""

__version__ = "0.7.0"
