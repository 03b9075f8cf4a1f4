"""Training data for spaCy: confirmed mentions as a DocBin. Source: spacy.io/api/docbin."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.util import filter_spans

from glossator.extension_points.exports import ArchiveData, ArticleData, Export

ATTRIBUTES = ("ENT_IOB", "ENT_TYPE")
"""Attributes of a token that are stored besides its text; no others are known."""


def doc_bin(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return the mentions of entities that a person has confirmed, as training data for spaCy.

    Articles without such a mention are left out. A label is the type of the entity, in capitals; `user_data` names the
    article.
    """
    confirmed = {entity.id: entity.type.upper() for entity in archive.entities if entity.origin == "person"}
    documents = DocBin(attrs=ATTRIBUTES, store_user_data=True)
    for article in archive.articles:
        if any(mention.entity in confirmed for mention in article.mentions):
            document = tokens(article)
            document.user_data["article"] = article.id
            spans = (
                document.char_span(mention.start, mention.end, confirmed[mention.entity], alignment_mode="expand")
                for mention in article.mentions
                if mention.entity in confirmed
            )
            document.set_ents(filter_spans([span for span in spans if span is not None]))
            documents.add(document)
    return {"": documents.to_bytes()}


def tokens(article: ArticleData) -> Doc:
    """Return the text of an article, split into words by the rules of its language."""
    return _tokenizer((article.language or "").partition("-")[0]).make_doc(article.text)


@cache
def _tokenizer(language: str) -> Language:
    """Return a pipeline that splits texts into words, by rules for all languages if spaCy has none for this one."""
    try:
        return spacy.blank(language or "xx")
    except (ImportError, OSError):
        return spacy.blank("xx")


SPACY = Export(contract=2, help="Training data for spaCy", of_archive=doc_bin)
