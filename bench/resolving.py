"""How well names are resolved across articles when every mention is given, and what resolving costs.

usage: python bench/resolving.py GOLD.json ... [--errors N] [--types PER,ORG,LOC]
       python bench/resolving.py --synthetic ARTICLES

GOLD is a file as tools/score_clusters.py of the data folder takes it; that folder is not part of the repository and is
given with --data. The mentions of GOLD stand for the model's, are linked within their document as annotate does it, and
then resolved. If the text between two mentions is blank, initials two characters behind a name are taken to be in
brackets. The synthetic archive has twenty mentions an article; names are drawn as frequencies of words are (Zipf), a
third of the people by surname alone; the cost of an update is printed too.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, TypeVar

import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]


from bench.data import add_option, scorer  # noqa: E402 (the project must be on the path first)
from glossator.config import AnnotateSettings  # noqa: E402
from glossator.model import (  # noqa: E402
    Analysis,
    ArchiveUpdate,
    ArticleHead,
    ArticleId,
    ArticleNames,
    Decisions,
    Digest,
    EntityType,
    Mention,
    Name,
    PublishedId,
)
from glossator.naming.acronyms import is_acronym  # noqa: E402
from glossator.stages.annotate import plain_text  # noqa: E402
from glossator.stages.annotate.coreference import link  # noqa: E402
from glossator.stages.annotate.mentions.spans import Span  # noqa: E402
from glossator.stages.resolve import article_names, resolve_changes  # noqa: E402
from tests.whole_archive import resolve  # noqa: E402

Key = TypeVar("Key", bound=str)
Row = TypeVar("Row")

TYPES = {"PER": EntityType.PERSON, "ORG": EntityType.ORGANISATION, "LOC": EntityType.PLACE}
SYSTEM_TYPES = {kind: coarse for coarse, kind in TYPES.items()}
MENTIONS = 20
"""In each synthetic article."""
EDITS = 12
"""Changes of one article that are timed."""


def analysis(document: str, gold: dict[str, Any], kept: set[str]) -> Analysis:
    """The mentions of one document, linked as names."""
    spans: list[Span] = []
    for mention in sorted(gold["mentions"], key=lambda mention: (mention["start"], -mention["end"])):
        if mention.get("type") in kept and (not spans or mention["start"] >= spans[-1].end):
            spans.append(Span(mention["start"], mention["end"], TYPES.get(mention["type"], EntityType.EVENT)))
    settings = AnnotateSettings(demonyms=True)
    names, mentions = link(plain_text(bracketed(gold["text"], spans)), spans, settings)
    return Analysis(ArticleId(document), names, mentions, (), (), (), Digest(""))


def bracketed(text: str, spans: list[Span]) -> str:
    """The text with the brackets that its blanks have swallowed."""
    for left, right in pairwise(spans):
        short, long = text[right.start : right.end], text[left.start : left.end]
        blank = text[left.end : right.start] == "  " and text[right.end : right.end + 1] == " "
        if blank and " " in long and is_acronym(short):
            text = f"{text[: left.end]} ({short}){text[right.end + 1 :]}"
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--types", default="PER,ORG,LOC")
    parser.add_argument("--synthetic", type=int, default=0)
    add_option(parser)
    options = parser.parse_args()
    for path in options.gold:
        score(Path(path), options)
    if options.synthetic:
        weigh(options.synthetic)


def score(path: Path, options: argparse.Namespace) -> None:
    score_clusters = scorer(options.data)
    kept = set(options.types.split(","))
    gold = json.loads(path.read_text("utf-8"))
    analyses = [analysis(document, document_gold, kept) for document, document_gold in sorted(gold.items())]
    heads = [ArticleHead(ArticleId(document), document) for document in gold]
    start = time.process_time()
    archive, _ = resolve(heads, analyses, Decisions(), (), ())
    seconds = time.process_time() - start
    types = {entity.id: SYSTEM_TYPES.get(entity.type, "MISC") for entity in archive.entities}
    system = {}
    for analysed in analyses:
        ids = archive.resolved[analysed.article]
        system[analysed.article] = {
            "mentions": [
                {"start": m.start, "end": m.end, "entity": identity, "type": types[identity]}
                for m in analysed.mentions
                if (identity := ids[m.name]) is not None
            ]
        }
    result = score_clusters.score(gold, system, "exact", kept)
    print(score_clusters.line(path.stem, result), f"| {seconds:.2f} s, {len(archive.entities)} entities")
    people = Counter(len(found) > 1 for page, found in result["_err"][0].items() if types.get(page) == "PER")
    print(f"pages of people that hold two: {people[True]} of {people.total()}")
    if options.errors:
        score_clusters.report(result, options.errors)
        print("\n".join(map(str, archive.suggestions[: options.errors])))


def weigh(articles: int) -> None:
    """CPU time and memory of resolving a synthetic archive, and of changing it."""
    analyses = list(synthetic(articles))
    heads = [ArticleHead(analysed.article, analysed.article) for analysed in analyses]
    mentions = sum(count for analysed in analyses for name in analysed.names for _, count in name.forms)
    used_before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.process_time()
    archive, _ = resolve(heads, analyses, Decisions(), (), ())
    seconds = time.process_time() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{articles} articles, {mentions} mentions, {len(archive.entities)} entities, "
        f"{len(archive.suggestions)} suggestions: {seconds:.1f} CPU s, {most:.0f} MB at most ({used_before:.0f} before)"
    )
    del archive
    edit([article_names(head, analysed) for head, analysed in zip(heads, analyses, strict=True)])


def edit(gists: list[ArticleNames]) -> None:
    """CPU time of an update: an article taken away, put back without some of its names, made whole again."""
    decided = Decisions(), ()
    start = time.process_time()
    stored = StoredRows()
    made = resolve_changes(stored.read, {gist.article: gist for gist in gists}, decided, ())
    print(f"the first build, with all rows for updates: {time.process_time() - start:.1f} CPU s", end=", ")
    stored.store(made, {gist.article: gist for gist in gists})
    print(f"{sum(len(row) for rows in stored.rows.values() for row in rows.values()) / 1e6:.0f} MB of rows")
    dice = random.Random(0)
    published: tuple[PublishedId, ...] = made.published
    costs = []
    for gist in dice.sample(gists, EDITS // 3):
        for changed in (
            None,
            msgspec.structs.replace(gist, names=gist.names[1:], descriptors=(), saliences=gist.saliences[1:]),
            gist,
        ):
            start = time.process_time()
            update_made = resolve_changes(stored.read, {gist.article: changed}, decided, published)
            costs.append(time.process_time() - start)
            stored.store(update_made, {gist.article: changed})
            published = update_made.published
    print(f"an update: {sum(costs) / len(costs):.3f} CPU s on average, {max(costs):.3f} at most")
    for entity in sorted(filter(None, made.entities.values()), key=lambda entity: abs(len(entity.appearances) - 10))[
        :3
    ]:
        start = time.process_time()
        resolve_changes(stored.read, {}, (Decisions(rename=((entity.name, "Somebody"),)), ()), published)
        print(f"a rename in {len(entity.appearances)} articles: {time.process_time() - start:.3f} CPU s")


class StoredRows:
    """Encoded rows by type and key, as the memory of builds keeps them. State: the rows."""

    def __init__(self) -> None:
        self.rows: dict[Any, dict[str, bytes]] = {}

    def read(self, kind: type[Row], keys: Iterable[Key] | None, /) -> dict[Key, Row]:
        rows: dict[Any, bytes] = self.rows.get(kind, {})
        keys = rows if keys is None else keys
        return {key: msgspec.msgpack.decode(rows[key], type=kind) for key in keys if key in rows}

    def store(self, update: ArchiveUpdate, names: Mapping[ArticleId, ArticleNames | None]) -> None:
        for kind, rows in {ArticleNames: names, **update.writes}.items():
            stored = self.rows.setdefault(kind, {})
            for key, row in rows.items():
                if row is None:
                    stored.pop(key, None)
                else:
                    stored[key] = msgspec.msgpack.encode(row)


def synthetic(articles: int) -> Iterator[Analysis]:
    """An invented archive; the same for the same number of articles."""
    dice = random.Random(articles)
    given = [syllables(dice, 2) for _ in range(600)]
    surnames = [syllables(dice, 3) for _ in range(max(200, articles // 5))]
    people = [f"{dice.choice(given)} {dice.choice(surnames)}" for _ in range(articles)]
    heads = ("Party", "Bank", "Institute", "Union", "University", "Ministry", "Group")
    bodies = [f"{syllables(dice, 3)} {dice.choice(heads)}" for _ in range(articles // 2 + 1)]
    places = [syllables(dice, 3) for _ in range(articles // 10 + 1)]
    pools = [(EntityType.PERSON, people), (EntityType.ORGANISATION, bodies), (EntityType.PLACE, places)]
    weights = {kind: list(accumulate(1 / (rank + 3) for rank in range(len(pool)))) for kind, pool in pools}
    for number in range(articles):
        names: list[Name] = []
        left = MENTIONS
        while left > 0:
            kind, pool = dice.choice(pools)
            form = dice.choices(pool, cum_weights=weights[kind])[0]
            count = min(left, dice.randint(1, 4))
            left -= count
            names.append(named(dice, form, kind, count))
        unique = tuple({(name.form, name.type): name for name in names}.values())
        mentions = tuple(Mention(index, index + 1, index) for index in range(len(unique)))
        yield Analysis(ArticleId(f"a{number:07}"), unique, mentions, (), (), (), Digest(""))


def named(dice: random.Random, form: str, kind: EntityType, count: int) -> Name:
    last = form.rpartition(" ")[2]
    if kind is EntityType.PERSON and dice.random() < 1 / 3:
        return Name(last, kind, ((last, count),))
    if kind is EntityType.PERSON and count > 1:
        return Name(form, kind, ((last, count - 1), (form, 1)))
    initials = "".join(word[0] for word in form.split())
    if kind is EntityType.ORGANISATION and count > 1 and dice.random() < 1 / 3:
        return Name(form, kind, ((initials, count - 1), (form, 1)))
    return Name(form, kind, ((form, count),))


def syllables(dice: random.Random, count: int) -> str:
    return "".join(dice.choice("bdfgklmnprstvz") + dice.choice("aeiou") for _ in range(count)).capitalize()


if __name__ == "__main__":
    main()
