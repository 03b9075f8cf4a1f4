"""Spans of a text that are names, by models and by rules."""
