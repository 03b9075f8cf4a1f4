"""Corpora are read back by programs that are not ours."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import pytest
import spacy
from rdflib import Graph
from spacy.tokens import DocBin

from tests.sites import lay
from tests.test_export import ARCHIVE, exported

OA = "http://www.w3.org/ns/oa#"


TERMS = {
    "oa": OA,
    "id": "@id",
    "type": "@type",
    **{name: f"oa:{name}" for name in ("Annotation", "SpecificResource", "TextQuoteSelector", "TextPositionSelector")},
    **{name: f"oa:{name}" for name in ("exact", "prefix", "suffix", "start", "end", "identifying")},
    **{
        name: {"@id": f"oa:has{name.capitalize()}", "@type": "@id"} for name in ("body", "target", "source", "selector")
    },
    "AnnotationPage": "https://www.w3.org/ns/activitystreams#OrderedCollectionPage",
    "items": {"@id": "https://www.w3.org/ns/activitystreams#items", "@container": "@list"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return lay(tmp_path / "archive", ARCHIVE)


def test_annotations_quote_the_words_and_what_is_around_them(archive: Path) -> None:
    page = json.loads(exported(archive, "jsonld"))
    assert "http://www.w3.org/ns/anno.jsonld" in page["@context"]
    (first, *_) = (item for item in page["items"] if item["target"]["source"] == "https://gazette.example/harbour")
    quote, position = first["target"]["selector"]
    assert ("Marta Lindqvist", ", the head of the Skerry Harbour") == (quote["exact"], quote["suffix"])
    assert len("Marta Lindqvist") == position["end"] - position["start"]


def test_annotations_are_linked_data(archive: Path) -> None:
    page = json.loads(exported(archive, "jsonld"))
    # The context of the W3C lies on its server; these are the terms of it that we use.
    context, own = page["@context"]
    assert "http://www.w3.org/ns/anno.jsonld" == context
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own
        graph = Graph().parse(data=json.dumps({**page, "@context": [TERMS, own]}), format="json-ld")
    asked = """
        PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX schema: <https://schema.org/>
        SELECT ?exact ?name ?start ?source WHERE {
            ?annotation a oa:Annotation ; oa:motivatedBy oa:identifying ; oa:hasBody ?body ; oa:hasTarget ?target .
            ?body a schema:Person ; schema:name ?name .
            ?target oa:hasSource ?source ; oa:hasSelector ?quote, ?position .
            ?quote a oa:TextQuoteSelector ; oa:exact ?exact .
            ?position a oa:TextPositionSelector ; oa:start ?start .
        } ORDER BY ?source ?start"""
    found = [tuple(str(value) for value in row) for row in graph.query(asked)]  # type: ignore[union-attr]
    assert ("Marta Lindqvist", "Marta Lindqvist", "0", "https://gazette.example/harbour") in found
    people = [item for item in page["items"] if "schema:Person" in item["body"]["type"]]
    assert len(people) == len(found)


def test_training_data_has_confirmed_entities_alone(archive: Path) -> None:
    documents = DocBin().from_bytes(exported(archive, "spacy")).get_docs(spacy.blank("en").vocab)
    assert {("Marta Lindqvist", "PERSON")} == {
        (span.text, span.label_) for document in documents for span in document.ents
    }


def test_tasks_of_label_studio_count_as_browsers_do(archive: Path) -> None:
    for task in json.loads(exported(archive, "labelstudio")):
        units = task["data"]["text"].encode("utf-16-le")
        for result in task["predictions"][0]["result"]:
            value = result["value"]
            assert value["text"] == units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le")
            assert {"person", "place", "organisation"} >= set(value["labels"])


def test_columns_of_conll_have_every_mention_once(archive: Path) -> None:
    lines = exported(archive, "conll").decode().split("\n")
    ids = [article["id"] for article in json.loads(exported(archive, "json"))["articles"]]
    assert ids == [line.split(" ")[1] for line in lines if line.startswith("-DOCSTART-")]
    assert {4} == {len(line.split(" ")) for line in lines if line}
    start = lines.index("Marta -X- -X- B-PERSON")
    assert "Lindqvist -X- -X- I-PERSON" == lines[start + 1]
