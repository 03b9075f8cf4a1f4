"""Article -> the sentences with a date in them."""

from glossator.stages.chronology.dated_sentences import DatedArticle, PartDigest, dated_sentences
from glossator.stages.chronology.dates_in_text import may_have_dates

__all__ = ["DatedArticle", "PartDigest", "dated_sentences", "may_have_dates"]
