"""Articles -> the passages that several of them have.

Which articles are compared follows from the shingles that they share; what two of them share, from their texts alone.
So the order in which articles come changes nothing.
"""

from glossator.stages.lineage.agencies import credited_agency, is_agency
from glossator.stages.lineage.compared_text import ComparedText
from glossator.stages.lineage.fingerprints import fingerprints
from glossator.stages.lineage.proposals import Proposals, propose
from glossator.stages.lineage.shared_passages import passages_of, turned
from glossator.stages.lineage.stretches import stretches

__all__ = [
    "ComparedText",
    "Proposals",
    "credited_agency",
    "fingerprints",
    "is_agency",
    "passages_of",
    "propose",
    "stretches",
    "turned",
]
