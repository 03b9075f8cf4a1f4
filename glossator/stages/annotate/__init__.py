"""Article -> Analysis: the names in its text, their mentions, descriptors and quotations.

The steps run in the order of `_analyse`: `mentions` finds where the text has names, by `models` and by form;
`coreference` joins the forms of one name; `descriptors` and `quotes` read the sentences around the mentions. `rematch`
and `marks` correct an analysis by what other articles and people say.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from glossator.config import AnnotateSettings
from glossator.model import Analysis, ArticleId, Digest, Split, Text
from glossator.naming.languages import is_tagged, main_language
from glossator.stages.annotate.coreference import link
from glossator.stages.annotate.descriptors import find_facts
from glossator.stages.annotate.descriptors.ages import children
from glossator.stages.annotate.descriptors.lists_of_names import evidence_of_lists
from glossator.stages.annotate.descriptors.told_types import deciding_noun, with_told_types
from glossator.stages.annotate.marks import apply_manual_marks, misplaced_splits
from glossator.stages.annotate.mentions.credits import without_credits
from glossator.stages.annotate.mentions.explanations import NameReasons, explain_names
from glossator.stages.annotate.mentions.overlooked_runs import overlooked_runs
from glossator.stages.annotate.mentions.recognise import recognise, recognise_by_form
from glossator.stages.annotate.mentions.small_names import small_names
from glossator.stages.annotate.models.pipelines import MULTILINGUAL, MissingModel, Pipeline, pipeline
from glossator.stages.annotate.prose import plain_text, usual_small_words
from glossator.stages.annotate.quotes import quotes
from glossator.stages.annotate.quotes.sentence_subjects import with_subjects
from glossator.stages.annotate.rematch import TypedName, TypedNames, find_known_names
from glossator.stages.annotate.sentence_bounds import sentences
from glossator.stages.annotate.timed_sentences import LANGUAGE, timed_sentences
from glossator.stages.annotate.translated_places import with_english_names
from glossator.text import digest

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
    analysis: Analysis, text: Text, shared: Sequence[TypedNames], splits: Sequence[Split], settings: AnnotateSettings
) -> Analysis:
    """Return the analysis with the names that are known from elsewhere, corrected by people's decisions.

    `shared` are lists of names, those that people confirmed and those of other articles; `splits` are decisions on
    single names.
    """
    corrected = apply_manual_marks(find_known_names(analysis, text, shared, settings), text, splits)
    return analysis if corrected is analysis else _with_subjects(corrected, text)


def nothing_found(article: ArticleId) -> Analysis:
    """Return the analysis of an article in which no names were looked for."""
    return _with_digest(Analysis(article, (), (), (), (), (), Digest("")))


def _model(language: str, settings: AnnotateSettings) -> Pipeline | None:
    """Return the pipeline for a language, by its main tag; None if the settings name none. Raises MissingModel."""
    language = main_language(language)
    model = dict(settings.models).get(language)
    return pipeline(model, language, settings.blas) if model else None


def _tagger(language: str, settings: AnnotateSettings) -> Pipeline | None:
    """Return the packaged tagger; None in a language that it does not read, or for which the settings want no model."""
    reads = is_tagged(language) and dict(settings.models).get(language) != ""
    return pipeline(MULTILINGUAL, "xx", settings.blas) if reads else None


def _analyse(article: ArticleId, text: Text, language: str, settings: AnnotateSettings) -> Analysis:
    model, ends = _model(language, settings), sentences(text)
    timed = tuple(timed_sentences(text, ends)) if main_language(language) == LANGUAGE else ()
    small = usual_small_words(text.content)
    if model is None:
        tagger = _tagger(main_language(language), settings)
        spans = without_credits(text.content, recognise_by_form(text, main_language(language), tagger))
        names, mentions = link(text, spans, settings)
        from glossator.stages.annotate.mentions.other_languages.introductions import describe  # noqa: PLC0415

        names, descriptors = describe(text, (names, mentions), ends, main_language(language))
        names = with_english_names(names, language)
        descriptors = (*descriptors, *children(text.content, (names, mentions), main_language(language)))
        missed = overlooked_runs(text, mentions)
        bare = Analysis(article, names, mentions, ends, descriptors, (), Digest(""), missed, timed, small)
        return _with_subjects(bare, text)
    spans, judged = recognise(text, model)
    names, mentions = named = link(text, without_credits(text.content, spans), settings)
    described = find_facts(text, named, ends, model.language)
    listed = evidence_of_lists(text.content, names, mentions)
    names = with_told_types(names, described, listed, settings.types)
    names = with_english_names(names, language)
    described = (*described, *children(text.content, (names, mentions), model.language))
    quoted = quotes(text, (names, mentions), ends)
    missed = (*(() if judged else overlooked_runs(text, mentions)), *small_names(text))
    analysis = Analysis(article, names, mentions, ends, described, quoted, Digest(""), missed, timed, small)
    return _with_subjects(analysis, text)


def _with_subjects(analysis: Analysis, text: Text) -> Analysis:
    """Return the analysis with the subjects of its sentences that may have a date, and with its digest."""
    named = analysis.names, analysis.mentions
    timed = tuple(with_subjects(analysis.timed, text, named, analysis.sentences))
    return _with_digest(msgspec.structs.replace(analysis, timed=timed))


def _with_digest(analysis: Analysis) -> Analysis:
    """Return the analysis with the digest of everything else in it, by which a change of its names is noticed."""
    # The values are frozen and plain, so equal values are encoded as the same bytes.
    canonical = msgspec.msgpack.encode(msgspec.structs.replace(analysis, digest=Digest("")))
    return msgspec.structs.replace(analysis, digest=digest(canonical))
