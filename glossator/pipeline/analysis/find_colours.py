"""Listings of articles, own pages and notes -> their colours, made where the work can be ended.

Pygments, which makes them, runs nowhere else: it takes very long for some listings, and the preview answers meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from glossator import markup
from glossator.incremental.increments import Contribution, Derivation, follow
from glossator.incremental.memo import no_progress, run_memoised
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import LISTING_COLOURS, LISTINGS
from glossator.markup import Colours
from glossator.model import Note, OwnPage, Problem
from glossator.pipeline import stage_runs
from glossator.pipeline.analysis.stored_archive import stored_table
from glossator.pipeline.context import BuildContext, Problems, timed
from glossator.pipeline.stage_work import ArticleFile, TextWithListings
from glossator.stages.plan import note_key, page_key
from glossator.text import digest

FoundColours = Iterator[tuple[TextWithListings, Colours, str]]


class ListingColours(msgspec.Struct, frozen=True):
    """The colours of all listings after `find_colours`. Its rows are in the namespace, not committed yet."""

    namespace: Namespace
    colours: Mapping[str, dict[str, str]]
    """Colours of the listings of articles, and of own pages and notes by their keys."""
    problems: Problems


@timed("listings")
def find_colours(context: BuildContext, texts: Sequence[TextWithListings]) -> ListingColours:
    """Bring the colours up to date: texts that changed are read again."""
    namespace, listed = Namespace(context.cache, LISTINGS), {text.key: text for text in texts}

    def coloured(keys: Sequence[str]) -> Iterator[tuple[str, Contribution[Mapping[str, str]]]]:
        for text, colours, problem in colours_of(context, [listed[key] for key in keys]):
            yield text.key, Contribution([(text.key, colours)], problem)

    inputs = {key: text.digest for key, text in listed.items()}
    book = follow(namespace, Derivation(coloured, LISTING_COLOURS), inputs).now
    problems = tuple(
        Problem("listings", text.label, book[key].problem, fatal=False)
        for key, text in listed.items()
        if book[key].problem
    )
    return ListingColours(namespace, stored_table(namespace.read, LISTING_COLOURS, book), problems)


def colours_of(context: BuildContext, texts: Sequence[TextWithListings]) -> FoundColours:
    """Yield the colours of each text, and a sentence if a limit was reached; nothing is stored."""
    with context.workers.local() as workers:
        for result in run_memoised(None, workers, stage_runs.colour_stage(), texts, no_progress):
            value, text = result.value, texts[result.index]
            if isinstance(value, Problem):
                yield text, {}, value.message
            else:
                yield text, value.colours, result.problem.message if result.problem else value.problem


def texts_with_listings(
    articles: Iterable[ArticleFile], pages: Iterable[OwnPage], notes: Iterable[Note]
) -> list[TextWithListings]:
    """Return those texts that may have listings."""
    texts = [TextWithListings(file.head.id, file.label, file.text, file) for file in articles if file.listings]
    own = [
        *((page_key(page), page.file, page.markdown) for page in pages),
        *((note_key(note.slug), f"entities/{note.slug}.md", note.markdown) for note in notes if not note.listed),
    ]
    texts += [
        TextWithListings(key, label, digest(markdown), markdown=markdown)
        for key, label, markdown in own
        if markup.may_have_listings(markdown)
    ]
    return texts
