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
from glossator.stages.annotate.models.tagger.unigram_pieces import UnigramPieces
from glossator.stages.annotate.models.tagger.windows import CLOSE, NEAR, Reach, Vocabulary, windows
from glossator.stages.annotate.models.tagger.word_pieces import WordPieces

FACTORY = "word_tagger"
LABELS = ("PERSON", "ORG", "GPE", "NORP", "LAW", "WORK_OF_ART", "EVENT", "PRODUCT")
"""Labels of names. Tag 0 is of no name; each label has two, of the first word of a name and of the others."""
TAGS = 1 + 2 * len(LABELS)
ORDINARY = "is_ordinary"
"""Key of a document's data: what tells of a word that its capital is no sign of a name."""
FILE = "weights.npz"
PIECES = "pieces.txt"


class WordTagger:
    """Tags words; what it needs is loaded by `from_disk`."""

    def __init__(self) -> None:
        self._model: tuple[Vocabulary, Reach, Transformer] | None = None

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
            if "scores" in arrays:
                self._model = UnigramPieces(pieces, arrays["scores"].tolist()), CLOSE, restored(arrays)
            else:
                ordinary = np.flatnonzero(np.unpackbits(arrays["ordinary"])).tolist()
                self._model = WordPieces(pieces, ordinary), NEAR, restored(arrays)
        return self

    def to_disk(self, path: Path, *, exclude: Sequence[str] = ()) -> None:
        """Do nothing: training writes the folder."""

    def _tag(self, docs: Sequence[Doc]) -> None:
        if self._model is None:
            raise ValueError(f"The component {FACTORY} has no weights: load it with spacy.load.")
        pieces, reach, transformer = self._model
        words = [[token.text for token in doc] for doc in docs]
        given = windows(words, pieces, reach, docs[0].user_data.get(ORDINARY, lambda _: False))
        tagged = given.places >= 0
        table = np.zeros((len(tagged), TAGS + len(transformer.components.bias)), np.float32)
        table[:, 0] = 1
        if tagged.any():
            table[tagged] = np.concatenate([np.hstack(transformer(group)) for group in given.groups()])
        at = 0
        for doc in docs:
            rows = table[at : at + len(doc)]
            doc.tensor = rows  # type: ignore[assignment]  # declared for numbers of 64 bits
            doc.ents = [Span(doc, *span) for span in spans(rows[:, :TAGS], [token.is_space for token in doc])]
            at += len(doc)


def spans(likely: NDArray[np.float32], spaces: Sequence[bool]) -> list[tuple[int, int, str]]:
    """Return the names that the likeliest tags of the words make up: first word, end, label.

    A space, such as the end of a line, has no tag, and may stand within a name.
    """
    entities: list[tuple[int, int, str]] = []
    tags = likely.argmax(axis=1)
    for at in np.flatnonzero(tags).tolist():
        tag = int(tags[at])
        label = LABELS[(tag - 1) // 2]
        first, end, of_last = entities[-1] if entities else (0, 0, "")
        if tag % 2 == 0 and label == of_last and all(spaces[end:at]):
            entities[-1] = (first, at + 1, label)
        else:
            entities.append((at, at + 1, label))
    return entities


@Language.factory(FACTORY, assigns=["doc.ents", "doc.tensor"])
def make_word_tagger(nlp: Language, name: str) -> Any:  # noqa: ARG001 -- spaCy passes both
    return WordTagger()
