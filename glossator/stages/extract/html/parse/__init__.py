"""Bytes of a saved page -> its tree, as readers saw it."""
