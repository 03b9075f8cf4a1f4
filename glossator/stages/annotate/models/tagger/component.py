"""The spaCy component `word_tagger`: names in the entities of a document, tags and vectors of words in its tensor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import minibatch

from glossator.stages.annotate.models.tagger.transformer import Transformer, restored
from glossator.stages.annotate.models.tagger.windows import windows
from glossator.stages.annotate.models.tagger.word_pieces import WordPieces

FACTORY = "word_tagger"
LABELS = ("PERSON", "ORG", "GPE", "NORP", "LAW", "WORK_OF_ART", "EVENT", "PRODUCT")
"""Labels of names. Tag 0 is of no name; each label has two, of the first word of a name and of the others."""
TAGS = 1 + 2 * len(LABELS)
FILE = "weights.npz"
PIECES = "pieces.txt"


class WordTagger:
    """Tags words; what it needs is loaded by `from_disk`."""

    def __init__(self) -> None:
        self._model: tuple[WordPieces, Transformer] | None = None

    def __call__(self, doc: Doc) -> Doc:
        self._tag([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Yield documents with the tags of their words; those of a batch share windows."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            self._tag(docs)
            yield from docs

    def from_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> WordTagger:  # noqa: ARG002 -- spaCy passes it
        """Load the pieces and the weights of a folder."""
        pieces = (path / PIECES).read_text("utf-8").split("\n")
        with np.load(path / FILE, allow_pickle=False) as arrays:
            ordinary = np.flatnonzero(np.unpackbits(arrays["ordinary"]))
            self._model = WordPieces(pieces, ordinary.tolist()), restored(arrays)
        return self

    def to_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> None:
        """Do nothing: training writes the folder."""

    def _tag(self, docs: Sequence[Doc]) -> None:
        if self._model is None:
            raise ValueError(f"The component {FACTORY} has no weights: load it with spacy.load.")
        pieces, transformer = self._model
        given = windows([[token.text for token in doc] for doc in docs], pieces)
        read = given.places >= 0
        width = TAGS + len(transformer.components.bias)
        table = np.zeros((len(read), width), np.float32)
        table[:, 0] = 1
        if read.any():
            table[read] = np.concatenate([np.hstack(transformer(group)) for group in given.groups()])
        at = 0
        for doc in docs:
            words = slice(at, at + len(doc))
            doc.tensor = table[words]  # type: ignore[assignment]  # declared for numbers of 64 bits
            doc.ents = [Span(doc, *span) for span in spans(table[words, :TAGS], read[words])]
            at += len(doc)


def spans(likely: NDArray[np.float32], read: NDArray[np.bool_]) -> list[tuple[int, int, str]]:
    """Return the names that the likeliest tags of the words that were read make up: first word, end, label.

    A space, such as the end of a line, is not read, and may stand within a name.
    """
    entities: list[tuple[int, int, str]] = []
    ended = False
    for at in np.flatnonzero(read).tolist():
        tag = int(likely[at].argmax())
        label = LABELS[(tag - 1) // 2]
        if tag and tag % 2 == 0 and not ended and entities and entities[-1][2] == label:
            entities[-1] = (entities[-1][0], at + 1, label)
        elif tag:
            entities.append((at, at + 1, label))
        ended = not tag
    return entities


@Language.factory(FACTORY, assigns=["doc.ents", "doc.tensor"])
def make_word_tagger(nlp: Language, name: str) -> Any:  # noqa: ARG001 -- spaCy passes both
    return WordTagger()
