"""Name of the site that published a page, as the page states it; else as its address and its title tell it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from glossator.stages.extract.html.facts import linked_data
from glossator.stages.extract.html.facts.head_and_marked_elements import Candidates, Statements, is_home
from glossator.stages.extract.html.facts.plain_values import is_address, site_label
from glossator.stages.extract.html.facts.site_and_address import fold
from glossator.stages.extract.html.facts.visible_text import SILENT, read

_LONGEST_APP = 6
"""Words of an application's name."""
_LONGEST = 6
"""Words of a site's name; anything longer is a slogan."""
_FEW = 5
"""Words of a site's name that nothing but its place tells."""
_SHORTEST = 3
"""Letters of a name that is compared with an address."""
_SHORTEST_LABEL = 5
"""Letters of an address's label that is looked for in the text: shorter ones are words or parts of words."""
_PARTED = re.compile(r"\s+[|–—·»:•/\-]+\s+|\s*[|»ㅣ｜]\s*|\s\[(?=[^\[\]]+\]$)")
"""Separators of a title's parts, none of which is within a word."""
_OWNER = re.compile(r"©(?:[^\w©]|\d)*+(?:copyright\b(?:[^\w©]|\d)*+)?([^|·•©\n]{3,80})", re.IGNORECASE)
"""Name behind a copyright sign and years, and what follows it."""
_SUFFIXES = frozenset("ac co com edu gov net org".split())
"""Labels before that of a country which name no one: `co.uk`."""
_LEGAL = re.compile(r",? (?:inc|llc|ltd|gmbh|plc|corp|co)\b\.?$", re.IGNORECASE)
"""Form of a firm at the end of its name."""
_SECTIONS = frozenset({"Blog", "Home", "News", "Website"})
_REST = re.compile(r"[,.(]|\s[-–—]\s|\b(?:all rights|privacy|terms|powered|inc|llc|ltd|gmbh|plc|corp)\b", re.IGNORECASE)
"""Words and signs behind the name that follows a copyright sign."""
_LOGO = re.compile(r"\b(?:logo|home)\b", re.IGNORECASE)
_MOST_OWNERS = 10
"""Copyright signs, and links to the home page, that are examined."""
_MOST_PIECES = 5000
"""Pieces of text in which a name is looked for."""
_PIECE = 300
"""Characters of a piece of text in which a name is looked for."""
_MOSTLY = 0.3
"""Share of a name in a text that says nearly nothing else."""
_OFTEN = 5
"""Times that a page says the name of its site in sentences."""
_LONGEST_LABEL = 63
"""Characters of a label (RFC 1035)."""
_LONGEST_HOST = 253
"""Characters of a host."""
_NO_LETTERS = re.compile(r"[\W_]+")
_SLOGAN = re.compile(r"\s[|–—:-]\s")


def sites(stated: Statements) -> Candidates:
    """Yield the site's name, without its slogan: one that is only an address comes after others, guesses last."""
    labelled = [(name, origin) for name, origin in _labelled(stated) if name]
    host_in_title = any(_letters(part) == _own_labels(stated)[-1] for part in _edges(stated))
    for name, origin in labelled:
        # `Health` is a section of the site that the address and the title name.
        if not _is_doubtful(name) and (_is_of_host(name, stated) or not host_in_title):
            yield name, origin
    yield from _in_title(stated)
    yield from _in_words(stated) if any(not is_address(name) for name, _ in labelled) else ()
    yield from labelled
    yield from _on_home_link(stated)
    yield from ((_short(read(stated.elements[index]), stated), "visible text") for index in stated.banners[:1])
    yield from _after_headline(stated)
    yield from _in_words(stated)
    yield from _owner(stated)


def site_names(stated: Statements) -> tuple[str, ...]:
    """Return all names that the page gives its site, each also without its slogan."""
    names = [name for name, _ in _site_names(stated)] + [name for name, _ in _labelled(stated)]
    return tuple(dict.fromkeys(name for name in names if name))


