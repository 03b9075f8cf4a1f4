"""Files of highlights -> the passages that the site shows, found anew in what changed since the last build.

A passage is shown if its words stand in the published text: what rights or an edit keep back, no highlight shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from glossator.config import SiteError
from glossator.content.highlights import FOLDER, highlighted, highlights_file, read_highlights
from glossator.files import Unusable, read_bytes
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import HIGHLIGHTED_ARTICLES, HIGHLIGHTS, HighlightedArticle
from glossator.markup.quote_selectors import find_passage
from glossator.model import ArticleHead, ArticleId, PlacedHighlight, Problem, Text
from glossator.pipeline.context import BuildContext
from glossator.pipeline.stage_work import ArticleFile, read_text
from glossator.text import digest


class FoundHighlights(NamedTuple):
    """The highlights after `find_highlights`. Their rows are in the namespace, not committed yet."""

    namespace: Namespace
    placed: Mapping[ArticleId, tuple[PlacedHighlight, ...]]
    """Passages of each article that has any, in their order."""
    problems: tuple[Problem, ...]


def find_highlights(
    context: BuildContext, heads: Iterable[ArticleHead], files: Mapping[ArticleId, ArticleFile]
) -> FoundHighlights:
    """Find the highlights of the articles that are shown; none unless the owner lets the site show them."""
    namespace = Namespace(context.cache, HIGHLIGHTS)
    content, config = context.paths.content, context.config
    shown = {head.id for head in heads}
    wanted = highlighted(content) if config.site.highlights or config.private else []
    before = namespace.value(HIGHLIGHTED_ARTICLES, {})
    now: dict[ArticleId, HighlightedArticle] = {}
    problems: list[Problem] = []
    for article in (article for article in wanted if article in shown):
        try:
            now[article] = _found(content, files[article], before.get(article))
        except (SiteError, Unusable):
            where = f"{FOLDER}/{article}.json"
            problems.append(Problem("highlights", where, "is no page of annotations. Correct it, or move it away."))
            continue
        if lost := now[article].lost:
            said = f"has {lost} of which the words are not in the published text, or in several places; not shown"
            problems.append(Problem("highlights", f"{FOLDER}/{article}.json", said, fatal=False))
    if now != before:
        namespace.set_value(HIGHLIGHTED_ARTICLES, now)
    placed = {article: found.placed for article, found in sorted(now.items()) if found.placed}
    return FoundHighlights(namespace, placed, tuple(problems))


def _found(content: Path, file: ArticleFile, known: HighlightedArticle | None) -> HighlightedArticle:
    """Return the highlights of an article. Raises SiteError or Unusable if its file cannot be read."""
    key = digest(read_bytes(highlights_file(content, file.head.id)), file.text)
    if known and known.digest == key:
        return known
    written = read_highlights(content, file.head.id)
    text = read_text(file)
    items = [(item, find_passage(text.content, item)) for item in (written.items if written else ())]
    placed = [
        PlacedHighlight(*bounds, text.content[slice(*bounds)], _anchor(text, bounds[0]), item.note)
        for item, bounds in items
        if bounds
    ]
    order = sorted(placed, key=lambda one: (one.start, one.end))
    return HighlightedArticle(key, tuple(order), len(items) - len(placed))


def _anchor(text: Text, start: int) -> str:
    return next((block.anchor for block in text.blocks if block.start <= start < block.end), "")
