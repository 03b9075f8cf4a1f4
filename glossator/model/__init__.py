"""Every value that travels between the stages: frozen, slotted, made of plain values.

A value is complete when it exists: nothing is filled in later. There is a module for each part of the pipeline: saved
files and `articles`; `texts` and their annotations; `decisions` of people; the `archive`; `outcomes`.
"""

from glossator.model.archive import (
    Appearance,
    Archive,
    ArchiveUpdate,
    ArticleNames,
    ChosenDescriptor,
    Entity,
    RelatedArticle,
    Suggestion,
)
from glossator.model.articles import (
    Article,
    ArticleHead,
    ArticleLinks,
    Conversion,
    Extracted,
    Extraction,
    LinkListEntry,
    OwnPage,
    Picture,
    SavedFile,
)
from glossator.model.decisions import Decision, DecisionKind, Decisions, Note, PublishedId, Split
from glossator.model.kinds import NOBODY, ArticleId, Digest, EntityId, EntityType, Html, Origin, Rights, SitePath
from glossator.model.outcomes import Fingerprint, Output, Problem, RowReader, Rows, RowWrites, TableWrites, read_nothing
from glossator.model.texts import Analysis, Block, BlockKind, Descriptor, ManualMark, Mention, Name, Quote, Text

__all__ = [
    "NOBODY",
    "Analysis",
    "Appearance",
    "Archive",
    "ArchiveUpdate",
    "Article",
    "ArticleHead",
    "ArticleId",
    "ArticleLinks",
    "ArticleNames",
    "Block",
    "BlockKind",
    "ChosenDescriptor",
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
    "Html",
    "LinkListEntry",
    "ManualMark",
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
    "RelatedArticle",
    "Rights",
    "RowReader",
    "RowWrites",
    "Rows",
    "SavedFile",
    "SitePath",
    "Split",
    "Suggestion",
    "TableWrites",
    "Text",
    "read_nothing",
]
