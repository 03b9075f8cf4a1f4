"""Builds of an archive that is being edited: a provisional page at once, then the whole site."""
