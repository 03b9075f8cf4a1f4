"""Article -> Analysis: who and what it speaks of, how it introduces them, what it has them say.

The model's names are repaired and joined by rules (ENTITIES in the order of the modules): `recognise` finds names,
`linking` says which are one, `occurrences` marks the ones that were overlooked, `introductions` and `quotes` read the
sentences around them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from glossator.config import AnnotateSettings
from glossator.model import Analysis, ArticleId, Digest, Text
from glossator.stages.annotate.introductions import introductions
from glossator.stages.annotate.linking import link
from glossator.stages.annotate.occurrences import marked
from glossator.stages.annotate.pipelines import MissingModel, requirements
from glossator.stages.annotate.quotes import quotes
from glossator.stages.annotate.recall import Known, look_again
from glossator.stages.annotate.recognise import recognise
from glossator.stages.annotate.sentences import sentences
from glossator.stages.annotate.text import plain_text

__all__ = ["Known", "MissingModel", "annotate", "plain_text", "recall", "requirements"]


def annotate(batch: Sequence[tuple[ArticleId, Text, str]], settings: AnnotateSettings) -> tuple[Analysis, ...]:
    """The analysis of each article (id, text, language), in the order given; none depends on another.

    An article in a language without a pipeline has sentences and no names. Raises MissingModel for a pipeline that
    the settings name and that is not installed.
    """
    return tuple(_analyse(article, text, language, settings) for article, text, language in batch)


def recall(analysis: Analysis, text: Text, known: Sequence[Known], settings: AnnotateSettings) -> Analysis:
    """The analysis with the names that a person has confirmed marked wherever the model missed them."""
    return _complete(look_again(analysis, text, known, settings))


def _analyse(article: ArticleId, text: Text, language: str, settings: AnnotateSettings) -> Analysis:
    language = language.partition("-")[0].lower()
    model = dict(settings.models).get(language)
    ends = sentences(text)
    if not model:
        return _complete(Analysis(article, (), (), ends, (), (), Digest("")))
    named = link(text, marked(text, recognise(text, model, language)), settings)
    described = introductions(text, named, ends, (model, language))
    return _complete(Analysis(article, *named, ends, described, quotes(text, named, ends), Digest("")))


def _complete(analysis: Analysis) -> Analysis:
    """With the digest of everything else that it says."""
    canonical = json.dumps(asdict(analysis), sort_keys=True, separators=(",", ":"))
    return replace(analysis, digest=Digest(hashlib.blake2b(canonical.encode(), digest_size=16).hexdigest()))
