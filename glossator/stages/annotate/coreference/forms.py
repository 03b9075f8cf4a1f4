"""The surface forms of an article, their words, and groups of forms."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from glossator.model import EntityType
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.normalise import ARTICLE_PREFIX, person_words_in_article, words


class Form(msgspec.Struct, frozen=True):
    """A surface form of the article."""

    text: str
    type: EntityType
    first: int
    """Offset of its first occurrence."""
    words: tuple[str, ...]
    """Words of the form, as keys."""


class Groups:
    """Forms that are one name: disjoint sets, each represented by its first form in the text."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self._forms = sorted(forms, key=lambda form: forms[form].first)
        self._index = {form: index for index, form in enumerate(self._forms)}
        self._sets = DisjointSets(len(self._forms))

    def of(self, form: str) -> str:
        """Return the form that represents the name of a form."""
        return self._forms[self._sets.find(self._index[form])]

    def join(self, first: str, second: str) -> None:
        self._sets.join(self._index[first], self._index[second])


def words_of(form: str, kind: EntityType) -> tuple[str, ...]:
    parts = person_words_in_article(form) if kind is EntityType.PERSON else words(ARTICLE_PREFIX.sub("", form))
    return tuple(part for part in parts if part not in ("the", "and")) or (form,)
