"""Mentions for programs that annotate texts or learn from annotations: Label Studio's tasks, and CoNLL's columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from glossator import __version__
from glossator.export.documents import json_document
from glossator.extension_points.exports import ArchiveData, ArticleData, Export
from glossator.extensions.exports.training import tokens


def label_studio(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return a task of Label Studio for each article, with the mentions as predictions.

    Offsets are UTF-16 code units, as browsers count. Source: "Import pre-annotated data into Label Studio".
    """
    types = {entity.id: entity.type for entity in archive.entities}
    tasks = [_task(article, types) for article in archive.articles]
    return {"": json_document(tasks)}


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
