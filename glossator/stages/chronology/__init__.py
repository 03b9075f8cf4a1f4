"""Article -> the sentences with a date in them."""

from glossator.stages.chronology.dated_sentences import DatedArticle, NamesAndTimes, PartDigest, dated_sentences

__all__ = ["DatedArticle", "NamesAndTimes", "PartDigest", "dated_sentences"]
