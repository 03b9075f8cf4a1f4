"""Entities of the articles -> the ties between them, and the topics of the archive.

Only the strongest entities are compared, those in the most articles. Two of them are close if a large share of their
articles is the same: the cosine of the two sets (Salton and McGill, Introduction to Modern Information Retrieval,
1983). Each keeps its ties to the few that are closest, and the communities of this graph are the topics. Closeness
counts in steps, so that one more article hardly ever moves an entity from one topic to another.
"""

from glossator.stages.topics.addresses import keep_ids
from glossator.stages.topics.communities import TopicState, find_ties, group
from glossator.stages.topics.cooccurrence import STRONGEST, Mentioned, add_up, count_together, strongest
from glossator.stages.topics.membership import topics_of

__all__ = [
    "STRONGEST",
    "Mentioned",
    "TopicState",
    "add_up",
    "count_together",
    "find_ties",
    "group",
    "keep_ids",
    "strongest",
    "topics_of",
]
