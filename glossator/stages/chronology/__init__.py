"""Article -> the sentences with a date in them."""

from glossator.stages.chronology.dated_sentences import (
    ChronologyState,
    DatedArticle,
    NamesAndTimes,
    PartDigest,
    dated_sentences,
)

__all__ = ["ChronologyState", "DatedArticle", "NamesAndTimes", "PartDigest", "dated_sentences"]
