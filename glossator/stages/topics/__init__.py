"""Entities of the articles -> the ties between them, and the topics of the archive.

Only the strongest entities are compared, those in the most articles. Two of them are close if a large share of their
articles is the same: the cosine of the two sets (Salton and McGill, Introduction to Modern Information Retrieval,
1983). Each keeps its ties to the few that are closest, and the communities of this graph are the topics. Closeness
counts in steps, so that one more article hardly ever moves an entity from one topic to another.

The other modules are imported where they are called, because numpy takes longer to load than most builds take to find
that nothing changed.
"""

from glossator.stages.topics.state import TopicState

__all__ = ["TopicState"]
