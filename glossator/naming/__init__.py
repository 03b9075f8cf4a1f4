"""Naming: what is known about names before any text is read: spellings, sounds, short forms, countries, words."""
