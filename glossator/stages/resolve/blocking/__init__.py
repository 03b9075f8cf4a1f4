"""Blocking: the keys under which names are looked up, and the table of occurrences that they index."""
