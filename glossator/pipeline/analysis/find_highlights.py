"""Files of highlights -> the passages that the site shows, found anew in what changed since the last build.

A passage is shown if its words stand in the published text, and neither they nor its note name somebody private: what
rights, decisions or an edit keep back, no highlight shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from glossator import markup
from glossator.config import SiteError
from glossator.content.highlights import FOLDER, UNREADABLE, highlighted, highlights_file, read_highlights
from glossator.files import Unusable, read_bytes
from glossator.incremental.increments import Contribution, Derivation, follow
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import HIGHLIGHTED, HIGHLIGHTS
from glossator.markup.quote_selectors import find_passage
from glossator.model import IN_TEXT, ArticleHead, ArticleId, Digest, PlacedHighlight, PrivateNames, Problem, Text
from glossator.naming.private_names import names_private, private_names_in
from glossator.pipeline.context import BuildContext
from glossator.pipeline.stage_work import ArticleFile, read_markdown, text_of
from glossator.text import digest

Placed = tuple[PlacedHighlight, ...]


class FoundHighlights(NamedTuple):
    """The highlights after `find_highlights`. Their rows are in the namespace, not committed yet."""

    namespace: Namespace
    placed: Mapping[ArticleId, Placed]
    """Passages of each article that has any, in their order."""
    problems: tuple[Problem, ...]


def find_highlights(
    context: BuildContext,
    heads: Iterable[ArticleHead],
    files: Mapping[ArticleId, ArticleFile],
    private: PrivateNames,
) -> FoundHighlights:
    """Find the highlights of the articles that are shown; none unless the owner lets the site show them."""
    which = "all" if context.config.private else context.config.site.highlights
    hidden = repr((private.whole, private.surnames))
    namespace = Namespace(context.cache, HIGHLIGHTS, which=str(which), private_names=hidden)
    content = context.paths.content
    in_text = {article for article, file in files.items() if file.highlighted and which == "all"}
    shown = {head.id for head in heads}.intersection({*highlighted(content), *in_text} if which else ())
    inputs: dict[ArticleId, Digest] = {}
    for article in sorted(shown):
        try:
            path = highlights_file(content, article)
            written = read_bytes(path) if path.is_file() else b""
            inputs[article] = digest(written, files[article].text, str(article in private.articles))
        except Unusable:
            inputs[article] = Digest("")  # it cannot be placed either

    def placed_in(articles: Sequence[ArticleId]) -> Iterator[tuple[ArticleId, Contribution[Placed]]]:
        for article in articles:
            with suppress(SiteError, Unusable):  # told below
                yield article, _placed(context, files[article], private, imported=which == "all")

    book = follow(namespace, Derivation(placed_in, HIGHLIGHTED), inputs).now
    messages = {article: book[article].problem if article in book else UNREADABLE for article in inputs}
    problems = tuple(
        Problem("highlights", f"{FOLDER}/{article}.json", message, fatal=article not in book)
        for article, message in messages.items()
        if message
    )
    return FoundHighlights(namespace, dict(sorted(namespace.read_all(HIGHLIGHTED).items())), problems)


def _placed(context: BuildContext, file: ArticleFile, private: PrivateNames, imported: bool) -> Contribution[Placed]:
    """Return the highlights of an article; those of other programs, and of its own text, if `imported` is true.

    Raises SiteError or Unusable if a file cannot be read.
    """
    written = read_highlights(context.paths.content, file.head.id)
    markdown = read_markdown(file)
    text = text_of(file, markdown)
    shown = [item for item in (written.items if written else ()) if item.accepted and (imported or not item.source)]
    items = [(item, find_passage(text.content, item)) for item in shown]
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
        if bounds
    ]
    for bounds in markup.marked_passages(markdown) if imported and not file.plain else ():
        words = text.content[slice(*bounds)]
        placed.append(PlacedHighlight(*bounds, words, _anchor(text, bounds[0]), note="", source=IN_TEXT))
    private = private_names_in(text.content, private, file.head.id)
    told = (item for item in placed if not names_private(f"{item.text} {item.note}", private, file.head.id))
    order = tuple(sorted(told, key=lambda highlight: (highlight.start, highlight.end)))
    lost = sum(bounds is None for _, bounds in items)
    problem = f"has {lost} of which the words are not in the published text, or in several places; not shown"
    return Contribution([(file.head.id, order)] if order else (), problem if lost else "")


def _anchor(text: Text, start: int) -> str:
    return next((block.anchor for block in text.blocks if block.start <= start < block.end), "")
