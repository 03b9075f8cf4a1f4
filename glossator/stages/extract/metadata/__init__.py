"""Metadata as people and programs write it -> values: dates, bylines, header lines, languages, rights."""
