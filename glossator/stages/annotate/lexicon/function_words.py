"""Words of grammar, by which noun phrases and clauses are told apart without a parse."""

from __future__ import annotations

from glossator.naming.lexicon import EMBEDDING_WORDS, STOP_WORDS, UNINITIALLED
from glossator.word_lists import word_lists

FUNCTION_WORDS = STOP_WORDS | EMBEDDING_WORDS | UNINITIALLED | word_lists("annotate")["function_words"]
"""Words with which no descriptor ends."""
