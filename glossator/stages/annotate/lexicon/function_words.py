"""Words of grammar, by which noun phrases and clauses are told apart without a parse."""

from __future__ import annotations

from glossator.naming.lexicon import EMBEDDING_WORDS, STOP_WORDS, UNINITIALLED

FUNCTION_WORDS = (
    STOP_WORDS
    | EMBEDDING_WORDS
    | UNINITIALLED
    | frozenset(
        """a an to by about whom which as when while during after before since or but because if where into over under
    via through near between among like than your my is are be been have will can may so very more most also
    both each every one""".split()
    )
)
"""Words with which no descriptor ends."""
