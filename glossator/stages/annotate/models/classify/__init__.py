"""Classification of spans: which are names, and of which types, learned from saved pages.

Candidates are the spans of a recogniser and every other run of capitalised words. A small network weighs what they are
made of (vectors of words, lists that everybody knows, form), where they stand, what the recogniser says of them and how
the text has them elsewhere. `training/` makes its tables; docs/pages/model-card.md tells what they can and cannot do.
"""

from glossator.stages.annotate.models.classify.candidate_spans import Recognised
from glossator.stages.annotate.models.classify.judgement import (
    LIKELY,
    ClassifiedSpan,
    ClassifierInput,
    Context,
    Judgement,
    context_of,
    judge,
)
from glossator.stages.annotate.models.classify.reasons import reasons, reasons_for_type
from glossator.stages.annotate.models.classify.tables import Tables, packaged, packaged_vectors

__all__ = [
    "LIKELY",
    "ClassifiedSpan",
    "ClassifierInput",
    "Context",
    "Judgement",
    "Recognised",
    "Tables",
    "context_of",
    "judge",
    "packaged",
    "packaged_vectors",
    "reasons",
    "reasons_for_type",
]
