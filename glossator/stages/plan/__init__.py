"""Archive -> every page of the site, and each page with exactly the data that its template sees.

`plan` is cheap and runs on every build; `compose` reads articles and runs for the pages whose fingerprint changed.
"""

from __future__ import annotations

from glossator.stages.plan.catalogue import Catalogue, PlannedPage, open_catalogue, with_lists
from glossator.stages.plan.catalogue.list_pages import list_key
from glossator.stages.plan.catalogue.lists import EntityListRow, entity_list_row
from glossator.stages.plan.catalogue.private_names import id_names_private
from glossator.stages.plan.catalogue.site_content import OpenedArticle, OwnLink, SiteContent
from glossator.stages.plan.data.feeds import key_path as feed_path
from glossator.stages.plan.data.page_data import data_files, data_paths, possible_data_paths
from glossator.stages.plan.invalidation.article_facts import ArticleFacts, article_facts
from glossator.stages.plan.invalidation.invalidated import (
    ArchiveEdit,
    Invalidated,
    PageAssociations,
    article_key,
    entity_key,
    everything,
    invalidated,
)
from glossator.stages.plan.lists.navigation import list_orders
from glossator.stages.plan.page_kinds import EXCERPT_COMPOSERS, TEXT_COMPOSERS, VIEWS, compose
from glossator.stages.plan.pages.topics import topic_digests
from glossator.stages.plan.parts.excerpts import Excerpt, HiddenParts, excerpt, hidden_parts
from glossator.stages.plan.parts.own_texts import BrokenLink, LinkTargets, changed_notes, own_links, shown_pictures
from glossator.stages.plan.plan_pages import counted_articles, plan, quoted_articles, unchanged_lists

__all__ = [
    "EXCERPT_COMPOSERS",
    "TEXT_COMPOSERS",
    "VIEWS",
    "ArchiveEdit",
    "ArticleFacts",
    "BrokenLink",
    "Catalogue",
    "EntityListRow",
    "Excerpt",
    "HiddenParts",
    "Invalidated",
    "LinkTargets",
    "OpenedArticle",
    "OwnLink",
    "PageAssociations",
    "PlannedPage",
    "SiteContent",
    "article_facts",
    "article_key",
    "changed_notes",
    "compose",
    "counted_articles",
    "data_files",
    "data_paths",
    "entity_key",
    "entity_list_row",
    "everything",
    "excerpt",
    "feed_path",
    "hidden_parts",
    "id_names_private",
    "invalidated",
    "list_key",
    "list_orders",
    "open_catalogue",
    "own_links",
    "plan",
    "possible_data_paths",
    "quoted_articles",
    "shown_pictures",
    "topic_digests",
    "unchanged_lists",
    "with_lists",
]
