"""Texts of the exports that are documents for programs: JSON, JSON lines, Web Annotations and spaCy's DocBin."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import spacy
from spacy.tokens import DocBin

from glossator.check.exported import ExportedText, of_entity, of_whole_article, texts

Files = Mapping[str, bytes]


def of_json(files: Files) -> Iterator[ExportedText]:
    """Yield the texts of an archive in JSON."""
    document = json.loads(files[""])
    for article in document["articles"]:
        yield from of_whole_article(article)
    for entity in document["entities"]:
        yield from of_entity(entity["id"], entity)


def of_lines(files: Files) -> Iterator[ExportedText]:
    """Yield the texts of an archive in lines of JSON."""
    for line in files[""].splitlines():
        record = json.loads(line)
        if record["kind"] == "article":
            yield from of_whole_article(record)
        elif record["kind"] == "entity":
            yield from of_entity(record["id"], record)


def of_annotations(files: Files) -> Iterator[ExportedText]:
    """Yield the texts of Web Annotations: the words, what is around them, and the entity's name."""
    for item in json.loads(files[""])["items"]:
        article = item["id"].removeprefix("urn:glossator:").rpartition(":")[0]
        quote: Mapping[str, Any] = item["target"]["selector"][0]
        # The pieces belong together; an ellipsis at an end may be cut.
        around = quote["prefix"] + quote["exact"] + quote["suffix"]
        yield ExportedText(item["id"], around.strip(".") or quote["exact"], (article,))
        yield from texts(item["id"], [quote["exact"]], (article,))
        yield from texts(item["id"], [item["body"]["schema:name"]], ())


def of_training_data(files: Files) -> Iterator[ExportedText]:
    """Yield the texts of spaCy's documents, and the names marked in them."""
    for document in DocBin().from_bytes(files[""]).get_docs(spacy.blank("xx").vocab):
        article = document.user_data["article"]
        yield from texts(article, [document.text, *(span.text for span in document.ents)], (article,))


def of_tasks(files: Files) -> Iterator[ExportedText]:
    """Yield the texts of tasks of Label Studio, and the words of their mentions."""
    for task in json.loads(files[""]):
        data = task["data"]
        words = [result["value"]["text"] for result in task["predictions"][0]["result"]]
        yield from texts(data["article"], [data["title"], data["text"], *words], (data["article"],))


def of_columns(files: Files) -> Iterator[ExportedText]:
    """Yield the sentences of CoNLL's columns; the line before an article's sentences has its id."""
    article = ""
    for sentence in files[""].decode().split("\n\n"):
        lines = sentence.strip("\n").split("\n")
        if lines[0].startswith("-DOCSTART-"):
            article = lines.pop(0).split(" ")[1]
        yield from texts(article, [" ".join(line.split(" ")[0] for line in lines)], (article,))
