"""Builds after the first: none if nothing differs, one that a save interrupts, and one page at once."""
