"""Saved files -> articles in `content/articles/`, with their pictures, duplicates and versions."""
