"""The vectors that the packaged recogniser's encoder works out anyway, kept for the second stage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from thinc.api import Model

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def keep_vectors(nlp: Language) -> None:
    """Let the `ner` of a pipeline leave its encoder's vectors in the tensor of each document, as `tok2vec` does.

    To be called after the encoder was put into its final form.
    """
    model: Model[Any, Any] = nlp.get_pipe("ner").model  # type: ignore[attr-defined]
    encoder = model.get_ref("tok2vec").layers[0]
    model.replace_node(encoder, _keeping(encoder))


def _keeping(encoder: Model[Any, Any]) -> Model[Any, Any]:
    def forward(_: Model[Any, Any], docs: Sequence[Doc], is_train: bool) -> tuple[Any, Any]:
        vectors, back = encoder(docs, is_train)
        for doc, rows in zip(docs, vectors, strict=True):
            doc.tensor = rows
        return vectors, back

    return Model("keeping", forward, layers=[encoder], dims={"nO": encoder.get_dim("nO")})