def _site_names(stated: Statements) -> Candidates:
    yield from stated.named("og:site_name")
    yield from ((name, "json-ld") for name in linked_data.names(stated.data.get("publisher"))[:1])
    apps = stated.named("application-name", "al:ios:app_name", "twitter:app:name:iphone")
    # Some pages put their title into these elements.
    yield from ((name, origin) for name, origin in apps if len(name.split()) <= _LONGEST_APP)
    yield from ((name, "json-ld") for name in stated.websites if len(name.split()) <= _LONGEST_APP)


def _labelled(stated: Statements) -> Candidates:
    names = [(site_label(_short(name, stated)), origin) for name, origin in _site_names(stated)]
    yield from sorted(names, key=lambda pair: is_address(pair[0]))


def _short(name: str, stated: Statements) -> str:
    """Return a name without its slogan: the part that is the address in words, else the first that is short enough.

    A name that repeats the page's title has the site's at its end.
    """
    parts = [part for part in _SLOGAN.split(name.strip()) if part.strip(" |–—:-")] or [""]
    if len(parts) > 1 and fold(name) == fold(stated.title):
        return parts[-1]
    brief = [part for part in parts if len(part.split()) <= _LONGEST] or parts
    return next((part for part in brief if _is_of_host(part, stated)), brief[0])


def _letters(name: str) -> str:
    return fold(name).replace(" ", "")


def _own_labels(stated: Statements) -> list[str]:
    """Return the labels of the page's host that may be a name, in letters; the domain's is the last."""
    *subdomains, own, _ = (_NO_LETTERS.sub("", label) for label in _labels(stated.host))
    return [*(label for label in subdomains if len(label) > _SHORTEST_LABEL), own]


def _is_of_host(name: str, stated: Statements) -> bool:
    """True if a name is in the page's address, in words or by its initials, or the address is in it."""
    *subdomains, own = _own_labels(stated)
    letters, initials = _letters(name), "".join(word[0] for word in name.split() if word[0].isupper()).lower()
    within = any(letters in label or label in letters for label in (*subdomains, own) if len(label) >= _SHORTEST)
    return len(letters) >= _SHORTEST and (within or initials == own != "")


def _is_doubtful(name: str) -> bool:
    """True if a name is an address, without capitals, of a section, or of a firm in the registers."""
    return is_address(name) or name.islower() or name in _SECTIONS or _LEGAL.search(name) is not None


def _edges(stated: Statements) -> list[str]:
    """Return the last and the first part of the title element without bylines; none if it has only one."""
    parts = [part.strip(" ]") for part in _PARTED.split(stated.title)]
    return [part for part in (parts[-1], parts[0]) if part[:3] != "by "] if len(parts) > 1 else []


def _in_title(stated: Statements) -> Candidates:
    """Yield the last or the first part of the title element if it is the name in the site's address, in words.

    Of 403 pages that state their site as well, it says another one on 24, mostly the firm behind a section of its site.
    """
    for part in _edges(stated):
        if len(part.split()) <= _LONGEST and _is_of_host(part, stated):
            yield part, "title element"


def _labels(host: str) -> list[str]:
    """Return the labels of a host, of which the last but one is the domain's name: `blog`, `quay`, `co.uk`."""
    parts = host[-_LONGEST_HOST:].split(".")
    length = 2 if len(parts) > 2 and parts[-2] in _SUFFIXES else 1
    return ["", *parts[:-length], ".".join(parts[-length:])]


def _signed(stated: Statements) -> list[HtmlElement]:
    """Return the first elements with a copyright sign."""
    return list(islice((element for element in stated.elements if "©" in (element.text or "")), _MOST_OWNERS))


def _home_names(stated: Statements) -> list[str]:
    """Return what the links to the home page say, and their pictures."""
    links = [stated.elements[index] for index in stated.tagged["a"]]
    home = [link for link in links if is_home(link.get("href", ""))][:_MOST_OWNERS]
    return [*map(read, home), *(image.get("alt", "") for link in home for image in link.iter("img"))]


