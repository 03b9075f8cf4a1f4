"""The spaCy pipelines that do the work: loaded once in each process, at the first text that needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from glossator.config import DEFAULT_MODEL

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SHARED_LAYERS = ("tok2vec", "transformer", "curated_transformer")
"""Components that only feed others; the official small and medium models do not need them for names."""

SYNTAX = ("tagger", "parser")
"""Components that say how a sentence is built."""

BATCH = 16
"""Texts at a time: memory grows with more, speed does not."""


class MissingModel(Exception):
    """A language's pipeline is not installed. The message is a sentence with the command that installs it."""

    def __init__(self, model: str, language: str) -> None:
        # Both stand in `args`, from which the exception is made anew when it crosses a process.
        super().__init__(model, language)
        self.model = model
        self.language = language

    def __str__(self) -> str:
        what = f"The spaCy pipeline {self.model} for the language {self.language} is not installed"
        if "/" in self.model or "\\" in self.model:
            return f"{what}: there is no pipeline in that folder; name another in glossator.toml."
        if self.model == DEFAULT_MODEL:
            return f"{what}; to install it: python -m pip install {DEFAULT_MODEL.replace('_', '-')}"
        return f"{what}; to install it: python -m spacy download {self.model}"


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A loaded pipeline and which of its components each kind of work goes without."""

    nlp: Language
    for_names: tuple[str, ...]
    for_syntax: tuple[str, ...]

    def names(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Each text with the names that the model finds in it."""
        return self.nlp.pipe(texts, batch_size=BATCH, disable=self.for_names)

    def syntax(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Each text with tags and dependencies."""
        return self.nlp.pipe(texts, batch_size=BATCH, disable=self.for_syntax)


@lru_cache(maxsize=4)
def pipeline(model: str, language: str) -> Pipeline:
    """The pipeline, loaded; what only feeds others runs where it is listened to. Raises MissingModel."""
    nlp = _load(model, language)
    every = nlp.component_names
    return Pipeline(
        nlp,
        for_names=tuple(name for name in every if name != "ner" and not _feeds(nlp, name, ("ner",))),
        for_syntax=tuple(name for name in every if name not in SYNTAX and not _feeds(nlp, name, SYNTAX)),
    )


def _feeds(nlp: Language, name: str, listeners: tuple[str, ...]) -> bool:
    """Whether a component works for one of the listeners, as far as it says."""
    heard = getattr(nlp.get_pipe(name), "listening_components", listeners)
    return name in SHARED_LAYERS and any(listener in heard for listener in listeners)


def _load(model: str, language: str) -> Language:
    import spacy  # noqa: PLC0415 (half a second, which a build in which nothing changed does not pay)

    try:
        return spacy.load(model)
    except OSError:
        raise MissingModel(model, language) from None
