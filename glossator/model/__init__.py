"""Every value that travels between the stages: frozen, slotted, made of plain values.

A value is complete when it exists: nothing is filled in later. One module for each part of the way:
saved files and `articles`; `texts` and what is found in them; `decisions` of people; the `archive`; `outcomes`.
"""

from glossator.model.archive import Appearance, Archive, Entity, Gist, Introduction, Suggestion, Update
from glossator.model.articles import (
    Article,
    Conversion,
    Extracted,
    Extraction,
    Head,
    Leads,
    Listed,
    OwnPage,
    Picture,
    SavedFile,
)
from glossator.model.decisions import Decision, DecisionKind, Decisions, Note, PublishedId, Split
from glossator.model.kinds import NOBODY, ArticleId, Digest, EntityId, EntityType, Html, Origin, Rights, SitePath
from glossator.model.outcomes import Fingerprint, Output, Problem, Read, Rows, Writes
from glossator.model.texts import Analysis, Block, BlockKind, Descriptor, Mention, Name, Quote, Said, Text

__all__ = [
    "NOBODY",
    "Analysis",
    "Appearance",
    "Archive",
    "Article",
    "ArticleId",
    "Block",
    "BlockKind",
    "Conversion",
    "Decision",
    "DecisionKind",
    "Decisions",
    "Descriptor",
    "Digest",
    "Entity",
    "EntityId",
    "EntityType",
    "Extracted",
    "Extraction",
    "Fingerprint",
    "Gist",
    "Head",
    "Html",
    "Introduction",
    "Leads",
    "Listed",
    "Mention",
    "Name",
    "Note",
    "Origin",
    "Output",
    "OwnPage",
    "Picture",
    "Problem",
    "PublishedId",
    "Quote",
    "Read",
    "Rights",
    "Rows",
    "Said",
    "SavedFile",
    "SitePath",
    "Split",
    "Suggestion",
    "Text",
    "Update",
    "Writes",
]