def _on_home_link(stated: Statements) -> Candidates:
    """Yield a part of the title element that the link to the home page, or a copyright sign, has as well.

    Of 349 pages that state their site as well, it says another one on 17.
    """
    owners = (owner for element in _signed(stated) for owner in _OWNER.findall(read(element)))
    names = [fold(name) for name in (*_home_names(stated), *owners)]
    for part in _edges(stated):
        words = part.split()[:_LONGEST]
        for number in range(len(words), 0, -1):
            name = " ".join(words[:number])
            folded = fold(name) if len(fold(name)) >= _SHORTEST else None
            if folded in names or (name == part and any(f" {folded} " in f" {own} " for own in names)):
                yield name.rstrip(" .,:&–-"), "title element"


def _in_words(stated: Statements) -> Candidates:
    """Yield the name in the site's address as the page's text spells it most often: `Sur La Table`, `BlueCart`.

    A name before the domain must be of several words: `shop` and `forum` are kinds of site. Of 596 pages that state
    their site as well, it says another one on 35, half of which are the owner or initials of the one that is stated.
    """
    *subdomains, own, suffix = _labels(stated.host)
    for label in (label for label in (*subdomains[::-1], own) if 0 < len(label) <= _LONGEST_LABEL):
        letters = _NO_LETTERS.sub("", label)  # each once more in the gaps between them would take exponential time
        # A few letters are a name only where the owner is named.
        texts = _texts(stated) if len(letters) >= _SHORTEST_LABEL else map(read, _signed(stated))
        spelt = _spelt(letters, suffix)
        spellings = [(name, text) for text in texts for name in spelt.findall(text) if not name.islower()]
        alone = {name for name, text in spellings if len(name) > _MOSTLY * len(text)}
        times = Counter(name for name, _ in spellings)
        # A word with a capital, in a sentence or two, may be the name of a town.
        sure = (name for name, count in times.most_common() if count >= _OFTEN or name in alone or not _is_word(name))
        name = next(sure, "")
        yield (name if label == own or " " in name.removeprefix("The ") else ""), "visible text"


def _spelt(letters: str, suffix: str) -> re.Pattern[str]:
    """Return a pattern for a name of these letters in words, which may end like an address."""
    spelling = "[ &'’.-]{0,3}".join(map(re.escape, letters))
    ending = rf"(?:\.{re.escape(suffix)})?(?![\w@/]|\.\w)"
    return re.compile(rf"(?<![\w./@-])(?-i:The )?{spelling}{ending}", re.IGNORECASE)


def _is_word(name: str) -> bool:
    """True if a name is a word that only begins with a capital: `Infographic`, but not `GDevelop`."""
    bare = name.removeprefix("The ")
    return bare.isalpha() and bare[1:].islower()


def _texts(stated: Statements) -> Iterator[str]:
    yield stated.title
    yield from (value[:_PIECE] for values in stated.meta.values() for value in values)
    for element in stated.elements[:_MOST_PIECES]:
        shown = () if element.tag in SILENT else (element.text, element.get("alt"))
        yield from (text[:_PIECE] for text in (*shown, element.tail) if text)


def _owner(stated: Statements) -> Candidates:
    """Yield the name behind a copyright sign if the link to the home page says nothing else.

    Of 126 pages that state their site as well, it says another one on 17, mostly the owner's.
    """
    home = {fold(_LOGO.sub("", name)) for name in _home_names(stated)}
    for owner in (owner for element in _signed(stated) for owner in _OWNER.findall(read(element))):
        name = _REST.split(owner)[0].strip(" .,")
        yield (name if len(fold(name)) >= _SHORTEST and fold(name) in home else ""), "visible text"


def _after_headline(stated: Statements) -> Candidates:
    """Yield the last part of the title element if what is before it is a heading.

    Of 261 pages that state their site as well, it says another one on 20.
    """
    part = next(iter(_edges(stated)), "")
    if part and any(fold(f"{text} {part}") == fold(stated.title) for _, text in stated.headings):
        yield ("" if _is_word(part) or len(part.split()) > _FEW else part), "title element"
