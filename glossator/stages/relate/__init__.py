"""Articles -> for each the articles that are related to it, by the plain words of their texts."""

from glossator.stages.relate.update import RelatedUpdate, WordState, relate
from glossator.stages.relate.words import StrongWords, strong_words

__all__ = ["RelatedUpdate", "StrongWords", "WordState", "relate", "strong_words"]
