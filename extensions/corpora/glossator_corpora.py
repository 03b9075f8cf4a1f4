"""Mentions for programs that annotate texts or learn from annotations.

Label Studio's tasks, CoNLL's columns, spaCy's training data, and Web Annotations. Sources: "Import pre-annotated data
into Label Studio"; CoNLL 2003, with IOB2 tags; spacy.io/api/docbin; W3C, "Web Annotation Data Model", Recommendation of
23 February 2017.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import msgspec
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.util import filter_spans

from glossator import __version__
from glossator.extension_points.exports import ArchiveData, ArticleData, EntityData, Export, MentionData

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


def label_studio(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return a task of Label Studio for each article, with the mentions as predictions.

    Offsets are UTF-16 code units, as browsers count. Source: "Import pre-annotated data into Label Studio".
    """
    types = {entity.id: entity.type for entity in archive.entities}
    tasks = [_task(article, types) for article in archive.articles]
    return {"": msgspec.json.format(msgspec.json.encode(tasks), indent=1) + b"\n"}


def _task(article: ArticleData, types: Mapping[str, str]) -> dict[str, object]:
    offsets = _utf16_offsets(article.text)
    results = [
        {
            "id": f"{article.id}-{mention.start}",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": offsets[mention.start],
                "end": offsets[mention.end],
                "text": article.words(mention.start, mention.end),
                "labels": [types[mention.entity]],
            },
            "meta": {"text": [mention.entity]},
        }
        for mention in article.mentions
    ]
    predicted = [{"model_version": f"glossator {__version__}", "result": results}]
    return {"data": {"text": article.text, "article": article.id, "title": article.title}, "predictions": predicted}


def _utf16_offsets(text: str) -> list[int]:
    """Return the offset in UTF-16 code units of each code point, and of the end."""
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + (2 if ord(character) > 0xFFFF else 1))
    return offsets


def conll(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return the tokens of all articles with their tags, in four columns. Source: CoNLL 2003, with IOB2 tags."""
    types = {entity.id: entity.type.upper() for entity in archive.entities}
    return {"": "".join(line for article in archive.articles for line in _lines(article, types)).encode()}


def _lines(article: ArticleData, types: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of an article: a document, called by its id, and a blank line after each paragraph."""
    yield f"-DOCSTART- {article.id} -X- O\n\n"
    document = tokens(article)
    tags = ["O"] * len(document)
    for mention in article.mentions:
        span = document.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None or any(tags[token.i] != "O" for token in span):
            continue
        for token in span:
            tags[token.i] = f"{'B' if token.i == span.start else 'I'}-{types[mention.entity]}"
    open_paragraph = False
    for token, tag in zip(document, tags, strict=True):
        if token.is_space:
            if "\n" in token.text and open_paragraph:
                yield "\n"
                open_paragraph = False
        else:
            yield f"{token.text} -X- -X- {tag}\n"
            open_paragraph = True
    if open_paragraph:
        yield "\n"


LABEL_STUDIO = Export(contract=2, help="Tasks of Label Studio", of_archive=label_studio)
CONLL = Export(contract=2, help="Tokens and tags as CoNLL has them", of_archive=conll)


TYPES = {
    "person": "Person",
    "organisation": "Organization",
    "place": "Place",
    "law": "Legislation",
    "work": "CreativeWork",
    "event": "Event",
    "product": "Product",
}
"""Type of an entity -> type of schema.org; any other is a `Thing`."""
CONTEXTS = ["http://www.w3.org/ns/anno.jsonld", {"schema": "https://schema.org/"}]
AROUND = 32
"""Characters of context on each side of a quotation, by which a reader finds it again."""


def annotation_page(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return one annotation for each mention: its words and place in the text, and the entity that it identifies.

    Each annotation has a line of its own.
    """
    encoder = msgspec.json.Encoder()
    bodies = {entity.id: msgspec.Raw(encoder.encode(_body(archive, entity))) for entity in archive.entities}
    items = (encoder.encode(item) for article in archive.articles for item in _items(archive, article, bodies))
    head = encoder.encode({"@context": CONTEXTS, "type": "AnnotationPage"}).removesuffix(b"}")
    return {"": head + b',"items":[\n' + b",\n".join(items) + b"\n]}\n"}


def _items(
    archive: ArchiveData, article: ArticleData, bodies: Mapping[str, msgspec.Raw]
) -> Iterator[dict[str, object]]:
    source = article.source or f"{archive.address or 'urn:glossator:'}articles/{article.id}.html"
    for mention in article.mentions:
        yield {
            "id": f"urn:glossator:{article.id}:{mention.start}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": bodies[mention.entity],
            "target": {"source": source, "selector": [_quote(article, mention), _position(mention)]},
        }


def _body(archive: ArchiveData, entity: EntityData) -> dict[str, object]:
    return {
        "type": ["SpecificResource", f"schema:{TYPES.get(entity.type, 'Thing')}"],
        "source": f"{archive.address or 'urn:glossator:'}entities/{entity.id}.html",
        "schema:name": entity.name,
    }


def _quote(article: ArticleData, mention: MentionData) -> dict[str, str]:
    return {
        "type": "TextQuoteSelector",
        "exact": article.words(mention.start, mention.end),
        "prefix": article.words(max(0, mention.start - AROUND), mention.start),
        "suffix": article.words(mention.end, mention.end + AROUND),
    }


def _position(mention: MentionData) -> dict[str, object]:
    return {"type": "TextPositionSelector", "start": mention.start, "end": mention.end}


JSONLD = Export(contract=2, help="Every mention as a Web Annotation", of_archive=annotation_page)
