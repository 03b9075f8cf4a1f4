"""Article -> Analysis: the names in its text, their mentions, descriptors and quotations.

The model's names are repaired and joined by rules: `recognise` finds names, `propagate` marks further mentions of them,
`coreference` joins forms of one name, `facts` and `quotes` read the sentences around the mentions.
"""

from __future__ import annotations

from collections.abc import Sequence

from glossator.config import AnnotateSettings
from glossator.model import Analysis, ArticleId, Digest, Split, Text
from glossator.naming.languages import main_language
from glossator.stages.annotate.analysis_digest import with_digest
from glossator.stages.annotate.apply_marks_and_splits import apply_manual_marks
from glossator.stages.annotate.capitalised_words import find_candidates
from glossator.stages.annotate.choose_descriptors import find_facts
from glossator.stages.annotate.coreference import link
from glossator.stages.annotate.explanations import NameReasons, explain_names
from glossator.stages.annotate.listed_types import evidence_of_lists
from glossator.stages.annotate.models import MissingModel, Pipeline, pipeline
from glossator.stages.annotate.names_missing_in_article import misplaced_splits
from glossator.stages.annotate.plain_text_blocks import plain_text
from glossator.stages.annotate.quotes import quotes
from glossator.stages.annotate.recognise import recognise, recognise_by_form
from glossator.stages.annotate.rematch import TypedName, TypedNames, find_known_names
from glossator.stages.annotate.sentences import sentences
from glossator.stages.annotate.translated_places import with_english_names
from glossator.stages.annotate.types_by_nouns_and_lists import deciding_noun, with_told_types

__all__ = [
    "MissingModel",
    "NameReasons",
    "TypedName",
    "TypedNames",
    "annotate",
    "deciding_noun",
    "explain_names",
    "load_model",
    "misplaced_splits",
    "nothing_found",
    "plain_text",
    "rematch",
]


def annotate(batch: Sequence[tuple[ArticleId, Text, str]], settings: AnnotateSettings) -> tuple[Analysis, ...]:
    """Return the analysis of each article (id, text, language), in the order given; none depends on another.

    An article in a language without a pipeline has the few names that need none. Raises MissingModel if a
    pipeline that the settings name is not installed or cannot be used.
    """
    return tuple(_analyse(article, text, language, settings) for article, text, language in batch)


def load_model(language: str, settings: AnnotateSettings) -> None:
    """Load the pipeline for a language, so that `annotate` need not. Raises MissingModel."""
    _model(language, settings)


def rematch(
    analysis: Analysis, text: Text, known: Sequence[TypedNames], splits: Sequence[Split], settings: AnnotateSettings
) -> Analysis:
    """Return the analysis with the names that are known from elsewhere, corrected by people's decisions.

    `known` are lists of names, those that people confirmed and those of other articles; `splits` are decisions on
    single names.
    """
    corrected = apply_manual_marks(find_known_names(analysis, text, known, settings), text, splits)
    return analysis if corrected is analysis else with_digest(corrected)


def nothing_found(article: ArticleId) -> Analysis:
    """Return the analysis of an article in which no names were looked for."""
    return with_digest(Analysis(article, (), (), (), (), (), Digest("")))


def _model(language: str, settings: AnnotateSettings) -> Pipeline | None:
    """Return the pipeline for a language, by its main tag; None if the settings name none. Raises MissingModel."""
    language = main_language(language)
    model = dict(settings.models).get(language)
    return pipeline(model, language, settings.blas) if model else None


def _analyse(article: ArticleId, text: Text, language: str, settings: AnnotateSettings) -> Analysis:
    model, ends = _model(language, settings), sentences(text)
    if model is None:
        names, mentions = link(text, recognise_by_form(text, main_language(language)), settings)
        names = with_english_names(names, language)
        missed = find_candidates(text, mentions)
        return with_digest(Analysis(article, names, mentions, ends, (), (), Digest(""), missed))
    spans, judged = recognise(text, model)
    names, mentions = named = link(text, spans, settings)
    described = find_facts(text, named, ends, model.language)
    listed = evidence_of_lists(text.content, names, mentions)
    names = with_told_types(names, described, listed, settings.types)
    names = with_english_names(names, language)
    quoted = quotes(text, (names, mentions), ends)
    missed = () if judged else find_candidates(text, mentions)
    return with_digest(Analysis(article, names, mentions, ends, described, quoted, Digest(""), missed))
