"""Explanations in words why stretches of a text are names, and of their types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from glossator.config import AnnotateSettings
from glossator.model import Text
from glossator.naming.languages import main_language
from glossator.stages.annotate.mentions.recognise import judge_names
from glossator.stages.annotate.models.classify import Judgement, reasons, reasons_for_type
from glossator.stages.annotate.models.classify.network import TYPES
from glossator.stages.annotate.models.pipelines import Pipeline, pipeline
from glossator.translate import language_name


class NameReasons(NamedTuple):
    """Reasons for one name, in words."""

    name: str
    """Why the stretch is a name."""
    type: str
    """Why it has its type; empty if that was decided with the name."""
    likeliest: str = ""
    """Type that the second stage judges likeliest; empty if that did not judge."""


def explain_names(
    text: Text, language: str, settings: AnnotateSettings, spans: Sequence[tuple[int, int]]
) -> list[NameReasons]:
    """Tell for each span of a text what decided that it is a name, and of which type. Raises MissingModel."""
    main = main_language(language)
    name = dict(settings.models).get(main)
    model = pipeline(name, main, settings.blas) if name else None
    if model is None:
        reason = f"no model reads {language_name('en', main)}: its form, a list or another article told it"
        return [NameReasons(reason, "")] * len(spans)
    if model.tables is None:
        return _of_pipeline(text, model, str(name), spans)
    judgement = judge_names(text, model, model.tables)
    return [_of_judgement(judgement, span) for span in spans]


def _of_pipeline(text: Text, model: Pipeline, name: str, spans: Sequence[tuple[int, int]]) -> list[NameReasons]:
    blocks = [next((b for b in text.blocks if b.start <= start < b.end), None) for start, _ in spans]
    reasons = []
    for (start, end), block in zip(spans, blocks, strict=True):
        reading = next(model.names([text.content[block.start : block.end]])) if block else None
        labels = [
            name.label
            for name in (reading.names if reading and block else ())
            if name.start < end - block.start and start - block.start < name.end  # type: ignore[union-attr]  # as above
        ]
        words = f"the pipeline {name} says {labels[0]}" if labels else "rules or another article told it"
        reasons.append(NameReasons(words, ""))
    return reasons


def _of_judgement(judgement: Judgement, span: tuple[int, int]) -> NameReasons:
    seen = judgement.view
    starts, ends = seen.tokens.starts[seen.first], seen.tokens.ends[seen.last - 1]
    near = np.flatnonzero((starts < span[1]) & (ends > span[0]))
    exact = [index for index in near.tolist() if (starts[index], ends[index]) == span]
    likeliest = exact or sorted(near.tolist(), key=lambda index: -float(judgement.name[index]))[:1]
    if not likeliest:
        return NameReasons("a rule, a decision or another article told it", "")
    index = likeliest[0]
    first, second = np.argsort(-judgement.types[index], kind="stable")[:2].tolist()
    name = f"{_percent(judgement.name[index])} a name{'' if exact else f' (as “{seen.forms[index]}”)'}: "
    kind = f"{_percent(judgement.types[index, first])} {TYPES[first]}, rather than {TYPES[second]}: "
    return NameReasons(
        name + "; ".join(reasons(judgement, index)), kind + "; ".join(reasons_for_type(judgement, index)), TYPES[first]
    )


def _percent(probability: float) -> str:
    return f"{round(100 * float(probability))} %"
