"""Article -> the sentences with a date in them."""

from glossator.stages.chronology.dated_sentences import DatedArticle, PartDigest, dated_sentences

__all__ = ["DatedArticle", "PartDigest", "dated_sentences"]
