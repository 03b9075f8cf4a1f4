"""Articles -> the topics of the archive; its strongest entities -> the ties between them.

A topic is a group of articles that share words, and is called by the words that tell most of it. The other modules are
imported where they are called, because numpy and networkx take longer to load than most builds take to find that
nothing changed.
"""

from glossator.stages.topics.state import GroupWord, Neighbours, TopicGroup, TopicsState, keep_ids

__all__ = ["GroupWord", "Neighbours", "TopicGroup", "TopicsState", "keep_ids"]
