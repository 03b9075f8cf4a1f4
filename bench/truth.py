"""Measures how much of what a built site says is likely to be wrong, empty or noise.

usage: python bench/truth.py CONTENT SITE [--related FILE] [--draw N [--seed N]]
       python bench/truth.py --folds MODELS [--data FOLDER]

CONTENT is the `content/` folder of an archive, SITE what was built from it: only the finished pages are read.
`--related` writes {saved file: [saved files of its related articles, best first]}; `--draw` prints entity pages drawn
by a seed, to be judged one by one: a seed whose pages nobody has read tells what rules written since are worth.

`--folds` annotates each fifth of the annotated documents as an archive of its own, with the models that were trained
without it, and builds a site of them. It prints what `tools/score_marks.py` and `score_marked.py` of the data folder
say (of the names looked for and in passing: the shares that are marked, that only the article's list has, and neither),
and what `score_quotes.py` says of the quotations of all folds together. MODELS is the folder `folds/` that
`python -m training` leaves; `--fold N` does one of them alone. A minute of a core for each fold.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from posixpath import normpath

from lxml import html
from lxml.html import HtmlElement

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.data import add_option, require  # noqa: E402 (the project must be on the path first)
from bench.fold_scores import print_folds  # noqa: E402
from glossator.frontmatter import split  # noqa: E402
from glossator.naming.acronyms import is_acronym  # noqa: E402

SEED = 20261125
"""Seed by which entity pages are drawn, unless another one is given."""
RARER = 3
"""A shown name is suspicious if an alias is so many times as frequent."""
OFTEN = 5
"""Times as often as a name is mentioned that a common word is written small."""
KNOWN = 3
"""Articles of a bearer beside whom a page of the surname alone has to list who it may be."""
STRONGEST = 5
"""Names on which related entries rest that are printed."""
ALIAS_TIMES = re.compile(r"\d[\d,]*")
SMALL_WORD = re.compile(r"(?<!\w)[a-zà-ÿ]+")
MENTIONS = re.compile(r"(\d[\d,]*) mention")
IN_ARTICLES = re.compile(r"in (\d[\d,]*) article")
TELLS_NOTHING = re.compile(r"in 1 article\.?|also called .*", re.IGNORECASE | re.DOTALL)
"""Words of a card that say nothing about the entity."""


@dataclass(frozen=True, slots=True)
class EntityPage:
    path: str
    name: str
    type: str
    mentions: int
    articles: int
    aliases: Mapping[str, int]
    quotes: int
    passage: str
    """The first sentence with a mention."""
    lists: bool
    """True if it is the page of a surname, and lists who it may be."""

    @property
    def is_misnamed(self) -> bool:
        """True for a name that is much rarer than one of the aliases. People are known by their full names."""
        rest = self.mentions - sum(self.aliases.values())
        return self.type != "Person" and any(times >= RARER * max(1, rest) for times in self.aliases.values())


@dataclass(frozen=True, slots=True)
class ArticlePage:
    path: str
    language: str
    marks: int
    cards: int
    silent: int
    """Cards that say nothing beyond name, type, aliases and that the entity is in one article."""
    related: tuple[tuple[str, tuple[str, ...]], ...]
    """Path of each related article, and the names that are given as the reason."""
    small: Mapping[str, int]
    """Times that its text writes a word in small letters, by word."""


class Site:
    """The pages of a built site, read when they are asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def entities(self) -> list[EntityPage]:
        return [page for path, tree in self._pages("entities") if (page := _entity(path, tree))]

    @cached_property
    def articles(self) -> list[ArticlePage]:
        return [_article(path, tree) for path, tree in self._pages("articles") if tree.find_class("article-head")]

    @cached_property
    def in_topics(self) -> list[set[str]]:
        """Paths of the articles of each topic."""
        return [
            {
                normpath(f"topics/{href.partition('#')[0]}")
                for href in tree.xpath("//main//a/@href")
                if "articles/" in href
            }
            for path, tree in self._pages("topics")
            if path != "topics/index.html"
        ]

    def _pages(self, folder: str) -> Iterator[tuple[str, HtmlElement]]:
        for file in sorted((self._folder / folder).rglob("*.html")):
            yield file.relative_to(self._folder).as_posix(), html.document_fromstring(file.read_bytes())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("content", nargs="?", type=Path)
    parser.add_argument("site", nargs="?", type=Path)
    parser.add_argument("--related", type=Path)
    parser.add_argument("--draw", type=int, default=0)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--folds", type=Path)
    parser.add_argument("--fold", type=int)
    add_option(parser)
    options = parser.parse_args()
    if options.folds:
        print_folds(options.folds, require(options.data), options.fold)
        return
    if not options.content or not options.site:
        parser.error("give the folders CONTENT and SITE, or --folds MODELS")
    site = Site(options.site)
    if options.related:
        options.related.write_text(json.dumps(related_files(options.content, site.articles), indent=1) + "\n", "utf-8")
        return
    for line in screens(site):
        print(line)
    for page in draw(site.entities, options.draw, options.seed):
        print(
            f"{page.type:<13} {page.name}  [{', '.join(page.aliases)}]  {page.articles} articles  {page.passage[:200]}"
        )


