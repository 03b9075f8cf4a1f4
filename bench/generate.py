"""Writes invented archives of any size, always equal for equal sizes.

usage: python bench/generate.py [FOLDER] [--articles N] [--form markdown|saved]

Writes N articles of about 800 words and 40 mentions below FOLDER: Markdown to content/articles/, or saved pages with
menus, scripts and other surroundings to content/saved/. Without FOLDER it prints one. The frequency of names follows
Zipf's law of words (Zipf, The Psycho-Biology of Language, 1935): few are in many articles, most in one or two. The
first articles of a larger archive are those of a smaller one.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

PEOPLE, FIRMS, PLACES = 20_000, 5_000, 2_000
FIRST = (
    *("Ada", "Bruno", "Clara", "Dmitri", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Keiko", "Liam", "Mina"),
    *("Nadia", "Oskar", "Priya", "Quentin", "Rosa", "Stefan", "Tomas", "Ursula", "Viktor", "Wanda", "Xavier", "Yusuf"),
    *("Zoe", "Anton", "Beata", "Carlos", "Dora", "Emil", "Fatima", "Georg", "Hanna", "Ivan", "Judit", "Karim", "Lena"),
    *("Marek", "Nora"),
)
STEMS = ("Bal", "Cor", "Dal", "Ett", "Fen", "Gar", "Hol", "Ing", "Jar", "Kel", "Lin", "Mor", "Nev", "Ost", "Per", "Ros")
MIDDLES = ("a", "en", "i", "o", "der", "ving", "mar", "the")
PERSONAL = ("berg", "dahl", "ford", "ini", "kov", "land", "man", "quist", "sen", "well")
LOCAL = ("borough", "bury", "dam", "haven", "ham", "mouth", "port", "stad", "ton", "vik")
KINDS = ("Bank", "Energy", "Shipping", "Foods", "Steel", "Airways", "Institute", "University", "Council", "Holdings")
ROLES = ("the treasurer of {firm}", "a spokesman for {firm}", "the mayor of {place}", "who has led {firm} since spring")
SENTENCES = (
    "{person} told reporters in {place} that the figures which had been published in the spring were wrong.",
    "According to {person}, nobody at {firm} had asked for the money before the end of the year.",
    "The contract with {firm} was signed in {place} and has never been shown to the public.",
    "“We were given four weeks and no explanation at all,” said {person} on the steps of the court.",
    "A letter from {firm}, which this newspaper has seen, speaks of delays but not of their causes.",
    "In {place} the matter has divided families, and the shops along the river have closed for the week.",
    "{person} disagreed, and asked why the report had been kept in a drawer for most of the winter.",
    "It was raining when the members arrived, and few of them wanted to speak about what lay ahead.",
    "The committee will meet again in a month, although its chair did not say what would be decided by then.",
    "What {firm} knew, and when it knew it, is now a question for the judges, {person} added.",
    "People who live near the harbour of {place} say that they have heard all of these promises before.",
    "Experts called the plan expensive but sound, provided that the work begins before the ground is frozen.",
)
HEADLINES = (
    "{firm} under review in {place}",
    "What {person} knew about {firm}",
    "{place} waits for an answer from {firm}",
    "A winter of doubt for {person}",
)
SITES = ("The Daily Ledger", "Harbour Times", "The Evening Wire", "Northern Review")
PARAGRAPHS, SENTENCES_EACH = 11, 4
SCRIPT = 60_000
"""Characters of script on a saved page; scripts make up most of large pages."""


@dataclass(frozen=True, slots=True)
class Invented:
    title: str
    site: str
    author: str
    day: str
    source: str
    paragraphs: tuple[str, ...]


def write(folder: Path, articles: int, form: str) -> None:
    """Write a number of articles below `folder/content/`, as Markdown or (`form` "saved") as saved pages."""
    below = folder / "content" / ("saved" if form == "saved" else "articles")
    below.mkdir(parents=True, exist_ok=True)
    for number in range(articles):
        article = invent(number)
        name = f"{number:07}.html" if form == "saved" else f"{number:07}.md"
        (below / name).write_text(page(article, number) if form == "saved" else markdown(article), "utf-8")


def invent(number: int) -> Invented:
    """Return the article with a number."""
    chance = random.Random(number)
    people = [person(rank) for rank in draw(chance, PEOPLE_WEIGHTS, 6)]
    cast = {
        "firm": [firm(rank) for rank in draw(chance, FIRMS_WEIGHTS, 4)],
        "place": [place(rank) for rank in draw(chance, PLACES_WEIGHTS, 3)],
    }
    met: set[str] = set()

    def sentence(pattern: str) -> str:
        named = {kind: chance.choice(names) for kind, names in cast.items()}
        who = chance.choice(people)
        form = who.split()[1] if who in met else f"{who}, {chance.choice(ROLES).format(**named)},"
        if "{person}" in pattern:
            met.add(who)
        return pattern.format(person=form, **named)

    title = chance.choice(HEADLINES).format(person=people[0], firm=cast["firm"][0], place=cast["place"][0])
    site = chance.choice(SITES)
    return Invented(
        title=f"{title}, part {number + 1}",
        site=site,
        author=person(chance.randrange(PEOPLE)),
        day=(date(2015, 1, 1) + timedelta(days=number * 37 % 4000)).isoformat(),
        source=f"https://{site.lower().replace(' ', '-')}.example/{number}",
        paragraphs=tuple(
            " ".join(sentence(chance.choice(SENTENCES)) for _ in range(SENTENCES_EACH)) for _ in range(PARAGRAPHS)
        ),
    )


def person(rank: int) -> str:
    mixed = rank * 7919 % PEOPLE  # so that people in many articles do not share a surname
    return f"{FIRST[mixed % len(FIRST)]} {word(mixed // len(FIRST), PERSONAL)}"


def firm(rank: int) -> str:
    mixed = rank * 1009 % FIRMS
    return f"{word(mixed // len(KINDS), ('ant', 'ex', 'is', 'on', 'um'))} {KINDS[mixed % len(KINDS)]}"


def place(rank: int) -> str:
    return word(rank * 7 % PLACES, LOCAL)


def word(number: int, endings: Sequence[str]) -> str:
    """Join a stem, a middle and an ending: a different name for each number below the product of their counts."""
    number, last = divmod(number, len(endings))
    number, middle = divmod(number, len(MIDDLES))
    more, first = divmod(number, len(STEMS))
    return STEMS[first] + MIDDLES[middle] + (MIDDLES[more - 1] if more else "") + endings[last]


def draw(chance: random.Random, weights: Sequence[float], count: int) -> list[int]:
    return chance.choices(range(len(weights)), cum_weights=weights, k=count)


def zipf(count: int) -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, count + 1)))


PEOPLE_WEIGHTS, FIRMS_WEIGHTS, PLACES_WEIGHTS = zipf(PEOPLE), zipf(FIRMS), zipf(PLACES)


def markdown(article: Invented) -> str:
    body = "\n\n".join(article.paragraphs)
    return f"""---
