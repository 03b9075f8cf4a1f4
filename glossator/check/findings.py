"""Findings of a check, and those on articles that lack what readers and indexes need, or whose text may be wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from glossator.model import UNLOADED, ArticleHead
from glossator.pipeline.review.repeated_lines import RepeatedLine


class Finding(msgspec.Struct, frozen=True, order=True):
    """Something that is wrong, or that could be better."""

    kind: str
    """Subject of the check, in a word: links, limits, doubt, metadata, originals."""
    path: str
    """File of the site or of `content/`."""
    message: str
    wrong: bool = True
    """False for advice."""


WITHOUT_ADDRESS = frozenset({"email", "epub", "mbox"})
"""Formats of saved files whose articles have no address that could be their source."""


def doubtful_conversions(doubts: Mapping[str, str]) -> Iterator[Finding]:
    """Yield advice for each article whose text is likely to be wrong; `doubts` are the estimates, by file."""
    for file, doubt in sorted(doubts.items()):
        if doubt == UNLOADED:
            message = "was made of a page that was saved before its text was there: open the page, and save it anew"
            yield Finding("doubt", file, message, wrong=False)
            continue
        message = f"may lack much of its text, or hold other text (doubt {doubt} of 1): compare it with the saved page"
        yield Finding("doubt", file, message, wrong=False)


def repeated_edges(lines: Iterable[RepeatedLine]) -> Iterator[Finding]:
    """Yield advice for each line that several articles of a site have at their edges."""
    for repeated in lines:
        others = f"{len(repeated.articles) - 1} more articles of {repeated.site}"
        message = (
            f"has the line “{repeated.line}” at an edge of its text, as do {others}: if it is not part of them, add it "
            f'to lines under [extract.site."{repeated.site}"] in glossator.toml, and build with --reconvert'
        )
        yield Finding("doubt", f"articles/{repeated.articles[0]}", message, wrong=False)


def missing_metadata(heads: Mapping[str, ArticleHead], formats: Mapping[str, str]) -> Iterator[Finding]:
    """Yield advice for each article without a date, a language, or, if it seems to be of others, a source.

    `heads` are the heads of articles by file. `formats` are the formats of the saved files that articles were made of,
    by the same files. An article that was made of a saved file, or that names a publication, seems to be of others.
    """
    for file, head in heads.items():
        foreign = (head.site is not None or file in formats) and formats.get(file) not in WITHOUT_ADDRESS
        missing = [
            name
            for name, absent in (
                ("date", head.date is None),
                ("language", head.language is None),
                ("source", head.source is None and foreign),
            )
            if absent
        ]
        if missing:
            remedy = f"add {'it' if len(missing) == 1 else 'them'} to the front matter"
            yield Finding("metadata", file, f"has no {' and no '.join(missing)}: {remedy}", wrong=False)
