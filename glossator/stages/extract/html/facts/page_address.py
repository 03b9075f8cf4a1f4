"""Addresses of a page: its own, its site's, and the base of its relative addresses."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from courlan import extract_domain, normalize_url

from glossator import addresses
from glossator.stages.extract.html.facts import linked_data
from glossator.stages.extract.html.facts.head_and_marked_elements import Candidates, Statements
from glossator.stages.extract.html.facts.plain_values import is_address, site_label

_LONGEST = 6
"""Words of an application's name."""
_SLOGAN = re.compile(r"\s[|–—:-]\s")


def sources(stated: Statements) -> Candidates:
    """Yield the article's address without tracking parameters, the most reliable first.

    An address on another site than the page was loaded from, or of a home page, is not the article's.
    """
    loaded = stated.header.get("url", "")
    linked = linked_data.text(stated.data.get("url") or stated.data.get("mainEntityOfPage"))
    statements = [
        *((address, "canonical link") for address in stated.canonical[:1]),
        *stated.named("og:url", "twitter:url"),
        (loaded, "header comment"),
        (linked, "json-ld"),
    ]
    safe = [
        (addresses.web_address(_clean(joined(loaded, value))), origin) for value, origin in statements if value.strip()
    ]
    own = [(address, origin) for address, origin in safe if _is_page(address) and _is_own(address, loaded)]
    if len(own) > 1 and own[0][1] == "canonical link" and _is_sister(own[0][0], own[1][0]):
        own[:2] = own[1], own[0]
    yield from own


def sites(stated: Statements) -> Candidates:
    """Yield the site's name, without its slogan; one that is only an address comes last."""
    names = [(site_label(_SLOGAN.split(name.strip(), maxsplit=1)[0]), origin) for name, origin in _site_names(stated)]
    yield from sorted(names, key=lambda pair: is_address(pair[0]))


def site_names(stated: Statements) -> tuple[str, ...]:
    """Return all names that the page gives its site, each also without its slogan."""
    names = [name for name, _ in _site_names(stated)] + [name for name, _ in sites(stated)]
    return tuple(dict.fromkeys(name for name in names if name))


def _site_names(stated: Statements) -> Candidates:
    yield from stated.named("og:site_name")
    yield from ((name, "json-ld") for name in linked_data.names(stated.data.get("publisher"))[:1])
    apps = stated.named("application-name", "al:ios:app_name", "twitter:app:name:iphone")
    # Some pages put their title into these elements.
    yield from ((name, origin) for name, origin in apps if len(name.split()) <= _LONGEST)


def base(stated: Statements, source: str) -> str:
    return addresses.web_address(joined(source or stated.header.get("url", ""), stated.base))


def joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return ""


def _is_sister(canonical: str, shared: str) -> bool:
    """True if a canonical link leads to the copy on a sister site: another host than the page gives for sharing.

    Of two hosts of one domain, the bare domain is the page's.
    """
    here, there = addresses.host(canonical), addresses.host(shared)
    return here != there and (_domain(canonical) != _domain(shared) or here != _domain(canonical))


def _is_own(address: str, loaded: str) -> bool:
    return not loaded or addresses.host(address) == addresses.host(loaded) or _domain(address) == _domain(loaded)


def _domain(address: str) -> str | None:
    return extract_domain(address, fast=True)


def _is_page(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc and (parts.path.strip("/") or parts.query))


def _clean(address: str) -> str:
    try:
        clean = normalize_url(address) if address else ""
    except ValueError:
        return ""
    # A plus sign may stand for a space, and its code never does.
    return clean.replace("%2B", "+") if "%2B" not in address.upper() else clean