title: "{article.title}"
source: {article.source}
site: {article.site}
authors:
  - {article.author}
published: {article.day}
language: en
---

{body}
"""


def page(article: Invented, number: int) -> str:
    """Return an article as a browser would save it, with the surroundings of its publication."""
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in article.paragraphs)
    others = "\n".join(f'<li><a href="/{number + step}">{invent(number + step).title}</a></li>' for step in range(1, 6))
    menu = "\n".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in KINDS)
    script = f"window.settings={{'{'x' * 40}':1}};" * (SCRIPT // 64)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{article.title} | {article.site}</title>
<meta property="og:title" content="{article.title}"><meta property="og:site_name" content="{article.site}">
<meta property="article:published_time" content="{article.day}"><meta name="author" content="{article.author}">
<link rel="canonical" href="{article.source}"><script>{script}</script></head>
<body><header><nav><ul>{menu}</ul></nav></header>
<main><article><h1>{article.title}</h1><p class="byline">By {article.author}</p>
{body}
</article>
<aside><h2>Read next</h2><ul>{others}</ul></aside></main>
<footer><a href="/terms">Terms</a> <a href="/contact">Contact</a></footer></body></html>
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "folder", nargs="?", type=Path, help="where the archive goes; without it one article is printed"
    )
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--form", choices=("markdown", "saved"), default="markdown")
    options = parser.parse_args()
    if options.folder:
        write(options.folder, options.articles, options.form)
    else:
        print(markdown(invent(0)))


if __name__ == "__main__":
    main()
