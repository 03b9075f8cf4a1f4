"""Articles -> for each the articles that are related to it, by the plain words of their texts.

`update` is imported where it is called, because numpy takes longer to load than most builds take to find that nothing
changed.
"""

from glossator.stages.relate.words import StrongWords, WordState, strong_words

__all__ = ["StrongWords", "WordState", "strong_words"]
