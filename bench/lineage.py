"""Measures how many planted copies of passages are found among articles of others, and what is found that is none.

usage: python bench/lineage.py FILE... [--articles N] [--copies N] [--seed N] [--show]

A FILE is a JSON object of articles by id, each with its `text`, in paragraphs with an empty line between. Into
articles of other subjects are planted: whole paragraphs, paragraphs cut to two thirds, with two words changed, two
joined to one, quotations of which a word is altered in another sentence, and one story in twenty papers. Then a
hundred topics are made of some articles and reprints of some of them, with two words changed and a line added; half
of these state a later day. Printed are the share of copies that were found, the pairs of articles that nobody planted
for each 1,000 paragraphs, the topics whose independent texts are counted right, and the reprints whose original is
named where days are stated.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, NamedTuple

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from glossator.incremental.cache import Cache  # noqa: E402  # the package beside this folder
from glossator.incremental.namespace import Namespace  # noqa: E402
from glossator.incremental.schema import LINEAGE  # noqa: E402
from glossator.model import ArticleHead, ArticleId, PrivateNames, SharedPassages  # noqa: E402
from glossator.pipeline.analysis.find_shared_passages import bring_up_to_date  # noqa: E402
from glossator.pipeline.stage_work import ArticleFile  # noqa: E402
from glossator.stages.plan.parts.shared_passages import copied_from, independent_texts  # noqa: E402
from glossator.text import digest  # noqa: E402

KINDS = ("whole", "cut", "changed", "joined", "quotation")
PAPERS = 20
TOPICS = 100
SHORTEST = 25
"""Words of a paragraph that is planted."""
QUOTATION = re.compile(r"[“\"]([^“”\"\n]{60,400})[”\"]")
OTHER_WORDS = ("roughly", "lately", "formerly", "ancient", "purple", "elsewhere", "likewise", "perhaps")


class Planted(NamedTuple):
    kind: str
    source: str
    copy: str
    text: str
    """Words of the copy."""


def read(files: Sequence[Path], most: int, dice: Random) -> dict[str, list[str]]:
    """Return the paragraphs of articles, drawn from all files."""
    texts = {f"{file.stem}-{key}": row["text"] for file in files for key, row in json.loads(file.read_text()).items()}
    keys = dice.sample(sorted(texts), min(most, len(texts)))
    return {key: [part.strip() for part in texts[key].split("\n\n") if part.strip()] for key in keys}


def plant(articles: dict[str, list[str]], copies: int, dice: Random) -> Iterator[Planted]:
    """Plant copies of every kind in turn, and yield each; the last are one story in many papers."""
    keys, used = sorted(articles), set[str]()
    originals = {key: list(parts) for key, parts in articles.items()}
    for number in range(copies - PAPERS + 1):
        kind = KINDS[number % len(KINDS)]
        source, text = _copied(originals, kind, keys, used, dice)
        copy = dice.choice([key for key in keys if key != source])
        articles[copy].insert(dice.randrange(len(articles[copy]) + 1), text)
        yield Planted(kind, source, copy, text)
    source = next(key for key in dice.sample(keys, len(keys)) if len(_long(originals[key])) > 4)
    story = _long(originals[source])[:4]
    for number in range(1, PAPERS):
        copy = f"paper-{number}"
        articles[copy] = [*story, f"Paper number {number} adds a line of its own to it."]
        yield Planted("story", source, copy, "\n\n".join(story))


def _long(parts: Sequence[str]) -> list[str]:
    return [part for part in parts if len(part.split()) >= SHORTEST]


def _copied(
    articles: Mapping[str, list[str]], kind: str, keys: Sequence[str], used: set[str], dice: Random
) -> tuple[str, str]:
    """Return an article and what is copied of it, altered as its kind says; each paragraph is taken once."""
    while True:
        source = dice.choice(keys)
        parts = _long(articles[source])
        fresh = [part for part in parts if part not in used]
        if kind == "quotation":
            quoted = [match[1] for part in fresh for match in QUOTATION.finditer(part) if len(match[1].split()) > 9]
            if quoted:
                words = quoted[0].split()
                words[dice.randrange(1, len(words) - 1)] = dice.choice(OTHER_WORDS)
                used.update(part for part in fresh if quoted[0] in part)
                return source, f"Asked about it again, she repeated: “{' '.join(words)}” It was all that she said."
        elif len(fresh) > 1:
            first, second = fresh[:2]
            used.update((first, second) if kind == "joined" else (first,))
            words = first.split()
            if kind == "cut":
                words = words[: len(words) * 2 // 3]
            elif kind == "changed":
                for place in dice.sample(range(1, len(words) - 1), 2):
                    words[place] = dice.choice(OTHER_WORDS)
            return source, " ".join(words) + (f" {second}" if kind == "joined" else "")


def built(articles: Mapping[str, list[str]]) -> Mapping[ArticleId, SharedPassages]:
    """Return the shared passages of a build."""
    files = {}
    for key, parts in articles.items():
        text = "\n\n".join(parts)
        article = ArticleId(key)
        files[article] = ArticleFile(ArticleHead(article, key), digest(text), "en", "", False, markdown=text)
    with TemporaryDirectory() as folder, Cache(Path(folder) / "cache.sqlite3") as cache:
        return dict(bring_up_to_date(Namespace(cache, LINEAGE, private_names=""), files, PrivateNames()).shared)


def topics(articles: Mapping[str, list[str]], dice: Random) -> tuple[int, int, int]:
    """Return of a hundred planted topics how many are counted right, and how many reprints are told, of how many."""
    whole = [key for key in sorted(articles) if len(_long(articles[key])) > 3]
    counted = told = stated = 0
    for _ in range(TOPICS):
        chosen = dice.sample(whole, dice.randint(4, 8))
        members = {key: articles[key] for key in chosen}
        days = dict.fromkeys(chosen, "2024-05-01")
        for number in range(dice.randint(1, 6)):
            source = dice.choice(chosen)
            words = [part.split() for part in articles[source]]
            for part in dice.choices([part for part in words if len(part) > 5], k=2):
                part[dice.randrange(1, len(part) - 1)] = dice.choice(OTHER_WORDS)
            copy = f"{source} reprint {number}"
            members[copy] = [*map(" ".join, words), "This newspaper adds a line to what others wrote before it."]
            if dice.random() < 0.5:
                days[copy] = f"2024-05-{2 + number:02}"
        heads = {key: ArticleHead(ArticleId(key), key, published=days.get(key)) for key in members}
        catalogue: Any = SimpleNamespace(heads=heads, content=SimpleNamespace(shared=built(members)))
        counted += independent_texts(catalogue, [head.id for head in heads.values()]) == len(chosen)
        for copy in days.keys() - set(chosen):
            stated += 1
            told += copied_from(catalogue, ArticleId(copy)) == copy.partition(" reprint")[0]
    return counted, told, stated


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--copies", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print what was not found, and what nobody planted")
    options = parser.parse_args()
    dice = Random(options.seed)
    articles = read(options.files, options.articles, dice)
    natural = {(key, passage.other) for key, row in built(articles).items() for passage in row.passages}
    planted = list(plant(articles, options.copies, dice))
    rows = built(articles)
    found = {(key, passage.other) for key, row in rows.items() for passage in row.passages}
    totals, right = Counter(copy.kind for copy in planted), Counter[str]()
    for copy in planted:
        if {(copy.source, copy.copy), (copy.copy, copy.source)} <= found:
            right[copy.kind] += 1
        elif options.show:
            print(f"lost ({copy.kind}, {copy.source} in {copy.copy}): {copy.text}")
    for kind, count in totals.items():
        print(f"{kind}: {right[kind]} of {count} found")
    print(f"all: {right.total()} of {totals.total()} found, {100 * right.total() / totals.total():.1f} %")
    from_one = defaultdict(set)
    for copy in planted:
        from_one[copy.source].add(copy.copy)
    related = {(a, b) for source, copies in from_one.items() for a in {source, *copies} for b in {source, *copies}}
    false = {tuple(sorted(pair)) for pair in found - natural - related}
    paragraphs = sum(map(len, articles.values()))
    print(f"pairs of articles that share a passage before planting: {len({tuple(sorted(pair)) for pair in natural})}")
    print(f"pairs that nobody planted: {len(false)}, {1000 * len(false) / paragraphs:.2f} for 1,000 paragraphs")
    counted, told, stated = topics(read(options.files, options.articles, Random(options.seed)), dice)
    print(f"topics whose independent texts are counted right: {counted} of {TOPICS}")
    print(f"reprints with a later day of which the original is named: {told} of {stated}")
    if options.show:
        for first, second in sorted(false):
            print(f"unplanted: {first}, {second}")


if __name__ == "__main__":
    main()
