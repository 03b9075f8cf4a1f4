"""Bibliographic data of an article in the form that Zotero and other reference managers find in pages: COinS."""

from __future__ import annotations

from urllib.parse import quote_plus, urlencode

from glossator.views.article import ArticlePage

FORMAT = "info:ofi/fmt:kev:mtx:dc"
"""Dublin Core, which reference managers take for a web page; the other formats are for journals and books."""
SAME = urlencode({"ctx_ver": "Z39.88-2004", "rft_val_fmt": FORMAT, "rft.type": "webpage"})
"""Fields that every article has alike."""


def coins(page: ArticlePage) -> str:
    """Return the ContextObject of an article (NISO Z39.88-2004, key and value pairs), without what is empty."""
    fields: list[tuple[str, str]] = [
        ("rft.title", page.frame.title),
        *(("rft.creator", author) for author in page.authors),
        ("rft.date", "" if page.published_guessed else page.published[:10]),
        ("rft.source", page.source_name),
        ("rft.identifier", page.source or page.frame.canonical),
        ("rft.language", page.language),
        ("rft.description", page.frame.description),
        *(("rft.subject", tag.text) for tag in page.tags),
    ]
    known = (f"{name}={quote_plus(value, errors='replace')}" for name, value in fields if value)
    return "&".join([SAME, *known])
