"""Archive -> every page of the site, and each page with exactly the data that its template sees.

`plan` tells which pages there are, and `changed_rows` what differs from the last build; `compose` makes a page from the
rows that it looks up in the catalogue, which records them.
"""

from __future__ import annotations

from glossator.stages.plan.catalogue import Catalogue, PlannedPage, open_catalogue, topic_label, with_lists
from glossator.stages.plan.catalogue.lists import EntityListRow
from glossator.stages.plan.catalogue.private_names import descriptor_of, id_names_private, public_dated, public_head
from glossator.stages.plan.catalogue.reads import OnDemand, Reads, RecordedTable, RowKey
from glossator.stages.plan.catalogue.site_content import OpenedArticle, OwnLink, SiteContent
from glossator.stages.plan.catalogue.tables import GROUPS, TABLES, record_reads
from glossator.stages.plan.changed_rows import (
    PRIVATE,
    ArchiveEdit,
    KnownRows,
    article_digests,
    changed_articles,
    changed_feeds,
    changed_rows,
    entity_rows,
    list_shapes,
    parts_of,
    table_digests,
    touched_entities,
)
from glossator.stages.plan.compose_page import compose
from glossator.stages.plan.data.page_data import data_files, data_paths, possible_data_paths
from glossator.stages.plan.page_kinds import PAGE_KINDS
from glossator.stages.plan.parts.citing_articles import opened_with
from glossator.stages.plan.parts.excerpts import Excerpt, excerpt
from glossator.stages.plan.parts.own_texts import (
    HOME,
    BrokenLink,
    LinkTargets,
    note_key,
    own_links,
    page_key,
    shown_pictures,
)
from glossator.stages.plan.parts.woven_text import LinkedText, Targets, WovenText, text_of_page
from glossator.stages.plan.plan_pages import plan

__all__ = [
    "GROUPS",
    "HOME",
    "PAGE_KINDS",
    "PRIVATE",
    "TABLES",
    "ArchiveEdit",
    "BrokenLink",
    "Catalogue",
    "EntityListRow",
    "Excerpt",
    "KnownRows",
    "LinkTargets",
    "LinkedText",
    "OnDemand",
    "OpenedArticle",
    "OwnLink",
    "PlannedPage",
    "Reads",
    "RecordedTable",
    "RowKey",
    "SiteContent",
    "Targets",
    "WovenText",
    "article_digests",
    "changed_articles",
    "changed_feeds",
    "changed_rows",
    "compose",
    "data_files",
    "data_paths",
    "descriptor_of",
    "entity_rows",
    "excerpt",
    "id_names_private",
    "list_shapes",
    "note_key",
    "open_catalogue",
    "opened_with",
    "own_links",
    "page_key",
    "parts_of",
    "plan",
    "possible_data_paths",
    "public_dated",
    "public_head",
    "record_reads",
    "shown_pictures",
    "table_digests",
    "text_of_page",
    "topic_label",
    "touched_entities",
    "with_lists",
]
