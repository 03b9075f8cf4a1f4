"""Lines that several articles of one site share at the edges of their texts: probably the site's, not the articles'.

A conversion is a function of one file, so that such lines can only be found afterwards. A person confirms them in
glossator.toml, and `--reconvert` removes them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from urllib.parse import urlsplit

import msgspec

from glossator import frontmatter, markup
from glossator.config import SiteRule
from glossator.content.article_store import ArticleStore, StoredArticle
from glossator.files import Unusable, read_text
from glossator.stages.extract.html.site_rules import edges, line_key, rule_for

ENOUGH = 3
"""Articles of a site that must share a line."""
_FEWEST = 3
"""Words of such a line; a shorter one may be the name of a speaker, or "Q:"."""
_LONGEST = 40
_BLANK = re.compile(r"\n\s*\n")
_NO_LINE = re.compile(r"\||```|~~~| {4}|!\[|\[\^|#+ *$|---")
"""Beginnings of cells, code, pictures, notes and rules."""
_TARGET = re.compile(r"\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
"""End of a link, with its address."""
_MARKS = re.compile(r"^(?:[>#*\-]+|\d+[.)])\s+")


class RepeatedLine(msgspec.Struct, frozen=True):
    """Line that articles of one site share."""

    site: str
    """Host of their addresses, without `www.`."""
    line: str
    """The line as the first of them has it."""
    articles: tuple[str, ...]
    """Their files below `content/articles/`, sorted."""


def repeated_lines(store: ArticleStore, only: Collection[str] = ()) -> tuple[RepeatedLine, ...]:
    """Return lines that three articles of a site or more share at their edges, by site, the most frequent first.

    Articles count that were converted and that nobody edited or holds back, and of several with one address the first.
    `only` are the sites to look at; empty for all.
    """
    sites: dict[str, dict[str, StoredArticle]] = {}
    for article in store.kept:
        site = site_of(article.head.source or "")
        if site and (not only or site in only) and _counts(article):
            sites.setdefault(site, {}).setdefault(article.article_links.address, article)
    found: list[RepeatedLine] = []
    for site, articles in sorted(sites.items()):
        if len(articles) >= ENOUGH:
            found += _of_site(store, site, [articles[address] for address in sorted(articles)])
    return tuple(found)


def unlisted(lines: Iterable[RepeatedLine], rules: tuple[SiteRule, ...]) -> Iterator[RepeatedLine]:
    """Yield the lines that no rule for their site drops."""
    for repeated in lines:
        rule = rule_for(f"https://{repeated.site}/", rules)
        if rule is None or line_key(repeated.line) not in map(line_key, rule.lines):
            yield repeated


def rule_domain(site: str, rules: tuple[SiteRule, ...]) -> str:
    """Return the domain of the rule for a site; the site itself if there is none."""
    rule = rule_for(f"https://{site}/", rules)
    return rule.domain if rule else site


def site_of(address: str) -> str:
    """Return the host of an address, without `www.`; empty if it has none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def edge_lines(markdown: str) -> Iterator[str]:
    """Yield the Markdown of short lines at the edges of a text, each once.

    A line that the text itself repeats is a refrain, and is left out; so are cells, code and pictures.
    """
    blocks = [block for block in _BLANK.split(markdown.strip()) if not _NO_LINE.match(block)]
    keys = [_key(block) for block in blocks]
    seen: set[str] = set()
    for block, key in edges(list(zip(blocks, keys, strict=True))):
        if keys.count(key) == 1 and key.count(" ") < 2 * _LONGEST:
            for written in block.splitlines():
                line = _MARKS.sub("", written.strip())
                words = _key(line).count(" ") + 1
                if _FEWEST <= words <= _LONGEST and not line.endswith(":") and line not in seen:
                    seen.add(line)
                    yield line


def as_read(line: str) -> str:
    """Return a line of Markdown as readers see it."""
    return " ".join(markup.read(line).content.split())


def _key(line: str) -> str:
    """Return the words of a line of Markdown, without the addresses of its links."""
    return line_key(_TARGET.sub("]", line))


def _counts(article: StoredArticle) -> bool:
    return article.conversion is not None and not article.edited and article.own != "private"


def _of_site(store: ArticleStore, site: str, articles: list[StoredArticle]) -> list[RepeatedLine]:
    files: dict[str, list[str]] = {}
    lines: dict[str, str] = {}
    for article in articles:
        try:
            markdown = frontmatter.body(read_text(store.folder / article.file))
        except Unusable:  # deleted since it was listed
            continue
        for line in edge_lines(markdown):
            key = _key(line)
            lines.setdefault(key, line)
            files.setdefault(key, []).append(article.file)
    shared = ((key, tuple(sorted(set(found)))) for key, found in files.items())
    repeated = [RepeatedLine(site, as_read(lines[key]), found) for key, found in shared if len(found) >= ENOUGH]
    return sorted(repeated, key=lambda line: (-len(line.articles), line.line))
