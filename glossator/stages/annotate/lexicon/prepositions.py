"""The prepositions: what follows one is not the subject of its sentence, unless the word is a conjunction there."""

from __future__ import annotations

from glossator.naming.lexicon import EMBEDDING_WORDS

PREPOSITIONS = (EMBEDDING_WORDS - {"and", "de", "des"}) | frozenset(
    """about above across after along alongside amid among around as before behind below beneath beside between beyond
    by despite during except from inside into like near off onto outside over past per since than through throughout to
    toward towards under unlike until upon via within without""".split()
)

CONJUNCTIONS = frozenset("after as before since than until".split())
"""Prepositions that are conjunctions, too: a subject may follow."""