def screens(site: Site) -> Iterator[str]:
    """Yield the lines of the report."""
    articles, entities = site.articles, site.entities
    number = max(1, len(articles))
    marks = sum(page.marks for page in articles)
    yield f"articles {len(articles):,}, pages of entities {len(entities):,}, {len(entities) / number:.1f} an article"
    yield f"marks {marks:,}, {marks / number:.1f} an article"
    misnamed = [page for page in entities if page.is_misnamed]
    yield f"names {RARER} times rarer than an alias: {len(misnamed)}{_some(page.name for page in misnamed)}"
    names = Counter(page.name.casefold() for page in entities)
    several = [name for name, times in names.items() if times > 1]
    yield f"names on several pages: {len(several)}{_some(several)}"
    cards, silent = sum(page.cards for page in articles), sum(page.silent for page in articles)
    yield f"cards {cards:,}, silent {silent:,} ({100 * silent / max(1, cards):.1f} %)"
    yield from related_screen(articles)
    unmarked = Counter(page.language for page in articles if not page.marks)
    every = Counter(page.language for page in articles)
    shares = ", ".join(f"{language} {unmarked[language]} of {count}" for language, count in every.most_common(8))
    yield f"articles without a mark: {sum(unmarked.values())} ({shares})"
    yield f"quotes: {sum(page.quotes for page in entities)}"
    yield from word_screen(articles, entities)
    paths = {page.path for page in articles}
    topics = [members & paths for members in site.in_topics]
    members = set().union(*topics)
    largest = max(map(len, topics), default=0)
    yield f"topics: {len(topics)}, articles in one {100 * len(members) / number:.1f} %, largest {largest}"


def word_screen(articles: Sequence[ArticlePage], entities: Sequence[EntityPage]) -> Iterator[str]:
    """Yield the names that may be common words, and the surnames that a known bearer may have."""
    languages = Counter(page.language.partition("-")[0] for page in articles)
    main = max(languages, key=lambda language: languages[language], default="")
    small: Counter[str] = Counter()
    for page in articles:
        if page.language.partition("-")[0] == main:
            small.update(page.small)
    words = [page for page in entities if page.name.isalpha() and not is_acronym(page.name)]
    common = [page.name for page in words if small[page.name.lower()] >= OFTEN * page.mentions]
    yield f"single words with a page that are written small {OFTEN} times as often: {len(common)}{_some(common)}"
    people = [page for page in entities if page.type == "Person"]
    known = {page.name.rpartition(" ")[2] for page in people if " " in page.name and page.articles >= KNOWN}
    bare = [page.name for page in people if page.name in known and not page.lists]
    yield f"pages of a surname beside a bearer in {KNOWN} articles that list nobody: {len(bare)}{_some(bare)}"


