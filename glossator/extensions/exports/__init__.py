"""Formats of other programs: a module for each family."""
