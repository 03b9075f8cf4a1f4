"""The prepositions: what follows one is not the subject of its sentence, unless the word is a conjunction there."""

from __future__ import annotations

from glossator.naming.lexicon import EMBEDDING_WORDS
from glossator.word_lists import word_lists

PREPOSITIONS = (EMBEDDING_WORDS - {"and", "de", "des"}) | word_lists("annotate")["prepositions"]

CONJUNCTIONS = frozenset("after as before since than until".split())
"""Prepositions that are conjunctions, too: a subject may follow."""
