"""Whole archives as documents for programs: JSON, JSON lines, and spaCy's DocBin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import cache

import msgspec
import spacy
from spacy.language import Language
from spacy.tokens import DocBin, Span
from spacy.util import filter_spans

from glossator.export.data import ArchiveData

SCHEMA = "glossator-archive/1"
"""Name and version of the schema, which `data/schemas/archive-1.json` holds."""


def json_file(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return the archive as one JSON document."""
    document = {"schema": SCHEMA, **asdict(archive)}
    return {"": msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"}


def json_lines(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return a line of JSON for the archive, for each article and for each entity; `kind` tells which it is."""
    lines: list[dict[str, object]] = [
        {
            "kind": "archive",
            "schema": SCHEMA,
            "title": archive.title,
            "address": archive.address,
            "private": archive.private,
        }
    ]
    lines += ({"kind": "article", **asdict(article)} for article in archive.articles)
    lines += ({"kind": "entity", **asdict(entity)} for entity in archive.entities)
    return {"": b"".join(msgspec.json.encode(line) + b"\n" for line in lines)}


def doc_bin(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return the mentions of entities that a person has confirmed, as training data for spaCy.

    Articles without such a mention are left out. A label is the type of the entity, in capitals; `user_data` names the
    article.
    """
    confirmed = {entity.id: entity.type.upper() for entity in archive.entities if entity.origin == "person"}
    documents = DocBin(attrs=("ENT_IOB", "ENT_TYPE"), store_user_data=True)  # nothing else is known of a token
    for article in archive.articles:
        if any(mention.entity in confirmed for mention in article.mentions):
            nlp = _tokenizer((article.language or "").partition("-")[0])
            document = nlp.make_doc(article.text)
            document.user_data["article"] = article.id
            spans = (
                document.char_span(mention.start, mention.end, confirmed[mention.entity], alignment_mode="expand")
                for mention in article.mentions
                if mention.entity in confirmed
            )
            found: list[Span] = [span for span in spans if span is not None]
            document.set_ents(filter_spans(found))
            documents.add(document)
    return {"": documents.to_bytes()}


@cache
def _tokenizer(language: str) -> Language:
    """Return a pipeline that splits texts into words, by rules for all languages if spaCy has none for this one."""
    try:
        return spacy.blank(language or "xx")
    except (ImportError, OSError):
        return spacy.blank("xx")
