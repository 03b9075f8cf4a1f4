"""The publication of each article: what its page says, else what other articles of its host say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from glossator.model import (
    ArticleId,
)
from glossator.stages.plan.catalogue.site_content import SiteContent

_HOST = re.compile(r"[^/?]*")
"""The host at the beginning of a canonical address."""


def publication_names(content: SiteContent) -> dict[ArticleId, str]:
    """Return the publication of each article; an article without one gets the most frequent of its host.

    Names that differ only in case are one publication, called as most articles call it.
    """
    hosts = {head.id: _HOST.match(content.article_links[head.id].address)[0] for head in content.heads}  # type: ignore[index]  # it matches anything
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for head in content.heads:
        if head.site:
            names[hosts[head.id]][head.site] += 1
    # The most frequent name; of several as frequent the first in the alphabet.
    usual = {host: min(counts, key=lambda name: (-counts[name], name)) for host, counts in names.items() if host}
    found = {head.id: head.site or usual.get(hosts[head.id], hosts[head.id]) for head in content.heads}
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name in found.values():
        spellings[name.casefold()][name] += 1
    chosen = {folded: min(counts, key=lambda name: (-counts[name], name)) for folded, counts in spellings.items()}
    return {article: chosen[name.casefold()] for article, name in found.items()}
