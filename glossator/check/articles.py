"""Articles that lack what readers and indexes need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glossator.check.findings import Finding
from glossator.model import ArticleHead


def missing_metadata(heads: Iterable[ArticleHead]) -> Iterator[Finding]:
    """Yield advice for each article without a date, a language, or, if it seems to be of others, a source."""
    for head in heads:
        missing = [
            name
            for name, absent in (
                ("date", head.date is None),
                ("language", head.language is None),
                ("source", head.source is None and head.site is not None),
            )
            if absent
        ]
        if missing:
            named = " and no ".join(missing)
            yield Finding(
                "metadata", f"articles/{head.id}.md", f"has no {named}: add it to the front matter", wrong=False
            )
