"""`Headline | Site` -> the headline."""

from __future__ import annotations

import re

from glossator.stages.extract.html.facts import linked_data
from glossator.stages.extract.html.facts.head_and_marked_elements import Statements

_SEPARATOR = re.compile(r"\s+[|–—·»:•/\-]+\s+|\s*[|»ㅣ｜_]\s*|[-–:：]\s?(?=\S)")
_SURE = frozenset("|ㅣ｜»")
"""Separators that precede the name of a site and little else."""
_COLONS = (":", "：")
_TIGHT_SECTION = re.compile(r"(?<=\S)[-_|](?=[^\x00-\u2fff]{1,5}$).*")
"""Section at the end of Chinese, Japanese and Korean titles, without a space."""
_SHORTEST = 8
"""Letters: a shorter heading may begin a title by chance."""
_FEW = 4
"""Most words of a site's unknown name."""
_ENOUGH = 3
"""Fewest words of a headline."""
_LONGEST = 6
"""Words of a site's name; anything longer is the title again, or a slogan."""
_MORE = 3
"""Words beside a site's name in the part of a title that gives the name: `Opinion at The Harbour Post`."""


def fold(text: str) -> str:
    """Return the form of a headline or a name in which its spellings are equal."""
    return re.sub(r"[\W_]+", " ", text.replace(" & ", " and ").casefold()).strip()


def share_of_slug(slug: frozenset[str], key: str) -> float:
    """Return the share of the words of an address that a folded title has, in the singular or the plural."""
    words = {word.rstrip("s") for word in key.split()}
    return sum(word.rstrip("s") in words for word in slug) / max(1, len(slug))


class SiteNames:
    """Names of a page's site and of its sections."""

    def __init__(self, stated: Statements, sites: tuple[str, ...]) -> None:
        sections = [value for value, _ in stated.named("article:section")]
        sections.append(linked_data.text(stated.data.get("articleSection")))
        self._host = re.sub(r"\W+", "", stated.host)
        self._labels = frozenset(stated.host.split("."))
        self._sections = frozenset(map(fold, sections))
        self._sites = [name for name in map(fold, sites) if name and len(name.split()) <= _LONGEST]

    def is_site(self, text: str) -> bool:
        """True if a text is the site's name, or is the name in the site's address."""
        name = fold(text)
        return name in self._sites or name.replace(" ", "") in self._labels

    def without_repeated_name(self, heading: str, title: str) -> str:
        """Cut the site's exact name off a heading if the title element says the name once more behind the heading."""
        parts = list(_SEPARATOR.finditer(heading))
        name = heading[parts[-1].end() :] if parts else ""
        repeated = fold(name) in self._sites and fold(title) == f"{fold(heading)} {fold(name)}"
        return heading[: parts[-1].start()] if repeated else heading

    def cut(self, title: str, main: str = "") -> str:
        """Cut the site off a title: after `main`, the page's heading, or before a part that is the site's name.

        A dash without spaces is part of a word, and a colon part of a headline, unless the exact name is beside it.
        """
        parts = list(_SEPARATOR.finditer(title))
        for part in parts if len(main) > _SHORTEST else ():
            if part[0].strip() not in _COLONS and fold(title[: part.start()]) == fold(main):
                return title[: part.start()]
        for part in reversed(parts):
            if self._is_part(title[part.end() :], tight=_is_tight(part[0])):
                return _without_section(title[: part.start()], part[0])
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
                and self._is_part(title[: part.start()], tight=_is_tight(part[0]))
            ):
                return rest
        return title

    def _is_part(self, part: str, *, tight: bool) -> bool:
        """True if a part of a title names the site; without a space before it (`tight`), it must be the exact name."""
        name = fold(part)
        if not name or tight:
            return bool(name) and (name in self._sites or name in self._sections)
        words = name.split()
        if any(f" {name} " in f" {site} " for site in self._sites):
            return True
        if any(f" {site} " in f" {name} " and len(words) <= len(site.split()) + _MORE for site in self._sites):
            return True
        return bool(self._host) and sum(map(len, words)) > 1 and all(word in self._host for word in words)


def _is_tight(separator: str) -> bool:
    """True if words stand on both sides of a separator without a space, or it is a colon."""
    return not separator[-1:].isspace() or separator.strip() in _COLONS


def _without_section(title: str, separator: str) -> str:
    """Cut the section off `Headline - News`, the rest of a title without its site."""
    title = _TIGHT_SECTION.sub("", title)
    while (position := title.rfind(separator)) > 0 and len(title[position:].split()) <= _ENOUGH:
        if len(title[:position].split()) < _ENOUGH:
            break
        title = title[:position]
    return title
