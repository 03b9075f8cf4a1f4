"""A page's address, the base of relative addresses, and the removal of its site's name from titles."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from courlan import extract_domain, normalize_url

from glossator import addresses
from glossator.stages.extract.html.facts import linked_data
from glossator.stages.extract.html.facts.head_and_marked_elements import Candidates, Statements
from glossator.text import bare_words

_SEPARATOR = re.compile(r"\s+[|–—·»:•/\-]+\s+|\s*[|»ㅣ｜_]\s*|[-–:：]\s?(?=\S)")
_SURE = frozenset("|ㅣ｜»")
"""Separators that precede the name of a site and little else."""
_COLONS = (":", "：")
_FEW = 4
"""Most words of a site's unknown name."""
_ENOUGH = 3
"""Fewest words of a headline."""
_LONGEST = 6
"""Words of a site's name; anything longer is the title again, or a slogan."""
_MORE = 4
"""Words beside a site's name in the part of a title that gives the name: `Opinion at The Harbour Post`."""


def fold(text: str) -> str:
    """Return the form of a headline or a name in which its spellings are equal."""
    return bare_words(text.replace(" & ", " and "))


class SiteNames:
    """Names of a page's site and of its sections."""

    def __init__(self, stated: Statements, sites: tuple[str, ...], stated_site: str = "") -> None:
        sections = [value for value, _ in stated.named("article:section")]
        sections.append(linked_data.text(stated.data.get("articleSection")))
        self._host = re.sub(r"\W+", "", stated.host)
        self._labels = frozenset(stated.host.split("."))
        self._sections = frozenset(map(fold, sections))
        self._sites = [name for name in map(fold, sites) if name and len(name.split()) <= _LONGEST]
        # A name that the page does not state is cut off behind a title only: what follows it may be its motto.
        self._behind = [*self._sites, *([fold(stated_site)] if stated_site else [])]

    def is_site(self, text: str) -> bool:
        """True if a text is the site's name, or is the name in the site's address."""
        name = fold(text)
        return name in self._sites or name.replace(" ", "") in self._labels

    def cut(self, title: str) -> str:
        """Cut the site off a title before or behind a part that is the site's name.

        A dash without spaces is part of a word, and a colon part of a headline, unless the exact name is beside it.
        """
        parts = list(_SEPARATOR.finditer(title))
        for part in reversed(parts):
            if self._is_part(title[part.end() :], self._behind, tight=_is_tight(part[0])):
                return title[: part.start()]
        if parts and parts[-1][0].strip() in _SURE:
            left, right = title[: parts[-1].start()], title[parts[-1].end() :]
            if len(right.split()) <= _FEW and len(left.split()) >= _ENOUGH:
                return left
        for part in parts[:1]:
            rest = title[part.end() :]
            dashed = not part[0][-1:].isspace() and part[0] in "-–"
            if (
                len(rest.split()) >= _ENOUGH
                and not dashed
                and self._is_part(title[: part.start()], self._sites, tight=_is_tight(part[0]))
            ):
                return rest
        return title

    def _is_part(self, part: str, sites: list[str], *, tight: bool) -> bool:
        """True if a part of a title names one of these sites, or the address; if `tight`, it must be the exact name."""
        name = fold(part)
        if not name or tight:
            return bool(name) and (name in sites or name in self._sections)
        words = name.split()
        if any(f" {name} " in f" {site} " for site in sites):
            return True
        if any(f" {site} " in f" {name} " and len(words) <= len(site.split()) + _MORE for site in sites):
            return True
        long = [word for word in words if len(word) > 1]  # without the `s` of `Ada's Quay`
        return bool(self._host and long) and all(word in self._host for word in long)


def _is_tight(separator: str) -> bool:
    """True if words stand on both sides of a separator without a space, or it is a colon."""
    return not separator[-1:].isspace() or separator.strip() in _COLONS


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
        (addresses.web_address(without_tracking(joined(loaded, value))), origin)
        for value, origin in statements
        if value.strip()
    ]
    own = [(address, origin) for address, origin in safe if _is_page(address) and _is_own(address, loaded)]
    if len(own) > 1 and own[0][1] == "canonical link" and _is_sister(own[0][0], own[1][0]):
        own[:2] = own[1], own[0]
    yield from own


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


def without_tracking(address: str) -> str:
    """Return an address without the parameters that tell who follows it; empty for one that is none."""
    try:
        clean = normalize_url(address) if address else ""
    except ValueError:
        return ""
    # A plus sign may stand for a space, and its code never does.
    return clean.replace("%2B", "+") if "%2B" not in address.upper() else clean
