"""Files of highlights -> the passages that the site shows, found anew in what changed since the last build.

A passage is shown if its words stand in the published text: what rights or an edit keep back, no highlight shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from glossator.config import SiteError
from glossator.content.highlights import FOLDER, highlighted, highlights_file, read_highlights
from glossator.files import Unusable, read_bytes
from glossator.incremental.increments import Contribution, Derivation, follow
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import HIGHLIGHTED, HIGHLIGHTS
from glossator.markup.quote_selectors import find_passage
from glossator.model import ArticleHead, ArticleId, Digest, PlacedHighlight, Problem, Text
from glossator.pipeline.context import BuildContext
from glossator.pipeline.stage_work import ArticleFile, read_text
from glossator.text import digest

Placed = tuple[PlacedHighlight, ...]
_UNREADABLE = "is no page of annotations. Correct it, or move it away."


class FoundHighlights(NamedTuple):
    """The highlights after `find_highlights`. Their rows are in the namespace, not committed yet."""

    namespace: Namespace
    placed: Mapping[ArticleId, Placed]
    """Passages of each article that has any, in their order."""
    problems: tuple[Problem, ...]


def find_highlights(
    context: BuildContext, heads: Iterable[ArticleHead], files: Mapping[ArticleId, ArticleFile]
) -> FoundHighlights:
    """Find the highlights of the articles that are shown; none unless the owner lets the site show them."""
    namespace, content = Namespace(context.cache, HIGHLIGHTS), context.paths.content
    wanted = highlighted(content) if context.config.site.highlights or context.config.private else []
    shown = {head.id for head in heads}.intersection(wanted)
    inputs: dict[ArticleId, Digest] = {}
    for article in sorted(shown):
        try:
            inputs[article] = digest(read_bytes(highlights_file(content, article)), files[article].text)
        except Unusable:
            inputs[article] = Digest("")  # it cannot be placed either

    def placed_in(articles: Sequence[ArticleId]) -> Iterator[tuple[ArticleId, Contribution[Placed]]]:
        for article in articles:
            with suppress(SiteError, Unusable):  # told below
                yield article, _placed(context, files[article])

    book = follow(namespace, Derivation(placed_in, HIGHLIGHTED), inputs).now
    messages = {article: book[article].problem if article in book else _UNREADABLE for article in inputs}
    problems = tuple(
        Problem("highlights", f"{FOLDER}/{article}.json", message, fatal=article not in book)
        for article, message in messages.items()
        if message
    )
    return FoundHighlights(namespace, dict(sorted(namespace.read_all(HIGHLIGHTED).items())), problems)


def _placed(context: BuildContext, file: ArticleFile) -> Contribution[Placed]:
    """Return the highlights of an article. Raises SiteError or Unusable if its file cannot be read."""
    written = read_highlights(context.paths.content, file.head.id)
    text = read_text(file)
    items = [(item, find_passage(text.content, item)) for item in (written.items if written else ())]
    placed = [
        PlacedHighlight(
            *bounds,
            text=text.content[slice(*bounds)],
            anchor=_anchor(text, bounds[0]),
            note=item.note,
            id=item.id,
            colour=item.colour,
            source=item.source,
            made=item.made,
        )
        for item, bounds in items
        if bounds and item.accepted
    ]
    order = tuple(sorted(placed, key=lambda highlight: (highlight.start, highlight.end)))
    lost = sum(bounds is None for _, bounds in items)
    problem = f"has {lost} of which the words are not in the published text, or in several places; not shown"
    return Contribution([(file.head.id, order)] if order else (), problem if lost else "")


def _anchor(text: Text, start: int) -> str:
    return next((block.anchor for block in text.blocks if block.start <= start < block.end), "")