def related_screen(articles: Sequence[ArticlePage]) -> Iterator[str]:
    """Yield what is to be told of related articles."""
    reasons = [names for page in articles for _, names in page.related]
    counts = Counter(min(len(names), 3) for names in reasons)
    shown = ", ".join(f"{number}{'+' if number == 3 else ''} names: {counts[number]}" for number in range(4))
    none = sum(not page.related for page in articles)
    yield f"related entries {len(reasons):,} ({shown}); articles without one: {none}"
    alone = Counter(names[0] for names in reasons if len(names) == 1)
    if alone:
        yield "  resting on one name: " + ", ".join(f"{name} {times}" for name, times in alone.most_common(STRONGEST))


def draw(entities: Sequence[EntityPage], number: int, seed: int = SEED) -> list[EntityPage]:
    """Return some pages of entities, chosen by a seed."""
    chosen = random.Random(seed).sample(range(len(entities)), min(number, len(entities)))
    return [entities[index] for index in sorted(chosen)]


def related_files(content: Path, articles: Iterable[ArticlePage]) -> dict[str, list[str]]:
    """Return the saved files of the related articles of each saved file."""
    saved = {}
    for file in sorted((content / "articles").rglob("*.md")):
        conversion = split(file.read_text("utf-8"))[0].get("conversion")
        if isinstance(conversion, dict) and "file" in conversion:
            path = Path("articles") / file.relative_to(content / "articles").with_suffix(".html")
            saved[path.as_posix()] = str(conversion["file"])
    pages = {page.path: page for page in articles}
    return {
        file: [saved[other] for other, _ in pages[path].related if other in saved]
        for path, file in saved.items()
        if path in pages
    }


def _entity(path: str, tree: HtmlElement) -> EntityPage | None:
    """Return an entity's page; None for a redirect."""
    if not tree.find_class("entity-head"):
        return None
    facts = _text(tree.xpath("//div[@class='entity-head']//*[@class='facts']"))
    aliases = {
        _text([alias]): int(times.group().replace(",", ""))
        for alias in tree.xpath("//div[@class='entity-head']//p[@class='aliases']/b")
        if (times := ALIAS_TIMES.search(_text(alias.xpath("following-sibling::small[1]"))))
    }
    return EntityPage(
        path,
        _text(tree.xpath("//h1")),
        _text(tree.xpath("//*[@data-search-type]")[:1]),
        _number(MENTIONS, facts),
        _number(IN_ARTICLES, facts),
        aliases,
        len(tree.xpath("//section[@aria-labelledby='quotations-title']//blockquote")),
        _text(tree.find_class("passage")[:1]),
        any(_text([line]).startswith("Perhaps ") for line in tree.xpath("//div[@class='entity-head']//p")),
    )


def _article(path: str, tree: HtmlElement) -> ArticlePage:
    cards = tree.xpath("//aside[contains(@class, 'glossary')]//li[a[@class='name']]")
    related = tree.xpath("//section[@aria-labelledby='related-title']//li")
    base = Path(path).parent
    return ArticlePage(
        path,
        tree.xpath("string(//article/@lang)") or "?",
        len(tree.xpath("//a[contains(concat(' ', @class, ' '), ' mark ')]")),
        len(cards),
        sum(all(TELLS_NOTHING.fullmatch(_text([line])) for line in card.xpath(".//p")) for card in cards),
        tuple(
            (normpath(f"{base}/{href.partition('#')[0]}"), _names(entry))
            for entry in related
            for href in entry.xpath(".//*[@class='item-title']//a/@href")[:1]
        ),
        Counter(SMALL_WORD.findall(_text(tree.xpath("//article//*[contains(@class, 'body')]")[:1]))),
    )


def _names(entry: HtmlElement) -> tuple[str, ...]:
    """The names that a related entry gives as its reason."""
    return tuple(_text([link]) for link in entry.xpath(".//p[@class='reason']//a"))


def _text(elements: Sequence[HtmlElement]) -> str:
    return " ".join(" ".join(str(element.text_content()).split()) for element in elements)


def _number(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.search(text)
    return int(match.group(1).replace(",", "")) if match else 0


def _some(names: Iterable[str]) -> str:
    first = list(names)[:STRONGEST]
    return f" ({', '.join(first)} ...)" if first else ""


if __name__ == "__main__":
    main()
