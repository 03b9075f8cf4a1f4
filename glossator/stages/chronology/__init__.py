"""Article -> the sentences with a date in them."""

from glossator.stages.chronology.dated_sentences import NamesAndTimes, dated_sentences

__all__ = ["NamesAndTimes", "dated_sentences"]
