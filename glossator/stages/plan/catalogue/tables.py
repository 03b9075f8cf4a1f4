"""The tables that composers look rows up in, each declared once: for recording, for finding changes, and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

import msgspec

from glossator.stages.plan.catalogue import Catalogue
from glossator.stages.plan.catalogue.lists import Lists
from glossator.stages.plan.catalogue.reads import ALL, Reads, RecordedFields, RecordedTable, RecordedTrees
from glossator.stages.plan.catalogue.whole_archive import WholeArchive

OF_ARTICLE = "article"
"""Name under which the page of an article reads all tables that no other page reads."""


class RowTable(NamedTuple):
    """A table of the catalogue."""

    field: str
    """Field of the catalogue, or of its content."""
    words: str
    """Name of a row, in plain words, for people who ask why a page was made again."""
    in_content: bool = False
    read_as: str = ""
    """Name under which the rows are recorded; the field if empty."""
    compared: bool = True
    """False if the steps before tell which rows changed, so that the rows need not be compared."""


TABLES: tuple[RowTable, ...] = (
    RowTable("heads", "the title, date, author or what else the head of {} says", compared=False),
    RowTable("publications", "the publication of {}", read_as="heads", compared=False),
    RowTable("resolved", "which entity each name in {} is", in_content=True, read_as="names", compared=False),
    RowTable("entities", "what is known of {}", in_content=True, compared=False),
    RowTable("profiles", "what is known of {}", compared=False),
    RowTable("extents", "in how many articles, and years, {} appears", compared=False),
    RowTable("related", "the articles related to {}", in_content=True, read_as=OF_ARTICLE, compared=False),
    RowTable("cites", "which articles {} refers to", read_as=OF_ARTICLE),
    RowTable("cited_by", "which articles refer to {}", read_as=OF_ARTICLE),
    RowTable("neighbours", "which articles come before and after {}", read_as=OF_ARTICLE),
    RowTable("pictures", "the pictures of {}", compared=False),
    RowTable("versions", "the other versions of {}", in_content=True, read_as=OF_ARTICLE),
    RowTable("newest", "which version of {} is the newest", read_as=OF_ARTICLE),
    RowTable("unordered", "which version of {} is the newest", read_as=OF_ARTICLE),
    RowTable("wordless", "whether {} has words of its own", read_as=OF_ARTICLE),
    RowTable("other_sources", "where else {} was published", in_content=True, read_as=OF_ARTICLE),
    RowTable("highlights", "the highlights of {}", in_content=True),
    RowTable("tags", "the articles tagged {}"),
    RowTable("authors", "the articles by {}"),
    RowTable("chronology", "the dated sentences of {}", in_content=True, read_as="chronology_parts", compared=False),
    RowTable("chronology_parts", "the dated sentences of {}", in_content=True),
    RowTable("author_pages", "whether {} has a page"),
    RowTable("topics", "the topic {}"),
    RowTable("topic_of", "the topic of {}"),
    RowTable("own_pages", "the page {}"),
    RowTable("answers", "the answers to the questions of {}", in_content=True),
    RowTable("own_links", "what {} links to", in_content=True),
    RowTable("redirects", "where {} redirects to", in_content=True),
    RowTable("former_topics", "where the topic {} redirects to", in_content=True),
)
"""All tables but the lists and their rows."""

GROUPS: Mapping[str, str] = {
    "texts": "the text of {}, or what is found in it",
    "rows": "the line of {} in the lists of names",
    "lists": "the list {}",
    "feeds": "the feed {}",
    "pages": "which pages there are",
    "private": "which names you keep private",
}
"""Plain words for what is read besides the tables."""


def record_reads(catalogue: Catalogue) -> Catalogue:
    """Return the catalogue with every table recorded."""
    reads: Reads = set()
    content: dict[str, Any] = {}
    fields: dict[str, Any] = {}
    for table in TABLES:
        rows = RecordedTable(table.read_as or table.field, _rows(catalogue, table), reads)
        (content if table.in_content else fields)[table.field] = rows
    lists = catalogue.lists
    return msgspec.structs.replace(
        catalogue,
        **fields,
        content=msgspec.structs.replace(catalogue.content, **content),
        lists=Lists(
            {kind: RecordedTrees(kind, trees, reads) for kind, trees in lists.trees.items()},
            RecordedTable("rows", lists.rows, reads),
            lists.sources_apart,
        ),
        whole=cast(WholeArchive, RecordedFields("whole", catalogue.whole, reads)),
        reads=reads,
        unrecorded=catalogue,
    )


def compared_rows(catalogue: Catalogue) -> Iterator[tuple[str, Mapping[Any, object]]]:
    """Yield name and rows of each table of which the steps before do not tell what changed."""
    yield from ((table.field, _rows(catalogue, table)) for table in TABLES if table.compared)
    yield "feeds", catalogue.feeds
    yield "whole", msgspec.structs.asdict(catalogue.whole)
    yield "pages", {ALL: catalogue.listed}


def _rows(catalogue: Catalogue, table: RowTable) -> Mapping[Any, Any]:
    rows: Mapping[Any, Any] = getattr(catalogue.content if table.in_content else catalogue, table.field)
    return rows
